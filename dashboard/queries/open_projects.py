"""The projects of a cycle for who reads them by machine: what is published of them, for members too."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from dashboard.gate import Call, query
from dashboard.queries.data_sets import of_year, public
from dashboard.rules.open_projects import OpenMilestone, OpenMonth, OpenProject, OpenProjects, OpenReport
from dashboard.rules.refused import Refused
from dashboard.store.joins import leads
from dashboard.store.schedules import Baseline, baselines, is_in_force, was_in_force
from dashboard.store.tables.congress import Department
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.progress import (
    Milestone,
    Plan,
    PlanMonth,
    PlanPartner,
    Project,
    ProjectPartner,
    Report,
)

Planned = Mapping[UUID, tuple[Baseline, ...]]


@query("data.read")
def open_projects(call: Call, year: int) -> OpenProjects:
    """Return every published project of a cycle; a year that is not known is not found."""
    place = call.place
    cycle = call.session.scalar(select(Cycle.id).where(Cycle.year == year))
    if cycle is None or place is None or call.congress_id is None:
        raise Refused("not_found")
    found = of_year(select(Project, Department), Project, year)
    found = found.outerjoin(Department, leads(Project.department_id, Department)).where(public(Project))
    rows = call.session.execute(found.order_by(Project.number)).all()
    ids = [row.id for row, _ in rows]
    planned = baselines(call.session, call.congress_id, ids) if ids else {}
    money, holding = _money(call.session, ids), _in_force(call.session, ids)
    leading, partners = _leading(call.session, holding.values()), _partners(call.session, ids, holding)
    steps, reports = _milestones(call.session, ids), _reports(call.session, ids)
    projects = tuple(
        _project(
            row,
            leading.get(row.id, department),
            tuple(partners.get(row.id, ())),
            holding.get(row.id),
            _months(row.id, planned, money),
            tuple(steps[row.id]),
            reports[row.id],
        )
        for row, department in rows
    )
    return OpenProjects(str(cycle), place.code, place.name, year, place.simulated, call.today, projects)


def _project(
    row: Project,
    department: Department | None,
    partners: tuple[tuple[str, str], ...],
    plan: Plan | None,
    planned: tuple[OpenMonth, ...],
    milestones: tuple[OpenMilestone, ...],
    reports: list[Report],
) -> OpenProject:
    moments = [one.published_at for one in (row, plan, *reports) if one is not None]
    return OpenProject(
        number=row.number,
        name=row.name,
        category=row.category,
        target=row.target,
        place=row.place,
        department_id=None if department is None else str(department.id),
        department=None if department is None else department.name,
        partners=partners,
        starts_on=row.starts_on,
        due_on=row.due_on,
        state=row.state,
        budget=row.budget if plan is None or plan.budget is None else plan.budget,
        voted_budget=row.budget,
        planned=planned,
        milestones=milestones,
        reports=tuple(OpenReport(one.month, one.share, one.paid, one.done_text) for one in reports),
        updated=max((one for one in moments if one is not None), default=None),
    )


def _months(
    project: UUID, planned: Planned, money: Mapping[tuple[UUID, int], Mapping[object, int]]
) -> tuple[OpenMonth, ...]:
    """Return every node of every plan that was in force, the start left out: nothing is due on it."""
    return tuple(
        OpenMonth(one.version, day, share, money.get((project, one.version), {}).get(day))
        for one in planned.get(project, ())
        for day, share in zip(one.schedule.days, one.schedule.shares, strict=True)
        if day > one.schedule.start or share
    )


def _money(session: Session, ids: list[UUID]) -> Mapping[tuple[UUID, int], dict[object, int]]:
    rows = session.execute(
        select(Plan.project_id, Plan.version, PlanMonth.month, PlanMonth.money)
        .select_from(PlanMonth)
        .join(Plan, leads(PlanMonth.plan_id, Plan))
        .where(Plan.project_id.in_(ids), was_in_force(Plan), public(PlanMonth))
    )
    found: dict[tuple[UUID, int], dict[object, int]] = defaultdict(dict)
    for project, version, month, sum_ in rows:
        if sum_ is not None:
            found[project, version][month] = sum_
    return found


def _in_force(session: Session, ids: list[UUID]) -> Mapping[UUID, Plan]:
    rows = session.scalars(select(Plan).where(Plan.project_id.in_(ids), is_in_force()))
    return {plan.project_id: plan for plan in rows}


def _leading(session: Session, plans: Iterable[Plan]) -> Mapping[UUID, Department]:
    """Return the lead department where the plan in force names one."""
    named = {plan.department_id: plan.project_id for plan in plans if plan.department_id is not None}
    wanted = {plan.project_id: plan.department_id for plan in plans if plan.department_id is not None}
    known = {one.id: one for one in session.scalars(select(Department).where(Department.id.in_(named)))}
    return {project: known[department] for project, department in wanted.items() if department in known}


def _partners(
    session: Session, ids: list[UUID], plans: Mapping[UUID, Plan]
) -> Mapping[UUID, list[tuple[str, str]]]:
    """Return the joint departments: of the plan in force, or as they were when the project was voted."""
    first = session.execute(
        select(ProjectPartner.project_id, Department.id, Department.name)
        .select_from(ProjectPartner)
        .join(Department, leads(ProjectPartner.department_id, Department))
        .where(ProjectPartner.project_id.in_(ids))
        .order_by(Department.name)
    ).all()
    later = session.execute(
        select(Plan.project_id, Department.id, Department.name)
        .select_from(PlanPartner)
        .join(Plan, leads(PlanPartner.plan_id, Plan))
        .join(Department, leads(PlanPartner.department_id, Department))
        .where(Plan.id.in_([plan.id for plan in plans.values()]), public(PlanPartner))
        .order_by(Department.name)
    ).all()
    changed = {project for project, _, _ in later}
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for project, department, name in [*(row for row in first if row[0] not in changed), *later]:
        found[project].append((str(department), name))
    return found


def _milestones(session: Session, ids: list[UUID]) -> Mapping[UUID, list[OpenMilestone]]:
    rows = session.execute(
        select(Plan.project_id, Milestone)
        .select_from(Milestone)
        .join(Plan, leads(Milestone.plan_id, Plan))
        .where(and_(Plan.project_id.in_(ids), is_in_force(), public(Milestone)))
        .order_by(Milestone.due_on, Milestone.share)
    )
    found: dict[UUID, list[OpenMilestone]] = defaultdict(list)
    for project, row in rows:
        found[project].append(OpenMilestone(str(row.id), row.name, row.due_on, row.share, row.evidence))
    return found


def _reports(session: Session, ids: list[UUID]) -> Mapping[UUID, list[Report]]:
    """Return the latest published version of each month: it takes the place of those before it."""
    rows = session.scalars(
        select(Report)
        .where(Report.project_id.in_(ids), public(Report))
        .order_by(Report.month, Report.version)
    )
    latest: dict[UUID, dict[object, Report]] = defaultdict(dict)
    for row in rows:
        latest[row.project_id][row.month] = row
    return defaultdict(list, {project: list(months.values()) for project, months in latest.items()})
