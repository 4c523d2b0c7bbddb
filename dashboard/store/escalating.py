"""What the rules of escalation propose in a cycle, beside the tasks that are there already."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from dashboard.rules.escalation import KINDS, Escalation, EscalationRules, escalations
from dashboard.rules.tasks import DISMISSED, DONE, OPEN, PROPOSED
from dashboard.store.joins import leads
from dashboard.store.schedules import schedules
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.progress import Project, Report
from dashboard.store.tables.supervision import Task

__all__ = ["DISMISSED", "DONE", "OPEN", "PERSON", "PROPOSED", "RULES", "Proposal", "proposals"]

RULES, PERSON = "rules", "person"
# Of these nothing is asked any more.
OVER = ("accepted", "cancelled")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One task that the rules propose for a project and that nobody has proposed yet."""

    project: Project
    escalation: Escalation


def proposals(session: Session, congress_id: UUID, year: int, rules: EscalationRules) -> list[Proposal]:
    """Return what the rules propose in a cycle by its published reports: four statements, whatever it holds.

    What was proposed for the same cause, confirmed or dismissed, is not proposed again; nor is what a person proposed
    and nobody has closed.
    """
    projects = session.scalars(
        select(Project)
        .join(Cycle, leads(Project.cycle_id, Cycle))
        .where(
            Project.congress_id == congress_id,
            Cycle.year == year,
            Project.published_at.is_not(None),
            Project.state.not_in(OVER),
        )
        .order_by(Project.number)
    ).all()
    ids = [project.id for project in projects]
    reports = _shares(session, ids)
    last = max((month for months in reports.values() for month in months), default=None)
    if last is None:
        return []
    plans = schedules(session, congress_id, ids)
    there = _there(session, ids)
    return [
        Proposal(project, found)
        for project in projects
        for found in escalations(plans[project.id], sorted(reports[project.id].items()), last, rules)
        if not there & {(project.id, found.kind, found.since), (project.id, found.kind, None)}
    ]


def _shares(session: Session, projects: list[UUID]) -> dict[UUID, dict[date, int]]:
    """Return the latest published share of each month by project."""
    found: dict[UUID, dict[date, int]] = defaultdict(dict)
    rows = session.execute(
        select(Report.project_id, Report.month, Report.share)
        .where(Report.project_id.in_(projects), Report.published_at.is_not(None))
        .order_by(Report.month, Report.version)
    )
    # A later version overwrites the one before it.
    for project, month, share in rows:
        found[project][month] = share
    return found


def _there(session: Session, projects: list[UUID]) -> set[tuple[UUID | None, str, date | None]]:
    """Return the causes for which there is a task: those of the rules by their month, a person's while not closed."""
    rows = session.execute(
        select(Task.project_id, Task.kind, Task.since).where(
            Task.project_id.in_(projects),
            Task.kind.in_(KINDS),
            or_(Task.source == RULES, Task.state.in_((PROPOSED, OPEN))),
        )
    )
    return {(project, kind, since) for project, kind, since in rows}
