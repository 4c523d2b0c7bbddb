"""What the record says of a round's tables: one digest a part, stated by acts and computed again by `verify`.

Every act on a round states the digests of the parts that it changed; the last one stated must be the table's. Parts
that change without acts while the round is open (who is there, who voted, ballots) are stated from the close on.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.rules import chain
from dashboard.store.core import table_of
from dashboard.store.tables.assessment import Assessment
from dashboard.store.tables.keys import Base
from dashboard.store.tables.sealing import PaperEntry, PaperSheet, RoundConsent, RoundDocument, SealedBox
from dashboard.store.tables.voting import (
    Ballot,
    CheckIn,
    Count,
    Participation,
    RollEntry,
    Round,
    RoundOfficer,
    RoundOption,
    RoundProject,
)

PARTS: Mapping[str, type[Base]] = {
    "round": Round,
    "options": RoundOption,
    "officers": RoundOfficer,
    "roll": RollEntry,
    "check_ins": CheckIn,
    "participations": Participation,
    "ballots": Ballot,
    "entries": PaperEntry,
    "sheets": PaperSheet,
    "box": SealedBox,
    "counts": Count,
    "projects": RoundProject,
    "documents": RoundDocument,
    "consents": RoundConsent,
    # No act makes one of a round yet: whoever names a round in one has made it beside the record.
    "assessments": Assessment,
}


def witness(session: Session, congress: UUID, round_id: UUID, parts: Iterable[str]) -> dict[str, str]:
    """Return what an act on a round states: the round, and `<part>_digest` of each part as it is now."""
    session.flush()
    stated = {f"{part}_digest": part_digest(session, congress, round_id, part) for part in parts}
    return {"round": str(round_id), **stated}


def part_digest(session: Session, congress: UUID, round_id: UUID, part: str) -> str:
    """Return the SHA-256 of every row that one part of a round has, in an order that no database decides."""
    # Core on purpose: what is there is hashed, whatever a scope would show of it.
    table, known = table_of(PARTS[part]), keys_of(part, congress, round_id)
    # What the condition fixes is the same in every row: of a hundred thousand rows it is not read again.
    named = {name: str(value) for name, value in known.items()}
    others = [column for column in table.c if column.name not in known]
    rows = session.connection().execute(
        select(*others).where(*(table.c[name] == value for name, value in known.items()))
    )
    names = [column.name for column in others]
    whole = hashlib.sha256()
    for line in sorted(
        chain.canonical({**named, **dict(zip(names, map(_plain, row), strict=True))}) for row in rows
    ):
        whole.update(line)
    return whole.hexdigest()


def keys_of(part: str, congress: UUID, round_id: UUID) -> dict[str, UUID]:
    """Return the columns, with their values, by which the rows of one part of a round are found."""
    return {"congress_id": congress, "id" if part == "round" else "round_id": round_id}


def _plain(value: object) -> object:
    """Return a column's value as JSON knows it, the same on every database."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, UUID | date):
        return str(value)
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value
