"""Which reports are due: each project and month with its day, how it stands, and by how many days it is late."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from dashboard.gate import Call, query
from dashboard.queries.projects import current_year
from dashboard.queries.told import told
from dashboard.relations import carried_by
from dashboard.rules.lights import CANCELLED
from dashboard.rules.progress import WHOLE
from dashboard.rules.report_frames import DueMonth
from dashboard.rules.report_months import months_due
from dashboard.rules.roles import Role
from dashboard.rules.supervision_rules import SupervisionRules, last_day
from dashboard.rules.working_days import is_working_day
from dashboard.store.joins import leads
from dashboard.store.report_drafts import PUBLISHED, RETURNED, SUBMITTED
from dashboard.store.rules_in_force import rules_in_force
from dashboard.store.tables.congress import Department
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.progress import Project, Report, ReportDraft, ReportObjection

Row = tuple[Project, str | None]
# What a department has still to do something about.
OPEN = frozenset({"missing", "draft", "returned", "objected"})


@query("desk.read", "desk", "progress", "cycle", personal=True)
def reports_due(call: Call, year: int | None) -> tuple[DueMonth, ...]:
    """Return a department's reports that are due or wait to be checked, the latest first; others have none.

    Without a year they are those of the cycle that is carried out.
    """
    year = year or current_year(call.session, call.today)
    if call.role is not Role.DEPARTMENT or call.actor.department_id is None or year is None:
        return ()
    rows = projects_of(call, year, carried_by(call.actor.department_id))
    return pressing(one for one in due_months(call, rows) if one.state != PUBLISHED)


def projects_of(call: Call, year: int, *conditions: object) -> list[Row]:
    """Return projects of a cycle with who leads them, by number."""
    statement = (
        select(Project, Department.name)
        .outerjoin(Department, leads(Project.department_id, Department))
        .join(Cycle, leads(Project.cycle_id, Cycle))
        .where(Cycle.year == year, Project.state != CANCELLED, *conditions, *told(call, Project))  # type: ignore[arg-type]  # Conditions of SQL.
        .order_by(Project.number)
    )
    return [(project, name) for project, name in call.session.execute(statement)]


def pressing(months: Iterable[DueMonth]) -> tuple[DueMonth, ...]:
    """Return what is late before what is not, and of either what was due first."""
    return tuple(sorted(months, key=lambda one: (not one.late, one.due, one.number)))


def due_months(call: Call, rows: Sequence[Row]) -> list[DueMonth]:
    """Return every month due of some projects, with how its report stands, in four statements."""
    rules = rules_in_force(call.session, call.congress_id)
    ids = [project.id for project, _ in rows]
    versions: dict[tuple[UUID, date], list[Report]] = defaultdict(list)
    for report in call.session.scalars(
        select(Report)
        .where(Report.project_id.in_(ids), Report.state != "draft")
        .order_by(Report.month, Report.version)
    ):
        versions[report.project_id, report.month].append(report)
    drafts = {
        (one.project_id, one.month)
        for one in call.session.scalars(select(ReportDraft).where(ReportDraft.project_id.in_(ids)))
    }
    objected = set(
        call.session.scalars(
            select(ReportObjection.report_id)
            .join(Report, leads(ReportObjection.report_id, Report))
            .where(ReportObjection.outcome.in_(("upheld", "partly")), Report.project_id.in_(ids))
        )
    )
    found = []
    for project, department in rows:
        own = {month: known for (owner, month), known in versions.items() if owner == project.id}
        for month in months_due(project.starts_on, _finished(own), call.today):
            state = _state(own.get(month, []), (project.id, month) in drafts, objected)
            found.append(_month(call, (project, department), month, state, own.get(month, []), rules))
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
    call: Call, row: Row, month: date, state: str, known: Sequence[Report], rules: SupervisionRules
) -> DueMonth:
    project, department = row
    due = last_day(month, rules.due, is_working_day)
    # A report that first came in time is not late when it is given back.
    came = min((one.received_on for one in known), default=call.today)
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
        soon=not known and 0 <= (due - call.today).days <= rules.due.remind_days,
        reason=returned,
    )
