"""The database engine: the same transactions on the embedded SQLite and on PostgreSQL."""

import time
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_MILLISECONDS = 10_000
# How often a connection of PostgreSQL hears a statement before it is prepared, and how long one may lie unused before
# it is asked whether it still stands.
OFTEN, QUIET_SECONDS = 5, 1.0


def open_engine(url: str, *, read_only: bool = False) -> Engine:
    """Open an engine; one for reading refuses to write.

    Parameters are never logged (`hide_parameters`): a ballot's marks would be among them.
    """
    if url.startswith("sqlite"):
        return _sqlite(url, read_only)
    return _postgresql(url, read_only)


def _postgresql(url: str, read_only: bool) -> Engine:
    options = "-c default_transaction_read_only=on" if read_only else ""
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=8,
        max_overflow=24,
        isolation_level="REPEATABLE READ" if read_only else "READ COMMITTED",
        connect_args={"prepare_threshold": None, "options": options, "connect_timeout": 10},
    )

    @event.listens_for(engine, "connect")
    def _learn(connection: Any, _entry: ConnectionPoolEntry) -> None:
        # A statement said often is planned once. Prepared ones do not survive pgbouncer's transaction pooling, which
        # shows itself by another process number than the server's own.
        with connection.cursor() as cursor:
            (own,) = cursor.execute("SELECT pg_backend_pid()").fetchone()
        connection.rollback()
        if own == connection.info.backend_pid:
            connection.prepare_threshold = OFTEN

    @event.listens_for(engine, "checkin")
    def _leave(_connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        entry.info["left_at"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _ask(connection: DBAPIConnection, entry: ConnectionPoolEntry, _fairy: object) -> None:
        # The server may have gone since; asked before every transaction, a vote would have two more questions.
        if time.monotonic() - entry.info.get("left_at", float("inf")) > QUIET_SECONDS:
            try:
                engine.dialect.do_ping(connection)
            except engine.dialect.dbapi.Error as error:  # type: ignore[union-attr]  # An engine's dialect has its driver.
                raise InvalidatePoolError from error

    return engine


def _sqlite(url: str, read_only: bool) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        connect_args={"timeout": BUSY_MILLISECONDS / 1000, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        # The driver's own transactions begin too late; BEGIN is said below instead.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        if read_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # A writer takes the lock at once: a deferred one would fail when it turns from reading to writing.
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


_PRAGMAS = (
    "journal_mode=WAL",
    # FULL: an acknowledged vote survives a power cut. Never NORMAL.
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    f"busy_timeout={BUSY_MILLISECONDS}",
)
