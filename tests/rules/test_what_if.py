"""What other rules make of one small box, by hand: 10 in office, 8 present, 8 ballots, two places."""

import pytest

from dashboard.rules.boxes import Box, read_box, seal
from dashboard.rules.outcomes import Attendance, Option
from dashboard.rules.what_if import Alternative, WhatIf, analyse
from tests.planting_rounds import frozen_rules

# Votes: 1 has 7, 2 has 5, 3 has 4, 4 has none. More than half of 10 is 6, of 8 present 5.
BALLOTS = ["1 2", "1 2", "1 2", "1 2", "1 3", "1 3", "1 3", "2 3"]
OPTIONS = [Option(number, f"项目{number}") for number in range(1, 5)]
COSTS: dict[int, int | None] = {1: 300, 2: 200, 3: 200, 4: 100}


FORMS = ("mark", "item", "rank", "exact")


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> str:
    """In which form the same was voted: the order of a ballot is that of its ranking."""
    return str(request.param)


def written(form: str, ballot: str) -> str:
    """Return a ballot in the marks of a form: who is named is marked, answered with for, or ranked in this order."""
    named = ballot.split()
    if form == "rank":
        return " ".join(sorted(f"{number}:{rank}" for rank, number in enumerate(named, start=1)))
    return " ".join(sorted(f"{number}+" if form == "item" else number for number in named))


def box(form: str = "mark", ballots: list[str] = BALLOTS, places: int = 2) -> Box:
    many = len(ballots)
    raw = seal(
        frozen_rules(f"adoption-{form}@1"), "adoption", places, OPTIONS, Attendance(10, many, many, many),
        {"electronic": (many, many)}, [(f"{n:064x}", written(form, one)) for n, one in enumerate(ballots)],
    )  # fmt: skip
    return read_box(raw)


def chosen(one: Alternative) -> set[int]:
    return {number for number, state in one.states.items() if state == "chosen"}


def test_the_rounds_own_rules_stand_first_and_are_its_result(form: str) -> None:
    lines, own, _ = analyse(box(form), COSTS, (), None)
    assert [(one.number, one.votes) for one in lines] == [(1, 7), (2, 5), (3, 4), (4, 0)]
    assert (own.needed, own.states) == (6, {1: "chosen", 2: "out", 3: "out", 4: "out"})


def test_a_threshold_of_those_present_asks_for_fewer_votes(form: str) -> None:
    present = analyse(box(form), COSTS, (), None)[2][0]
    assert (present.rule, present.needed, chosen(present)) == ("present", 5, {1, 2})


def test_other_places_leave_valid_what_was_valid(form: str) -> None:
    """With one place a ballot of two marks would be void; the deputies voted when two were allowed.

    Ranked, the first place alone is a vote then: 1 has seven of them, 2 has one.
    """
    seven = ["1 2"] * 7 + ["2 3"]
    one_place = analyse(box(form, seven), COSTS, (1,), None)[2][1]
    assert (one_place.value, chosen(one_place)) == (1, {1} if form == "rank" else {2})


def test_more_places_choose_nobody_who_lacks_votes(form: str) -> None:
    """Whatever the places, six votes are needed: 2 has five."""
    more = analyse(box(form), COSTS, (3, 4), None)[2][1:3]
    assert [(one.value, one.needed, chosen(one)) for one in more] == [(3, 6, {1}), (4, 6, {1})]


def test_without_a_number_of_places_two_fewer_and_two_more_are_shown(form: str) -> None:
    two, three = box(form), box(form, ["1 2 3"] * 8, places=3)
    assert [one.value for one in analyse(two, COSTS, (), None)[2] if one.rule == "places"] == [4]
    assert [one.value for one in analyse(three, COSTS, (), None)[2] if one.rule == "places"] == [1]


def test_a_budget_is_spent_down_the_list(form: str) -> None:
    found = {one.rule: one for one in analyse(box(form), COSTS, (), 500)[2]}
    # 1 costs 300, 2 costs 200: nothing is left.
    assert chosen(found["greedy"]) == {1, 2}
    # Without a budget what the chosen cost, 300: after 1 nothing is left.
    spent = {one.rule: one for one in analyse(box(form), COSTS, (), None)[2]}["greedy"]
    assert (spent.value, chosen(spent)) == (300, {1})


def test_equal_shares_serve_a_minority_that_the_list_passes_over(form: str) -> None:
    """Six want 1 and 2, one 1 and 4, two 4 and 3; 540 fen give everyone 60.

    By votes 1 takes 200 and 2 takes 300, and 40 are left for 4. By equal shares seven pay 1 with 28.57 each; the
    188.57 that six of them have left do not pay 2, while 4 is paid by its three, 31.43 and twice 34.29; then the two
    have 51.43 left for 3, which costs 100.
    """
    costs: dict[int, int | None] = {1: 200, 2: 300, 3: 100, 4: 100}
    ballots = ["1 2"] * 6 + ["1 4"] + ["4 3"] * 2
    found = {one.rule: one for one in analyse(box(form, ballots), costs, (), 540)[2]}
    assert found["greedy"].states == {1: "chosen", 2: "chosen", 3: "out", 4: "out"}
    assert found["shares"].states == {1: "chosen", 2: "out", 3: "out", 4: "chosen"}


def test_whom_the_order_of_the_list_alone_would_choose_is_tied(form: str) -> None:
    """Six hold 360 for 1 and 2 of 200 each, two hold 120 for 3 and 4 of 100 each: one of either pair is paid."""
    costs: dict[int, int | None] = {1: 200, 2: 200, 3: 100, 4: 100}
    found = {one.rule: one for one in analyse(box(form, ["1 2"] * 6 + ["3 4"] * 2), costs, (), 480)[2]}
    assert found["greedy"].states == {1: "chosen", 2: "chosen", 3: "out", 4: "out"}
    assert set(found["shares"].states.values()) == {"tied"}


def test_without_a_sum_nothing_is_computed_and_those_without_are_named(form: str) -> None:
    for one in analyse(box(form), COSTS | {3: None, 4: None}, (), 500)[2][-2:]:
        assert (one.lacking, dict(one.states)) == ((3, 4), {})


def test_whoever_would_have_ended_otherwise_is_told(form: str) -> None:
    """Eight want 1 and 2: with two places both are chosen, with one they are level, for 200 fen only 2 is to be had.

    Ranked, the first place alone is a vote then, and four are fewer than six.
    """
    what = WhatIf("", None, False, *analyse(box(form, ["1 2"] * 4 + ["2 1"] * 4), COSTS, (1, 2), 200))
    by = {(one.rule, one.value): one for one in what.others}
    assert what.own.states == {1: "chosen", 2: "chosen", 3: "out", 4: "out"}
    assert what.changed(by["places", 2]) == ()
    level = "out" if form == "rank" else "tied"
    assert by["places", 1].states == {1: level, 2: level, 3: "out", 4: "out"}
    assert set(what.changed(by["places", 1])) == {1, 2}
    assert what.changed(by["greedy", 200]) == (1,)


@pytest.mark.parametrize(
    ("own", "other", "changed"),
    [
        ("chosen", "chosen", False), ("chosen", "tied", True), ("chosen", "out", True),
        ("tied", "chosen", True), ("tied", "tied", False), ("tied", "out", True),
        ("out", "chosen", True), ("out", "tied", True), ("out", "out", False),
    ],
)  # fmt: skip
def test_each_end_is_another(own: str, other: str, changed: bool) -> None:
    what = WhatIf("", None, False, (), Alternative("own", None, {7: own}), ())
    assert what.changed(Alternative("places", 1, {7: other})) == ((7,) if changed else ())
