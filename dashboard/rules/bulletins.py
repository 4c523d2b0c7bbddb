"""The monthly bulletin (通报): what a month came to, project by project, before it is laid out."""

from dataclasses import dataclass
from datetime import date

from dashboard.rules.frames import Curve, Standing


@dataclass(frozen=True, slots=True)
class Ranked:
    """One project at the month's end: how it stands, and its money in fen; what nobody reported is None."""

    standing: Standing
    budget: int | None
    paid: int | None


@dataclass(frozen=True, slots=True)
class LateReport:
    """A report of the month that came after its day, or has not come; `days` are those since the day due."""

    project: str
    department: str | None
    due: date
    days: int
    has_come: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided in the month: a change of a plan with its document, or a task that was ordered."""

    day: date
    project: str | None
    what: str
    document: str | None


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One month of a cycle; `ranked` has the furthest ahead first, those without report last.

    `curves` are of the projects that are behind, as the month left them, the furthest first.
    """

    congress: str
    year: int
    month: date
    as_of: date
    simulated: bool
    ranked: tuple[Ranked, ...]
    late: tuple[LateReport, ...]
    decisions: tuple[Decision, ...]
    curves: tuple[Curve, ...] = ()

    def budget(self) -> int:
        """Return the sum of the budgets that are known, in fen."""
        return sum(one.budget or 0 for one in self.ranked)

    def paid(self) -> int:
        """Return the sum that was paid by the month's end as reported, in fen."""
        return sum(one.paid or 0 for one in self.ranked)
