"""What the pages of tasks are made of: frozen frames that queries return."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dashboard.rules.reasons import Reason
from dashboard.rules.tasks import OPEN, PROPOSED

ORDER = {OPEN: 0, PROPOSED: 1}


@dataclass(frozen=True, slots=True)
class TaskReported:
    """What the department reported on a task; the last version is what it is closed by."""

    version: int
    text: str
    given: date


@dataclass(frozen=True, slots=True)
class TaskShown:
    """A task as a reader may see it; `owner` is the role that sees to it, `led_by` a person's name."""

    id: str
    kind: str
    title: str
    state: str
    source: str
    text: str | None
    due: date | None
    overdue: bool
    opened: date | None
    owner: str | None
    led_by: str | None
    number: int | None
    project: str | None
    department: str | None
    department_id: str | None
    remark: str | None
    remark_text: str | None
    reason: Reason | None
    note: str | None
    closed: date | None
    reports: tuple[TaskReported, ...]


@dataclass(frozen=True, slots=True)
class WantedTasks:
    """What an address asks for; an empty text leaves everything in."""

    kind: str = ""
    state: str = ""
    department: str = ""


def chosen(rows: Iterable[TaskShown], wanted: WantedTasks) -> tuple[TaskShown, ...]:
    """Return the tasks that meet every condition; overdue is a state of its own beside the stored ones."""
    return tuple(
        row
        for row in rows
        if wanted.kind in {"", row.kind}
        and wanted.department in {"", row.department_id}
        and (wanted.state in {"", row.state} or (wanted.state == "overdue" and row.overdue))
    )


def pressing_first(rows: Iterable[TaskShown]) -> tuple[TaskShown, ...]:
    """Return what is open before what is proposed, the earliest day first; of what is over the newest first."""
    held = sorted(rows, key=lambda row: row.opened or date.min, reverse=True)
    return tuple(sorted(held, key=lambda row: (ORDER.get(row.state, 2), _day(row))))


def _day(row: TaskShown) -> date:
    return (row.due or date.max) if row.state in ORDER else date.max
