"""Ending a round: no vote after it, box and count in the same transaction, nothing left that links the two tables.

Whatever ends a round takes its row for update: it waits for every vote that was let in, and none comes after. Ended
again, a round changes nothing and tells the same numbers. Call `rewriting.tidy` after the commit.
"""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.rules.refused import Refused
from dashboard.store.attending import Attended, attended
from dashboard.store.casting import ANNULLED, BALLOTS, NOT_YET, OPEN
from dashboard.store.rewriting import drop_rows, rewrite
from dashboard.store.sealing import drop_sheets, mix_in, seal_round, seal_uncounted_box, take_back_count
from dashboard.store.tables.voting import Round

CLOSED, SUSPENDED, PRACTICE = "closed", "suspended", "practice"


@dataclass(frozen=True, slots=True)
class Closed:
    """What stands of a round that has ended; what nobody counted (sheets not entered, practice, annulled) is None."""

    state: str
    closed_at: datetime | None
    entitled: int | None
    present: int | None
    issued: int | None
    recovered: int | None
    valid: int | None
    invalid: int | None
    threshold: int | None
    box_digest: str | None


def close(session: Session, congress: UUID, round_id: UUID, now: datetime) -> Closed:
    """Close an open or suspended round and return its numbers; of one that was closed before, the same.

    Without paper it is sealed and counted here, with paper by `seal_with_paper` once the sheets are entered. The
    ballots of a practice round are deleted unread.
    """
    found = _locked(session, congress, round_id)
    if found.state in NOT_YET:
        raise Refused("round_not_open")
    if found.state == ANNULLED:
        raise Refused("round_annulled")
    if found.state in {OPEN, SUSPENDED}:
        numbers = _end(session, found, CLOSED, now)
        if numbers.voted != numbers.cast:
            raise Refused("box_uneven", voted=numbers.voted, ballots=numbers.cast)
        if found.purpose == PRACTICE:
            drop_practice(session, congress, round_id)
        elif not found.on_paper:
            seal_round(session, found, numbers)
        rewrite(session, congress, round_id)
    return _told(session, found)


def seal_with_paper(session: Session, congress: UUID, round_id: UUID) -> Closed:
    """Mix the sheets of a closed round into its box, seal and count it; a sealed one stays as it is.

    Refused while two tellers have not counted as many sheets and entered all of them, or a difference is open.
    """
    found = _locked(session, congress, round_id)
    if found.box_digest is None:
        if found.state != CLOSED or not found.on_paper or found.purpose == PRACTICE:
            raise Refused("round_not_closed")
        # Who was there stands since the close.
        kept = {"entitled": found.entitled or 0, "present": found.present or 0}
        numbers = replace(attended(session, congress, round_id), **kept)
        seal_round(session, found, numbers, mix_in(session, congress, round_id))
        rewrite(session, congress, round_id)
    return _told(session, found)


def seal_uncounted(session: Session, congress: UUID, round_id: UUID, now: datetime) -> Closed:
    """Annul a round: what lies in its box is sealed and not counted, and a count that is there goes.

    Sheets are not part of that box. A round that never opened has none.
    """
    found = _locked(session, congress, round_id)
    if found.state == ANNULLED:
        return _told(session, found)
    drop_sheets(session, congress, round_id)
    if found.box_digest is not None:
        found.state = ANNULLED
        take_back_count(session, found)
    elif found.state in NOT_YET:
        found.state = ANNULLED
    else:
        numbers = _end(session, found, ANNULLED, now)
        if found.purpose == PRACTICE:
            drop_practice(session, congress, round_id)
        else:
            seal_uncounted_box(session, found, numbers)
        rewrite(session, congress, round_id)
    return _told(session, found)


def drop_practice(session: Session, congress: UUID, round_id: UUID) -> None:
    """Delete the ballots of a practice round unread, and what might have been entered of sheets."""
    drop_rows(session, BALLOTS, congress, round_id)
    drop_sheets(session, congress, round_id)


def _locked(session: Session, congress: UUID, round_id: UUID) -> Round:
    """Return a round as it stands now, locked until the end of the transaction, whatever the session knew of it."""
    found = session.scalar(
        select(Round)
        .where(Round.congress_id == congress, Round.id == round_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise Refused("not_found")
    return found


def _end(session: Session, found: Round, state: str, now: datetime) -> Attended:
    """Let a round take no more votes, and keep the numbers of this moment."""
    numbers = attended(session, found.congress_id, found.id)
    found.state, found.closed_at = state, found.closed_at or now
    found.entitled, found.present, found.issued = numbers.entitled, numbers.present, numbers.present
    # How many sheets come back is known once they are entered.
    found.recovered = None if found.on_paper else numbers.cast
    return numbers


def _told(session: Session, found: Round) -> Closed:
    session.flush()
    return Closed(**{field.name: getattr(found, field.name) for field in fields(Closed)})
