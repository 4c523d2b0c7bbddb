"""Ending a round: what was acknowledged is in the box, and however often it is ended, the numbers are the same."""

import json
from collections import Counter
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update

from dashboard.rules.boxes import read_box
from dashboard.rules.refused import Refused
from dashboard.store import rewriting
from dashboard.store.casting import Cast, ballot_id
from dashboard.store.closing import Closed, close, seal_uncounted, seal_with_paper
from dashboard.store.receipts import find_ballot
from dashboard.store.recounting import Recounted, recount
from dashboard.store.rewriting import tidy
from dashboard.store.tables.sealing import PaperSheet, SealedBox
from dashboard.store.tables.voting import Ballot, CheckIn, Count, Participation, Round
from dashboard.store.transactions import Store
from tests.commands.people import refusal
from tests.hall import ELSEWHERE, Hall, plant_hall
from tests.store.ballots import at_once, box, set_round, voters

NOW = datetime(2026, 1, 20, 2, 30, tzinfo=UTC)


@pytest.fixture
def hall(store: Store) -> Hall:
    return plant_hall(store)


def ended(hall: Hall, opened: UUID, how: str = "close") -> Closed:
    """End a round as a command would, in a transaction of its own."""
    with hall.store.system().writing() as session:
        if how == "seal_with_paper":
            return seal_with_paper(session, hall.congress, opened)
        end = close if how == "close" else seal_uncounted
        return end(session, hall.congress, opened, NOW)


def counted_again(hall: Hall, opened: UUID) -> Recounted:
    with hall.store.system().reading() as session:
        return recount(session, hall.congress, opened)


def sealed(hall: Hall, opened: UUID) -> bytes:
    with hall.store.system().reading() as session:
        return session.scalars(select(SealedBox.body).where(SealedBox.round_id == opened)).one().encode()


def row(hall: Hall, opened: UUID) -> Round:
    with hall.store.system().reading() as session:
        return session.get_one(Round, (hall.congress, opened))


def counts(hall: Hall, opened: UUID) -> dict[int, tuple[int, str]]:
    with hall.store.system().reading() as session:
        found = session.scalars(select(Count).where(Count.round_id == opened))
        return {count.number: (count.votes, count.state) for count in found}


def vote_all(hall: Hall, opened: UUID, voting: int = 60) -> dict[str, str]:
    """Let the first so many vote: deputy n marks the options 1 to n % 11, the first of them nothing."""
    cast = {}
    for number in range(voting):
        receipt, marks = hall.receipt(), " ".join(str(one) for one in range(1, number % 11 + 1))
        hall.cast(opened, number, receipt, marks)
        cast[ballot_id(receipt)] = marks
    return cast


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


def test_a_practice_round_leaves_no_ballot(hall: Hall) -> None:
    opened, receipt = hall.open_round(purpose="practice"), hall.receipt()
    hall.cast(opened, 0, receipt)
    vote_all_but_first = [hall.cast(opened, number, hall.receipt()) for number in range(1, 6)]
    assert len(vote_all_but_first) == 5
    for _ in range(2):
        done = ended(hall, opened)
        assert (done.state, done.recovered, done.valid, done.box_digest) == ("closed", 6, None, None)
    assert box(hall.store, opened) == {}
    assert counts(hall, opened) == {}
    assert refusal(hall.cast, opened, 0, receipt) == "round_closed"
    with hall.store.system().reading() as session:
        assert refusal(find_ballot, session, receipt) == "receipt_unknown"


def test_an_annulled_round_is_sealed_uncounted(hall: Hall) -> None:
    opened = hall.open_round()
    cast = vote_all(hall, opened, 20)
    first = ended(hall, opened, "annul")
    assert first == Closed("annulled", NOW, 60, 60, 60, 20, None, None, None, first.box_digest)
    read = read_box(sealed(hall, opened), first.box_digest)
    assert {ballot.id: ballot.marks for ballot in read.ballots} == cast
    assert counts(hall, opened) == {}
    assert ended(hall, opened, "annul") == first
    assert refusal(ended, hall, opened) == "round_annulled"


def test_a_count_that_was_there_goes_with_the_annulment(hall: Hall) -> None:
    opened = hall.open_round()
    vote_all(hall, opened, 20)
    before = ended(hall, opened)
    after = ended(hall, opened, "annul")
    assert counts(hall, opened) == {}
    assert (after.valid, after.invalid, after.threshold) == (None, None, None)
    assert (after.box_digest, after.recovered) == (before.box_digest, 20)


def test_what_never_opened_is_annulled_without_a_box(hall: Hall) -> None:
    done = ended(hall, hall.open_round(state="checked", present=False), "annul")
    assert (done.state, done.box_digest, done.entitled) == ("annulled", None, None)


def on_paper(hall: Hall, opened: UUID, sheets: dict[int, dict[int, str]]) -> None:
    """Hand sheets to the last deputies, and enter what stands on them: by number, by entry."""
    own = {"congress_id": hall.congress, "round_id": opened}
    hall.add(
        [
            Participation(**own, membership_id=seat, channel="paper")
            for seat in hall.seats[len(hall.seats) - len(sheets) :]
        ],
        [
            PaperSheet(**own, number=number, entry=entry, marks=marks, entered_by=hall.appointments[entry])
            for number, entries in sheets.items()
            for entry, marks in entries.items()
        ],
    )


def test_sheets_lie_among_the_other_ballots(hall: Hall) -> None:
    opened = hall.open_round(on_paper=True)
    cast = vote_all(hall, opened, 40)
    # The second is settled, the third cannot be read, the fourth marks eleven.
    over = " ".join(map(str, range(1, 12)))
    sheets = {1: {1: "1", 2: "1"}, 2: {1: "1", 2: "2", 3: "12"}, 3: {1: "?", 2: "?"}, 4: {1: over, 2: over}}
    on_paper(hall, opened, sheets)
    closed = ended(hall, opened)
    assert closed == Closed("closed", NOW, 60, 60, 60, None, None, None, None, None)
    assert ended(hall, opened) == closed
    done = ended(hall, opened, "seal_with_paper")
    assert (done.issued, done.recovered, done.valid, done.invalid) == (60, 44, 42, 2)
    assert ended(hall, opened, "seal_with_paper") == done == ended(hall, opened)
    facts = row(hall, opened).facts
    assert facts is not None
    assert facts["channels"] == {
        "electronic": {"issued": 56, "recovered": 40, "valid": 40, "invalid": 0},
        "paper": {"issued": 4, "recovered": 4, "valid": 2, "invalid": 2},
    }
    assert facts["faults"] == {"tally.invalid.over_marked": 1, "tally.invalid.unclear": 1}
    ballots = box(hall.store, opened)
    assert Counter(ballots.values()) == Counter([*cast.values(), "1", "12", "?", over])
    read = read_box(sealed(hall, opened), done.box_digest)
    assert {ballot.id: ballot.marks for ballot in read.ballots} == ballots
    assert b"paper" not in json.dumps(json.loads(sealed(hall, opened))["ballots"]).encode()
    assert counted_again(hall, opened).agrees
    with hall.store.system().reading() as session:
        assert session.scalars(select(PaperSheet)).all() == []


def test_sheets_that_are_not_settled_are_not_counted(hall: Hall) -> None:
    opened = hall.open_round(on_paper=True)
    on_paper(hall, opened, {5: {1: "1"}, 3: {1: "1", 2: "2"}, 8: {1: "4", 2: "4"}})
    assert refusal(ended, hall, opened, "seal_with_paper") == "round_not_closed"
    ended(hall, opened)
    with pytest.raises(Refused) as refused:
        ended(hall, opened, "seal_with_paper")
    assert (refused.value.code, refused.value.facts) == ("sheets_unsettled", {"number": 3, "n": 2})
    assert box(hall.store, opened) == {}
    assert row(hall, opened).box_digest is None


def test_more_sheets_than_were_handed_out_void_the_round(hall: Hall) -> None:
    opened = hall.open_round(on_paper=True, present=False)
    on_paper(hall, opened, {1: {1: "1", 2: "1"}})
    own = {"congress_id": hall.congress, "round_id": opened}
    hall.add(
        [
            PaperSheet(**own, number=2, entry=entry, marks="1", entered_by=hall.appointments[0])
            for entry in (1, 2)
        ]
    )
    ended(hall, opened)
    done = ended(hall, opened, "seal_with_paper")
    assert (done.issued, done.recovered) == (1, 2)
    facts = row(hall, opened).facts
    assert facts is not None
    assert facts["outcome"]["state"] == "void"
    assert counted_again(hall, opened).agrees


def test_the_second_count_names_what_differs(hall: Hall) -> None:
    opened = hall.open_round()
    vote_all(hall, opened, 45)
    ended(hall, opened)
    with hall.store.system().writing() as session:
        session.execute(update(Count).where(Count.number == 3).values(votes=1))
        session.execute(update(Round).values(valid=1))
    again = counted_again(hall, opened)
    assert (again.numbers, again.options, again.agrees) == (("valid",), (3,), False)
    with hall.store.system().writing() as session:
        session.execute(update(SealedBox).values(body=SealedBox.body + " "))
    assert refusal(counted_again, hall, opened) == "box_digest_differs"
    assert refusal(counted_again, hall, hall.open_round()) == "round_not_closed"


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
