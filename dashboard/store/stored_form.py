"""Whether what a database holds is what we would have written: one value has one form, down to the last byte.

SQLite keeps what it is given: a key in capitals, a moment without its fraction or a second space in a JSON text reads
as the same value, so that the digest of the values cannot see it. PostgreSQL's types have one form of their own; only
JSON's null reads as the same nothing there as NULL, which alone we write.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Dialect, Table, Text, cast, or_, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import JSON, NullType

Write = Callable[[Any], object]


def oddly_stored(session: Session, table: Table, known: Mapping[str, UUID]) -> Mapping[str, object] | None:
    """Return the values of a row that is stored otherwise than this product writes it, or None.

    `known` are the columns, with their values, by which the rows are found; what the condition fixes is as it is.
    """
    connection = session.connection()
    columns = [column for column in table.c if column.name not in known]
    found = select(*columns).where(*(table.c[name] == value for name, value in known.items()))
    if connection.dialect.name != "sqlite":
        nulls = [cast(column, Text) == "null" for column in columns if isinstance(column.type, JSON)]
        row = connection.execute(found.where(or_(*nulls))).first() if nulls else None
        return None if row is None else _named(columns, row)
    # A text that nothing converts is read as it is stored.
    kept = [(place, write) for place, one in enumerate(columns) if (write := _write(connection.dialect, one))]
    raw = (type_coerce(columns[place], NullType()).label(f"raw_{place}") for place, _ in kept)
    for row in connection.execute(found.add_columns(*raw)):
        for (place, write), stored in zip(kept, row[len(columns) :], strict=True):
            value = row[place]
            if stored != (None if value is None else write(value)):
                return _named(columns, row)
    return None


def _named(columns: Sequence[Column[Any]], row: Sequence[object]) -> dict[str, object]:
    return {column.name: value for column, value in zip(columns, row, strict=False)}


def _write(dialect: Dialect, column: Column[Any]) -> Write | None:
    """Return how a value of a column is written, or None where it is kept as it comes."""
    return column.type.dialect_impl(dialect).bind_processor(dialect)
