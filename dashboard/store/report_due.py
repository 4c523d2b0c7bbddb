"""Every month due of some projects, and how its report stands: for desks, for the clerk, for reminders."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.rules.progress import WHOLE
from dashboard.rules.report_frames import DueMonth
from dashboard.rules.report_months import months_due
from dashboard.rules.supervision_rules import SupervisionRules, last_day
from dashboard.rules.working_days import is_working_day
from dashboard.store.joins import leads
from dashboard.store.report_drafts import PUBLISHED, RETURNED, SUBMITTED
from dashboard.store.rules_in_force import rules_in_force
from dashboard.store.tables.progress import Project, Report, ReportDraft, ReportObjection

# A project and the name of the department that leads it.
Row = tuple[Project, str | None]


def due_months(session: Session, congress_id: UUID, today: date, rows: Sequence[Row]) -> list[DueMonth]:
    """Return every month due of some projects, with how its report stands, in four statements."""
    rules = rules_in_force(session, congress_id)
    ids = [project.id for project, _ in rows]
    versions: dict[UUID, dict[date, list[Report]]] = defaultdict(lambda: defaultdict(list))
    for report in session.scalars(
        select(Report)
        .where(Report.project_id.in_(ids), Report.state != "draft")
        .order_by(Report.month, Report.version)
    ):
        versions[report.project_id][report.month].append(report)
    drafts = {
        (one.project_id, one.month)
        for one in session.scalars(select(ReportDraft).where(ReportDraft.project_id.in_(ids)))
    }
    objected = set(
        session.scalars(
            select(ReportObjection.report_id)
            .join(Report, leads(ReportObjection.report_id, Report))
            .where(ReportObjection.outcome.in_(("upheld", "partly")), Report.project_id.in_(ids))
        )
    )
    found = []
    for project, department in rows:
        own = versions[project.id]
        for month in months_due(project.starts_on, _finished(own), today):
            state = _state(own.get(month, []), (project.id, month) in drafts, objected)
            found.append(_month(today, (project, department), month, state, own.get(month, []), rules))
    return found


def _finished(own: dict[date, list[Report]]) -> date | None:
    """Return the last month published, where it reported the whole of the work."""
    published = {
        month: [one for one in known if one.published_at is not None][-1]
        for month, known in own.items()
        if any(one.published_at is not None for one in known)
    }
    last = max(published, default=None)
    return last if last is not None and published[last].share >= WHOLE else None


def _state(known: Sequence[Report], has_draft: bool, objected: set[UUID]) -> str:
    """Return how a month's report stands; a draft tells before what it begins from."""
    last = known[-1] if known else None
    if last is not None and last.state == SUBMITTED:
        return SUBMITTED
    if has_draft:
        return "draft"
    if last is None:
        return "missing"
    if last.state == RETURNED:
        return RETURNED
    return "objected" if last.id in objected else PUBLISHED


def _month(
    today: date, row: Row, month: date, state: str, known: Sequence[Report], rules: SupervisionRules
) -> DueMonth:
    project, department = row
    due = last_day(month, rules.due, is_working_day)
    # A report that first came in time is not late when it is given back.
    came = min((one.received_on for one in known), default=today)
    returned = known[-1].returned_reason if known and known[-1].state == RETURNED else None
    return DueMonth(
        project_id=str(project.id),
        number=project.number,
        name=project.name,
        department=department,
        month=month,
        due=due,
        state=state,
        late=max((came - due).days, 0),
        soon=not known and 0 <= (due - today).days <= rules.due.remind_days,
        reason=returned,
    )
