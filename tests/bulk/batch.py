"""Rows on their way into one table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from dashboard.i18n import SHANGHAI
from dashboard.store.tables import Base

Rows = Iterable[tuple[Any, ...]]


@dataclass(frozen=True)
class Batch:
    """Rows of one table by its columns, in their order; columns left out are empty."""

    table: type[Base]
    columns: tuple[str, ...]
    rows: Rows


def batch(table: type[Base], columns: str, rows: Rows) -> Batch:
    """Return rows under columns named in one line."""
    return Batch(table, tuple(columns.split()), rows)


_moments: dict[date, datetime] = {}


def noon(day: date) -> datetime:
    """Return a day's noon in China, made once: a million rows share a few."""
    if day not in _moments:
        _moments[day] = datetime.combine(day, time(12), SHANGHAI)
    return _moments[day]
