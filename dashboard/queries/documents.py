"""The papers of a round: what was published for all, the others for those inside."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from dashboard.gate import Call, query
from dashboard.queries.inside import is_inside
from dashboard.rules.refused import Refused
from dashboard.rules.round_frames import ANNOUNCED
from dashboard.rules.round_papers import ANNOUNCEMENT, ANNOUNCEMENT_TEXT, Announcement
from dashboard.store.joins import leads
from dashboard.store.tables.sealing import RoundDocument
from dashboard.store.tables.voting import Round

COLUMNS = (
    RoundDocument.id,
    RoundDocument.kind,
    RoundDocument.number,
    RoundDocument.name,
    RoundDocument.digest,
    RoundDocument.made_at,
    RoundDocument.published_at,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """One paper in the list of a round, without its content."""

    id: UUID
    kind: str
    number: str | None
    name: str
    digest: str
    made_at: datetime
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Body:
    """One paper as a file."""

    name: str
    content_type: str
    digest: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Issued:
    """An announcement as it was issued: its text for the page, and the file."""

    text: Announcement
    file: UUID


@query("document.read")
def papers_of(call: Call, round_id: UUID) -> tuple[Kept, ...]:
    """Return every paper of a round, the newest first, to those inside; to others those that are published."""
    row = call.session.scalar(select(Round).where(Round.id == round_id))
    if row is None:
        raise Refused("not_found")
    statement = _listed(row.id)
    if not is_inside(call, row):
        if row.state != ANNOUNCED or row.published_at is None:
            raise Refused("not_allowed" if call.is_member else "not_found")
        statement = statement.where(RoundDocument.published_at.is_not(None))
    return tuple(Kept(*found) for found in call.session.execute(statement))


@query("round.read", "voting")
def issued_announcement(call: Call, round_id: UUID) -> Issued | None:
    """Return the last announcement that was made of a round, as it was issued; None where none was."""
    found = call.session.execute(
        select(RoundDocument.kind, RoundDocument.id, RoundDocument.body)
        .join(Round, leads(RoundDocument.round_id, Round))
        .where(
            RoundDocument.round_id == round_id,
            RoundDocument.kind.in_((ANNOUNCEMENT, ANNOUNCEMENT_TEXT)),
            RoundDocument.published_at.is_not(None),
            Round.state == ANNOUNCED,
            Round.published_at.is_not(None),
        )
        .order_by(RoundDocument.made_at.desc(), RoundDocument.id.desc())
    ).all()
    text = next((row.body for row in found if row.kind == ANNOUNCEMENT_TEXT), None)
    file = next((row.id for row in found if row.kind == ANNOUNCEMENT), None)
    return None if text is None or file is None else Issued(read_announcement(text), file)


@query("document.read")
def paper_body(call: Call, document_id: UUID) -> Body:
    """Return a paper as a file; one that is not published to those inside alone."""
    found = call.session.execute(
        select(RoundDocument, Round)
        .join(Round, leads(RoundDocument.round_id, Round))
        .where(RoundDocument.id == document_id)
    ).one_or_none()
    if found is None:
        raise Refused("not_found")
    document, row = found
    is_public = document.published_at is not None and row.state == ANNOUNCED and row.published_at is not None
    if not is_public and not is_inside(call, row):
        raise Refused("not_found")
    return Body(document.name, document.content_type, document.digest, document.body)


def read_announcement(body: bytes) -> Announcement:
    """Return the text of an announcement as it was kept."""
    told: dict[str, Any] = json.loads(body)
    lists = {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
    return Announcement(**{**told, **lists})


def _listed(round_id: UUID) -> Any:
    return (
        select(*COLUMNS)
        .where(RoundDocument.round_id == round_id, RoundDocument.kind != ANNOUNCEMENT_TEXT)
        .order_by(RoundDocument.made_at.desc(), RoundDocument.id.desc())
    )
