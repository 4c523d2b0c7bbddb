"""Casting and changing a ballot: a fixed number of plain statements in one transaction that holds the round as it is.

Nothing here tells what a ballot says or with which receipt it was cast: no act, no error, no repr.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, Table, and_, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from dashboard.i18n import SHANGHAI
from dashboard.rules.hall import is_there
from dashboard.rules.refused import Refused
from dashboard.store.core import table_of
from dashboard.store.frozen import ROUNDS, Frozen
from dashboard.store.tables.accounts import SignInSession
from dashboard.store.tables.hall import HallCode
from dashboard.store.tables.voting import Ballot, CheckIn, Participation, RollEntry

ROLLS, PRESENT, VOTED, BALLOTS = map(table_of, (RollEntry, CheckIn, Participation, Ballot))
SIGNED_IN, CODES = map(table_of, (SignInSession, HallCode))
OPEN, ANNULLED, NOT_YET = "open", "annulled", frozenset({"draft", "checked"})
ELECTRONIC, PAPER = "electronic", "paper"


@dataclass(frozen=True, slots=True)
class Standing:
    """A round and a seat in it, read by one statement; the round stays as it is until the transaction ends.

    `found` tells whether the round holds a ballot under the receipt; `voter` and `marks` are that ballot's.
    `elsewhere` tells that the sign-in session was opened by a hall code of another meeting.
    """

    title: str
    state: str
    version: int
    checked_at: datetime | None
    closed_at: datetime | None
    on_roll: bool
    is_present: bool
    elsewhere: bool
    channel: str | None
    found: bool
    voter: UUID | None = field(repr=False)
    marks: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Voter:
    """Whose ballot it is: a seat, and the sign-in session in which it votes."""

    membership: UUID
    session_id: str | None


@dataclass(frozen=True, slots=True)
class Cast:
    """What became of a request: cast, changed, or repeated (a ballot lay under this receipt before).

    `marks` are those that lie in the box, told where the rule set's receipt is with_marks, else None.
    """

    state: str
    title: str
    marks: str | None = field(repr=False)


# Finds what was frozen into a round: kept by whoever casts for many, since it does not change while a round is open.
Freezes = Callable[[Standing], Frozen]


def ballot_id(receipt: bytes) -> str:
    """Return the id of the ballot that is cast with a receipt."""
    return hashlib.sha256(receipt).hexdigest()


def _of_seat(table: Table) -> ColumnElement[bool]:
    return and_(
        table.c.congress_id == ROUNDS.c.congress_id,
        table.c.round_id == ROUNDS.c.id,
        table.c.membership_id == bindparam("seat"),
    )


_UNDER_RECEIPT = and_(
    BALLOTS.c.congress_id == ROUNDS.c.congress_id,
    BALLOTS.c.round_id == ROUNDS.c.id,
    BALLOTS.c.id == bindparam("ballot"),
)
_STAND = (
    select(
        ROUNDS.c.title,
        ROUNDS.c.state,
        ROUNDS.c.version,
        ROUNDS.c.checked_at,
        ROUNDS.c.closed_at,
        ROLLS.c.membership_id.label("entry"),
        PRESENT.c.means,
        PRESENT.c.confirmed_by,
        PRESENT.c.left_at,
        # Unknown, which is no, for a session that no code opened and for a practice, which needs no meeting.
        (CODES.c.meeting_id != ROUNDS.c.meeting_id).label("elsewhere"),
        VOTED.c.channel,
        BALLOTS.c.id.label("ballot"),
        BALLOTS.c.membership_id.label("voter"),
        BALLOTS.c.marks,
    )
    .select_from(
        ROUNDS.outerjoin(ROLLS, _of_seat(ROLLS))
        .outerjoin(PRESENT, _of_seat(PRESENT))
        .outerjoin(VOTED, _of_seat(VOTED))
        .outerjoin(BALLOTS, _UNDER_RECEIPT)
        .outerjoin(SIGNED_IN, SIGNED_IN.c.id == bindparam("session"))
        .outerjoin(
            CODES,
            and_(CODES.c.congress_id == SIGNED_IN.c.congress_id, CODES.c.id == SIGNED_IN.c.hall_code),
        )
    )
    .where(ROUNDS.c.congress_id == bindparam("congress"), ROUNDS.c.id == bindparam("round"))
    # Whoever closes waits for every vote that was let in, and none is let in beside. On SQLite the transaction is
    # the lock.
    .with_for_update(read=True, of=ROUNDS)
)
# What is there already is met without an error, whose text would name it.
_INSERTS: dict[tuple[str, Table], Executable] = {
    (dialect, table): insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    for dialect, insert in (("postgresql", postgresql.insert), ("sqlite", sqlite.insert))
    for table in (VOTED, BALLOTS)
}
_CHANGE = (
    update(BALLOTS)
    .where(
        BALLOTS.c.congress_id == bindparam("congress"),
        BALLOTS.c.round_id == bindparam("round"),
        BALLOTS.c.id == bindparam("ballot"),
    )
    .values(marks=bindparam("kept"))
)


def cast(
    session: Session,
    congress: UUID,
    round_id: UUID,
    voter: Voter,
    receipt: bytes,
    marks: str,
    freezes: Freezes,
) -> Cast:
    """Put a seat's ballot into the box, or say that one lies under this receipt already; refuse everything else.

    Whoever sends a receipt again gets the same answer, whatever the marks: whether they are those in the box is
    told to nobody, or a receipt would prove a ballot's marks to whoever guesses them.
    """
    ballot = ballot_id(receipt)
    standing = stand(session, congress, round_id, voter, ballot)
    refuse_elsewhere(standing)
    if standing.found and standing.state != ANNULLED:
        return _repeat(standing, voter.membership, freezes)
    refuse_unless_voting(standing)
    if standing.channel is not None:
        raise Refused("voted_on_paper" if standing.channel == PAPER else "already_voted")
    frozen = freezes(standing)
    kept = frozen.check(marks)
    own = {"congress_id": congress, "round_id": round_id}
    if not insert_once(session, VOTED, own | {"membership_id": voter.membership, "channel": ELECTRONIC}):
        # Another request of the same seat came first, between this one's two statements.
        standing = stand(session, congress, round_id, voter, ballot)
        if standing.found:
            return _repeat(standing, voter.membership, freezes)
        raise Refused("voted_on_paper" if standing.channel == PAPER else "already_voted")
    named = None if frozen.rules.secret else voter.membership
    if not insert_once(session, BALLOTS, own | {"id": ballot, "marks": kept, "membership_id": named}):
        raise Refused("receipt_used")
    return Cast("cast", standing.title, _told(frozen, kept))


def change(
    session: Session,
    congress: UUID,
    round_id: UUID,
    voter: Voter,
    receipt: bytes,
    marks: str,
    freezes: Freezes,
) -> Cast:
    """Replace the marks of the ballot that lies under a receipt, where the rules let a voter do so."""
    ballot = ballot_id(receipt)
    standing = stand(session, congress, round_id, voter, ballot)
    refuse_elsewhere(standing)
    refuse_unless_voting(standing)
    if standing.channel != ELECTRONIC:
        raise Refused("not_voted" if standing.channel is None else "voted_on_paper")
    frozen = freezes(standing)
    if not frozen.rules.change_allowed:
        raise Refused("change_not_allowed")
    kept = frozen.check(marks)
    if not standing.found or standing.voter not in {None, voter.membership}:
        raise Refused("receipt_unknown")
    named = {"congress": congress, "round": round_id, "ballot": ballot, "kept": kept}
    session.connection().execute(_CHANGE, named)
    return Cast("changed", standing.title, _told(frozen, kept))


def stand(session: Session, congress: UUID, round_id: UUID, voter: Voter, ballot: str) -> Standing:
    """Read how a round and a seat in it stand, and hold the round so; a round of another congress is not found."""
    named = {
        "congress": congress, "round": round_id, "seat": voter.membership, "ballot": ballot,
        "session": voter.session_id,
    }  # fmt: skip
    row = session.connection().execute(_STAND, named).one_or_none()
    if row is None:
        raise Refused("not_found")
    return Standing(
        title=row.title,
        state=row.state,
        version=row.version,
        checked_at=row.checked_at,
        closed_at=row.closed_at,
        on_roll=row.entry is not None,
        is_present=is_there(row.means, row.confirmed_by, row.left_at),
        elsewhere=bool(row.elsewhere),
        channel=row.channel,
        found=row.ballot is not None,
        voter=row.voter,
        marks=row.marks,
    )


def refuse_elsewhere(standing: Standing) -> None:
    """Refuse a session that a hall code of another meeting opened: that code lets in to its own meeting alone."""
    if standing.elsewhere:
        raise Refused("hall_other_meeting")


def refuse_unless_voting(standing: Standing) -> None:
    """Refuse where the round takes no votes now, or none of this seat."""
    if standing.state != OPEN:
        if standing.state in NOT_YET:
            raise Refused("round_not_open")
        if standing.state == "suspended":
            raise Refused("round_suspended")
        if standing.state == ANNULLED:
            raise Refused("round_annulled")
        at = standing.closed_at.astimezone(SHANGHAI).strftime("%H:%M") if standing.closed_at else "—"
        raise Refused("round_closed", at=at)
    if not standing.on_roll:
        raise Refused("not_on_roll")
    if not standing.is_present:
        raise Refused("not_present")


def _repeat(standing: Standing, membership: UUID, freezes: Freezes) -> Cast:
    """Answer a request whose receipt has a ballot in this round: the same again, to a seat that voted."""
    if not standing.on_roll:
        raise Refused("not_on_roll")
    if standing.channel == PAPER:
        raise Refused("voted_on_paper")
    if standing.channel is None:
        raise Refused("receipt_used")
    if standing.voter not in {None, membership}:
        raise Refused("already_voted")
    return Cast("repeated", standing.title, _told(freezes(standing), standing.marks))


def _told(frozen: Frozen, marks: str | None) -> str | None:
    return marks if frozen.rules.receipt == "with_marks" else None


def insert_once(session: Session, table: Table, row: dict[str, object]) -> bool:
    """Add a row; tell whether it was not there before."""
    connection = session.connection()
    return connection.execute(_INSERTS[connection.dialect.name, table], row).rowcount == 1
