"""Taking away what the database's own bookkeeping remembers: in which order, and together with what, a row came.

A ballot and the participation written beside it share a place in their files and, on PostgreSQL, a transaction's
number. Both tables are written anew in the order of their keys when a round ends; `tidy` then clears what was there
before. Whoever copied the database or its log while the round was open can still link them.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, delete, insert, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from dashboard.store.casting import BALLOTS, VOTED
from dashboard.store.transactions import Store

# How long tidying waits for those who read or vote, who wait behind it meanwhile, and how often it tries.
PATIENCE_SECONDS, TRIES = 1, 5


def rewrite(session: Session, congress: UUID, round_id: UUID) -> None:
    """Write the participations and the ballots of a round anew, in the order of their keys."""
    for table in (VOTED, BALLOTS):
        rows = rows_of(session, table, congress, round_id)
        drop_rows(session, table, congress, round_id)
        if rows:
            session.connection().execute(insert(table), rows)


def rows_of(session: Session, table: Table, congress: UUID, round_id: UUID) -> Sequence[Mapping[str, Any]]:
    """Return the rows that a table has of a round, in the order of their keys."""
    key = [column.name for column in table.primary_key.columns]
    statement = select(table).where(table.c.congress_id == congress, table.c.round_id == round_id)
    found = [dict(row) for row in session.connection().execute(statement).mappings()]
    # Not by the database: it might sort in a file of its own and leave that behind.
    return sorted(found, key=lambda row: [row[name] for name in key])


def drop_rows(session: Session, table: Table, congress: UUID, round_id: UUID) -> None:
    """Delete the rows that a table has of a round, without reading them."""
    session.connection().execute(
        delete(table).where(table.c.congress_id == congress, table.c.round_id == round_id)
    )


def tidy(store: Store) -> bool:
    """Clear what the database still holds of rows that were rewritten; tell whether nothing stood in the way.

    To be called after the commit of what ends a round. Where somebody reads or votes for longer than some seconds,
    nothing is waited for: call it again later. On SQLite the whole file is written anew, on PostgreSQL both tables.
    """
    return _anew(store) if store.writer.dialect.name == "sqlite" else _vacuum(store)


def _anew(store: Store) -> bool:
    """Let SQLite write its file anew and cut its log to nothing.

    Deleted rows are overwritten at once, but where a page was divided a copy of some stays in its unused part.
    """
    with store.turns.alone() if store.turns is not None else nullcontext():
        # The engine's connections begin a transaction, within which neither is possible.
        connection = store.writer.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("VACUUM")
            busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return False
        finally:
            connection.close()
    return not busy


def _vacuum(store: Store) -> bool:
    """Let PostgreSQL write both tables into new files."""
    with store.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"SET lock_timeout = '{PATIENCE_SECONDS}s'")
        try:
            return any(_is_vacuumed(connection) for _ in range(TRIES))
        finally:
            connection.exec_driver_sql("RESET lock_timeout")


def _is_vacuumed(connection: Connection) -> bool:
    try:
        connection.exec_driver_sql(f"VACUUM (FULL) {VOTED.name}, {BALLOTS.name}")
    except OperationalError:
        return False
    return True
