"""What the voting page is made from: one round's list and rules, and how one voter stands to them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dashboard.rules.candidates import Attached

OPEN, SUSPENDED, ANNULLED = "open", "suspended", "annulled"
NOT_YET = frozenset({"draft", "checked"})
PRACTICE = "practice"
PAPER = "paper"


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line of the list as it is put to the vote; its number is the official one in whatever order it stands.

    `budget` is in fen; `target` says what is planned, `plan` what is done by when, `orders` how many wishes it
    answers, `candidate` its number among the candidates of its cycle.
    """

    number: int
    name: str
    department: str | None = None
    budget: int | None = None
    place: str | None = None
    target: str | None = None
    category: str | None = None
    orders: int | None = None
    candidate: int | None = None
    plan: str | None = None
    documents: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperRules:
    """What the rule set says of marking: `most` marks, for-marks or ranks; with `exactly` as many must be given.

    `limited` is false where all lines may be marked; `blank` says whether an empty ballot may be cast.
    """

    form: str
    secret: bool
    most: int
    exactly: bool
    limited: bool
    blank: bool
    change: bool
    receipt: str
    shuffled: bool
    publish_box: str


@dataclass(frozen=True, slots=True)
class BallotPaper:
    """One round as its voters see it: what is voted on, by which rules, until when; nothing of any vote."""

    round_id: UUID
    title: str
    meeting: str | None
    purpose: str
    state: str
    places: int | None
    rules: PaperRules
    closes_at: datetime | None
    closed_at: datetime | None
    on_paper: bool
    lines: tuple[PaperLine, ...]

    @property
    def is_practice(self) -> bool:
        """Tell whether nothing is decided by it."""
        return self.purpose == PRACTICE


@dataclass(frozen=True, slots=True)
class Standing:
    """How one voter stands to a round: on its roll, present, voted by which channel; never what.

    `door` says what keeps the voter from the list: not_yet, suspended, closed, annulled, off_roll, absent, paper, or
    None.
    """

    door: str | None
    voted: bool = False


def door_of(state: str, *, on_roll: bool, present: bool, channel: str | None) -> str | None:
    """Return what keeps a voter from marking, None where nothing does. Who has voted is present."""
    if state in NOT_YET:
        return "not_yet"
    if state not in {OPEN, SUSPENDED}:
        return ANNULLED if state == ANNULLED else "closed"
    if not on_roll:
        return "off_roll"
    if channel == PAPER:
        return PAPER
    if not present and channel is None:
        return "absent"
    return SUSPENDED if state == SUSPENDED else None


def in_order_for(paper: BallotPaper, membership: UUID | None) -> tuple[PaperLine, ...]:
    """Return the lines as a voter is shown them: in the official order, or in one of the voter's own.

    An own order is the same at each look, and says nothing of any mark.
    """
    if not paper.rules.shuffled or membership is None:
        return paper.lines
    seed = paper.round_id.bytes + membership.bytes

    def place(line: PaperLine) -> bytes:
        return hashlib.sha256(seed + line.number.to_bytes(4, "big")).digest()

    return tuple(sorted(paper.lines, key=place))
