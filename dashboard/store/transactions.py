"""One place that opens transactions: reading ones on a snapshot, writing ones that commit before answering."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from dashboard.store.engine import open_engine
from dashboard.store.scope import SYSTEM, Scope, narrowed


@dataclass(frozen=True)
class Store:
    """The two engines of one database: one reads snapshots, one writes."""

    reader: Engine
    writer: Engine

    @contextmanager
    def reading(self, scope: Scope) -> Iterator[Session]:
        """Open a session on a read-only snapshot; writing in it fails."""
        with Session(self.reader, expire_on_commit=False, autoflush=False) as session:
            # What queries read once in this snapshot and need again.
            session.info["kept"] = {}
            yield narrowed(session, scope)

    @contextmanager
    def writing(self, scope: Scope) -> Iterator[Session]:
        """Open a session that commits at the end, or leaves no trace."""
        with Session(self.writer, expire_on_commit=False) as session, session.begin():
            yield narrowed(session, scope)

    def system(self) -> "SystemWork":
        """Return the transactions of the product's own work: loading, migration, sign-in."""
        return SystemWork(self)

    def close(self) -> None:
        """Close every connection."""
        self.reader.dispose()
        self.writer.dispose()


@dataclass(frozen=True)
class SystemWork:
    """Transactions that see every congress; only store, work and the command line use them."""

    store: Store

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a reading session over everything."""
        with self.store.reading(SYSTEM) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a writing session over everything."""
        with self.store.writing(SYSTEM) as session:
            yield session


def open_store(url: str) -> Store:
    """Open the database at an address."""
    return Store(reader=open_engine(url, read_only=True), writer=open_engine(url))
