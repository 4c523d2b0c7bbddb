"""Tasks of supervision (督办, 整改, 约谈): internal, by whoever must see to them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from dashboard.gate import Call, query
from dashboard.rules.roles import PREPARING, Role
from dashboard.store.tables.supervision import Task

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
    wanted = select(Task).where(Task.state.in_(PENDING)).order_by(Task.due_on.nulls_last(), Task.id)
    if call.role not in PREPARING:
        # What is only proposed may never be ordered: those whom it would concern do not read it.
        wanted = wanted.where(Task.state == "open")
    if call.role is Role.DEPARTMENT:
        wanted = wanted.where(Task.department_id.is_not(None), Task.department_id == call.actor.department_id)
    return tuple(
        Pending(row.id, row.kind, row.title, row.state, row.due_on, row.project_id)
        for row in call.session.scalars(wanted)
    )
