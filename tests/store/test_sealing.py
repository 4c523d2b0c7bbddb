"""What is sealed beside plain ballots, and what is not counted: sheets, practice, annulment; the second count."""

import json
from collections import Counter
from uuid import UUID

import pytest
from sqlalchemy import select, update

from dashboard.rules.boxes import read_box
from dashboard.store.closing import Closed
from dashboard.store.receipts import find_ballot
from dashboard.store.tables.sealing import PaperEntry, PaperSheet, SealedBox
from dashboard.store.tables.voting import Count, Participation, Round
from dashboard.store.transactions import Store
from tests.commands.people import refusal
from tests.hall import Hall, plant_hall
from tests.store.ballots import box
from tests.store.ending import NOW, counted_again, counts, ended, row, sealed, vote_all


@pytest.fixture
def hall(store: Store) -> Hall:
    return plant_hall(store)


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


@pytest.mark.parametrize(("purpose", "how"), [("practice", "close"), ("adoption", "annul")])
def test_no_sheet_stays_of_a_practice_or_an_annulled_round(hall: Hall, purpose: str, how: str) -> None:
    """No command enters a sheet of a practice; whatever would, nothing of it is kept."""
    opened = hall.open_round(purpose=purpose, on_paper=True)
    on_paper(hall, opened, {1: ALIKE})
    ended(hall, opened, how)
    with hall.store.system().reading() as session:
        assert session.scalars(select(PaperSheet)).all() == []
        assert session.scalars(select(PaperEntry)).all() == []
    assert box(hall.store, opened) == {}
    facts = row(hall, opened).facts
    assert facts is None


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


def on_paper(
    hall: Hall,
    opened: UUID,
    sheets: dict[int, dict[int, str]],
    handed_out: int | None = None,
    totals: tuple[int, ...] | None = None,
) -> None:
    """Hand as many sheets to the last deputies, and enter what stands on them: by number, by entry.

    Two tellers counted as many as there are, or `totals`.
    """
    own = {"congress_id": hall.congress, "round_id": opened}
    many = len(sheets) if handed_out is None else handed_out
    hall.add(
        [
            Participation(**own, membership_id=seat, channel="paper")
            for seat in hall.seats[len(hall.seats) - many :]
        ],
        [
            PaperEntry(**own, entry=entry, membership_id=hall.seats[entry], sheets=total)
            for entry, total in enumerate((len(sheets),) * 2 if totals is None else totals, start=1)
        ],
        [
            PaperSheet(**own, number=number, entry=entry, marks=marks, membership_id=hall.seats[entry])
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
    assert facts["settled_sheets"] == 1
    ballots = box(hall.store, opened)
    assert Counter(ballots.values()) == Counter([*cast.values(), "1", "12", "?", over])
    read = read_box(sealed(hall, opened), done.box_digest)
    assert {ballot.id: ballot.marks for ballot in read.ballots} == ballots
    assert b"paper" not in json.dumps(json.loads(sealed(hall, opened))["ballots"]).encode()
    assert counted_again(hall, opened).agrees
    with hall.store.system().reading() as session:
        assert session.scalars(select(PaperSheet)).all() == []
        assert session.scalars(select(PaperEntry)).all() == []


ALIKE = {1: "1", 2: "1"}


@pytest.mark.parametrize(
    ("sheets", "totals", "code"),
    [
        ({1: ALIKE, 2: {1: "1", 2: "2"}}, (2, 2), "sheets_unsettled"),
        # Both have entered the same numbers without a gap, and more sheets came out of the box.
        ({1: ALIKE}, (30, 30), "sheets_not_compared"),
        ({1: ALIKE}, (1, 30), "sheets_not_compared"),
        ({1: ALIKE, 2: {1: "1"}}, (2, 1), "sheet_totals_differ"),
        ({1: ALIKE, 2: {1: "1"}}, (2, 2), "sheets_not_compared"),
        ({2: ALIKE}, (1, 1), "sheets_not_compared"),
        ({1: ALIKE, 11: {1: "1", 2: "1"}}, (1, 1), "sheets_not_compared"),
        # A settled number stands for no entry.
        ({1: {1: "1", 3: "1"}}, (1, 1), "sheets_not_compared"),
        # Nobody counted.
        ({}, (), "sheets_not_compared"),
        ({1: {1: "1"}}, (1,), "sheets_not_compared"),
    ],
)
def test_sheets_that_two_did_not_count_and_enter_alike_are_not_sealed(
    hall: Hall, sheets: dict[int, dict[int, str]], totals: tuple[int, ...], code: str
) -> None:
    opened = hall.open_round(on_paper=True)
    on_paper(hall, opened, sheets, totals=totals)
    assert refusal(ended, hall, opened, "seal_with_paper") == "round_not_closed"
    ended(hall, opened)
    assert refusal(ended, hall, opened, "seal_with_paper") == code
    assert box(hall.store, opened) == {}
    assert row(hall, opened).box_digest is None


def test_an_empty_paper_box_is_sealed_once_both_say_that_it_is_empty(hall: Hall) -> None:
    opened = hall.open_round(on_paper=True)
    vote_all(hall, opened, 40)
    on_paper(hall, opened, {}, handed_out=2)
    ended(hall, opened)
    done = ended(hall, opened, "seal_with_paper")
    assert (done.issued, done.recovered) == (60, 40)
    facts = row(hall, opened).facts
    assert facts is not None
    assert (facts["settled_sheets"], facts["channels"]["paper"]["issued"]) == (0, 2)


@pytest.mark.parametrize("others", [False, True], ids=["alone", "beside others who did not vote"])
def test_more_sheets_than_were_handed_out_void_the_round(hall: Hall, others: bool) -> None:
    """Those who are there and do not vote make no room for sheets that nobody was handed."""
    opened = hall.open_round(on_paper=True, present=others)
    on_paper(hall, opened, {1: ALIKE, 2: ALIKE}, handed_out=1)
    ended(hall, opened)
    done = ended(hall, opened, "seal_with_paper")
    assert (done.issued, done.recovered) == (60 if others else 1, 2)
    facts = row(hall, opened).facts
    assert facts is not None
    code = "tally.round.void_paper" if others else "tally.round.void"
    outcome = facts["outcome"]
    assert (outcome["state"], outcome["code"], outcome["facts"]) == (
        "void",
        code,
        {"issued": 1, "recovered": 2},
    )
    assert {state for _, state in counts(hall, opened).values()} == {"failed"}
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
