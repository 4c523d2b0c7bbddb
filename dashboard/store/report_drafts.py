"""A month's report on its way: the versions that were submitted, the draft of the next one, and what is attached."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.rules.attached_files import KeptFile
from dashboard.rules.refused import Refused
from dashboard.rules.report_drafts import Kept
from dashboard.rules.report_form import COLUMNS, FIELDS, MOST_ATTACHMENTS, typed_form
from dashboard.store.tables.accounts import Account, Appointment
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Project, Report, ReportDraft
from dashboard.store.tables.supervision import Attachment, Inspection

DRAFT, REPORT = "report_draft", "report"
SUBMITTED, RETURNED, REPLACED, PUBLISHED = "submitted", "returned", "replaced", "published"


def versions_of(session: Session, project_id: UUID, month: date, *, locked: bool = False) -> Sequence[Report]:
    """Return every version of a project's report of a month, the first one first."""
    statement = (
        select(Report)
        .where(Report.project_id == project_id, Report.month == month, Report.state != "draft")
        .order_by(Report.version)
    )
    return session.scalars(statement.with_for_update() if locked else statement).all()


def draft_of(session: Session, project_id: UUID, month: date) -> ReportDraft | None:
    """Return the draft of a project's report of a month."""
    return session.scalar(
        select(ReportDraft).where(ReportDraft.project_id == project_id, ReportDraft.month == month)
    )


def attachments_of(session: Session, subjects: Iterable[UUID]) -> Sequence[Attachment]:
    """Return what is attached to drafts and reports, in the order in which it came."""
    return session.scalars(
        select(Attachment)
        .where(Attachment.subject_id.in_(list(subjects)))
        .order_by(Attachment.created_at, Attachment.id)
    ).all()


def attach_file(
    session: Session,
    to: ReportDraft | Inspection,
    subject: str,
    file: KeptFile,
    *,
    by: UUID | None,
    at: datetime,
) -> UUID:
    """Attach a file to a draft or to an inspection; the same one twice, or a tenth one, is refused."""
    attached = attachments_of(session, [to.id])
    same = next((one for one in attached if one.digest == file.digest), None)
    if same is not None:
        raise Refused("attachment_twice", name=same.name)
    if len(attached) >= MOST_ATTACHMENTS:
        raise Refused("attachments_full", most=MOST_ATTACHMENTS)
    row = Attachment(
        congress_id=to.congress_id, id=new_id(), subject=subject, subject_id=to.id, name=file.name,
        media_type=file.media_type, size=file.size, digest=file.digest, preview=file.preview, added_by=by,
        created_at=at, published_at=None,
    )  # fmt: skip
    session.add(row)
    return row.id


def prefilled(project: Project, last: Report | None) -> dict[str, str]:
    """Return what a form begins with: the version submitted last, else who answers for the project."""
    if last is None:
        return dict.fromkeys(FIELDS, "") | {"leader": project.leader or ""}
    return typed_form({column: getattr(last, column) for column in COLUMNS.values()})


def kept_fields(draft: ReportDraft) -> dict[str, Kept]:
    """Return the fields of a draft."""
    return {
        name: Kept(one["value"], one["revision"], one["editor"])
        for name, one in draft.body.items()
        if name in FIELDS
    }


def begin_draft(session: Session, project: Project, month: date, now: datetime) -> ReportDraft:
    """Make the draft of a month from the version before it, with what was attached to that."""
    before = versions_of(session, project.id, month)
    last = before[-1] if before else None
    body = {
        name: {"value": value, "revision": 0, "editor": "", "by": None, "at": None}
        for name, value in prefilled(project, last).items()
    }
    draft = ReportDraft(
        congress_id=project.congress_id, id=new_id(), project_id=project.id, month=month, body=body, revision=0,
        edited_by=None, edited_at=now,
    )  # fmt: skip
    session.add(draft)
    session.flush()
    if last is not None:
        copy_attachments(session, attachments_of(session, [last.id]), DRAFT, draft.id)
    return draft


def copy_attachments(
    session: Session, attached: Iterable[Attachment], subject: str, subject_id: UUID
) -> None:
    """Attach the same files to another row: the file is one, each row has its own right to it."""
    for one in attached:
        copy = Attachment(
            congress_id=one.congress_id, id=new_id(), subject=subject, subject_id=subject_id, name=one.name,
            media_type=one.media_type, size=one.size, digest=one.digest, preview=one.preview,
            added_by=one.added_by, created_at=one.created_at, published_at=None,
        )  # fmt: skip
        session.add(copy)
    session.flush()


def names_of(session: Session, appointments: Iterable[Any]) -> dict[UUID, str]:
    """Return the names under which some appointments act."""
    wanted = [one for one in appointments if one is not None]
    if not wanted:
        return {}
    rows = session.execute(
        select(Appointment.id, Account.display_name)
        .join(Account, Account.id == Appointment.account_id)
        .where(Appointment.id.in_(wanted))
    )
    return {appointment: name for appointment, name in rows}  # noqa: C416 - a row is no pair to the type checker


def project_of(session: Session, project_id: UUID, *, locked: bool = False) -> Project | None:
    """Return a project; locked, its drafts are written one after the other."""
    statement = select(Project).where(Project.id == project_id)
    return session.scalar(statement.with_for_update(key_share=True) if locked else statement)
