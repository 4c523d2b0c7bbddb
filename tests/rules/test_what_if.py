"""What other rules make of one small box, by hand: 10 in office, 8 present, 8 ballots, two places."""

from dashboard.rules.boxes import read_box, seal
from dashboard.rules.outcomes import Attendance, Option
from dashboard.rules.what_if import Alternative, analyse
from tests.planting_rounds import frozen_rules

# Votes: 1 has 7, 2 has 5, 3 has 4, 4 has none. More than half of 10 is 6, of 8 present 5.
BALLOTS = ["1 2", "1 2", "1 2", "1 2", "1 3", "1 3", "1 3", "2 3"]
OPTIONS = [Option(number, f"项目{number}") for number in range(1, 5)]
COSTS: dict[int, int | None] = {1: 300, 2: 200, 3: 200, 4: 100}


def box(ballots: list[str] = BALLOTS, places: int = 2):  # type: ignore[no-untyped-def]
    many = len(ballots)
    raw = seal(
        frozen_rules("adoption-mark@1"), "adoption", places, OPTIONS, Attendance(10, many, many, many),
        {"electronic": (many, many)}, [(f"{n:064x}", marks) for n, marks in enumerate(ballots)],
    )  # fmt: skip
    return read_box(raw)


def chosen(one: Alternative) -> set[int]:
    return {number for number, state in one.states.items() if state == "chosen"}


def test_the_rounds_own_rules_stand_first_and_are_its_result() -> None:
    lines, own, _ = analyse(box(), COSTS, (), None)
    assert [(one.number, one.votes) for one in lines] == [(1, 7), (2, 5), (3, 4), (4, 0)]
    assert (own.needed, chosen(own)) == (6, {1})


def test_a_threshold_of_those_present_asks_for_fewer_votes() -> None:
    present = analyse(box(), COSTS, (), None)[2][0]
    assert (present.rule, present.needed, chosen(present)) == ("present", 5, {1, 2})


def test_other_places_leave_valid_what_was_valid() -> None:
    """With one place a ballot of two marks would be void; the deputies voted when two were allowed."""
    seven = ["1 2"] * 4 + ["1 2"] * 3 + ["2 3"]
    one_place = analyse(box(seven), COSTS, (1,), None)[2][1]
    assert (one_place.value, chosen(one_place)) == (1, {2})


def test_without_a_number_of_places_two_fewer_and_two_more_are_shown() -> None:
    assert [one.value for one in analyse(box(), COSTS, (), None)[2] if one.rule == "places"] == [4]
    assert [one.value for one in analyse(box(places=3), COSTS, (), None)[2] if one.rule == "places"] == [1]


def test_a_budget_is_spent_down_the_list() -> None:
    found = {one.rule: one for one in analyse(box(), COSTS, (), 500)[2]}
    # 1 costs 300, 2 costs 200: nothing is left.
    assert chosen(found["greedy"]) == {1, 2}
    # Without a budget what the chosen cost, 300: after 1 nothing is left.
    spent = {one.rule: one for one in analyse(box(), COSTS, (), None)[2]}["greedy"]
    assert (spent.value, chosen(spent)) == (300, {1})


def test_equal_shares_serve_a_minority_that_the_list_passes_over() -> None:
    """Six want 1 and 2, two want 3 alone; 400 fen give everyone 50.

    By votes 1 and 2 take 200 each. By equal shares the six hold 300 together: 1 takes 200 of it, the 100 left do not
    pay 2, while the two pay 3 with the 100 that they hold.
    """
    costs: dict[int, int | None] = {1: 200, 2: 200, 3: 100, 4: 100}
    ballots = ["1 2"] * 6 + ["3"] * 2
    found = {one.rule: one for one in analyse(box(ballots), costs, (), 400)[2]}
    assert set(found["greedy"].states.values()) >= {"out"}
    shares = found["shares"]
    assert 3 in chosen(shares)
    assert {1, 2} - chosen(shares), "both cannot be paid by the six"


def test_without_a_sum_nothing_is_computed_and_those_without_are_named() -> None:
    for one in analyse(box(), COSTS | {3: None, 4: None}, (), 500)[2][-2:]:
        assert (one.lacking, dict(one.states)) == ((3, 4), {})
