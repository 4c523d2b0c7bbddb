"""Rounds of one cycle at which anybody presses anything: each act by itself, and the one that leads a round on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlalchemy import select

from dashboard.commands.rounds import assent, propose, withdraw
from dashboard.commands.rounds_announce import announce_round, correct_round
from dashboard.commands.rounds_end import recount_round, report_round, settle_tie, sign_round
from dashboard.commands.rounds_follow import draft_following
from dashboard.commands.rounds_prepare import (
    NewRound,
    Officers,
    check_round,
    confirm_rules,
    discard_round,
    draft_round,
    edit_round,
    name_officers,
    record_adoption,
    thaw_round,
)
from dashboard.gate import Actor
from dashboard.rules.refused import Refused
from dashboard.rules.rounds import CHIEF, RUNOFF
from dashboard.store.tables.accounts import Appointment
from dashboard.store.tables.sealing import RoundConsent
from dashboard.store.tables.voting import Ballot, CheckIn, RoundOfficer, RoundOption
from dashboard.store.transactions import Store
from tests.commands.people import PASSWORD
from tests.commands.sessions import PLACES, TODAY, YEAR, Played, filled, own_rules, prepare, session_of

MOST_ROUNDS = 5
# Of 321: 1 and 11 with 170 each are level at the tenth place; or four of ten places are filled.
MAIN: Mapping[str, Mapping[str, int]] = {
    "tied": {"1 2 3 4 5 6 7 8 9 10": 130, "2 3 4 5 6 7 8 9 10 11": 130, "1 11": 40},
    "short": {"1 2 3 4": 200, "5 6 7 8": 50},
}
REASON = "原因"
ONWARDS = "onwards"


@dataclass
class Cycle:
    """The rounds of a cycle in the order they were drafted, and how the ballots of each fall.

    Who is `hasty` announces a round as soon as may be, others wait for what follows from it.
    """

    first: Played
    falls: tuple[str, ...]
    hasty: bool
    rounds: list[UUID] = field(default_factory=list)

    def round(self, which: int) -> Played:
        """Return one of the rounds with those who act on it."""
        return replace(self.first, round_id=self.rounds[which % len(self.rounds)])

    def all(self) -> list[Played]:
        """Return every round."""
        return [self.round(which) for which in range(len(self.rounds))]

    def add(self, made: UUID) -> None:
        """Take a drafted round in."""
        self.rounds.append(made)

    def ballots(self, played: Played) -> Mapping[str, int]:
        """Return the ballots of a round: as its place among the rounds says, else choosing the last of its list."""
        row, numbers = played.row(), sorted(one.number for one in played.rows(RoundOption))
        falls, places = self.falls[self.rounds.index(row.id)], row.places or 1
        if falls in MAIN and (len(numbers), places) == (12, PLACES):
            return MAIN[falls]
        if falls == "tied" and row.purpose == RUNOFF and places == 1:
            return {str(number): 100 for number in numbers[:2]}
        return {" ".join(map(str, numbers[-places:])): 200}


def cycle_of(store: Store, falls: tuple[str, ...], *, hasty: bool) -> Cycle:
    """Return a cycle with one round that is ready, under rules that ask for a second ballot."""
    first = session_of(store, rule_set=own_rules(store, shortfall="second_ballot"))
    return Cycle(first, falls, hasty, [first.round_id])


Act = Callable[[Cycle, Played], object]


def chief_of(played: Played) -> Actor:
    """Return the deputy who is the chief scrutineer now."""
    seat = next(one.membership_id for one in played.rows(RoundOfficer) if one.duty == CHIEF)
    return played.chief if seat == played.seats[0] else played.scrutineer


def proposes(kind: str, *, chief: bool = False) -> Act:
    """Return the act of one of the two, who proposes something."""

    def act(_cycle: Cycle, played: Played) -> object:
        actor = chief_of(played) if chief else played.clerk
        return propose(played.call(actor), played.proposal(kind, REASON))

    return act


def decides(decision: Callable[..., object], *, own: bool = False) -> Act:
    """Return the act of the other of the two, or of the same, on what waits the longest."""

    def act(_cycle: Cycle, played: Played) -> object:
        found = waiting(played)
        if not found:
            return None
        with played.store.system().reading() as session:
            by = session.scalars(select(Appointment).where(Appointment.id == found[0].proposed_by)).one()
        by_clerk = by.role == "clerk"
        actor = played.clerk if by_clerk == own else chief_of(played)
        return decision(played.call(actor), found[0].id, *([PASSWORD] if decision is assent else []))

    return act


def waiting(played: Played) -> list[RoundConsent]:
    """Return the proposals that nobody has decided."""
    return sorted(
        (one for one in played.rows(RoundConsent) if one.state == "proposed"), key=lambda one: one.id
    )


def follows(kind: str) -> Act:
    """Return the act of drafting what follows."""

    def act(cycle: Cycle, played: Played) -> object:
        if len(cycle.rounds) < MOST_ROUNDS:
            cycle.add(draft_following(played.call(played.clerk), played.round_id, kind))  # type: ignore[arg-type]
        return None

    return act


def begins(cycle: Cycle, played: Played) -> None:
    """Begin a further round on the candidates, with fewer places than it has of them."""
    if len(cycle.rounds) >= MOST_ROUNDS:
        return
    row = cycle.first.row()
    new = NewRound(year=YEAR, purpose="adoption", rule_set=row.rule_set, meeting_id=row.meeting_id)
    made = replace(played, round_id=draft_round(played.call(played.clerk), new))
    cycle.add(made.round_id)
    places = max(1, min(PLACES, len(made.rows(RoundOption)) - 1))
    prepare(made, row.rule_set, places=places)


def signs(chief: bool) -> Act:
    """Return the act of signing, by the chief or by the other scrutineer."""

    def act(_cycle: Cycle, played: Played) -> object:
        is_first = chief_of(played) is played.chief
        actor = played.chief if is_first == chief else played.scrutineer
        return sign_round(played.call(actor), played.round_id, played.row().box_digest or "", PASSWORD)

    return act


def names(chief: int) -> Act:
    """Return the act of naming officers, one of the two as their chief."""

    def act(_cycle: Cycle, played: Played) -> object:
        other = Officers(chief=played.seats[chief], scrutineers=[played.seats[1 - chief]])
        return name_officers(played.call(played.clerk), played.round_id, other)

    return act


def votes(cycle: Cycle, played: Played) -> None:
    """Put the ballots into the box of an open round, once."""
    if played.row().state == "open" and not played.rows(Ballot):
        played.vote_all(cycle.ballots(played))


def settles(_cycle: Cycle, played: Played) -> None:
    """Decide a second tie for the first of those level."""
    tied = (played.row().facts or {}).get("outcome", {}).get("tied", [1])
    settle_tie(played.call(played.presidium), played.round_id, tied[:1])


def pressed(cycle: Cycle, press: str, played: Played) -> Iterator[None]:
    """Press something and yield after each of its acts that was done: a single one, a trick, or what leads on."""
    for name in TRICKS.get(press, (press,)):
        act = NEXT[played.row().state] if name == ONWARDS else ACTS[name]
        try:
            act(cycle, played)
        except Refused:
            continue
        yield


def _prepares(_cycle: Cycle, played: Played) -> object:
    row, call = played.row(), played.call(played.clerk)
    if row.closes_at is None:
        return edit_round(call, played.round_id, filled(played))
    for what, day in (("method", row.method_adopted_on), ("officers", row.officers_adopted_on)):
        if day is None:
            return record_adoption(call, played.round_id, what, TODAY)  # type: ignore[arg-type]
    return check_round(call, played.round_id)


def _together(kind: str) -> Act:
    def act(cycle: Cycle, played: Played) -> object:
        if kind == "open" and not played.rows(CheckIn):
            return played.check_in()
        if kind == "close" and not played.rows(Ballot):
            return votes(cycle, played)
        return (ACTS["assent"] if waiting(played) else proposes(kind))(cycle, played)

    return act


def _signed(cycle: Cycle, played: Played) -> object:
    rest = [one for one in played.rows(RoundOfficer) if one.signed_at is None and one.duty == "scrutineer"]
    return signs(chief=not rest)(cycle, played)


def _ends(cycle: Cycle, played: Played) -> object:
    """Let follow what the outcome asks for, once; then settle a second tie, and announce."""
    row = played.row()
    outcome = (row.facts or {}).get("outcome", {})
    kind = {"tied": "runoff", "short": "second"}.get(outcome.get("state", ""))
    if kind is not None and not (row.purpose == RUNOFF and kind == "runoff"):
        try:
            return follows(kind)(cycle, played)
        except Refused:
            return ACTS["announce"](cycle, played) if cycle.hasty else None
    if kind == "runoff" and "settled" not in (row.facts or {}):
        return settles(cycle, played)
    return ACTS["announce"](cycle, played)


def _more_places(cycle: Cycle, played: Played) -> object:
    changes = filled(played, places=(played.row().places or PLACES) + 1)
    return edit_round(played.call(played.clerk), played.round_id, changes)


def _annuls_before(cycle: Cycle, played: Played) -> object:
    if not any(one.row().after_id == played.round_id for one in cycle.all()):
        return None
    return proposes("annul")(cycle, played)


def _more_places_of_the_last(cycle: Cycle, _played: Played) -> object:
    return _more_places(cycle, cycle.round(-1))


ACTS: Mapping[str, Act] = {
    "edit": lambda _, one: edit_round(one.call(one.clerk), one.round_id, filled(one)),
    "more places": _more_places,
    "more places of the last": _more_places_of_the_last,
    "name others": names(1),
    "name the first": names(0),
    "check": lambda _, one: check_round(one.call(one.clerk), one.round_id),
    "thaw": lambda _, one: thaw_round(one.call(one.clerk), one.round_id),
    "discard": lambda _, one: discard_round(one.call(one.clerk), one.round_id, REASON),
    "confirm": lambda _, one: confirm_rules(one.call(one.leader), one.round_id),
    "recount": lambda _, one: recount_round(one.call(one.clerk), one.round_id),
    "sign": signs(chief=False),
    "chief signs": signs(chief=True),
    "report": lambda _, one: report_round(one.call(one.clerk), one.round_id),
    "settle": settles,
    "announce": lambda _, one: announce_round(one.call(one.presidium), one.round_id, "第1号"),
    "correct": lambda _, one: correct_round(one.call(one.presidium), one.round_id, "第2号", REASON),
    "begin another": begins,
    "vote": votes,
    **{f"follow: {kind}": follows(kind) for kind in ("runoff", "second", "repeat")},
    **{f"propose: {kind}": proposes(kind) for kind in ("open", "close", "suspend", "resume", "annul")},
    **{f"chief proposes: {kind}": proposes(kind, chief=True) for kind in ("open", "annul")},
    "propose the annulment where one follows": _annuls_before,
    "assent": decides(assent),
    "assent oneself": decides(assent, own=True),
    "withdraw": decides(withdraw, own=True),
    "decline": decides(withdraw),
}
# What chance alone puts together too seldom: each of its acts is pressed, refused or not.
TRICKS: Mapping[str, Sequence[str]] = {
    "annul what others follow": ("propose the annulment where one follows", "assent"),
    "open what was thawed": ("chief proposes: open", "thaw", "name others"),
    "widen what follows": ("more places of the last",),
}
NEXT: Mapping[str, Act] = {
    "draft": _prepares,
    "checked": _together("open"),
    "open": _together("close"),
    "suspended": _together("resume"),
    "closed": ACTS["recount"],
    "counted": _signed,
    "signed": ACTS["report"],
    "reported": _ends,
    "announced": _ends,
    "annulled": follows("repeat"),
}
