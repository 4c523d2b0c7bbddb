"""Keeping the papers of a round: what was made of it, and the scan of the report that was signed by hand."""

import hashlib
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, select

from dashboard.gate import Call, command
from dashboard.rules.refused import Refused
from dashboard.rules.round_papers import ANNOUNCEMENT, MADE_IN, SCAN
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.sealing import RoundDocument
from dashboard.store.tables.voting import Round
from dashboard.store.witness import part_digest, witness

# A paper is made again when something was corrected; nobody needs a hundred of them.
MOST = 60


@dataclass(frozen=True, slots=True)
class Made:
    """One paper as it was made: `stands_on` is the digest of the round's row that it was made from."""

    kind: str
    name: str
    content_type: str
    body: bytes = field(repr=False)
    number: str | None = None


@command("document.make")
def keep_papers(call: Call, round_id: UUID, papers: tuple[Made, ...], stands_on: str) -> tuple[UUID, ...]:
    """Keep papers that were just made of a round, and return their ids; of a round that moved on they are refused."""
    row = _taken(call, round_id)
    if part_digest(call.session, call.congress_id, row.id, "round") != stands_on:
        raise Refused("round_moved_on")
    return tuple(_keep(call, row, paper) for paper in papers)


@command("document.make")
def attach_scan(call: Call, round_id: UUID, picture: bytes) -> UUID:
    """Keep the picture of the report that scrutineers and tellers signed by hand, decoded and written anew."""
    row = _taken(call, round_id)
    return _keep(call, row, Made(SCAN, f"{row.title}.jpg", "image/jpeg", picture))


def _taken(call: Call, round_id: UUID) -> Round:
    row = call.session.scalar(select(Round).where(Round.id == round_id).with_for_update())
    if row is None:
        raise Refused("not_found")
    return row


def _keep(call: Call, row: Round, paper: Made) -> UUID:
    made_in = MADE_IN[ANNOUNCEMENT if paper.kind.startswith(ANNOUNCEMENT) else paper.kind]
    if row.state not in made_in or row.box_digest is None:
        raise Refused("paper_too_early")
    many = call.session.scalar(
        select(func.count()).select_from(RoundDocument).where(RoundDocument.round_id == row.id)
    )
    if (many or 0) >= MOST:
        raise Refused("papers_too_many", most=MOST)
    document = RoundDocument(
        congress_id=call.congress_id, id=new_id(), round_id=row.id, kind=paper.kind, number=paper.number,
        name=paper.name, content_type=paper.content_type, body=paper.body,
        digest=hashlib.sha256(paper.body).hexdigest(), made_at=call.now,
        published_at=call.now if paper.kind.startswith(ANNOUNCEMENT) else None,
    )  # fmt: skip
    call.session.add(document)
    stated = witness(call.session, call.congress_id, row.id, ("documents",))
    call.act(
        "round_document_kept", **stated, document=str(document.id), paper=paper.kind, sha256=document.digest
    )
    call.changed("voting")
    return document.id
