"""Two tellers' entries: what they typed, where they differ, and what goes into the box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.rules.marks import read_marks
from dashboard.rules.refused import Refused
from dashboard.rules.sheets import Entry, compare, merged, read_typed, sheet_text, totals_differ

ROUND = "0190a0a0-0000-7000-8000-000000000001"


@pytest.mark.parametrize(
    ("form", "typed", "marks"),
    [
        ("mark", "5, 1，2", "1 2 5"),
        ("mark", "１ ２、３", "1 2 3"),
        ("mark", " ", ""),
        ("mark", "？", "?"),
        ("mark", "2 2", "2 2"),
        ("item", "3＝ 1+ 2－", "1+ 2- 3="),
        ("item", "1- 1+", "1+ 1-"),
        ("rank", "5：2 3:1", "3:1 5:2"),
    ],
)
def test_what_is_typed_in_any_order_is_written_in_one_way(form: str, typed: str, marks: str) -> None:
    assert read_typed(form, typed) == marks
    assert read_marks(form, marks) is not None


@pytest.mark.parametrize(
    ("form", "typed"),
    [("mark", "0"), ("mark", "1000"), ("mark", "1+"), ("item", "1"), ("item", "1?"), ("rank", "3"),
     ("mark", "1 ? 2"), ("mark", "一"), ("mark", "-1"), ("mark", "9" * 5000)],
)  # fmt: skip
def test_what_is_no_mark_is_refused_and_named(form: str, typed: str) -> None:
    with pytest.raises(Refused) as refused:
        read_typed(form, typed)
    assert refused.value.code == "sheet_typed"
    assert len(str(refused.value.facts["sign"])) <= 12


def entry(*marks: str, total: int | None = None) -> Entry:
    """Return an entry of sheets numbered from 1, all that were counted unless told otherwise."""
    return Entry(len(marks) if total is None else total, dict(enumerate(marks, start=1)))


def test_the_sheets_on_which_two_tellers_differ_are_named() -> None:
    first, second = entry("1 2", "3", "4"), entry("1 2", "3 4", "5")
    found = compare(first, second, {2: "3"})
    assert found is not None
    assert (found.sheets, found.differing, found.settled, found.is_settled) == (3, (2, 3), (2,), False)
    found = compare(first, second, {2: "3", 3: "5"})
    assert found is not None
    assert found.is_settled


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (None, None),
        (entry("1"), None),
        # Both hold the same sheets, but one counted more.
        (entry("1"), entry("1", total=2)),
        (entry("1"), entry("1", "2")),
        # A gap, and a number over the total.
        (entry("1", "2"), Entry(2, {2: "2"})),
        (entry("1"), Entry(1, {1: "1", 2: "2"})),
        (Entry(1, {2: "2"}), Entry(1, {2: "2"})),
    ],
)
def test_nothing_is_compared_before_both_counted_as_many_and_entered_all(
    first: Entry | None, second: Entry | None
) -> None:
    """Whoever saw earlier that a sheet differs could write what the other has."""
    assert compare(first, second, {}) is None
    assert compare(second, first, {}) is None
    with pytest.raises(Refused):
        merged(first, second, {1: "1", 2: "2"})


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        (entry("1"), entry("1", "2"), True),
        (entry(), entry("1"), True),
        (entry("1"), entry("2"), False),
        # Not told while one is at it: a total would be tried until it is the other's.
        (entry("1"), entry("1", total=2), False),
        (entry("1"), None, False),
    ],
)
def test_that_totals_differ_is_told_once_both_are_done(
    first: Entry, second: Entry | None, differ: bool
) -> None:
    assert totals_differ(first, second) is differ
    if differ:
        with pytest.raises(Refused) as refused:
            merged(first, second, {})
        assert refused.value.code == "sheet_totals_differ"


def test_an_entry_knows_what_it_lacks_and_what_it_has_too_many() -> None:
    found = Entry(3, {1: "1", 3: "2", 11: "3", 4: "1"})
    assert (found.missing, found.beyond, found.is_whole) == ((2,), (4, 11), False)
    assert (entry("1", "2").is_whole, entry().is_whole) == (True, True)


def test_a_difference_is_settled_by_a_third_entry_alone() -> None:
    first, second = entry("1 2", "3"), entry("1 2", "4")
    with pytest.raises(Refused) as refused:
        merged(first, second, {})
    assert (refused.value.code, refused.value.facts) == ("sheets_unsettled", {"n": 1})
    assert merged(first, second, {2: "5"}) == ["1 2", "5"]


def test_a_third_entry_changes_no_sheet_on_which_both_agree() -> None:
    assert merged(entry("1"), entry("1"), {1: "2"}) == ["1"]


def test_an_empty_box_is_settled_once_both_say_so() -> None:
    assert merged(entry(), entry(), {}) == []
    with pytest.raises(Refused):
        merged(entry(), None, {})


def test_every_sheet_of_a_round_carries_the_same_code() -> None:
    assert sheet_text(ROUND, 2) == f"{ROUND}@2"


@given(st.dictionaries(st.integers(1, 30), st.sampled_from(["", "1", "2", "1 2", "?"])))
def test_the_order_of_the_sheets_does_not_reach_the_box(sheets: dict[int, str]) -> None:
    """Whatever lay under which number: the same sheets in another order give the same list."""
    numbered, backwards = entry(*sheets.values()), entry(*reversed(sheets.values()))
    assert merged(numbered, numbered, {}) == merged(backwards, backwards, {}) == sorted(sheets.values())
