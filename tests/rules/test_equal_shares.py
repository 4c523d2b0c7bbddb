"""Equal shares: two published examples, and small elections against the plainest exact reckoning."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboard.rules import equal_shares as module
from dashboard.rules.budgeting import Funded
from dashboard.rules.equal_shares import equal_shares, equal_shares_add1
from dashboard.rules.refused import Refused

# equalshares.net, explanation, examples 1 and 2: eleven voters, 1100 of money. The eleventh voter differs.
COSTS = {"bike": 700, "gym": 400, "park": 250, "playground": 200, "library": 100}
SPORTS = [("bike", "gym"), ("bike", "gym", "park"), ("bike", "gym"), ("bike", "gym", "park"), ("bike", "gym", "park"),
          ("bike", "gym")]  # fmt: skip
KIDS = [
    ("park", "playground", "library"),
    ("playground",),
    ("playground", "library"),
    ("park", "playground", "library"),
]


def cast(*ballots: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    return {ballot: ballots.count(ballot) for ballot in ballots}


def test_the_published_example() -> None:
    found = equal_shares(COSTS, 1100, cast(*SPORTS, *KIDS, ("bike",)))
    assert found == Funded(("bike", "playground", "library"), ())


def test_the_published_example_in_which_some_are_too_poor_for_an_equal_part() -> None:
    found = equal_shares(COSTS, 1100, cast(*SPORTS, *KIDS, ("gym",)))
    assert found == Funded(("gym", "park", "playground"), ())


def test_money_that_nobody_can_use_stays_until_shares_rise() -> None:
    """Two voters, 100 each, who want a for 120 and b for 80: at a share of 120 both are bought."""
    costs = {"a": 120, "b": 80}
    ballots = {("a",): 1, ("b",): 1}
    assert equal_shares(costs, 200, ballots).projects == ("b",)
    assert set(equal_shares_add1(costs, 200, ballots).projects) == {"a", "b"}


def test_shares_do_not_rise_beyond_the_budget() -> None:
    """A share of 130 would buy b too, for 230 of 200 in all: what was bought before stays."""
    costs = {"a": 100, "b": 130}
    assert equal_shares_add1(costs, 200, {("a",): 1, ("b",): 1}).projects == ("a",)


def test_a_blank_ballot_holds_a_share_too() -> None:
    costs = {"a": 50}
    assert equal_shares(costs, 50, {("a",): 1}).projects == ("a",)
    assert equal_shares(costs, 50, {("a",): 1, (): 1}).projects == ()


def test_nobody_voted() -> None:
    assert equal_shares(COSTS, 1100, {}) == Funded((), ())
    assert equal_shares_add1(COSTS, 1100, {}) == Funded((), ())
    assert equal_shares_add1(COSTS, 1100, {(): 3}) == Funded((), ())


def test_what_costs_nothing_is_funded_where_someone_wants_it() -> None:
    assert equal_shares({"a": 0, "b": 0}, 10, {("b",): 1}).projects == ("b",)


def test_level_ones_that_compete_for_one_purse_are_named() -> None:
    ballots = {("a", "b"): 2}
    assert equal_shares({"a": 100, "b": 100}, 100, ballots) == Funded(("a",), (("a", "b"),))
    assert equal_shares({"b": 100, "a": 100}, 100, ballots) == Funded(("b",), (("b", "a"),))
    # Both can be paid: which comes first decides nothing.
    assert equal_shares({"a": 50, "b": 50}, 100, ballots) == Funded(("a", "b"), ())


def test_the_order_of_a_ballot_and_a_name_twice_do_not_matter() -> None:
    once = equal_shares({"a": 6, "b": 5}, 6, {("a", "b"): 2})
    assert equal_shares({"a": 6, "b": 5}, 6, {("a", "b"): 1, ("b", "a", "b"): 1}) == once


def test_money_is_exact() -> None:
    """Three voters share 1 for a project of 1: no third is ever rounded."""
    assert equal_shares({"a": 1}, 1, {("a",): 3}).projects == ("a",)
    assert equal_shares({"a": Fraction(1, 3), "b": Fraction(2, 3)}, 1, {("a", "b"): 7}).projects == ("a", "b")


def test_the_work_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_RUNS", 1)
    costs = {"a": 100, "b": 40, "c": 60}
    with pytest.raises(Refused) as caught:
        equal_shares_add1(
            costs, 100, {("a",): 1, ("b",): 1, ("c",): 1, ("a", "b", "c"): 1}, step=Fraction(1, 1000)
        )
    assert caught.value.code == "equal_shares_too_long"


def naive(costs: Mapping[str, int], share: Fraction, ballots: Sequence[frozenset[str]]) -> list[str]:
    """Buy as the definition says, voter by voter."""
    money = [share] * len(ballots)
    bought = [key for key in costs if not costs[key] and any(key in ballot for ballot in ballots)]
    while True:
        best: tuple[Fraction, str] | None = None
        for key in costs:
            backers = [place for place, ballot in enumerate(ballots) if key in ballot]
            if key in bought or not backers or sum(money[one] for one in backers) < costs[key]:
                continue
            rate = level_of(costs[key], [money[one] for one in backers]) / costs[key]
            if best is None or rate < best[0]:
                best = rate, key
        if best is None:
            return bought
        rate, key = best
        bought.append(key)
        money = [
            left - min(left, rate * costs[key]) if key in ballot else left
            for left, ballot in zip(money, ballots, strict=True)
        ]


def level_of(cost: int, money: Sequence[Fraction]) -> Fraction:
    """Return the payment at which those who can pay it and all that the others have make up the cost."""
    for payment in [Fraction(0), *sorted(money)]:
        poor = [left for left in money if left <= payment]
        if len(poor) < len(money):
            level = Fraction(cost - sum(poor)) / (len(money) - len(poor))
            if all(left >= level for left in money if left > payment):
                return level
    return max(money)


def naive_add1(costs: Mapping[str, int], budget: int, ballots: Sequence[frozenset[str]]) -> list[str]:
    """Raise the shares by one, again and again, as equalshares.net completes the method."""
    share = Fraction(budget, len(ballots))
    bought = naive(costs, share, ballots)
    backed = frozenset().union(*ballots)
    while any(costs[key] <= budget - sum(costs[one] for one in bought) for key in backed.difference(bought)):
        share += 1
        further = naive(costs, share, ballots)
        if sum(costs[key] for key in further) > budget:
            break
        bought = further
    return bought


KEYS = "abcde"
SMALL_COSTS = st.lists(st.integers(1, 30), min_size=2, max_size=5).map(
    lambda costs: dict(zip(KEYS, costs, strict=False))
)
# Many approve the same, so that some are too poor for an equal part.
BALLOTS = st.lists(st.sets(st.sampled_from(KEYS), max_size=5).map(frozenset), min_size=1, max_size=7)


def ballots_of(*texts: str) -> list[frozenset[str]]:
    return [frozenset(text) for text in texts]


def counted(ballots: Sequence[frozenset[str]]) -> dict[frozenset[str], int]:
    return {ballot: ballots.count(ballot) for ballot in ballots}


def known(ballots: Sequence[frozenset[str]], costs: Mapping[str, int]) -> list[frozenset[str]]:
    return [ballot.intersection(costs) for ballot in ballots]


@settings(deadline=None)
@given(SMALL_COSTS, st.integers(0, 60), BALLOTS)
@example({"a": 13, "b": 7, "c": 5, "d": 6}, 31, ballots_of("d", "acd", "ab", "b", "abd", "ac"))
def test_small_elections_go_as_the_plain_reckoning(
    costs: dict[str, int], budget: int, ballots: list[frozenset[str]]
) -> None:
    ballots = known(ballots, costs)
    found = equal_shares(costs, budget, counted(ballots))
    assert list(found.projects) == naive(costs, Fraction(budget, len(ballots)), ballots)
    assert sum(costs[key] for key in found.projects) <= budget


@settings(deadline=None)
@given(SMALL_COSTS, st.integers(0, 60), BALLOTS)
@example({"a": 27, "b": 7, "c": 19}, 34, ballots_of("", "abc"))
@example({"a": 3, "b": 15, "c": 18, "d": 24, "e": 23}, 61, ballots_of("ce", "abcde", "a", "ac"))
def test_rising_shares_end_where_the_plain_reckoning_ends(
    costs: dict[str, int], budget: int, ballots: list[frozenset[str]]
) -> None:
    """Shares that are passed over in one go would have bought the same."""
    ballots = known(ballots, costs)
    found = equal_shares_add1(costs, budget, counted(ballots))
    assert set(found.projects) == set(naive_add1(costs, budget, ballots))


@settings(deadline=None)
@given(SMALL_COSTS, st.integers(0, 60), BALLOTS)
@example({"a": 9, "b": 9, "c": 6, "d": 8}, 20, ballots_of("abc", "acd", "ab", "bc"))
def test_shares_that_are_passed_over_buy_the_same(
    costs: dict[str, int], budget: int, ballots: list[frozenset[str]]
) -> None:
    approvals = counted(known(ballots, costs))
    share, step = Fraction(budget, len(ballots)), Fraction(1)
    run = module._run(costs, approvals, share, step)
    # A run that nothing limits holds for ever: some steps on, too.
    for steps in range(1, min(run.steps if run.steps is not None else 90, 90) + 1):
        assert set(module._run(costs, approvals, share + steps, step).projects) == set(run.projects)


@settings(deadline=None)
@given(SMALL_COSTS, st.integers(0, 60), BALLOTS)
def test_a_tie_is_named_only_where_another_order_would_fund_others(
    costs: dict[str, int], budget: int, ballots: list[frozenset[str]]
) -> None:
    approvals = counted(known(ballots, costs))
    outcomes = {
        frozenset(equal_shares({key: costs[key] for key in order}, budget, approvals).projects)
        for order in permutations(costs)
    }
    assert len(outcomes) > 1 or not equal_shares(costs, budget, approvals).ties
