"""Hall codes: the clerk issues them for a meeting, a deputy signs in with one, once."""

import hashlib
import math
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import select

from dashboard.gate import Call, command
from dashboard.rules import hall, patience
from dashboard.rules.hall_frames import Card, Issued
from dashboard.rules.refused import Refused
from dashboard.store import accounts
from dashboard.store import hall as rows
from dashboard.store.accounts import LIFETIME
from dashboard.store.joins import leads
from dashboard.store.passwords import token_digest
from dashboard.store.seats import in_office
from dashboard.store.tables.congress import Delegation, Meeting, Membership, MembershipContact
from dashboard.store.tables.hall import HallCode
from dashboard.store.way_in import running_with

AT_A_TERMINAL = timedelta(minutes=10)
"""Our rule: what is opened at a shared terminal ends by itself, should nobody end it."""
REPEATS_WITHIN = timedelta(minutes=10)


class Entry(BaseModel):
    """What is typed at the hall: the code, four digits, and the address it came from, which is only hashed.

    `request` is 128 random bits of the browser: the same request sent again gets the same answer.
    """

    code: str = Field(max_length=300, repr=False)
    last_four: str = Field(max_length=20, repr=False)
    request: str = Field(pattern=r"^[0-9a-f]{32}$", repr=False)
    address: str
    terminal: bool = False
    pepper: bytes = Field(repr=False)


@dataclass(frozen=True, slots=True)
class Entered:
    """A session opened by a hall code, and where its deputy goes on to; the token goes into the cookie."""

    token: str
    lifetime: timedelta
    round_id: UUID | None
    is_open: bool
    is_present: bool
    ended: tuple[str, ...]


@command("hall.issue")
def issue_codes(
    call: Call, meeting_id: UUID, seats: Sequence[UUID] | None, means: str, pepper: bytes
) -> Issued:
    """Issue a code to each of some seats in office, or to all, and return the codes: they are stored nowhere.

    A new code takes the place of an older one for the same seat and meeting, and ends what that one opened. Who has
    no phone number on file gets none: nothing would confirm it. From a round's freeze to its close there is an act
    on each round that has the seat, whatever its meeting, and its scrutineers are shown which seats got codes.
    """
    if means not in hall.MEANS:
        raise Refused("malformed")
    meeting = call.session.scalar(select(Meeting).where(Meeting.id == meeting_id))
    if meeting is None:
        raise Refused("not_found")
    found = call.session.execute(
        select(Membership, Delegation.name, MembershipContact.phone_last_four)
        .outerjoin(Delegation, leads(Membership.delegation_id, Delegation))
        .outerjoin(
            MembershipContact,
            (MembershipContact.congress_id == Membership.congress_id)
            & (MembershipContact.membership_id == Membership.id),
        )
        .where(
            Membership.id.in_(in_office(call.today)), *([] if seats is None else [Membership.id.in_(seats)])
        )
        .order_by(Delegation.position, Membership.position)
    ).all()
    if not found or (seats is not None and len(found) != len(set(seats))):
        raise Refused("not_found")
    invented = call.place is not None and call.place.simulated
    cards = tuple(
        Card(
            seat.id,
            seat.name,
            delegation,
            hall.code_of(secrets.randbits(hall.BITS)),
            last_four if invented else None,
        )
        for seat, delegation, last_four in found
        if last_four is not None
    )
    ended = _revoke(call, meeting_id, {card.membership_id for card in cards})
    _keep(call, meeting_id, means, cards, pepper)
    rows.screen_of(call.session, call.congress_id, meeting_id)
    return Issued(cards, tuple(seat.name for seat, _, last_four in found if last_four is None), tuple(ended))


def _revoke(call: Call, meeting: UUID, seats: set[UUID]) -> list[str]:
    # Locked, so that whoever is coming in by one of them is in before it is revoked, or not at all.
    older = call.session.scalars(
        select(HallCode)
        .where(HallCode.meeting_id == meeting, HallCode.revoked_at.is_(None))
        .order_by(HallCode.id)
        .with_for_update()
    )
    revoked = [code for code in older if code.membership_id in seats]
    for code in revoked:
        code.revoked_at = call.now
    return accounts.end_sessions_of_codes(call.session, [code.id for code in revoked], call.now)


def _keep(call: Call, meeting: UUID, means: str, cards: Sequence[Card], pepper: bytes) -> None:
    """Keep the codes' hashes, and record that so many were issued."""
    ids = [hall.stored_id(pepper, str(call.congress_id), card.code) for card in cards]
    call.session.add_all(
        HallCode(
            congress_id=call.congress_id,
            id=stored,
            meeting_id=meeting,
            membership_id=card.membership_id,
            means=means,
            issued_by=call.actor.appointment_id,
            issued_at=call.now,
            used_at=None,
            revoked_at=None,
            failed_at=None,
        )
        for stored, card in zip(ids, cards, strict=True)
    )
    _tell_codes(call, meeting, means, dict(zip((card.membership_id for card in cards), ids, strict=True)))


def _tell_codes(call: Call, meeting: UUID, means: str, codes: Mapping[UUID, str]) -> None:
    """Record that codes were issued to some seats: once on each running round that has any of them."""
    running = running_with(call.session, call.congress_id, codes.keys())
    elsewhere = codes.keys() - frozenset().union(*running.values())
    told: list[tuple[UUID | None, Collection[UUID]]] = [*running.items()]
    # What no running round is shown stands in the record all the same.
    told += [(None, elsewhere)] if elsewhere or not running else []
    for round_id, seats in told:
        call.act(
            "hall_codes_issued",
            meeting=str(meeting),
            round=None if round_id is None else str(round_id),
            means=means,
            count=len(seats),
            codes_digest=hashlib.sha256(
                "\n".join(sorted(codes[seat] for seat in seats)).encode()
            ).hexdigest(),
        )
    if running:
        call.changed("voting")


@command("hall.enter")
def enter(call: Call, given: Entry) -> Entered | Refused:
    """Open a session for the deputy of a code, or return why not: returned, so that the failure stays counted.

    A wrong code and wrong digits are told alike, and neither locks anything: the next try of this code from this
    address waits, longer each time, half a minute at most. Signing in is no act and raises no topic. A deputy who
    comes by the code at the seat is checked in with it.
    """
    code, last_four = hall.read_code(given.code), hall.read_digits(given.last_four, 4)
    if code is None or last_four is None:
        return Refused("hall_incomplete")
    session, congress = call.session, str(call.congress_id)
    key = hall.keyed(given.pepper, "hall try", congress, code, given.address)
    kept = accounts.failures(session, key, call.now)
    if kept is not None:
        left = patience.wait(kept.count, kept.last_at, call.now, hall.LONGEST_WAIT)
        if left > timedelta():
            return Refused("hall_wait", seconds=math.ceil(left.total_seconds()))
    stored = hall.stored_id(given.pepper, congress, code)
    found = rows.code_to_use(session, call.congress_id, stored, call.today)
    if found is None or found.last_four is None or not hall.same(found.last_four, last_four):
        accounts.count_failure(session, key, call.now)
        if found is not None:
            rows.count_failure_of(session, call.congress_id, stored, call.now)
        return Refused("hall_wrong")
    token = hall.keyed(given.pepper, "hall session", congress, code, given.request)
    wrong = _stands_in_the_way(call, found, token)
    if wrong is not None:
        return Refused(wrong)
    accounts.forgive(session, key)
    return _entered(call, found, token, terminal=given.terminal)


def _stands_in_the_way(call: Call, found: rows.Found, token: str) -> str | None:
    """Return why a code that is right opens nothing, if so: told to who has both the code and the digits."""
    if found.revoked_at is not None:
        return "hall_replaced"
    if not found.in_office:
        return "hall_not_in_office"
    if not hall.holds(found.closes_on, call.today, found.issued_at, call.now):
        return "hall_over"
    if found.used_at is None or _is_repeat(call, found, token):
        return None
    return "hall_used"


def _is_repeat(call: Call, found: rows.Found, token: str) -> bool:
    """Tell whether this very request opened the session already: its answer was lost on the way."""
    live = accounts.live_within(call.session, token_digest(token), call.now)
    recent = found.used_at is not None and call.now - found.used_at <= REPEATS_WITHIN
    return live is not None and recent


def _entered(call: Call, found: rows.Found, token: str, *, terminal: bool) -> Entered:
    session, congress, now = call.session, call.congress_id, call.now
    lifetime = AT_A_TERMINAL if terminal else LIFETIME
    ended: list[str] = []
    if call.actor.account_id is not None and call.actor.session_id not in {None, token_digest(token)}:
        # Whoever was signed in at this browser is so no more: a terminal is shared.
        ended = accounts.revoke(session, now, account=call.actor.account_id, only=call.actor.session_id)
    if found.used_at is None:
        account, held = rows.account_of_seat(session, congress, found, now)
        digest = token_digest(token)
        accounts.open_session(
            session, digest, account, held, now, lifetime=lifetime, hall_code=found.id, terminal=terminal
        )
        rows.use(session, congress, found.id, now)
    running = rows.running_round(session, congress, found.meeting_id, found.membership_id)
    if running is None:
        return Entered(token, lifetime, None, False, False, tuple(ended))
    is_present = running.is_present
    if found.means == hall.SEAT and not is_present and running.is_entitled:
        rows.check_in(session, congress, running.id, found.membership_id, hall.SEAT)
        is_present = True
    return Entered(token, lifetime, running.id, running.state == "open", is_present, tuple(ended))


@command("hall.issue")
def set_last_four(call: Call, seat: UUID, last_four: str) -> None:
    """Put the last four digits of a deputy's phone on file, in the place of what was there.

    They are half of a way in: from a round's freeze to its close its scrutineers are shown whose were changed.
    """
    digits = hall.read_digits(last_four, 4)
    if digits is None:
        raise Refused("hall_four_digits")
    if call.session.scalar(select(Membership.id).where(Membership.id == seat)) is None:
        raise Refused("not_found")
    known = call.session.scalar(select(MembershipContact).where(MembershipContact.membership_id == seat))
    if known is None:
        call.session.add(
            MembershipContact(congress_id=call.congress_id, membership_id=seat, phone_last_four=digits)
        )
    else:
        known.phone_last_four = digits
    # The seat alone: a digest of four digits would tell them.
    running = running_with(call.session, call.congress_id, [seat])
    for round_id in running or (None,):
        named = None if round_id is None else str(round_id)
        call.act("hall_contact_changed", round=named, seat=str(seat))
    if running:
        call.changed("voting")
