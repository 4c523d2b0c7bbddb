"""The plan in force of a project: its latest version that was approved and published, else the calendar."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from dashboard.rules.progress import Plan as Schedule
from dashboard.rules.progress import linear_plan, stepped_plan
from dashboard.store.joins import leads
from dashboard.store.tables.progress import Plan, PlanMonth, Project


def schedules(session: Session, congress_id: UUID, projects: Iterable[UUID]) -> Mapping[UUID, Schedule]:
    """Return the schedule of each project in one statement; a plan that names no months is the calendar's."""
    rows = session.execute(
        select(
            Project.id,
            Project.starts_on,
            Project.due_on,
            Plan.id,
            Plan.due_on,
            PlanMonth.month,
            PlanMonth.share,
        )
        .outerjoin(
            Plan,
            and_(
                leads(Plan.project_id, Project), Plan.approved_at.is_not(None), Plan.published_at.is_not(None)
            ),
        )
        .outerjoin(PlanMonth, leads(PlanMonth.plan_id, Plan))
        .where(Project.congress_id == congress_id, Project.id.in_(projects))
        .order_by(Project.id, Plan.version, PlanMonth.month)
    )
    nodes: dict[tuple[UUID, date, date, UUID | None], list[tuple[date, int]]] = {}
    for project, starts, due, plan, plan_due, month, share in rows:
        months = nodes.setdefault((project, starts, plan_due or due, plan), [])
        if month is not None:
            months.append((month, share))
    # A later version overwrites the one before it.
    return {
        project: stepped_plan(starts, due, months) if months else linear_plan(starts, due)
        for (project, starts, due, _), months in nodes.items()
    }
