"""A meeting of the congress, entered by the clerk: rounds and announcements belong to one."""

from datetime import date, timedelta
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import func, select

from dashboard.gate import Call, command
from dashboard.rules.refused import Refused
from dashboard.store.tables.congress import Meeting, Term
from dashboard.store.tables.keys import new_id

LONGEST = timedelta(days=30)
"""Our limit against a mistyped year: no meeting read of lasted a month."""


class NewMeeting(BaseModel):
    """A meeting by its name and its first and last day."""

    name: str = Field(max_length=200)
    opens_on: date
    closes_on: date


@command("round.prepare")
def add_meeting(call: Call, new: NewMeeting) -> UUID:
    """Enter the next meeting of the newest term, and return its id."""
    name = new.name.strip()
    if not name:
        raise Refused("meeting_incomplete")
    if not new.opens_on <= new.closes_on <= new.opens_on + LONGEST:
        raise Refused("meeting_days")
    term = call.session.scalar(select(Term.id).order_by(Term.number.desc()).limit(1))
    if term is None:
        raise Refused("meeting_without_term")
    if call.session.scalar(select(Meeting.id).where(Meeting.name == name)) is not None:
        raise Refused("meeting_there")
    last = call.session.scalar(select(func.max(Meeting.number)).where(Meeting.term_id == term))
    row = Meeting(
        congress_id=call.congress_id, id=new_id(), term_id=term, number=(last or 0) + 1, name=name,
        opens_on=new.opens_on, closes_on=new.closes_on,
    )  # fmt: skip
    call.session.add(row)
    call.act("meeting_added", meeting=str(row.id))
    call.changed("voting")
    return row.id
