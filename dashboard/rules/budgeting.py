"""Rules that spend a budget down a list: the most votes or points first, level ones in the list's order.

Each is a function of costs, budget and merits, all exact numbers of one currency, whose order is the list's. No tie
is broken silently: `ties` names those who stand level where the list's order alone decides who is funded.
Source: Pabulib's rules, as its published winners came about.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=str | int)
Amount = Fraction | int
# Poznań funds the first that no longer fits where at least so much of its cost is left.
NEARLY = Fraction(4, 5)


@dataclass(frozen=True, slots=True)
class Funded(Generic[Key]):
    """Who is funded, in the order of the decisions, and who stood level at one that this order alone decided."""

    projects: tuple[Key, ...]
    ties: tuple[tuple[Key, ...], ...]


def greedy(costs: Mapping[Key, Amount], budget: Amount, merits: Mapping[Key, Amount]) -> Funded[Key]:
    """Go down the list and take whatever still fits."""
    return greedy_exclusive(costs, budget, merits, {})


def greedy_threshold(
    costs: Mapping[Key, Amount], budget: Amount, merits: Mapping[Key, Amount], threshold: Amount
) -> Funded[Key]:
    """Go down the list of those that reach the threshold and take whatever still fits."""
    return greedy_exclusive(costs, budget, merits, {}, threshold)


def greedy_exclusive(
    costs: Mapping[Key, Amount],
    budget: Amount,
    merits: Mapping[Key, Amount],
    conflicts: Mapping[Key, Collection[Key]],
    threshold: Amount | None = None,
) -> Funded[Key]:
    """Go down the list and take what still fits and excludes nothing taken; an exclusion holds both ways.

    Where there is a threshold, who does not reach it is not on the list and excludes nobody.
    """
    if threshold is not None:
        costs = {key: cost for key, cost in costs.items() if merits[key] >= threshold}
    excluded: set[Key] = set()
    left, funded, ties = Fraction(budget), [], []
    against = _both_ways(conflicts)
    for level in levels(costs, merits):
        possible = [key for key in level if costs[key] <= left and key not in excluded]
        # All of them fit and none excludes another: the order among them decides nothing.
        contested = sum(costs[key] for key in possible) > left or any(
            not against.get(key, set()).isdisjoint(possible) for key in possible
        )
        if contested:
            ties.append(tuple(possible))
        for key in possible:
            if costs[key] <= left and key not in excluded:
                funded.append(key)
                left -= costs[key]
                excluded |= against.get(key, set())
    return Funded(tuple(funded), tuple(ties))


def greedy_no_skip(costs: Mapping[Key, Amount], budget: Amount, merits: Mapping[Key, Amount]) -> Funded[Key]:
    """Go down the list and stop at the first that does not fit."""
    return greedy_custom(costs, budget, merits, nearly=1)


def greedy_custom(
    costs: Mapping[Key, Amount], budget: Amount, merits: Mapping[Key, Amount], nearly: Amount = NEARLY
) -> Funded[Key]:
    """Go down the list and stop at the first that does not fit; it is funded if nearly its cost is left."""
    left = Fraction(budget)
    funded: list[Key] = []
    for level in levels(costs, merits):
        if sum(costs[key] for key in level) <= left:
            funded += level
            left -= sum(costs[key] for key in level)
            continue
        ties = (tuple(level),) if _is_contested([costs[key] for key in level], left, nearly) else ()
        for key in level:
            if costs[key] > left:
                return Funded((*funded, key) if left >= nearly * costs[key] else tuple(funded), ties)
            funded.append(key)
            left -= costs[key]
    return Funded(tuple(funded), ())


def levels(costs: Mapping[Key, Amount], merits: Mapping[Key, Amount]) -> Iterator[list[Key]]:
    """Yield those with equal merit together, the highest merit first, each in the list's order."""
    ordered = sorted(costs, key=lambda key: -merits[key])
    for _, level in groupby(ordered, key=lambda key: merits[key]):
        yield list(level)


def _is_contested(costs: Sequence[Amount], left: Amount, nearly: Amount) -> bool:
    """Tell whether the order among level ones decides who of them is funded before the list ends at one.

    It does not where nobody can come first, or everybody can come last.
    """
    total = sum(costs)
    first = any(left >= nearly * cost for cost in costs)
    last = all(left - (total - cost) >= nearly * cost for cost in costs)
    return first and len(costs) > 1 and not last


def _both_ways(conflicts: Mapping[Key, Collection[Key]]) -> dict[Key, set[Key]]:
    against: dict[Key, set[Key]] = {}
    for key, others in conflicts.items():
        for other in set(others) - {key}:
            against.setdefault(key, set()).add(other)
            against.setdefault(other, set()).add(key)
    return against
