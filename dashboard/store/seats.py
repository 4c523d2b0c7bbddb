"""Which seats are in office on a day: who is entitled to vote (应到), before a round's roll is frozen."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select

from dashboard.store.joins import leads
from dashboard.store.tables.congress import Membership, MembershipState
from dashboard.store.tables.voting import RollEntry

IN_OFFICE = ("in_office", "by_elected")
BEFORE_OPENING = ("draft", "checked")


def in_office(today: date) -> Select[UUID]:
    """Return the statement of the seats that are in office and not suspended on a day."""
    return (
        select(Membership.id)
        .join(MembershipState, leads(MembershipState.membership_id, Membership))
        .where(*holds(Membership, MembershipState, today))
    )


def entitled(round_id: UUID, state: str, today: date) -> Select[UUID]:
    """Return the statement of who may vote in a round: in office today, from the opening on the frozen roll."""
    if state in BEFORE_OPENING:
        return in_office(today)
    return select(RollEntry.membership_id).where(RollEntry.round_id == round_id)


def holds(seat: Any, state: Any, today: date) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which a seat's state makes it one in office; entities or tables alike."""
    return (
        state.state.in_(IN_OFFICE),
        state.from_day <= today,
        or_(state.to_day.is_(None), state.to_day >= today),
        or_(seat.ended_on.is_(None), seat.ended_on > today),
    )
