"""Plans as the tests fill them in, and who acts on them."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from dashboard.commands.plans import NewPlan, Saved, draft_plan, submit_plan
from dashboard.gate import Actor
from dashboard.rules.plans import Content
from dashboard.rules.progress import month_ends
from dashboard.rules.roles import Role
from dashboard.store.loading.gathering import key_of
from dashboard.store.plans import content_of, plan_in_force
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Plan, Project
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, call_of, person
from tests.projects import cycle_of

OWN = key_of("congress", COUNTY)
YEAR_END = date(2025, 12, 31)
TARGET, SUM = "新增停车泊位800个", 120_000_000


def fresh_project(store: Store, number: int = 40, **more: Any) -> Project:
    """Return a project as an announcement makes it: voted, and without a plan."""
    values: dict[str, Any] = {
        "congress_id": OWN, "id": new_id(), "cycle_id": cycle_of(store), "candidate_id": None,
        "department_id": key_of("departments", COUNTY, "zj"), "number": number, "name": f"新增停车泊位{number}",
        "short_name": "停车", "category": "交通出行", "place": None, "target": TARGET, "leader": None, "budget": SUM,
        "starts_on": date(2025, 1, 1), "due_on": YEAR_END, "state": "prepared", "published_at": None,
    }  # fmt: skip
    project = Project(**values | more)
    with store.system().writing() as session:
        session.add(project)
    return project_of(store, values["id"])


def project_of(store: Store, identity: UUID) -> Project:
    with store.system().reading() as session:
        return session.scalars(select(Project).where(Project.id == identity)).one()


def lead_of(store: Store, project: Project) -> Actor:
    """Return somebody of the department that leads a project."""
    return person(store, Role.DEPARTMENT, department=project.department_id)


def first_plan(project: Project, **more: Any) -> NewPlan:
    """Return a whole first plan of a project."""
    values: dict[str, Any] = {
        "project_id": project.id, "revision": 0, "kind": "original", "basis": "linear", "due": project.due_on,
        "budget": project.budget, "target": project.target, "quantity": 800_000, "unit": "个", "leader": "分管副局长",
        "department": project.department_id,
        "months": [{"month": end, "money": (project.budget or 0) // 12 * end.month}
                   for end in month_ends(project.starts_on, project.due_on)] if project.budget else [],
    }  # fmt: skip
    return NewPlan.model_validate(values | more)


def in_force(store: Store, project: UUID) -> Content:
    """Return what is in force of a project's plan."""
    with store.system().reading() as session:
        plan = plan_in_force(session, project)
        assert plan is not None
        return content_of(
            session, plan, session.scalars(select(Project).where(Project.id == project)).one().starts_on
        )


def change(store: Store, project: UUID, kind: str, revision: int = 0, **more: Any) -> NewPlan:
    """Return a change of what is in force."""
    given = in_force(store, project).model_dump() | more
    reason = given.pop("reason", "两处地块征迁未完。")
    return NewPlan.model_validate(
        given | {"project_id": project, "revision": revision, "kind": kind, "reason": reason}
    )


def hand_in(store: Store, actor: Actor, new: NewPlan) -> Saved:
    """Draft a plan and hand it in."""
    saved = draft_plan(call_of(store, actor), new)
    submit_plan(call_of(store, actor), saved.plan_id, saved.revision)
    return saved


def versions(store: Store, project: UUID) -> list[Plan]:
    """Return the versions of a project's plan in their order."""
    with store.system().reading() as session:
        return list(session.scalars(select(Plan).where(Plan.project_id == project).order_by(Plan.version)))
