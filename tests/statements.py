"""Which statements a database is sent while something is read."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from dashboard.store.transactions import Store


@contextmanager
def heard(store: Store) -> Iterator[list[str]]:
    """Collect the statements that the reading engine is sent, but the beginnings of transactions."""
    said: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            said.append(statement)

    event.listen(store.reader, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(store.reader, "before_cursor_execute", hear)
