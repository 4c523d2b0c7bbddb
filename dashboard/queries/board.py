"""The live board: what is read of a round while it runs, and what the screen of a meeting shows.

Nobody's marks are read here but those of recorded rounds whose frozen rules show them live; a result is read from
the counts that the close stored.
"""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.gate import Call, query, relate
from dashboard.i18n import SHANGHAI
from dashboard.queries.board_turnout import groups, turnout
from dashboard.queries.board_votes import chosen, live, result
from dashboard.queries.hall import code_on_screen
from dashboard.rules.board import (
    ANNOUNCED,
    BOARD,
    CHECK_IN,
    TITLE,
    Board,
    Code,
    Control,
    Held,
    Shown,
    delegations_told,
    rules_in,
    shows_chosen,
    shows_live,
    shows_votes,
    view_of,
)
from dashboard.rules.hall import RUNNING, seconds_left
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role, may
from dashboard.store.joins import leads
from dashboard.store.tables.congress import Meeting
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.hall import Screen, ScreenToken
from dashboard.store.tables.voting import Round, RoundOption

LATEST_FIRST = (Round.opened_at.is_not(None), Round.opened_at.desc(), Round.id.desc())


@query("board.read")
def may_read(call: Call, round_id: UUID) -> bool:
    """Tell whether the caller's board of a round tells the turnout of delegations; refuse who may not read it."""
    relate(call, "board.read", round_id=round_id)
    if call.session.scalar(select(Round.id).where(Round.id == round_id)) is None:
        raise Refused("not_found")
    return may(call.role, "board.delegations")


@query("board.read")
def board(call: Call, round_id: UUID, *, hall: bool = False) -> Board:
    """Return the board of a round; in the `hall` it tells no delegations, whoever looks."""
    relate(call, "board.read", round_id=round_id)
    return _board(call, round_id, delegations=may(call.role, "board.delegations") and not hall)


@query("board.read")
def shown(call: Call) -> Shown:
    """Return what the screen shows that the caller is: its meeting's title where nobody has chosen yet."""
    relate(call, "board.read", meeting_id=call.actor.meeting_id)
    meeting = call.session.scalar(select(Meeting).where(Meeting.id == call.actor.meeting_id))
    if meeting is None or call.place is None:
        raise Refused("not_found")
    screen = call.session.scalar(select(Screen).where(Screen.meeting_id == meeting.id))
    what, version = (TITLE, 0) if screen is None else (screen.shows, screen.version)
    found = Shown(what, version, call.place.name, meeting.name, call.place.simulated)
    if screen is None or what not in {BOARD, CHECK_IN}:
        return found
    round_id = screen.round_id or _going_on(call.session, meeting.id)
    if round_id is None:
        return found
    found = replace(found, board=_board(call, round_id, delegations=False))
    return replace(found, code=_code(call, meeting.id, round_id)) if what == CHECK_IN else found


@query("board.read")
def boards(call: Call, year: int) -> tuple[Held, ...]:
    """Return the rounds of a cycle whose board the caller may look at, the latest first."""
    if call.role is Role.PUBLIC:
        raise Refused("sign_in_first")
    rows = call.session.execute(
        select(Round, Meeting.name)
        .join(Cycle, leads(Round.cycle_id, Cycle))
        .outerjoin(Meeting, leads(Round.meeting_id, Meeting))
        .where(Cycle.year == year)
        .order_by(*LATEST_FIRST)
    )
    found = []
    for row, meeting in rows:
        try:
            relate(call, "board.read", round_id=row.id)
        except Refused:
            continue
        moment = row.opened_at or row.closed_at
        day = None if moment is None else moment.astimezone(SHANGHAI).date()
        found.append(Held(str(row.id), row.title, row.purpose, _state(row), meeting, day))
    return tuple(found)


@query("board.read")
def control(call: Call, round_id: UUID) -> Control | None:
    """Return what is to be controlled from a round's board; None where its round belongs to no meeting."""
    relate(call, "board.read", round_id=round_id)
    meeting = call.session.scalar(
        select(Meeting).join(Round, leads(Round.meeting_id, Meeting)).where(Round.id == round_id)
    )
    if meeting is None:
        return None
    screen = call.session.scalar(select(Screen).where(Screen.meeting_id == meeting.id))
    screens = call.session.scalar(
        select(func.count())
        .select_from(ScreenToken)
        .where(
            ScreenToken.meeting_id == meeting.id,
            ScreenToken.revoked_at.is_(None),
            ScreenToken.expires_at > call.now,
        )
    )
    rounds = call.session.scalars(select(Round).where(Round.meeting_id == meeting.id).order_by(*LATEST_FIRST))
    return Control(
        meeting.id,
        meeting.name,
        meeting.closes_on,
        TITLE if screen is None else screen.shows,
        None if screen is None or screen.round_id is None else str(screen.round_id),
        tuple(Held(str(one.id), one.title, one.purpose, _state(one), meeting.name, None) for one in rounds),
        screens or 0,
    )


def _going_on(session: Session, meeting: UUID) -> UUID | None:
    """Return the round that one checks in to where the clerk has chosen none: the one frozen last."""
    held = select(Round.id).where(Round.meeting_id == meeting, Round.state.in_(RUNNING))
    return session.scalar(held.order_by(Round.checked_at.desc()).limit(1))


def _code(call: Call, meeting: UUID, round_id: UUID) -> Code | None:
    """Return the check-in code of this half minute, which stands for as long as it is shown."""
    digits = code_on_screen(call, meeting)
    if digits is None:
        return None
    until = call.now.replace(microsecond=0) + timedelta(seconds=seconds_left(call.now))
    return Code(digits, until, str(round_id))


def _state(row: Round) -> str:
    """Return the state of a round; announced but not yet published, it is reported, no more."""
    return "reported" if row.state == ANNOUNCED and row.published_at is None else row.state


def _board(call: Call, round_id: UUID, *, delegations: bool) -> Board:
    one = call.session.execute(
        select(Round, Meeting.name)
        .outerjoin(Meeting, leads(Round.meeting_id, Meeting))
        .where(Round.id == round_id)
    ).one_or_none()
    if one is None:
        raise Refused("not_found")
    row, meeting = one
    rules, published = rules_in(row.rules), row.published_at is not None
    found = groups(call.session, row, call.today)
    present = turnout(call.session, row, rules, found)
    votes, is_live = None, shows_live(row.purpose, row.state, rules)
    if shows_votes(row.purpose, row.state, rules, published=published, sealed=row.box_digest is not None):
        votes = result(call, row, present)
    elif shows_chosen(row.purpose, row.state, published=published):
        votes = chosen(call, row, present)
    elif is_live and rules is not None:
        votes = live(call, row, rules, present)
    candidates = call.session.scalar(
        select(func.count()).select_from(RoundOption).where(RoundOption.round_id == round_id)
    )
    return Board(
        round_id=str(row.id),
        title=row.title,
        purpose=row.purpose,
        state=_state(row),
        view=view_of(row.state, votes is not None),
        turnout=present,
        meeting=meeting,
        places=row.places,
        candidates=candidates or 0,
        opened_at=row.opened_at,
        closes_at=row.closes_at,
        delegations=delegations_told([one.told for one in found]) if delegations else (),
        result=votes,
        live=is_live and votes is not None,
        outcome=None if votes is None else (row.facts or {}).get("outcome", {}).get("state"),
        on_paper=row.on_paper,
        simulated=call.place is not None and call.place.simulated,
    )
