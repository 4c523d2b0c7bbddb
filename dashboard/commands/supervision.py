"""Deputies' remarks on projects, between the meetings."""

import re
from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import select

from dashboard.gate import Call, command, relate
from dashboard.rules.refused import Refused
from dashboard.rules.remarks import ANSWER_WITHIN
from dashboard.rules.topics import DESK
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Project
from dashboard.store.tables.supervision import Remark
from dashboard.store.weeks import week_of

_REQUEST = re.compile(r"[0-9a-f]{32}")


class NewRemark(BaseModel):
    """A deputy's remark; `request_id` is 128 random bits from the browser, so that a repeat is the same remark."""

    project_id: UUID
    text: str = Field(max_length=4000)
    request_id: str


@command("remark.add")
def remark(call: Call, new: NewRemark) -> date:
    """Record the signed-in deputy's remark and return the day by which the department answers."""
    text = new.text.strip()
    if not text:
        raise Refused("remark_empty")
    if not _REQUEST.fullmatch(new.request_id):
        raise Refused("malformed")
    project = call.session.scalar(select(Project.id).where(Project.id == new.project_id))
    if project is None or call.actor.membership_id is None:
        raise Refused("not_found")
    relate(call, "remark.add", project_id=project)
    again = call.session.scalar(select(Remark).where(Remark.request_id == new.request_id))
    if again is not None:
        return again.due_on
    row = Remark(
        congress_id=call.congress_id,
        id=new_id(),
        project_id=project,
        membership_id=call.actor.membership_id,
        week_id=week_of(call.session, project, call.today),
        request_id=new.request_id,
        text=text,
        made_on=call.today,
        due_on=call.today + ANSWER_WITHIN,
        created_at=call.now,
    )
    call.session.add(row)
    call.act("remark_added", remark=str(row.id), project=str(project))
    call.changed("supervision", DESK)
    return row.due_on
