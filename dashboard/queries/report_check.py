"""What the clerk checks: the reports that wait, each beside the one before it and with what is odd about it."""

from uuid import UUID

from sqlalchemy import select

from dashboard.gate import Call, query
from dashboard.queries.objections import objections
from dashboard.queries.report_due import months_of, pressing, projects_of
from dashboard.queries.report_form import attached_files, said_of, target_of
from dashboard.rules.report_frames import Checked, Checking
from dashboard.store.joins import leads
from dashboard.store.report_drafts import SUBMITTED, attachments_of
from dashboard.store.report_grounds import grounds, said_by
from dashboard.store.rules_in_force import rules_in_force
from dashboard.store.tables.congress import Department
from dashboard.store.tables.progress import Project, Report
from dashboard.store.tables.supervision import Attachment


@query("report.check", "desk", "progress", "cycle", personal=True)
def checking(call: Call, year: int) -> Checking:
    """Return the reports that wait, of whatever cycle, and a cycle's objections and missing months."""
    missing = [one for one in months_of(call, projects_of(call, year)) if one.state in {"missing", "draft"}]
    return Checking(_waiting(call), objections(call, year), pressing(missing))


def _waiting(call: Call) -> tuple[Checked, ...]:
    rows = call.session.execute(
        select(Report, Project, Department.name)
        .join(Project, leads(Report.project_id, Project))
        .outerjoin(Department, leads(Project.department_id, Department))
        .where(Report.state == SUBMITTED)
        .order_by(Report.submitted_at, Report.id)
    ).all()
    known = grounds(call.session, call.congress_id, {project.id: project for _, project, _ in rows}.values())
    rules = rules_in_force(call.session, call.congress_id)
    files: dict[UUID, list[Attachment]] = {report.id: [] for report, _, _ in rows}
    for one in attachments_of(call.session, files):
        files[one.subject_id].append(one)
    found = []
    for report, project, department in rows:
        ground = known[project.id]
        before = ground.before(report.month)
        target = target_of(call, project, ground, report.month)
        came = min(report.received_on, ground.first.get(report.month, report.received_on))
        found.append(
            Checked(
                report_id=str(report.id),
                project_id=str(project.id),
                number=project.number,
                project=project.name,
                department=department,
                version=report.version,
                said=said_of(report),
                before=said_of(before) if before is not None else None,
                target=target,
                received=report.received_on,
                late=max((came - target.due).days, 0),
                reason=report.reason,
                explanation=report.explanation,
                warnings=ground.warnings(said_by(report), rules),
                attached=attached_files(files[report.id]),
            )
        )
    return tuple(found)
