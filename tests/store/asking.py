"""What the tests of loading ask of a database, and how they spoil a file."""

import csv
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from dashboard.store.tables import Base
from dashboard.store.transactions import Store


def lines(file: Path) -> int:
    with file.open(encoding="utf-8") as opened:
        return sum(1 for _ in csv.reader(opened)) - 1


def ask(store: Store, statement: Any) -> Any:
    with store.system().reading() as session:
        return session.execute(statement).scalars().all()


def counts(store: Store) -> dict[str, int]:
    with store.system().reading() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }


def spoil(file: Path, old: str, new: str) -> int:
    """Replace what stands once in a file and return its line."""
    whole = file.read_text("utf-8")
    assert whole.count(old) == 1
    file.write_text(whole.replace(old, new), "utf-8")
    return whole[: whole.index(old)].count("\n") + 1
