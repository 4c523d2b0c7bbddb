"""What the archive is drawn from: published facts of other places, each with where it was read.

Everything is as printed: a missing value is None, an inexact number keeps its text. Shares are basis points, money is
in fen, a month is its last day.
"""

from dataclasses import dataclass
from datetime import date

from dashboard.rules.frames import Curve, Grades, Tally


@dataclass(frozen=True, slots=True)
class Cited:
    """Where a fact was read: `text` names it, `address` is as read (empty where there is none).

    `link` is the address where it may be linked: official hosts and named press alone.
    """

    text: str
    address: str = ""
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much is known: places and their years, rows, and how many rows have what."""

    places: int
    years: int
    projects: int
    elected: int
    candidates: int
    listed: int
    with_budget: int
    with_votes: int
    progress: int
    matched: int
    ballots: int
    milestones: int
    funnels: int


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of one place in one year: how many rows of each kind; `year` is None where none is printed.

    `kinds` counts its projects by the kind of their category, those without category left out.
    """

    place: str
    year: int | None
    inferred: bool
    candidates: int = 0
    elected: int = 0
    listed: int = 0
    with_budget: int = 0
    with_votes: int = 0
    progress: int = 0
    ballots: int = 0
    milestones: int = 0
    funnels: int = 0
    kinds: tuple[tuple[str, int], ...] = ()

    @property
    def projects(self) -> int:
        """Return how many projects of the place's year are known."""
        return self.candidates + self.elected + self.listed


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many projects of a kind were voted in, and how many only stood as candidates or on a list."""

    kind: str
    elected: int
    other: int


@dataclass(frozen=True, slots=True)
class Kinds:
    """The projects by kind, the most first; `unknown` have no category, `guessed` one by a keyword rule."""

    rows: tuple[KindCount, ...]
    elected: int
    other: int
    unknown: int
    guessed: int


@dataclass(frozen=True, slots=True)
class Ratio:
    """Candidates and places of one vote of deputies (差额比)."""

    place: str
    year: int | None
    candidates: int
    chosen: int
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class KindShare:
    """How many of one place's projects in a year are of a kind, out of how many with a category."""

    place: str
    year: int | None
    count: int
    total: int
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class KindYears:
    """One place's projects by kind in some years, the oldest first; `rows` are a kind and its count of each year."""

    place: str
    years: tuple[int, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]

    def most(self) -> int:
        """Return the highest count."""
        return max((count for _, counts in self.rows for count in counts), default=0)

    def grown(self) -> tuple[str, int, int] | None:
        """Return the kind that grew most from the year before to the last one with both counts, if one alone did."""
        if len(self.years) < 2:
            return None
        found = [(counts[-1] - counts[-2], kind, counts[-2], counts[-1]) for kind, counts in self.rows]
        most = max(found)[0]
        first = [one for one in found if one[0] == most]
        return (first[0][1], first[0][2], first[0][3]) if most > 0 and len(first) == 1 else None


@dataclass(frozen=True, slots=True)
class Way:
    """The way from suggestions to chosen projects in one place and year, each step as printed."""

    place: str
    year: int | None
    inferred: bool
    collected: int | None
    collected_text: str | None
    steps: str | None
    candidates: int | None
    chosen: int | None
    deputies: int | None
    method: str | None
    voters: str | None
    cited: Cited


@dataclass(frozen=True, slots=True)
class Listing:
    """One published project; stage is candidate, elected or listed (published, not shown to have been voted on).

    `share` is the last one published under the very same name, of the task or of the investment by `share_of`.
    """

    place: str
    year: int | None
    inferred: bool
    stage: str
    name: str
    category: str | None
    guessed: bool
    kind: str | None
    budget: int | None
    department: str | None
    votes: int | None
    voting: int | None
    cited: Cited
    share: int | None = None
    share_of: str | None = None
    month: date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One published progress figure; `matched` where a project of the very same region, year and name is known."""

    place: str
    year: int | None
    inferred: bool
    name: str
    month: date | None
    share: int | None
    share_of: str | None
    invested: int | None
    note: str | None
    matched: bool
    cited: Cited


@dataclass(frozen=True, slots=True)
class Node:
    """One published planned node."""

    place: str
    year: int | None
    inferred: bool
    name: str
    month: date
    share: int
    note: str | None
    cited: Cited


@dataclass(frozen=True, slots=True)
class Balloted:
    """One published satisfaction ballot and the body that gave it."""

    place: str
    year: int | None
    inferred: bool
    name: str
    satisfied: int
    basically: int
    dissatisfied: int
    total: int
    body: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every published row, in the order of its file."""

    projects: tuple[Listing, ...]
    progress: tuple[Figure, ...]
    nodes: tuple[Node, ...]
    ballots: tuple[Balloted, ...]
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class PlaceYear:
    """Everything published of one place in one year.

    `years` are the years of which anything is known, the newest first, None for rows that print none; `sources` say
    how many rows were read where.
    """

    place: str
    year: int | None
    years: tuple[int | None, ...]
    inferred: bool
    projects: tuple[Listing, ...]
    progress: tuple[Figure, ...]
    nodes: tuple[Node, ...]
    ways: tuple[Way, ...]
    curves: tuple[Curve, ...]
    tally: Tally | None
    grades: tuple[Grades, ...]
    sources: tuple[tuple[Cited, int], ...]


@dataclass(frozen=True, slots=True)
class Front:
    """What the archive opens with: how much there is, by place and year, and the comparisons."""

    coverage: Coverage
    held: tuple[Held, ...]
    kinds: Kinds
    ratios: tuple[Ratio, ...]
    ways: tuple[Way, ...]
