"""The files that anyone may take away: their rows, and how many each has."""

from typing import Any

from sqlalchemy import Select, func, select

from dashboard.gate import Call, query
from dashboard.queries import data_cycle, data_supervision
from dashboard.queries.data_archive import ARCHIVE
from dashboard.queries.data_sets import SETS
from dashboard.rules.data_frames import Dataset, Rows
from dashboard.rules.refused import Refused
from dashboard.rules.topics import PUBLIC_TOPICS
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.reference import LoadedFile

assert data_cycle
assert data_supervision  # Importing the two filled SETS, in this order.

# No file holds more rows: a congress's year has some thousands.
MOST = 50_000
TOPICS = tuple(sorted(PUBLIC_TOPICS))
Counted = tuple[tuple[Dataset, int], ...]


@query("data.read")
def data_set(call: Call, year: int, name: str) -> Dataset:
    """Return what a file of this congress's cycle holds; a year or a name that is not known is not found."""
    known = call.session.scalar(select(Cycle.id).where(Cycle.year == year))
    if known is None or name not in SETS:
        raise Refused("not_found")
    return SETS[name][0]


@query("data.read")
def data_rows(call: Call, year: int, name: str) -> Rows:
    """Return the published rows of a file, for members too."""
    dataset, statement = SETS[name]
    return _read(call, dataset, statement(year))


@query("data.read", *TOPICS)
def data_counts(call: Call, year: int) -> Counted:
    """Return how many published rows each file of a cycle has."""
    return tuple((dataset, _count(call, statement(year))) for dataset, statement in SETS.values())


@query("reference.read")
def archive_set(call: Call, name: str) -> tuple[Dataset, str]:
    """Return what a file of the published facts holds, and which version of them is loaded."""
    if name not in ARCHIVE:
        raise Refused("not_found")
    return ARCHIVE[name][0], str(call.session.scalar(select(func.max(LoadedFile.loaded_at))))


@query("reference.read")
def archive_rows(call: Call, name: str) -> Rows:
    """Return every row of a file of the published facts."""
    return _read(call, *ARCHIVE[name])


@query("reference.read")
def archive_counts(call: Call) -> Counted:
    """Return how many rows each file of the published facts has."""
    return tuple((dataset, _count(call, statement)) for dataset, statement in ARCHIVE.values())


def _read(call: Call, dataset: Dataset, statement: Select[*tuple[Any, ...]]) -> Rows:
    rows = [tuple(row) for row in call.session.execute(statement.limit(MOST + 1))]
    return Rows(dataset, rows[:MOST], len(rows) <= MOST)


def _count(call: Call, statement: Select[*tuple[Any, ...]]) -> int:
    counted = statement.order_by(None).with_only_columns(func.count(), maintain_column_froms=True)
    return call.session.scalar(counted) or 0
