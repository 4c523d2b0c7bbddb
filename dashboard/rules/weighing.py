"""Roll-ups: what many projects have come to together, each weighing by number, by money or by a given weight.

A `Weighed` is added to another without rounding, so that a whole is the sum of its parts however it is parted; only a
mean that is shown is rounded, once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

NUMBER, MONEY = "number", "money"
WEIGHTS = (NUMBER, MONEY)


@dataclass(frozen=True, slots=True)
class Share:
    """One project as it is weighed: shares in basis points, its sum in fen; `actual` is None without a report."""

    actual: int | None
    planned: int | None
    budget: int | None = None
    given: int = 1


@dataclass(frozen=True, slots=True)
class Weighed:
    """Sums of weights and of weighted shares, over the projects that reported; `projects` counts all.

    `left_out` counts those that reported but have no weight, such as one without a budget weighed by money.
    """

    weight: int = 0
    actual_sum: int = 0
    planned_sum: int = 0
    projects: int = 0
    reported: int = 0
    left_out: int = 0

    def __add__(self, other: "Weighed") -> "Weighed":
        """Return what two parts have come to together."""
        return Weighed(
            self.weight + other.weight,
            self.actual_sum + other.actual_sum,
            self.planned_sum + other.planned_sum,
            self.projects + other.projects,
            self.reported + other.reported,
            self.left_out + other.left_out,
        )

    @property
    def actual(self) -> int | None:
        """Return the mean reported share in basis points, half up; None where nothing weighs."""
        return self._mean(self.actual_sum)

    @property
    def planned(self) -> int | None:
        """Return the mean planned share of the same projects."""
        return self._mean(self.planned_sum)

    @property
    def gap(self) -> int | None:
        """Return how far the mean is from the plan's, in basis points."""
        actual, planned = self.actual, self.planned
        return None if actual is None or planned is None else actual - planned

    def _mean(self, total: int) -> int | None:
        return (2 * total + self.weight) // (2 * self.weight) if self.weight else None


def weigh(one: Share, by: str = NUMBER) -> Weighed:
    """Return what one project adds to a roll-up: nothing but itself without a report or without a weight."""
    if one.actual is None or one.planned is None:
        return Weighed(projects=1)
    weight = (one.budget or 0) if by == MONEY else one.given
    if weight <= 0:
        return Weighed(projects=1, reported=1, left_out=1)
    return Weighed(weight, one.actual * weight, one.planned * weight, projects=1, reported=1)


def together(parts: Iterable[Weighed]) -> Weighed:
    """Return the sum of some parts; of none, nothing."""
    return sum(parts, Weighed())


T = TypeVar("T")


def grouped(
    rows: Iterable[T], group: Callable[[T], str], weighed: Callable[[T], Weighed]
) -> Mapping[str, Weighed]:
    """Return what each group has come to, by category, department, township or county, in the order first met."""
    found: dict[str, Weighed] = {}
    for row in rows:
        key = group(row)
        found[key] = found.get(key, Weighed()) + weighed(row)
    return found
