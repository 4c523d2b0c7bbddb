"""Who may sign in, for which appointment, and the sessions that can be revoked."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.store.tables.keys import Base, Closed, Instant, Keyed, to


class Account(Base):
    """A person who signs in; the password is an Argon2 hash, the first one must be changed."""

    __tablename__ = "accounts"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    password_hash: Mapped[str]
    must_change: Mapped[bool]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class Appointment(Closed, Keyed, Base):
    """An account's role in one congress, bound to a seat or a department where the role needs one."""

    __tablename__ = "appointments"
    __table_args__ = (
        to("memberships", "membership_id"),
        to("departments", "department_id"),
        UniqueConstraint("congress_id", "account_id", "role", "membership_id", "department_id"),
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), index=True)
    role: Mapped[str]
    membership_id: Mapped[UUID | None]
    department_id: Mapped[UUID | None]
    from_day: Mapped[date]
    to_day: Mapped[date | None]


class SignInSession(Base):
    """One signed-in browser: `id` is the SHA-256 of the cookie's token, which is stored nowhere.

    One that a hall code opened (`hall_code`) stays with the seat of that code and ends with it. One that was opened
    at a shared terminal (`terminal`) leaves nothing there, whichever address it is used on.
    """

    __tablename__ = "sign_in_sessions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["congress_id", "appointment_id"], ["appointments.congress_id", "appointments.id"]
        ),
        ForeignKeyConstraint(["congress_id", "hall_code"], ["hall_codes.congress_id", "hall_codes.id"]),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), index=True)
    congress_id: Mapped[UUID | None]
    appointment_id: Mapped[UUID | None]
    hall_code: Mapped[str | None]
    terminal: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class SignInFailure(Base):
    """Failed tries of one account from one address; `id` is a keyed hash of both, so no address is kept."""

    __tablename__ = "sign_in_failures"

    id: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(Instant, index=True)
