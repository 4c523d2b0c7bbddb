"""What a sign-in session may do that a hall code opened: it is of one meeting, and no scrutineer's own sign-in."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.rules.refused import Refused
from dashboard.store.tables.accounts import SignInSession
from dashboard.store.tables.hall import HallCode


def own_sign_in(session: Session, session_id: str | None) -> None:
    """Refuse an act to a sign-in session that a hall code opened: name and password were not typed for it.

    A hall code lets in who holds the card and knows four digits of a phone, and the clerk knows both. That is enough
    to check in and to vote, which the scrutineers watch; it is not enough to be one of them.
    """
    kept = session.get(SignInSession, session_id) if session_id is not None else None
    if kept is not None and kept.hall_code is not None:
        raise Refused("hall_code_session")


def own_meeting(session: Session, session_id: str | None, meeting_id: UUID | None) -> None:
    """Refuse a sign-in session that a hall code of another meeting opened: a code lets in to its meeting alone.

    A practice may be of no meeting: whoever is in may practise.
    """
    kept = session.get(SignInSession, session_id) if session_id is not None else None
    if kept is None or kept.hall_code is None or meeting_id is None:
        return
    if session.scalar(select(HallCode.meeting_id).where(HallCode.id == kept.hall_code)) != meeting_id:
        raise Refused("hall_other_meeting")
