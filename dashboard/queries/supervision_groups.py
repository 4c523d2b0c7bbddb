"""Whom a supervision group or an inspection can be made of, and a group as the clerk's form begins with it."""

from uuid import UUID

from sqlalchemy import ColumnElement, select

from dashboard.gate import Call, query
from dashboard.rules.conduct_frames import Seat
from dashboard.rules.inspection_frames import Group, Planning, Visitable
from dashboard.rules.inspections import group_digest
from dashboard.rules.lights import CANCELLED
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.store.inspections import group_of
from dashboard.store.joins import leads
from dashboard.store.seats import seats_in_office
from dashboard.store.tables.congress import Delegation, Membership
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.progress import Project
from dashboard.store.tables.supervision import SupervisionMember


@query("supervision.form")
def planning(call: Call, year: int) -> Planning:
    """Return what an inspection is planned from: all projects for the clerk, for a deputy those one heads."""
    projects = call.session.execute(
        select(Project.id, Project.number, Project.name)
        .join(Cycle, leads(Project.cycle_id, Cycle))
        .where(Cycle.year == year, Project.state != CANCELLED, *_headed(call))
        .order_by(Project.number)
    ).all()
    if not projects:
        return Planning((), (), ())
    held = seats_in_office(call.session, call.today)
    delegations = call.session.execute(
        select(Delegation.id, Delegation.name)
        .where(Delegation.id.in_({one for one in held.values() if one is not None}))
        .order_by(Delegation.position)
    )
    return Planning(
        tuple(Visitable(str(one), number, name) for one, number, name in projects),
        tuple((str(one), name) for one, name in delegations),
        _seats(call, held),
    )


@query("supervision.form")
def group(call: Call, project_id: UUID) -> Group:
    """Return a project's group with everyone who can be named to it; for the clerk, who sets it."""
    if call.role is not Role.CLERK:
        raise Refused("not_allowed")
    if call.session.scalar(select(Project.id).where(Project.id == project_id)) is None:
        raise Refused("not_found")
    rows = {one.membership_id: one.heads for one in group_of(call.session, project_id)}
    seats = _seats(call, seats_in_office(call.session, call.today))
    members = tuple(one for one in seats if one.seat in rows)
    ended = call.session.scalars(
        select(Membership.name)
        .where(Membership.id.in_(rows.keys() - {one.seat for one in members}))
        .order_by(Membership.position)
    )
    head = next((str(seat) for seat, heads in rows.items() if heads), None)
    return Group(
        project_id=str(project_id),
        members=members,
        head=next((one for one in members if rows[one.seat]), None),
        ended=tuple(ended),
        seen=group_digest(map(str, rows), head),
        seats=seats,
    )


def _seats(call: Call, held: dict[UUID, UUID | None]) -> tuple[Seat, ...]:
    rows = call.session.execute(
        select(Membership.id, Membership.name, Delegation.name)
        .outerjoin(Delegation, leads(Membership.delegation_id, Delegation))
        .where(Membership.id.in_(held))
        .order_by(Delegation.position, Membership.position)
    )
    return tuple(Seat(*one) for one in rows)


def _headed(call: Call) -> tuple[ColumnElement[bool], ...]:
    if call.role is Role.CLERK:
        return ()
    heads = (
        select(SupervisionMember.project_id)
        .where(
            SupervisionMember.congress_id == Project.congress_id,
            SupervisionMember.project_id == Project.id,
            SupervisionMember.membership_id == call.actor.membership_id,
            SupervisionMember.heads,
        )
        .exists()
    )
    return (heads,)
