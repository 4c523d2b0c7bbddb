"""Announced rounds as Popolo tells votes: what goes into a vote event, before it is written as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from dashboard.rules.boxes import Box, count_box
from dashboard.rules.counting import first_places
from dashboard.rules.marks import ABSTAINED, AGAINST, FOR, answers, read_marks
from dashboard.rules.rule_sets import Rules, rules_of

YES, NO, ABSTAIN = "yes", "no", "abstain"
_OPTIONS = {FOR: YES, "": YES, AGAINST: NO, ABSTAINED: ABSTAIN}


@dataclass(frozen=True, slots=True)
class ItemVote:
    """What a round decided of one item; counts are None where the round's rules do not publish numbers."""

    number: int
    name: str
    state: str
    votes: int | None
    against: int | None
    abstained: int | None


@dataclass(frozen=True, slots=True)
class VotedRound:
    """One announced round with its items in the order of the list.

    `votes` are those of a recorded round whose box is open to the public: what each seat said of each item; `names`
    say who holds it. A secret round has none.
    """

    id: str
    title: str
    purpose: str
    announcement: str | None
    meeting_id: str | None
    meeting: str | None
    opened_at: datetime | None
    closed_at: datetime | None
    rule_set: str
    numbers: Mapping[str, int | None]
    digest: str | None
    items: tuple[ItemVote, ...]
    votes: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Voted:
    """Every announced round of one cycle of one congress."""

    code: str
    congress: str
    level: str
    year: int
    simulated: bool
    as_of: date
    rounds: tuple[VotedRound, ...]


def votes_of(box: Box) -> dict[str, dict[int, str]]:
    """Return what each seat said of each item in a recorded round, in Popolo's words; of a secret one nothing.

    Invalid ballots are left out, as they are in the count: totals and individual votes agree. Who does not answer
    abstains; two answers to one item are void.
    """
    rules = rules_of(box.rule_set)
    invalid = {ballot for ballot, _ in count_box(box).faults} if not rules.secret else set()
    return {
        one.member: _said(rules, box, one.marks)
        for one in box.ballots
        if one.member is not None and one.id not in invalid
    }


def _said(rules: Rules, box: Box, text: str) -> dict[int, str]:
    marks = read_marks(rules.form, text)
    if rules.form == "rank":
        found = {number: YES for number, _ in first_places(rules, marks, box.places)}
    else:
        found = {number: _OPTIONS.get(answer, answer) for number, answer in answers(marks).items()}
    return {option.number: found.get(option.number, ABSTAIN) for option in box.options}
