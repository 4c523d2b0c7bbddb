"""A project's plan before the public: what is under way, who decides on it, and what waits for whom."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from dashboard.gate import Call, query, relate
from dashboard.i18n import SHANGHAI
from dashboard.queries.plan_versions import plan_versions
from dashboard.rules.lights import CANCELLED
from dashboard.rules.plan_frames import PlanDesk, UnderWay, Voted, Waits
from dashboard.rules.plan_problems import Ground, problems
from dashboard.rules.plans import (
    DRAFT,
    GOVERNMENT,
    ORIGINAL,
    RETURNED,
    SUBMITTED,
    bodies,
    changes,
    kinds_in,
)
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.store.joins import leads
from dashboard.store.plans import content_of, partners_of, plan_under_way, voted_content
from dashboard.store.rules_in_force import rules_in_force
from dashboard.store.tables.accounts import Appointment
from dashboard.store.tables.congress import Department
from dashboard.store.tables.cycle import Cycle, CycleStage
from dashboard.store.tables.progress import Plan, Project, Report

# A draft is its writers' alone until it is handed in.
FILLING = frozenset({Role.CLERK, Role.DEPARTMENT})
# What is to be done by whom; leaders and the presidium see what their congress has to decide on.
ACTS: Mapping[Role, frozenset[str]] = {
    Role.CLERK: frozenset({"fill", "approve", "congress"}),
    Role.DEPARTMENT: frozenset({"fill", "finish", "mend"}),
    Role.COORDINATOR: frozenset({"government"}),
    Role.LEADER: frozenset({"congress"}),
    Role.PRESIDIUM: frozenset({"congress"}),
}


@query("plan.read", "desk", "progress", "people", personal=True)
def plan_desk(call: Call, project_id: UUID) -> PlanDesk:
    """Return the plan of a project as it stands for those who fill it in, approve it and decide on its changes."""
    found = call.session.execute(
        select(Project, Cycle.year)
        .join(Cycle, leads(Project.cycle_id, Cycle))
        .where(Project.id == project_id)
    ).first()
    if found is None:
        raise Refused("not_found")
    project, year = found
    relate(call, "plan.read", project_id=project.id)
    known = plan_versions(call.session, project)
    force = known[-1] if known else None
    before = force.content if force is not None else None
    start = before or voted_content(project, partners_of(call.session, project.id))
    row = plan_under_way(call.session, project.id)
    ground = Ground(project.starts_on, call.today, (project.target, project.budget), before)
    return PlanDesk(
        project_id=project.id,
        number=project.number,
        name=project.name,
        year=year,
        start=project.starts_on,
        today=call.today,
        cancelled=project.state == CANCELLED,
        voted=Voted(project.name, project.target, project.budget),
        known=start,
        under_way=_under_way(call, row, project, ground) if row is not None and _sees(call, row) else None,
        departments=_departments(call),
        past=ground.past(),
        versions=known,
        fills=call.role is Role.CLERK
        or (call.role is Role.DEPARTMENT and project.department_id == call.actor.department_id),
        reported=_reported(call, project.id),
    )


@query("plan.read", "desk", "progress", "cycle", personal=True)
def plans_waiting(call: Call) -> tuple[Waits, ...]:
    """Return the plans that wait for the person: to be filled in or mended, to be approved or decided on."""
    wanted = _wanted(call)
    if wanted is None:
        return ()
    rows = call.session.execute(
        select(Project, Plan)
        .join(
            CycleStage,
            and_(
                CycleStage.congress_id == Project.congress_id,
                CycleStage.cycle_id == Project.cycle_id,
                CycleStage.stage == "deliver",
            ),
        )
        .outerjoin(Plan, and_(leads(Plan.project_id, Project), Plan.approved_at.is_(None)))
        .where(CycleStage.state.in_(("upcoming", "running")), Project.state != CANCELLED, wanted)
        .order_by(Plan.submitted_at, Project.number)
    )
    found = [_waits(call, project, plan) for project, plan in rows]
    return tuple(one for one in found if one.act in ACTS[call.role])


def _wanted(call: Call) -> ColumnElement[bool] | None:
    """Return which plans may wait for a role: none is begun for a project, or one stands where the role acts."""
    planned = (
        select(Plan.id)
        .where(Plan.congress_id == Project.congress_id, Plan.project_id == Project.id)
        .correlate(Project)
        .exists()
    )
    if call.role is Role.DEPARTMENT:
        if call.actor.department_id is None:
            return None
        own = Project.department_id == call.actor.department_id
        return and_(own, or_(Plan.state.in_((DRAFT, RETURNED)), ~planned))
    return or_(Plan.state == SUBMITTED, ~planned) if call.role in ACTS else None


def _waits(call: Call, project: Project, plan: Plan | None) -> Waits:
    if plan is None:
        return Waits(project.id, project.number, project.name, "fill", ORIGINAL, None)
    act = {DRAFT: "finish", RETURNED: "mend"}.get(plan.state)
    if act is None:
        by_government = GOVERNMENT in _bodies(call, {plan.kind})
        act = "approve" if plan.kind == ORIGINAL else "government" if by_government else "congress"
    return Waits(project.id, project.number, project.name, act, plan.kind, _day(plan.submitted_at))


def _bodies(call: Call, kinds: Iterable[str]) -> tuple[str, ...]:
    rules = rules_in_force(call.session, call.congress_id).changes
    return bodies(kinds, rules, call.place.level if call.place is not None else "")


def _sees(call: Call, row: Plan) -> bool:
    """Tell whether somebody sees what is under way: what is drafted only those who draft it."""
    return row.state == SUBMITTED or call.role in FILLING


def _under_way(call: Call, row: Plan, project: Project, ground: Ground) -> UnderWay:
    content = content_of(call.session, row, project.starts_on)
    found = changes(ground.before, content) if ground.before is not None else ()
    able = _bodies(call, kinds_in(row.kind, found)) if row.kind != ORIGINAL else ()
    return UnderWay(
        plan_id=row.id,
        number=row.version,
        kind=row.kind,
        state=row.state,
        revision=row.revision,
        content=content,
        reason=row.reason or "",
        returned=row.returned,
        edited_by=_editor(call, row.edited_by),
        edited_at=row.edited_at,
        submitted=_day(row.submitted_at),
        problems=problems(content, row.kind, row.reason or "", ground),
        bodies=able,
    )


def _editor(call: Call, appointment: UUID | None) -> str | None:
    """Return in which role a draft was saved last: who of them it was, the record keeps."""
    if appointment is None:
        return None
    return call.session.scalar(select(Appointment.role).where(Appointment.id == appointment))


def _reported(call: Call, project: UUID) -> tuple[tuple[date, int], ...]:
    """Return what was published of each month, its latest version."""
    rows = call.session.execute(
        select(Report.month, Report.share)
        .where(Report.project_id == project, Report.published_at.is_not(None))
        .order_by(Report.month, Report.version)
    )
    return tuple({row.month: row.share for row in rows}.items())


def _departments(call: Call) -> dict[UUID, str]:
    rows = call.session.execute(
        select(Department.id, Department.name)
        .where(or_(Department.to_day.is_(None), Department.to_day >= call.today))
        .order_by(Department.position)
    )
    return {row.id: row.name for row in rows}


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(SHANGHAI).date() if moment is not None else None
