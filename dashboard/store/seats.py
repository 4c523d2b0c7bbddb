"""Which seats are in office on a day (应到, before a round's roll is frozen), and which check-ins hold (实到)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from dashboard.i18n import SHANGHAI
from dashboard.rules.hall import HAND
from dashboard.store.joins import leads
from dashboard.store.tables.congress import Membership, MembershipState
from dashboard.store.tables.voting import RollEntry

IN_OFFICE = ("in_office", "by_elected")
BEFORE_OPENING = ("draft", "checked")


def in_office(today: date) -> Select[UUID]:
    """Return the statement of the seats that are in office and not suspended on a day."""
    found: Select[UUID] = _in_office(select(Membership.id), today)
    return found


def seats_in_office(session: Session, today: date) -> dict[UUID, UUID | None]:
    """Return the seats in office and not suspended on a day (应到), each with its delegation."""
    rows = session.execute(_in_office(select(Membership.id, Membership.delegation_id), today))
    return {row.id: row.delegation_id for row in rows}


def _in_office(seats: Any, today: date) -> Any:
    return seats.join(MembershipState, leads(MembershipState.membership_id, Membership)).where(
        *holds(Membership, MembershipState, today)
    )


def entitled(round_id: UUID, state: str, today: date) -> Select[UUID]:
    """Return the statement of who may vote in a round: in office today, from the opening on the frozen roll."""
    if state in BEFORE_OPENING:
        return in_office(today)
    return select(RollEntry.membership_id).where(RollEntry.round_id == round_id)


def is_there(check_in: Any) -> ColumnElement[bool]:
    """Return the condition of rules.hall.is_there on check-ins: the entity, or a table's columns."""
    return and_(check_in.left_at.is_(None), or_(check_in.means != HAND, check_in.confirmed_by.is_not(None)))


def is_same_hall(closed_at: datetime | None, now: datetime) -> bool:
    """Tell whether who was there at a round that closed is there still: on the same day in China, not a day later."""
    return closed_at is None or closed_at.astimezone(SHANGHAI).date() == now.astimezone(SHANGHAI).date()


def holds(seat: Any, state: Any, today: date) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which a seat's state makes it one in office; entities or tables alike."""
    return (
        state.state.in_(IN_OFFICE),
        state.from_day <= today,
        or_(state.to_day.is_(None), state.to_day >= today),
        or_(seat.ended_on.is_(None), seat.ended_on > today),
    )
