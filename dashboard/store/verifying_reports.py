"""Published reports against the record: each is still what the act that published it states, files included."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.rules.report_digest import report_digest
from dashboard.store.report_drafts import PUBLISHED
from dashboard.store.tables.progress import Report
from dashboard.store.tables.record import Act
from dashboard.store.tables.supervision import Attachment

COLUMNS = tuple(Report.__mapper__.columns.keys())


def changed_report(session: Session, congress: UUID) -> int | None:
    """Return the number of the first act whose report was changed behind it, or taken away; None where none was."""
    acts = session.execute(
        select(Act.number, Act.payload)
        .where(Act.congress_id == congress, Act.kind == "report_published")
        .order_by(Act.number)
    ).all()
    # Acts of before the digests were stated say nothing of what the report held.
    stated = {number: payload for number, payload in acts if "sha256" in payload}
    if not stated:
        return None
    reports = {
        str(one.id): one
        for one in session.scalars(
            select(Report).where(Report.congress_id == congress, Report.published_at.is_not(None))
        )
    }
    files: dict[str, list[str]] = defaultdict(list)
    for subject, digest in session.execute(
        select(Attachment.subject_id, Attachment.digest).where(Attachment.congress_id == congress)
    ):
        files[str(subject)].append(digest)
    for number, payload in stated.items():
        row = reports.get(str(payload["report"]))
        if row is None or row.state != PUBLISHED:
            return number
        columns = {name: getattr(row, name) for name in COLUMNS}
        if report_digest(columns, files[str(row.id)]) != payload["sha256"]:
            return number
    return None
