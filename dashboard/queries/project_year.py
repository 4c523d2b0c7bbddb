"""What happened around one project in its year: visits, remarks, who follows it, how it was judged.

Only what is published is read, for everyone alike: what is still on its way stands on the desks.
"""

from uuid import UUID

from sqlalchemy import and_, or_, select

from dashboard.gate import Call
from dashboard.rules.project_frames import Ahead, Deputy, Graded, Said, Visit
from dashboard.store.joins import leads
from dashboard.store.tables.assessment import Assessment, AssessmentResult
from dashboard.store.tables.congress import Delegation, Department, Membership
from dashboard.store.tables.cycle import CalendarEntry
from dashboard.store.tables.progress import Project, ProjectPartner
from dashboard.store.tables.supervision import (
    Inspection,
    InspectionFinding,
    Remark,
    RemarkAnswer,
    SupervisionMember,
)

AHEAD = ("inspection", "assessment")


def visits(call: Call, project: UUID) -> tuple[Visit, ...]:
    """Return the published inspections of a project, the newest first, each with the last version of its findings."""
    rows = call.session.execute(
        select(Inspection, Delegation.name, InspectionFinding.text)
        .outerjoin(Delegation, leads(Inspection.delegation_id, Delegation))
        .outerjoin(
            InspectionFinding,
            and_(
                leads(InspectionFinding.inspection_id, Inspection),
                InspectionFinding.published_at.is_not(None),
            ),
        )
        .where(Inspection.project_id == project, Inspection.published_at.is_not(None))
        .order_by(Inspection.day.desc(), Inspection.id, InspectionFinding.version)
    )
    # A later version takes the place of the one before it.
    found = {
        row.id: Visit(str(row.id), row.day, row.title, delegation, text) for row, delegation, text in rows
    }
    return tuple(found.values())


def said(call: Call, project: UUID) -> tuple[Said, ...]:
    """Return the public remarks on a project, the newest first, each with the last public answer."""
    rows = call.session.execute(
        select(Remark, Membership.name, RemarkAnswer)
        .join(Membership, leads(Remark.membership_id, Membership))
        .outerjoin(
            RemarkAnswer,
            and_(leads(RemarkAnswer.remark_id, Remark), RemarkAnswer.published_at.is_not(None)),
        )
        .where(Remark.project_id == project, Remark.published_at.is_not(None))
        .order_by(Remark.made_on.desc(), Remark.created_at.desc(), RemarkAnswer.version)
    )
    found: dict[UUID, Said] = {}
    for remark, name, answer in rows:
        found[remark.id] = Said(
            day=remark.made_on,
            deputy=name,
            seat=str(remark.membership_id),
            text=remark.text,
            due=remark.due_on,
            answer=answer.text if answer else None,
            answered=answer.given_on if answer else None,
        )
    return tuple(found.values())


def people(call: Call, project: UUID) -> tuple[tuple[str, ...], tuple[Deputy, ...]]:
    """Return the departments that share a project and the deputies of its supervision group, in one statement."""
    rows = call.session.execute(
        select(Department, Membership, Delegation.name, SupervisionMember.heads)
        .select_from(Project)
        .outerjoin(ProjectPartner, leads(ProjectPartner.project_id, Project))
        .outerjoin(Department, leads(ProjectPartner.department_id, Department))
        .outerjoin(SupervisionMember, leads(SupervisionMember.project_id, Project))
        .outerjoin(Membership, leads(SupervisionMember.membership_id, Membership))
        .outerjoin(Delegation, leads(Membership.delegation_id, Delegation))
        .where(Project.id == project)
        .order_by(Department.position, SupervisionMember.heads.desc(), Membership.position)
    ).all()
    partners = {department.id: department.name for department, _, _, _ in rows if department is not None}
    group = {
        seat.id: Deputy(str(seat.id), seat.name, delegation, heads)
        for _, seat, delegation, heads in rows
        if seat is not None
    }
    return tuple(partners.values()), tuple(group.values())


def graded(call: Call, project: UUID) -> tuple[Graded, ...]:
    """Return the satisfaction ballots on a project."""
    rows = call.session.execute(
        select(Assessment.body, Assessment.day, AssessmentResult)
        .join(AssessmentResult, leads(AssessmentResult.assessment_id, Assessment))
        .where(
            AssessmentResult.project_id == project,
            AssessmentResult.published_at.is_not(None),
            Assessment.published_at.is_not(None),
        )
        .order_by(Assessment.day)
    )
    return tuple(
        Graded(body, day, row.satisfied, row.basically, row.dissatisfied, row.total)
        for body, day, row in rows
    )


def ahead(call: Call, project: Project) -> tuple[Ahead, ...]:
    """Return the dates to come for a project: its inspections, and the assessment of its cycle."""
    rows = call.session.scalars(
        select(CalendarEntry)
        .where(
            CalendarEntry.cycle_id == project.cycle_id,
            CalendarEntry.published_at.is_not(None),
            CalendarEntry.day > call.today,
            CalendarEntry.kind.in_(AHEAD),
            or_(CalendarEntry.project_id == project.id, CalendarEntry.kind == "assessment"),
        )
        .order_by(CalendarEntry.day)
    )
    return tuple(Ahead(row.kind, row.day, row.title, row.concerns) for row in rows)
