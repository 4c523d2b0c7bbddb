"""Whether what a database holds is what we would have written: one value has one form, down to the last byte.

SQLite keeps what it is given: a key in capitals, a moment without its fraction or a second space in a JSON text reads
as the same value, so that the digest of the values cannot see it. PostgreSQL's types have one form of their own.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import Column, Dialect, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import JSON, NullType

from dashboard.store.core import table_of
from dashboard.store.witness import PARTS


def oddly_stored(session: Session, congress: UUID, round_id: UUID, part: str) -> bool:
    """Tell whether any value of a part of a round is stored otherwise than this product writes it."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        return False
    table = table_of(PARTS[part])
    key = table.c.id if part == "round" else table.c.round_id
    columns = list(table.c)
    raw = (type_coerce(column, NullType()).label(f"raw_{column.name}") for column in columns)
    rows = connection.execute(select(*columns, *raw).where(table.c.congress_id == congress, key == round_id))
    return any(
        not _is_written(connection.dialect, column, value, stored)
        for row in rows
        for column, value, stored in zip(columns, row, row[len(columns) :], strict=False)
    )


def _is_written(dialect: Dialect, column: Column[Any], value: object, stored: object) -> bool:
    if value is None and isinstance(column.type, JSON):
        # Nothing is written as NULL where it is left out and as JSON's null where it is given.
        return stored in {None, "null"}
    write = column.type.dialect_impl(dialect).bind_processor(dialect)
    return bool(stored == (value if write is None or value is None else write(value)))
