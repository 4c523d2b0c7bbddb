"""How the files of a congress's cycle are offered: each by its columns and its statement.

Every statement asks for published rows by itself: members take away what the public sees. What is published but leads
to something that is not, is left without it.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select

from dashboard.rules.data_frames import Dataset
from dashboard.store.joins import leads
from dashboard.store.tables.cycle import Cycle

Statement = Callable[[int], Select[*tuple[Any, ...]]]
SETS: dict[str, tuple[Dataset, Statement]] = {}


def dataset(name: str, columns: str, *topics: str) -> Callable[[Statement], Statement]:
    """Offer what a statement finds as a file with these columns, which change with these topics."""

    def decorate(statement: Statement) -> Statement:
        SETS[name] = (Dataset(name, tuple(columns.split()), topics), statement)
        return statement

    return decorate


def public(row: Any) -> Any:
    """Return the condition that a row is published."""
    return row.published_at.is_not(None)


def of_year(statement: Select[*tuple[Any, ...]], row: Any, year: int) -> Select[*tuple[Any, ...]]:
    """Narrow a statement to the rows of one cycle."""
    return statement.join(Cycle, leads(row.cycle_id, Cycle)).where(Cycle.year == year)
