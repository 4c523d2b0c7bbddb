"""Which supervision week a remark is made in."""

from datetime import date
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from dashboard.store.joins import leads
from dashboard.store.tables.progress import Project
from dashboard.store.tables.supervision import SupervisionWeek, SupervisionWeekProject


def week_of(session: Session, project: UUID, day: date) -> UUID | None:
    """Return the week of the project's cycle that a day falls into, if it is about the project."""
    chosen = select(SupervisionWeekProject.project_id).where(
        leads(SupervisionWeekProject.week_id, SupervisionWeek)
    )
    return session.scalar(
        select(SupervisionWeek.id)
        .join(
            Project,
            and_(
                Project.congress_id == SupervisionWeek.congress_id,
                Project.cycle_id == SupervisionWeek.cycle_id,
            ),
        )
        .where(
            Project.id == project,
            SupervisionWeek.from_day <= day,
            SupervisionWeek.to_day >= day,
            or_(~chosen.exists(), chosen.where(SupervisionWeekProject.project_id == project).exists()),
        )
    )
