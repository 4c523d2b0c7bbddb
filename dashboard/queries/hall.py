"""The way in: which rounds are going on, and what the screen shows for checking in."""

from uuid import UUID

from sqlalchemy import select

from dashboard.gate import Call, query
from dashboard.rules import hall
from dashboard.rules.hall_frames import Going
from dashboard.store.joins import leads
from dashboard.store.tables.congress import Meeting
from dashboard.store.tables.hall import Screen
from dashboard.store.tables.voting import Round


@query("hall.read")
def going_on(call: Call) -> tuple[Going, ...]:
    """Return to members the rounds between freeze and close, those that are open first; to the public none."""
    if not call.is_member:
        return ()
    rows = call.session.execute(
        select(Round.id, Round.title, Round.state, Meeting.name)
        .outerjoin(Meeting, leads(Round.meeting_id, Meeting))
        .where(Round.state.in_(hall.RUNNING))
        .order_by(Round.state == "checked", Round.opened_at.desc(), Round.checked_at.desc())
    )
    return tuple(Going(*row) for row in rows)


@query("check_in.names")
def check_in_code(call: Call, meeting_id: UUID) -> tuple[str, int] | None:
    """Return to the clerk the code that deputies check in with now, and for how many seconds it is shown."""
    code = code_on_screen(call, meeting_id)
    return None if code is None else (code, hall.seconds_left(call.now))


def code_on_screen(call: Call, meeting_id: UUID) -> str | None:
    """Return the six digits of a meeting's screen, None where nobody has begun the check-in.

    For queries whose own action lets in: the clerk's page, and the screen of the hall.
    """
    secret = call.session.scalar(select(Screen.secret).where(Screen.meeting_id == meeting_id))
    return None if secret is None else hall.rotating_code(secret, call.now)
