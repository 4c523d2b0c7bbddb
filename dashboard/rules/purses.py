"""Who still holds how much while projects are bought by equal shares: whole numbers of one small unit, never rounded.

Every sum is a number of units, and so is its growth with each step that everyone's first share is raised by.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Generic

from dashboard.rules.budgeting import Amount, Key


@dataclass(frozen=True, slots=True)
class Payment:
    """The largest payment where a cost is shared as equally as can be, in currency, and its growth with each step."""

    now: Fraction
    growth: Fraction


@dataclass(slots=True)
class Purses(Generic[Key]):
    """What the casters of each ballot have left. Equal ballots have one purse; purses that hold the same share a sum.

    `units` make one of the currency. `steps` is for how many further steps all that was found here holds; None is
    for ever.
    """

    holders: list[int]
    backers: Mapping[Key, list[int]]
    sum_of: list[int]
    sums: list[tuple[int, int]]
    units: int
    steps: int | None = None

    def payment(self, key: Key, cost: Fraction) -> Payment | None:
        """Return what those who approved a project would pay for it, or None where they cannot."""
        held: dict[int, int] = {}
        for purse in self.backers[key]:
            one = self.sum_of[purse]
            held[one] = held.get(one, 0) + self.holders[purse]
        rest, growth, payers = int(cost * self.units), 0, sum(held.values())
        poor = []
        for one in sorted(held, key=self.sums.__getitem__):
            now, more = self.sums[one]
            if now * payers >= rest:
                break
            # Too poor for an equal part: they give all they have.
            rest, growth, payers = rest - now * held[one], growth - more * held[one], payers - held[one]
            poor.append(self.sums[one])
        if not payers:
            # What they hold together is below the cost, for as long as it does not reach it.
            self.limit(rest, -growth, strictly=True)
            return None
        for now, more in poor:
            self.limit(rest - now * payers, more * payers - growth)
        # The others can pay all the more with each step: what they hold grows, the payment does not.
        return Payment(Fraction(rest, payers * self.units), Fraction(growth, payers * self.units))

    def limit(self, ahead: Amount, closing: Amount, strictly: bool = False) -> None:
        """Note that what was found holds until a lead is made up for, at so much a step, or only before that."""
        if closing > 0:
            steps = -(-ahead // closing) - 1 if strictly else ahead // closing
            self.steps = int(steps) if self.steps is None else min(self.steps, int(steps))

    def pay(self, key: Key, payment: Payment) -> None:
        """Take the payment from each who approved a project, or all they have left."""
        self._refine(payment)
        now, growth = int(payment.now * self.units), int(payment.growth * self.units)
        paying = set(self.backers[key])
        places: dict[tuple[int, int], int] = {}
        kept: dict[tuple[int, bool], int] = {}
        for purse, one in enumerate(self.sum_of):
            pays = purse in paying
            if (one, pays) not in kept:
                has, more = self.sums[one]
                rest = (has, more) if not pays else (has - now, more - growth) if has >= now else (0, 0)
                kept[one, pays] = places.setdefault(rest, len(places))
            self.sum_of[purse] = kept[one, pays]
        self.sums = list(places)

    def _refine(self, payment: Payment) -> None:
        """Make the unit so small that the payment is a whole number of it."""
        for part in (payment.now, payment.growth):
            scale = part.denominator // gcd(part.denominator, self.units)
            if scale > 1:
                self.units *= scale
                self.sums = [(now * scale, growth * scale) for now, growth in self.sums]

    def is_shared(self, keys: Iterable[Key]) -> bool:
        """Tell whether someone who has money left approved two of these projects."""
        seen: set[int] = set()
        for key in keys:
            mine = {purse for purse in self.backers[key] if self.sums[self.sum_of[purse]][0]}
            if not seen.isdisjoint(mine):
                return True
            seen |= mine
        return False


def purses_of(
    costs: Mapping[Key, Amount], approvals: Mapping[Collection[Key], int], share: Fraction, step: Fraction
) -> Purses[Key]:
    """Give everyone the same share, which each step would raise; the unit is small enough for all costs."""
    equal: dict[frozenset[Key], int] = {}
    for approved, number in approvals.items():
        ballot = frozenset(approved)
        equal[ballot] = equal.get(ballot, 0) + number
    backers: dict[Key, list[int]] = {}
    for purse, ballot in enumerate(equal):
        for key in ballot:
            backers.setdefault(key, []).append(purse)
    units = lcm(share.denominator, step.denominator, *(cost.denominator for cost in costs.values()))
    return Purses(
        holders=list(equal.values()),
        backers=backers,
        sum_of=[0] * len(equal),
        sums=[(int(share * units), int(step * units))],
        units=units,
    )
