"""Reminders: a notice in the outbox for each report that is due within days, and once more when it is late.

Run daily: `python -m dashboard remind`. Each notice is put once, however often it is run; what sends them is to come.
"""

import argparse
import sys
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.config import Settings
from dashboard.i18n import SHANGHAI
from dashboard.rules.lights import CANCELLED
from dashboard.rules.report_frames import DueMonth
from dashboard.store.joins import leads
from dashboard.store.report_due import due_months
from dashboard.store.tables.congress import Congress, Department
from dashboard.store.tables.cycle import Cycle, CycleStage
from dashboard.store.tables.progress import Project
from dashboard.store.tables.record import OutboxNotice
from dashboard.store.transactions import Store, open_store

# Fixed for ever: by it a notice is known to have been put.
NOTICES = UUID("0f4b4f0e-6a0d-5b53-9a55-2a7f5d3e9c10")
WAITING = frozenset({"missing", "draft", "returned"})


def add_to(commands: Any) -> None:
    """Add the command that reminds to the command line."""
    line = "put a notice into the outbox for each report that is due soon or late"
    commands.add_parser("remind", help=line).set_defaults(command=_remind)


def remind(store: Store, now: datetime) -> int:
    """Put the notices that are not there yet, of every congress, and return how many."""
    with store.system().writing() as session:
        return sum(_remind_in(session, one, now) for one in session.scalars(select(Congress)).all())


def _remind(settings: Settings, _given: argparse.Namespace) -> int:
    put = remind(open_store(settings.url), datetime.now(UTC))
    sys.stdout.write(f"{put} notices\n")
    return 0


def _remind_in(session: Session, congress: Congress, now: datetime) -> int:
    today = congress.as_of or now.astimezone(SHANGHAI).date()
    rows = session.execute(
        select(Project, Department.name)
        .outerjoin(Department, leads(Project.department_id, Department))
        .join(Cycle, leads(Project.cycle_id, Cycle))
        .join(CycleStage, leads(CycleStage.cycle_id, Cycle))
        .where(
            Project.congress_id == congress.id,
            CycleStage.stage == "deliver",
            CycleStage.state == "running",
            Project.published_at.is_not(None),
            Project.state != CANCELLED,
        )
    ).all()
    leading = {str(project.id): project.department_id for project, _ in rows}
    months = due_months(session, congress.id, today, [(project, name) for project, name in rows])
    wanted = [one for one in months if one.state in WAITING and (one.soon or one.late)]
    known = set(session.scalars(select(OutboxNotice.id).where(OutboxNotice.congress_id == congress.id)))
    fresh = [(_identity(one), one) for one in wanted if _identity(one) not in known]
    session.add_all(
        OutboxNotice(
            congress_id=congress.id,
            id=identity,
            kind=_kind(one),
            payload={
                "project": one.project_id,
                "department": str(leading[one.project_id]),
                "month": one.month.isoformat(),
                "due": one.due.isoformat(),
            },
            created_at=now,
            sent_at=None,
            tries=0,
        )
        for identity, one in fresh
    )
    return len(fresh)


def _kind(one: DueMonth) -> str:
    return "report_late" if one.late else "report_due"


def _identity(one: DueMonth) -> UUID:
    return uuid5(NOTICES, f"{_kind(one)} {one.project_id} {one.month}")
