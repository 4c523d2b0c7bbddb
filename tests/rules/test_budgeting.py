"""Budgets spent down a list, by hand, and ties against every order that the list could have had."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.rules.budgeting import (
    Funded,
    greedy,
    greedy_custom,
    greedy_exclusive,
    greedy_no_skip,
    greedy_threshold,
)
from dashboard.rules.recounting import RULES, funded
from dashboard.rules.refused import Refused
from tests.elections import pb, read

Rule = Callable[[Mapping[str, int], int, Mapping[str, int]], Funded[str]]
COSTS = {"a": 60, "b": 50, "c": 40, "d": 10}
VOTES = {"a": 9, "b": 8, "c": 7, "d": 6}


def test_greedy_takes_what_still_fits() -> None:
    assert greedy(COSTS, 100, VOTES) == Funded(("a", "c"), ())
    assert greedy(COSTS, 110, VOTES) == Funded(("a", "b"), ())
    assert greedy(COSTS, 0, VOTES) == Funded((), ())


def test_the_most_votes_come_first_wherever_they_stand_in_the_list() -> None:
    assert greedy({"d": 10, "c": 40, "b": 50, "a": 60}, 100, VOTES).projects == ("a", "c")


def test_no_skip_stops_at_the_first_that_does_not_fit() -> None:
    assert greedy_no_skip(COSTS, 100, VOTES) == Funded(("a",), ())
    assert greedy_no_skip(COSTS, 160, VOTES) == Funded(("a", "b", "c", "d"), ())


def test_a_threshold_is_reached_by_as_many_votes() -> None:
    assert greedy_threshold(COSTS, 160, VOTES, 7).projects == ("a", "b", "c")
    assert greedy_threshold(COSTS, 100, VOTES, 9).projects == ("a",)


@pytest.mark.parametrize(
    ("budget", "chosen"), [(99, ("a",)), (100, ("a", "b")), (109, ("a", "b")), (110, ("a", "b"))]
)
def test_custom_funds_the_first_that_does_not_fit_from_four_fifths_on(
    budget: int, chosen: tuple[str, ...]
) -> None:
    """b costs 50, of which 80 % is 40: at 99 there are 39 left after a, at 100 just enough."""
    assert greedy_custom(COSTS, budget, VOTES).projects == chosen


def test_custom_stops_at_it_all_the_same() -> None:
    assert greedy_custom(COSTS, 105, VOTES).projects == ("a", "b")
    assert greedy_custom({"a": 60, "b": 90, "d": 10}, 105, VOTES).projects == ("a",)


def test_an_exclusion_holds_both_ways() -> None:
    assert greedy_exclusive(COSTS, 160, VOTES, {"b": ["a"]}) == Funded(("a", "c", "d"), ())
    assert greedy_exclusive(COSTS, 160, VOTES, {"a": ["b"]}) == Funded(("a", "c", "d"), ())


def test_who_does_not_reach_the_threshold_is_not_on_the_list_and_excludes_nobody() -> None:
    assert greedy_exclusive(COSTS, 160, VOTES, {"b": ["c"]}, 8).projects == ("a", "b")
    assert greedy_exclusive(COSTS, 160, VOTES, {"a": ["b"]}, 7).projects == ("a", "c")
    level = {"a": 9, "b": 7, "c": 7, "d": 5}
    assert greedy_exclusive(COSTS, 160, level, {"c": ["d"]}, 6) == Funded(("a", "b", "c"), ())


def test_exclusions_by_name_hold_above_the_threshold() -> None:
    """Votes 3, 2, 1: without the threshold c is chosen beside a, with it b is not because of a."""
    projects = ("project_id;cost;conflicts", "a;50;b", "b;50;", "c;40;")
    for threshold, chosen in (("", ("a", "c")), ("1", ("a", "c")), ("2", ("a",))):
        found = funded(read(pb({"min_project_score_threshold": threshold}, projects)), "greedy-exclusive")
        assert found is not None
        assert found.projects == chosen


def test_who_does_not_fit_excludes_nobody() -> None:
    assert greedy_exclusive(COSTS, 50, VOTES, {"a": ["b"]}).projects == ("b",)


def test_level_ones_go_by_the_list_and_are_named_where_that_decides() -> None:
    level = {"a": 9, "b": 7, "c": 7, "d": 7}
    assert greedy(COSTS, 110, level) == Funded(("a", "b"), (("b", "c", "d"),))
    assert greedy(COSTS, 160, level) == Funded(("a", "b", "c", "d"), ())
    # b does not fit whoever comes first; c and d do.
    assert greedy({"a": 60, "b": 60, "c": 40, "d": 10}, 110, level) == Funded(("a", "c", "d"), ())
    assert greedy_no_skip(COSTS, 110, level) == Funded(("a", "b"), (("b", "c", "d"),))
    assert greedy_exclusive(COSTS, 160, level, {"c": ["d"]}) == Funded(("a", "b", "c"), (("b", "c", "d"),))


def test_money_is_exact() -> None:
    tenths = {str(n): Fraction(1, 10) for n in range(3)}
    assert len(greedy(tenths, Fraction(3, 10), dict.fromkeys(tenths, 1)).projects) == 3
    huge = {"a": 2**60, "b": 1}
    assert greedy(huge, 2**60 + 1, {"a": 2, "b": 1}).projects == ("a", "b")
    assert greedy(huge, 2**60, {"a": 2, "b": 1}).projects == ("a",)


def test_options_may_be_numbers() -> None:
    assert greedy({1: 5, 2: 5}, 5, {1: 3, 2: 4}).projects == (2,)


SMALL = st.integers(0, 5)


@settings(deadline=None)
@given(
    st.sampled_from(
        [
            greedy,
            greedy_no_skip,
            greedy_custom,
            lambda costs, budget, votes: greedy_exclusive(costs, budget, votes, {"a": ["b", "c"]}),
        ]
    ),
    st.lists(st.tuples(SMALL, st.integers(0, 2)), min_size=3, max_size=5),
    st.integers(0, 12),
)
def test_a_tie_is_named_exactly_where_another_order_would_fund_others(
    rule: Rule, lines: list[tuple[int, int]], budget: int
) -> None:
    costs = dict(zip("abcde", (cost for cost, _ in lines), strict=False))
    votes = dict(zip("abcde", (vote for _, vote in lines), strict=False))
    found = rule(costs, budget, votes)
    outcomes = {
        frozenset(rule({key: costs[key] for key in order}, budget, votes).projects)
        for order in permutations(costs)
    }
    assert bool(found.ties) == (len(outcomes) > 1)
    for tie in found.ties:
        assert len(tie) > 1
        assert len({votes[key] for key in tie}) == 1


def test_rules_by_name() -> None:
    """The file of tests: a 60 with three votes, b 50 with two, c 40 with one, a budget of 100."""
    expected = {
        "greedy": ("a", "c"),
        "greedy-no-skip": ("a",),
        "greedy-custom": ("a", "b"),
        "greedy-threshold": ("a",),
        "greedy-exclusive": ("a",),
    }
    projects = ("project_id;cost;conflicts", "a;60;", "b;50;", "c;40;a")
    election = read(pb({"min_project_score_threshold": "2"}, projects))
    for rule, chosen in expected.items():
        found = funded(election, rule)
        assert found is not None
        assert found.projects == chosen, rule


def test_points_decide_where_the_file_publishes_them() -> None:
    votes = ("voter_id;vote;points", "1;a,b;1,9", "2;a;1")
    by_points = pb(
        {"vote_type": "scoring", "budget": "60"}, ("project_id;cost;score", "a;60;2", "b;60;9"), votes
    )
    by_votes = pb({"vote_type": "scoring", "budget": "60"}, ("project_id;cost", "a;60", "b;60"), votes)
    for raw, chosen in ((by_points, ("b",)), (by_votes, ("a",))):
        found = funded(read(raw), "greedy")
        assert found is not None
        assert found.projects == chosen


def test_a_file_that_does_not_know_its_rule_chooses_nobody() -> None:
    for rule in ("unknown", ""):
        assert funded(read(pb()), rule) is None


@pytest.mark.parametrize(
    ("meta", "rule", "facts"),
    [
        ({}, "greedier", {"rule": "greedier"}),
        ({"budget": ""}, "greedy", {"rule": "greedy", "needed": "budget"}),
        ({}, "greedy-threshold", {"rule": "greedy-threshold", "needed": "min_project_score_threshold"}),
        ({"vote_type": "ordinal"}, "equalshares", {"rule": "equalshares", "needed": "vote_type=approval"}),
        ({"vote_type": "ordinal"}, "equalshares/add1", {"rule": "equalshares/add1", "needed": "vote_type=approval"}),
    ],
)  # fmt: skip
def test_an_unknown_rule_and_one_that_lacks_something_are_refused_by_name(
    meta: dict[str, str], rule: str, facts: dict[str, str]
) -> None:
    with pytest.raises(Refused) as caught:
        funded(read(pb(meta)), rule)
    assert caught.value.code == ("rule_needs" if rule in RULES else "no_such_rule")
    assert caught.value.facts == facts
