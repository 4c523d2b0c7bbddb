"""What the list of projects and the page of one project are laid out from.

Shares and gaps are basis points, money is fen, a month is its last day; names and texts are data in Chinese.
"""

from dataclasses import dataclass
from datetime import date

from dashboard.rules.frames import Curve, Forecast
from dashboard.rules.judge_frames import Asked
from dashboard.rules.lights import CANCELLED, WHOLE
from dashboard.rules.plan_frames import PlanVersion, Voted
from dashboard.rules.report_frames import Attached
from dashboard.rules.report_frames import Said as SaidOfMonth

# What a list shows and no chart draws: a candidate that became none, a project that was cancelled.
NOT_CARRIED = frozenset({"candidate", CANCELLED})


@dataclass(frozen=True, slots=True)
class Month:
    """One month's end of a project: what was planned, and what was reported; None where it was not.

    `due` tells whether a report of the month could be there by now, `light` how the two compare.
    """

    day: date
    planned: int
    actual: int | None
    due: bool
    light: str = "grey"

    @property
    def gap(self) -> int | None:
        """Return actual minus planned."""
        return None if self.actual is None else self.actual - self.planned


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of the list: a project, or a candidate that became none (its `stage` is candidate).

    `outcome` is what the vote made of it: chosen, tied, beyond, failed, or None before a result was announced. `paid`
    is the sum last reported, in fen.
    """

    number: int
    name: str
    short_name: str
    category: str
    place: str | None
    department: str | None
    department_id: str | None
    budget: int | None
    stage: str
    light: str = "grey"
    votes: int | None = None
    outcome: str | None = None
    planned: int | None = None
    actual: int | None = None
    gap: int | None = None
    reported: date | None = None
    stepped: bool = True
    start: date | None = None
    months: tuple[Month, ...] = ()
    paid: int | None = None
    forecast: Forecast | None = None

    @property
    def is_done(self) -> bool:
        """Tell whether all of the work, or more, was reported."""
        return self.actual is not None and self.actual >= WHOLE


@dataclass(frozen=True, slots=True)
class Within:
    """An area within the congress's own, by its code."""

    code: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Projects:
    """A cycle's projects in their order, then the candidates that became none; `as_of` is the last month reported.

    `areas` are those that some row names as its place.
    """

    year: int
    as_of: date | None
    rows: tuple[Listed, ...]
    areas: tuple[Within, ...] = ()

    def carried(self) -> tuple[Listed, ...]:
        """Return the projects alone that are carried out, or were: no candidates, and nothing that was cancelled."""
        return tuple(row for row in self.rows if row.stage not in NOT_CARRIED)

    def cancelled(self) -> int:
        """Return how many projects were cancelled."""
        return sum(row.stage == CANCELLED for row in self.rows)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a month's report; `state` is published, submitted (waits) or returned."""

    number: int
    state: str
    share: int
    paid: int | None
    received: date
    text: str
    next_text: str | None
    problem: str | None
    evidence: int
    reason: str | None
    files: tuple[Attached, ...] = ()
    said: SaidOfMonth | None = None


@dataclass(frozen=True, slots=True)
class ReportMonth:
    """The reports of one month, the newest version first, none where it is missing; `marks` as in a curve."""

    month: date
    versions: tuple[Version, ...]
    marks: tuple[str, ...] = ()
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class Money:
    """Cumulative money by month: planned and paid in fen, against the year's sum."""

    budget: int
    days: tuple[date, ...]
    planned: tuple[int | None, ...]
    paid: tuple[int | None, ...]
    as_of: date | None
    simulated: bool = False

    def last(self) -> tuple[date, int] | None:
        """Return the last month whose sum paid is known, and the sum."""
        known = [(day, paid) for day, paid in zip(self.days, self.paid, strict=True) if paid is not None]
        return known[-1] if known else None

    def share(self, fen: int) -> int:
        """Return a sum's share of the year's in tenths of a percent, half up: printed so, it is rounded once."""
        return (2_000 * fen + self.budget) // (2 * self.budget) * 10


@dataclass(frozen=True, slots=True)
class Stood:
    """A project's place in the vote that chose it; `others` are votes and states of every candidate, its own too.

    `again` are the votes of a run-off after a tie.
    """

    round_id: str
    title: str
    day: date | None
    votes: int
    place: int
    state: str
    others: tuple[tuple[str, int, str], ...]
    threshold: int | None
    entitled: int | None
    announcement: str | None
    again: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone of the plan: due when, worth which share, and in which month it was reached."""

    name: str
    due: date
    share: int
    evidence: str | None
    reached: date | None


@dataclass(frozen=True, slots=True)
class Visit:
    """An inspection that took place."""

    id: str
    day: date
    title: str
    delegation: str | None
    findings: str | None


@dataclass(frozen=True, slots=True)
class Said:
    """A deputy's public remark and the department's answer to it."""

    day: date
    deputy: str
    seat: str
    text: str
    due: date
    answer: str | None
    answered: date | None


@dataclass(frozen=True, slots=True)
class Graded:
    """What one body's satisfaction ballot gave a project at the year's end."""

    body: str
    day: date
    satisfied: int
    basically: int
    dissatisfied: int
    total: int


@dataclass(frozen=True, slots=True)
class Deputy:
    """A deputy of the supervision group."""

    seat: str
    name: str
    delegation: str | None
    heads: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """What a project came from: its candidate, and the wishes merged into it, most of them from `area`."""

    candidate: date | None
    orders: int
    first: date | None
    area: str | None
    from_area: int


@dataclass(frozen=True, slots=True)
class Ahead:
    """A date to come: an inspection or the assessment."""

    kind: str
    day: date
    title: str
    who: str | None


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """Everything that the page of one project shows; what is internal is in it only for those who may read it."""

    row: Listed
    year: int
    today: date
    target: str
    leader: str | None
    voted: Voted
    curve: Curve
    origin: Origin | None
    plans: tuple[PlanVersion, ...]
    money: Money | None
    stood: Stood | None
    reports: tuple[ReportMonth, ...]
    asked: tuple[Asked, ...] = ()
    steps: tuple[Step, ...] = ()
    visits: tuple[Visit, ...] = ()
    said: tuple[Said, ...] = ()
    partners: tuple[str, ...] = ()
    group: tuple[Deputy, ...] = ()
    graded: tuple[Graded, ...] = ()
    ahead: tuple[Ahead, ...] = ()

    def plan(self) -> PlanVersion | None:
        """Return the version in force: the latest that was approved."""
        return next((one for one in reversed(self.plans) if one.approved), None)
