"""Stored sums of published progress: a project's standing, and a cycle's sums at each month's end.

Only published versions count, of each month the latest. The transaction that publishes a report refreshes them, so
that pages add a few rows instead of reading every report.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from dashboard.rules.lights import CANCELLED
from dashboard.rules.progress import Plan as Schedule
from dashboard.rules.progress import finished_early, grown_in, planned_share
from dashboard.store.joins import leads
from dashboard.store.schedules import schedules
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.progress import CongressMonth, Project, ProjectState, Report


@dataclass(frozen=True, slots=True)
class _Latest:
    """The latest published version of one project's report of one month."""

    report_id: UUID
    project_id: UUID
    cycle_id: UUID
    month: date
    share: int
    paid: int | None
    published_at: datetime | None
    project_state: str

    def counts(self, cycle_id: UUID, month: date) -> bool:
        """Tell whether a report is one of a cycle's sum of a month: a cancelled project is in none."""
        return (self.cycle_id, self.month) == (cycle_id, month) and self.project_state != CANCELLED


def refresh(session: Session, *, congress_id: UUID, cycle_id: UUID, project_id: UUID, month: date) -> None:
    """Compute anew what a published report of a project and a month changes: six statements, and the writes.

    The cycle's row is locked first, so that of two reports published at once the second sees the first.
    """
    session.get(Cycle, (congress_id, cycle_id), with_for_update={"key_share": True}, populate_existing=True)
    latest = _latest(
        session,
        congress_id,
        or_(Report.project_id == project_id, and_(Project.cycle_id == cycle_id, Report.month == month)),
    )
    plans = schedules(session, congress_id, {report.project_id for report in latest})
    _keep_state(
        session,
        (congress_id, project_id),
        session.get(ProjectState, (congress_id, project_id)),
        [report for report in latest if report.project_id == project_id],
        plans,
    )
    _keep_month(
        session,
        (congress_id, cycle_id, month),
        session.get(CongressMonth, (congress_id, cycle_id, month)),
        [report for report in latest if report.counts(cycle_id, month)],
        plans,
    )
    session.flush()


def refresh_cycle(session: Session, *, congress_id: UUID, cycle_id: UUID) -> None:
    """Compute anew what a plan that came into force changes: every sum of its cycle, which holds few reports."""
    session.get(Cycle, (congress_id, cycle_id), with_for_update={"key_share": True}, populate_existing=True)
    of_cycle = select(Project.id).where(Project.congress_id == congress_id, Project.cycle_id == cycle_id)
    projects = set(session.scalars(of_cycle))
    _keep_all(session, congress_id, Project.cycle_id == cycle_id, projects, {cycle_id})


def refresh_all(session: Session, congress_id: UUID) -> None:
    """Compute every sum of a congress anew."""
    _keep_all(session, congress_id)


def _keep_all(
    session: Session,
    congress_id: UUID,
    narrower: ColumnElement[bool] | None = None,
    projects: Collection[UUID] | None = None,
    cycles: Collection[UUID] | None = None,
) -> None:
    """Compute anew every sum of a congress, or of some projects and cycles of it."""
    latest = _latest(session, congress_id, *([] if narrower is None else [narrower]))
    plans = schedules(session, congress_id, {report.project_id for report in latest})
    states = {
        row.project_id: row
        for row in session.scalars(select(ProjectState).where(ProjectState.congress_id == congress_id))
        if projects is None or row.project_id in projects
    }
    months = {
        (row.cycle_id, row.month): row
        for row in session.scalars(select(CongressMonth).where(CongressMonth.congress_id == congress_id))
        if cycles is None or row.cycle_id in cycles
    }
    for project_id in states.keys() | {report.project_id for report in latest}:
        own = [report for report in latest if report.project_id == project_id]
        _keep_state(session, (congress_id, project_id), states.get(project_id), own, plans)
    for cycle_id, month in months.keys() | {(report.cycle_id, report.month) for report in latest}:
        own = [report for report in latest if report.counts(cycle_id, month)]
        _keep_month(session, (congress_id, cycle_id, month), months.get((cycle_id, month)), own, plans)
    session.flush()


def _latest(session: Session, congress_id: UUID, *narrower: ColumnElement[bool]) -> Sequence[_Latest]:
    """Return the latest published versions, by month."""
    statement = (
        select(
            Report.id,
            Report.project_id,
            Project.cycle_id,
            Report.month,
            Report.share,
            Report.paid,
            Report.published_at,
            Project.state,
        )
        .join(Project, leads(Report.project_id, Project))
        .where(Report.congress_id == congress_id, Report.published_at.is_not(None), *narrower)
        .order_by(Report.month, Report.project_id, Report.version)
    )
    # A later version overwrites the one before it, in the same place.
    latest = {(row.project_id, row.month): _Latest(*row) for row in session.execute(statement)}
    return tuple(latest.values())


def _keep_state(
    session: Session,
    key: tuple[UUID, UUID],
    kept: ProjectState | None,
    reports: Sequence[_Latest],
    plans: Mapping[UUID, Schedule],
) -> None:
    """Keep a project's standing: its last published month."""
    if not reports:
        _forget(session, kept)
        return
    last = reports[-1]
    if kept is None:
        kept = ProjectState(congress_id=key[0], project_id=key[1])
        session.add(kept)
    kept.report_id, kept.month = last.report_id, last.month
    kept.share, kept.paid = last.share, last.paid
    kept.planned = planned_share(plans[last.project_id], last.month)
    shares = [(report.month, report.share) for report in reports]
    kept.grown, kept.early = grown_in(shares) or last.month, finished_early(plans[last.project_id], shares)
    kept.published_at = last.published_at


def _keep_month(
    session: Session,
    key: tuple[UUID, UUID, date],
    kept: CongressMonth | None,
    reports: Sequence[_Latest],
    plans: Mapping[UUID, Schedule],
) -> None:
    """Keep a month's sums, planned and actual over the same projects: those that reported."""
    if not reports:
        _forget(session, kept)
        return
    if kept is None:
        kept = CongressMonth(congress_id=key[0], cycle_id=key[1], month=key[2])
        session.add(kept)
    kept.reported = len(reports)
    kept.share_sum = sum(report.share for report in reports)
    kept.planned_sum = sum(planned_share(plans[report.project_id], report.month) for report in reports)
    kept.paid_sum = sum(report.paid or 0 for report in reports)
    kept.published_at = max(report.published_at for report in reports if report.published_at)


def _forget(session: Session, kept: ProjectState | CongressMonth | None) -> None:
    if kept is not None:
        session.delete(kept)
