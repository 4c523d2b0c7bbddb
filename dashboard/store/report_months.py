"""One month's reports of many projects at once: versions, drafts, plans and files, in a statement each."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.store.schedules import is_in_force
from dashboard.store.tables.progress import Plan, Report, ReportDraft
from dashboard.store.tables.supervision import Attachment


@dataclass(frozen=True, slots=True)
class MonthKept:
    """What some projects have of a month, by project; `files` counts what is attached, by draft or report."""

    versions: Mapping[UUID, Sequence[Report]]
    drafts: Mapping[UUID, ReportDraft]
    plans: Mapping[UUID, Plan]
    files: Mapping[UUID, int]

    def evidence(self, project_id: UUID) -> int:
        """Return how many files the report will have: its draft's, or those of the version before."""
        draft, versions = self.drafts.get(project_id), self.versions[project_id]
        if draft is not None:
            return self.files[draft.id]
        return max(self.files[versions[-1].id], versions[-1].evidence) if versions else 0


def kept_month(session: Session, projects: Collection[UUID], month: date) -> MonthKept:
    """Return what some projects have of a month, in four statements."""
    versions: dict[UUID, list[Report]] = defaultdict(list)
    submitted = select(Report).where(
        Report.project_id.in_(projects), Report.month == month, Report.state != "draft"
    )
    for row in session.scalars(submitted.order_by(Report.version)):
        versions[row.project_id].append(row)
    drafts = session.scalars(
        select(ReportDraft).where(ReportDraft.project_id.in_(projects), ReportDraft.month == month)
    ).all()
    plans = session.scalars(select(Plan).where(Plan.project_id.in_(projects), is_in_force())).all()
    subjects = [one.id for one in drafts] + [one.id for known in versions.values() for one in known]
    counted = session.execute(
        select(Attachment.subject_id, func.count())
        .where(Attachment.subject_id.in_(subjects))
        .group_by(Attachment.subject_id)
    )
    return MonthKept(
        versions,
        {one.project_id: one for one in drafts},
        {one.project_id: one for one in plans},
        Counter({subject: n for subject, n in counted}),  # noqa: C416 - a row is no pair to the type checker
    )
