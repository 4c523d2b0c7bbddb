"""Recounts under the rules of our rounds: a sealed box, or a Pabulib election taken as a round."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dashboard.reports.recount import Counted, Recount
from dashboard.reports.rule_files import rule_set_named
from dashboard.rules.boxes import count_box, read_box
from dashboard.rules.counting import count
from dashboard.rules.elections import Election, scores_of
from dashboard.rules.outcomes import Option, Outcome
from dashboard.rules.pabulib_ballots import Fault
from dashboard.rules.pabulib_rounds import as_round
from dashboard.rules.recounting import RULES
from dashboard.rules.refused import Refused
from dashboard.rules.rule_sets import rules_of

# A round that is void, or had too few present, decided nothing about anyone; of the tied a run-off decides.
UNDECIDED = frozenset({"void", "no_quorum"})
# A box is one line.
LINE = 1


def recount_box(raw: bytes, rule: str | None = None) -> Recount:
    """Count a sealed box by the rules that are sealed with it, or by another rule set of the same form."""
    box = read_box(raw)
    rules = rules_of(box.rule_set)
    if rule in RULES:
        # It spends a budget on what each project costs: of that a box knows nothing.
        raise Refused("rule_needs", rule=rule, needed="cost")
    if rule is not None:
        other = rules_of(rule_set_named(rule, may_be_path=True))
        if other.form != rules.form:
            raise Refused("rule_needs", rule=rule[:60], needed=f"form={other.form}")
        rules = other
    outcome = count_box(box, rules)
    keys = {option.number: str(option.number) for option in box.listed}
    faults = [Fault(ballot, LINE, _plain(reason.code)) for ballot, reason in outcome.faults]
    return _recount(keys, box.listed, outcome, faults)


def recount_election(election: Election, rule: str, *, may_be_path: bool) -> Recount:
    """Count a Pabulib election that was read one by one under one of our rule sets.

    A ballot is what that rule set says of it: what Pabulib counts all the same may be invalid here. Points are those
    of the file, which no rule set of ours asks for.
    """
    rules = rules_of(rule_set_named(rule, may_be_path=may_be_path))
    found = as_round(election, rules.form, rule)
    ballots = {str(place): one for place, one in enumerate(election.each)}
    outcome = count(
        rules, found.options, zip(ballots, found.marks, strict=True), found.attendance, found.places
    )
    faults = [one for one in election.faults if not one.is_counted]
    for place, reason in outcome.faults:
        one = ballots[place]
        # What cannot be read is told already, and better.
        if one.ballot is not None:
            faults.append(Fault(one.voter, one.line, _plain(reason.code)))
    faults.sort(key=lambda fault: (fault.ballot is not None, fault.line))
    recounted = _recount(found.keys, found.options, outcome, faults)
    scores = scores_of(election) or {}
    projects = {key: replace(recounted.projects[key], score=scores.get(key)) for key in election.projects}
    return replace(recounted, projects=projects)


def _recount(
    keys: Mapping[int, str], options: Iterable[Option], outcome: Outcome, faults: Iterable[Fault]
) -> Recount:
    found = {one.number: one for one in outcome.options}
    is_open = outcome.state in UNDECIDED
    projects = {}
    for option in options:
        one = found[option.number]
        selected = None if is_open or one.state == "tied" else one.state == "chosen"
        projects[keys[option.number]] = Counted(option.name, one.votes, None, selected)
    ties = (tuple(keys[number] for number in outcome.tied),) if outcome.tied else ()
    return Recount(projects, ties, tuple(faults))


def _plain(code: str) -> str:
    """Return why a ballot is invalid without the area of its words."""
    return code.rpartition(".")[2]
