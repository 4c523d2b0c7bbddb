"""What the page of a round is made from: what stands, what is missing, who acts, and what a draft is filled from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from dashboard.rules.reasons import Reason
from dashboard.rules.round_frames import RoundResult, RuleValue


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a round's list; `candidate_id` is None on a list that the cycle's candidates are not on."""

    number: int
    name: str
    candidate_id: UUID | None
    budget: int | None
    department: str | None


@dataclass(frozen=True, slots=True)
class Officer:
    """Who is named for a round, whether in office today and able to sign in, and when the count was signed."""

    seat: UUID
    name: str
    delegation: str | None
    duty: str
    in_office: bool
    has_account: bool
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that waits for the other of the two; `is_own_side` tells the one who proposed it."""

    consent_id: UUID
    kind: str
    reason: str | None
    side: str
    proposed_at: datetime
    is_own: bool
    is_own_side: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """An act on a voter's way in, as the scrutineers are shown it; `name` is the seat's where it concerns one.

    Of a teller who was replaced `comes` is the name of the other.
    """

    kind: str
    at: datetime
    role: str | None
    name: str | None
    count: int | None
    comes: str | None = None


@dataclass(frozen=True, slots=True)
class Replacing:
    """Another teller for one who dropped out, as the clerk proposed it to the scrutineers; names, not seats."""

    consent_id: UUID
    leaves: str
    comes: str
    reason: str
    proposed_at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """An act on the round: what, when, and in which role."""

    kind: str
    at: datetime
    role: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """One delegation: how many are on the roll, and how many of them are there."""

    name: str | None
    entitled: int
    present: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of the round: its kind, its number and name, and when it was made."""

    document_id: UUID
    kind: str
    number: str | None
    name: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a count came to as a whole, for the numbers that follow from it."""

    state: str
    reason: Reason
    tied: tuple[int, ...]
    open_places: int
    missing: int
    second: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Conduct:
    """One round as those who hold it see it; what a role is not entitled to is empty or None.

    `after` are the rounds that follow from its outcome; `is_followed` tells that one of them lives, so that no other
    can be drafted. `duty` is the asking deputy's in this round. `needed` must be present, `voted` took part; who, is
    told nowhere.
    """

    round_id: UUID
    year: int
    title: str
    purpose: str
    state: str
    duty: str | None
    meeting: str | None
    meeting_id: UUID | None
    rule_set: str
    rule_set_name: Mapping[str, str]
    places: int | None
    version: int
    on_paper: bool
    closes_at: datetime | None
    checked_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    method_adopted_on: date | None
    officers_adopted_on: date | None
    is_confirmed: bool
    below_law: tuple[Reason, ...]
    problems: tuple[Reason, ...]
    warnings: tuple[Reason, ...]
    entries: tuple[Entry, ...]
    officers: tuple[Officer, ...]
    entitled: int
    present: int
    needed: int
    voted: int
    reason: str | None
    is_sealed: bool
    digest: str | None
    before: UUID | None
    after: tuple[tuple[UUID, str, str], ...]
    announcement: str | None
    is_followed: bool = False
    groups: tuple[Group, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    replacing: tuple[Replacing, ...] = ()
    shown: tuple[Shown, ...] = ()
    steps: tuple[Step, ...] = ()
    result: RoundResult | None = None
    outcome: Outcome | None = None
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class Seat:
    """A deputy who can be named."""

    seat: UUID
    name: str
    delegation: str | None


@dataclass(frozen=True, slots=True)
class RuleSetChoice:
    """A rule set that may be voted by: `key@version` and its names by language."""

    reference: str
    name: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the clerk chooses from: rule sets, meetings, the cycle's candidates, the seats in office."""

    rule_sets: tuple[RuleSetChoice, ...]
    meetings: tuple[tuple[UUID, str], ...]
    candidates: tuple[Entry, ...] = ()
    seats: tuple[Seat, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSetShown:
    """A rule set as its page shows it; an own one has an id, and is a draft until it is approved.

    `fault` names the value (or the two) for which it cannot be used; `used` is how many rounds name it. Of a draft
    `alternatives` hold what each value may be chosen from, `written` the values that are typed, `optional` those
    that it may have and need not.
    """

    reference: str
    name: Mapping[str, str]
    values: tuple[RuleValue, ...]
    below_law: tuple[Reason, ...]
    used: int
    fault: str | None
    own_id: UUID | None
    approved_at: datetime | None
    kind: str = "adoption"
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    written: tuple[str, ...] = ()
    optional: frozenset[str] = frozenset()

    @property
    def is_draft(self) -> bool:
        """Tell whether the clerk can still change it."""
        return self.own_id is not None and self.approved_at is None


@dataclass(frozen=True, slots=True)
class RulesChosen:
    """By which rule set of a kind projects are watched, since when, and the choice that waits for a leader.

    `since` is None where the default of the product holds because nothing was chosen.
    """

    kind: str
    reference: str
    since: date | None
    waiting_id: UUID | None = None
    waiting: str | None = None
