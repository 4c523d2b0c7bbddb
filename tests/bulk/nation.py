"""Which congresses the invented nation has: provinces, cities, counties and townships, in blocks of thirty.

A block is one city with its congress, three counties and their townships, together thirty congresses; ten blocks are
a province, whose congress stands in the place of a township of the first. Every name says that it is a sample.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID
from zlib import crc32

from dashboard.rules.progress import month_ends
from dashboard.store.loading.gathering import key_of
from dashboard.store.tables import Base

BLOCK, BLOCKS = 30, 10
TOWNSHIPS = (9, 9, 8)
# Codes that no real area has and that the demonstration leaves free.
FIRST_PROVINCE = 83
AS_OF = date(2026, 1, 15)
LAST_YEAR = 2025
LEVEL_NAMES = {
    "province": ("省", "Province"),
    "city": ("市", "City"),
    "county": ("县", "County"),
    "township": ("镇", "Town"),
}


@dataclass(frozen=True, slots=True)
class One:
    """One congress by its number; `parent` is that of the congress above it."""

    number: int
    code: str
    level: str
    parent: str | None
    id: UUID

    def key(self, table: type[Base], serial: int) -> UUID:
        """Return the id of a row: a UUIDv7 by its shape, the same at every filling."""
        return UUID(int=_base(table) | self.number << 32 | serial)

    @property
    def name(self) -> str:
        """Return the name of its area."""
        return f"样本{self.number:04d}{LEVEL_NAMES[self.level][0]}"


_bases: dict[str, int] = {}


def _base(table: type[Base]) -> int:
    name = table.__tablename__
    if name not in _bases:
        _bases[name] = 0x0194_0000_0000 << 80 | 0x7 << 76 | (crc32(name.encode()) & 0xFFF) << 64 | 0x2 << 62
    return _bases[name]


@dataclass(frozen=True)
class Nation:
    """How large it is: congresses, yearly cycles, projects of a cycle, monthly reports of a project."""

    congresses: int = BLOCK
    cycles: int = 3
    projects: int = 10
    months: int = 12
    _kept: dict[int, tuple[date, ...]] = field(default_factory=dict, compare=False)

    @property
    def years(self) -> range:
        """Return the years of the cycles."""
        return range(LAST_YEAR - self.cycles + 1, LAST_YEAR + 1)

    def month_ends(self, year: int) -> tuple[date, ...]:
        """Return the months that the projects of a cycle report, the last one its year's December."""
        if year not in self._kept:
            ends = tuple(month_ends(date(year - self.months // 12, 1, 1), date(year, 12, 31)))
            self._kept[year] = ends[-self.months :]
        return self._kept[year]

    @cached_property
    def all(self) -> tuple[One, ...]:
        """Return every congress, each after the one above it."""
        return tuple(self._all())

    def _all(self) -> Iterator[One]:
        for number, (code, level, parent) in enumerate(_codes(), 1):
            if number > self.congresses:
                return
            yield One(number, code, level, parent, key_of("congress", code))


def _codes() -> Iterator[tuple[str, str, str | None]]:
    block = 0
    while True:
        province = f"{FIRST_PROVINCE + block // BLOCKS:02d}0000"
        city = f"{province[:2]}{block % BLOCKS + 1:02d}00"
        if block % BLOCKS == 0:
            yield province, "province", None
        yield city, "city", province
        for place, townships in enumerate(TOWNSHIPS, 1):
            county = f"{city[:4]}{place:02d}"
            yield county, "county", city
            fewer = place == len(TOWNSHIPS) - 1 and block % BLOCKS == 0
            for township in range(1, townships + 1 - fewer):
                yield f"{county}{100 + township}", "township", county
        block += 1
