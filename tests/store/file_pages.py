"""The pages of a SQLite file, read and written past SQLite itself: how a byte is changed that no statement sees."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

INTERIOR, LEAVES = {0x02, 0x05}, {0x0A, 0x0D}
TREES = "SELECT name, rootpage FROM sqlite_schema WHERE tbl_name = ? AND rootpage > 0 ORDER BY name"


def trees(path: Path, table: str) -> dict[str, int]:
    """Return the first page of a table and of each of its indexes."""
    with closing(sqlite3.connect(path)) as opened:
        return dict(opened.execute(TREES, (table,)))


def page_size(raw: bytes) -> int:
    """Return how long a page is; 65,536 does not go into two bytes and is written as 1."""
    told = int.from_bytes(raw[16:18], "big")
    return 65_536 if told == 1 else told


def leaves(raw: bytes, page: int) -> Iterator[tuple[int, int]]:
    """Yield where each page with values of a tree begins and ends; the format is SQLite's own, published."""
    size = page_size(raw)
    start = (page - 1) * size
    kind, cells = raw[start], int.from_bytes(raw[start + 3 : start + 5], "big")
    if kind in LEAVES | {0x02}:
        yield start, start + size
    if kind not in INTERIOR:
        return
    pointers = range(start + 12, start + 12 + 2 * cells, 2)
    places = [start + int.from_bytes(raw[at : at + 2], "big") for at in pointers]
    for at in [*places, start + 8]:
        yield from leaves(raw, int.from_bytes(raw[at : at + 4], "big"))


def first_bytes(raw: bytes, page: int, wanted: bytes) -> int | None:
    """Return where a value stands in a tree, or None where it does not."""
    for begin, end in leaves(raw, page):
        found = raw.find(wanted, begin, end)
        if found >= 0:
            return found
    return None


def changed(path: Path, at: int, flip: int = 1) -> None:
    """Flip bits of one byte of a file."""
    with path.open("r+b") as file:
        file.seek(at)
        old = file.read(1)[0]
        file.seek(at)
        file.write(bytes([old ^ flip]))
