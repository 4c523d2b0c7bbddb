"""Departments with those whose line they go on from: renamed, merged or abolished ones."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.store.tables.congress import Department, DepartmentSuccession

RENAMED = "renamed"


@dataclass(frozen=True, slots=True)
class Line:
    """A department of today, and before it those that became it, the nearest first."""

    row: Department
    former: tuple[Department, ...] = ()

    @property
    def ids(self) -> tuple[UUID, ...]:
        """Return the ids of all of them."""
        return (self.row.id, *(one.id for one in self.former))


@dataclass(frozen=True, slots=True)
class Lines:
    """Every line of a congress in the clerk's order, and which department followed on which."""

    rows: tuple[Line, ...]
    known: dict[UUID, Department]
    after: dict[UUID, tuple[UUID, date]]

    def last(self, department: UUID) -> UUID:
        """Return the department of today that a department became."""
        seen = {department}
        while department in self.after and self.after[department][0] not in seen:
            department = self.after[department][0]
            seen.add(department)
        return department

    def back(self, department: UUID) -> Line | None:
        """Return a department with those before it, whether or not another followed it; None where it is unknown."""
        row = self.known.get(department)
        return None if row is None else Line(row, _former(department, _before(self.after), self.known))


def lines_of(session: Session) -> Lines:
    """Return the departments of the session's congress by their lines: two statements."""
    known = {row.id: row for row in session.scalars(select(Department).order_by(Department.position))}
    rows = session.scalars(
        # Where one was first renamed and then merged, the later day holds; a renaming is nearer than a merger.
        select(DepartmentSuccession).order_by(
            DepartmentSuccession.day, DepartmentSuccession.kind != RENAMED, DepartmentSuccession.from_id
        )
    ).all()
    after = {row.from_id: (row.to_id, row.day) for row in rows if row.from_id in known and row.to_id in known}
    before = _before(after)
    lines = tuple(Line(row, _former(key, before, known)) for key, row in known.items() if key not in after)
    return Lines(lines, known, after)


def _before(after: dict[UUID, tuple[UUID, date]]) -> dict[UUID, list[UUID]]:
    before: dict[UUID, list[UUID]] = defaultdict(list)
    for earlier, (later, _) in after.items():
        before[later].append(earlier)
    return before


def _former(
    department: UUID, before: dict[UUID, list[UUID]], known: dict[UUID, Department]
) -> tuple[Department, ...]:
    found: list[UUID] = []
    waiting = [*before.get(department, ())]
    for one in waiting:
        if one not in found and one != department:
            found.append(one)
            waiting += before.get(one, ())
    return tuple(known[one] for one in found)
