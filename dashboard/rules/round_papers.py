"""What the papers of a round (公告, 会议票决记录, 计票结果报告单) are made from, and who reads which beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dashboard.rules.outcomes import Attendance
from dashboard.rules.reasons import Reason
from dashboard.rules.rounds import NOT_DECIDED
from dashboard.rules.rule_sets import Rules

ANNOUNCEMENT, MINUTES, REPORT, SCAN = "announcement", "minutes", "report", "scan"
KINDS = (ANNOUNCEMENT, MINUTES, REPORT, SCAN)
# The announcement as it was printed, for the page: paragraphs, no layout.
ANNOUNCEMENT_TEXT = "announcement_text"
CHOSEN, TIED, BEYOND = "chosen", "tied", "beyond"
SEALED = ("closed", "counted", "signed", "reported", "announced")
# From which state on a paper says something that stays.
MADE_IN: Mapping[str, tuple[str, ...]] = {
    ANNOUNCEMENT: ("announced",),
    MINUTES: ("signed", "reported", "announced"),
    REPORT: ("counted", "signed", "reported", "announced"),
    SCAN: ("counted", "signed", "reported", "announced"),
}


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One line of the list with what became of it; `state` is that of the announcement (a settled tie is settled)."""

    number: int
    name: str
    votes: int
    against: int | None
    abstained: int | None
    state: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Officer:
    """A scrutineer or teller of the round, and when the person signed the count."""

    duty: str
    name: str
    signed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the round, from its act: what, when, by which roles."""

    kind: str
    at: datetime
    roles: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """What went out and came back on one way."""

    issued: int
    recovered: int
    valid: int
    invalid: int


@dataclass(frozen=True, slots=True)
class Head:
    """The last link of the record when a paper was made: what `verify --head` is given."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class RoundPaper:
    """One round as its papers tell it; items stand in the order of the result.

    `outcome` is why the whole round came out as it did; `faults` counts invalid ballots by why. `warnings` are what
    of the rules lies below the law. `settled_sheets` is on how many sheets a scrutineer decided, None without paper.
    `replaced` are tellers who dropped out, each with who took over. `stands_on` is the digest of the
    round's row when it was read.
    """

    congress: str
    simulated: bool
    year: int
    round_id: str
    title: str
    purpose: str
    state: str
    meeting: str | None
    announcement: str | None
    announced_on: date | None
    closed_on: date | None
    opened_at: datetime | None
    closed_at: datetime | None
    rule_set: str
    rule_name: str
    rules: Rules
    places: int
    threshold: int | None
    attendance: Attendance
    valid: int
    invalid: int
    channels: Mapping[str, Channel]
    items: tuple[PaperItem, ...]
    outcome: Reason | None
    faults: Mapping[str, int]
    digest: str
    officers: tuple[Officer, ...] = ()
    replaced: tuple[tuple[str, str], ...] = ()
    steps: tuple[Step, ...] = ()
    corrections: tuple[Mapping[str, Any], ...] = ()
    warnings: tuple[Reason, ...] = ()
    is_confirmed: bool = False
    settled_sheets: int | None = None
    head: Head | None = None
    stands_on: str = ""

    @property
    def chosen(self) -> tuple[PaperItem, ...]:
        """Return the chosen items in the order of the result."""
        return tuple(item for item in self.items if item.state == CHOSEN)

    @property
    def tied(self) -> tuple[PaperItem, ...]:
        """Return the items that are level at the last place, while nobody has decided between them."""
        return tuple(item for item in self.items if item.state == TIED)

    @property
    def is_undecided(self) -> bool:
        """Tell whether the round decided nothing: too few were there, or more ballots came back than went out."""
        return any(item.state == NOT_DECIDED for item in self.items)


@dataclass(frozen=True, slots=True)
class Announcement:
    """The text of an announcement as it is printed and as the page shows it, paragraph by paragraph."""

    title: str
    number: str
    paragraphs: tuple[str, ...]
    items: tuple[str, ...]
    closing: tuple[str, ...]
    issuer: str
    day: str
    notes: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper: its heading and its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The text of minutes or of a count report: sections before and after the table of results.

    `signatures` are who signs by hand: a label each. With `reasoned` the last column says why in a sentence.
    """

    title: str
    subtitle: str
    before: tuple[Section, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    after: tuple[Section, ...]
    signatures: tuple[str, ...]
    day: str
    notes: tuple[str, ...] = ()
    mark: str = ""
    reasoned: bool = False


def may_read_inside(
    role_reads: bool, *, is_scrutineer: bool, is_leader: bool, is_announced: bool, shows_at_seal: bool
) -> bool:
    """Tell whether somebody reads a round's papers that are not published.

    Before the announcement scrutineers, presidium and clerk (`role_reads`); a leader with them once it is announced,
    or from the seal on where the rule set shows the result then.
    """
    return role_reads or is_scrutineer or (is_leader and (is_announced or shows_at_seal))
