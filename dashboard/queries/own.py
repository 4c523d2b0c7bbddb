"""What a member sees first: a deputy's and a department's own projects, and what waits for whom."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select

from dashboard.gate import Call, query
from dashboard.queries.inspections import inspections_due
from dashboard.queries.own_rounds import rounds_due
from dashboard.queries.plans import plans_waiting
from dashboard.queries.remarks import remarks_waiting
from dashboard.queries.report_due import reports_due
from dashboard.queries.states import state_light
from dashboard.queries.tasks import tasks
from dashboard.queries.told import told, told_askers
from dashboard.relations import carried_by
from dashboard.rules.inspections import HELD
from dashboard.rules.lights import CANCELLED
from dashboard.rules.own_frames import Due, Own, OwnProject
from dashboard.rules.remark_frames import RemarkShown
from dashboard.rules.remarks import OVERDUE, WAITING
from dashboard.rules.roles import Role, may
from dashboard.rules.supervision_rules import SupervisionRules
from dashboard.store.joins import leads
from dashboard.store.rules_in_force import rules_in_force
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.inquiry import Promise
from dashboard.store.tables.progress import Project, ProjectState, Report
from dashboard.store.tables.supervision import SupervisionMember

DECIDING = frozenset({Role.LEADER, Role.CLERK, Role.PRESIDIUM, Role.COORDINATOR})
SOON = timedelta(days=30)
MOST = 8
# What is pressing stands first.
ORDER = {"red": 0, "amber": 1, "grey": 2}


@query("desk.read", "progress", "supervision", "inquiry", "desk", "cycle", "voting", personal=True)
def own(call: Call, year: int) -> Own | None:
    """Return what concerns the person in a cycle, the most pressing first; None for a role without own matters."""
    if call.role in DECIDING:
        due = [*rounds_due(call), *_reports(call), *_plans(call), *_tasks(call), *_overdue(call)]
        due += _visits(call, year)
        return Own("decides", (), _first(due))
    if call.role is Role.DEPUTY and call.actor.membership_id is not None:
        found = _projects(call, year, _supervised(call.actor.membership_id))
        due = [*rounds_due(call), *_promises(call, found), *_said(call), *_visits(call, year)]
        return Own("deputy", tuple(one for _, one in found), _first(due))
    if call.role is Role.DEPARTMENT and call.actor.department_id is not None:
        found = _projects(call, year, carried_by(call.actor.department_id))
        due = [
            *_months(call, year),
            *_plans(call),
            *_promises(call, found),
            *_unanswered(call, found),
            *_tasks(call),
        ]
        return Own("department", tuple(one for _, one in found), _first(due))
    return None


def _first(due: Iterable[Due]) -> tuple[Due, ...]:
    return tuple(sorted(due, key=lambda one: (ORDER[one.light], one.day or date.max))[:MOST])


def _supervised(seat: UUID) -> object:
    return (
        select(SupervisionMember.project_id)
        .where(
            SupervisionMember.congress_id == Project.congress_id,
            SupervisionMember.project_id == Project.id,
            SupervisionMember.membership_id == seat,
        )
        .exists()
    )


def _projects(call: Call, year: int, theirs: object) -> list[tuple[UUID, OwnProject]]:
    """Return projects of a cycle, the furthest behind first."""
    rows = call.session.execute(
        select(Project, ProjectState)
        .join(Cycle, leads(Project.cycle_id, Cycle))
        .outerjoin(ProjectState, leads(ProjectState.project_id, Project))
        .where(Cycle.year == year, theirs, *told(call, Project))  # type: ignore[arg-type]  # An EXISTS or an OR of one.
        .order_by(Project.number)
    )
    rules = rules_in_force(call.session, call.congress_id)
    found = [(row.id, _own(row, state, rules)) for row, state in rows]
    return sorted(found, key=lambda pair: (pair[1].gap is None, pair[1].gap or 0, pair[1].number))


def _own(row: Project, state: ProjectState | None, rules: SupervisionRules) -> OwnProject:
    shown = state_light(row, state, None, rules)
    share = None if state is None else state.share
    gap = None if state is None or shown == CANCELLED else state.share - state.planned
    return OwnProject(row.number, row.name, shown, share, gap)


def _reports(call: Call) -> list[Due]:
    """Return how many reports wait to be checked and published."""
    waiting, since = call.session.execute(
        select(func.count(Report.id), func.min(Report.received_on)).where(Report.state == "submitted")
    ).one()
    return [Due("reports", "amber", {"n": waiting}, day=since)] if waiting else []


def _plans(call: Call) -> list[Due]:
    """Return the plans that wait for the person: to be filled in or mended, to be approved or decided on."""
    return [
        Due(f"plan_{one.act}", "amber", {}, {"project": one.name}, one.since, round=("plan", one.project_id))
        for one in plans_waiting(call)
    ]


def _tasks(call: Call) -> list[Due]:
    """Return the tasks that the person may see: proposed ones to be confirmed, open ones by their day."""
    due = []
    for task in tasks(call) if may(call.role, "task.read") else ():
        overdue = task.due is not None and task.due < call.today
        code = "task_proposed" if task.state == "proposed" else "task_overdue" if overdue else "task"
        light = "red" if overdue else "amber"
        due.append(Due(code, light, {}, {"title": task.title}, task.due, round=("tasks", task.id)))
    return due


def _promises(call: Call, found: list[tuple[UUID, OwnProject]]) -> list[Due]:
    """Return the promises on the own projects that are due soon or overdue and have no verdict."""
    names = dict(found)
    rows = call.session.scalars(
        select(Promise).where(
            Promise.project_id.in_(names),
            Promise.verdict.is_(None),
            Promise.due_on <= call.today + SOON,
            *told_askers(call, Promise),
        )
    )
    return [
        Due(
            "promise",
            "red" if row.due_on < call.today else "amber",
            {},
            {"project": names[row.project_id].name, "text": row.text},
            row.due_on,
            names[row.project_id].number,
        )
        for row in rows
        if row.project_id is not None
    ]


def _visits(call: Call, year: int) -> list[Due]:
    """Return a deputy's own visits to come and those without findings; to the clerk what waits to be published."""
    due = []
    for one in inspections_due(call, year):
        code = "ahead" if one.day > call.today else "unwritten"
        if one.state == HELD:
            code = "waits"
        if one.id is not None and (code == "waits") == (call.role is Role.CLERK):
            light = "grey" if code == "ahead" else "amber"
            names = {"text": one.title}
            due.append(
                Due(f"inspection_{code}", light, {}, names, one.day, one.number, ("inspections", one.id))
            )
    return due


def _said(call: Call) -> list[Due]:
    """Return a deputy's own remarks that wait for an answer, or for the deputy's word on one."""
    rows = remarks_waiting(call)
    waiting = [_remark("remark_sent", call.today, row) for row in rows if row.state in WAITING]
    unjudged = [row for row in rows if row.answers and row.answers[-1].satisfied is None]
    since = call.today - SOON
    judging = [_remark("remark_judge", call.today, row) for row in unjudged if row.answers[-1].given >= since]
    return [*waiting[:MOST], *judging[:MOST]]


def _unanswered(call: Call, found: list[tuple[UUID, OwnProject]]) -> list[Due]:
    """Return the remarks on a department's projects of the cycle that wait for its answer."""
    own = {str(identity) for identity, _ in found}
    rows = [row for row in remarks_waiting(call) if row.project_id in own]
    return [_remark("remark", call.today, row) for row in rows[:MOST]]


def _overdue(call: Call) -> list[Due]:
    """Return how many remarks are overdue, to those who see to it that they are answered."""
    rows = [row for row in remarks_waiting(call) if row.state == OVERDUE]
    return [Due("remarks_overdue", "red", {"n": len(rows)}, day=rows[0].due)] if rows else []


def _remark(code: str, today: date, row: RemarkShown) -> Due:
    pressing = "red" if row.due is not None and row.due < today else "amber"
    names = {"project": row.project, "text": row.text}
    day = row.due or row.answers[-1].given
    return Due(code, pressing, {}, names, day, row.number, round=("remarks", UUID(row.id)))


def _months(call: Call, year: int) -> list[Due]:
    """Return the reports that the department has to do something about: given back, late, due within days."""
    due = []
    for one in reports_due(call, year):
        if one.state in {"returned", "objected"}:
            code = f"report_{one.state}"
        elif one.state != "submitted" and (one.late or one.soon):
            code = "report_late" if one.late else "report_soon"
        else:
            continue
        day = one.due if code in {"report_late", "report_soon"} else None
        light = "amber" if code == "report_soon" else "red"
        due.append(Due(code, light, {"month": one.month}, {"project": one.name}, day, one.number))
    return due
