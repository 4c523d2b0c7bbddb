"""Which congresses there are, as the switcher and the addresses need them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from dashboard.gate import Call, Place, query
from dashboard.store.tables.areas import Area
from dashboard.store.tables.congress import Congress
from dashboard.store.tables.cycle import Cycle

# More townships than any county has: a list that someone founded flat does not fill every page.
MOST_UNDER = 120
# Of a village: township, county, city, province.
MOST_ABOVE = 4


@dataclass(frozen=True, slots=True)
class Listed:
    """One congress as the addresses and the switcher need it."""

    id: UUID
    code: str
    area_code: str
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
    """One area above a congress, and the code of the congress that stands on it, where there is one."""

    code: str
    name_zh: str
    name_en: str
    congress: str | None


@dataclass(frozen=True, slots=True)
class Family:
    """What stands around a congress: the areas above, the province first; its county, and what is under that."""

    above: tuple[Region, ...]
    head: Listed
    under: tuple[Listed, ...]


@query("congress.read")
def congress_of(call: Call, code: str | None) -> Listed | None:
    """Return the congress of a code; without a code the first county, else the first there is."""
    if code is not None:
        return _first(call, select(Congress).where(Congress.code == code))
    every = select(Congress).order_by(Congress.code).limit(1)
    return _first(call, every.where(Congress.level == "county")) or _first(call, every)


@query("congress.read")
def congress_with(call: Call, congress_id: UUID) -> Listed | None:
    """Return the congress of an id."""
    return _first(call, select(Congress).where(Congress.id == congress_id))


@query("congress.read")
def newest_founding(call: Call) -> datetime | None:
    """Return when the newest congress was founded: another answer than before says that there are more."""
    return call.session.scalar(select(func.max(Congress.created_at)))


@query("congress.read")
def family_of(call: Call, one: Listed) -> Family:
    """Return what a reader of a congress may want next: of a township its county's, of any other its own."""
    head = one.parent_id if one.level == "township" and one.parent_id is not None else one.id
    rows = call.session.scalars(
        select(Congress)
        .where(or_(Congress.id == head, Congress.parent_id == head))
        .order_by(Congress.id != head, Congress.code)
        .limit(1 + MOST_UNDER)
    )
    first, *under = map(_listed, rows)
    return Family(_above(call, first), first, tuple(under))


@query("congress.read", "cycle")
def years(call: Call) -> tuple[int, ...]:
    """Return the cycles of the address's congress by year, the newest first."""
    rows = call.session.scalars(select(Cycle.year).order_by(Cycle.year.desc()))
    return tuple(rows)


def _first(call: Call, statement: Select[Congress]) -> Listed | None:
    row = call.session.scalars(statement).first()
    return None if row is None else _listed(row)


def _listed(c: Congress) -> Listed:
    return Listed(
        c.id, c.code, c.area_code, c.parent_id, c.level, c.name_zh, c.name_en, c.provenance, c.as_of
    )


def _above(call: Call, one: Listed) -> tuple[Region, ...]:
    """Return the areas above a congress, by their keys: a recursive statement reads every area there is."""
    above = [aliased(Area) for _ in range(MOST_ABOVE)]
    statement, below = select(*above).select_from(Area).where(Area.code == one.area_code), Area
    for higher in above:
        statement, below = statement.outerjoin(higher, higher.code == below.parent_code), higher
    areas = [area for area in call.session.execute(statement).one() if area is not None]
    stands = select(Congress.area_code, Congress.code).where(
        Congress.area_code.in_([area.code for area in areas])
    )
    congresses = {row.area_code: row.code for row in call.session.execute(stands)}
    return tuple(
        Region(area.code, area.name_zh, area.name_en, congresses.get(area.code)) for area in reversed(areas)
    )
