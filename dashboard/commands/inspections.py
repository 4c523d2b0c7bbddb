"""Inspections (视察): planned by the clerk or the head of a group, held by who goes, published by the clerk."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import select

from dashboard.gate import Call, command, relate
from dashboard.rules.inspections import (
    CANCELLED,
    HELD,
    LONGEST_REASON,
    LONGEST_TITLE,
    MOST_GOING,
    PLANNED,
    PUBLISHED,
    within_cycle,
)
from dashboard.rules.lights import CANCELLED as PROJECT_CANCELLED
from dashboard.rules.refused import Refused
from dashboard.rules.topics import DESK
from dashboard.rules.typed_text import required
from dashboard.store.inspections import (
    cycle_year,
    digest_of,
    findings_of,
    going_of,
    group_of,
    inspection_of,
)
from dashboard.store.report_drafts import attachments_of, project_of
from dashboard.store.seats import seats_in_office
from dashboard.store.tables.congress import Delegation
from dashboard.store.tables.keys import Published, new_id
from dashboard.store.tables.supervision import Inspection, InspectionMember


class NewInspection(BaseModel):
    """A visit: without anyone named, the whole group goes. `request_id` makes a repeat the same inspection."""

    project_id: UUID
    day: date
    title: str = Field(max_length=1_000)
    members: list[UUID] = Field(max_length=400)
    delegation_id: UUID | None = None
    request_id: str = Field(pattern=r"^[0-9a-f]{32}$")


@command("inspection.plan")
def plan_inspection(call: Call, new: NewInspection) -> UUID:
    """Plan a visit to a project on a day of its cycle's year, and return it."""
    project = project_of(call.session, new.project_id, locked=True)
    if project is None:
        raise Refused("not_found")
    relate(call, "inspection.plan", project_id=project.id)
    again = call.session.scalar(
        select(Inspection.id).where(
            Inspection.request_id == new.request_id, Inspection.planned_by == call.actor.appointment_id
        )
    )
    if again is not None:
        return again
    if project.state == PROJECT_CANCELLED:
        raise Refused("project_cancelled")
    title = required(new.title, "inspection_untitled", LONGEST_TITLE)
    day = within_cycle(new.day, cycle_year(call.session, project))
    going = _going(call, project.id, new.members)
    if new.delegation_id is not None:
        known = select(Delegation.id).where(Delegation.id == new.delegation_id)
        if call.session.scalar(known) is None:
            raise Refused("malformed")
    row = Inspection(
        congress_id=call.congress_id, id=new_id(), project_id=project.id, delegation_id=new.delegation_id,
        request_id=new.request_id, day=day, title=title, state=PLANNED, planned_by=call.actor.appointment_id,
        planned_at=call.now, reason=None, published_at=None,
    )  # fmt: skip
    call.session.add(row)
    call.session.flush()
    for seat in going:
        call.session.add(
            InspectionMember(
                congress_id=call.congress_id, inspection_id=row.id, membership_id=seat, published_at=None
            )
        )
    call.act("inspection_planned", inspection=str(row.id), project=str(project.id))
    call.changed(DESK)
    return row.id


@command("inspection.cancel")
def cancel_inspection(call: Call, inspection_id: UUID, reason: str) -> None:
    """Cancel a planned visit for a reason; what was held, published or cancelled stays as it is."""
    row = inspection_of(call.session, inspection_id, locked=True)
    if row is None:
        raise Refused("not_found")
    relate(call, "inspection.cancel", project_id=row.project_id)
    if row.state != PLANNED:
        raise Refused("inspection_not_planned")
    row.reason = required(reason, "reason_missing", LONGEST_REASON)
    row.state = CANCELLED
    call.act("inspection_cancelled", inspection=str(row.id), project=str(row.project_id))
    call.changed(DESK)


@command("inspection.publish")
def publish_inspection(call: Call, inspection_id: UUID, seen: str) -> None:
    """Publish a visit with what was found, who went and its files; `seen` is the digest of what the clerk read."""
    row = inspection_of(call.session, inspection_id, locked=True)
    if row is None:
        raise Refused("not_found")
    if row.state != HELD:
        raise Refused("inspection_not_held")
    found = findings_of(call.session, row.id)[-1]
    digest = digest_of(call.session, row, found)
    if seen != digest:
        raise Refused("inspection_moved_on")
    row.state = PUBLISHED
    told: tuple[Published, ...] = (
        row,
        found,
        *going_of(call.session, row.id),
        *attachments_of(call.session, [row.id]),
    )
    for one in told:
        one.published_at = call.now
    call.act(
        "inspection_published", inspection=str(row.id), project=str(row.project_id), version=found.version,
        sha256=digest,
    )  # fmt: skip
    call.changed("supervision", DESK)


def _going(call: Call, project_id: UUID, named: list[UUID]) -> set[UUID]:
    """Return who goes: those named, else the project's group; all of them in office."""
    held = seats_in_office(call.session, call.today).keys()
    going = set(named)
    if not going:
        going = {one.membership_id for one in group_of(call.session, project_id)} & held
    if not going:
        raise Refused("inspection_nobody")
    if len(going) > MOST_GOING:
        raise Refused("inspection_crowd", most=MOST_GOING)
    if not going <= held:
        raise Refused("seat_not_in_office")
    return going
