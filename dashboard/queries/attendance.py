"""Who is there: the quorum for everyone at the meeting, delegations for clerk and leaders, names for the clerk."""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from dashboard.gate import Call, query, relate
from dashboard.rules import hall
from dashboard.rules.hall_frames import (
    NOT_ON_ROLL,
    CodeSince,
    Earlier,
    Quorum,
    Review,
    SeatLine,
    Standing,
    Turnout,
    WaitingSeat,
    presence,
)
from dashboard.rules.refused import Refused
from dashboard.rules.rounds import PRACTICE
from dashboard.store.joins import leads
from dashboard.store.seats import BEFORE_OPENING, entitled, is_same_hall, is_there
from dashboard.store.tables.accounts import SignInSession
from dashboard.store.tables.congress import Delegation, Meeting, Membership, MembershipContact
from dashboard.store.tables.hall import HallCode
from dashboard.store.tables.voting import CheckIn, Participation, RollEntry, Round, RoundOfficer


@query("check_in.read")
def standing(call: Call, round_id: UUID) -> Standing:
    """Return a round as the hall sees it: to a deputy where the deputy stands, to others how many are there.

    A whole hall of deputies asks at once when the round opens: theirs counts nobody.
    """
    row, meeting = _round(call, round_id)
    seat = call.actor.membership_id if call.role == "deputy" else None
    return Standing(
        round_id=row.id,
        title=row.title,
        state=row.state,
        purpose=row.purpose,
        meeting_id=row.meeting_id,
        meeting=meeting,
        quorum=_quorum(call, row) if seat is None else None,
        own=_own(call, row, seat) if seat is not None else None,
        sits_at_code=seat is not None and _sits_at_code(call, row, seat),
        is_scrutineer=seat is not None and _is_scrutineer(call, round_id, seat),
    )


@query("check_in.read")
def attendance_mark(call: Call, round_id: UUID, whole: bool = True) -> str:
    """Return a short text that changes with the round's state and with who is there, for open pages to poll.

    What is not `whole` changes with what clerk and scrutineers do alone, not with every deputy who comes.
    """
    row, _ = _round(call, round_id)
    known: Counter[str] = Counter()
    for means, gone, confirmed, many in call.session.execute(
        select(CheckIn.means, CheckIn.left_at.is_not(None), CheckIn.confirmed_by.is_not(None), func.count())
        .select_from(CheckIn)
        .where(CheckIn.round_id == round_id)
        .group_by(CheckIn.means, CheckIn.left_at.is_not(None), CheckIn.confirmed_by.is_not(None))
    ):
        by_hand = means == hall.HAND
        known.update({"left": many * gone, "hand": many * by_hand, "all": many})
        known["waiting"] += many * (by_hand and not confirmed and not gone)
    wanted = ("left", "hand", "waiting", "all") if whole else ("left", "hand", "waiting")
    return ".".join((row.state, *(str(known[name]) for name in wanted)))


@query("check_in.names")
def earlier_rounds(call: Call, round_id: UUID) -> tuple[Earlier, ...]:
    """Return the meeting's other rounds with somebody checked in, to take over who is there.

    The one that this round follows from stands first, then the latest; a practice is none. A day later even the
    first is only a list of names: `is_followed` is told of the same day alone.
    """
    row, _ = _round(call, round_id)
    if row.meeting_id is None:
        return ()
    found = call.session.execute(
        select(Round.id, Round.title, Round.closed_at)
        .where(
            Round.meeting_id == row.meeting_id,
            Round.id != round_id,
            Round.purpose != PRACTICE,
            Round.id.in_(select(CheckIn.round_id).where(is_there(CheckIn))),
        )
        .order_by((Round.id == row.after_id).desc(), Round.checked_at.desc(), Round.id)
    )
    return tuple(
        Earlier(one.id, one.title, one.id == row.after_id and is_same_hall(one.closed_at, call.now))
        for one in found
    )


@query("check_in.turnout")
def turnout(call: Call, round_id: UUID) -> tuple[Turnout, ...]:
    """Return by delegation, in its order, how many are entitled and how many are there."""
    row, _ = _round(call, round_id)
    voted = select(Participation.membership_id).where(Participation.round_id == round_id)
    there = select(CheckIn.membership_id).where(CheckIn.round_id == round_id, is_there(CheckIn))
    named = (
        select(Delegation.name, func.count(Membership.id))
        .select_from(Membership)
        .outerjoin(Delegation, leads(Membership.delegation_id, Delegation))
        .where(Membership.id.in_(entitled(row.id, row.state, call.today)))
        .group_by(Delegation.name, Delegation.position)
        .order_by(Delegation.position)
    )
    present = dict(
        call.session.execute(named.where(or_(Membership.id.in_(there), Membership.id.in_(voted)))).all()
    )
    return tuple(Turnout(name, many, present.get(name, 0)) for name, many in call.session.execute(named))


@query("check_in.names")
def seat_lines(call: Call, round_id: UUID) -> tuple[SeatLine, ...]:
    """Return every seat entitled to vote, by delegation: whether it is there, and what became of its code."""
    row, _ = _round(call, round_id)
    codes = {
        seat: ("used" if used is not None else "out", failures)
        for seat, used, failures in call.session.execute(
            select(HallCode.membership_id, HallCode.used_at, HallCode.failures).where(
                HallCode.meeting_id == row.meeting_id, HallCode.revoked_at.is_(None)
            )
        )
    }
    rows = call.session.execute(
        select(Membership.id, Membership.name, Delegation.name, CheckIn, MembershipContact.phone_last_four)
        .outerjoin(Delegation, leads(Membership.delegation_id, Delegation))
        .outerjoin(CheckIn, and_(_of_seat(CheckIn), CheckIn.round_id == round_id))
        .outerjoin(MembershipContact, _of_seat(MembershipContact))
        .where(Membership.id.in_(entitled(row.id, row.state, call.today)))
        .order_by(Delegation.position, Membership.position)
    )
    return tuple(
        SeatLine(seat, name, delegation, _stands(known), *codes.get(seat, ("none", 0)), last_four)
        for seat, name, delegation, known, last_four in rows
    )


@query("check_in.review")
def review(call: Call, round_id: UUID) -> Review:
    """Return to a scrutineer which check-ins by hand wait, and to whom codes went since the freeze."""
    relate(call, "check_in.review", round_id=round_id)
    row, _ = _round(call, round_id)
    waiting = call.session.execute(
        select(Membership.id, Membership.name, Delegation.name)
        .outerjoin(Delegation, leads(Membership.delegation_id, Delegation))
        .join(CheckIn, and_(_of_seat(CheckIn), CheckIn.round_id == round_id))
        .where(_waits())
        .order_by(Delegation.position, Membership.position)
    )
    codes = call.session.execute(
        select(Membership.name, Delegation.name, HallCode.issued_at, HallCode.means, _other_meeting(row))
        .outerjoin(Delegation, leads(Membership.delegation_id, Delegation))
        .join(HallCode, _of_seat(HallCode))
        .join(Meeting, leads(HallCode.meeting_id, Meeting))
        # Of any meeting, replaced or not: each is a way in to a deputy's seat that its clerk could take.
        .where(
            HallCode.issued_at >= row.checked_at
            if row.checked_at is not None
            else HallCode.issued_at.is_(None),
        )
        .order_by(HallCode.issued_at.desc(), HallCode.meeting_id, Delegation.position, Membership.position)
    )
    own = call.actor.membership_id
    return Review(
        tuple(WaitingSeat(*one, is_own=one.id == own) for one in waiting),
        tuple(CodeSince(*one) for one in codes),
    )


def _other_meeting(row: Round) -> ColumnElement[str | None]:
    """Return the name of the meeting beside, where it is not the round's."""
    return case((HallCode.meeting_id == row.meeting_id, None), else_=Meeting.name)


def _round(call: Call, round_id: UUID) -> tuple[Round, str | None]:
    found = call.session.execute(
        select(Round, Meeting.name)
        .outerjoin(Meeting, leads(Round.meeting_id, Meeting))
        .where(Round.id == round_id)
    ).one_or_none()
    # A round that was published is read by all, what happens in its hall by its own congress alone.
    if found is None or not call.is_member:
        raise Refused("not_found")
    return found[0], found[1]


def _quorum(call: Call, row: Round) -> Quorum:
    """Return the numbers of the moment; after the close those that were kept."""
    many = row.entitled
    if many is None:
        counted = entitled(row.id, row.state, call.today).subquery()
        many = call.session.scalar(select(func.count()).select_from(counted)) or 0
    may = entitled(row.id, row.state, call.today)
    waiting = call.session.scalar(
        select(func.count())
        .select_from(CheckIn)
        .where(CheckIn.round_id == row.id, CheckIn.membership_id.in_(may), _waits())
    )
    present = row.present if row.present is not None else _present(call, row.id, may)
    return Quorum(many, present, hall.needed(many, _share(row.rules)), waiting or 0)


def _present(call: Call, round_id: UUID, may: Select[UUID]) -> int:
    """Count who of those entitled is there: checked in and not gone, or gone after the vote."""
    there = (
        select(func.count())
        .select_from(CheckIn)
        .where(CheckIn.round_id == round_id, CheckIn.membership_id.in_(may), is_there(CheckIn))
    )
    known = select(CheckIn.membership_id).where(CheckIn.round_id == round_id, is_there(CheckIn))
    voted = (
        select(func.count())
        .select_from(Participation)
        .where(Participation.round_id == round_id, Participation.membership_id.not_in(known))
    )
    return (call.session.scalar(there) or 0) + (call.session.scalar(voted) or 0)


def _share(rules: Mapping[str, Any]) -> Fraction:
    """Return the quorum that the frozen rules name, by default the law's."""
    named = rules.get("values", {}).get("quorum", {}).get("value")
    return Fraction(named) if isinstance(named, str) else hall.QUORUM


def _own(call: Call, row: Round, seat: UUID) -> str:
    key = Membership.id if row.state in BEFORE_OPENING else RollEntry.membership_id
    if call.session.scalar(entitled(row.id, row.state, call.today).where(key == seat)) is None:
        return NOT_ON_ROLL
    known = call.session.scalar(
        select(CheckIn).where(CheckIn.round_id == row.id, CheckIn.membership_id == seat)
    )
    return _stands(known)


def _stands(known: CheckIn | None) -> str:
    if known is None:
        return presence(None, is_confirmed=False, has_left=False)
    return presence(
        known.means, is_confirmed=known.confirmed_by is not None, has_left=known.left_at is not None
    )


def _sits_at_code(call: Call, row: Round, seat: UUID) -> bool:
    """Tell whether this session was opened by the code at the seat, which then checks in with one press."""
    kept = call.session.get(SignInSession, call.actor.session_id or "")
    code = kept.hall_code if kept is not None else None
    found = select(HallCode.id).where(
        HallCode.id == code,
        HallCode.meeting_id == row.meeting_id,
        HallCode.means == hall.SEAT,
        HallCode.membership_id == seat,
    )
    return code is not None and call.session.scalar(found) is not None


def _is_scrutineer(call: Call, round_id: UUID, seat: UUID) -> bool:
    found = select(RoundOfficer.duty).where(
        RoundOfficer.round_id == round_id,
        RoundOfficer.membership_id == seat,
        RoundOfficer.duty.in_(("chief", "scrutineer")),
    )
    return call.session.scalar(found.limit(1)) is not None


def _waits() -> ColumnElement[bool]:
    return and_(CheckIn.left_at.is_(None), CheckIn.means == hall.HAND, CheckIn.confirmed_by.is_(None))


def _of_seat(row: Any) -> ColumnElement[bool]:
    """Return the condition that a row is one of the seat beside it."""
    return and_(row.congress_id == Membership.congress_id, row.membership_id == Membership.id)
