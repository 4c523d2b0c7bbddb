"""The demonstration's rows on their way into the tables: named, referring to one another, published when due."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid5

from dashboard.i18n import SHANGHAI
from dashboard.store.loading import shapes_people
from dashboard.store.loading.bulk import Line, read_lines
from dashboard.store.loading.rows import Row
from dashboard.store.tables import Base

# Fixed for ever: every address that names a demonstration row depends on it.
NAMESPACE = UUID("5b6f6f2c-5b1d-5f0a-9c43-6f0f8f1f7d11")
IN_OFFICE = frozenset({"in_office", "by_elected"})

R = TypeVar("R", bound=Row)
Values = dict[str, Any]
Period = tuple[str, date, date | None]


@dataclass(frozen=True, slots=True)
class Seat:
    """A deputy's seat as a roll needs it: `periods` are its states, each from a day to a day or to now."""

    membership_id: UUID
    delegation_id: UUID
    periods: tuple[Period, ...]

    def in_office(self, day: date) -> bool:
        """Tell whether the seat counts among all deputies on a day."""
        return any(
            state in IN_OFFICE and begins <= day and (ends is None or day <= ends)
            for state, begins, ends in self.periods
        )


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a cycle as the files give it."""

    year: int
    stage: str
    opens: date
    closes: date
    state: str


@dataclass
class Gathering:
    """What has been read so far, and the rows that follow from it by table."""

    root: Path
    rule_sets: Path
    areas: frozenset[str]
    rows: dict[type[Base], list[Values]] = field(default_factory=lambda: defaultdict(list))
    as_of: dict[str, date] = field(default_factory=dict)
    seats: dict[str, list[Seat]] = field(default_factory=lambda: defaultdict(list))
    stages: dict[str, list[Stage]] = field(default_factory=lambda: defaultdict(list))
    digests: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    _named: dict[UUID, Values] = field(default_factory=dict)

    def lines(self, shape: type[R]) -> list[Line[R]]:
        """Read a file of the demonstration; raise BadRow where a row names no congress of it."""
        lines = read_lines(self.root, shape)
        for line in lines:
            if isinstance(line.row, shapes_people.Tenant) and line.row.congress not in self.as_of:
                raise line.bad("congress", "unknown_name", value=line.row.congress)
        return lines

    def add(self, table: type[Base], congress: str, **values: Any) -> Values:
        """Add a row of a congress that nothing refers to by name."""
        row = {"congress_id": key_of("congress", congress), **values}
        self.rows[table].append(row)
        return row

    def name(self, table: type[Base], congress: str, *own: object, **values: Any) -> Values:
        """Add a row under the id that its congress, its table and its own name give it."""
        identity = key_of(table.__tablename__, congress, *own)
        self._named[identity] = row = self.add(table, congress, id=identity, **values)
        return row

    def find(self, line: Line[Any], column: str, table: type[Base], congress: str, *own: object) -> Values:
        """Return the row that a cell names; raise BadRow where there is none."""
        row = self._named.get(key_of(table.__tablename__, congress, *own))
        if row is None:
            raise line.bad(column, "unknown_name", value="/".join(map(str, own)), table=table.__tablename__)
        return row

    def id(self, line: Line[Any], column: str, table: type[Base], congress: str, *own: object) -> UUID:
        """Return the id of the row that a cell names; raise BadRow where there is none."""
        identity: UUID = self.find(line, column, table, congress, *own)["id"]
        return identity

    def area(self, line: Line[Any], column: str, code: str | None) -> str | None:
        """Return an area's code; raise BadRow where no such area is loaded."""
        if code is not None and code not in self.areas:
            raise line.bad(column, "unknown_area", value=code)
        return code

    def stage(self, congress: str, year: int, name: str) -> Stage | None:
        """Return a stage of a cycle, if the files give it."""
        return next(
            (stage for stage in self.stages[congress] if (stage.year, stage.stage) == (year, name)), None
        )

    def past(self, congress: str, day: date) -> datetime:
        """Return when a row of a day is published: at noon of it, at the latest on the as-of day."""
        return moment(min(day, self.as_of[congress]), 12)


def key_of(kind: str, *name: object) -> UUID:
    """Return the id of a named row: the same at every load, so that addresses stay valid."""
    return uuid5(NAMESPACE, "/".join((kind, *map(str, name))))


def moment(day: date, hour: int) -> datetime:
    """Return a full hour of a day in China."""
    return datetime.combine(day, time(hour), SHANGHAI)


def covering(rows: Iterable[Values], day: date) -> Values | None:
    """Return the row whose from_day to to_day holds a day."""
    return next((row for row in rows if row["from_day"] <= day <= (row["to_day"] or day)), None)
