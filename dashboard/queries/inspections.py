"""Inspections of a cycle and one of them: published to everyone, others to who goes, the group, and who prepares."""

from collections import Counter
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from dashboard.gate import Call, query
from dashboard.queries.report_form import attached_files
from dashboard.relations import RELATIONS
from dashboard.rules import inspection_frames as frames
from dashboard.rules.inspections import ANNOUNCED, HELD, INSPECTION, OPEN, PLANNED
from dashboard.rules.refused import Refused
from dashboard.rules.report_frames import Attached
from dashboard.rules.roles import ACTIONS, PREPARING, Role
from dashboard.store.inspections import digest_of, findings_of
from dashboard.store.joins import leads
from dashboard.store.report_drafts import attachments_of
from dashboard.store.tables.congress import Delegation, Membership
from dashboard.store.tables.cycle import CalendarEntry, Cycle
from dashboard.store.tables.progress import Project
from dashboard.store.tables.supervision import (
    Inspection,
    InspectionFinding,
    InspectionMember,
    SupervisionMember,
)

DUE_MOST = 8


@query("inspection.read", "supervision", "desk", "cycle", "progress", personal=True)
def inspections(call: Call, year: int) -> frames.Inspections:
    """Return the inspections of a cycle that who asks may read, with those that the calendar announces."""
    rows = call.session.execute(
        select(Inspection, Project.number, Project.name, Delegation.name)
        .join(Project, leads(Inspection.project_id, Project))
        .join(Cycle, leads(Project.cycle_id, Cycle))
        .outerjoin(Delegation, leads(Inspection.delegation_id, Delegation))
        .where(Cycle.year == year, Project.published_at.is_not(None), _shown(call))
        .order_by(Inspection.day, Inspection.id)
    ).all()
    ids = [row.id for row, *_ in rows]
    going, texts = _going(call, ids), _texts(call, ids)
    found = [
        frames.Listed(
            row.id, row.day, row.title, row.state, number, name, delegation, going[row.id], texts.get(row.id)
        )
        for row, number, name, delegation in rows
    ]
    known = {(row.project_id, row.day) for row, *_ in rows}
    listed = sorted([*found, *_announced(call, year, known)], key=lambda one: one.day)
    return frames.Inspections(year, call.today, tuple(listed))


@query("inspection.read", "supervision", "desk", "cycle", "progress", personal=True)
def inspection(call: Call, inspection_id: UUID) -> frames.Inspection:
    """Return one inspection; one that who asks may not read, of another congress, or not there is told alike."""
    found = call.session.execute(
        select(Inspection, Project, Cycle.year, Delegation.name)
        .join(Project, leads(Inspection.project_id, Project))
        .join(Cycle, leads(Project.cycle_id, Cycle))
        .outerjoin(Delegation, leads(Inspection.delegation_id, Delegation))
        .where(Inspection.id == inspection_id, Project.published_at.is_not(None), _shown(call))
    ).one_or_none()
    if found is None:
        raise Refused("not_found")
    row, project, year, delegation = found
    versions = findings_of(call.session, row.id)
    return frames.Inspection(
        id=str(row.id),
        year=year,
        number=project.number,
        project=project.name,
        day=row.day,
        title=row.title,
        state=row.state,
        delegation=delegation,
        reason=row.reason,
        today=call.today,
        going=_names(call, row.id),
        findings=tuple(frames.Finding(one.version, one.text, one.reason, one.written_on) for one in versions),
        files=attached_files(attachments_of(call.session, [row.id])),
        digest=digest_of(call.session, row, versions[-1]) if versions else None,
        may_record=row.state in OPEN and _may(call, "inspection.record", row),
        may_cancel=row.state == PLANNED and _may(call, "inspection.cancel", row),
    )


@query("desk.read", "supervision", "desk", "cycle", "progress", personal=True)
def inspections_due(call: Call, year: int) -> tuple[frames.Listed, ...]:
    """Return what waits for the person: a deputy's own visits that are not published, for the clerk those held."""
    condition: ColumnElement[bool] = false()
    if call.role is Role.DEPUTY:
        condition = and_(Inspection.state.in_(OPEN), _goes(call))
    if call.role is Role.CLERK:
        condition = Inspection.state == HELD
    rows = call.session.execute(
        select(Inspection, Project.number, Project.name, Delegation.name)
        .join(Project, leads(Inspection.project_id, Project))
        .join(Cycle, leads(Project.cycle_id, Cycle))
        .outerjoin(Delegation, leads(Inspection.delegation_id, Delegation))
        .where(Cycle.year == year, condition)
        .order_by(Inspection.day, Inspection.id)
        .limit(DUE_MOST)
    ).all()
    return tuple(
        frames.Listed(row.id, row.day, row.title, row.state, number, name, delegation)
        for row, number, name, delegation in rows
    )


@query("inspection.read")
def inspection_files(call: Call, inspection_id: UUID) -> tuple[Attached, ...]:
    """Return the files of an inspection as they are now, to whom it is shown."""
    found = call.session.scalar(select(Inspection.id).where(Inspection.id == inspection_id, _shown(call)))
    if found is None:
        raise Refused("not_found")
    return attached_files(attachments_of(call.session, [found]))


def _shown(call: Call) -> ColumnElement[bool]:
    """Return the condition on inspections that who asks may read: who is visited reads what is published."""
    if call.role in PREPARING:
        return Inspection.id.is_not(None)
    if call.role is not Role.DEPUTY or call.actor.membership_id is None:
        return Inspection.published_at.is_not(None)
    group = (
        select(SupervisionMember.project_id)
        .where(
            SupervisionMember.congress_id == Inspection.congress_id,
            SupervisionMember.project_id == Inspection.project_id,
            SupervisionMember.membership_id == call.actor.membership_id,
        )
        .exists()
    )
    return or_(Inspection.published_at.is_not(None), _goes(call), group)


def _goes(call: Call) -> ColumnElement[bool]:
    return (
        select(InspectionMember.inspection_id)
        .where(
            leads(InspectionMember.inspection_id, Inspection),
            InspectionMember.membership_id == call.actor.membership_id,
        )
        .exists()
    )


def _may(call: Call, action: str, row: Inspection) -> bool:
    relation = ACTIONS[action].roles.get(call.role)
    subject = {"project_id": row.project_id, "inspection_id": row.id}
    if relation is None:
        return False
    return relation not in RELATIONS or RELATIONS[relation](call.session, call.actor, call.today, subject)


def _going(call: Call, ids: list[UUID]) -> Counter[UUID]:
    rows = call.session.execute(
        select(InspectionMember.inspection_id, func.count(InspectionMember.membership_id))
        .where(InspectionMember.inspection_id.in_(ids))
        .group_by(InspectionMember.inspection_id)
    )
    return Counter({one: n for one, n in rows})  # noqa: C416 - a row is no pair to the type checker


def _texts(call: Call, ids: list[UUID]) -> dict[UUID, str]:
    rows = call.session.scalars(
        select(InspectionFinding)
        .where(InspectionFinding.inspection_id.in_(ids))
        .order_by(InspectionFinding.version)
    )
    # A later version takes the place of the one before it.
    return {one.inspection_id: one.text for one in rows}


def _names(call: Call, inspection_id: UUID) -> tuple[frames.Going, ...]:
    rows = call.session.execute(
        select(Membership, Delegation.name)
        .join(InspectionMember, leads(InspectionMember.membership_id, Membership))
        .outerjoin(Delegation, leads(Membership.delegation_id, Delegation))
        .where(InspectionMember.inspection_id == inspection_id)
        .order_by(Delegation.position, Membership.position)
    )
    return tuple(frames.Going(str(seat.id), seat.name, delegation) for seat, delegation in rows)


def _announced(call: Call, year: int, known: set[tuple[UUID, date]]) -> list[frames.Listed]:
    """Return the visits to come that the published calendar names, but for those that are listed already."""
    rows = call.session.execute(
        select(CalendarEntry, Project.number, Project.name)
        .join(Cycle, leads(CalendarEntry.cycle_id, Cycle))
        .outerjoin(Project, and_(leads(CalendarEntry.project_id, Project), Project.published_at.is_not(None)))
        .where(
            Cycle.year == year,
            CalendarEntry.kind == INSPECTION,
            CalendarEntry.published_at.is_not(None),
            CalendarEntry.day > call.today,
        )
    )
    return [
        frames.Listed(None, row.day, row.title, ANNOUNCED, number, name, row.concerns)
        for row, number, name in rows
        if (row.project_id, row.day) not in known
    ]
