"""Casting a ballot: one deputy, one ballot, only while the round is open; the same on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import delete, event, func, select, update
from sqlalchemy.exc import IntegrityError

from dashboard.commands import voting
from dashboard.commands.voting import NewVote
from dashboard.gate import Call
from dashboard.rules.refused import Refused
from dashboard.store.casting import Cast, ballot_id
from dashboard.store.passwords import token_digest
from dashboard.store.record import topic_versions
from dashboard.store.tables.accounts import SignInSession
from dashboard.store.tables.congress import Meeting
from dashboard.store.tables.hall import HallCode
from dashboard.store.tables.keys import Base
from dashboard.store.tables.record import Act
from dashboard.store.tables.voting import Ballot, CheckIn, Participation, RollEntry
from dashboard.store.transactions import Store
from tests.commands.people import refusal
from tests.hall import DAY, ELSEWHERE, Hall, plant_hall
from tests.store.ballots import at_once, box, set_round, voters

MARKS = "1 2 5"


@pytest.fixture
def hall(store: Store) -> Hall:
    return plant_hall(store)


def untouched(hall: Hall, opened: UUID) -> bool:
    return not box(hall.store, opened) and not voters(hall.store, opened)


def test_a_ballot_lies_in_the_box_and_nobody_knows_whose(hall: Hall) -> None:
    opened, receipt = hall.open_round(), hall.receipt()
    done = hall.cast(opened, 7, receipt)
    assert (done.state, done.marks) == ("cast", None)
    assert box(hall.store, opened) == {ballot_id(receipt): MARKS}
    assert voters(hall.store, opened) == {hall.seats[7]: "electronic"}
    with hall.store.system().reading() as session:
        assert session.scalars(select(Ballot.membership_id)).all() == [None]


def test_in_a_recorded_round_the_ballot_carries_the_seat(hall: Hall) -> None:
    opened = hall.open_round(secret=False)
    hall.cast(opened, 3, hall.receipt())
    with hall.store.system().reading() as session:
        assert session.scalars(select(Ballot.membership_id)).all() == [hall.seats[3]]


STATES = {
    "draft": "round_not_open",
    "checked": "round_not_open",
    "suspended": "round_suspended",
    "annulled": "round_annulled",
    **dict.fromkeys(("closed", "counted", "signed", "reported", "announced"), "round_closed"),
}


def test_only_an_open_round_takes_ballots(hall: Hall) -> None:
    for state, code in STATES.items():
        closed = hall.open_round(state=state)
        assert refusal(hall.cast, closed, 0, hall.receipt()) == code
        assert refusal(hall.change, closed, 0, hall.receipt(), MARKS) == code
        assert untouched(hall, closed)


def test_a_refusal_after_the_close_says_when_it_was(hall: Hall) -> None:
    closed = hall.open_round(state="closed")
    set_round(hall.store, closed, closed_at=datetime(2026, 1, 20, 2, 5, tzinfo=UTC))
    with pytest.raises(Refused) as refused:
        hall.cast(closed, 0, hall.receipt())
    assert refused.value.facts == {"at": "10:05"}


def test_who_is_not_on_the_roll_does_not_vote(hall: Hall) -> None:
    opened = hall.open_round()
    with hall.store.system().writing() as session:
        session.execute(delete(RollEntry).where(RollEntry.membership_id == hall.seats[0]))
    assert refusal(hall.cast, opened, 0, hall.receipt()) == "not_on_roll"
    assert refusal(hall.change, opened, 0, hall.receipt(), MARKS) == "not_on_roll"
    assert untouched(hall, opened)


def test_who_has_no_seat_does_not_vote(hall: Hall) -> None:
    opened, call = hall.open_round(), hall.call(0)
    object.__setattr__(call.actor, "membership_id", None)
    vote = NewVote(receipt="0" * 32, marks=MARKS)
    assert refusal(voting.cast, call, opened, vote) == "not_on_roll"
    assert untouched(hall, opened)


def by_hand(hall: Hall, opened: UUID, confirmed_by: UUID | None) -> None:
    own = {"congress_id": hall.congress, "round_id": opened, "membership_id": hall.seats[0]}
    hall.add(CheckIn(**own, means="hand", confirmed_by=confirmed_by))


def test_who_is_not_there_does_not_vote(hall: Hall) -> None:
    opened = hall.open_round(present=False)
    assert refusal(hall.cast, opened, 0, hall.receipt()) == "not_present"
    by_hand(hall, opened, None)
    assert refusal(hall.cast, opened, 0, hall.receipt()) == "not_present"
    with hall.store.system().writing() as session:
        session.execute(update(CheckIn).values(confirmed_by=hall.seats[1]))
    assert hall.cast(opened, 0, hall.receipt()).state == "cast"
    with hall.store.system().writing() as session:
        session.execute(update(CheckIn).values(left_at=datetime.now(UTC)))
    assert refusal(hall.change, opened, 0, hall.receipt(), MARKS) == "not_present"


def test_who_has_left_does_not_vote(hall: Hall) -> None:
    opened = hall.open_round()
    with hall.store.system().writing() as session:
        leaving = update(CheckIn).where(CheckIn.membership_id == hall.seats[0])
        session.execute(leaving.values(left_at=datetime.now(UTC)))
    assert refusal(hall.cast, opened, 0, hall.receipt()) == "not_present"
    assert untouched(hall, opened)


def test_a_round_of_another_congress_is_not_there(hall: Hall) -> None:
    elsewhere = plant_hall(hall.store, 2, ELSEWHERE)
    opened = hall.open_round()
    receipt = hall.receipt()
    assert refusal(elsewhere.cast, opened, 0, receipt) == "not_found"
    assert refusal(elsewhere.change, opened, 0, receipt, MARKS) == "not_found"
    assert refusal(hall.cast, hall.id(), 0, receipt) == "not_found"
    assert untouched(hall, opened)


# An option of another round has a number that this list lacks; on paper some of these would be invalid.
REFUSED_MARKS = {
    "adoption-mark@1": {
        "13": "ballot_off_list",
        "1 2 3 4 5 6 7 8 9 10 11": "ballot_over_marked",
        "1 1": "ballot_same_option_twice",
        "?": "ballot_unclear",
        **dict.fromkeys(
            ("2 1", "1  2", " 1", "01", "1 2\n", "1\0", "１", "1+", "0", "1000", "'; DROP TABLE ballots; --"),
            "marks_not_canonical",
        ),
    },
    "adoption-item@1": {
        "1+ 1-": "ballot_double_answer",
        "13+": "ballot_off_list",
        "1": "marks_not_canonical",
    },
    "adoption-rank@1": {"1:1 2:1": "ballot_same_rank_twice", "1:1 2:3": "ballot_gap_in_ranks"},
}
GOOD_MARKS = {"adoption-mark@1": MARKS, "adoption-item@1": "1+ 2- 3=", "adoption-rank@1": "1:2 2:1"}


@pytest.mark.parametrize("rule_set", REFUSED_MARKS)
def test_marks_that_are_no_ballot_of_this_round(hall: Hall, rule_set: str) -> None:
    opened, receipt = hall.open_round(rule_set), hall.receipt()
    for marks, code in REFUSED_MARKS[rule_set].items():
        assert refusal(hall.cast, opened, 0, receipt, marks) == code
    assert untouched(hall, opened)
    hall.cast(opened, 0, receipt, GOOD_MARKS[rule_set])
    for marks, code in REFUSED_MARKS[rule_set].items():
        assert refusal(hall.change, opened, 0, receipt, marks) == code
    assert box(hall.store, opened) == {ballot_id(receipt): GOOD_MARKS[rule_set]}


def test_lists_are_their_rounds_own(hall: Hall) -> None:
    """What is kept of a round's rules serves that round alone, and a list frozen anew is read anew."""
    short, long = hall.open_round(options=2), hall.open_round()
    assert hall.cast(long, 0, hall.receipt(), "12").state == "cast"
    assert refusal(hall.cast, short, 0, hall.receipt(), "12") == "ballot_off_list"
    assert hall.cast(short, 0, hall.receipt(), "2").state == "cast"
    with hall.store.system().writing() as session:
        session.execute(
            update(Base.metadata.tables["round_options"])
            .where(Base.metadata.tables["round_options"].c.round_id == short)
            .values(number=Base.metadata.tables["round_options"].c.number + 20)
        )
    set_round(hall.store, short, version=2)
    assert refusal(hall.cast, short, 1, hall.receipt(), "2") == "ballot_off_list"
    assert hall.cast(short, 1, hall.receipt(), "22").state == "cast"


def test_a_second_ballot_is_refused(hall: Hall) -> None:
    opened, receipt = hall.open_round(), hall.receipt()
    hall.cast(opened, 0, receipt)
    assert refusal(hall.cast, opened, 0, hall.receipt(), "7") == "already_voted"
    assert box(hall.store, opened) == {ballot_id(receipt): MARKS}
    assert hall.cast(hall.open_round(), 0, hall.receipt()).state == "cast"


def test_who_took_a_sheet_does_not_vote_electronically(hall: Hall) -> None:
    opened, receipt = hall.open_round(on_paper=True), hall.receipt()
    own = {"congress_id": hall.congress, "round_id": opened}
    hall.add(Participation(**own, membership_id=hall.seats[0], channel="paper"))
    assert refusal(hall.cast, opened, 0, receipt) == "voted_on_paper"
    hall.cast(opened, 1, receipt)
    # Not with another's receipt either.
    assert refusal(hall.cast, opened, 0, receipt) == "voted_on_paper"
    assert refusal(hall.change, opened, 0, receipt, "7") == "voted_on_paper"
    assert box(hall.store, opened) == {ballot_id(receipt): MARKS}


@pytest.mark.parametrize("deputies", [1, 8])
def test_one_deputy_pressing_from_many_places_at_once_has_one_ballot(hall: Hall, deputies: int) -> None:
    opened, each = hall.open_round(), 24 // deputies
    presses = [
        (number, hall.receipt(), marks)
        for number in range(deputies)
        for marks in [str(1 + one % 12) for one in range(each)]
    ]
    answers = at_once([partial(hall.cast, opened, *press) for press in presses])
    accepted = {
        press[1]: press for press, answer in zip(presses, answers, strict=True) if answer != "already_voted"
    }
    assert sorted(number for number, _, _ in accepted.values()) == list(range(deputies))
    assert box(hall.store, opened) == {
        ballot_id(receipt): marks for receipt, (_, _, marks) in accepted.items()
    }
    assert len(voters(hall.store, opened)) == deputies


def test_a_clock_set_back_changes_nothing(hall: Hall) -> None:
    """No rule of casting asks what time it is: a round is open until it is closed."""
    opened, past = hall.open_round(), datetime(2001, 1, 1, tzinfo=UTC)
    receipt = hall.receipt()
    vote = NewVote(receipt=receipt.hex(), marks=MARKS)
    assert voting.cast(hall.call(0, past), opened, vote).state == "cast"
    assert voting.cast(hall.call(0, past - timedelta(days=1)), opened, vote).state == "repeated"
    other = NewVote(receipt=hall.receipt().hex(), marks=MARKS)
    assert refusal(voting.cast, hall.call(0, past), opened, other) == "already_voted"


def test_casting_is_no_act_and_raises_no_topic(hall: Hall) -> None:
    opened, receipt = hall.open_round(), hall.receipt()
    hall.cast(opened, 0, receipt)
    hall.change(opened, 0, receipt, "7")
    with hall.store.system().reading() as session:
        assert session.scalar(select(func.count()).select_from(Act)) == 0
        assert topic_versions(session, [hall.congress]) == {hall.congress: {}}


def test_a_vote_makes_a_fixed_number_of_statements(hall: Hall) -> None:
    """A round and a seat are read by one, and each table is written by one; the rules once for all who vote."""
    opened, said = hall.open_round(), list[str]()

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement.split(None, 1)[0] + " " + statement.partition(" INTO ")[2].split(" ")[0])

    receipts = [hall.receipt() for _ in range(3)]
    hall.cast(opened, 0, receipts[0])
    event.listen(hall.store.writer, "before_cursor_execute", hear)
    voted = ["SELECT ", "INSERT participations", "INSERT ballots"]
    steps = [
        (lambda: hall.cast(opened, 1, receipts[1]), voted),
        (lambda: hall.cast(opened, 2, receipts[2]), voted),
        (lambda: hall.cast(opened, 2, receipts[2]), ["SELECT "]),
        (lambda: hall.change(opened, 2, receipts[2], "7"), ["SELECT ", "UPDATE "]),
        (lambda: refusal(hall.cast, opened, 2, hall.receipt()), ["SELECT "]),
        (lambda: refusal(hall.cast, opened, 3, receipts[2]), ["SELECT "]),
    ]
    for step, expected in steps:
        said.clear()
        step()
        assert [
            one for one in said if not one.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK"))
        ] == expected


def test_the_round_is_held_as_it_is_while_a_vote_is_written(hall: Hall) -> None:
    """The statement that finds the round locks it: on PostgreSQL by name, on SQLite the transaction is the lock."""
    opened, said = hall.open_round(), list[str]()

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(hall.store.writer, "before_cursor_execute", hear)
    hall.cast(opened, 0, hall.receipt())
    if hall.store.writer.dialect.name == "sqlite":
        assert said[0] == "BEGIN IMMEDIATE"
    else:
        assert next(one for one in said if "FROM rounds" in one).endswith("FOR SHARE OF rounds")


def test_no_error_of_the_database_tells_marks(hall: Hall) -> None:
    opened, receipt = hall.open_round(), hall.receipt()
    own = {"congress_id": hall.congress, "round_id": opened, "id": ballot_id(receipt)}
    hall.cast(opened, 0, receipt)
    with pytest.raises(IntegrityError) as error:
        hall.add(Ballot(**own, marks="3 4 6"))
    assert "3 4 6" not in str(error.value)
    with pytest.raises(ValueError, match="marks") as refused:
        NewVote(receipt=receipt.hex(), marks="3 4 6" * 1000)
    assert "3 4 6" not in str(refused.value)
    assert "3 4 6" not in repr(NewVote(receipt=receipt.hex(), marks="3 4 6"))
    assert receipt.hex() not in repr(NewVote(receipt=receipt.hex(), marks="3 4 6"))
    assert "3 4 6" not in repr(Cast("cast", "", "3 4 6"))


def test_a_session_of_a_hall_code_votes_at_its_own_meeting_alone(hall: Hall) -> None:
    own, older, receipt = {"congress_id": hall.congress}, hall.id(), hall.receipt()
    with hall.store.system().writing() as session:
        term = session.scalars(select(Meeting.term_id).where(Meeting.id == hall.meeting)).one()
    hall.add(
        Meeting(**own, id=older, term_id=term, number=2, name="第二次会议", opens_on=DAY, closes_on=DAY),
        [
            HallCode(
                **own, id=name, meeting_id=meeting, membership_id=hall.seats[0], means="printed",
                issued_at=datetime.now(UTC),
            )
            for name, meeting in (("here", hall.meeting), ("there", older))
        ],
    )  # fmt: skip
    opened, practice = hall.open_round(), hall.open_round(purpose="practice")
    set_round(hall.store, practice, meeting_id=None)

    def came_by(code: str | None) -> Call:
        with hall.store.system().writing() as session:
            session.get_one(SignInSession, token_digest(hall.token(0))).hall_code = code
        call = hall.call(0)
        return replace(call, actor=replace(call.actor, session_id=token_digest(hall.token(0))))

    vote, other = NewVote(receipt=receipt.hex(), marks=MARKS), NewVote(receipt=receipt.hex(), marks="7")
    assert refusal(voting.cast, came_by("there"), opened, vote) == "hall_other_meeting"
    assert untouched(hall, opened)
    assert voting.cast(came_by("here"), opened, vote).state == "cast"
    # Neither a repeat, which would tell what lies in the box, nor a change.
    assert refusal(voting.cast, came_by("there"), opened, vote) == "hall_other_meeting"
    assert refusal(voting.change, came_by("there"), opened, other) == "hall_other_meeting"
    assert box(hall.store, opened) == {ballot_id(receipt): MARKS}
    assert voting.change(came_by("here"), opened, other).state == "changed"
    # A practice of no meeting is open to whoever is in, and so is a round to who signed in by name.
    assert voting.cast(came_by("there"), practice, other).state == "cast"
    assert voting.cast(came_by(None), opened, other).state == "repeated"
