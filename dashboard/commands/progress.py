"""Monthly reports: a department submits, the clerk publishes; nothing published is overwritten."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import func, select

from dashboard.gate import Call, command, relate
from dashboard.rules.progress import month_end
from dashboard.rules.refused import Refused
from dashboard.rules.topics import DESK
from dashboard.store.joins import leads
from dashboard.store.sums import refresh
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Project, Report

LARGEST_SHARE = 100_000


class NewReport(BaseModel):
    """What a department reports of one month: cumulative share in basis points, cumulative money in fen."""

    project_id: UUID
    month: date
    share: int = Field(ge=0, le=LARGEST_SHARE)
    paid: int | None = Field(default=None, ge=0)
    done_text: str = Field(min_length=1, max_length=2000)
    next_text: str = Field(default="", max_length=2000)
    reason: str = Field(default="", max_length=500)


@command("report.submit")
def submit_report(call: Call, new: NewReport) -> UUID:
    """Submit a month's report to the clerk; a month already published needs a reason and becomes a new version."""
    project = call.session.scalar(select(Project).where(Project.id == new.project_id))
    if project is None:
        raise Refused("not_found")
    relate(call, "report.submit", project_id=project.id)
    month = month_end(new.month)
    if month > call.today:
        raise Refused("month_not_over", month=month.month)
    if month < project.starts_on:
        raise Refused("month_before_start", month=month.month)
    version, published = call.session.execute(
        select(func.max(Report.version), func.max(Report.published_at)).where(
            Report.project_id == project.id, Report.month == month
        )
    ).one()
    if published is not None and not new.reason.strip():
        raise Refused("correction_needs_reason", month=month.month)
    report = Report(
        congress_id=call.congress_id,
        id=new_id(),
        project_id=project.id,
        submitted_by=call.actor.appointment_id,
        month=month,
        version=(version or 0) + 1,
        state="submitted",
        share=new.share,
        paid=new.paid,
        done_text=new.done_text.strip(),
        next_text=new.next_text.strip() or None,
        reason=new.reason.strip() or None,
        evidence=0,
        received_on=call.today,
        submitted_at=call.now,
    )
    call.session.add(report)
    call.act("report_submitted", report=str(report.id), project=str(project.id), version=report.version)
    call.changed(DESK)
    return report.id


@command("report.publish")
def publish_report(call: Call, report_id: UUID) -> Report:
    """Publish a submitted report: its project's state and its month's sums follow in this transaction."""
    report = call.session.scalar(select(Report).where(Report.id == report_id).with_for_update())
    if report is None:
        raise Refused("not_found")
    if report.state != "submitted":
        raise Refused("report_not_submitted")
    relate(call, "report.publish", project_id=report.project_id)
    cycle = call.session.scalars(
        select(Cycle).join(Project, leads(Project.cycle_id, Cycle)).where(Project.id == report.project_id)
    ).one()
    report.state, report.published_at = "published", call.now
    call.session.flush()
    refresh(
        call.session,
        congress_id=call.congress_id,
        cycle_id=cycle.id,
        project_id=report.project_id,
        month=report.month,
    )
    call.act(
        "report_published", report=str(report.id), project=str(report.project_id), version=report.version
    )
    call.changed("progress", DESK)
    return report
