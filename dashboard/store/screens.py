"""The tokens of screens: found by their digest, for as long as they hold."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.store.tables.hall import ScreenToken


@dataclass(frozen=True, slots=True)
class LiveScreen:
    """A screen that was let in to a meeting of a congress, until a moment."""

    congress_id: UUID
    meeting_id: UUID
    expires_at: datetime


def live_screen(session: Session, digest: str, now: datetime) -> LiveScreen | None:
    """Return the meeting that a token's digest opens; None where it is unknown, revoked or has expired."""
    kept = session.scalar(
        select(ScreenToken).where(
            ScreenToken.id == digest, ScreenToken.revoked_at.is_(None), ScreenToken.expires_at > now
        )
    )
    return None if kept is None else LiveScreen(kept.congress_id, kept.meeting_id, kept.expires_at)
