"""Tasks that the rules propose: what they ask for now, and what waits for a leader, each with its reason."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from dashboard.gate import Call, query
from dashboard.queries.projects import current_year
from dashboard.rules.reasons import Reason
from dashboard.store.escalating import OPEN, PROPOSED, RULES, proposals
from dashboard.store.joins import leads
from dashboard.store.rules_in_force import rules_in_force
from dashboard.store.tables.congress import Department
from dashboard.store.tables.progress import Project
from dashboard.store.tables.supervision import Task


@dataclass(frozen=True, slots=True)
class Asked:
    """One task that the rules ask for, and that is not proposed yet or waits for a leader or for its end.

    `task_id`, `state`, `due` and `owner` are None while nobody has proposed it.
    """

    kind: str
    number: int
    project: str
    department: str | None
    reason: Reason | None
    task_id: UUID | None = None
    state: str | None = None
    due: date | None = None
    owner: str | None = None


@query("escalation.read", "progress", "supervision", "cycle")
def escalation(call: Call) -> tuple[Asked, ...]:
    """Return what the rules ask for: what waits for a leader, what is open, then what nobody has proposed yet."""
    year = call.year or current_year(call.session, call.today)
    rows = call.session.execute(
        select(Task, Project, Department.name)
        .join(Project, leads(Task.project_id, Project))
        .outerjoin(Department, leads(Task.department_id, Department))
        .where(Task.source == RULES, Task.state.in_((PROPOSED, OPEN)))
        .order_by(Task.state.desc(), Task.due_on, Project.number)
    ).all()
    there = [
        Asked(
            task.kind, project.number, project.name, department, _reason(task), task.id, task.state, task.due_on,
            task.owner,
        )
        for task, project, department in rows
    ]  # fmt: skip
    rules = rules_in_force(call.session, call.congress_id).escalation
    found = [] if year is None else proposals(call.session, call.congress_id, year, rules)
    names = {one.id: one.name for one in call.session.scalars(select(Department))} if found else {}
    asked = [
        Asked(
            one.escalation.kind,
            one.project.number,
            one.project.name,
            names.get(one.project.department_id) if one.project.department_id else None,
            one.escalation.reason,
        )
        for one in found
    ]
    return (*there, *asked)


def _reason(task: Task) -> Reason | None:
    known = task.reason
    return None if known is None else Reason(known["code"], known["facts"])
