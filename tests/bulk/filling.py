"""Filling a migrated, empty database with the nation: COPY on PostgreSQL, plain inserts on SQLite."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from psycopg.types.json import Jsonb
from sqlalchemy import JSON, insert
from sqlalchemy.orm import Session

from dashboard.store.core import table_of
from dashboard.store.transactions import Store
from tests.bulk.batch import Batch
from tests.bulk.nation import Nation
from tests.bulk.people import accounts, people
from tests.bulk.progress import progress
from tests.bulk.supervision import assessments, inquiries, visits
from tests.bulk.years import rounds, years

MANY = 5_000


def fill(store: Store, nation: Nation, now: datetime) -> dict[str, int]:
    """Write every row of the nation in one transaction and return how many went into which table."""
    with store.system().writing() as session:
        write: Callable[[Session, Batch], int] = _insert
        if session.get_bind().dialect.name == "postgresql":
            write = _copy
        filled: dict[str, int] = {}
        for one in _batches(nation, now):
            filled[one.table.__tablename__] = write(session, one)
    _settle(store)
    return filled


def _batches(nation: Nation, now: datetime) -> Iterator[Batch]:
    """Yield the rows of every table, those referred to before those that refer."""
    yield from people(nation, now)
    yield from accounts(nation, now)
    yield from years(nation)
    yield from progress(nation)
    yield from rounds(nation)
    yield from inquiries(nation)
    yield from assessments(nation)
    yield from visits(nation)


def _insert(session: Session, batch: Batch) -> int:
    connection, rows, written = session.connection(), iter(batch.rows), 0
    statement = insert(table_of(batch.table))
    while many := [dict(zip(batch.columns, row, strict=True)) for row in islice(rows, MANY)]:
        connection.execute(statement, many)
        written += len(many)
    return written


def _copy(session: Session, batch: Batch) -> int:
    driver: Any = session.connection().connection.driver_connection
    table = table_of(batch.table)
    documents = [place for place, name in enumerate(batch.columns) if isinstance(table.c[name].type, JSON)]
    written = 0
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {table.name} ({', '.join(batch.columns)}) FROM STDIN") as copy,
    ):
        for row in batch.rows:
            written += 1
            copy.write_row(_documented(row, documents) if documents else row)
    return written


def _documented(row: tuple[Any, ...], documents: list[int]) -> list[Any]:
    return [Jsonb(value) if place in documents else value for place, value in enumerate(row)]


def _settle(store: Store) -> None:
    """Let the database count what it holds: plans made from an empty table's statistics are no one's."""
    engine = store.writer.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("VACUUM ANALYZE")
        else:
            connection.exec_driver_sql("ANALYZE")
