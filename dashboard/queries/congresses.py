"""Which congresses there are, as the switcher and the addresses need them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from dashboard.gate import Call, Place, query
from dashboard.store.tables.areas import Area
from dashboard.store.tables.congress import Congress
from dashboard.store.tables.cycle import Cycle


@dataclass(frozen=True, slots=True)
class Listed:
    """One congress of the switcher, under its parent in the tree of areas."""

    id: UUID
    code: str
    parent_id: UUID | None
    level: str
    name_zh: str
    name_en: str
    provenance: str
    as_of: date | None

    def place(self, language: str) -> Place:
        """Return the congress as a call stands on it."""
        name = self.name_en if language == "en" else self.name_zh
        return Place(self.id, self.code, name, self.level, self.provenance == "simulated", self.as_of)


@dataclass(frozen=True, slots=True)
class Region:
    """One area above the congresses, for the path in the switcher."""

    code: str
    name_zh: str
    name_en: str


@query("congress.read")
def all_congresses(call: Call) -> tuple[Listed, ...]:
    """Return every congress, counties before their townships."""
    rows = call.session.scalars(select(Congress).order_by(Congress.code))
    return tuple(
        Listed(c.id, c.code, c.parent_id, c.level, c.name_zh, c.name_en, c.provenance, c.as_of) for c in rows
    )


@query("congress.read")
def areas_above(call: Call, code: str) -> tuple[Region, ...]:
    """Return the areas above a congress, the province first."""
    above: list[Region] = []
    area = call.session.get(Area, code)
    while area is not None and area.parent_code is not None:
        area = call.session.get_one(Area, area.parent_code)
        above.append(Region(area.code, area.name_zh, area.name_en))
    return tuple(reversed(above))


@query("congress.read", "cycle")
def years(call: Call) -> tuple[int, ...]:
    """Return the cycles of the address's congress by year, the newest first."""
    rows = call.session.scalars(select(Cycle.year).order_by(Cycle.year.desc()))
    return tuple(rows)
