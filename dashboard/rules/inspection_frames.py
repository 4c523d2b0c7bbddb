"""What the pages of inspections and of supervision groups are laid out from; names and texts are data in Chinese."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dashboard.rules.conduct_frames import Seat
from dashboard.rules.report_frames import Attached


@dataclass(frozen=True, slots=True)
class Listed:
    """One inspection of a cycle, or a date that the calendar alone announces (`id` is None).

    `number` is the project's, `going` how many deputies go, `found` the version of the findings that holds.
    """

    id: UUID | None
    day: date
    title: str
    state: str
    number: int | None
    project: str | None
    delegation: str | None
    going: int = 0
    found: str | None = None


@dataclass(frozen=True, slots=True)
class Inspections:
    """The inspections of a cycle that may be read, the first one first."""

    year: int
    today: date
    rows: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Going:
    """A deputy who goes, or went."""

    seat: str
    name: str
    delegation: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One version of what was found; a later one carries its reason."""

    version: int
    text: str
    reason: str | None
    written: date


@dataclass(frozen=True, slots=True)
class Inspection:
    """One inspection with everything that its page shows; what may be done to it by who asks.

    `digest` is of what the clerk publishes, None while nothing was found.
    """

    id: str
    year: int
    number: int
    project: str
    day: date
    title: str
    state: str
    delegation: str | None
    reason: str | None
    today: date
    going: tuple[Going, ...]
    findings: tuple[Finding, ...]
    files: tuple[Attached, ...]
    digest: str | None
    may_record: bool
    may_cancel: bool


@dataclass(frozen=True, slots=True)
class Visitable:
    """A project for which an inspection can be planned."""

    id: str
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Planning:
    """What an inspection is planned from: the projects, the delegations by id, the seats in office."""

    projects: tuple[Visitable, ...]
    delegations: tuple[tuple[str, str], ...]
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A project's supervision group as the clerk's form begins with it.

    `members` and `head` are in office; `ended` are names of those who are not any more; `seen` is the group's digest.
    """

    project_id: str
    members: tuple[Seat, ...]
    head: Seat | None
    ended: tuple[str, ...]
    seen: str
    seats: tuple[Seat, ...]
