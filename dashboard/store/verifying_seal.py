"""Whether a seal holds: the box is the one of its digest, says what the round says, and gives its counts again."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from dashboard.rules import chain
from dashboard.rules.boxes import Box, count_box, read_box
from dashboard.rules.candidates import FREE
from dashboard.rules.counting import Outcome
from dashboard.rules.refused import Refused
from dashboard.store.candidates import about_now
from dashboard.store.core import table_of
from dashboard.store.tables.keys import Base
from dashboard.store.tables.orders import CandidateDocument
from dashboard.store.tables.sealing import RoundDocument, SealedBox
from dashboard.store.tables.voting import Ballot, Count, Round, RoundOption

# An annulled round is sealed and never counted.
UNCOUNTED = "annulled"
ATTENDANCE = ("places", "entitled", "present", "issued", "recovered")
COUNTED = ("number", "votes", "against", "abstained", "rank_sum", "state", "reason", "facts")
Broken = tuple[str, str]


def broken_seal(session: Session, congress: UUID, round_id: UUID) -> Broken | None:
    """Return the part of a round that its seal refutes, and why; None where it holds or none was set yet."""
    rounds = _rows(session, congress, Round, Round.id == round_id)
    boxes = _rows(session, congress, SealedBox, SealedBox.round_id == round_id)
    if not rounds or not boxes:
        digest = rounds[0]["box_digest"] if rounds else None
        return None if digest is None else ("box", "seal_missing")
    return next(_faults(session, congress, rounds[0], boxes[0]), None)


def broken_document(session: Session, congress: UUID, round_id: UUID) -> Broken | None:
    """Return that a paper of a round is not the one of its digest, or None."""
    papers = _rows(session, congress, RoundDocument, RoundDocument.round_id == round_id)
    if all(hashlib.sha256(paper["body"]).hexdigest() == paper["digest"] for paper in papers):
        return None
    return "documents", "document_digest"


def broken_about(session: Session, congress: UUID, round_id: UUID) -> Broken | None:
    """Return that a candidate is not told as its line was frozen, or that a document of one is not of its digest."""
    rounds = _rows(session, congress, Round, Round.id == round_id)
    if not rounds or rounds[0]["state"] in FREE:
        return None
    known = _of(session, RoundOption, ("candidate_id", "about_digest"), congress, round_id)
    lines = [row for row in known if row.about_digest is not None]
    candidates = {line.candidate_id for line in lines}
    now = about_now(session, congress, candidates) if candidates else {}
    if any(now.get(line.candidate_id) != line.about_digest for line in lines):
        return "options", "about_digest"
    papers = _rows(session, congress, CandidateDocument, CandidateDocument.candidate_id.in_(candidates))
    if all(hashlib.sha256(paper["body"]).hexdigest() == paper["digest"] for paper in papers):
        return None
    return "options", "candidate_document"


def _faults(session: Session, congress: UUID, told: Any, sealed: Any) -> Iterator[Broken]:
    raw = sealed["body"].encode()
    if sealed["algorithm"] != chain.ALGORITHM:
        yield "box", "seal_algorithm"
    if not hashlib.sha256(raw).hexdigest() == sealed["digest"] == told["box_digest"]:
        yield "box", "seal_digest"
    try:
        box = read_box(raw)
    except Refused:
        yield "box", "seal_no_box"
        return
    if (box.rule_set.model_dump(), box.purpose) != (told["rules"], told["purpose"]):
        yield "round", "seal_rules"
    if any(getattr(box, name) != told[name] for name in ATTENDANCE):
        yield "round", "seal_attendance"
    own = {"congress": congress, "round_id": told["id"]}
    listed = _of(session, RoundOption, ("number", "name"), **own)
    if sorted((one.number, one.name) for one in box.options) != sorted(map(tuple, listed)):
        yield "options", "seal_options"
    cast = _of(session, Ballot, ("id", "marks", "membership_id"), **own)
    ballots = [(receipt, marks, _text(member)) for receipt, marks, member in cast]
    if [(one.id, one.marks, one.member) for one in box.ballots] != sorted(ballots):
        yield "ballots", "seal_ballots"
    yield from _miscounted(box, told, _of(session, Count, COUNTED, **own))


def _miscounted(box: Box, told: Any, counts: list[Any]) -> Iterator[Broken]:
    """Count the box again and compare every stored number, state and reason."""
    numbers = (told["valid"], told["invalid"], told["threshold"])
    if told["state"] == UNCOUNTED:
        if counts or numbers != (None, None, None):
            yield "counts", "counted_though_annulled"
        return
    outcome = count_box(box)
    if numbers != (outcome.valid, outcome.invalid, outcome.needed):
        yield "round", "count_differs"
    if sorted(_counted(outcome)) != sorted(_stored(row) for row in counts):
        yield "counts", "count_differs"
    if told["facts"] is not None and not _same_facts(told["facts"], outcome):
        yield "round", "count_differs"


def _counted(outcome: Outcome) -> Iterator[tuple[Any, ...]]:
    for one in outcome.options:
        numbers = (one.number, one.votes, one.against, one.abstained, one.rank_sum)
        yield (*numbers, one.state, one.reason.code, chain.canonical(dict(one.reason.facts)))


def _stored(row: Any) -> tuple[Any, ...]:
    *others, facts = row
    return (*others, chain.canonical(facts))


def _same_facts(facts: Any, outcome: Outcome) -> bool:
    """Tell whether what the round says of its count beside the options' is what the box gives."""
    told = facts.get("outcome", {})
    same = (told.get("state"), told.get("code"), told.get("facts")) == (
        outcome.state, outcome.reason.code, dict(outcome.reason.facts),
    )  # fmt: skip
    return same and facts.get("faults", {}) == Counter(reason.code for _, reason in outcome.faults)


def _of(
    session: Session, mapped: type[Base], names: Sequence[str], congress: UUID, round_id: UUID
) -> list[Any]:
    """Return what some columns of a round's rows hold; keys that a hundred thousand rows share are not read."""
    table = table_of(mapped)
    condition = and_(table.c.congress_id == congress, table.c.round_id == round_id)
    return list(session.connection().execute(select(*(table.c[name] for name in names)).where(condition)))


def _rows(session: Session, congress: UUID, mapped: type[Base], condition: Any) -> list[Any]:
    # Core on purpose: what is there is compared, whatever a scope would show of it.
    table = table_of(mapped)
    found = session.connection().execute(select(table).where(table.c.congress_id == congress, condition))
    return list(found.mappings())


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)
