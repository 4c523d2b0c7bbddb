"""The hall: one-time codes for deputies, tokens for screens, and what the screen of a meeting shows."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from dashboard.store.tables.keys import Base, Closed, to


class HallCode(Closed, Base):
    """A code with which one deputy signs in at one meeting, once: `id` is a keyed hash of it.

    `means` is printed, seat or screen. The last four digits of the phone confirm it; failures only delay.
    """

    __tablename__ = "hall_codes"
    __table_args__ = (
        to("meetings", "meeting_id"),
        to("memberships", "membership_id"),
        to("appointments", "issued_by"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID]
    membership_id: Mapped[UUID]
    means: Mapped[str]
    issued_by: Mapped[UUID | None]
    issued_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None]


class ScreenToken(Closed, Base):
    """A read-only token of one screen for one meeting: `id` is its SHA-256, the token is stored nowhere."""

    __tablename__ = "screen_tokens"
    __table_args__ = (to("meetings", "meeting_id"), to("appointments", "issued_by"))

    id: Mapped[str] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID]
    issued_by: Mapped[UUID | None]
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Screen(Closed, Base):
    """What the screen of a meeting shows, as the clerk chose; `secret` makes the check-in codes that change."""

    __tablename__ = "screens"
    __table_args__ = (to("meetings", "meeting_id"), to("rounds", "round_id"))

    meeting_id: Mapped[UUID] = mapped_column(primary_key=True)
    round_id: Mapped[UUID | None]
    shows: Mapped[str]
    version: Mapped[int]
    secret: Mapped[str]
