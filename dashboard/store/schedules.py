"""The plans in force of a project: every version that was approved and published, the last one in force."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, aliased

from dashboard.rules.plans import LINEAR, schedule_of
from dashboard.rules.progress import Plan as Schedule
from dashboard.store.joins import leads
from dashboard.store.tables.progress import Plan, PlanMonth, Project


@dataclass(frozen=True, slots=True)
class Baseline:
    """One version of a plan that was in force; a project without any is held to the calendar, as version 0."""

    version: int
    schedule: Schedule
    budget: int | None


def was_in_force(plan: Any) -> ColumnElement[bool]:
    """Return the condition that a version of a plan, a table or an alias of it, came into force."""
    return and_(plan.approved_at.is_not(None), plan.published_at.is_not(None))


def is_in_force() -> ColumnElement[bool]:
    """Return the condition that a version of a plan is the one in force: no later one came into force."""
    later = aliased(Plan)
    replaced = (
        select(later.id)
        .where(
            later.congress_id == Plan.congress_id,
            later.project_id == Plan.project_id,
            later.version > Plan.version,
            was_in_force(later),
        )
        .exists()
    )
    return and_(was_in_force(Plan), ~replaced)


def baselines(
    session: Session, congress_id: UUID, projects: Iterable[UUID]
) -> Mapping[UUID, tuple[Baseline, ...]]:
    """Return every plan that was in force of each project, in one statement; the last one holds."""
    rows = session.execute(
        select(
            Project.id,
            Project.starts_on,
            Project.due_on,
            Project.budget,
            Plan.version,
            Plan.basis,
            Plan.due_on,
            Plan.budget,
            PlanMonth.month,
            PlanMonth.share,
        )
        .outerjoin(Plan, and_(leads(Plan.project_id, Project), was_in_force(Plan)))
        .outerjoin(PlanMonth, leads(PlanMonth.plan_id, Plan))
        .where(Project.congress_id == congress_id, Project.id.in_(projects))
        .order_by(Project.id, Plan.version, PlanMonth.month)
    )
    nodes: dict[tuple[UUID, int, str, date, date, int | None], list[tuple[date, int]]] = {}
    for project, starts, due, budget, version, basis, plan_due, plan_budget, month, share in rows:
        key = (
            (project, 0, LINEAR, starts, due, budget)
            if version is None
            else (project, version, basis, starts, plan_due, plan_budget)
        )
        months = nodes.setdefault(key, [])
        if month is not None:
            months.append((month, share))
    found: dict[UUID, tuple[Baseline, ...]] = {}
    for (project, version, basis, starts, due, budget), months in nodes.items():
        one = Baseline(version, schedule_of(starts, due, basis, months), budget)
        found[project] = (*found.get(project, ()), one)
    return found


def schedules(session: Session, congress_id: UUID, projects: Iterable[UUID]) -> Mapping[UUID, Schedule]:
    """Return the schedule in force of each project in one statement; one that names no months is the calendar's."""
    return {
        project: known[-1].schedule for project, known in baselines(session, congress_id, projects).items()
    }
