"""The versions of a project's plan, each as one whole with who carries it out and who decided: four statements."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from dashboard.i18n import SHANGHAI
from dashboard.rules.plan_frames import PlanVersion
from dashboard.rules.plans import Content, Milestone, Month, filled
from dashboard.store.joins import leads
from dashboard.store.tables.congress import Department
from dashboard.store.tables.progress import Milestone as MilestoneRow
from dashboard.store.tables.progress import Plan, PlanMonth, PlanPartner, Project


def plan_versions(
    session: Session, project: Project, *conditions: ColumnElement[bool]
) -> tuple[PlanVersion, ...]:
    """Return the versions that came into force, in their order, those that meet conditions."""
    plans = session.execute(
        select(Plan, Department.name)
        .outerjoin(Department, leads(Plan.department_id, Department))
        .where(
            Plan.project_id == project.id,
            Plan.approved_at.is_not(None),
            Plan.published_at.is_not(None),
            *conditions,
        )
        .order_by(Plan.version)
    ).all()
    ids = [plan.id for plan, _ in plans]
    months: dict[UUID, list[Month]] = defaultdict(list)
    for row in session.scalars(select(PlanMonth).where(PlanMonth.plan_id.in_(ids)).order_by(PlanMonth.month)):
        months[row.plan_id].append(Month(month=row.month, share=row.share, money=row.money))
    steps: dict[UUID, list[Milestone]] = defaultdict(list)
    for step in session.scalars(
        select(MilestoneRow)
        .where(MilestoneRow.plan_id.in_(ids))
        .order_by(MilestoneRow.due_on, MilestoneRow.share)
    ):
        steps[step.plan_id].append(
            Milestone(due=step.due_on, share=step.share, name=step.name, evidence=step.evidence or "")
        )
    partners: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    for plan_id, department, name in session.execute(
        select(PlanPartner.plan_id, Department.id, Department.name)
        .join(Department, leads(PlanPartner.department_id, Department))
        .where(PlanPartner.plan_id.in_(ids))
        .order_by(Department.position)
    ):
        partners[plan_id].append((department, name))
    return tuple(
        _version(plan, lead, project, months[plan.id], steps[plan.id], partners[plan.id])
        for plan, lead in plans
    )


def _version(
    plan: Plan,
    lead: str | None,
    project: Project,
    months: list[Month],
    steps: list[Milestone],
    partners: list[tuple[UUID, str]],
) -> PlanVersion:
    content = Content(
        basis=plan.basis,
        due=plan.due_on,
        budget=plan.budget,
        target=plan.target or project.target,
        quantity=plan.quantity,
        unit=plan.unit or "",
        leader=plan.leader or "",
        department=plan.department_id,
        partners=tuple(key for key, _ in partners),
        milestones=tuple(steps),
        months=tuple(months),
    )
    return PlanVersion(
        number=plan.version,
        kind=plan.kind,
        content=content if months else filled(content, project.starts_on),
        by_calendar=not months,
        lead=lead,
        partners=tuple(name for _, name in partners),
        reason=plan.reason,
        decided_by=plan.decided_by,
        decided_on=plan.decided_on,
        document=plan.document,
        decision=plan.decision,
        approved=plan.approved_at.astimezone(SHANGHAI).date() if plan.approved_at else None,
    )
