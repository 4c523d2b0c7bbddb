"""Who is there (实到): deputies check themselves in, the clerk by hand with a scrutineer's confirmation.

Deputies check in from the freeze of a round to its close. Until it opens there is no roll: whoever sits in office
today may check in (the relation of `check_in.self`); from the opening on only who stands on the frozen roll. Checking
oneself in is no act and raises no topic; what the clerk does by hand is an act, which the scrutineers are shown.
"""

import hashlib
import math
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.gate import Call, command, relate
from dashboard.rules import hall, patience
from dashboard.rules.hall_frames import TakenOver
from dashboard.rules.refused import Refused
from dashboard.rules.rounds import PRACTICE
from dashboard.store import accounts
from dashboard.store.hall import check_in, screen_of
from dashboard.store.own_sign_in import own_meeting, own_sign_in
from dashboard.store.seats import BEFORE_OPENING, entitled, is_same_hall, is_there
from dashboard.store.tables.accounts import SignInSession
from dashboard.store.tables.congress import Meeting, Membership
from dashboard.store.tables.hall import HallCode, Screen
from dashboard.store.tables.voting import CheckIn, RollEntry, Round
from dashboard.store.witness import witness


@command("check_in.self")
def check_in_self(call: Call, round_id: UUID, code: str | None, pepper: bytes) -> Refused | None:
    """Check the signed-in deputy in: by the code on the screen now, or without one by the code at the seat.

    A wrong code is returned, not raised, so that it stays counted; it delays the next try and locks nothing.
    """
    relate(call, "check_in.self", round_id=round_id)
    row, seat = _running(call, round_id), call.actor.membership_id
    if seat is None:
        raise Refused("not_yours")
    own_meeting(call.session, call.actor.session_id, row.meeting_id)
    _check_entitled(call, row, seat)
    if code is None:
        if not _sits_at_the_code(call, row):
            raise Refused("check_in_no_seat_code")
        check_in(call.session, call.congress_id, round_id, seat, hall.SEAT)
        return None
    return _by_screen(call, row, seat, code, pepper)


def _by_screen(call: Call, row: Round, seat: UUID, code: str, pepper: bytes) -> Refused | None:
    key = hall.keyed(pepper, "check-in try", str(row.id), str(seat))
    kept = accounts.failures(call.session, key, call.now)
    if kept is not None:
        left = patience.wait(kept.count, kept.last_at, call.now, hall.LONGEST_WAIT)
        if left > timedelta():
            return Refused("hall_wait", seconds=math.ceil(left.total_seconds()))
    typed = hall.read_digits(code, hall.DIGITS)
    secret = call.session.scalar(select(Screen.secret).where(Screen.meeting_id == row.meeting_id))
    if secret is None:
        raise Refused("check_in_no_screen")
    if typed is None or not hall.is_on_screen(secret, typed, call.now):
        accounts.count_failure(call.session, key, call.now)
        return Refused("check_in_wrong")
    accounts.forgive(call.session, key)
    check_in(call.session, call.congress_id, row.id, seat, hall.SCREEN)
    return None


def _sits_at_the_code(call: Call, row: Round) -> bool:
    """Tell whether this session was opened by a code at a seat, of this round's meeting."""
    kept = call.session.get(SignInSession, call.actor.session_id or "")
    if kept is None or kept.hall_code is None:
        return False
    found = call.session.scalar(
        select(HallCode.membership_id).where(
            HallCode.id == kept.hall_code, HallCode.meeting_id == row.meeting_id, HallCode.means == hall.SEAT
        )
    )
    return found is not None and found == call.actor.membership_id


@command("check_in.record")
def check_in_by_hand(call: Call, round_id: UUID, seat: UUID) -> None:
    """Check a deputy in by hand, also one who had left: counts once a scrutineer has confirmed it."""
    row = _running(call, round_id)
    _check_entitled(call, row, seat)
    if check_in(call.session, call.congress_id, round_id, seat, hall.HAND):
        _record(call, "round_checked_in", round_id, seat)


@command("check_in.record")
def record_leave(call: Call, round_id: UUID, seat: UUID) -> None:
    """Record that a deputy left: present no more, unless the vote is in, which stays."""
    _running(call, round_id)
    known = _check_in(call, round_id, seat)
    if known is None:
        raise Refused("not_checked_in")
    if known.left_at is None:
        known.left_at = call.now
        _record(call, "round_left", round_id, seat)


@command("check_in.record")
def record_return(call: Call, round_id: UUID, seat: UUID) -> None:
    """Record that a deputy who had left is back: by hand, so a scrutineer confirms it anew."""
    row = _running(call, round_id)
    _check_entitled(call, row, seat)
    known = _check_in(call, round_id, seat)
    if known is None or known.left_at is None:
        raise Refused("not_left")
    known.means, known.left_at, known.confirmed_by = hall.HAND, None, None
    _record(call, "round_checked_in", round_id, seat)


@command("check_in.confirm")
def confirm_check_in(call: Call, round_id: UUID, seats: Sequence[UUID], *, is_there: bool = True) -> None:
    """Confirm check-ins by hand as a scrutineer who sees these deputies, or take them back.

    Nobody confirms the own one, and nobody confirms any who came by a hall code: the clerk hands those out.
    """
    relate(call, "check_in.confirm", round_id=round_id)
    own_sign_in(call.session, call.actor.session_id)
    _running(call, round_id)
    if call.actor.membership_id in seats:
        raise Refused("check_in_own")
    waiting = [known for known in _check_ins(call.session, round_id, seats) if _waits(known)]
    if not waiting:
        raise Refused("check_in_not_waiting")
    for known in waiting:
        if is_there:
            known.confirmed_by = call.actor.membership_id
        else:
            call.session.delete(known)
    kind = "round_check_in_confirmed" if is_there else "round_check_in_refused"
    call.act(
        kind,
        **witness(call.session, call.congress_id, round_id, ()),
        count=len(waiting),
        seats_digest=_digest(known.membership_id for known in waiting),
    )


@command("check_in.record")
def take_over(call: Call, round_id: UUID, earlier_id: UUID) -> TakenOver:
    """Check in to a round who is there in another one of the same meeting, and return how many.

    At the round that this one follows (a run-off, a second ballot, a repetition) its scrutineers watched who came, so
    that they are there on that day. From any other round, and a day later, the clerk alone would say so: each is
    written by hand and waits for a scrutineer. Nobody watches who is there at a practice.
    """
    row = _running(call, round_id)
    earlier = call.session.scalar(select(Round).where(Round.id == earlier_id, Round.id != round_id))
    if earlier is None or earlier.meeting_id is None or earlier.meeting_id != row.meeting_id:
        raise Refused("not_found")
    if earlier.purpose == PRACTICE:
        raise Refused("take_over_practice")
    is_followed = row.after_id == earlier.id and is_same_hall(earlier.closed_at, call.now)
    taken = _to_take(call, row, earlier.id)
    for one in taken:
        new = _new(call, round_id, one.membership_id, one.means if is_followed else hall.HAND)
        new.confirmed_by = one.confirmed_by if is_followed else None
        call.session.add(new)
    call.act(
        "round_check_ins_taken_over" if is_followed else "round_check_ins_copied",
        **witness(call.session, call.congress_id, round_id, ()),
        earlier=str(earlier_id),
        count=len(taken),
        seats_digest=_digest(one.membership_id for one in taken),
    )
    return TakenOver(len(taken), waits=bool(taken) and not is_followed)


def _to_take(call: Call, row: Round, earlier: UUID) -> list[CheckIn]:
    """Return the check-ins that hold at an earlier round, of seats that may vote here and are not known yet."""
    known = set(call.session.scalars(select(CheckIn.membership_id).where(CheckIn.round_id == row.id)))
    may = set(call.session.scalars(entitled(row.id, row.state, call.today)))
    there = call.session.scalars(select(CheckIn).where(CheckIn.round_id == earlier, is_there(CheckIn)))
    return [one for one in there if one.membership_id in may and one.membership_id not in known]


@command("check_in.record")
def begin(call: Call, meeting_id: UUID) -> None:
    """Give a meeting the secret from which its screen's codes are made, where it has none yet."""
    if call.session.scalar(select(Meeting.id).where(Meeting.id == meeting_id)) is None:
        raise Refused("not_found")
    screen_of(call.session, call.congress_id, meeting_id)


def _running(call: Call, round_id: UUID) -> Round:
    """Return a round between its freeze and its close, and keep it from closing until this is written."""
    row = call.session.scalar(select(Round).where(Round.id == round_id).with_for_update(read=True))
    if row is None:
        raise Refused("not_found")
    if row.state not in hall.RUNNING:
        raise Refused("check_in_closed")
    return row


def _check_entitled(call: Call, row: Round, seat: UUID) -> None:
    key = Membership.id if row.state in BEFORE_OPENING else RollEntry.membership_id
    if call.session.scalar(entitled(row.id, row.state, call.today).where(key == seat)) is None:
        raise Refused("not_on_roll")


def _check_in(call: Call, round_id: UUID, seat: UUID) -> CheckIn | None:
    return next(iter(_check_ins(call.session, round_id, [seat])), None)


def _check_ins(session: Session, round_id: UUID, seats: Sequence[UUID]) -> Sequence[CheckIn]:
    return session.scalars(
        select(CheckIn)
        .where(CheckIn.round_id == round_id, CheckIn.membership_id.in_(seats))
        .order_by(CheckIn.membership_id)
        .with_for_update()
    ).all()


def _new(call: Call, round_id: UUID, seat: UUID, means: str) -> CheckIn:
    return CheckIn(
        congress_id=call.congress_id,
        round_id=round_id,
        membership_id=seat,
        confirmed_by=None,
        means=means,
        left_at=None,
    )


def _waits(known: CheckIn) -> bool:
    """Tell whether a check-in by hand waits for a scrutineer."""
    return known.means == hall.HAND and known.confirmed_by is None and known.left_at is None


def _record(call: Call, kind: str, round_id: UUID, seat: UUID) -> None:
    call.act(kind, **witness(call.session, call.congress_id, round_id, ()), seat=str(seat))


def _digest(seats: Iterable[UUID]) -> str:
    return hashlib.sha256("\n".join(sorted(map(str, seats))).encode()).hexdigest()
