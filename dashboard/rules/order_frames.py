"""What the page of wishes is made from: the funnel, how wishes fall apart, the candidates, one page of the list."""

from dataclasses import dataclass, field
from datetime import date

from dashboard.rules.candidates import Attached

# What a list of wishes is sorted by.
SORTS = ("number", "day", "category", "area", "channel", "state")
STEPS = ("collected", "merged", "reserve", "candidates", "chosen")


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many were left after each step; None where the step has not been counted yet."""

    collected: int | None = None
    merged: int | None = None
    reserve: int | None = None
    candidates: int | None = None
    chosen: int | None = None


@dataclass(frozen=True, slots=True)
class Collecting:
    """The days of a cycle's collecting, and how it stands."""

    year: int
    opens: date
    closes: date
    state: str


@dataclass(frozen=True, slots=True)
class Slice:
    """How many wishes share a category, an area or a channel; `states` says what became of them."""

    key: str
    name: str
    count: int
    states: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One candidate: what it is, how many wishes lie behind it, and what the votes made of it.

    `state` and `round_id` are those of the last announced round; `project` is the number of its project. `plan` and
    `documents` are told with that round.
    """

    number: int
    name: str
    category: str
    department: str | None
    budget: int | None
    place: str | None
    target: str
    wishes: int
    state: str | None = None
    votes: int | None = None
    round_id: str | None = None
    project: int | None = None
    plan: str | None = None
    documents: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish and what became of it: `candidates` are the numbers it went into, `into` that it was merged with."""

    number: int
    text: str
    category: str
    area: str | None
    channel: str
    day: date
    state: str
    into: int | None = None
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """One cycle's stage of wishes as a whole; `running` is the collecting that is going on in another cycle."""

    year: int
    funnel: Funnel
    collecting: Collecting | None
    running: Collecting | None
    published: int
    categories: tuple[Slice, ...]
    areas: tuple[Slice, ...]
    channels: tuple[Slice, ...]
    states: tuple[Slice, ...]
    candidates: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of wishes asks for; an empty text leaves everything in. `sort` begins with - for downwards."""

    q: str = ""
    category: str = ""
    area: str = ""
    channel: str = ""
    state: str = ""
    candidate: int | None = None
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Wishes:
    """One page of the list, and how many there are in all."""

    rows: tuple[Wish, ...] = field(default_factory=tuple)
    total: int = 0
