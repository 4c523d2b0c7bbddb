"""The box of a round that has ended, written once as canonical JSON, and the count that follows from it."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from dashboard.rules import chain
from dashboard.rules.boxes import seal
from dashboard.rules.counting import count
from dashboard.rules.outcomes import Outcome
from dashboard.store.attending import Attended
from dashboard.store.casting import BALLOTS, ELECTRONIC, PAPER, ballot_id
from dashboard.store.core import table_of
from dashboard.store.frozen import Frozen, read_frozen
from dashboard.store.paper import entered
from dashboard.store.rewriting import drop_rows, rows_of
from dashboard.store.tables.sealing import PaperEntry, PaperSheet, SealedBox
from dashboard.store.tables.voting import Count, Round

BOXES, COUNTS, SHEETS, ENTRIES = map(table_of, (SealedBox, Count, PaperSheet, PaperEntry))


@dataclass(frozen=True, slots=True)
class Mixed:
    """The sheets that lie among a round's ballots: what stands on each, and how many a scrutineer settled."""

    marks: Sequence[str] = field(default=(), repr=False)
    settled: int = 0


NO_SHEETS = Mixed()


def seal_round(session: Session, found: Round, attended: Attended, sheets: Mixed = NO_SHEETS) -> None:
    """Seal the ballots of a round that has ended, count them, and write all of it into the round.

    `sheets` are those ballots that came on paper; they lie among the others already.
    """
    frozen = read_frozen(session, found.congress_id, found.id)
    ballots = _seal(session, found, frozen, attended, len(sheets.marks))
    outcome = count(
        frozen.rules,
        frozen.options,
        ballots,
        attended.attendance(len(sheets.marks)),
        frozen.places,
        found.purpose,
    )
    found.valid, found.invalid, found.threshold = outcome.valid, outcome.invalid, outcome.needed
    found.facts = _facts(frozen, attended, outcome, sheets.marks)
    if found.on_paper:
        found.facts |= {"settled_sheets": sheets.settled}
    own = {"congress_id": found.congress_id, "round_id": found.id}
    session.connection().execute(insert(COUNTS), [own | row for row in _counts(outcome)])


def seal_uncounted_box(session: Session, found: Round, attended: Attended) -> None:
    """Seal the ballots of an annulled round as they lie there; nobody counts them."""
    frozen = read_frozen(session, found.congress_id, found.id)
    _seal(session, found, frozen, attended, 0)


def take_back_count(session: Session, found: Round) -> None:
    """Delete the count of a round that is annulled after it; its box stays."""
    drop_rows(session, COUNTS, found.congress_id, found.id)
    found.valid = found.invalid = found.threshold = found.facts = None


def mix_in(session: Session, congress: UUID, round_id: UUID) -> Mixed:
    """Add a ballot for every sheet of a round, delete what was entered, and return what was mixed in.

    Nobody holds a receipt of a sheet: its ballot's id is drawn by lot. Refused while the two entries are not whole,
    of the same total, and settled where they differ.
    """
    found = entered(session, congress, round_id)
    marks = found.merged()
    if marks:
        own = {"congress_id": congress, "round_id": round_id, "membership_id": None}
        drawn = [own | {"id": ballot_id(secrets.token_bytes(16)), "marks": one} for one in marks]
        session.connection().execute(insert(BALLOTS), drawn)
    drop_sheets(session, congress, round_id)
    return Mixed(marks, len(found.settled))


def drop_sheets(session: Session, congress: UUID, round_id: UUID) -> None:
    """Delete what tellers entered of a round's sheets, unread."""
    for table in (SHEETS, ENTRIES):
        drop_rows(session, table, congress, round_id)


def _seal(
    session: Session, found: Round, frozen: Frozen, attended: Attended, sheets: int
) -> list[tuple[str, str]]:
    """Write the box and its digest, and return the ballots that lie in it."""
    rows = rows_of(session, BALLOTS, found.congress_id, found.id)
    ballots = [
        (row["id"], row["marks"], *([] if frozen.rules.secret else [str(row["membership_id"])]))
        for row in rows
    ]
    attendance = attended.attendance(sheets)
    body = seal(
        found.rules,
        found.purpose,
        frozen.places,
        frozen.options,
        attendance,
        attended.channels(sheets),
        ballots,
    )
    digest = hashlib.sha256(body).hexdigest()
    found.entitled, found.present = attendance.entitled, attendance.present
    found.issued, found.recovered = attendance.issued, attendance.recovered
    found.box_digest = digest
    session.connection().execute(
        insert(BOXES).values(
            congress_id=found.congress_id,
            round_id=found.id,
            algorithm=chain.ALGORITHM,
            digest=digest,
            body=body.decode(),
        )
    )
    return [(row["id"], row["marks"]) for row in rows]


def _facts(frozen: Frozen, attended: Attended, outcome: Outcome, sheets: Sequence[str]) -> dict[str, Any]:
    """Return what the count says beside the options' counts."""
    spoilt = sum(frozen.fault(marks) is not None for marks in sheets)
    invalid = {ELECTRONIC: outcome.invalid - spoilt, PAPER: spoilt}
    faults = Counter(reason.code for _, reason in outcome.faults)
    return {
        "outcome": {
            "state": outcome.state,
            "code": outcome.reason.code,
            "facts": dict(outcome.reason.facts),
            "base": outcome.base,
            "needed": outcome.needed,
            "tied": list(outcome.tied),
            "open_places": outcome.open_places,
            "missing": outcome.missing,
            "second": list(outcome.second),
        },
        "channels": {
            name: {
                "issued": issued,
                "recovered": recovered,
                "valid": recovered - invalid[name],
                "invalid": invalid[name],
            }
            for name, (issued, recovered) in attended.channels(len(sheets)).items()
        },
        "faults": dict(sorted(faults.items())),
    }


def _counts(outcome: Outcome) -> list[dict[str, Any]]:
    return [
        {
            "number": one.number,
            "votes": one.votes,
            "against": one.against,
            "abstained": one.abstained,
            "rank_sum": one.rank_sum,
            "state": one.state,
            "reason": one.reason.code,
            "facts": dict(one.reason.facts),
        }
        for one in outcome.options
    ]
