"""What can be taken away as a file: its name, its columns, its rows, and what is said of it in every file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Dataset:
    """One file: the columns stand in the order of its rows.

    A column that ends in `_percent` holds basis points, one that ends in `_yuan` fen, until the file is written.
    """

    name: str
    columns: tuple[str, ...]
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a dataset; `whole` is not so where there were more than one file holds."""

    dataset: Dataset
    rows: Sequence[Sequence[Any]]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class About:
    """What every file says of itself: finished words, and `mark`, which stands in each row as its provenance."""

    title: str
    of: str
    source: str
    day: str
    terms: str
    mark: str
    notes: tuple[str, ...] = ()
