"""What refuses a round's freezing and opening, by name, and what weakens its secrecy or stands below the law."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dashboard.rules.deciding import votes_needed
from dashboard.rules.marks import patterns
from dashboard.rules.reasons import Reason
from dashboard.rules.rounds import ADOPTION, FOLLOWING, PRACTICE
from dashboard.rules.rule_sets import Rules, needs_confirmation

FEWEST_SCRUTINEERS = 2
"""Our default, the chief among them: congresses adopt one chief scrutineer and one or more scrutineers."""
FEWEST_TELLERS = 2
"""Ours: every sheet of paper is entered twice, by two who do not see each other."""
SMALL_DELEGATION = 5
"""Our default: below it the turnout of a delegation tells whether one deputy voted."""
PROBLEMS = (
    "before_not_received", "no_meeting", "method_not_adopted", "officers_not_adopted", "no_closing_time",
    "closing_time_over", "roll_empty", "no_chief", "few_scrutineers", "few_tellers", "officer_out", "no_options",
    "no_places", "not_more_than_places", "without_budget", "already_chosen", "rule_set_invalid",
    "below_law", "recorded_on_paper", "another_open", "no_quorum",
)  # fmt: skip
WARNINGS = ("recorded", "signature", "receipt_proves", "receipt_shows", "small_delegations")
PUBLISHED_BOXES = frozenset({"deputies", "public"})


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """What is known of a round that is to be frozen or opened; `rules` is None where the rule set cannot be used.

    `is_received` tells whether the round whose outcome it follows from was reported, and still stands.
    """

    purpose: str
    rules: Rules | None
    has_meeting: bool
    method_adopted: bool
    officers_adopted: bool
    chiefs: int
    scrutineers: int
    officers_out: int
    options: int
    without_budget: int
    places: int | None
    roll: int
    present: int
    closes_at: datetime | None
    now: datetime
    confirmed: bool
    others_open: int
    on_paper: bool = False
    tellers: int = 0
    is_received: bool = True
    already_chosen: int = 0
    delegations: Mapping[str, int] = field(default_factory=dict)


def quorum_of(facts: RoundFacts) -> int:
    """Return how many must be present: the rule's share of all in office, rounded up (地方组织法 14: two thirds)."""
    return 0 if facts.rules is None else votes_needed(facts.roll, facts.rules.quorum, strictly=False)


def problems(facts: RoundFacts, *, opening: bool = False) -> tuple[Reason, ...]:
    """Return what refuses the freezing of a round, and with `opening` also what refuses its opening."""
    found = [*_prepared(facts), *_named(facts), *_listed(facts), *_ruled(facts)]
    if opening:
        found += _at_opening(facts)
    return tuple(found)


def _prepared(facts: RoundFacts) -> Iterator[Reason]:
    if facts.purpose in FOLLOWING and not facts.is_received:
        yield _problem("before_not_received")
    # A practice decides nothing: neither the meeting nor its decisions are asked for.
    if facts.purpose != PRACTICE:
        if not facts.has_meeting:
            yield _problem("no_meeting")
        if not facts.method_adopted:
            yield _problem("method_not_adopted")
        if not facts.officers_adopted:
            yield _problem("officers_not_adopted")
    if facts.closes_at is None:
        yield _problem("no_closing_time")
    elif facts.closes_at <= facts.now:
        yield _problem("closing_time_over")
    if facts.roll == 0:
        yield _problem("roll_empty")


def _named(facts: RoundFacts) -> Iterator[Reason]:
    if facts.chiefs != 1:
        yield _problem("no_chief")
    if facts.chiefs + facts.scrutineers < FEWEST_SCRUTINEERS:
        yield _problem("few_scrutineers", n=facts.chiefs + facts.scrutineers, fewest=FEWEST_SCRUTINEERS)
    # A practice's sheets are neither handed out nor entered here.
    if facts.on_paper and facts.purpose != PRACTICE and facts.tellers < FEWEST_TELLERS:
        yield _problem("few_tellers", n=facts.tellers, fewest=FEWEST_TELLERS)
    if facts.officers_out:
        yield _problem("officer_out", n=facts.officers_out)


def _listed(facts: RoundFacts) -> Iterator[Reason]:
    if not facts.options:
        yield _problem("no_options")
        return
    if not facts.places:
        yield _problem("no_places")
    # A run-off and a second ballot follow from what was left over, a practice decides nothing.
    elif facts.options <= facts.places and facts.purpose not in FOLLOWING | {PRACTICE}:
        yield _problem("not_more_than_places", options=facts.options, places=facts.places)
    if facts.without_budget and facts.purpose == ADOPTION:
        yield _problem("without_budget", n=facts.without_budget)
    if facts.already_chosen:
        yield _problem("already_chosen", n=facts.already_chosen)


def _ruled(facts: RoundFacts) -> Iterator[Reason]:
    if facts.rules is None:
        yield _problem("rule_set_invalid")
    elif facts.purpose != PRACTICE and needs_confirmation(facts.rules) and not facts.confirmed:
        yield _problem("below_law")
    # A sheet names nobody, so a recorded round could not be sealed with it.
    if facts.rules is not None and facts.on_paper and not facts.rules.secret:
        yield _problem("recorded_on_paper")


def _at_opening(facts: RoundFacts) -> Iterator[Reason]:
    if facts.others_open:
        yield _problem("another_open")
    needed = quorum_of(facts)
    if facts.purpose != PRACTICE and facts.present < needed:
        yield _problem("no_quorum", present=facts.present, needed=needed, entitled=facts.roll)


def warnings(facts: RoundFacts) -> tuple[Reason, ...]:
    """Return what weakens the secrecy of a round, and what its rules set below the law; none of it refuses."""
    if facts.rules is None:
        return ()
    return (*_secrecy(facts, facts.rules), *needs_confirmation(facts.rules))


def _secrecy(facts: RoundFacts, rules: Rules) -> Iterator[Reason]:
    if not rules.secret:
        yield _warning("recorded")
        return
    published = rules.publish_box in PUBLISHED_BOXES
    if published and facts.options and facts.places is not None:
        ways = patterns(rules, facts.options, facts.places)
        if ways > facts.roll:
            yield _warning("signature", ways=ways, ballots=facts.roll)
    if published and rules.receipt == "with_marks":
        yield _warning("receipt_proves")
    elif rules.receipt == "with_marks":
        yield _warning("receipt_shows")
    small = [size for size in facts.delegations.values() if 0 < size < SMALL_DELEGATION]
    if small:
        yield _warning("small_delegations", n=len(small), fewest=min(small))


def _problem(name: str, **facts: int) -> Reason:
    return Reason(f"conduct.problem.{name}", facts)


def _warning(name: str, **facts: int) -> Reason:
    return Reason(f"conduct.warning.{name}", facts)
