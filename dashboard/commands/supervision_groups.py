"""Supervision groups (代表联系监督小组): the clerk sets which deputies follow a project, one of them heads."""

from uuid import UUID

from pydantic import BaseModel, Field

from dashboard.gate import Call, command
from dashboard.rules.inspections import MOST_IN_GROUP, group_digest
from dashboard.rules.lights import CANCELLED
from dashboard.rules.refused import Refused
from dashboard.rules.topics import DESK
from dashboard.store.inspections import group_of
from dashboard.store.report_drafts import project_of
from dashboard.store.seats import seats_in_office
from dashboard.store.tables.supervision import SupervisionMember


class NewGroup(BaseModel):
    """A project's group as it is to be; `seen` is the digest of the group that the form was filled in from."""

    project_id: UUID
    members: list[UUID] = Field(max_length=400)
    head: UUID
    seen: str = Field(max_length=64)


@command("group.set")
def set_group(call: Call, new: NewGroup) -> int:
    """Set who supervises a project and return how many they are; every change is an act of its own."""
    project = project_of(call.session, new.project_id, locked=True)
    if project is None:
        raise Refused("not_found")
    if project.state == CANCELLED:
        raise Refused("project_cancelled")
    wanted = {new.head, *new.members}
    if len(wanted) > MOST_IN_GROUP:
        raise Refused("group_large", most=MOST_IN_GROUP)
    if not wanted <= seats_in_office(call.session, call.today).keys():
        raise Refused("seat_not_in_office")
    rows = {one.membership_id: one for one in group_of(call.session, project.id)}
    before = next((seat for seat, one in rows.items() if one.heads), None)
    if new.seen != group_digest(map(str, rows), str(before) if before is not None else None):
        raise Refused("group_changed_meanwhile")
    for seat in sorted(rows.keys() - wanted):
        call.session.delete(rows[seat])
        call.act("supervision_member_removed", project=str(project.id), membership=str(seat))
    for seat in sorted(wanted):
        if seat in rows:
            rows[seat].heads = seat == new.head
            continue
        call.session.add(
            SupervisionMember(
                congress_id=call.congress_id,
                project_id=project.id,
                membership_id=seat,
                heads=seat == new.head,
            )
        )
        call.act("supervision_member_added", project=str(project.id), membership=str(seat))
    if before != new.head:
        call.act("supervision_head_named", project=str(project.id), membership=str(new.head))
    call.changed("supervision", "people", DESK)
    return len(wanted)
