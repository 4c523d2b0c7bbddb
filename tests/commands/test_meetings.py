"""A meeting is entered by the clerk, in the newest term, once."""

from datetime import date

import pytest
from sqlalchemy import select

from dashboard.commands.meetings import NewMeeting, add_meeting
from dashboard.rules.roles import Role
from dashboard.store.tables.congress import Meeting, Term
from dashboard.store.transactions import Store
from tests.commands.people import call_of, person, refusal
from tests.commands.sessions import CONGRESS

NAME = "县十八届人大五次会议"
OPENS, CLOSES = date(2026, 1, 14), date(2026, 1, 16)


def new(name: str = NAME, opens: date = OPENS, closes: date = CLOSES) -> NewMeeting:
    return NewMeeting(name=name, opens_on=opens, closes_on=closes)


def test_a_meeting_is_the_next_of_the_newest_term(loaded_store: Store) -> None:
    clerk = person(loaded_store, Role.CLERK)
    made = add_meeting(call_of(loaded_store, clerk), new(f" {NAME} "))
    with loaded_store.system().reading() as session:
        row = session.scalars(select(Meeting).where(Meeting.id == made)).one()
        term = session.get_one(Term, (CONGRESS, row.term_id))
    # data/demo/meetings.csv: the county's last meeting is 18-4.
    assert (row.congress_id, row.name, term.number, row.number) == (CONGRESS, NAME, 18, 5)
    assert refusal(add_meeting, call_of(loaded_store, clerk), new()) == "meeting_there"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (new(name=" "), "meeting_incomplete"),
        (new(closes=date(2026, 1, 13)), "meeting_days"),
        (new(closes=date(2027, 1, 16)), "meeting_days"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(demo_store: Store, changed: NewMeeting, code: str) -> None:
    assert refusal(add_meeting, call_of(demo_store, person(demo_store, Role.CLERK)), changed) == code


def test_only_the_clerk_enters_meetings(demo_store: Store) -> None:
    for role in (Role.LEADER, Role.PRESIDIUM, Role.DEPUTY):
        assert refusal(add_meeting, call_of(demo_store, person(demo_store, role)), new()) == "not_allowed"
