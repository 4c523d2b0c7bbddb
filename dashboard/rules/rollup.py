"""A roll-up: what the congresses of one place have come to, from sums that each of them keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.rules.lights import light
from dashboard.rules.rates import mean

COLOURS = ("red", "amber", "grey", "green", "blue")


@dataclass(frozen=True, slots=True)
class Kept:
    """One project as its congress keeps it: shares in basis points at its last reported month, sums in fen."""

    congress: str
    number: int
    name: str
    department: str | None
    budget: int | None
    paid: int | None
    share: int | None
    planned: int | None
    month: date | None


@dataclass(frozen=True, slots=True)
class Lit:
    """One project with its light at its congress's last reported month."""

    kept: Kept
    light: str
    gap: int | None


@dataclass(frozen=True, slots=True)
class Sums:
    """What one congress, or all of a place together, has come to.

    `actual` and `planned` are plain means over the projects that reported the last month: `reported` of them.
    """

    month: date | None
    projects: int
    reported: int
    actual: int | None
    planned: int | None
    gap: int | None
    paid: int | None
    budget: int | None
    lights: Mapping[str, int]
    lit: tuple[Lit, ...]


def sums(projects: Sequence[Kept]) -> Sums:
    """Return the sums of some congresses' projects; each is lit at the last month that its own congress reported."""
    last: dict[str, date] = {}
    for one in projects:
        if one.month is not None:
            last[one.congress] = max(one.month, last.get(one.congress, one.month))
    lit = tuple(_lit(one, last.get(one.congress)) for one in projects)
    known = [one.kept for one in lit if one.gap is not None]
    actual = mean([one.share or 0 for one in known])
    planned = mean([one.planned or 0 for one in known])
    return Sums(
        month=max(last.values(), default=None),
        projects=len(projects),
        reported=len(known),
        actual=actual,
        planned=planned,
        gap=None if actual is None or planned is None else actual - planned,
        paid=sum(one.paid or 0 for one in projects) or None,
        budget=sum(one.budget or 0 for one in projects) or None,
        lights={colour: sum(one.light == colour for one in lit) for colour in COLOURS},
        lit=lit,
    )


def _lit(one: Kept, last: date | None) -> Lit:
    if last is None or one.month != last or one.share is None or one.planned is None:
        # Finished before, it stays finished; else the last month is missing.
        return Lit(one, "blue" if light(one.share, None) == "blue" else "grey", None)
    return Lit(one, light(one.share, one.planned), one.share - one.planned)
