"""What the pages of the hall show: who is there, by how many that is enough, who waits, which codes are out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

ABSENT, WAITING, PRESENT, LEFT, NOT_ON_ROLL = "absent", "waiting", "present", "left", "not_on_roll"


def presence(means: str | None, *, is_confirmed: bool, has_left: bool) -> str:
    """Return where a seat stands: by hand it waits until a scrutineer has confirmed it."""
    if means is None:
        return ABSENT
    if has_left:
        return LEFT
    return WAITING if means == "hand" and not is_confirmed else PRESENT


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many are entitled (应到), how many are there (实到), how many must be, how many wait for a scrutineer."""

    entitled: int
    present: int
    needed: int
    waiting: int

    @property
    def is_reached(self) -> bool:
        """Tell whether enough are there for a vote to open."""
        return self.present >= self.needed

    @property
    def missing(self) -> int:
        """Return how many more must come."""
        return max(self.needed - self.present, 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """A round as the hall sees it: where the asking deputy stands, or for others the quorum."""

    round_id: UUID
    title: str
    state: str
    purpose: str
    meeting_id: UUID | None
    meeting: str | None
    quorum: Quorum | None
    own: str | None = None
    sits_at_code: bool = False
    is_scrutineer: bool = False


@dataclass(frozen=True, slots=True)
class Going:
    """A round that is going on, as the way in lists it."""

    round_id: UUID
    title: str
    state: str
    meeting: str | None


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many of a delegation are entitled and how many are there."""

    delegation: str | None
    entitled: int
    present: int


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One seat of the clerk's list: `code` is none, out or used; `failures` counts tries that failed."""

    seat: UUID
    name: str
    delegation: str | None
    state: str
    code: str
    failures: int
    last_four: str | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another round of the meeting at which somebody is there, and whether this one follows from it that day."""

    round_id: UUID
    title: str
    is_followed: bool


@dataclass(frozen=True, slots=True)
class TakenOver:
    """How many were taken over from another round, and whether they wait for a scrutineer."""

    many: int
    waits: bool


@dataclass(frozen=True, slots=True)
class WaitingSeat:
    """A check-in by hand that a scrutineer is to confirm: not the own one."""

    seat: UUID
    name: str
    delegation: str | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class CodeSince:
    """A code that was issued since the freeze: to whom, when, in which way, and for which other meeting if so."""

    name: str
    delegation: str | None
    issued_at: datetime
    means: str
    other_meeting: str | None


@dataclass(frozen=True, slots=True)
class Review:
    """What a scrutineer looks after: check-ins by hand, and codes issued since the freeze."""

    waiting: tuple[WaitingSeat, ...]
    codes: tuple[CodeSince, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One code as it is printed, once: nobody can read it again.

    `simulated_digits` are those of an invented phone, to try the demonstration with; None in a real congress.
    """

    membership_id: UUID
    name: str
    delegation: str | None
    code: str
    simulated_digits: str | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """The cards, who got none for want of a phone number, and the sessions that ended with older codes."""

    cards: tuple[Card, ...]
    without_phone: tuple[str, ...]
    ended: tuple[str, ...]
