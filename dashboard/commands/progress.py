"""Monthly reports: a department submits, the clerk returns or publishes; nothing published is overwritten."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints
from sqlalchemy import func, select

from dashboard.gate import Call, command, relate
from dashboard.rules.lights import CANCELLED
from dashboard.rules.refused import Refused
from dashboard.rules.report_digest import report_digest
from dashboard.rules.report_form import LINE, SHORT, TEXT, WHOLE
from dashboard.rules.report_months import month_reported
from dashboard.rules.topics import DESK
from dashboard.rules.typed_numbers import LARGEST_MONEY, LARGEST_QUANTITY, LARGEST_SHARE
from dashboard.rules.typed_text import required
from dashboard.store.joins import leads
from dashboard.store.report_drafts import (
    PUBLISHED,
    REPLACED,
    REPORT,
    RETURNED,
    SUBMITTED,
    attachments_of,
    copy_attachments,
    draft_of,
    project_of,
    versions_of,
)
from dashboard.store.report_grounds import Ground, grounds, said_by
from dashboard.store.rules_in_force import rules_in_force
from dashboard.store.sums import refresh
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Project, Report, ReportDraft

Share = Annotated[int, Field(ge=0, le=LARGEST_SHARE, strict=True)]
Rate = Annotated[int, Field(ge=0, le=WHOLE, strict=True)]
Text = Annotated[str, StringConstraints(max_length=TEXT, strip_whitespace=True)]
Line = Annotated[str, StringConstraints(max_length=LINE, strip_whitespace=True)]


class NewReport(BaseModel):
    """What a department reports of one month: cumulative share in basis points, money in fen, amount in thousandths.

    `revision` is the draft's, as the page that sends it knows it; a repeated press has the same `request_id`.
    """

    project_id: UUID
    month: date
    share: Share
    quantity: int | None = Field(default=None, ge=0, le=LARGEST_QUANTITY)
    paid: int | None = Field(default=None, ge=0, le=LARGEST_MONEY)
    started: Rate | None = None
    finished: Rate | None = None
    done_text: Annotated[Text, StringConstraints(min_length=1)]
    next_text: Text = ""
    problem_text: Text = ""
    leader: Annotated[str, StringConstraints(max_length=SHORT, strip_whitespace=True)] = ""
    expected_on: date | None = None
    plan_text: Text = ""
    plan_share: Share | None = None
    reason: Line = ""
    explanation: Line = ""
    revision: int | None = None
    # The version that this one follows, 0 for none, where whoever sends it knows: another since is not overwritten.
    follows: int | None = None
    request_id: str | None = Field(default=None, pattern=r"^[0-9a-f]{32}$")


@command("report.submit")
def submit_report(call: Call, new: NewReport) -> UUID:
    """Submit a month's report to the clerk: a new version, with what is attached to its draft, which ends with it.

    A month already published needs a reason; what the rules find remarkable needs a line that explains it.
    """
    return _submit(call, new)


@command("report.submit")
def submit_reports(call: Call, new: Sequence[NewReport]) -> tuple[UUID, ...]:
    """Submit several reports, all of them or none, each as if it were sent alone."""
    if not new:
        raise Refused("sheet_unchanged")
    # In one order, so that two who submit the same ones wait for one another instead of blocking.
    return tuple(_submit(call, one) for one in sorted(new, key=lambda one: (one.project_id, one.month)))


@command("report.publish")
def publish_report(call: Call, report_id: UUID) -> Report:
    """Publish a submitted report: its project's state and its month's sums follow in this transaction."""
    return _publish(call, _waiting(call, report_id))


@command("report.publish")
def publish_reports(call: Call, report_ids: Sequence[UUID]) -> int:
    """Publish several submitted reports, all of them or none, and return how many."""
    # In one order, so that two who publish the same ones wait for one another instead of blocking.
    rows = [_waiting(call, one) for one in sorted(set(report_ids))]
    if not rows:
        raise Refused("report_not_chosen")
    for row in rows:
        _publish(call, row)
    return len(rows)


@command("report.return")
def return_reports(call: Call, report_ids: Sequence[UUID], reason: str) -> int:
    """Give submitted reports back to their departments with a reason, all of them or none."""
    rows = [_waiting(call, one) for one in sorted(set(report_ids))]
    if not rows:
        raise Refused("report_not_chosen")
    text = required(reason, "return_needs_reason", LINE)
    for row in rows:
        relate(call, "report.return", project_id=row.project_id)
        row.state, row.returned_reason, row.returned_at = RETURNED, text, call.now
        call.act("report_returned", report=str(row.id), project=str(row.project_id), version=row.version)
    call.changed(DESK)
    return len(rows)


def _submit(call: Call, new: NewReport) -> UUID:
    project = project_of(call.session, new.project_id, locked=True)
    if project is None:
        raise Refused("not_found")
    relate(call, "report.submit", project_id=project.id)
    if project.state == CANCELLED:
        raise Refused("project_cancelled")
    again = _sent_before(call, new.request_id)
    if again is not None:
        return again
    month = month_reported(new.month, project.starts_on, call.today)
    before = versions_of(call.session, project.id, month, locked=True)
    if any(one.published_at is not None for one in before) and not new.reason:
        raise Refused("correction_needs_reason", month=month.month)
    draft = draft_of(call.session, project.id, month)
    if new.revision is not None and (draft is None or draft.revision != new.revision):
        raise Refused("draft_moved_on")
    last = before[-1].version if before else 0
    if new.follows is not None and (new.follows != last or (draft is None) != (new.revision is None)):
        raise Refused("draft_moved_on")
    report = _version(call, new, project, month, before)
    call.session.add(report)
    call.session.flush()
    _take_attachments(call, report, draft, before)
    _explain(call, report, project)
    for one in before:
        if one.state in {SUBMITTED, RETURNED}:
            one.state = REPLACED
    call.act(
        "report_submitted", report=str(report.id), project=str(project.id), version=report.version,
        sha256=_digest(call, report),
    )  # fmt: skip
    call.changed(DESK)
    return report.id


def _sent_before(call: Call, request_id: str | None) -> UUID | None:
    """Return the report that the same press submitted before: its answer was lost on the way."""
    if request_id is None:
        return None
    return call.session.scalar(select(Report.id).where(Report.request_id == request_id))


def _version(call: Call, new: NewReport, project: Project, month: date, before: Sequence[Report]) -> Report:
    said = new.model_dump(exclude={"project_id", "month", "revision", "follows"})
    return Report(
        congress_id=call.congress_id, id=new_id(), project_id=project.id, submitted_by=call.actor.appointment_id,
        month=month, version=before[-1].version + 1 if before else _next_version(call, project, month),
        state=SUBMITTED, evidence=0, received_on=call.today, submitted_at=call.now,
        # Nothing written is no text.
        **{name: None if value == "" else value for name, value in said.items()},
    )  # fmt: skip


def _next_version(call: Call, project: Project, month: date) -> int:
    """Return the version after those that were loaded as drafts and never submitted."""
    known = select(func.max(Report.version)).where(Report.project_id == project.id, Report.month == month)
    return (call.session.scalar(known) or 0) + 1


def _take_attachments(
    call: Call, report: Report, draft: ReportDraft | None, before: Sequence[Report]
) -> None:
    """Let the draft's attachments go over to the report; without a draft it keeps those of the version before."""
    if draft is not None:
        attached = attachments_of(call.session, [draft.id])
        for one in attached:
            one.subject, one.subject_id = REPORT, report.id
        call.session.flush()
        call.session.delete(draft)
    elif before:
        copy_attachments(call.session, attachments_of(call.session, [before[-1].id]), REPORT, report.id)
    report.evidence = len(attachments_of(call.session, [report.id]))
    if draft is None and before:
        # Of a version whose files were never here, as of the demonstration's, the number is all there is.
        report.evidence = max(report.evidence, before[-1].evidence)


def _explain(call: Call, report: Report, project: Project) -> None:
    """Refuse a report with warnings and without a line that explains them."""
    rules = rules_in_force(call.session, call.congress_id)
    ground: Ground = grounds(call.session, call.congress_id, [project])[project.id]
    found = ground.warnings(said_by(report), rules)
    if found and not report.explanation:
        raise Refused("report_explanation_needed", n=len(found))


def _waiting(call: Call, report_id: UUID) -> Report:
    report = call.session.scalar(select(Report).where(Report.id == report_id).with_for_update())
    if report is None:
        raise Refused("not_found")
    if report.state != SUBMITTED:
        raise Refused("report_not_submitted")
    return report


def _publish(call: Call, report: Report) -> Report:
    relate(call, "report.publish", project_id=report.project_id)
    cycle = call.session.scalars(
        select(Cycle).join(Project, leads(Project.cycle_id, Cycle)).where(Project.id == report.project_id)
    ).one()
    rules = rules_in_force(call.session, call.congress_id)
    report.state, report.published_at = PUBLISHED, call.now
    report.objections_until = call.today + timedelta(days=rules.objection_days)
    for one in attachments_of(call.session, [report.id]):
        one.published_at = call.now
    call.session.flush()
    refresh(
        call.session,
        congress_id=call.congress_id,
        cycle_id=cycle.id,
        project_id=report.project_id,
        month=report.month,
    )
    call.act(
        "report_published", report=str(report.id), project=str(report.project_id), version=report.version,
        sha256=_digest(call, report),
    )  # fmt: skip
    call.changed("progress", DESK)
    return report


def _digest(call: Call, report: Report) -> str:
    files = [one.digest for one in attachments_of(call.session, [report.id])]
    return report_digest({name: getattr(report, name) for name in Report.__mapper__.columns.keys()}, files)  # noqa: SIM118 - columns
