"""Finding a congress among thousands: by a part of its name or the beginning of its code."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from dashboard.gate import Call, query
from dashboard.store.tables.areas import Area
from dashboard.store.tables.congress import Congress

MOST = 50
# A congress of a township stands under a county, a city and a province.
ABOVE = 3


@dataclass(frozen=True, slots=True)
class Found:
    """One congress with the areas above it, the province first."""

    code: str
    name_zh: str
    name_en: str
    level: str
    simulated: bool
    above: tuple[tuple[str, str], ...]


@query("congress.read")
def found_congresses(call: Call, wanted: str) -> tuple[tuple[Found, ...], int]:
    """Return the first congresses that fit by code, and how many fit; all where nothing is wanted."""
    fits = or_(
        Congress.name_zh.contains(wanted, autoescape=True),
        Congress.name_en.icontains(wanted, autoescape=True),
        Congress.code.startswith(wanted, autoescape=True),
    )
    counted = select(func.count()).select_from(Congress)
    area = aliased(Area)
    above = [aliased(Area) for _ in range(ABOVE)]
    rows = select(Congress, *above).join(area, area.code == Congress.area_code)
    lower = area
    for higher in above:
        rows = rows.outerjoin(higher, higher.code == lower.parent_code)
        lower = higher
    if wanted:
        rows, counted = rows.where(fits), counted.where(fits)
    found = [
        Found(
            one.code,
            one.name_zh,
            one.name_en,
            one.level,
            one.provenance == "simulated",
            tuple((part.name_zh, part.name_en) for part in reversed(parts) if part is not None),
        )
        for one, *parts in call.session.execute(rows.order_by(Congress.code).limit(MOST))
    ]
    return tuple(found), call.session.scalar(counted) or 0
