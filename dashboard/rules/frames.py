"""What a chart is drawn from: frozen frames that queries return and figures draw.

Shares and gaps are integers in basis points (9167 is 91.67 %); a month is its last day; a missing value is None.
Every name in a frame is data in Chinese; every word around it is made by i18n.
"""

from dataclasses import dataclass
from datetime import date

from dashboard.rules.lights import DEFAULT_LIGHTS, WHOLE, LightRules


@dataclass(frozen=True, slots=True)
class Source:
    """Where the numbers of a frame come from, and as of which day."""

    text: str
    day: date | None = None
    address: str | None = None
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class Forecast:
    """When a project will finish if it goes on as it did (Lipke's earned schedule).

    `slip` is in days after the planned finish; `earliest` and `latest` span the last three months' values.
    """

    finish: date
    earliest: date
    latest: date
    slip: int
    slip_earliest: int
    slip_latest: int


@dataclass(frozen=True, slots=True)
class Promise:
    """What a department promised at an inquiry: the curve from the day asked to the day due."""

    asked: date
    due: date
    days: tuple[date, ...]
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PastPlan:
    """A version of a plan that was in force before another: its line as it was then, from the start day on."""

    version: int
    days: tuple[date, ...]
    shares: tuple[int, ...]
    stepped: bool = True


@dataclass(frozen=True, slots=True)
class Curve:
    """One project's progress curve.

    `planned` and `actual` run parallel to `planned_days` and `actual_days`, from the start day (share 0) on;
    `actual` is None where a month was not reported. `marks` maps a month to its quality marks, a subset of
    those of rules/report_quality.py. `gap` is actual minus planned at the last reported month, `lights` the set by
    which it is lit. `past` are the plans that were in force before.
    """

    project_id: str
    name: str
    department: str | None
    start: date
    planned_finish: date
    as_of: date
    planned_days: tuple[date, ...]
    planned: tuple[int, ...]
    actual_days: tuple[date, ...]
    actual: tuple[int | None, ...]
    light: str
    gap: int | None
    source: Source
    budget: int | None = None
    paid: int | None = None
    forecast: Forecast | None = None
    promise: Promise | None = None
    marks: tuple[tuple[date, tuple[str, ...]], ...] = ()
    stepped: bool = True
    past: tuple[PastPlan, ...] = ()
    lights: LightRules = DEFAULT_LIGHTS

    @property
    def is_done(self) -> bool:
        """Tell whether the last month reported all of the work, or more."""
        share = self.actual[-1] if self.actual else None
        return share is not None and share >= WHOLE


@dataclass(frozen=True, slots=True)
class Standing:
    """One row of the progress ranking; `number` is the project's in its cycle, which its address names."""

    project_id: str
    name: str
    department: str | None
    planned: int | None
    actual: int | None
    gap: int | None
    light: str
    months_behind: int = 0
    number: int = 0

    @property
    def is_done(self) -> bool:
        """Tell whether all of the work, or more, was reported."""
        return self.actual is not None and self.actual >= WHOLE


@dataclass(frozen=True, slots=True)
class Bar:
    """One candidate in a tally. `state` is chosen, beyond (over the threshold, after the places), failed or listed.

    `votes` is None where the source prints no number; `against` and `abstained` only where each item was voted on.
    """

    number: int
    name: str
    votes: int | None
    state: str
    against: int | None = None
    abstained: int | None = None
    runoff: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """The result of one adoption round, bars sorted by votes; unknown attendance figures are None."""

    title: str
    bars: tuple[Bar, ...]
    places: int | None
    candidates: int | None
    source: Source
    threshold: int | None = None
    entitled: int | None = None
    present: int | None = None
    issued: int | None = None
    recovered: int | None = None
    valid: int | None = None
    invalid: int | None = None
    method: str | None = None
    round_id: str | None = None
    runoff: bool = False


@dataclass(frozen=True, slots=True)
class Grade:
    """One project's satisfaction ballot; `flag` names what the published row itself gets wrong."""

    name: str
    satisfied: int
    basically: int
    dissatisfied: int
    total: int
    flag: str | None = None


@dataclass(frozen=True, slots=True)
class Grades:
    """Satisfaction ballots of one body in one year."""

    title: str
    body: str
    rows: tuple[Grade, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the four stages in the strip.

    `key` is collect, choose, deliver or judge; `state` is upcoming, running, ended or announced. `facts` holds what
    the stage's card prints (counts, shares, sums, days), each None or absent where not known:
    collect: suggestions, merged, reserve, candidates, opens, closes;
    choose: candidates, places, day, present, entitled, highest;
    deliver: actual, planned, paid, budget, blue, green, amber, red, grey;
    judge: day, days_left, satisfied, total (once it was judged), last_satisfied, last_total (a year before).
    """

    key: str
    cycle: int
    state: str
    facts: dict[str, object]


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that needs care: `code` and `facts` make its sentence and its reason, `who` is who acts next."""

    light: str
    code: str
    facts: dict[str, object]
    who: str | None = None
    project_id: str | None = None


@dataclass(frozen=True, slots=True)
class Upcoming:
    """One date to come: what happens and for whom."""

    day: date
    text: str
    who: str | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the overview page of one congress and cycle shows, but the chosen project's curve."""

    congress: str
    as_of: date | None
    published: date | None
    simulated: bool
    stages: tuple[Stage, ...]
    ranking: tuple[Standing, ...]
    tally: Tally | None
    alerts: tuple[Alert, ...]
    upcoming: tuple[Upcoming, ...]
    lights: LightRules = DEFAULT_LIGHTS
