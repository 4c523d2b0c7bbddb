"""Tasks of supervision (督办, 整改, 约谈): internal, by whoever must see to them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from dashboard.gate import Call, query
from dashboard.relations import carried_by
from dashboard.rules.reasons import Reason
from dashboard.rules.refused import Refused
from dashboard.rules.roles import PREPARING, Role
from dashboard.rules.task_frames import TaskReported, TaskShown, pressing_first
from dashboard.rules.tasks import is_overdue
from dashboard.store.joins import leads
from dashboard.store.tables.congress import Department
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.progress import Project
from dashboard.store.tables.supervision import Remark, Task, TaskReport

PENDING = ("proposed", "open")


@dataclass(frozen=True, slots=True)
class Pending:
    """One task that is not done; `state` is proposed (to be confirmed by a person) or open."""

    id: UUID
    kind: str
    title: str
    state: str
    due: date | None
    project_id: UUID | None


@query("task.read", "supervision", personal=True)
def tasks(call: Call) -> tuple[Pending, ...]:
    """Return what is proposed or open, by its day; the government's side open ones alone, a department its own."""
    wanted = (
        select(Task)
        .where(Task.state.in_(PENDING), *readable(call))
        .order_by(Task.due_on.nulls_last(), Task.id)
    )
    return tuple(
        Pending(row.id, row.kind, row.title, row.state, row.due_on, row.project_id)
        for row in call.session.scalars(wanted)
    )


def readable(call: Call) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on the tasks that a reader may see."""
    if call.role in PREPARING:
        return ()
    # What is only proposed may never be ordered: those whom it would concern do not read it.
    is_open = Task.state == "open"
    if call.role is Role.DEPARTMENT:
        return (
            is_open,
            Task.department_id.is_not(None),
            Task.department_id == call.actor.department_id,
        )
    return (is_open,)


@query("task.read", "supervision", "progress", "cycle", personal=True)
def task_list(call: Call, year: int) -> tuple[TaskShown, ...]:
    """Return the tasks of a cycle that the reader may see, what presses first; without a project by their year."""
    own_year = Task.opened_on.between(date(year, 1, 1), date(year, 12, 31))
    return pressing_first(_shown(call, or_(Cycle.year == year, and_(Task.project_id.is_(None), own_year))))


@query("task.read", "supervision", "progress", "cycle", personal=True)
def tasks_due(call: Call) -> tuple[TaskShown, ...]:
    """Return the tasks of whatever cycle that are open or wait to be confirmed, as far as the reader may see them."""
    return pressing_first(_shown(call, Task.state.in_(PENDING)))


@query("task.read", "supervision", "progress", "cycle", personal=True)
def task_shown(call: Call, task_id: UUID) -> TaskShown:
    """Return one task, for those who may see it; to others it is not there."""
    found = _shown(call, Task.id == task_id)
    if not found:
        raise Refused("not_found")
    return found[0]


def _shown(call: Call, *conditions: ColumnElement[bool]) -> list[TaskShown]:
    rows = call.session.execute(
        select(Task, Project.number, Project.name, Department.name, Remark.id, Remark.text)
        .outerjoin(Project, leads(Task.project_id, Project))
        .outerjoin(Cycle, leads(Project.cycle_id, Cycle))
        .outerjoin(Department, leads(Task.department_id, Department))
        .outerjoin(Remark, and_(leads(Task.remark_id, Remark), *_remark_readable(call)))
        .where(Task.congress_id == call.congress_id, *conditions, *readable(call))
        .order_by(Task.created_at, Task.id)
    ).all()
    reports = _reports(call, [row.id for row, *_ in rows])
    return [_frame(call.today, *row, reports[row[0].id]) for row in rows]


def _remark_readable(call: Call) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on the remark behind a task: a department that is not its project's may not read it."""
    if call.role is not Role.DEPARTMENT or call.actor.department_id is None:
        return ()
    return (Remark.published_at.is_not(None) | carried_by(call.actor.department_id),)


def _reports(call: Call, tasks: Sequence[UUID]) -> dict[UUID, list[TaskReported]]:
    found: dict[UUID, list[TaskReported]] = defaultdict(list)
    wanted = (
        select(TaskReport)
        .where(TaskReport.congress_id == call.congress_id, TaskReport.task_id.in_(tasks))
        .order_by(TaskReport.version)
    )
    for row in call.session.scalars(wanted) if tasks else ():
        found[row.task_id].append(TaskReported(row.version, row.text, row.given_on))
    return found


def _frame(
    today: date,
    row: Task,
    number: int | None,
    project: str | None,
    department: str | None,
    remark: UUID | None,
    said: str | None,
    reports: list[TaskReported],
) -> TaskShown:
    known: dict[str, Any] | None = row.reason
    return TaskShown(
        id=str(row.id), kind=row.kind, title=row.title, state=row.state, source=row.source, text=row.text,
        due=row.due_on, overdue=is_overdue(row.state, row.due_on, today), opened=row.opened_on, owner=row.owner,
        led_by=row.led_by, number=number, project=project, department=department,
        department_id=str(row.department_id) if row.department_id else None,
        remark=str(remark) if remark else None, remark_text=said,
        reason=Reason(known["code"], known["facts"]) if known else None, note=row.note,
        closed=row.closed_on, reports=tuple(reports),
    )  # fmt: skip
