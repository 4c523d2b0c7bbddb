"""From votes to who is chosen: quorum, threshold, places, ties, and what follows when places stay empty."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from fractions import Fraction

from dashboard.rules.outcomes import Attendance, Decision, OptionOutcome, Votes
from dashboard.rules.reasons import Reason
from dashboard.rules.rule_sets import HALF, Rules

RUNOFF = "runoff"
# The codes below tally.reason. (an option) and tally.round. (the round); each has its sentence in both languages.
OPTION_REASONS = (
    "chosen", "chosen_ranks", "chosen_listed", "chosen_exact", "chosen_exact_ranks", "chosen_exact_listed",
    "beyond", "beyond_ranks", "beyond_listed", "beyond_exact", "beyond_exact_ranks", "beyond_exact_listed",
    "tied", "tied_exact", "failed", "failed_exact", "void", "no_quorum",
    "runoff_chosen", "runoff_chosen_ranks", "runoff_chosen_listed",
    "runoff_beyond", "runoff_beyond_ranks", "runoff_beyond_listed", "runoff_tied",
)  # fmt: skip
ROUND_REASONS = (
    "decided", "void", "void_paper", "void_electronic", "no_quorum", "tied", "tied_again", "short_vacant",
    "short_second", "short_nobody",
)  # fmt: skip
Standing = tuple[int, Votes]


def votes_needed(base: int, threshold: Fraction = HALF, strictly: bool = True) -> int:
    """Return the fewest votes that pass: strictly more than a fraction of a base, or at least it.

    Source: 以全体代表的过半数通过; 应到 327 needs 164, 321 needs 161, 320 needs 161.
    """
    share = base * threshold
    return share.__floor__() + 1 if strictly else share.__ceil__()


@dataclass(frozen=True, slots=True)
class _Line:
    """The threshold of a round; a run-off has none, so that everybody passes."""

    rules: Rules
    base: int
    needed: int | None

    def passes(self, votes: int) -> bool:
        return self.needed is None or votes >= self.needed

    def is_exact(self, votes: int) -> bool:
        """Tell whether votes are exactly the share that the rule names, so that its wording decides."""
        return self.needed is not None and votes > 0 and votes == self.base * self.rules.threshold


@dataclass(frozen=True, slots=True)
class _Cut:
    """The last place: how many stand above it for certain, and which are level on both sides of it.

    `parted` is set where equal votes stand on both sides and something else told them apart: the last one above.
    `by_list` says that not even the ranks did, but the order of the list.
    """

    above: int
    tied: frozenset[int] = frozenset()
    parted: Votes | None = None
    by_list: bool = False


def decide(
    rules: Rules,
    votes: Mapping[int, Votes],
    attendance: Attendance,
    valid: int,
    places: int,
    purpose: str = "adoption",
) -> Decision:
    """Return what becomes of every option, given its votes by number; numbers that cannot be are a ValueError.

    Source of a run-off without threshold: 地方组织法（2022）第二十八条, written for persons: 得票多的当选.
    """
    _check(votes, attendance, valid, places)
    base = {"in_office": attendance.entitled, "present": attendance.present, "valid_ballots": valid}
    strictly = rules.threshold_test == "more_than"
    of = base[rules.threshold_base]
    line = _Line(rules, of, None if purpose == RUNOFF else votes_needed(of, rules.threshold, strictly))
    order = sorted(votes.items(), key=lambda one: (*_strength(rules, one), one[0]))
    stopped = _stopped(rules, attendance)
    if stopped is not None:
        why = Reason(f"tally.reason.{stopped[0]}", {})
        return Decision(
            purpose, places, *stopped, of, line.needed, tuple(_outcome(one, "failed", why) for one in order)
        )
    passed = [one for one in order if line.passes(one[1].votes)]
    cut = _cut(rules, passed, places)
    outcomes = tuple(_judge(one, place, places, cut, line) for place, one in enumerate(order, start=1))
    if cut.tied:
        tied = tuple(one.number for one in outcomes if one.state == "tied")
        why = _tied(purpose, places, cut)
        return Decision(
            purpose, places, "tied", why, of, line.needed, outcomes, tied=tied, open_places=places - cut.above
        )
    missing = 0 if purpose == RUNOFF else places - cut.above
    if missing:
        second = _second_list(rules, order, len(passed), missing, places)
        why = _short(rules, cut.above, places, len(second))
        return Decision(
            purpose, places, "short", why, of, line.needed, outcomes, missing=missing, second=second
        )
    why = Reason("tally.round.decided", {"chosen": cut.above, "places": places})
    return Decision(purpose, places, "decided", why, of, line.needed, outcomes)


def _check(votes: Mapping[int, Votes], attendance: Attendance, valid: int, places: int) -> None:
    if min(*astuple(attendance), places, valid) < 0 or any(
        not 0 <= one.votes <= valid for one in votes.values()
    ):
        raise ValueError(
            "votes, places and attendance must be counts, and no option has more votes than ballots"
        )


def _stopped(rules: Rules, attendance: Attendance) -> tuple[str, Reason] | None:
    """Return why nothing is decided at all, or None."""
    if attendance.is_overfull:
        return "void", _overfull(attendance)
    needed = votes_needed(attendance.entitled, rules.quorum, strictly=False)
    if attendance.present < needed:
        facts = {"present": attendance.present, "needed": needed, "entitled": attendance.entitled}
        return "no_quorum", Reason("tally.round.no_quorum", facts)
    return None


def _overfull(attendance: Attendance) -> Reason:
    """Return on which way of voting more ballots came back than went out."""
    issued, recovered, code = attendance.issued, attendance.recovered, "void"
    if recovered <= issued:
        issued, recovered, code = attendance.paper_issued, attendance.paper_recovered, "void_paper"
    if recovered <= issued:
        issued, recovered, code = (
            attendance.issued - issued,
            attendance.recovered - recovered,
            "void_electronic",
        )
    return Reason(f"tally.round.{code}", {"recovered": recovered, "issued": issued})


def _strength(rules: Rules, one: Standing) -> tuple[int, ...]:
    """Return what puts an option before another, smallest first; those with the same are level."""
    number, found = one
    ranks = (found.rank_sum or 0,) if rules.order == "votes_then_ranks" else ()
    listed = (number,) if rules.tie == "list_order" else ()
    return (-found.votes, *ranks, *listed)


def _cut(rules: Rules, passed: Sequence[Standing], places: int) -> _Cut:
    if not 0 < places < len(passed):
        return _Cut(min(places, len(passed)))
    last, following = passed[places - 1], passed[places]
    strength = _strength(rules, last)
    if strength == _strength(rules, following):
        level = [place for place, one in enumerate(passed) if _strength(rules, one) == strength]
        return _Cut(level[0], frozenset(passed[place][0] for place in level))
    if last[1].votes != following[1].votes:
        return _Cut(places)
    ranks = rules.order == "votes_then_ranks" and last[1].rank_sum != following[1].rank_sum
    return _Cut(places, parted=last[1], by_list=not ranks)


def _judge(one: Standing, place: int, places: int, cut: _Cut, line: _Line) -> OptionOutcome:
    number, found = one
    if number in cut.tied:
        state = "tied"
    elif not line.passes(found.votes):
        state = "failed"
    else:
        state = "chosen" if place <= cut.above else "beyond"
    code = state if line.needed is not None else f"runoff_{state}"
    facts = {"votes": found.votes, "place": place, "places": places, "tied": len(cut.tied)}
    if line.needed is not None:
        facts["needed"] = line.needed
    if line.is_exact(found.votes):
        code += "_exact"
        share = line.rules.threshold
        facts |= {"base": line.base, "numerator": share.numerator, "denominator": share.denominator}
    if cut.parted is not None and cut.parted.votes == found.votes:
        by_list = cut.by_list and found.rank_sum == cut.parted.rank_sum
        code += "_listed" if by_list else "_ranks"
        facts |= {} if by_list or found.rank_sum is None else {"rank_sum": found.rank_sum}
    return _outcome(one, state, Reason(f"tally.reason.{code}", facts))


def _outcome(one: Standing, state: str, reason: Reason) -> OptionOutcome:
    number, found = one
    return OptionOutcome(
        number, found.votes, found.against, found.abstained, found.rank_sum, state, reason, found.voided
    )


def _tied(purpose: str, places: int, cut: _Cut) -> Reason:
    facts = {"chosen": cut.above, "places": places, "tied": len(cut.tied), "open": places - cut.above}
    return Reason("tally.round.tied_again" if purpose == RUNOFF else "tally.round.tied", facts)


def _short(rules: Rules, chosen: int, places: int, listed: int) -> Reason:
    facts = {"chosen": chosen, "places": places, "missing": places - chosen, "listed": listed}
    if rules.shortfall == "vacant":
        return Reason("tally.round.short_vacant", facts)
    return Reason("tally.round.short_second" if listed else "tally.round.short_nobody", facts)


def _second_list(
    rules: Rules, order: Sequence[Standing], passed: int, missing: int, places: int
) -> tuple[int, ...]:
    """Return who stands in a second ballot: those next in order, by the ratio of the first, rounded up.

    Who is level with the last of them stands too: a list breaks no tie. Source: 地方组织法（2022）第二十九条,
    written for persons: 不足的名额另行选举, 根据在第一次投票时得票多少的顺序确定候选人.
    """
    left = order[passed:]
    listed = -(-missing * len(order) // places)
    if rules.shortfall == "vacant" or not left:
        return ()
    last = _strength(rules, left[min(listed, len(left)) - 1])
    return tuple(one[0] for one in left if _strength(rules, one) <= last)
