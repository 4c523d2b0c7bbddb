"""A roll-up: what the congresses of one place have come to, from sums that each of them keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.rules.lights import CANCELLED
from dashboard.rules.rates import mean
from dashboard.rules.standing import KeptState, kept_light
from dashboard.rules.supervision_rules import SupervisionRules
from dashboard.rules.weighing import NUMBER, Share, Weighed, weigh

DEFAULT_RULES = SupervisionRules()


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
    grown: date | None = None
    early: bool | None = None
    accepted: bool = False
    category: str = ""
    cancelled: bool = False

    def state(self) -> KeptState | None:
        """Return what is kept of its last report, None without any."""
        if self.month is None or self.share is None or self.planned is None:
            return None
        return KeptState(self.month, self.share, self.planned, self.grown or self.month, self.early)


@dataclass(frozen=True, slots=True)
class Lit:
    """One project with its light at its congress's last reported month."""

    kept: Kept
    light: str
    gap: int | None


@dataclass(frozen=True, slots=True)
class Sums:
    """What one congress, or all of a place together, has come to.

    `actual` and `planned` are plain means over the projects that reported the last month: `reported` of them. What
    was cancelled is in none of it; `lights` says how many those are.
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


def sums(projects: Sequence[Kept], rules: SupervisionRules = DEFAULT_RULES) -> Sums:
    """Return the sums of some congresses' projects; each is lit at the last month that its own congress reported.

    All are lit by one set of rules, that of the congress which looks: side by side they are held to one measure.
    """
    cancelled = sum(one.cancelled for one in projects)
    projects = [one for one in projects if not one.cancelled]
    last: dict[str, date] = {}
    for one in projects:
        if one.month is not None:
            last[one.congress] = max(one.month, last.get(one.congress, one.month))
    lit = tuple(_lit(one, last.get(one.congress), rules) for one in projects)
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
        lights={name: sum(one.light == name for one in lit) for name in reversed(rules.lights.states)}
        | ({CANCELLED: cancelled} if cancelled else {}),
        lit=lit,
    )


def weighed(one: Lit, by: str = NUMBER) -> Weighed:
    """Return what one project adds to a roll-up: only what its congress reported for the last month has a share."""
    share = one.kept.share if one.gap is not None else None
    return weigh(Share(share, one.kept.planned, one.kept.budget), by)


def _lit(one: Kept, last: date | None, rules: SupervisionRules) -> Lit:
    shown = kept_light(one.state(), last, rules, accepted=one.accepted)
    if one.month != last or one.share is None or one.planned is None:
        return Lit(one, shown, None)
    return Lit(one, shown, one.share - one.planned)
