"""The rows behind a hall code, for those who have not signed in yet, and the secret of the screen's codes.

Whoever types a code is the public to the row filter, which shows closed rows to members alone: here, and nowhere
else, they are read by the congress that the address names and by the code that was typed.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, false, or_, select, update
from sqlalchemy.orm import Session

from dashboard.i18n import SHANGHAI
from dashboard.rules.hall import HAND, RUNNING
from dashboard.store import accounts
from dashboard.store.accounts import Held
from dashboard.store.core import table_of, upsert
from dashboard.store.passwords import NOBODY
from dashboard.store.seats import holds, is_there
from dashboard.store.tables.accounts import Account, Appointment
from dashboard.store.tables.congress import (
    Meeting,
    Membership,
    MembershipContact,
    MembershipState,
)
from dashboard.store.tables.hall import HallCode, Screen
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.voting import CheckIn, RollEntry, Round

CODES, SEATS, MEETINGS, CONTACTS = map(table_of, (HallCode, Membership, Meeting, MembershipContact))
STATES, ROUNDS, ROLLS, CHECK_INS, SCREENS = map(
    table_of, (MembershipState, Round, RollEntry, CheckIn, Screen)
)


@dataclass(frozen=True, slots=True)
class Found:
    """A code that is there: what it is for, what became of it, and what confirms it."""

    id: str
    meeting_id: UUID
    membership_id: UUID
    means: str
    issued_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None
    closes_on: date
    name: str
    last_four: str | None
    in_office: bool


@dataclass(frozen=True, slots=True)
class Running:
    """A round that a deputy can check in to, whether this one is there, and whether the roll would let in."""

    id: UUID
    state: str
    is_present: bool
    is_entitled: bool


def code_to_use(session: Session, congress: UUID, code: str, today: date) -> Found | None:
    """Return a code by its stored id and lock it: of two who type it at once, one comes after the other."""
    sits = exists().where(
        STATES.c.congress_id == CODES.c.congress_id,
        STATES.c.membership_id == CODES.c.membership_id,
        *holds(SEATS.c, STATES.c, today),
    )
    row = (
        session.connection()
        .execute(
            select(
                CODES.c.id,
                CODES.c.meeting_id,
                CODES.c.membership_id,
                CODES.c.means,
                CODES.c.issued_at,
                CODES.c.used_at,
                CODES.c.revoked_at,
                MEETINGS.c.closes_on,
                SEATS.c.name,
                CONTACTS.c.phone_last_four,
                sits,
            )
            .join(MEETINGS, _of(CODES.c.meeting_id, MEETINGS))
            .join(SEATS, _of(CODES.c.membership_id, SEATS))
            .outerjoin(
                CONTACTS,
                and_(
                    CONTACTS.c.congress_id == CODES.c.congress_id,
                    CONTACTS.c.membership_id == CODES.c.membership_id,
                ),
            )
            .where(CODES.c.congress_id == congress, CODES.c.id == code)
            .with_for_update(of=CODES)
        )
        .one_or_none()
    )
    return Found(*row) if row is not None else None


def count_failure_of(session: Session, congress: UUID, code: str, now: datetime) -> None:
    """Count a failed try on a code, which the clerk sees: many of them ask for a new card."""
    _change(session, congress, code, failures=CODES.c.failures + 1, failed_at=now)


def use(session: Session, congress: UUID, code: str, now: datetime) -> None:
    """Mark a code as used: it opens nothing more."""
    _change(session, congress, code, used_at=now)


def running_round(session: Session, congress: UUID, meeting: UUID, seat: UUID) -> Running | None:
    """Return the round of a meeting that a deputy goes on to: one that is open before one that is only checked."""
    rows = session.connection().execute(
        select(
            ROUNDS.c.id,
            ROUNDS.c.state,
            and_(
                CHECK_INS.c.membership_id.is_not(None),
                is_there(CHECK_INS.c),
            ),
            or_(
                ROUNDS.c.state == "checked",
                exists().where(
                    ROLLS.c.congress_id == ROUNDS.c.congress_id,
                    ROLLS.c.round_id == ROUNDS.c.id,
                    ROLLS.c.membership_id == seat,
                ),
            ),
        )
        .outerjoin(
            CHECK_INS,
            and_(
                CHECK_INS.c.congress_id == ROUNDS.c.congress_id,
                CHECK_INS.c.round_id == ROUNDS.c.id,
                CHECK_INS.c.membership_id == seat,
            ),
        )
        .where(ROUNDS.c.congress_id == congress, ROUNDS.c.meeting_id == meeting, ROUNDS.c.state.in_(RUNNING))
        # False comes before true: what is open before what is only checked.
        .order_by(ROUNDS.c.state == "checked", ROUNDS.c.opened_at.desc(), ROUNDS.c.checked_at.desc())
        .limit(1)
        # Whoever checks in with this sign-in is there before the close, or not at all.
        .with_for_update(read=True, of=ROUNDS)
    )
    row = rows.one_or_none()
    return None if row is None else Running(row[0], row[1], bool(row[2]), bool(row[3]))


def check_in(session: Session, congress: UUID, round_id: UUID, seat: UUID, means: str) -> bool:
    """Write that a seat is there, also one that had left or waits for its confirmation; tell whether that is new.

    One statement: who presses twice, or at two places at once, is there once.
    """
    waits = and_(CHECK_INS.c.means == HAND, CHECK_INS.c.confirmed_by.is_(None))
    written = session.connection().execute(
        upsert(session, CHECK_INS)
        .values(congress_id=congress, round_id=round_id, membership_id=seat, means=means)
        .on_conflict_do_update(
            index_elements=[CHECK_INS.c.congress_id, CHECK_INS.c.round_id, CHECK_INS.c.membership_id],
            set_={"means": means, "left_at": None, "confirmed_by": None},
            where=or_(CHECK_INS.c.left_at.is_not(None), waits if means != HAND else false()),
        )
        .returning(CHECK_INS.c.membership_id)
    )
    return written.one_or_none() is not None


def account_of_seat(session: Session, congress: UUID, found: Found, now: datetime) -> tuple[UUID, Held]:
    """Return the account that acts for a seat, made where there is none: nobody knows its password."""
    held = accounts.held_for_seat(session, congress, found.membership_id, now)
    if held is not None:
        return held
    account = Account(
        id=new_id(),
        # Not the seat's alone: an account made here before may have been disabled since.
        name=f"seat-{found.membership_id.hex}-{new_id().hex[-6:]}",
        display_name=found.name,
        password_hash=NOBODY,
        must_change=False,
        created_at=now,
    )
    session.add(account)
    session.flush()
    session.add(
        Appointment(
            congress_id=congress,
            id=new_id(),
            account_id=account.id,
            role="deputy",
            membership_id=found.membership_id,
            department_id=None,
            from_day=now.astimezone(SHANGHAI).date(),
            to_day=None,
        )
    )
    session.flush()
    made = accounts.held_for_seat(session, congress, found.membership_id, now)
    assert made is not None
    return made


def screen_of(session: Session, congress: UUID, meeting: UUID) -> Screen:
    """Return the screen of a meeting, made with a secret of its own where there is none yet."""
    values = {"round_id": None, "shows": "check_in", "version": 1, "secret": secrets.token_hex(32)}
    session.connection().execute(
        upsert(session, SCREENS)
        .values(congress_id=congress, meeting_id=meeting, **values)
        .on_conflict_do_nothing()
    )
    return session.get_one(Screen, (congress, meeting))


def _change(session: Session, congress: UUID, code: str, **values: Any) -> None:
    session.connection().execute(
        update(CODES).where(CODES.c.congress_id == congress, CODES.c.id == code).values(**values)
    )


def _of(key: Any, table: Any) -> Any:
    return and_(table.c.congress_id == key.table.c.congress_id, table.c.id == key)
