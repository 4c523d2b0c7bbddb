"""Accounts, sessions and failed tries: global rows, and the one place that reads appointments across congresses."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Connection, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from dashboard.i18n import SHANGHAI
from dashboard.rules.refused import Refused
from dashboard.store.core import table_of, upsert
from dashboard.store.tables.accounts import Account, Appointment, SignInFailure, SignInSession
from dashboard.store.tables.congress import Congress

LIFETIME = timedelta(hours=12)
# Core on purpose: the row filter knows one congress, a person may serve in several.
ACCOUNTS, KEPT, HELD, CONGRESSES = map(table_of, (Account, SignInSession, Appointment, Congress))
SHOWN = (
    HELD.c.id,
    HELD.c.congress_id,
    CONGRESSES.c.code,
    CONGRESSES.c.name_zh,
    HELD.c.role,
    HELD.c.membership_id,
    HELD.c.department_id,
)


@dataclass(frozen=True, slots=True)
class Held:
    """One appointment of an account, as the menu shows it and a session is bound to it."""

    id: UUID
    congress_id: UUID
    congress_code: str
    congress_name: str
    role: str
    membership_id: UUID | None
    department_id: UUID | None


@dataclass(frozen=True, slots=True)
class Live:
    """A session that holds: its account, and the appointment it acts under."""

    session_id: str
    account_id: UUID
    display_name: str
    must_change: bool
    held: Held | None
    expires_at: datetime
    at_terminal: bool


def _today(now: datetime) -> date:
    return now.astimezone(SHANGHAI).date()


def _holds(today: date | BindParameter[date]) -> ColumnElement[bool]:
    """Tell whether an appointment holds on a day in China."""
    return and_(HELD.c.from_day <= today, or_(HELD.c.to_day.is_(None), HELD.c.to_day >= today))


def appointments_of(session: Session, account: UUID, now: datetime) -> Sequence[Held]:
    """Return an account's appointments that hold on this day in China, in every congress."""
    rows = session.connection().execute(
        select(*SHOWN)
        .join(CONGRESSES, CONGRESSES.c.id == HELD.c.congress_id)
        .where(HELD.c.account_id == account, _holds(_today(now)))
        .order_by(CONGRESSES.c.code, HELD.c.role)
    )
    return [Held(*row) for row in rows]


def held_for_seat(session: Session, congress: UUID, seat: UUID, now: datetime) -> tuple[UUID, Held] | None:
    """Return the oldest account that acts for a seat today and is not disabled, with its appointment."""
    row = (
        session.connection()
        .execute(
            select(ACCOUNTS.c.id, *SHOWN)
            .join(HELD, HELD.c.account_id == ACCOUNTS.c.id)
            .join(CONGRESSES, CONGRESSES.c.id == HELD.c.congress_id)
            .where(
                HELD.c.congress_id == congress,
                HELD.c.membership_id == seat,
                HELD.c.role == "deputy",
                ACCOUNTS.c.disabled_at.is_(None),
                _holds(_today(now)),
            )
            .order_by(ACCOUNTS.c.created_at, ACCOUNTS.c.id)
            .limit(1)
        )
        .one_or_none()
    )
    return (row[0], Held(*row[1:])) if row is not None else None


def end_sessions_of_codes(session: Session, codes: Collection[str], now: datetime) -> list[str]:
    """End the sessions that some hall codes opened, and return their digests."""
    ended = session.scalars(
        select(SignInSession).where(SignInSession.hall_code.in_(codes), SignInSession.revoked_at.is_(None))
    ).all()
    for kept in ended:
        kept.revoked_at = now
    return [kept.id for kept in ended]


def account_by_name(session: Session, name: str) -> Account | None:
    """Return the account that signs in with a name."""
    return session.scalar(select(Account).where(Account.name == name))


def open_session(
    session: Session,
    digest: str,
    account: UUID,
    held: Held | None,
    now: datetime,
    *,
    lifetime: timedelta = LIFETIME,
    hall_code: str | None = None,
    terminal: bool = False,
) -> None:
    """Keep a new session under its token's digest; `hall_code` is the id of the code that opened it.

    `terminal` says that it was opened at a shared terminal.
    """
    session.add(
        SignInSession(
            id=digest,
            account_id=account,
            congress_id=held.congress_id if held else None,
            appointment_id=held.id if held else None,
            hall_code=hall_code,
            terminal=terminal,
            created_at=now,
            expires_at=now + lifetime,
            revoked_at=None,
        )
    )


# Asked for every member's first request of a second: one statement, written once.
_LIVE = (
    select(
        KEPT.c.expires_at,
        KEPT.c.terminal,
        ACCOUNTS.c.id,
        ACCOUNTS.c.display_name,
        # Who comes by a hall code has typed no password, so none needs to be changed first.
        and_(ACCOUNTS.c.must_change, KEPT.c.hall_code.is_(None)),
        *SHOWN,
    )
    .join(ACCOUNTS, ACCOUNTS.c.id == KEPT.c.account_id)
    .outerjoin(
        HELD,
        and_(
            HELD.c.congress_id == KEPT.c.congress_id,
            HELD.c.id == KEPT.c.appointment_id,
            HELD.c.account_id == KEPT.c.account_id,
            _holds(bindparam("today")),
        ),
    )
    .outerjoin(CONGRESSES, CONGRESSES.c.id == HELD.c.congress_id)
    .where(
        KEPT.c.id == bindparam("digest"),
        KEPT.c.revoked_at.is_(None),
        KEPT.c.expires_at > bindparam("now"),
        ACCOUNTS.c.disabled_at.is_(None),
    )
)


def live_session(connection: Connection, digest: str, now: datetime) -> Live | None:
    """Return the session of a token's digest if it still holds: not revoked, not expired, account not disabled."""
    named = {"digest": digest, "now": now, "today": _today(now)}
    row = connection.execute(_LIVE, named).one_or_none()
    if row is None:
        return None
    expires_at, at_terminal, account, name, must_change, *shown = row
    held = Held(*shown) if shown[0] else None
    return Live(digest, account, name, must_change, held, expires_at, at_terminal)


def live_within(session: Session, digest: str, now: datetime) -> Live | None:
    """Return what live_session does, within the transaction of a command."""
    return live_session(session.connection(), digest, now)


def bind_session(session: Session, digest: str, held: Held) -> None:
    """Let a session act under another appointment of the same account, unless a hall code opened it."""
    # Through the unit of work: these calls stand beside all congresses, where the row filter refuses bulk writes.
    kept = session.get_one(SignInSession, digest)
    if kept.hall_code is not None:
        raise Refused("hall_one_seat")
    kept.congress_id, kept.appointment_id = held.congress_id, held.id


def revoke(
    session: Session, now: datetime, *, account: UUID, only: str | None = None, keep: str | None = None
) -> list[str]:
    """End sessions of an account (all, one, or all but one) and return the digests ended."""
    statement = select(SignInSession).where(
        SignInSession.account_id == account, SignInSession.revoked_at.is_(None)
    )
    if only is not None:
        statement = statement.where(SignInSession.id == only)
    ended = [kept for kept in session.scalars(statement) if kept.id != keep]
    for kept in ended:
        kept.revoked_at = now
    return [kept.id for kept in ended]


def failures(session: Session, key: str) -> SignInFailure | None:
    """Return the failed tries kept under a key of account and address."""
    return session.get(SignInFailure, key, with_for_update=True)


def count_failure(session: Session, key: str, now: datetime) -> None:
    """Add one failed try."""
    # One statement: two tries at once would both find nothing kept and write it twice.
    table = table_of(SignInFailure)
    session.connection().execute(
        upsert(session, table)
        .values(id=key, count=1, last_at=now)
        .on_conflict_do_update(index_elements=[table.c.id], set_={"count": table.c.count + 1, "last_at": now})
    )


def forgive(session: Session, key: str) -> None:
    """Forget the failed tries after a success."""
    kept = failures(session, key)
    if kept is not None:
        session.delete(kept)
