"""One month's report while it is written: the form with its draft, the plan and the month before beside it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from dashboard.gate import Call, query, relate
from dashboard.queries.report_due import months_of
from dashboard.rules.progress import month_end, planned_share
from dashboard.rules.refused import Refused
from dashboard.rules.report_form import FIELDS
from dashboard.rules.report_frames import Attached, DueMonth, ReportForm, Said, Target
from dashboard.rules.report_months import month_reported
from dashboard.rules.supervision_rules import last_day
from dashboard.rules.working_days import is_working_day
from dashboard.store.plans import plan_in_force
from dashboard.store.report_drafts import (
    PUBLISHED,
    RETURNED,
    attachments_of,
    draft_of,
    kept_fields,
    names_of,
    prefilled,
    project_of,
    versions_of,
)
from dashboard.store.report_grounds import Ground, grounds
from dashboard.store.rules_in_force import rules_in_force
from dashboard.store.tables.congress import Department
from dashboard.store.tables.progress import Plan, PlanMonth, Project, Report, ReportDraft
from dashboard.store.tables.supervision import Attachment


@query("report.form")
def report_form(call: Call, project_id: UUID, month: date | None) -> ReportForm:
    """Return the form of a month; without one, of the first month that is due and not reported."""
    project = project_of(call.session, project_id)
    if project is None:
        raise Refused("not_found")
    relate(call, "report.form", project_id=project.id)
    department = call.session.scalar(
        select(Department.name).where(
            Department.congress_id == project.congress_id, Department.id == project.department_id
        )
    )
    months = months_of(call, [(project, department)])
    wanted = month_reported(month or _first(months, call.today), project.starts_on, call.today)
    versions = versions_of(call.session, project.id, wanted)
    draft = draft_of(call.session, project.id, wanted)
    ground = grounds(call.session, call.congress_id, [project])[project.id]
    before = ground.before(wanted)
    target = target_of(call, project, ground, wanted)
    stands = next((one for one in months if one.month == wanted), None)
    return ReportForm(
        project_id=str(project.id),
        number=project.number,
        name=project.name,
        department=department,
        month=wanted,
        months=tuple(months),
        target=target,
        due=target.due,
        before=said_of(before) if before is not None else None,
        attached=attached_files(
            attachments_of(call.session, [draft.id if draft is not None else versions[-1].id])
            if draft is not None or versions
            else ()
        ),
        **_standing(stands, versions),
        **_typed(call, project, versions, draft),
    )


@query("report.form")
def was_sent(call: Call, project_id: UUID, request_id: str) -> bool:
    """Tell whether a press has submitted its report already."""
    relate(call, "report.form", project_id=project_id)
    found = select(Report.id).where(Report.project_id == project_id, Report.request_id == request_id)
    return call.session.scalar(found) is not None


def _first(months: Sequence[DueMonth], today: date) -> date:
    """Return the first month that still asks for something, else the last one that is over."""
    open_months = [one.month for one in months if one.state not in {"submitted", PUBLISHED}]
    if open_months:
        return open_months[0]
    return months[-1].month if months else month_end(today.replace(day=1) - timedelta(days=1))


def _standing(stands: DueMonth | None, versions: Sequence[Report]) -> dict[str, Any]:
    last = versions[-1] if versions else None
    return {
        "late": stands.late if stands else 0,
        "state": stands.state if stands else (last.state if last else "missing"),
        "version": last.version if last else 0,
        "corrects": any(one.published_at is not None for one in versions),
        "returned_reason": last.returned_reason if last and last.state == RETURNED else None,
    }


def _typed(
    call: Call, project: Project, versions: Sequence[Report], draft: ReportDraft | None
) -> dict[str, Any]:
    if draft is None:
        fields = prefilled(project, versions[-1] if versions else None)
        return {"fields": fields, "seen": dict.fromkeys(FIELDS, 0), "saved_at": None, "saved_by": None}
    kept = kept_fields(draft)
    who = names_of(call.session, [draft.edited_by]).get(draft.edited_by) if draft.edited_by else None
    return {
        "fields": {name: one.value for name, one in kept.items()},
        "seen": {name: one.revision for name, one in kept.items()},
        "saved_at": draft.edited_at,
        "saved_by": who,
    }


def target_of(call: Call, project: Project, ground: Ground, month: date) -> Target:
    """Return what a project is held to at a month's end, by the plan in force."""
    rules = rules_in_force(call.session, call.congress_id)
    plan: Plan | None = plan_in_force(call.session, project.id)
    money = None
    if plan is not None:
        money = call.session.scalar(
            select(PlanMonth.money).where(PlanMonth.plan_id == plan.id, PlanMonth.month == month)
        )
    return Target(
        planned=ground.planned(month),
        planned_next=planned_share(ground.schedule, month_end(month + timedelta(days=1))),
        planned_money=money,
        budget=ground.budget,
        target=(plan.target if plan is not None else None) or project.target,
        quantity=plan.quantity if plan is not None else None,
        unit=plan.unit if plan is not None else None,
        due=last_day(month, rules.due, is_working_day),
    )


def said_of(report: Report) -> Said:
    """Return what a version of a report says."""
    return Said(
        report.month, report.share, report.quantity, report.paid, report.started, report.finished, report.done_text,
        report.next_text, report.problem_text, report.leader, report.expected_on, report.plan_text,
        report.plan_share,
    )  # fmt: skip


def attached_files(rows: Sequence[Attachment]) -> tuple[Attached, ...]:
    """Return files as a page lists them."""
    return tuple(Attached(str(one.id), one.name, one.size, one.preview is not None) for one in rows)
