"""What the pages of rounds are made from: one line a round, and one round with its reasons, rules and seal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from dashboard.rules.frames import Tally
from dashboard.rules.reasons import Reason

ANNOUNCED = "announced"


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round in the list of a cycle; of one that is not announced only that it exists and how it stands.

    `undecided` is why nothing was decided at all: too few were there, or more ballots came back than went out.
    """

    round_id: str
    purpose: str
    title: str
    state: str
    meeting: str | None
    day: date | None
    entitled: int | None = None
    present: int | None = None
    places: int | None = None
    candidates: int = 0
    chosen: int = 0
    tied: int = 0
    announcement: str | None = None
    undecided: Reason | None = None


@dataclass(frozen=True, slots=True)
class Rounds:
    """Every round of a cycle in the order it was held, and the days between which the cycle is to vote."""

    rows: tuple[RoundLine, ...]
    opens: date | None
    closes: date | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one option and why: `reason` is the key of its sentence, `facts` fill it.

    `project` is the number of the project that it became.
    """

    number: int
    reason: str
    facts: Mapping[str, int]
    project: int | None = None


@dataclass(frozen=True, slots=True)
class RuleValue:
    """One value of the rule set that was frozen into a round, with where it comes from and what it says.

    `address` is the part of the source that may be linked.
    """

    name: str
    value: str
    source: str
    note: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What was announced in the place of what had been announced, and why."""

    announcement: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RoundResult:
    """One announced round: votes, reasons, rules, the digest of its sealed box, and the rounds it is tied to.

    `before` is the round whose tie it decided, `after` are those that decide its own. `below_law` is what its rules
    set below the law, which is printed with the result; `settled` are those that the presidium chose among the tied.
    """

    line: RoundLine
    tally: Tally
    outcomes: tuple[Outcome, ...] = ()
    rule_set: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[RuleValue, ...] = ()
    digest: str | None = None
    announced_on: date | None = None
    before: RoundLine | None = None
    after: tuple[RoundLine, ...] = ()
    below_law: tuple[Reason, ...] = ()
    settled: tuple[int, ...] = ()
    corrections: tuple[Correction, ...] = ()
