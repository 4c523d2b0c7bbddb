"""What a report is judged by: the months published before it, the plan, the sum, and when it first came in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.rules.progress import Plan as Schedule
from dashboard.rules.progress import planned_share
from dashboard.rules.reasons import Reason
from dashboard.rules.report_quality import ReportFacts, quality
from dashboard.rules.supervision_rules import SupervisionRules, last_day
from dashboard.rules.working_days import is_working_day
from dashboard.store.schedules import Baseline, baselines
from dashboard.store.tables.progress import Project, Report


@dataclass(frozen=True, slots=True)
class Said:
    """What a report says that is judged; `evidence` is how many files are attached to it."""

    month: date
    share: int
    paid: int | None
    text: str
    evidence: int
    expected_on: date | None
    filed: date


@dataclass(frozen=True, slots=True)
class Ground:
    """A project's plan and what it has published, month by month; `first` is the day each month first came in."""

    project: Project
    schedule: Schedule
    budget: int | None
    published: Mapping[date, Report]
    first: Mapping[date, date]

    def before(self, month: date) -> Report | None:
        """Return what was published last of the months before one."""
        known = [day for day in self.published if day < month]
        return self.published[max(known)] if known else None

    def planned(self, month: date) -> int:
        """Return the share planned for the end of a month."""
        return planned_share(self.schedule, month)

    def warnings(self, said: Said, rules: SupervisionRules) -> tuple[Reason, ...]:
        """Return what needs a second look in a report; a month that first came in time is not late later."""
        filed = min(said.filed, self.first.get(said.month, said.filed))
        earlier = [
            self._facts(month, row, rules)
            for month, row in sorted(self.published.items())
            if month < said.month
        ]
        last = ReportFacts(
            said.month, said.share, paid=said.paid, planned=self.planned(said.month), budget=self.budget,
            text=said.text, evidence=said.evidence, filed=filed, due=_due(said.month, rules),
            forecast_finish=said.expected_on,
        )  # fmt: skip
        return quality([*earlier, last], rules.quality)

    def _facts(self, month: date, row: Report, rules: SupervisionRules) -> ReportFacts:
        return ReportFacts(
            month, row.share, paid=row.paid, planned=self.planned(month), budget=self.budget,
            text=row.done_text, evidence=row.evidence, filed=self.first.get(month), due=_due(month, rules),
            forecast_finish=row.expected_on,
        )  # fmt: skip


def said_by(report: Report) -> Said:
    """Return what a submitted report says."""
    return Said(
        report.month, report.share, report.paid, report.done_text, report.evidence, report.expected_on,
        report.received_on,
    )  # fmt: skip


def grounds(session: Session, congress_id: UUID, projects: Iterable[Project]) -> dict[UUID, Ground]:
    """Return what the reports of some projects are judged by, in two statements."""
    known = {one.id: one for one in projects}
    plans = baselines(session, congress_id, known) if known else {}
    versions: dict[UUID, list[Report]] = defaultdict(list)
    rows: Sequence[Report] = session.scalars(
        select(Report)
        .where(Report.project_id.in_(list(known)), Report.state != "draft")
        .order_by(Report.month, Report.version)
    ).all()
    for row in rows:
        versions[row.project_id].append(row)
    return {
        identity: _ground(one, plans[identity][-1], versions[identity]) for identity, one in known.items()
    }


def _ground(project: Project, plan: Baseline, versions: Sequence[Report]) -> Ground:
    first: dict[date, date] = {}
    for row in versions:
        first[row.month] = min(first.get(row.month, row.received_on), row.received_on)
    # A later version takes the place of those before it.
    published = {row.month: row for row in versions if row.published_at is not None}
    return Ground(project, plan.schedule, plan.budget, published, first)


def _due(month: date, rules: SupervisionRules) -> date:
    return last_day(month, rules.due, is_working_day)
