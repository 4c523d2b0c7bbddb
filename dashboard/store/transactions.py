"""One place that opens transactions: reading ones on a snapshot, writing ones that commit before answering."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from dashboard.store.engine import open_engine
from dashboard.store.scope import SYSTEM, Scope, narrowed
from dashboard.store.turns import Turns


@dataclass(frozen=True)
class Store:
    """The two engines of one database: one reads snapshots, one writes; on SQLite its writers take turns."""

    reader: Engine
    writer: Engine
    turns: Turns | None = None

    @contextmanager
    def reading(self, scope: Scope) -> Iterator[Session]:
        """Open a session on a read-only snapshot; writing in it fails."""
        with Session(self.reader, expire_on_commit=False, autoflush=False) as session:
            # What queries read once in this snapshot and need again.
            session.info["kept"] = {}
            yield narrowed(session, scope)

    @contextmanager
    def writing(self, scope: Scope, *, together: bool = False) -> Iterator[Session]:
        """Open a session that commits at the end, or leaves no trace.

        `together` lets it share its commit with others that wait behind it: for short ones, of which many come at
        once. It too ends only after the commit.
        """
        with ExitStack() as stack:
            bind: Engine | Connection = self.writer
            if self.turns is not None and together:
                bind = stack.enter_context(self.turns.together())
            elif self.turns is not None:
                stack.enter_context(self.turns.alone())
            session = Session(bind, expire_on_commit=False, join_transaction_mode="create_savepoint")
            with session, session.begin():
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
    def glancing(self) -> Iterator[Connection]:
        """Open a connection for one statement that reads, without a transaction of its own around it."""
        with self.store.reader.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a writing session over everything."""
        with self.store.writing(SYSTEM) as session:
            yield session


def open_store(url: str) -> Store:
    """Open the database at an address."""
    writer = open_engine(url)
    turns = Turns(writer) if writer.dialect.name == "sqlite" else None
    return Store(open_engine(url, read_only=True), writer, turns)
