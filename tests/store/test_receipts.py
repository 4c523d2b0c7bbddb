"""A receipt and its ballot: the same request again, another's receipt, changing, looking up; on both databases."""

from datetime import UTC, datetime
from functools import partial

import pytest

from dashboard.store.casting import Cast, ballot_id
from dashboard.store.receipts import find_ballot
from dashboard.store.tables.voting import Ballot
from dashboard.store.transactions import Store
from tests.commands.people import refusal
from tests.hall import Hall, plant_hall
from tests.store.ballots import at_once, box, set_round, voters

MARKS = "1 2 5"


@pytest.fixture
def hall(store: Store) -> Hall:
    return plant_hall(store)


def test_the_id_is_the_hash_of_the_receipt() -> None:
    # SHA-256 of sixteen zero bytes.
    assert ballot_id(bytes(16)) == "374708fff7719dd5979ec875d56cd2286f6d3cf7ec317a3b25632aab28ec37bb"


def test_the_same_request_gets_the_same_answer(hall: Hall) -> None:
    opened, receipt = hall.open_round(), hall.receipt()
    first = hall.cast(opened, 0, receipt)
    again = [hall.cast(opened, 0, receipt) for _ in range(3)]
    assert again == [Cast("repeated", first.title, None)] * 3
    assert len(box(hall.store, opened)) == 1
    # A lost answer is asked for again after the close, too; nobody is told that the vote came too late.
    for state in ("suspended", "closed", "announced"):
        set_round(hall.store, opened, state=state, closed_at=datetime.now(UTC))
        assert hall.cast(opened, 0, receipt).state == "repeated"
    set_round(hall.store, opened, state="annulled")
    assert refusal(hall.cast, opened, 0, receipt) == "round_annulled"


def test_other_marks_under_the_same_receipt_change_nothing_and_learn_nothing(hall: Hall) -> None:
    """Were equal marks answered otherwise than others, a receipt would prove them to whoever guesses."""
    opened, receipt = hall.open_round(), hall.receipt()
    hall.cast(opened, 0, receipt)
    answers = [hall.cast(opened, 0, receipt, marks) for marks in (MARKS, "7", "", "99", "not marks")]
    assert len({str(answer) for answer in answers}) == 1
    assert box(hall.store, opened) == {ballot_id(receipt): MARKS}


def test_another_deputys_receipt_counts_for_nobody(hall: Hall) -> None:
    opened, receipt = hall.open_round(receipt="with_marks"), hall.receipt()
    hall.cast(opened, 0, receipt)
    assert refusal(hall.cast, opened, 1, receipt, "7") == "receipt_used"
    assert refusal(hall.change, opened, 1, receipt, "7") == "not_voted"
    assert box(hall.store, opened) == {ballot_id(receipt): MARKS}
    assert voters(hall.store, opened) == {hall.seats[0]: "electronic"}
    # The refused one still has a vote.
    assert hall.cast(opened, 1, hall.receipt(), "7").state == "cast"
    assert len(box(hall.store, opened)) == 2


def test_in_a_recorded_round_a_receipt_is_its_voters_own(hall: Hall) -> None:
    opened, receipt = hall.open_round(secret=False, receipt="with_marks"), hall.receipt()
    hall.cast(opened, 0, receipt)
    hall.cast(opened, 1, hall.receipt(), "9")
    assert refusal(hall.cast, opened, 1, receipt) == "already_voted"
    assert refusal(hall.change, opened, 1, receipt, "7") == "receipt_unknown"
    assert box(hall.store, opened)[ballot_id(receipt)] == MARKS


def test_two_deputies_with_one_receipt_at_once(hall: Hall) -> None:
    opened, receipt = hall.open_round(), hall.receipt()
    answers = at_once([partial(hall.cast, opened, number, receipt) for number in range(8)])
    told = [answer if isinstance(answer, str) else answer.state for answer in answers]
    assert sorted(told) == ["cast", *["receipt_used"] * 7]
    assert len(box(hall.store, opened)) == len(voters(hall.store, opened)) == 1


def test_one_press_sent_many_times_at_once_is_one_ballot(hall: Hall) -> None:
    opened, receipt = hall.open_round(), hall.receipt()
    answers = at_once([partial(hall.cast, opened, 0, receipt)] * 16)
    assert sorted(answer.state for answer in answers if isinstance(answer, Cast)) == [
        "cast",
        *["repeated"] * 15,
    ]
    assert box(hall.store, opened) == {ballot_id(receipt): MARKS}


def test_a_ballot_is_changed_by_its_receipt(hall: Hall) -> None:
    opened, receipt = hall.open_round(receipt="with_marks"), hall.receipt()
    assert refusal(hall.change, opened, 0, receipt, "7") == "not_voted"
    hall.cast(opened, 0, receipt)
    assert hall.change(opened, 0, receipt, "7 8") == Cast("changed", "票决2026年度民生实事项目", "7 8")
    assert hall.change(opened, 0, receipt, "7 8").state == "changed"
    assert box(hall.store, opened) == {ballot_id(receipt): "7 8"}
    assert len(voters(hall.store, opened)) == 1
    # Asked for again, the first press is answered with what lies there now.
    assert hall.cast(opened, 0, receipt).marks == "7 8"


def test_a_lost_receipt_changes_nothing(hall: Hall) -> None:
    opened, other, receipt = hall.open_round(), hall.open_round(), hall.receipt()
    hall.cast(opened, 0, receipt)
    hall.cast(other, 0, hall.receipt())
    # A guess, and a receipt that exists in another round: the same answer.
    assert refusal(hall.change, opened, 0, hall.receipt(), "7") == "receipt_unknown"
    assert refusal(hall.change, other, 0, receipt, "7") == "receipt_unknown"
    assert box(hall.store, opened) == {ballot_id(receipt): MARKS}


def test_where_the_rules_say_so_nothing_is_changed(hall: Hall) -> None:
    opened, receipt = hall.open_round(change_allowed=False), hall.receipt()
    hall.cast(opened, 0, receipt)
    assert refusal(hall.change, opened, 0, receipt, "7") == "change_not_allowed"
    assert box(hall.store, opened) == {ballot_id(receipt): MARKS}


def found(hall: Hall, receipt: bytes) -> tuple[str, str | None]:
    with hall.store.system().reading() as session:
        ballot = find_ballot(session, receipt)
    return ballot.state, ballot.marks


@pytest.mark.parametrize(("rule", "marks"), [("with_marks", MARKS), ("counted_only", None)])
def test_a_receipt_tells_what_the_rules_let_it(hall: Hall, rule: str, marks: str | None) -> None:
    opened, receipt = hall.open_round(receipt=rule), hall.receipt()
    assert refusal(found, hall, receipt) == "receipt_unknown"
    hall.cast(opened, 0, receipt)
    assert found(hall, receipt) == ("in_box", marks)
    set_round(hall.store, opened, state="closed", box_digest="0" * 64)
    assert found(hall, receipt) == ("counted", marks)
    set_round(hall.store, opened, state="annulled")
    assert found(hall, receipt) == ("uncounted", marks)


def test_where_there_is_no_receipt_none_is_known(hall: Hall) -> None:
    opened, receipt = hall.open_round(receipt="none", change_allowed=False), hall.receipt()
    hall.cast(opened, 0, receipt)
    assert refusal(found, hall, receipt) == "receipt_unknown"


def test_an_invalid_ballot_is_told_why(hall: Hall) -> None:
    """Such a ballot comes of an imported box; casting would have refused it."""
    closed, receipt = hall.open_round(state="closed"), hall.receipt()
    set_round(hall.store, closed, box_digest="0" * 64)
    own = {"congress_id": hall.congress, "round_id": closed}
    hall.add(Ballot(**own, id=ballot_id(receipt), marks="1 99"))
    with hall.store.system().reading() as session:
        ballot = find_ballot(session, receipt)
    assert (ballot.state, ballot.reason and ballot.reason.code) == ("invalid", "tally.invalid.off_list")
