"""What waits for the person signed in: a department's projects, a clerk's reports, a deputy's remarks."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from dashboard.gate import Call, query
from dashboard.queries.projects import Carried, carried, current_year
from dashboard.queries.told import told
from dashboard.relations import carried_by
from dashboard.rules.roles import Role
from dashboard.store.joins import leads
from dashboard.store.tables.progress import Project, Report
from dashboard.store.tables.supervision import Remark

WATCHING = frozenset({Role.CLERK, Role.LEADER, Role.COORDINATOR})


@dataclass(frozen=True, slots=True)
class Choice:
    """A project that can be acted on, with the last share that was reported."""

    project_id: UUID
    name: str
    share: int | None
    month: date | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A submitted report that waits to be checked."""

    report_id: UUID
    project: str
    month: date
    version: int
    share: int
    received: date


@dataclass(frozen=True, slots=True)
class Said:
    """A deputy's own remark."""

    project: str
    text: str
    due: date


@dataclass(frozen=True, slots=True)
class Desk:
    """One person's desk; a part that is not theirs is empty. `watches`: sees what waits to be published."""

    projects: tuple[Choice, ...]
    waiting: tuple[Waiting, ...]
    remarks: tuple[Said, ...]
    watches: bool


@query("desk.read", "desk", "progress", "cycle", personal=True)
def desk(call: Call) -> Desk:
    """Return what waits for the signed-in person in the congress of the address."""
    year = call.year or current_year(call.session, call.today)
    found = carried(call.session, year, *told(call, Project)) if year is not None else []
    if call.role is Role.DEPARTMENT:
        own = _own_projects(call)
        found = [one for one in found if one.row.id in own]
    found = [one for one in found if not one.is_cancelled]
    return Desk(
        projects=tuple(_choice(one) for one in found),
        waiting=_waiting(call) if call.role in WATCHING else (),
        remarks=_remarks(call) if call.role is Role.DEPUTY else (),
        watches=call.role in WATCHING,
    )


def _own_projects(call: Call) -> set[UUID]:
    if call.actor.department_id is None:
        return set()
    return set(call.session.scalars(select(Project.id).where(carried_by(call.actor.department_id))))


def _choice(one: Carried) -> Choice:
    last = one.reports[-1] if one.reports else None
    return Choice(one.row.id, one.row.name, last.share if last else None, last.month if last else None)


def _waiting(call: Call) -> tuple[Waiting, ...]:
    rows = call.session.execute(
        select(Report, Project.name)
        .join(Project, leads(Report.project_id, Project))
        .where(Report.state == "submitted")
        .order_by(Report.submitted_at)
    )
    return tuple(
        Waiting(report.id, name, report.month, report.version, report.share, report.received_on)
        for report, name in rows
    )


def _remarks(call: Call) -> tuple[Said, ...]:
    rows = call.session.execute(
        select(Project.name, Remark.text, Remark.due_on)
        .join(Project, leads(Remark.project_id, Project))
        .where(Remark.membership_id == call.actor.membership_id)
        .order_by(Remark.created_at.desc())
        .limit(20)
    )
    return tuple(Said(name, text, due) for name, text, due in rows)
