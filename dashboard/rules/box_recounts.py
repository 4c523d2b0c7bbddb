"""A sealed box counted again by whoever holds it: told in the shape in which a round's page tells its result."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.rules.boxes import Box, box_digest, count_box
from dashboard.rules.deciding import RUNOFF
from dashboard.rules.frames import Bar, Source, Tally
from dashboard.rules.outcomes import Outcome
from dashboard.rules.reasons import Reason
from dashboard.rules.round_frames import ANNOUNCED, RoundLine, RoundResult, RuleValue
from dashboard.rules.round_frames import Outcome as Told
from dashboard.rules.rule_sets import Rules

# Ids of so many invalid ballots are named; the count says how many there are.
NAMED = 50


@dataclass(frozen=True, slots=True)
class Faulty:
    """The ballots that are invalid for one reason: how many, and the ids of the first of them."""

    code: str
    facts: Mapping[str, int]
    many: int
    ballots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoxRecount:
    """What a box gives: the result of its round, why the whole came out so, and its invalid ballots by reason."""

    digest: str
    result: RoundResult
    outcome: str
    outcome_facts: Mapping[str, int]
    faults: tuple[Faulty, ...]


def recounted(box: Box) -> BoxRecount:
    """Count a box by its own rules."""
    outcome = count_box(box)
    digest = box_digest(box)
    names = {option.number: option.name for option in box.options}
    bars = tuple(
        Bar(one.number, names[one.number], one.votes, one.state, one.against, one.abstained)
        for one in outcome.options
    )
    line = RoundLine(
        round_id="", purpose=box.purpose, title="", state=ANNOUNCED, meeting=None, day=None, entitled=box.entitled,
        present=box.present, places=box.places, candidates=len(bars), chosen=len(outcome.chosen),
        tied=len(outcome.tied),
    )  # fmt: skip
    tally = Tally(
        title="", bars=bars, places=box.places, candidates=len(bars), source=Source(""), threshold=outcome.needed,
        entitled=box.entitled, present=box.present, issued=box.issued, recovered=box.recovered, valid=outcome.valid,
        invalid=outcome.invalid, method=box.rule_set.reference, runoff=box.purpose == RUNOFF,
    )  # fmt: skip
    result = RoundResult(
        line=line,
        tally=tally,
        outcomes=tuple(Told(one.number, one.reason.code, dict(one.reason.facts)) for one in outcome.options),
        rule_set={**box.rule_set.name, "key": box.rule_set.reference},
        rules=_rules(box),
        digest=digest,
    )
    return BoxRecount(digest, result, outcome.reason.code, dict(outcome.reason.facts), _faults(outcome))


def _rules(box: Box) -> tuple[RuleValue, ...]:
    """Return the values of the box's rule set as text; what it refers to is printed and never linked.

    A box sorts its names: they stand here in the order in which the rules are thought.
    """
    return tuple(
        RuleValue(name, _text(one.value), one.source, one.note)
        for name in Rules.model_fields
        if (one := box.rule_set.values.get(name)) is not None
    )


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _faults(outcome: Outcome) -> tuple[Faulty, ...]:
    found: dict[tuple[str, tuple[tuple[str, int], ...]], list[str]] = {}
    for ballot, reason in outcome.faults:
        found.setdefault(_key(reason), []).append(ballot)
    return tuple(
        Faulty(code, dict(facts), len(ballots), tuple(ballots[:NAMED]))
        for (code, facts), ballots in sorted(found.items())
    )


def _key(reason: Reason) -> tuple[str, tuple[tuple[str, int], ...]]:
    return reason.code, tuple(sorted(reason.facts.items()))
