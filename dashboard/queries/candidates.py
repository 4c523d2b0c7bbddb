"""What is told of candidates beyond their line: plans and documents, before the announcement to those inside."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.gate import Call, query
from dashboard.queries.documents import Body
from dashboard.rules.candidates import FREE, Attached, Told
from dashboard.rules.refused import Refused
from dashboard.rules.roles import PREPARING, Role
from dashboard.rules.rounds import DRAFT
from dashboard.store.joins import leads
from dashboard.store.tables.congress import Department
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.orders import Candidate, CandidateDocument
from dashboard.store.tables.voting import Round, RoundOption

ATTACHED = (
    CandidateDocument.id,
    CandidateDocument.name,
    CandidateDocument.content_type,
    CandidateDocument.size,
)


@query("candidate.read", "orders", "voting")
def candidates_of(call: Call, year: int) -> tuple[Told, ...]:
    """Return the screened candidates of a cycle to those who prepare the choice, with plan and documents."""
    return _told(call, Candidate.cycle_id.in_(select(Cycle.id).where(Cycle.year == year)))


@query("candidate.read", "orders", "voting")
def candidate_told(call: Call, candidate_id: UUID) -> Told:
    """Return one candidate to those who prepare the choice."""
    found = _told(call, Candidate.id == candidate_id)
    if not found:
        raise Refused("not_found")
    return found[0]


@query("candidate.read")
def candidate_document(call: Call, document_id: UUID) -> Body:
    """Return a document as a file: to all once it is published, before that to those who prepare the choice.

    A deputy reads it as soon as a round is frozen in which its candidate stands.
    """
    document = call.session.scalar(select(CandidateDocument).where(CandidateDocument.id == document_id))
    if document is None:
        raise Refused("not_found")
    if document.published_at is None and not _is_inside(call, document.candidate_id):
        raise Refused("not_found")
    return Body(document.name, document.content_type, document.digest, document.body)


def documents_of(session: Session, *conditions: Any) -> dict[UUID, tuple[Attached, ...]]:
    """Return the documents that meet some conditions by candidate, in the order in which they were attached."""
    found: dict[UUID, list[Attached]] = defaultdict(list)
    rows = session.execute(
        select(CandidateDocument.candidate_id, *ATTACHED)
        .where(*conditions)
        .order_by(CandidateDocument.attached_at, CandidateDocument.id)
    )
    for candidate, identity, name, content_type, size in rows:
        found[candidate].append(Attached(identity, name, content_type, size))
    return {candidate: tuple(papers) for candidate, papers in found.items()}


def _is_inside(call: Call, candidate: UUID) -> bool:
    if call.role in PREPARING:
        return True
    return call.role is Role.DEPUTY and candidate in _frozen(call.session, [candidate])


def _frozen(session: Session, candidates: Iterable[UUID]) -> frozenset[UUID]:
    """Return which candidates stand in a round that was frozen and not annulled."""
    rows = session.scalars(
        select(RoundOption.candidate_id)
        .join(Round, leads(RoundOption.round_id, Round))
        .where(RoundOption.candidate_id.in_(candidates), Round.state.not_in(FREE))
    )
    return frozenset(one for one in rows if one is not None)


def _told(call: Call, condition: Any) -> tuple[Told, ...]:
    if call.role not in PREPARING:
        raise Refused("sign_in_first" if call.role is Role.PUBLIC else "not_allowed")
    rows = call.session.execute(
        select(Candidate, Department.name)
        .outerjoin(Department, leads(Candidate.department_id, Department))
        .where(condition, Candidate.state != DRAFT)
        .order_by(Candidate.number)
    ).all()
    keys = [row.id for row, _ in rows]
    papers, frozen = (
        documents_of(call.session, CandidateDocument.candidate_id.in_(keys)), _frozen(call.session, keys)
    )  # fmt: skip
    return tuple(
        Told(
            row.id, row.number, row.name, department, row.budget, row.place, row.target, row.plan,
            papers.get(row.id, ()), row.id in frozen,
        )
        for row, department in rows
    )  # fmt: skip
