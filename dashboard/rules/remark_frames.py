"""What the pages of remarks and supervision weeks are made of: frozen frames that queries return."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.rules.remarks import ANSWERED, OVERDUE


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """One version of an answer; the verdict stands only before those whom the remark concerns."""

    version: int
    text: str
    reason: str | None
    given: date
    late: bool
    satisfied: bool | None
    judged: date | None
    judged_text: str | None


@dataclass(frozen=True, slots=True)
class RemarkShown:
    """A remark as a reader may see it; `due` is the day that counts now, None where nothing is to be answered.

    `inside` tells that the reader is concerned: who supervises, the department, the deputy who asked.
    """

    id: str
    number: int
    project: str
    project_id: str
    department: str | None
    department_id: str | None
    deputy: str
    seat: str
    week: str | None
    week_title: str | None
    text: str
    made: date
    due: date | None
    state: str
    published: bool
    inside: bool
    answers: tuple[AnswerShown, ...]

    @property
    def is_late(self) -> bool:
        """Tell whether a version of the answer came late."""
        return any(one.late for one in self.answers)


@dataclass(frozen=True, slots=True)
class WantedRemarks:
    """What an address asks for; an empty text leaves everything in."""

    state: str = ""
    project: str = ""
    department: str = ""
    week: str = ""


def chosen(rows: Iterable[RemarkShown], wanted: WantedRemarks) -> tuple[RemarkShown, ...]:
    """Return the remarks that meet every condition; open are those that wait, overdue or not."""
    return tuple(
        row
        for row in rows
        if (not wanted.state or _meets(row, wanted.state))
        and wanted.project in {"", str(row.number)}
        and wanted.department in {"", row.department_id}
        and wanted.week in {"", row.week}
    )


def _meets(row: RemarkShown, state: str) -> bool:
    return row.state != ANSWERED if state == "open" else row.state == state


def pressing_first(rows: Iterable[RemarkShown]) -> tuple[RemarkShown, ...]:
    """Return what waits before what is answered, the oldest day first; of what is answered the newest first."""
    held = sorted(rows, key=lambda row: row.made, reverse=True)
    return tuple(sorted(held, key=lambda row: (row.state == ANSWERED, row.due or date.max)))


@dataclass(frozen=True, slots=True)
class Counted:
    """How many remarks there are of one project or department, how many are answered, how many overdue."""

    remarks: int
    answered: int
    overdue: int
    late: int


def counted(rows: Sequence[RemarkShown]) -> Counted:
    """Count remarks as they stand."""
    return Counted(
        len(rows),
        sum(bool(row.answers) for row in rows),
        sum(row.state == OVERDUE for row in rows),
        sum(row.is_late for row in rows),
    )


@dataclass(frozen=True, slots=True)
class WeekShown:
    """A supervision week; without projects it is about all of the cycle's."""

    id: str
    title: str
    from_day: date
    to_day: date
    publishes: bool
    projects: tuple[str, ...]

    def stage(self, today: date) -> str:
        """Tell whether it is to come, runs or has ended."""
        if today < self.from_day:
            return "upcoming"
        return "running" if today <= self.to_day else "ended"


@dataclass(frozen=True, slots=True)
class TurnoutRow:
    """How many of a delegation's deputies in office remarked in a week, and how often."""

    delegation: str
    seats: int
    deputies: int
    remarks: int


@dataclass(frozen=True, slots=True)
class TasksFollowing:
    """How many tasks of supervision followed a week's remarks on a project, and how many of them are done."""

    tasks: int
    done: int
