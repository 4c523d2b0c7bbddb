"""The rounds that wait for somebody: to be voted in, or to be held, counted, signed and announced."""

from uuid import UUID

from sqlalchemy import select

from dashboard.gate import Call, query
from dashboard.rules.own_frames import Due
from dashboard.rules.roles import Role
from dashboard.rules.rounds import (
    CHECKED,
    CLOSED,
    COUNTED,
    DRAFT,
    OPEN,
    PRACTICE,
    REPORTED,
    RUNNING,
    SEALED,
    SIGNED,
    SUSPENDED,
)
from dashboard.store.joins import leads
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.voting import RollEntry, Round, RoundOfficer

# Until when each who holds a round has something to do on it.
HELD = {
    Role.CLERK: frozenset({DRAFT, CHECKED, OPEN, SUSPENDED, CLOSED, COUNTED, SIGNED}),
    Role.PRESIDIUM: frozenset({REPORTED}),
    Role.DEPUTY: frozenset({*RUNNING, CLOSED, COUNTED}),
}


@query("desk.read", "voting", personal=True)
def rounds_due(call: Call) -> tuple[Due, ...]:
    """Return the rounds that wait for the person, of whatever cycle: those to be voted in first."""
    return (*_to_vote(call), *_to_hold(call))


def _to_vote(call: Call) -> list[Due]:
    """Return the rounds on whose frozen roll the deputy stands; whether the vote is in, is told nowhere."""
    if call.role is not Role.DEPUTY or call.actor.membership_id is None:
        return []
    rows = call.session.execute(
        select(Round.id, Round.title, Round.state)
        .join(RollEntry, leads(RollEntry.round_id, Round))
        .where(RollEntry.membership_id == call.actor.membership_id, Round.state.in_((OPEN, SUSPENDED)))
        .order_by(Round.opened_at)
    )
    return [
        Due(
            "vote" if state == OPEN else "vote_suspended",
            "red" if state == OPEN else "amber",
            names={"title": title},
            round=("vote", identity),
        )
        for identity, title, state in rows
    ]


def _to_hold(call: Call) -> list[Due]:
    states = HELD.get(call.role)
    if states is None:
        return []
    held = select(Round.id, Round.title, Round.state, Round.purpose).where(Round.state.in_(states))
    if call.role is Role.DEPUTY:
        held = held.join(RoundOfficer, leads(RoundOfficer.round_id, Round)).where(
            RoundOfficer.membership_id == call.actor.membership_id
        )
    rows = call.session.execute(held.order_by(Round.checked_at, Round.id))
    return [
        Due(f"round_{state}", "amber", names={"title": title}, round=("conduct", identity))
        for identity, title, state, purpose in rows
        # A practice is over with its close.
        if not (purpose == PRACTICE and state in SEALED)
    ]


@query("round.read", "voting", personal=True)
def held_rounds(call: Call, year: int) -> frozenset[UUID]:
    """Return the rounds of a cycle whose life the person may open: all to those who prepare, else one's own."""
    held = select(Round.id).join(Cycle, leads(Round.cycle_id, Cycle)).where(Cycle.year == year)
    if call.role is Role.DEPUTY:
        held = held.join(RoundOfficer, leads(RoundOfficer.round_id, Round)).where(
            RoundOfficer.membership_id == call.actor.membership_id
        )
    elif call.role not in {Role.CLERK, Role.LEADER, Role.PRESIDIUM}:
        return frozenset()
    return frozenset(call.session.scalars(held))
