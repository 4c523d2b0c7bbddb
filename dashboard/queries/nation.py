"""The nation by its provinces, from the standing that every congress keeps of its projects and has published."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, select

from dashboard.gate import Call, query
from dashboard.rules.lights import CANCELLED, DEFAULT_LIGHTS
from dashboard.store.joins import leads
from dashboard.store.tables.areas import Area
from dashboard.store.tables.congress import Congress
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.progress import CongressMonth, Project, ProjectState
from dashboard.store.tables.record import TopicVersion

PROVINCE = 2
# Of so many congresses each is read by its own rows; of more, all are read at once.
FEW = 50


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


class _Member(NamedTuple):
    """One congress's projects of a year: how many stand how, and their shares added up in basis points."""

    province: str
    simulated: bool
    projects: int
    cancelled: int
    done: int
    behind: int
    share: int
    planned: int


class _Kept(NamedTuple):
    """What was added up of a year, and the versions of progress of all congresses that it was added up from."""

    versions: frozenset[tuple[UUID, int]]
    members: dict[UUID, _Member]
    provinces: tuple[Province, ...]


@query("rollup.read", "progress", reach="nation")
def reported_year(call: Call) -> int | None:
    """Return the year of the last month that any congress has reported, None where none has."""
    last = call.session.scalar(select(func.max(CongressMonth.month)))
    return last.year if last is not None else None


@query("rollup.read", reach="nation")
def nation(call: Call, year: int) -> tuple[Province, ...]:
    """Return what every province's congresses have published of a year, by code.

    What each congress has is kept with the version of its progress that it was added up from, so that one new report
    has one congress added up again. An answer is not kept: it would have to follow every congress.
    """
    call.lasting = False
    key = (nation, year)
    kept: _Kept = call.ground.frames.get(key) or _Kept(frozenset(), {}, ())
    # Of a congress whose progress never changed nothing is published.
    versions = call.session.execute(
        select(TopicVersion.congress_id, TopicVersion.version).where(TopicVersion.topic == "progress")
    )
    seen = frozenset((congress, version) for congress, version in versions)
    if seen != kept.versions:
        stale = {congress for congress, _ in seen - kept.versions}
        members = {one: member for one, member in kept.members.items() if one not in stale}
        members |= _read(call, year, stale if kept.versions and len(stale) <= FEW else None)
        kept = _Kept(seen, members, _provinces(call, members))
        call.ground.frames.put(key, kept)
    return kept.provinces


def _read(call: Call, year: int, congresses: Collection[UUID] | None) -> dict[UUID, _Member]:
    """Add up the standings of some congresses, or of all."""
    gap, carried = ProjectState.share - ProjectState.planned, Project.state != CANCELLED
    is_done = ProjectState.share >= DEFAULT_LIGHTS.done
    is_behind = and_(~is_done, gap < DEFAULT_LIGHTS.green_from)

    def total(which: ColumnElement[bool], value: Any = 1) -> ColumnElement[int]:
        return func.sum(case((which, value), else_=0))

    statement = (
        select(
            ProjectState.congress_id,
            func.substr(Congress.area_code, 1, PROVINCE),
            Congress.provenance,
            total(carried),
            total(~carried),
            total(and_(carried, is_done)),
            total(and_(carried, is_behind)),
            total(carried, ProjectState.share),
            total(carried, ProjectState.planned),
        )
        .select_from(ProjectState)
        .join(Project, leads(ProjectState.project_id, Project))
        .join(Cycle, leads(Project.cycle_id, Cycle))
        .join(Congress, Congress.id == ProjectState.congress_id)
        .where(Cycle.year == year)
        .group_by(ProjectState.congress_id, Congress.area_code, Congress.provenance)
    )
    if congresses is not None:
        statement = statement.where(ProjectState.congress_id.in_(congresses))
    return {
        congress: _Member(province or "", provenance == "simulated", *map(int, sums))
        for congress, province, provenance, *sums in call.session.execute(statement)
    }


def _provinces(call: Call, members: dict[UUID, _Member]) -> tuple[Province, ...]:
    """Return the provinces of the congresses that have published something of a year."""
    names = {
        code[:PROVINCE]: (zh, en)
        for code, zh, en in call.session.execute(
            select(Area.code, Area.name_zh, Area.name_en).where(Area.level == "province")
        )
    }
    of: dict[str, list[_Member]] = {}
    for member in members.values():
        of.setdefault(member.province, []).append(member)
    return tuple(_province(code, names.get(code, ("", "")), of[code]) for code in sorted(of))


def _province(code: str, names: tuple[str, str], members: list[_Member]) -> Province:
    _, simulated, projects, cancelled, done, behind, share, planned = zip(*members, strict=True)
    n = sum(projects)
    return Province(
        code, *names, any(simulated), len(members), n, sum(cancelled), sum(done), sum(behind),
        actual=_mean(sum(share), n), planned=_mean(sum(planned), n),
    )  # fmt: skip


def _mean(added: int, n: int) -> int | None:
    """Return a mean to whole basis points, a half upwards."""
    return (2 * added + n) // (2 * n) if n else None
