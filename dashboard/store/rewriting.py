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
from dashboard.store.core import table_of, upsert
from dashboard.store.tables.sealing import UnclearedRound
from dashboard.store.transactions import Store

# How long tidying waits for those who read or vote, who wait behind it meanwhile, and how often it tries.
PATIENCE_SECONDS, TRIES = 1, 5
UNCLEARED = table_of(UnclearedRound)
CUT = "PRAGMA wal_checkpoint(TRUNCATE)"
# Who still sees the database as it was before a transaction: sessions, prepared transactions, slots of replicas.
_OLDER = """
SELECT EXISTS (
    SELECT FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND (datname = current_database() OR datname IS NULL)
      AND greatest(age(backend_xmin), age(backend_xid)) > age(%(mark)s::xid)
    UNION ALL SELECT FROM pg_prepared_xacts
    WHERE database = current_database() AND age(transaction) > age(%(mark)s::xid)
    UNION ALL SELECT FROM pg_replication_slots WHERE age(xmin) > age(%(mark)s::xid)
)
"""


def rewrite(session: Session, congress: UUID, round_id: UUID) -> None:
    """Write the participations and the ballots of a round anew, in the order of their keys; note what is to clear."""
    for table in (VOTED, BALLOTS):
        rows = rows_of(session, table, congress, round_id)
        drop_rows(session, table, congress, round_id)
        if rows:
            session.connection().execute(insert(table), rows)
    noted = upsert(session, UNCLEARED).values(congress_id=congress, round_id=round_id)
    session.connection().execute(noted.on_conflict_do_nothing())


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
    nothing is waited for: it stays noted which rounds wait (`uncleared`), and work/clearing.py asks again. On SQLite
    the whole file is written anew, on PostgreSQL both tables.
    """
    waiting = uncleared(store)
    is_sqlite = store.writer.dialect.name == "sqlite"
    if not (_anew(store) if is_sqlite else _vacuum(store)):
        return False
    if waiting:
        with store.system().writing() as session:
            for congress, round_id in waiting:
                drop_rows(session, UNCLEARED, congress, round_id)
        # The log then holds these rows alone; cut, so that nobody need look what it is.
        return _cut(store) if is_sqlite else True
    return True


def uncleared(store: Store) -> list[tuple[UUID, UUID]]:
    """Return the rounds, each with its congress, whose order of votes the database may still remember."""
    with store.system().reading() as session:
        rows = session.connection().execute(select(UNCLEARED.c.congress_id, UNCLEARED.c.round_id))
        return [(row.congress_id, row.round_id) for row in rows]


def _anew(store: Store) -> bool:
    """Let SQLite write its file anew and cut its log to nothing.

    Deleted rows are overwritten at once, but where a page was divided a copy of some stays in its unused part.
    """
    return _cut(store, "VACUUM")


def _cut(store: Store, *before: str) -> bool:
    """Say statements to SQLite outside any transaction and cut its log; tell whether that was done whole."""
    with store.turns.alone() if store.turns is not None else nullcontext():
        # The engine's connections begin a transaction, within which neither is possible.
        connection = store.writer.raw_connection()
        try:
            cursor = connection.cursor()
            for statement in before:
                cursor.execute(statement)
            busy, _, _ = cursor.execute(CUT).fetchone()
        except sqlite3.OperationalError:
            return False
        finally:
            connection.close()
    return not busy


def _vacuum(store: Store) -> bool:
    """Let PostgreSQL write both tables into new files, once nobody's snapshot needs the rows that were before."""
    with store.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"SET lock_timeout = '{PATIENCE_SECONDS}s'")
        try:
            mark = connection.exec_driver_sql("SELECT pg_current_xact_id()::xid::text").scalar_one()
            return any(_is_vacuumed(connection, mark) for _ in range(TRIES))
        finally:
            connection.exec_driver_sql("RESET lock_timeout")


def _is_vacuumed(connection: Connection, mark: str) -> bool:
    # VACUUM copies a dead row too while any snapshot of this database is older than its death, whatever it reads.
    if connection.exec_driver_sql(_OLDER, {"mark": mark}).scalar_one():
        connection.exec_driver_sql(f"SELECT pg_sleep({PATIENCE_SECONDS})")
        return False
    try:
        connection.exec_driver_sql(f"VACUUM (FULL) {VOTED.name}, {BALLOTS.name}")
    except OperationalError:
        return False
    return True
