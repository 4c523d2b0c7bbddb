"""What scrutineers and tellers do asks for their own sign-in: a hall code went through the clerk's hands."""

from sqlalchemy.orm import Session

from dashboard.rules.refused import Refused
from dashboard.store.tables.accounts import SignInSession


def own_sign_in(session: Session, session_id: str | None) -> None:
    """Refuse an act to a sign-in session that a hall code opened: name and password were not typed for it.

    A hall code lets in who holds the card and knows four digits of a phone, and the clerk knows both. That is enough
    to check in and to vote, which the scrutineers watch; it is not enough to be one of them.
    """
    kept = session.get(SignInSession, session_id) if session_id is not None else None
    if kept is not None and kept.hall_code is not None:
        raise Refused("hall_code_session")
