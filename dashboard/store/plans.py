"""A version of a plan as one whole: read from its draft or its rows, written into rows when it comes into force."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dashboard.rules.plans import Content, Milestone, Month, filled
from dashboard.store.schedules import is_in_force
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Milestone as MilestoneRow
from dashboard.store.tables.progress import Plan, PlanMonth, PlanPartner, Project, ProjectPartner


def content_of(session: Session, plan: Plan, start: date) -> Content:
    """Return the whole of one version; the months of one that names none are the calendar's."""
    if plan.draft is not None:
        return Content.model_validate(plan.draft)
    months = session.scalars(select(PlanMonth).where(PlanMonth.plan_id == plan.id).order_by(PlanMonth.month))
    steps = session.scalars(
        select(MilestoneRow)
        .where(MilestoneRow.plan_id == plan.id)
        .order_by(MilestoneRow.due_on, MilestoneRow.share)
    )
    partners = session.scalars(
        select(PlanPartner.department_id)
        .where(PlanPartner.plan_id == plan.id)
        .order_by(PlanPartner.department_id)
    )
    content = Content(
        basis=plan.basis,
        due=plan.due_on,
        budget=plan.budget,
        target=plan.target or "",
        quantity=plan.quantity,
        unit=plan.unit or "",
        leader=plan.leader or "",
        department=plan.department_id,
        partners=tuple(partners),
        milestones=tuple(
            Milestone(due=one.due_on, share=one.share, name=one.name, evidence=one.evidence or "")
            for one in steps
        ),
        months=tuple(Month(month=one.month, share=one.share, money=one.money) for one in months),
    )
    return content if content.months else filled(content, start)


def plan_in_force(session: Session, project_id: UUID) -> Plan | None:
    """Return the version that holds of a project's plan."""
    return session.scalar(select(Plan).where(Plan.project_id == project_id, is_in_force()))


def plan_under_way(session: Session, project_id: UUID) -> Plan | None:
    """Return the version that is still drafted, handed in or returned: there is at most one."""
    return session.scalar(select(Plan).where(Plan.project_id == project_id, Plan.approved_at.is_(None)))


def voted_content(project: Project, partners: tuple[UUID, ...]) -> Content:
    """Return what is known of a project before it has a plan: what was voted, and who carries it out."""
    content = Content(
        due=project.due_on,
        budget=project.budget,
        target=project.target,
        leader=project.leader or "",
        department=project.department_id,
        partners=partners,
    )
    return filled(content, project.starts_on)


def partners_of(session: Session, project_id: UUID) -> tuple[UUID, ...]:
    """Return the departments that share a project now."""
    return tuple(
        session.scalars(
            select(ProjectPartner.department_id)
            .where(ProjectPartner.project_id == project_id)
            .order_by(ProjectPartner.department_id)
        )
    )


def put_in_force(session: Session, plan: Plan, content: Content, now: datetime) -> None:
    """Write the rows of a version that comes into force, and who carries the project out from now on."""
    own = {"congress_id": plan.congress_id, "published_at": now}
    rows: list[object] = [
        PlanMonth(plan_id=plan.id, month=one.month, share=one.share, money=one.money, **own)
        for one in content.months
        if one.share is not None
    ]
    rows += [
        MilestoneRow(
            id=new_id(), plan_id=plan.id, due_on=one.due, share=one.share, name=one.name.strip(),
            evidence=one.evidence.strip() or None, **own,
        )
        for one in content.milestones
    ]  # fmt: skip
    rows += [PlanPartner(plan_id=plan.id, department_id=one, **own) for one in content.partners]
    session.add_all(rows)
    plan.draft, plan.published_at, plan.approved_at = None, now, now
    _carry_out(session, plan, content)
    session.flush()


def _carry_out(session: Session, plan: Plan, content: Content) -> None:
    """Let the project be carried out by whom the plan names: what was voted of it stays as it is."""
    key = (plan.congress_id, plan.project_id)
    project = session.get_one(Project, key)
    project.leader, project.department_id = content.leader.strip() or None, content.department
    session.execute(delete(ProjectPartner).where(ProjectPartner.project_id == plan.project_id))
    session.add_all(
        ProjectPartner(congress_id=key[0], project_id=key[1], department_id=one) for one in content.partners
    )
