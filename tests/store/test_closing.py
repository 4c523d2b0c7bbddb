"""Ending a round: what was acknowledged is in the box, and however often it is ended, the numbers are the same."""

from collections import Counter
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256

import pytest
from sqlalchemy import delete, select, update

from dashboard.rules.boxes import read_box
from dashboard.rules.refused import Refused
from dashboard.store import rewriting
from dashboard.store.casting import Cast, ballot_id
from dashboard.store.closing import Closed, close
from dashboard.store.rewriting import tidy
from dashboard.store.tables.sealing import SealedBox
from dashboard.store.tables.voting import Ballot, CheckIn, Participation
from dashboard.store.transactions import Store
from tests.commands.people import refusal
from tests.hall import ELSEWHERE, Hall, plant_hall
from tests.store.ballots import at_once, box, set_round, voters
from tests.store.ending import NOW, counted_again, counts, ended, row, sealed, vote_all


@pytest.fixture
def hall(store: Store) -> Hall:
    return plant_hall(store)


def test_a_close_counts_and_seals(hall: Hall) -> None:
    """60 deputies; n % 11 marks each: remainders 0 to 4 come 6 times, 5 to 10 5 times."""
    opened = hall.open_round()
    cast = vote_all(hall, opened)
    done = ended(hall, opened)
    body = sealed(hall, opened)
    assert done == Closed("closed", NOW, 60, 60, 60, 60, 60, 0, 31, sha256(body).hexdigest())
    # Option 1 has all but the 6 blank ballots; option 10 has the 5 that mark ten; 11 and 12 have none.
    assert {number: votes for number, (votes, _) in counts(hall, opened).items()} == {
        1: 54, 2: 48, 3: 42, 4: 36, 5: 30, 6: 25, 7: 20, 8: 15, 9: 10, 10: 5, 11: 0, 12: 0,
    }  # fmt: skip
    # 31 of 60 are more than half.
    chosen = [number for number, (_, state) in sorted(counts(hall, opened).items()) if state == "chosen"]
    assert chosen == [1, 2, 3, 4]
    read = read_box(body, done.box_digest)
    assert {ballot.id: ballot.marks for ballot in read.ballots} == cast == box(hall.store, opened)
    facts = row(hall, opened).facts
    assert facts is not None
    assert facts["outcome"]["state"] == "short"
    assert (facts["outcome"]["missing"], facts["faults"]) == (6, {})
    assert facts["channels"] == {
        "electronic": {"issued": 60, "recovered": 60, "valid": 60, "invalid": 0},
        "paper": {"issued": 0, "recovered": 0, "valid": 0, "invalid": 0},
    }
    assert counted_again(hall, opened).agrees


def test_who_was_there_and_did_not_vote_is_issued_and_not_recovered(hall: Hall) -> None:
    opened = hall.open_round()
    vote_all(hall, opened, 40)
    with hall.store.system().writing() as session:
        # One who did not vote leaves, one who voted leaves, one was never confirmed.
        seats = [hall.seats[59], hall.seats[0]]
        session.execute(update(CheckIn).where(CheckIn.membership_id.in_(seats)).values(left_at=NOW))
        session.execute(update(CheckIn).where(CheckIn.membership_id == hall.seats[58]).values(means="hand"))
    done = ended(hall, opened)
    assert (done.entitled, done.present, done.issued, done.recovered) == (60, 58, 58, 40)


def test_an_empty_box_is_sealed_too(hall: Hall) -> None:
    opened = hall.open_round(present=False)
    done = ended(hall, opened)
    assert (done.entitled, done.present, done.recovered, done.valid) == (60, 0, 0, 0)
    facts = row(hall, opened).facts
    assert facts is not None
    assert facts["outcome"]["state"] == "no_quorum"
    assert counted_again(hall, opened).agrees


def test_a_recorded_round_is_sealed_with_its_members(hall: Hall) -> None:
    opened, receipt = hall.open_round(secret=False), hall.receipt()
    hall.cast(opened, 4, receipt)
    done = ended(hall, opened)
    assert [one.member for one in read_box(sealed(hall, opened), done.box_digest).ballots] == [
        str(hall.seats[4])
    ]
    assert counted_again(hall, opened).agrees


def test_closing_again_changes_nothing(hall: Hall) -> None:
    opened = hall.open_round()
    vote_all(hall, opened, 5)
    first, body = ended(hall, opened), sealed(hall, opened)
    with hall.store.system().writing() as session:
        again = close(session, hall.congress, opened, datetime.now(UTC))
    assert again == first
    set_round(hall.store, opened, state="signed")
    assert ended(hall, opened).box_digest == first.box_digest
    assert sealed(hall, opened) == body


def test_what_is_not_open_is_not_closed(hall: Hall) -> None:
    for state in ("draft", "checked"):
        assert refusal(ended, hall, hall.open_round(state=state)) == "round_not_open"
    assert refusal(ended, hall, hall.open_round(state="annulled")) == "round_annulled"
    assert refusal(ended, hall, hall.id()) == "not_found"
    assert refusal(ended, plant_hall(hall.store, 1, ELSEWHERE), hall.open_round()) == "not_found"
    suspended = hall.open_round(state="suspended")
    assert ended(hall, suspended).state == "closed"


@pytest.mark.parametrize("repetition", range(3))
def test_fifty_votes_race_fifty_closings(hall: Hall, repetition: int) -> None:
    """Every acknowledged vote is in the box, no other is, and all closings tell one number."""
    opened = hall.open_round()
    receipts = [hall.receipt() for _ in range(50)]
    votes = [partial(hall.cast, opened, number, receipt) for number, receipt in enumerate(receipts)]
    closings = [partial(ended, hall, opened)] * 50
    # By turns, so that the first closing falls among the votes; later in each repetition.
    head = repetition * 20
    mixed = [*votes[:head], *(one for pair in zip(votes[head:], closings, strict=False) for one in pair)]
    answers = at_once([*mixed, *closings[50 - head :]])
    told = [answer for answer in answers if isinstance(answer, Closed)]
    assert len(told) == 50
    assert len(set(told)) == 1
    acknowledged = sum(isinstance(answer, Cast) for answer in answers)
    assert Counter(answer for answer in answers if isinstance(answer, str)) == (
        {"round_closed": 50 - acknowledged} if acknowledged < 50 else {}
    )
    taken = {
        ballot_id(receipt)
        for vote, receipt in zip(votes, receipts, strict=True)
        for one, answer in zip([*mixed, *closings[50 - head :]], answers, strict=True)
        if one is vote and isinstance(answer, Cast)
    }
    assert told[0].recovered == acknowledged == len(taken)
    assert set(box(hall.store, opened)) == taken
    assert {ballot.id for ballot in read_box(sealed(hall, opened), told[0].box_digest).ballots} == taken
    assert len(voters(hall.store, opened)) == acknowledged
    # And none comes after.
    assert refusal(hall.cast, opened, 55, hall.receipt()) == "round_closed"


def test_changes_race_the_close(hall: Hall) -> None:
    """An acknowledged change is what is counted; a refused one is not."""
    opened = hall.open_round()
    receipts = [hall.receipt() for _ in range(30)]
    for number, receipt in enumerate(receipts):
        hall.cast(opened, number, receipt, "1")
    changes = [partial(hall.change, opened, number, receipt, "2") for number, receipt in enumerate(receipts)]
    answers = at_once([*changes[:15], partial(ended, hall, opened), *changes[15:]])
    closing = answers.pop(15)
    assert isinstance(closing, Closed)
    expected = {
        ballot_id(receipt): "2" if isinstance(answer, Cast) else "1"
        for receipt, answer in zip(receipts, answers, strict=True)
    }
    assert box(hall.store, opened) == expected
    read = read_box(sealed(hall, opened), closing.box_digest)
    assert {ballot.id: ballot.marks for ballot in read.ballots} == expected
    assert {answer for answer in answers if isinstance(answer, str)} <= {"round_closed"}


def test_a_half_vote_is_found_at_the_close(hall: Hall) -> None:
    """Casting cannot leave one; whoever makes one by hand is found out, and the round can only be annulled."""
    opened = hall.open_round()
    vote_all(hall, opened, 3)
    with hall.store.system().writing() as session:
        session.execute(delete(Participation).where(Participation.membership_id == hall.seats[0]))
    with pytest.raises(Refused) as refused:
        ended(hall, opened)
    assert (refused.value.code, refused.value.facts) == ("box_uneven", {"voted": 2, "ballots": 3})
    assert row(hall, opened).state == "open"
    assert ended(hall, opened, "annul").state == "annulled"


def test_ending_a_round_leaves_the_others_alone(hall: Hall) -> None:
    ending, other = hall.open_round(), hall.open_round()
    kept = vote_all(hall, other, 10)
    vote_all(hall, ending, 10)
    ended(hall, ending)
    assert box(hall.store, other) == kept
    assert len(voters(hall.store, other)) == 10
    assert hall.cast(other, 20, hall.receipt()).state == "cast"
    assert tidy(hall.store)
    assert len(box(hall.store, other)) == 11


def test_a_close_that_fails_leaves_the_round_open(hall: Hall) -> None:
    opened = hall.open_round()
    cast = vote_all(hall, opened, 5)
    hall.add(SealedBox(congress_id=hall.congress, round_id=opened, algorithm="x", digest="x", body="x"))
    with pytest.raises(Exception, match="sealed_boxes"):
        ended(hall, opened)
    assert row(hall, opened).state == "open"
    assert box(hall.store, opened) == cast
    assert hall.cast(opened, 6, hall.receipt()).state == "cast"
    with hall.store.system().reading() as session:
        assert session.scalars(select(Ballot.round_id).distinct()).all() == [opened]


def test_tidying_waits_for_nobody_long_and_can_be_asked_for_again(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody reads the ballots for a long time, as a copy of the database does."""
    monkeypatch.setattr(rewriting, "TRIES", 1)
    opened = hall.open_round()
    hall.cast(opened, 0, hall.receipt())
    ended(hall, opened)
    with hall.store.system().reading() as session:
        session.scalars(select(Ballot.id)).all()
        if hall.store.writer.dialect.name == "sqlite":
            with hall.store.writer.connect() as connection:
                connection.exec_driver_sql("PRAGMA busy_timeout=100")
        assert not tidy(hall.store)
    assert tidy(hall.store)
    assert len(box(hall.store, opened)) == 1
