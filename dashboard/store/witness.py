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
}


def witness(session: Session, congress: UUID, round_id: UUID, parts: Iterable[str]) -> dict[str, str]:
    """Return what an act on a round states: the round, and `<part>_digest` of each part as it is now."""
    session.flush()
    stated = {f"{part}_digest": part_digest(session, congress, round_id, part) for part in parts}
    return {"round": str(round_id), **stated}


def part_digest(session: Session, congress: UUID, round_id: UUID, part: str) -> str:
    """Return the SHA-256 of every row that one part of a round has, in an order that no database decides."""
    # Core on purpose: what is there is hashed, whatever a scope would show of it.
    table = table_of(PARTS[part])
    key = table.c.id if part == "round" else table.c.round_id
    rows = session.connection().execute(select(table).where(table.c.congress_id == congress, key == round_id))
    whole = hashlib.sha256()
    for line in sorted(chain.canonical({name: _plain(row[name]) for name in row}) for row in rows.mappings()):
        whole.update(line)
    return whole.hexdigest()


def _plain(value: object) -> object:
    """Return a column's value as JSON knows it, the same on every database."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, UUID | date):
        return str(value)
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value
