"""The clerk's hand on the big screen: what it shows, and which screens are let in.

None of this is an act: it shows what the rules let everybody in the hall see, and changes nothing of a round.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select

from dashboard.gate import Call, command
from dashboard.i18n import SHANGHAI
from dashboard.rules.board import BLANK, SHOWS, TITLE
from dashboard.rules.refused import Refused
from dashboard.store.hall import screen_of
from dashboard.store.passwords import token_digest
from dashboard.store.tables.congress import Meeting
from dashboard.store.tables.hall import ScreenToken
from dashboard.store.tables.voting import Round

# More than any hall has; a forgotten button pressed again and again fills no table.
MOST_SCREENS = 20


@dataclass(frozen=True, slots=True)
class LetIn:
    """A token that was just issued, the last day on which it holds, and how many screens are let in with it."""

    token: str
    ends: date
    screens: int


@command("board.control")
def show(call: Call, meeting_id: UUID, shows: str, round_id: UUID | None = None) -> int:
    """Let the screen of a meeting show something, of one of its rounds where it needs one; return its new version."""
    if shows not in SHOWS:
        raise Refused("malformed")
    meeting = _meeting(call, meeting_id)
    if shows in {BLANK, TITLE}:
        round_id = None
    elif not _is_of(call, meeting, round_id):
        raise Refused("screen_round")
    screen = screen_of(call.session, call.congress_id, meeting.id)
    if (screen.shows, screen.round_id) != (shows, round_id):
        screen.shows, screen.round_id, screen.version = shows, round_id, screen.version + 1
    return screen.version


@command("board.control")
def let_in(call: Call, meeting_id: UUID) -> LetIn:
    """Issue the token of one more screen, to hold until its meeting ends; it is told here once and stored nowhere."""
    meeting = _meeting(call, meeting_id)
    expires = _end(call, meeting)
    if expires <= call.now:
        raise Refused("meeting_over", meeting=meeting.name)
    held = call.session.scalars(
        select(ScreenToken).where(
            ScreenToken.meeting_id == meeting.id,
            ScreenToken.revoked_at.is_(None),
            ScreenToken.expires_at > call.now,
        )
    ).all()
    if len(held) >= MOST_SCREENS:
        raise Refused("screens_many", n=MOST_SCREENS)
    token = secrets.token_urlsafe(32)
    call.session.add(
        ScreenToken(
            congress_id=call.congress_id,
            id=token_digest(token),
            meeting_id=meeting.id,
            issued_by=call.actor.appointment_id,
            issued_at=call.now,
            expires_at=expires,
            revoked_at=None,
        )
    )
    screen_of(call.session, call.congress_id, meeting.id)
    return LetIn(token, meeting.closes_on, len(held) + 1)


@command("board.control")
def shut_out(call: Call, meeting_id: UUID) -> int:
    """Revoke the tokens of every screen of a meeting; return how many."""
    meeting = _meeting(call, meeting_id)
    held = call.session.scalars(
        select(ScreenToken).where(ScreenToken.meeting_id == meeting.id, ScreenToken.revoked_at.is_(None))
    ).all()
    for one in held:
        one.revoked_at = call.now
    return len(held)


def _meeting(call: Call, meeting_id: UUID) -> Meeting:
    meeting = call.session.scalar(select(Meeting).where(Meeting.id == meeting_id))
    if meeting is None:
        raise Refused("not_found")
    return meeting


def _is_of(call: Call, meeting: Meeting, round_id: UUID | None) -> bool:
    held = select(Round.id).where(Round.id == round_id, Round.meeting_id == meeting.id)
    return round_id is not None and call.session.scalar(held) is not None


def _end(call: Call, meeting: Meeting) -> datetime:
    """Return the end of a meeting's last day in Shanghai; a demonstration's days are counted from today's date."""
    real = call.now.astimezone(SHANGHAI).date()
    left = meeting.closes_on - call.today
    return datetime.combine(real + left + timedelta(days=1), time(), SHANGHAI)
