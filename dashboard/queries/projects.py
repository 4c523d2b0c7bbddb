"""The rows behind every progress page: a cycle's projects with their plans and last published reports."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from dashboard.rules.frames import Forecast
from dashboard.rules.lights import CANCELLED
from dashboard.rules.progress import WHOLE, Plan, forecast, planned_share
from dashboard.rules.report_quality import ReportFacts
from dashboard.rules.standing import Stand, stand
from dashboard.rules.supervision_rules import DueRules, SupervisionRules, last_day
from dashboard.rules.working_days import is_working_day
from dashboard.store.joins import leads
from dashboard.store.schedules import Baseline, baselines
from dashboard.store.tables.congress import Department
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.progress import Project, Report

ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Carried:
    """One project as it is carried out: what was planned and what was reported, month by month."""

    row: Project
    department: str | None
    plan: Plan
    # The latest published version of each month; `versions` are all that were published.
    reports: tuple[Report, ...]
    versions: tuple[Report, ...] = ()
    # Every plan that was in force; the last one holds, and its schedule is `plan`.
    baselines: tuple[Baseline, ...] = ()

    @property
    def is_cancelled(self) -> bool:
        """Tell whether the project was cancelled: it keeps its row, and is in no light, ranking or sum."""
        return self.row.state == CANCELLED

    @property
    def budget(self) -> int | None:
        """Return the year's sum by the plan in force, else as it was voted, in fen."""
        return self.baselines[-1].budget if self.baselines else self.row.budget

    def paid(self) -> int | None:
        """Return the sum paid as last reported, in fen; a report without a sum leaves the one before."""
        return next((report.paid for report in reversed(self.reports) if report.paid is not None), None)

    def forecast(self) -> Forecast | None:
        """Return when the project will finish by its published reports, None where they tell nothing of it."""
        return forecast(self.plan, [(report.month, report.share) for report in self.reports])

    def at(self, month: date) -> Report | None:
        """Return the report that holds at a month's end: its own, or the one by which the project was done before."""
        before = [report for report in self.reports if report.month <= month]
        last = before[-1] if before else None
        return last if last is not None and (last.month == month or last.share >= WHOLE) else None

    def months(self, last: date, due: DueRules) -> list[ReportFacts]:
        """Return every month from the start to `last`, one without report included, as the rules of due days hold.

        Of a project that is done, or was cancelled, no further report is due.
        """
        known = {report.month: report for report in self.reports}
        # A correction does not make late what came in time.
        filed = {report.month: report.received_on for report in reversed(self.versions or self.reports)}
        if self.reports and (self.is_cancelled or self.reports[-1].share >= WHOLE):
            last = min(last, self.reports[-1].month)
        months = []
        for month in [day for day in self.plan_months() if day <= last]:
            report = known.get(month)
            months.append(
                ReportFacts(
                    month,
                    report.share if report else None,
                    paid=report.paid if report else None,
                    planned=planned_share(self.plan, month),
                    budget=self.budget,
                    text=report.done_text if report else "",
                    evidence=report.evidence if report else None,
                    filed=filed.get(month),
                    due=last_day(month, due, is_working_day),
                    forecast_finish=report.expected_on if report else None,
                )
            )
        return months

    def stand(self, day: date, rules: SupervisionRules) -> Stand:
        """Return how the project stands at a month's end, by its published reports up to then."""
        if self.is_cancelled:
            held = self.at(day)
            return Stand(
                planned_share(self.plan, day), held.share if held else None, None, CANCELLED, 0, stalled=False
            )
        shares = [(report.month, report.share) for report in self.reports]
        return stand(self.plan, shares, day, rules, accepted=self.row.state == ACCEPTED)

    def plan_months(self) -> list[date]:
        """Return the month ends that the plan names, and those reported after its end."""
        days = {day for day in self.plan.days if day > self.plan.start}
        return sorted(days | {report.month for report in self.reports})


def current_year(session: Session, today: date) -> int | None:
    """Return the cycle that is being carried out today, else the newest."""
    years = list(session.scalars(select(Cycle.year).order_by(Cycle.year.desc())))
    return today.year if today.year in years else (years[0] if years else None)


def carried(session: Session, year: int, *conditions: ColumnElement[bool]) -> list[Carried]:
    """Return a cycle's projects that meet conditions, with the plan in force and each report's latest version."""
    # A page asks for the same cycle several times in one snapshot; a session that writes asks anew.
    kept: dict[int, list[Carried]] | None = session.info.get("kept")
    if kept is not None and year in kept:
        return kept[year]
    wanted = select(Project, Department.name).outerjoin(Department, leads(Project.department_id, Department))
    wanted = wanted.join(Cycle, leads(Project.cycle_id, Cycle)).where(Cycle.year == year, *conditions)
    rows = session.execute(wanted.order_by(Project.number)).all()
    ids = [row.id for row, _ in rows]
    plans = baselines(session, rows[0][0].congress_id, ids) if rows else {}
    versions = _published(session, ids)
    found = [
        Carried(
            row,
            department,
            plans[row.id][-1].schedule,
            _latest(versions[row.id]),
            tuple(versions[row.id]),
            plans[row.id],
        )
        for row, department in rows
    ]
    if kept is not None:
        kept[year] = found
    return found


def _published(session: Session, ids: list[UUID]) -> dict[UUID, list[Report]]:
    """Return every published version by project, in the order of months and versions."""
    rows = session.scalars(
        select(Report)
        .where(Report.project_id.in_(ids), Report.published_at.is_not(None))
        .order_by(Report.month, Report.version)
    )
    reports: dict[UUID, list[Report]] = defaultdict(list)
    for report in rows:
        reports[report.project_id].append(report)
    return reports


def _latest(versions: list[Report]) -> tuple[Report, ...]:
    """Return the last version of each month: it takes the place of those before it."""
    return tuple({report.month: report for report in versions}.values())
