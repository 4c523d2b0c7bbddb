"""What voters are told of a candidate, as one digest: a freeze writes it beside the line, `verify` makes it again."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.rules import chain
from dashboard.store.core import table_of
from dashboard.store.tables.orders import Candidate, CandidateDocument

CANDIDATES, DOCUMENTS = table_of(Candidate), table_of(CandidateDocument)
# What the voting page shows; what becomes of a candidate later is no part of it.
TOLD = ("name", "category", "place", "target", "plan", "budget")
PAPER = ("name", "content_type", "size", "digest")


def about_candidates(session: Session, congress: UUID, candidates: Collection[UUID]) -> dict[UUID, str]:
    """Return the digest of what is told of each candidate, its row held until the transaction ends.

    Whoever attaches a document holds the row too: what is frozen is what is there.
    """
    session.flush()
    # Core on purpose: what is there is hashed, whatever a scope would show of it. In one order, so that two wait for
    # each other at most once.
    rows = session.connection().execute(
        select(CANDIDATES)
        .where(CANDIDATES.c.congress_id == congress, CANDIDATES.c.id.in_(candidates))
        .order_by(CANDIDATES.c.id)
        .with_for_update()
    )
    return _digests(session, congress, list(rows.mappings()))


def about_now(session: Session, congress: UUID, candidates: Collection[UUID]) -> dict[UUID, str]:
    """Return the same without holding anything, for who only reads."""
    found = select(CANDIDATES).where(CANDIDATES.c.congress_id == congress, CANDIDATES.c.id.in_(candidates))
    return _digests(session, congress, list(session.connection().execute(found).mappings()))


def _digests(session: Session, congress: UUID, candidates: list[Any]) -> dict[UUID, str]:
    papers: dict[UUID, list[dict[str, object]]] = {row["id"]: [] for row in candidates}
    found = session.connection().execute(
        select(DOCUMENTS.c.candidate_id, *(DOCUMENTS.c[name] for name in PAPER))
        .where(DOCUMENTS.c.congress_id == congress, DOCUMENTS.c.candidate_id.in_(papers))
        .order_by(DOCUMENTS.c.attached_at, DOCUMENTS.c.id)
    )
    for paper in found.mappings():
        papers[paper["candidate_id"]].append({name: paper[name] for name in PAPER})
    return {
        row["id"]: chain.digest(
            {
                **{name: row[name] for name in TOLD},
                "department": None if row["department_id"] is None else str(row["department_id"]),
                "documents": papers[row["id"]],
            }
        )
        for row in candidates
    }
