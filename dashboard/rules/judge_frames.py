"""What the pages of inquiries, assessments and departments are made of: frozen frames that queries return.

Shares are basis points, points of an assessment hundredths of a point, ranks begin at 1. Names are data in Chinese.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dashboard.rules.frames import Grades
from dashboard.rules.lights import WHOLE


@dataclass(frozen=True, slots=True)
class Marks:
    """How deputies marked an answer, a project or a department; `of` is the base where it is more than the marks."""

    satisfied: int
    basically: int
    dissatisfied: int
    of: int = 0

    @property
    def total(self) -> int:
        """Return of how many: the base, or all who marked."""
        return max(self.of, self.satisfied + self.basically + self.dissatisfied)


@dataclass(frozen=True, slots=True)
class PromiseMade:
    """A promise with its promised months, each beside what was reported for it.

    `standing` is done, on_way or behind, None where nothing is due or the reader is not told; `verdict` is kept,
    late or broken once judged, `announced` whether the public may know it.
    """

    text: str
    asked: date
    due: date
    months: tuple[tuple[date, int, int | None], ...] = ()
    standing: str | None = None
    gap: int | None = None
    verdict: str | None = None
    announced: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of an inquiry with its answer and what was promised."""

    number: int
    text: str
    department_id: str
    department: str
    delegation: str | None
    project_id: str | None
    project: str | None
    project_number: int | None
    about: date | None
    answer: str | None
    official: str | None
    marks: Marks | None
    promises: tuple[PromiseMade, ...] = ()
    inquiry_id: str = ""
    inquiry_day: date | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One inquiry: its kind, day, place and state, and its questions in order."""

    id: str
    kind: str
    title: str
    day: date
    place: str | None
    state: str
    questions: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Sessions:
    """The inquiries of one cycle, the newest first, and those that the calendar still brings."""

    year: int
    rows: tuple[Session, ...]
    planned: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """What one body found in one year's assessment of projects: each project, and the result over all."""

    grades: Grades
    day: date
    rule_set: str
    overall: Marks | None
    announced: bool
    projects: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """The assessments that a cycle's page shows: of `year`, the cycle's own or the newest before it.

    `planned` is the day of the cycle's own assessment where it has not been published yet.
    """

    cycle: int
    year: int | None
    bodies: tuple[Body, ...]
    planned: date | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """One unit's line over the years: ranks with gaps where it had none, the last year's points and ballots.

    `name` is empty where the reader may not know whose line it is; `into` is the unit whose line goes on from it;
    `place` is its row in the list of the last year, a row each for units that share a rank.
    """

    key: str
    id: str
    name: str
    ranks: tuple[int | None, ...]
    change: int | None = None
    falls: int = 0
    rises: int = 0
    best: int | None = None
    points: int | None = None
    marks: Marks | None = None
    former: tuple[str, ...] = ()
    into: str | None = None
    place: int | None = None

    @property
    def rank(self) -> int | None:
        """Return the rank of the last year."""
        return self.ranks[-1] if self.ranks else None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ranks of all units over years, the best of the last year first.

    `count` is how many were ranked in the last year, `low` the first rank of the last tenth; `own` says that the
    reader is told of one line only; `rule_sets` are those of the years, the last one at the end.
    """

    years: tuple[int, ...]
    lines: tuple[Ranked, ...]
    count: int
    low: int | None
    own: bool = False
    simulated: bool = False
    source: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class RankChart:
    """What a rank curve draws, ready: `listed` are printed at the right in their order, the rest are lines alone.

    `tones` runs parallel to `pinned`: fall for one in long fall, else the number of its colour.
    """

    years: tuple[int, ...]
    count: int
    low: int | None
    listed: tuple[Ranked, ...]
    idle: tuple[Ranked, ...]
    falling: tuple[Ranked, ...]
    pinned: tuple[Ranked, ...]
    tones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """What a department has in hand in a cycle: lights of its projects, reports on time, questions and promises.

    `due` counts the months for which a report was due by today, `on_time` those for which the first one came in time.
    """

    id: str
    name: str
    short_name: str
    position: int
    lights: tuple[tuple[str, int], ...] = ()
    due: int = 0
    on_time: int = 0
    answered: int = 0
    promised: int = 0
    kept: int = 0
    former: tuple[str, ...] = ()

    def lit(self) -> Iterator[str]:
        """Yield the light of each project that it leads."""
        for name, count in self.lights:
            yield from [name] * count

    @property
    def projects(self) -> int:
        """Return how many projects it leads."""
        return sum(count for _, count in self.lights)


@dataclass(frozen=True, slots=True)
class Carrying:
    """One project of a department: in which year, how it stands, whether it leads or shares it."""

    year: int
    number: int
    name: str
    light: str
    actual: int | None
    month: date | None
    leads: bool
    due: int
    on_time: int

    @property
    def is_done(self) -> bool:
        """Tell whether all of the work, or more, was reported."""
        return self.actual is not None and self.actual >= WHOLE


@dataclass(frozen=True, slots=True)
class Record:
    """A department over the years."""

    duty: Duty
    since: date | None
    until: date | None
    successor: tuple[str, str] | None
    projects: tuple[Carrying, ...]
    questions: tuple[Asked, ...]
