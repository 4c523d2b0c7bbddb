"""A congress and those under it, side by side, from the standing that each keeps of its projects."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from dashboard.gate import Call, query
from dashboard.queries.projects import ACCEPTED
from dashboard.rules.lights import CANCELLED, DEFAULT_LIGHTS, LightRules
from dashboard.rules.rollup import Kept, Sums, sums
from dashboard.store.joins import leads
from dashboard.store.rules_in_force import rules_in_force
from dashboard.store.schedules import is_in_force
from dashboard.store.tables.areas import Area
from dashboard.store.tables.congress import Congress, Department
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.progress import Plan, Project, ProjectState


@dataclass(frozen=True, slots=True)
class Part:
    """One congress of a roll-up, by the name of its area; `own` is that of the address."""

    code: str
    name: str
    own: bool
    simulated: bool
    sums: Sums


@dataclass(frozen=True, slots=True)
class Rollup:
    """The congress of the address and those under it in one cycle, by code, and all of them together.

    All are held to the lights in force in the congress of the address.
    """

    parts: tuple[Part, ...]
    together: Sums
    lights: LightRules = DEFAULT_LIGHTS


@query("rollup.read", "progress", "cycle", reach="below")
def rollup(call: Call, year: int) -> Rollup:
    """Return what each congress of a place has come to in a cycle; shares and sums as published."""
    places = call.session.execute(
        select(Congress, Area)
        .join(Area, Area.code == Congress.area_code)
        .where(or_(Congress.id == call.congress_id, Congress.parent_id == call.congress_id))
        .order_by(Congress.code)
    ).all()
    codes = {place.id: place.code for place, _ in places}
    found = _kept(call, year, codes)
    rules = rules_in_force(call.session, call.congress_id)
    english = call.language == "en"
    parts = tuple(
        Part(
            place.code,
            area.name_en if english else area.name_zh,
            place.id == call.congress_id,
            place.provenance == "simulated",
            sums(found[place.code], rules),
        )
        for place, area in places
    )
    together = sums([one for part in parts for one in found[part.code]], rules)
    return Rollup(parts, together, rules.lights)


def _kept(call: Call, year: int, codes: dict[UUID, str]) -> dict[str, list[Kept]]:
    """Return every published project of a cycle by the code of its congress, in their order."""
    found: dict[str, list[Kept]] = defaultdict(list)
    for row in call.session.execute(
        select(
            Project.congress_id,
            Project.number,
            Project.name,
            Department.name,
            func.coalesce(Plan.budget, Project.budget),
            ProjectState.paid,
            ProjectState.share,
            ProjectState.planned,
            ProjectState.month,
            ProjectState.grown,
            ProjectState.early,
            Project.state == ACCEPTED,
            Project.category,
            Project.state == CANCELLED,
        )
        .join(Cycle, leads(Project.cycle_id, Cycle))
        .outerjoin(Department, leads(Project.department_id, Department))
        .outerjoin(ProjectState, leads(ProjectState.project_id, Project))
        .outerjoin(Plan, and_(leads(Plan.project_id, Project), is_in_force()))
        # Also the members of the address's own congress see here what the public sees: one place, one table.
        .where(Cycle.year == year, Project.published_at.is_not(None))
        .order_by(Project.congress_id, Project.number)
    ):
        found[codes[row[0]]].append(Kept(codes[row[0]], *row[1:]))
    return found
