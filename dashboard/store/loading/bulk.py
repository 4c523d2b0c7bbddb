"""What every loader does alike: name the line of a row that is refused, load alone, insert many rows at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from dashboard.config import ROOT
from dashboard.store.loading.rows import BadRow, Row, read_rows
from dashboard.store.tables import Base

REFERENCE = ROOT / "data" / "reference"
DEMONSTRATION = ROOT / "data" / "demo"
LOADING_LOCK = 7106

R = TypeVar("R", bound=Row)
Rows = Mapping[type[Base], Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Line(Generic[R]):
    """A row and where it stands, for what only its neighbours in other files can refute."""

    file: str
    number: int
    row: R

    def bad(self, column: str | None, reason: str, **facts: object) -> BadRow:
        """Return the refusal of this line."""
        return BadRow(self.file, self.number, column, reason, **facts)


def read_lines(root: Path, shape: type[R]) -> list[Line[R]]:
    """Read a shape's file under a folder into lines; the header is line 1 and a record is one line."""
    file = Path(shape.file)
    rows = read_rows(root / file.name, shape)
    return [Line(str(file), number, row) for number, row in enumerate(rows, start=2)]


def load_alone(session: Session) -> None:
    """Let one loader run at a time: SQLite's BEGIN IMMEDIATE does, PostgreSQL takes a lock until the commit."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(LOADING_LOCK)))


def insert_all(session: Session, rows: Rows) -> dict[str, int]:
    """Insert rows table by table, those referred to first, and return how many went into which table."""
    by_name = {table.__tablename__: many for table, many in rows.items() if many}
    # Core, not ORM: these are thousands of rows that no session needs to track.
    for table in Base.metadata.sorted_tables:
        if table.name in by_name:
            session.connection().execute(insert(table), [dict(row) for row in by_name[table.name]])
    return {name: len(many) for name, many in by_name.items()}
