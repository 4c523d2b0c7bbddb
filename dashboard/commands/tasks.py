"""督办: a person opens a task of one of six kinds, the department reports on it; commands/escalation.py closes it."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import func, select

from dashboard.gate import Call, command, relate
from dashboard.rules.refused import Refused
from dashboard.rules.tasks import OPEN
from dashboard.rules.topics import DESK
from dashboard.rules.typed_text import required
from dashboard.store.escalating import PERSON
from dashboard.store.tables.congress import Department
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Project
from dashboard.store.tables.supervision import Remark, Task, TaskReport

LONGEST_TITLE, LONGEST_NAME, LONGEST = 60, 40, 2_000


class NewTask(BaseModel):
    """A task to be opened: for a project, a department or both; without a department it is the lead one's."""

    kind: Literal["written", "priority", "concentrated", "online", "on_site", "questioning"]
    project_id: UUID | None
    department_id: UUID | None
    remark_id: UUID | None
    title: str = Field(max_length=400)
    text: str = Field(max_length=4_000)
    owner: Literal["leader", "clerk", "presidium"]
    led_by: str = Field(max_length=400)
    due_on: date
    request_id: str = Field(pattern=r"^[0-9a-f]{32}$")


class NewTaskReport(BaseModel):
    """What a department reports on its task; a repeat of `request_id` is the same report."""

    task_id: UUID
    text: str = Field(max_length=4_000)
    request_id: str = Field(pattern=r"^[0-9a-f]{32}$")


@command("task.open")
def open_task(call: Call, new: NewTask) -> UUID:
    """Open a task of supervision: it is open at once, and who it concerns reads it."""
    project, department = _about(call, new)
    again = call.session.scalar(select(Task.id).where(Task.request_id == new.request_id))
    if again is not None:
        return again
    title = required(new.title, "task_title", LONGEST_TITLE)
    if new.due_on < call.today:
        raise Refused("task_due")
    row = Task(
        congress_id=call.congress_id, id=new_id(), project_id=project, department_id=department, kind=new.kind,
        title=title, state=OPEN, due_on=new.due_on, source=PERSON, rule=None, since=None, reason=None,
        owner=new.owner, created_at=call.now, confirmed_by=call.actor.appointment_id, confirmed_at=call.now,
        closed_at=None, note=None, remark_id=new.remark_id, request_id=new.request_id, opened_on=call.today,
        led_by=new.led_by.strip()[:LONGEST_NAME] or None, text=new.text.strip()[:LONGEST] or None,
    )  # fmt: skip
    call.session.add(row)
    call.act("task_opened", task=str(row.id), way=new.kind)
    call.changed("supervision", DESK)
    return row.id


@command("task.report")
def report_task(call: Call, new: NewTaskReport) -> int:
    """Report on an open task as the department that it concerns, and return the version that this made."""
    task = call.session.scalar(select(Task).where(Task.id == new.task_id).with_for_update())
    if task is None:
        raise Refused("not_found")
    relate(call, "task.report", department_id=task.department_id)
    again = call.session.scalar(
        select(TaskReport.version).where(
            TaskReport.task_id == task.id, TaskReport.request_id == new.request_id
        )
    )
    if again is not None:
        return again
    if task.state != OPEN:
        # What is only proposed may never be ordered: to the department it is not there.
        raise Refused("task_not_open" if task.confirmed_at is not None else "not_found")
    text = required(new.text, "task_report_empty", LONGEST)
    known = call.session.scalar(select(func.count(TaskReport.id)).where(TaskReport.task_id == task.id))
    row = TaskReport(
        congress_id=call.congress_id, id=new_id(), task_id=task.id, version=(known or 0) + 1, text=text,
        request_id=new.request_id, given_on=call.today, given_at=call.now, given_by=call.actor.appointment_id,
    )  # fmt: skip
    call.session.add(row)
    call.act("task_reported", task=str(task.id), version=row.version)
    call.changed("supervision", DESK)
    return row.version


def _about(call: Call, new: NewTask) -> tuple[UUID | None, UUID | None]:
    """Return the project and the department that a task is about, each of this congress.

    Presses of one moment wait here for each other, so that the second finds what the first opened.
    """
    project = None
    if new.project_id is not None:
        project = call.session.scalar(select(Project).where(Project.id == new.project_id).with_for_update())
        if project is None:
            raise Refused("not_found")
    department = new.department_id
    if department is not None and not call.session.scalar(
        select(Department.id).where(Department.id == department).with_for_update()
    ):
        raise Refused("not_found")
    if department is None and project is not None:
        department = project.department_id
    if department is None and project is None:
        raise Refused("task_about")
    if new.remark_id is not None:
        of_project = select(Remark.id).where(Remark.id == new.remark_id, Remark.project_id == new.project_id)
        if call.session.scalar(of_project) is None:
            raise Refused("not_found")
    return (project.id if project is not None else None), department
