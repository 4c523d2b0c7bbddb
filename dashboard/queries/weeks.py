"""Supervision weeks of a cycle: their days and projects, who took part, what followed."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from dashboard.gate import Call, query
from dashboard.queries.tasks import readable
from dashboard.queries.told import told
from dashboard.rules.refused import Refused
from dashboard.rules.remark_frames import TasksFollowing, TurnoutRow, WeekShown
from dashboard.rules.tasks import DONE, OPEN
from dashboard.store.joins import leads
from dashboard.store.tables.congress import Delegation, Membership, MembershipState
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.progress import Project
from dashboard.store.tables.supervision import Remark, SupervisionWeek, SupervisionWeekProject, Task

IN_OFFICE = ("in_office", "by_elected")


@query("week.read", "supervision", "cycle")
def weeks(call: Call, year: int) -> tuple[WeekShown, ...]:
    """Return the supervision weeks of a cycle, the newest first."""
    rows = call.session.execute(
        select(SupervisionWeek, Project.name)
        .join(Cycle, leads(SupervisionWeek.cycle_id, Cycle))
        .outerjoin(SupervisionWeekProject, leads(SupervisionWeekProject.week_id, SupervisionWeek))
        .outerjoin(Project, and_(leads(SupervisionWeekProject.project_id, Project), *told(call, Project)))
        .where(SupervisionWeek.congress_id == call.congress_id, Cycle.year == year)
        .order_by(SupervisionWeek.from_day.desc(), Project.number)
    )
    names: dict[SupervisionWeek, list[str]] = defaultdict(list)
    for row, name in rows:
        names[row] += [name] if name is not None else []
    return tuple(
        WeekShown(str(row.id), row.title, row.from_day, row.to_day, row.publishes, tuple(known))
        for row, known in names.items()
    )


@query("week.read", "supervision", "cycle")
def week_year(call: Call, week_id: UUID) -> int:
    """Return the cycle that a week belongs to."""
    year = call.session.scalar(
        select(Cycle.year)
        .join(SupervisionWeek, leads(SupervisionWeek.cycle_id, Cycle))
        .where(SupervisionWeek.congress_id == call.congress_id, SupervisionWeek.id == week_id)
    )
    if year is None:
        raise Refused("not_found")
    return year


@query("week.turnout", "supervision", "people")
def turnout(call: Call, week_id: UUID) -> tuple[TurnoutRow, ...]:
    """Return how many deputies of each delegation remarked in a week, of those in office on its first day."""
    week = call.session.scalar(select(SupervisionWeek).where(SupervisionWeek.id == week_id))
    if week is None:
        raise Refused("not_found")
    said = (
        select(Remark.membership_id, func.count(Remark.id).label("n"))
        .where(Remark.congress_id == call.congress_id, Remark.week_id == week_id)
        .group_by(Remark.membership_id)
        .subquery()
    )
    in_office = (
        select(MembershipState.membership_id)
        .where(
            MembershipState.congress_id == call.congress_id,
            MembershipState.state.in_(IN_OFFICE),
            MembershipState.from_day <= week.to_day,
            or_(MembershipState.to_day.is_(None), MembershipState.to_day >= week.from_day),
        )
        .distinct()
    )
    rows = call.session.execute(
        select(
            Delegation.name,
            func.count(Membership.id),
            func.count(said.c.n),
            func.coalesce(func.sum(said.c.n), 0),
        )
        .select_from(Membership)
        .join(Delegation, leads(Membership.delegation_id, Delegation))
        .outerjoin(said, said.c.membership_id == Membership.id)
        .where(Membership.congress_id == call.congress_id, Membership.id.in_(in_office))
        .group_by(Delegation.id, Delegation.name, Delegation.position)
        .order_by(Delegation.position)
    )
    return tuple(TurnoutRow(name, seats, deputies, int(said_)) for name, seats, deputies, said_ in rows)


@query("task.read", "supervision", personal=True)
def following(call: Call, week_id: UUID) -> Mapping[int, TasksFollowing]:
    """Return what followed a week's remarks as tasks, by the number of the project."""
    rows = call.session.execute(
        select(Project.number, Task.state, func.count(Task.id))
        .join(Remark, leads(Task.remark_id, Remark))
        .join(Project, leads(Remark.project_id, Project))
        .where(Remark.week_id == week_id, Task.state.in_((OPEN, DONE)), *readable(call))
        .group_by(Project.number, Task.state)
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for number, state, n in rows:
        found[number][state] = n
    return {
        number: TasksFollowing(sum(states.values()), states.get(DONE, 0)) for number, states in found.items()
    }
