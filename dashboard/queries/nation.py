"""The nation by its provinces, from the standing that every congress keeps of its projects and has published."""

from dataclasses import dataclass

from sqlalchemy import Integer, and_, case, cast, func, select

from dashboard.gate import Call, query
from dashboard.rules.lights import CANCELLED, DEFAULT_LIGHTS
from dashboard.store.joins import leads
from dashboard.store.tables.areas import Area
from dashboard.store.tables.congress import Congress
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.progress import CongressMonth, Project, ProjectState

PROVINCE = 2


@dataclass(frozen=True, slots=True)
class Province:
    """One province: how many congresses report, how many projects, where they stand by their last reports.

    `actual` and `planned` are plain means in basis points; `done` and `behind` count projects by the default limits;
    what was `cancelled` is in none of the other numbers.
    `simulated` where any of its congresses is.
    """

    code: str
    name_zh: str
    name_en: str
    simulated: bool
    congresses: int
    projects: int
    cancelled: int
    done: int
    behind: int
    actual: int | None
    planned: int | None


@query("rollup.read", "progress", reach="nation")
def reported_year(call: Call) -> int | None:
    """Return the year of the last month that any congress has reported, None where none has."""
    last = call.session.scalar(select(func.max(CongressMonth.month)))
    return last.year if last is not None else None


@query("rollup.read", "progress", reach="nation")
def nation(call: Call, year: int) -> tuple[Province, ...]:
    """Return what every province's congresses have published of a year, by code."""
    gap, carried = ProjectState.share - ProjectState.planned, Project.state != CANCELLED
    rows = call.session.execute(
        select(
            func.substr(Congress.area_code, 1, PROVINCE).label("province"),
            func.max(case((Congress.provenance == "simulated", 1), else_=0)),
            func.count(func.distinct(Congress.id)),
            func.sum(case((carried, 1), else_=0)),
            func.sum(case((carried, 0), else_=1)),
            func.sum(case((and_(carried, ProjectState.share >= DEFAULT_LIGHTS.done), 1), else_=0)),
            func.sum(
                case(
                    (
                        and_(
                            carried,
                            ProjectState.share < DEFAULT_LIGHTS.done,
                            gap < DEFAULT_LIGHTS.green_from,
                        ),
                        1,
                    ),
                    else_=0,
                )
            ),
            cast(func.round(func.avg(case((carried, ProjectState.share)))), Integer),
            cast(func.round(func.avg(case((carried, ProjectState.planned)))), Integer),
        )
        .select_from(ProjectState)
        .join(Project, leads(ProjectState.project_id, Project))
        .join(Cycle, leads(Project.cycle_id, Cycle))
        .join(Congress, Congress.id == ProjectState.congress_id)
        .where(Cycle.year == year)
        .group_by("province")
        .order_by("province")
    ).all()
    names = {
        area.code[:PROVINCE]: (area.name_zh, area.name_en)
        for area in call.session.scalars(select(Area).where(Area.level == "province"))
    }
    return tuple(
        Province(code or "", *names.get(code or "", ("", "")), bool(simulated), *rest)
        for code, simulated, *rest in rows
    )
