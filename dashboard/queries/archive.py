"""The archive: what other places published, read whole once for each version of the committed files."""

from collections import Counter
from typing import TypeVar

from sqlalchemy import func, select

from dashboard.gate import Call, query
from dashboard.queries.archive_shelf import shelf
from dashboard.rules import archive, archive_charts
from dashboard.rules.archive_frames import Front, KindShare, Listing, PlaceYear, Shelf
from dashboard.rules.refused import Refused
from dashboard.store.tables.reference import LoadedFile

# No command changes the published facts: what is kept of them is kept by the version of their files.
KEPT = "reference"
R = TypeVar("R", bound=archive.Row)


@query("reference.read")
def archive_front(call: Call) -> Front:
    """Return what the archive opens with."""
    return _front(call, _version(call))


@query("reference.read")
def archive_place(call: Call, place: str, year: int | None) -> PlaceYear:
    """Return everything published of a place in a year; without a year its newest that has projects."""
    return _place(call, _version(call), place, year)


@query("reference.read")
def archive_projects(
    call: Call, year: int | None, kind: str | None, stage: str | None
) -> tuple[Listing, ...]:
    """Return the published projects of all places that fit, in the order of their file."""
    return tuple(
        row
        for row in _shelf(call, _version(call)).projects
        if (year is None or row.year == year)
        and (kind is None or row.kind == kind)
        and (stage is None or row.stage == stage)
    )


@query("reference.read")
def archive_kind_shares(call: Call, kind: str, year: int | None) -> tuple[KindShare, ...]:
    """Return the share of a kind among each place's projects, in one year or in each."""
    rows = _shelf(call, _version(call)).projects
    return archive.kind_shares([row for row in rows if year is None or row.year == year], kind)


def _version(call: Call) -> str:
    """Return which version of the files is loaded."""
    return str(call.session.scalar(select(func.max(LoadedFile.loaded_at))))


@query("reference.read", KEPT)
def _front(call: Call, version: str) -> Front:
    every = _shelf(call, version)
    return Front(
        archive.coverage(every),
        archive.held(every),
        archive.kinds(every.projects),
        archive.ratios(every.ways),
        archive.told_ways(every.ways),
    )


@query("reference.read", KEPT)
def _place(call: Call, version: str, place: str, year: int | None) -> PlaceYear:
    every = _shelf(call, version)
    years = tuple(one.year for one in archive.held(every) if one.place == place)
    if not years or (year is not None and year not in years):
        raise Refused("not_found")
    shown = year if year is not None else _newest(every, place, years)
    projects, progress = _of(every.projects, place, shown), _of(every.progress, place, shown)
    nodes, ways = _of(every.nodes, place, shown), _of(every.ways, place, shown)
    ballots = _of(every.ballots, place, shown)
    rows: tuple[archive.Row, ...] = (*projects, *progress, *nodes, *ballots, *ways)
    return PlaceYear(
        place=place,
        year=shown,
        years=years,
        inferred=any(row.inferred for row in rows),
        projects=projects,
        progress=progress,
        nodes=nodes,
        ways=ways,
        curves=archive_charts.curves(nodes, progress),
        tally=archive_charts.tally(place, projects, ways),
        grades=archive_charts.grades(place, ballots),
        sources=tuple(Counter(row.cited for row in rows).most_common()),
    )


def _of(rows: tuple[R, ...], place: str, year: int | None) -> tuple[R, ...]:
    return tuple(row for row in rows if row.place == place and row.year == year)


def _newest(every: Shelf, place: str, years: tuple[int | None, ...]) -> int | None:
    """Return the newest year of a place that has projects, else the newest of all."""
    with_projects = {row.year for row in every.projects if row.place == place}
    return next((year for year in years if year in with_projects), years[0])


@query("reference.read", KEPT)
def _shelf(call: Call, version: str) -> Shelf:  # noqa: ARG001 - the version is the key under which it is kept
    return shelf(call.session)
