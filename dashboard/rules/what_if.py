"""What other rules would have made of the same ballots: analysis of a counted round, never its result."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.rules.box_shapes import Box
from dashboard.rules.boxes import count_box
from dashboard.rules.budgeting import Funded, greedy
from dashboard.rules.counting import supported
from dashboard.rules.equal_shares import equal_shares
from dashboard.rules.marks import limit
from dashboard.rules.outcomes import Outcome
from dashboard.rules.rule_sets import rules_of

OWN, PRESENT, PLACES, GREEDY, SHARES = "own", "present", "places", "greedy", "shares"


@dataclass(frozen=True, slots=True)
class Alternative:
    """What one rule makes of the ballots: for each option by number chosen, tied or not (`out`).

    `value` is the number of places or the budget in fen. `lacking` names the options without a sum, for which a
    budget cannot be computed: then nothing is chosen and `states` is empty.
    """

    rule: str
    value: int | None
    states: Mapping[int, str] = field(default_factory=dict)
    needed: int | None = None
    lacking: tuple[int, ...] = ()

    @property
    def chosen(self) -> int:
        """Return how many options are chosen."""
        return sum(state == "chosen" for state in self.states.values())


@dataclass(frozen=True, slots=True)
class Line:
    """One option of the round: its votes, and its sum in fen where it has one."""

    number: int
    name: str
    votes: int
    cost: int | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The round as it was counted, beside what other rules would have made of it."""

    title: str
    meeting: str | None
    announced: bool
    lines: tuple[Line, ...]
    own: Alternative
    others: tuple[Alternative, ...]

    def changed(self, other: Alternative) -> tuple[int, ...]:
        """Return the options that would have ended otherwise; level at the last place is an end of its own."""
        return tuple(number for number, state in other.states.items() if state != self.own.states[number])


def analyse(
    box: Box, costs: Mapping[int, int | None], places: Sequence[int], budget: int | None
) -> tuple[tuple[Line, ...], Alternative, tuple[Alternative, ...]]:
    """Return the options by votes, what the round's own rules made of them, and what the others would have.

    The others are a threshold of those present, each of some numbers of places (two fewer and two more, where none
    is given), and a budget in fen spent down the
    list and by equal shares; without a budget, what the chosen cost.
    """
    counted = count_box(box)
    own = _of(OWN, None, counted)
    names = {one.number: one.name for one in box.options}
    lines = tuple(
        Line(one.number, names[one.number], one.votes, costs.get(one.number)) for one in counted.options
    )
    spent = sum(one.cost or 0 for one in lines if own.states[one.number] == "chosen")
    limit_of = spent if budget is None else budget
    others = (
        _by_present(box),
        *(_by_places(box, many) for many in places or _around(box)),
        *(_by_budget(box, counted, rule, lines, limit_of) for rule in (GREEDY, SHARES)),
    )
    return lines, own, others


def _around(box: Box) -> tuple[int, ...]:
    return tuple(many for many in (box.places - 2, box.places + 2) if 0 < many <= len(box.options))


def _by_present(box: Box) -> Alternative:
    rules = rules_of(box.rule_set).model_copy(update={"threshold_base": "present"})
    return _of(PRESENT, None, count_box(box, rules))


def _by_places(box: Box, places: int) -> Alternative:
    """Count for other places; how much a ballot may carry stays, since the deputies voted under that limit."""
    rules = rules_of(box.rule_set)
    kept = {"mark": "marks_at_most", "item": "for_marks_at_most", "rank": "ranks_at_most"}[rules.form]
    fixed = rules.model_copy(update={kept: limit(rules, len(box.options), box.places)})
    return _of(PLACES, places, count_box(box, fixed, places))


def _by_budget(box: Box, counted: Outcome, rule: str, lines: Sequence[Line], budget: int) -> Alternative:
    """Spend a budget; no threshold is asked, and options level where only the list's order decides are tied."""
    lacking = tuple(one.number for one in lines if one.cost is None)
    if lacking:
        return Alternative(rule, budget, lacking=lacking)
    costs = {one.number: one.cost or 0 for one in sorted(lines, key=lambda one: one.number)}
    found: Funded[int]
    if rule == GREEDY:
        found = greedy(costs, budget, {one.number: one.votes for one in lines})
    else:
        found = equal_shares(costs, budget, _approvals(box, counted))
    level = {number for group in found.ties for number in group}
    states = {
        number: "tied" if number in level else "chosen" if number in found.projects else "out"
        for number in costs
    }
    return Alternative(rule, budget, states)


def _of(rule: str, value: int | None, outcome: Outcome) -> Alternative:
    shown = {"chosen": "chosen", "tied": "tied"}
    states = {option.number: shown.get(option.state, "out") for option in outcome.options}
    return Alternative(rule, value, states, outcome.needed)


def _approvals(box: Box, counted: Outcome) -> Counter[Collection[int]]:
    """Return how often each set of options was supported by a valid ballot."""
    rules = rules_of(box.rule_set)
    invalid = {ballot for ballot, _ in counted.faults}
    same = Counter(ballot.marks for ballot in box.ballots if ballot.id not in invalid)
    found: Counter[Collection[int]] = Counter()
    for text, many in same.items():
        found[frozenset(supported(rules, text, box.places))] += many
    return found
