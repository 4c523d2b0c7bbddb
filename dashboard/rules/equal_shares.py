"""The method of equal shares, exactly: everyone holds an equal part of the budget and pays for what they approved.

Each project in turn is paid by its backers as equally as they can; next comes the one whose largest payment is the
smallest part of its cost, which is the one with the highest effective number of votes. It is funded where its
backers together can pay. Level ones go by the list's order, and `ties` names them where another order of theirs
would fund others.
Source: Peters, Pierczyński and Skowron, Proportional Participatory Budgeting with Additive Utilities (2021), with a
project's cost as its utility; equalshares.net, explanation and completion.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic

from dashboard.rules.budgeting import Amount, Funded, Key
from dashboard.rules.purses import Payment, Purses, purses_of
from dashboard.rules.refused import Refused

# A real election takes some hundreds; what takes more was made to take long.
MOST_RUNS = 5_000


@dataclass(frozen=True, slots=True)
class _Run(Generic[Key]):
    """What one share buys; it buys the same while the share rises by so many more steps, None for ever."""

    projects: tuple[Key, ...]
    level: tuple[tuple[Key, ...], ...]
    steps: int | None


def equal_shares(
    costs: Mapping[Key, Amount], budget: Amount, approvals: Mapping[Collection[Key], int]
) -> Funded[Key]:
    """Fund by equal shares; `approvals` says how often each set of projects was approved, an empty one too."""
    voters = sum(approvals.values())
    if not voters:
        return Funded((), ())
    share = Fraction(budget) / voters
    run = _run(costs, approvals, share, Fraction(0))
    return Funded(run.projects, tuple(_decisive(run, costs, approvals, share)))


def equal_shares_add1(
    costs: Mapping[Key, Amount],
    budget: Amount,
    approvals: Mapping[Collection[Key], int],
    step: Amount = 1,
) -> Funded[Key]:
    """Fund by equal shares that rise for everyone, step by step, until the next outcome would exceed the budget.

    It ends too where nothing that someone approved would still fit. Shares between which the outcome is the same are
    passed over in one go. More than MOST_RUNS different ones are Refused.
    """
    voters = sum(approvals.values())
    if not voters:
        return Funded((), ())
    share, rise = Fraction(budget) / voters, Fraction(step)
    backed = set().union(*approvals)
    run = _run(costs, approvals, share, rise)
    for _ in range(MOST_RUNS):
        left = budget - sum(costs[key] for key in run.projects)
        if run.steps is None or all(costs[key] > left for key in backed.difference(run.projects)):
            return Funded(run.projects, tuple(_decisive(run, costs, approvals, share)))
        raised = share + (run.steps + 1) * rise
        further = _run(costs, approvals, raised, rise)
        if sum(costs[key] for key in further.projects) > budget:
            # That this went too far was decided there, by its ties too.
            ties = (*_decisive(run, costs, approvals, share), *_decisive(further, costs, approvals, raised))
            return Funded(run.projects, tuple(dict.fromkeys(ties)))
        run, share = further, raised
    raise Refused("equal_shares_too_long", runs=MOST_RUNS)


def _run(
    costs: Mapping[Key, Amount], approvals: Mapping[Collection[Key], int], share: Fraction, step: Fraction
) -> _Run[Key]:
    """Buy what the backers can pay, everyone starting with the share."""
    purses = purses_of(costs, approvals, share, step)
    place = {key: place for place, key in enumerate(costs)}
    # Who costs nothing needs no one's money.
    bought = [key for key in costs if key in purses.backers and not costs[key]]
    level: list[tuple[Key, ...]] = []
    # No project is cheaper for its cost than if all its backers paid the same; it only gets dearer as money goes.
    rates = {
        key: Payment(Fraction(1, sum(purses.holders[one] for one in backers)), Fraction(0))
        for key, backers in purses.backers.items()
        if costs[key]
    }
    while rates:
        best = _cheapest(costs, purses, rates, place)
        if not best:
            break
        chosen = best[0]
        rate = rates.pop(chosen)
        for key, other in rates.items():
            purses.limit(other.now - rate.now, rate.growth - other.growth, place[key] < place[chosen])
        if len(best) > 1 and purses.is_shared(best):
            level.append(tuple(best))
        bought.append(chosen)
        purses.pay(chosen, Payment(rate.now * costs[chosen], rate.growth * costs[chosen]))
    return _Run(tuple(bought), tuple(level), purses.steps)


def _cheapest(
    costs: Mapping[Key, Amount], purses: Purses[Key], rates: dict[Key, Payment], place: Mapping[Key, int]
) -> list[Key]:
    """Return those that cost their backers least for their cost, in the list's order; drop who cannot be paid."""
    level: list[Key] = []
    best: Fraction | None = None
    for key in sorted(rates, key=lambda key: rates[key].now):
        if best is not None and rates[key].now > best:
            break
        payment = purses.payment(key, Fraction(costs[key]))
        if payment is None:
            del rates[key]
            continue
        rates[key] = Payment(payment.now / costs[key], payment.growth / costs[key])
        if best is None or rates[key].now < best:
            best, level = rates[key].now, []
        if rates[key].now == best:
            level.append(key)
    return sorted(level, key=place.__getitem__)


def _decisive(
    run: _Run[Key], costs: Mapping[Key, Amount], approvals: Mapping[Collection[Key], int], share: Fraction
) -> Iterator[tuple[Key, ...]]:
    """Yield the level ones of whom another would have brought another outcome if it stood first in the list."""
    for level in run.level:
        for key in level[1:]:
            other = _run({key: costs[key], **costs}, approvals, share, Fraction(0))
            if set(other.projects) != set(run.projects):
                yield level
                break
