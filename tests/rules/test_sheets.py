"""Two tellers' entries: what they typed, where they differ, and what goes into the box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.rules.marks import read_marks
from dashboard.rules.refused import Refused
from dashboard.rules.sheets import compare, merged, read_typed, sheet_text

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


def test_the_sheets_on_which_two_tellers_differ_are_named() -> None:
    first, second = {1: "1 2", 2: "3", 3: "4"}, {1: "1 2", 2: "3 4", 4: "5"}
    found = compare(first, second, {})
    assert (found.sheets, found.missing, found.differing) == (4, (3, 4), (2,))
    assert not found.is_settled


def test_a_difference_is_settled_by_a_third_entry_alone() -> None:
    first, second = {1: "1 2", 2: "3"}, {1: "1 2", 2: "4"}
    with pytest.raises(Refused) as refused:
        merged(first, second, {})
    assert refused.value.code == "sheets_unsettled"
    assert merged(first, second, {2: "4"}) == ["1 2", "4"]


def test_a_third_entry_changes_no_sheet_on_which_both_agree() -> None:
    assert merged({1: "1"}, {1: "1"}, {1: "2"}) == ["1"]


def test_no_sheet_at_all_is_settled() -> None:
    assert merged({}, {}, {}) == []


def test_a_sheet_that_only_one_has_keeps_the_box_open() -> None:
    with pytest.raises(Refused):
        merged({1: "1", 2: "2"}, {1: "1"}, {2: "2"})


def test_every_sheet_of_a_round_carries_the_same_code() -> None:
    assert sheet_text(ROUND, 2) == f"{ROUND}@2"


@given(st.dictionaries(st.integers(1, 30), st.sampled_from(["", "1", "2", "1 2", "?"])))
def test_the_order_of_the_sheets_does_not_reach_the_box(sheets: dict[int, str]) -> None:
    """Whatever lay under which number: the same sheets in another order give the same list."""
    numbered = dict(enumerate(sheets.values(), start=1))
    backwards = dict(enumerate(reversed(sheets.values()), start=1))
    assert merged(numbered, numbered, {}) == merged(backwards, backwards, {}) == sorted(sheets.values())
