"""Rows of lists and pages of projects, as the tests of rules, figures and parts need them; projects planted."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from dashboard.rules.lights import light
from dashboard.rules.progress import month_ends
from dashboard.rules.project_frames import Listed, Month, Projects, Within
from dashboard.store.loading.gathering import key_of
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Project, Report
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY
from tests.conftest import NOW

OWN = key_of("congress", COUNTY)
YEAR_END = date(2025, 12, 31)
MONTHS = tuple(month_ends(date(2025, 1, 1), YEAR_END))
SEPTEMBER = MONTHS[8]
LONG = "八十个字的项目名称" * 8 + "共计八十字的名"


def row(number: int, gaps: tuple[int | None, ...] = (), **more: Any) -> Listed:
    """Return a project that is planned by the calendar and stood off it by `gaps`, month by month."""
    months = tuple(
        Month(
            day,
            planned := (place + 1) * 10_000 // 12,
            None if (actual := gaps[place] if place < len(gaps) else None) is None else planned + actual,
            place < len(gaps),
            light(None if actual is None else planned + actual, planned),
        )
        for place, day in enumerate(MONTHS)
    )
    due = [month for month in months if month.due]
    last = due[-1] if due else None
    values: dict[str, Any] = {
        "number": number, "name": f"项目{number}", "short_name": f"短名{number}", "category": "教育",
        "place": "全县", "department": "县教育局", "department_id": "d1", "budget": number * 100, "stage": "running",
        "light": "green", "start": date(2025, 1, 1), "months": months,
        "planned": last.planned if last else None, "actual": last.actual if last else None,
        "gap": last.gap if last else None,
        "reported": max((month.day for month in due if month.actual is not None), default=None),
    }  # fmt: skip
    return Listed(**values | more)


def shown(*rows: Listed, as_of: date | None = SEPTEMBER) -> Projects:
    """Return a list of rows, with two areas that they may name."""
    return Projects(2025, as_of, rows, (Within("1", "东镇", "East"), Within("2", "西乡", "West")))


def cycle_of(store: Store, year: int = 2025) -> UUID:
    """Return the county's cycle of a year."""
    with store.system().reading() as session:
        return session.scalars(select(Cycle.id).where(Cycle.congress_id == OWN, Cycle.year == year)).one()


def plant_project(
    store: Store, number: int, shares: tuple[int | None, ...] = (), published: bool = True, **more: Any
) -> UUID:
    """Plant a project without plan, vote or candidate, with a published report for each share."""
    values: dict[str, Any] = {
        "congress_id": OWN, "id": new_id(), "cycle_id": cycle_of(store), "candidate_id": None, "department_id": None,
        "number": number, "name": LONG, "short_name": f"短名{number}", "category": "其他", "place": None,
        "target": "只有月报", "leader": None, "budget": None, "starts_on": date(2025, 1, 1), "due_on": YEAR_END,
        "state": "running", "published_at": NOW if published else None,
    }  # fmt: skip
    project = Project(**values | more)
    identity: UUID = values["id"]
    with store.system().writing() as session:
        session.add(project)
        session.flush()
        session.add_all(
            report(identity, place, share) for place, share in enumerate(shares) if share is not None
        )
    return identity


def report(project: UUID, place: int, share: int, **more: Any) -> Report:
    """Return a published report of the month at a place of the year."""
    day = MONTHS[place]
    values: dict[str, Any] = {
        "congress_id": OWN, "id": new_id(), "project_id": project, "submitted_by": None, "month": day, "version": 1,
        "state": "published", "share": share, "paid": None, "done_text": f"{day.month}月做了什么", "evidence": 0,
        "received_on": date(day.year + day.month // 12, day.month % 12 + 1, 3), "submitted_at": NOW,
        "published_at": NOW, "reason": None,
    }  # fmt: skip
    return Report(**values | more)
