"""The life of a round: its states, which act leads from where to where, and what two must do together."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role

DRAFT, CHECKED, OPEN, SUSPENDED, CLOSED = "draft", "checked", "open", "suspended", "closed"
COUNTED, SIGNED, REPORTED, ANNOUNCED, ANNULLED = "counted", "signed", "reported", "announced", "annulled"
STATES = (DRAFT, CHECKED, OPEN, SUSPENDED, CLOSED, COUNTED, SIGNED, REPORTED, ANNOUNCED, ANNULLED)
# From the freeze to the close, while whatever touches a voter's way in is shown to the scrutineers.
RUNNING = frozenset({CHECKED, OPEN, SUSPENDED})
# Voting has begun and has not ended: the roll stands.
VOTING = frozenset({OPEN, SUSPENDED})
# There is a sealed box, and it is nobody's yet but theirs who count, sign and receive it.
SEALED = frozenset({CLOSED, COUNTED, SIGNED, REPORTED})
# Who received the count decides that there is another round.
RECEIVED = frozenset({REPORTED, ANNOUNCED})

ADOPTION, RUNOFF, SECOND, PRACTICE, ASSESSMENT = "adoption", "runoff", "second", "practice", "assessment"
PURPOSES = (ADOPTION, RUNOFF, SECOND, PRACTICE, ASSESSMENT)
# A round that follows from another's outcome.
FOLLOWING = frozenset({RUNOFF, SECOND})

# What the count comes to where nothing was decided: more ballots recovered than issued, too few present.
UNDECIDED = frozenset({"void", "no_quorum"})
# What an option comes to: `listed` where it was not chosen and the rules publish no more.
CHOSEN, TIED, BEYOND, LISTED = "chosen", "tied", "beyond", "listed"
# What an option of such a round came to, as it is told: neither chosen nor turned down.
NOT_DECIDED = "undecided"
NOT_DECIDED_BY = frozenset(f"tally.reason.{state}" for state in UNDECIDED)

CHIEF, SCRUTINEER, TELLER = "chief", "scrutineer", "teller"
DUTIES = (CHIEF, SCRUTINEER, TELLER)

TOGETHER = ("open", "close", "suspend", "resume", "annul")
"""What the clerk and the chief scrutineer do together, each with the password typed again."""
NEEDS_REASON = frozenset({"suspend", "annul"})
# What a clerk proposes and a scrutineer confirms: another teller for one who dropped out.
REPLACE = "replace"
# From the freeze, before which the clerk names others, until the box is sealed.
REPLACING = frozenset({CHECKED, OPEN, SUSPENDED, CLOSED})
LAPSES_AFTER = timedelta(minutes=10)
"""Our rule: a proposal that nobody assents to in ten minutes is no proposal any more."""


@dataclass(frozen=True, slots=True)
class Way:
    """One act: the states that it may be done in, and the state that it leads to."""

    begins: frozenset[str]
    ends: str


WAYS: Mapping[str, Way] = {
    "edit": Way(frozenset({DRAFT}), DRAFT),
    "discard": Way(frozenset({DRAFT}), ANNULLED),
    "check": Way(frozenset({DRAFT}), CHECKED),
    "thaw": Way(frozenset({CHECKED}), DRAFT),
    "open": Way(frozenset({CHECKED}), OPEN),
    "suspend": Way(frozenset({OPEN}), SUSPENDED),
    "resume": Way(frozenset({SUSPENDED}), OPEN),
    "close": Way(VOTING, CLOSED),
    "recount": Way(frozenset({CLOSED}), COUNTED),
    "sign": Way(frozenset({COUNTED}), COUNTED),
    "sign_last": Way(frozenset({COUNTED}), SIGNED),
    "report": Way(frozenset({SIGNED}), REPORTED),
    "settle": Way(frozenset({REPORTED}), REPORTED),
    "announce": Way(frozenset({REPORTED}), ANNOUNCED),
    "correct": Way(frozenset({ANNOUNCED}), ANNOUNCED),
    "annul": Way(frozenset(STATES) - {DRAFT, ANNOUNCED, ANNULLED}, ANNULLED),
}
# What a practice round has none of: its ballots are deleted unread at the close.
WITH_RESULT = frozenset({"recount", "sign", "sign_last", "report", "settle", "announce", "correct"})


def may(act: str, state: str, purpose: str = ADOPTION) -> bool:
    """Tell whether an act can be done on a round that stands so."""
    return state in WAYS[act].begins and not (purpose == PRACTICE and act in WITH_RESULT)


def moved(act: str, state: str, purpose: str = ADOPTION) -> str:
    """Return the state to which an act leads; refuse it where the round does not stand so."""
    if not may(act, state, purpose):
        raise Refused("round_stands_elsewhere")
    return WAYS[act].ends


def has_lapsed(proposed: datetime, now: datetime) -> bool:
    """Tell whether a proposal has waited too long; one from the future, by a clock set back, has not."""
    return now - proposed > LAPSES_AFTER


def settled_state(state: str, number: int, settled: Collection[int] | None) -> str:
    """Return what an option came to: as counted, and level again as the presidium decided it."""
    if settled is None or state != TIED:
        return state
    return CHOSEN if number in settled else BEYOND


def told_state(number: int, facts: Mapping[str, Any] | None, *, became_project: bool) -> str:
    """Return what an option came to in its own round where no votes are told: chosen, tied, undecided, or listed."""
    if became_project:
        return CHOSEN
    known = facts or {}
    outcome = known.get("outcome", {})
    if outcome.get("state") in UNDECIDED:
        return NOT_DECIDED
    level = outcome.get("state") == TIED and "settled" not in known and number in outcome["tied"]
    return TIED if level else LISTED


def decided_state(state: str, number: int, settled: Collection[int] | None, reason: str) -> str:
    """Return what is told of an option: as settled_state, and where nothing was decided, that."""
    return NOT_DECIDED if reason in NOT_DECIDED_BY else settled_state(state, number, settled)


def check_pair(proposer: Role, assenting: Role, *, same_account: bool) -> None:
    """Refuse an assent that makes no two: of the same account, or of the same side as the proposal.

    The clerk is one side, the chief scrutineer, a deputy, the other.
    """
    if same_account:
        raise Refused("consent_own")
    if {proposer, assenting} != {Role.CLERK, Role.DEPUTY}:
        raise Refused("consent_same_side")


# Acts on a running round that the scrutineers are shown: whatever touches a voter's way in, and who counts.
SHOWN_OF_ACCOUNTS = frozenset({"round_password_reset", "round_account_added", "round_account_disabled"})
SHOWN = SHOWN_OF_ACCOUNTS | {
    "hall_codes_issued",
    "hall_contact_changed",
    "round_checked_in",
    "round_check_in_confirmed",
    "round_check_in_refused",
    "round_check_ins_taken_over",
    "round_check_ins_copied",
    "round_left",
    "round_teller_replacement",
    "round_teller_replaced",
}
