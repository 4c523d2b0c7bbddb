"""Inspections and supervision groups as rows: who goes, what was found, who supervises."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.rules.inspections import inspection_digest
from dashboard.store.report_drafts import attachments_of
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.progress import Project
from dashboard.store.tables.supervision import (
    Inspection,
    InspectionFinding,
    InspectionMember,
    SupervisionMember,
)


def group_of(session: Session, project_id: UUID) -> Sequence[SupervisionMember]:
    """Return the rows of a project's supervision group."""
    return session.scalars(select(SupervisionMember).where(SupervisionMember.project_id == project_id)).all()


def inspection_of(session: Session, inspection_id: UUID, *, locked: bool = False) -> Inspection | None:
    """Return an inspection; locked, what is done about it is done one after the other."""
    statement = select(Inspection).where(Inspection.id == inspection_id)
    return session.scalar(statement.with_for_update() if locked else statement)


def going_of(session: Session, inspection_id: UUID) -> Sequence[InspectionMember]:
    """Return the rows of who goes on an inspection."""
    return session.scalars(
        select(InspectionMember).where(InspectionMember.inspection_id == inspection_id)
    ).all()


def findings_of(session: Session, inspection_id: UUID) -> Sequence[InspectionFinding]:
    """Return every version of what was found, the first one first."""
    return session.scalars(
        select(InspectionFinding)
        .where(InspectionFinding.inspection_id == inspection_id)
        .order_by(InspectionFinding.version)
    ).all()


def cycle_year(session: Session, project: Project) -> int:
    """Return the year of a project's cycle."""
    return session.scalars(select(Cycle.year).where(Cycle.id == project.cycle_id)).one()


def digest_of(session: Session, row: Inspection, found: InspectionFinding) -> str:
    """Return the digest of an inspection with one version of what was found."""
    return inspection_digest(
        str(row.project_id),
        row.day,
        row.title,
        found.version,
        found.text,
        (str(one.membership_id) for one in going_of(session, row.id)),
        (one.digest for one in attachments_of(session, [row.id])),
    )
