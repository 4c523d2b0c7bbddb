"""A file that is attached to a report or an inspection: published to everyone, before that to whom that is shown."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from dashboard.gate import Call, query, relate
from dashboard.queries.inspections import inspection_files
from dashboard.queries.report_form import attached_files
from dashboard.relations import RELATIONS
from dashboard.rules.inspections import INSPECTION
from dashboard.rules.refused import Refused
from dashboard.rules.report_frames import Attached
from dashboard.rules.roles import Relation, Role
from dashboard.store.report_drafts import DRAFT, REPORT, attachments_of, draft_of
from dashboard.store.tables.progress import Report, ReportDraft
from dashboard.store.tables.supervision import Attachment

# A draft is its department's and the clerk's; what was submitted is read by all who check.
READERS = {
    DRAFT: frozenset({Role.CLERK}),
    REPORT: frozenset({Role.CLERK, Role.LEADER, Role.COORDINATOR}),
}


@dataclass(frozen=True, slots=True)
class Found:
    """Where a file lies and what it is."""

    name: str
    media_type: str
    digest: str
    preview: str | None
    is_public: bool


@query("attachment.read")
def attachment(call: Call, attachment_id: UUID) -> Found:
    """Return a file; one that is another's, of another congress, or not there is told alike."""
    row = call.session.scalar(select(Attachment).where(Attachment.id == attachment_id))
    if row is None or not _may_read(call, row):
        raise Refused("not_found")
    return Found(row.name, row.media_type, row.digest, row.preview, row.published_at is not None)


@query("report.form")
def draft_files(call: Call, project_id: UUID, month: date) -> tuple[Attached, ...]:
    """Return the files of a draft as they are now."""
    relate(call, "report.form", project_id=project_id)
    draft = draft_of(call.session, project_id, month)
    return attached_files(attachments_of(call.session, [draft.id])) if draft is not None else ()


@query("report.form")
def may_attach(call: Call, project_id: UUID) -> None:
    """Refuse whoever may not write a project's report: before a file is read, not after."""
    relate(call, "report.form", project_id=project_id)


def _may_read(call: Call, row: Attachment) -> bool:
    if row.published_at is not None:
        return True
    if row.subject == INSPECTION:
        return call.is_member and _is_shown(call, row.subject_id)
    if not call.is_member or row.subject not in READERS:
        return False
    if call.role in READERS[row.subject]:
        return True
    owner: type[Report] | type[ReportDraft] = ReportDraft if row.subject == DRAFT else Report
    project = call.session.scalar(select(owner.project_id).where(owner.id == row.subject_id))
    return call.role is Role.DEPARTMENT and RELATIONS[Relation.RESPONSIBLE](
        call.session, call.actor, call.today, {"project_id": project}
    )


def _is_shown(call: Call, inspection_id: UUID) -> bool:
    """Tell whether an inspection that is not published is shown to who asks, and with it its files."""
    try:
        inspection_files(call, inspection_id)
    except Refused:
        return False
    return True
