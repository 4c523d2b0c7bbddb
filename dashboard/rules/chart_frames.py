"""What the charts over all projects of a cycle are drawn from: how late, work beside money, one group beside another.

Shares and gaps are basis points, a slip is days after the planned finish (below 0 before it).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.rules.frames import Forecast, Standing
from dashboard.rules.lights import WHOLE, LightRules, light
from dashboard.rules.project_frames import NOT_CARRIED, Listed
from dashboard.rules.weighing import Share, Weighed, grouped, weigh

# As far as a scale of days reaches: what is later stands at its edge and is told by its number.
FURTHEST = 400
# The scale never closes in on a few days, which would make them look like many.
NEAREST = 30
# Work and money nearer to each other than this are told as going together, in basis points.
EVEN = 500


@dataclass(frozen=True, slots=True)
class Slipping:
    """One project with its forecast; None where nothing was reported that one could be made from."""

    row: Listed
    forecast: Forecast | None

    @property
    def is_late(self) -> bool:
        """Tell whether it is expected to finish, or has finished, after its plan."""
        return self.forecast is not None and self.forecast.slip > 0


@dataclass(frozen=True, slots=True)
class Slips:
    """The projects from the latest to the earliest, those without forecast last; the scale runs `low` to `high`."""

    rows: tuple[Slipping, ...]
    low: int
    high: int

    def late(self) -> tuple[Slipping, ...]:
        """Return those that are expected to finish after their plan."""
        return tuple(one for one in self.rows if one.is_late)

    def place(self, days: int) -> float:
        """Return how far along the scale a slip stands, from 0 to 1; what is beyond stands at the edge."""
        return (min(max(days, self.low), self.high) - self.low) / (self.high - self.low)


def slips(rows: Sequence[Listed]) -> Slips:
    """Return the slip ranking of what is carried out; equal slips keep the order of their numbers."""
    carried = sorted((row for row in rows if row.stage not in NOT_CARRIED), key=lambda row: row.number)
    known = [Slipping(row, row.forecast) for row in carried if row.forecast is not None]
    known.sort(key=lambda one: -one.forecast.slip if one.forecast else 0)
    rest = [Slipping(row, None) for row in carried if row.forecast is None]
    ends = [days for one in known if one.forecast for days in
            (one.forecast.slip, one.forecast.slip_earliest, one.forecast.slip_latest)]  # fmt: skip
    low, high = min([-NEAREST, *ends]), max([NEAREST, *ends])
    return Slips((*known, *rest), max(low, -FURTHEST), min(high, FURTHEST))


@dataclass(frozen=True, slots=True)
class Work:
    """One project's share of the task and the paid share of its year's sum; the two stand on axes of their own."""

    row: Listed
    work: int
    money: int

    @property
    def ahead(self) -> int:
        """Return paid minus done in basis points: above 0 the money runs ahead of the work."""
        return self.money - self.work


@dataclass(frozen=True, slots=True)
class Works:
    """The projects whose work and money are both known, the money furthest ahead first; `unknown` are the others."""

    rows: tuple[Work, ...]
    unknown: tuple[Listed, ...]

    def top(self) -> int:
        """Return where both axes end: 100 %, or the next 25 above the highest share."""
        return (
            -(-max([WHOLE, *(share for one in self.rows for share in (one.work, one.money))]) // 2_500)
            * 2_500
        )

    def apart(self) -> tuple[Work, ...]:
        """Return those whose money and work stand clearly apart."""
        return tuple(one for one in self.rows if abs(one.ahead) > EVEN)


def works(rows: Sequence[Listed]) -> Works:
    """Return work and money of what is carried out; a project without a sum or a payment told has no point."""
    carried = [row for row in rows if row.stage not in NOT_CARRIED]
    known = [
        Work(row, row.actual, (20_000 * row.paid + row.budget) // (2 * row.budget))
        for row in carried
        if row.actual is not None and row.paid is not None and row.budget
    ]
    known.sort(key=lambda one: (-one.ahead, one.row.number))
    there = {one.row.number for one in known}
    return Works(tuple(known), tuple(row for row in carried if row.number not in there))


@dataclass(frozen=True, slots=True)
class Compared:
    """What the projects of one department, township or category have come to together.

    Shares are means over the `reported` ones of its `projects`; `code` is what its address names it by, if any.
    """

    name: str
    code: str | None
    planned: int | None
    actual: int | None
    gap: int | None
    light: str
    projects: int
    reported: int


def compared(
    groups: Mapping[str, Weighed], codes: Mapping[str, str], rules: LightRules
) -> tuple[Compared, ...]:
    """Return groups from the furthest behind to the furthest ahead, those without a report last; means light them."""
    rows = [
        Compared(
            name,
            codes.get(name),
            part.planned,
            part.actual,
            part.gap,
            light(part.actual, part.planned, rules),
            part.projects,
            part.reported,
        )
        for name, part in groups.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.gap is None, row.gap or 0, row.name)))


def by_department(rows: Sequence[Standing]) -> Mapping[str, Weighed]:
    """Return what the projects of each department have come to; each project weighs the same."""
    led = [row for row in rows if row.department]
    return grouped(led, lambda row: row.department or "", lambda row: weigh(Share(row.actual, row.planned)))
