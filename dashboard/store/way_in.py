"""What touches a voter's way in while a round runs: recorded as an act that the scrutineers are shown."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.rules.rounds import CHECKED, RUNNING, SHOWN_OF_ACCOUNTS
from dashboard.store.record import NewAct, append, raise_topics
from dashboard.store.tables.accounts import Appointment
from dashboard.store.tables.voting import RollEntry, Round


def running_with(session: Session, congress: UUID, seats: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Return every running round of a congress in which some of these seats may vote, and which of them.

    Before the opening there is no roll: every seat of the congress counts. The rounds are held until the end of the
    transaction: one that opens or closes meanwhile would be told too late, or not at all.
    """
    rounds = select(Round).where(Round.congress_id == congress, Round.state.in_(RUNNING))
    found = {
        one.id: frozenset(seats) if one.state == CHECKED else _on_roll(session, one, seats)
        for one in session.scalars(rounds.order_by(Round.id).with_for_update(read=True))
    }
    return {round_id: may for round_id, may in found.items() if may}


def tell_way_in(session: Session, account: UUID, kind: str, now: datetime) -> int:
    """Record on each running round what was done to the account of a seat that may vote in it; return on how many.

    Of a session that sees every congress.
    """
    if kind not in SHOWN_OF_ACCOUNTS:
        raise ValueError(kind)
    session.flush()
    told = 0
    for held in session.scalars(select(Appointment).where(Appointment.account_id == account)):
        seat = held.membership_id
        rounds = running_with(session, held.congress_id, [seat]) if seat is not None else {}
        acts = [NewAct(kind, {"round": str(one), "seat": str(seat)}) for one in rounds]
        if acts:
            raise_topics(session, held.congress_id, ["voting"])
            append(session, held.congress_id, None, now, acts)
            told += len(acts)
    return told


def _on_roll(session: Session, row: Round, seats: Collection[UUID]) -> frozenset[UUID]:
    entries = select(RollEntry.membership_id).where(
        RollEntry.congress_id == row.congress_id,
        RollEntry.round_id == row.id,
        RollEntry.membership_id.in_(seats),
    )
    return frozenset(session.scalars(entries))
