"""The recount of a Pabulib election: votes and points of every project, and who is funded under a named rule."""

from collections.abc import Callable, Collection, Mapping
from fractions import Fraction

from dashboard.rules.budgeting import (
    Amount,
    Funded,
    greedy,
    greedy_custom,
    greedy_exclusive,
    greedy_no_skip,
    greedy_threshold,
)
from dashboard.rules.elections import APPROVING, Election, scores_of, votes_of
from dashboard.rules.equal_shares import equal_shares, equal_shares_add1
from dashboard.rules.pabulib_ballots import Fault
from dashboard.rules.refused import Refused

# Pabulib's own word where it is not known how the winners came about, and the file that says nothing.
UNKNOWN = frozenset({"unknown", ""})
EXCLUSIVE = "greedy-exclusive"


def funded(election: Election, rule: str) -> Funded[str] | None:
    """Return who is funded under a rule by its name in Pabulib, or None where the file does not know its rule.

    A rule that nobody knows is Refused, and so is one that needs what the file does not give.
    """
    if rule in UNKNOWN:
        return None
    if rule not in RULES:
        raise Refused("no_such_rule", rule=rule[:60])
    if election.budget is None:
        raise Refused("rule_needs", rule=rule, needed="budget")
    costs = {key: project.cost for key, project in election.projects.items()}
    return RULES[rule](election, costs, election.budget)


def untold(election: Election, rule: str) -> Fault | None:
    """Return what a rule stands on and a file does not tell, though its projects can be counted without it.

    No city's file says which projects exclude one another but in words: without the column the list alone decides.
    """
    told = any(project.conflicts is not None for project in election.projects.values())
    return Fault(None, election.header_line, "conflicts_missing") if rule == EXCLUSIVE and not told else None


def _merits(election: Election) -> Mapping[str, Amount]:
    """Return what decides: points where the file publishes them, else votes."""
    return scores_of(election) or votes_of(election)


def _threshold(election: Election, costs: Mapping[str, Fraction], budget: Fraction) -> Funded[str]:
    if election.threshold is None:
        raise Refused("rule_needs", rule="greedy-threshold", needed="min_project_score_threshold")
    return greedy_threshold(costs, budget, _merits(election), election.threshold)


def _exclusive(election: Election, costs: Mapping[str, Fraction], budget: Fraction) -> Funded[str]:
    conflicts = {key: project.conflicts or () for key, project in election.projects.items()}
    return greedy_exclusive(costs, budget, _merits(election), conflicts, election.threshold)


def _approvals(election: Election, rule: str) -> dict[Collection[str], int]:
    if election.bounds.vote_type not in APPROVING:
        raise Refused("rule_needs", rule=rule, needed="vote_type=approval")
    return {ballot.projects: cast for ballot, cast in election.ballots.items()}


_Rule = Callable[[Election, Mapping[str, Fraction], Fraction], Funded[str]]
RULES: Mapping[str, _Rule] = {
    "greedy": lambda election, costs, budget: greedy(costs, budget, _merits(election)),
    "greedy-no-skip": lambda election, costs, budget: greedy_no_skip(costs, budget, _merits(election)),
    "greedy-threshold": _threshold,
    "greedy-custom": lambda election, costs, budget: greedy_custom(costs, budget, _merits(election)),
    EXCLUSIVE: _exclusive,
    "equalshares": lambda election, costs, budget: equal_shares(
        costs, budget, _approvals(election, "equalshares")
    ),
    "equalshares/add1": lambda election, costs, budget: equal_shares_add1(
        costs, budget, _approvals(election, "equalshares/add1")
    ),
}
