"""What touches a voter's way in while a round runs: recorded as an act that the scrutineers are shown."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.rules.rounds import CHECKED, RUNNING, SHOWN_OF_ACCOUNTS
from dashboard.store.record import NewAct, append, raise_topics
from dashboard.store.tables.accounts import Appointment
from dashboard.store.tables.voting import RollEntry, Round


def tell_way_in(session: Session, account: UUID, kind: str, now: datetime) -> int:
    """Record on each running round what was done to the account of a seat that may vote in it; return on how many.

    Of a session that sees every congress. Before the opening there is no roll: every seat of the congress counts.
    """
    if kind not in SHOWN_OF_ACCOUNTS:
        raise ValueError(kind)
    session.flush()
    told = 0
    for held in session.scalars(
        select(Appointment).where(Appointment.account_id == account, Appointment.membership_id.is_not(None))
    ):
        rounds = [one for one in _running(session, held) if _may_vote(session, held, one)]
        acts = [NewAct(kind, {"round": str(one.id), "seat": str(held.membership_id)}) for one in rounds]
        if acts:
            raise_topics(session, held.congress_id, ["voting"])
            append(session, held.congress_id, None, now, acts)
            told += len(acts)
    return told


def _running(session: Session, held: Appointment) -> list[Round]:
    # Held until the end: a round that opens meanwhile would not be told.
    found = select(Round).where(Round.congress_id == held.congress_id, Round.state.in_(RUNNING))
    return list(session.scalars(found.order_by(Round.id).with_for_update(read=True)))


def _may_vote(session: Session, held: Appointment, row: Round) -> bool:
    entry = select(RollEntry.membership_id).where(
        RollEntry.congress_id == held.congress_id,
        RollEntry.round_id == row.id,
        RollEntry.membership_id == held.membership_id,
    )
    return row.state == CHECKED or session.scalar(entry) is not None
