"""What voters are told of a candidate beyond its line: plan and documents, the clerk's to change until the freeze."""

import hashlib
from uuid import UUID

from sqlalchemy import func, select

from dashboard.gate import Call, command
from dashboard.rules.candidates import FREE, MOST_DOCUMENTS, name_of, plan_of
from dashboard.rules.refused import Refused
from dashboard.store.joins import leads
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.orders import Candidate, CandidateDocument
from dashboard.store.tables.voting import Round, RoundOption


@command("candidate.describe")
def write_plan(call: Call, candidate_id: UUID, plan: str) -> None:
    """Write what is to be done for a candidate by when, in the place of what was written."""
    row = _taken(call, candidate_id)
    row.plan = plan_of(plan)
    digest = hashlib.sha256((row.plan or "").encode()).hexdigest()
    call.act("candidate_described", candidate=str(row.id), sha256=digest)
    call.changed("orders")


@command("candidate.describe")
def attach_document(call: Call, candidate_id: UUID, name: str, picture: bytes) -> UUID:
    """Attach a picture, decoded and written anew, and return its id; the same one again is attached once."""
    row, called, digest = _taken(call, candidate_id), name_of(name), hashlib.sha256(picture).hexdigest()
    own = select(CandidateDocument.id).where(CandidateDocument.candidate_id == row.id)
    again = call.session.scalar(own.where(CandidateDocument.digest == digest))
    if again is not None:
        return again
    many = select(func.count(CandidateDocument.id)).where(CandidateDocument.candidate_id == row.id)
    if (call.session.scalar(many) or 0) >= MOST_DOCUMENTS:
        raise Refused("candidate_documents_many", most=MOST_DOCUMENTS)
    document = CandidateDocument(
        congress_id=call.congress_id, id=new_id(), candidate_id=row.id, name=called, content_type="image/jpeg",
        size=len(picture), body=picture, digest=digest, attached_at=call.now,
    )  # fmt: skip
    call.session.add(document)
    call.act("candidate_document_attached", candidate=str(row.id), document=str(document.id), sha256=digest)
    call.changed("orders")
    return document.id


@command("candidate.describe")
def remove_document(call: Call, document_id: UUID) -> UUID:
    """Remove a document that no voter was shown yet, and return its candidate."""
    candidate = call.session.scalar(
        select(CandidateDocument.candidate_id).where(CandidateDocument.id == document_id)
    )
    if candidate is None:
        raise Refused("not_found")
    row = _taken(call, candidate)
    document = call.session.scalar(select(CandidateDocument).where(CandidateDocument.id == document_id))
    if document is None:
        raise Refused("not_found")
    call.session.delete(document)
    call.act(
        "candidate_document_removed",
        candidate=str(row.id), document=str(document.id), sha256=document.digest,
    )  # fmt: skip
    call.changed("orders")
    return row.id


def _taken(call: Call, candidate_id: UUID) -> Candidate:
    """Return a candidate for a change, held until the end: a freeze waits for it, and is waited for."""
    row = call.session.scalar(select(Candidate).where(Candidate.id == candidate_id).with_for_update())
    if row is None:
        raise Refused("not_found")
    frozen = call.session.scalar(
        select(Round.title)
        .join(RoundOption, leads(RoundOption.round_id, Round))
        .where(RoundOption.candidate_id == row.id, Round.state.not_in(FREE))
        .order_by(Round.id)
        .limit(1)
    )
    if frozen is not None:
        raise Refused("candidate_frozen", title=frozen)
    return row
