"""What the live board shows of a round: attendance at once, its content only when nothing can leak.

Of a secret round only turnout shows before the announcement, or before the seal where the frozen rules say so; live
content exists in recorded rounds alone. Turnout by delegation is for leaders, never for a screen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from dashboard.rules.frames import Tally
from dashboard.rules.rule_sets import Rules, RuleSetInvalid, read_rule_set, rules_of

ANNOUNCED = "announced"
# What a clerk lets the screen of a meeting show; `board` follows the round by itself.
BLANK, TITLE, CHECK_IN, BOARD = SHOWS = ("blank", "title", "check_in", "board")
# What is drawn of a round in each state; a state that nobody knows shows no more than the title.
VIEWS = {
    "draft": "waiting",
    "checked": "waiting",
    "open": "voting",
    "suspended": "suspended",
    "closed": "counting",
    "counted": "counting",
    "signed": "counting",
    "reported": "counting",
    ANNOUNCED: "counting",
    "annulled": "annulled",
}
PRACTICE = "practice"
ENDED = frozenset({"closed", "counted", "signed", "reported", ANNOUNCED})
OPEN = frozenset({"open", "suspended"})
# So many of a delegation must have voted, and so many of those present must not have, before its number is told.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Delegation:
    """Turnout of one delegation. `voted` is None where it would tell of single deputies; `told` says which.

    `told`: exact, few_voted (fewer than FEWEST have), few_left (fewer than FEWEST of those there have not) or hidden.
    """

    name: str | None
    entitled: int
    present: int
    voted: int | None
    told: str = "exact"


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who is entitled (应到), there (实到), ballots issued (发出) and recovered (收回), and devices not pressed.

    `quorum` is how many must be present; `paper` how many of those issued are on paper.
    """

    entitled: int | None = None
    present: int | None = None
    issued: int | None = None
    recovered: int | None = None
    not_pressed: int | None = None
    quorum: int | None = None
    paper: int = 0


@dataclass(frozen=True, slots=True)
class Board:
    """One round as the board shows it; `result` is None until it may be seen, `live` while it may still change.

    `outcome` is how the count came out: decided, tied, short, void or no_quorum; told with the result alone.
    """

    round_id: str
    title: str
    purpose: str
    state: str
    view: str
    turnout: Turnout
    meeting: str | None = None
    places: int | None = None
    candidates: int = 0
    opened_at: datetime | None = None
    closes_at: datetime | None = None
    delegations: tuple[Delegation, ...] = ()
    result: Tally | None = None
    live: bool = False
    outcome: str | None = None
    on_paper: bool = False
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """The check-in code on the screen: six digits, until when they are shown, the round that they check in to."""

    digits: str
    until: datetime
    round_id: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the screen of a meeting shows, as its clerk chose."""

    shows: str
    version: int
    congress: str
    meeting: str
    simulated: bool
    board: Board | None = None
    code: Code | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """One round in the list of boards, or in the choice of what the screen shows."""

    round_id: str
    title: str
    purpose: str
    state: str
    meeting: str | None
    day: date | None


@dataclass(frozen=True, slots=True)
class Control:
    """What the screen of a round's meeting shows, what else it could, and how many screens are let in."""

    meeting_id: UUID
    meeting: str
    ends: date
    shows: str
    round_id: str | None
    rounds: tuple[Held, ...]
    screens: int


def rules_in(frozen: Mapping[str, Any] | None) -> Rules | None:
    """Return the rules that were frozen into a round; None where there are none that can be read."""
    try:
        return rules_of(read_rule_set(frozen or {}))
    except RuleSetInvalid:
        return None


def shows_votes(purpose: str, state: str, rules: Rules | None, *, published: bool, sealed: bool) -> bool:
    """Tell whether votes may be seen: announced where the frozen rules publish numbers, or sealed where they say so.

    What was shown in the hall at the seal is no secret there after the announcement.
    """
    if purpose == PRACTICE or state not in ENDED or rules is None:
        return False
    if sealed and rules.show_at_seal:
        return True
    return state == ANNOUNCED and published and rules.publish_votes == "numbers"


def shows_chosen(purpose: str, state: str, *, published: bool) -> bool:
    """Tell whether it may be seen what was chosen: once announced, whatever the rules publish beside it."""
    return purpose != PRACTICE and state == ANNOUNCED and published


def shows_live(purpose: str, state: str, rules: Rules | None) -> bool:
    """Tell whether votes may be seen while they are cast: in recorded rounds whose rules say so, nowhere else."""
    if purpose == PRACTICE or state not in OPEN or rules is None:
        return False
    return rules.live_board and not rules.secret


def view_of(state: str, result: bool) -> str:
    """Return which view draws a round; votes while they are cast are drawn beside the turnout."""
    view = VIEWS.get(state, "waiting")
    return "result" if result and view == "counting" else view


def quorum_of(entitled: int | None, rules: Rules | None) -> int | None:
    """Return how many must be present: at least the share of all that the rules ask for.

    Source: 地方组织法（2022）第十四条, two thirds of all deputies; 327 needs 218, 321 needs 214.
    """
    if entitled is None or rules is None:
        return None
    return -(-entitled * rules.quorum.numerator // rules.quorum.denominator)


def turnout_of(
    entitled: int | None, present: int, electronic: int, paper: int, sheets: int, rules: Rules | None
) -> Turnout:
    """Return the turnout of a round that is not closed, from who is there and who took part.

    Electronic ballots are issued to whom is there and took none on paper, and recovered when cast; those on paper
    are recovered when two tellers have entered as many. Whoever has neither cast nor taken paper did not press
    (未按表决器).
    """
    pressing = max(present - paper, 0)
    return Turnout(
        entitled=entitled,
        present=present,
        issued=pressing + paper,
        recovered=electronic + sheets,
        not_pressed=max(pressing - electronic, 0),
        quorum=quorum_of(entitled, rules),
        paper=paper,
    )


def delegations_told(delegations: Sequence[Delegation]) -> tuple[Delegation, ...]:
    """Return the turnout of each delegation without what would tell of single deputies.

    A number is told while at least FEWEST have voted and at least FEWEST of those present have not. Where a single
    delegation is left untold, the total less the others would give its number: the one nearest to it is then untold
    too. One of which fewer than twice FEWEST are there is never told.
    """
    told = [_veiled(one) for one in delegations]
    if sum(one.voted is None for one in told) == 1 and len(told) > 1:
        nearest = min(
            (place for place, one in enumerate(told) if one.voted is not None),
            key=lambda place: (_margin(delegations[place]), place),
        )
        told[nearest] = replace(told[nearest], voted=None, told="hidden")
    return tuple(told)


def _margin(one: Delegation) -> int:
    voted = one.voted or 0
    return min(voted, one.present - voted)


def _veiled(one: Delegation) -> Delegation:
    voted = one.voted or 0
    if one.present < 2 * FEWEST:
        return replace(one, voted=None, told="hidden")
    if voted < FEWEST:
        return replace(one, voted=None, told="few_voted")
    if one.present - voted < FEWEST:
        return replace(one, voted=None, told="few_left")
    return one
