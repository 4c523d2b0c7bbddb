"""Published facts of other places: loaded when a file changed, all files in one transaction."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dashboard.store.core import table_of, upsert
from dashboard.store.loading import shapes_published
from dashboard.store.loading.bulk import REFERENCE, Line, insert_all, load_alone, read_lines
from dashboard.store.loading.rows import Row
from dashboard.store.tables import Base
from dashboard.store.tables.areas import Area
from dashboard.store.tables.reference import (
    LoadedFile,
    ReferenceFunnel,
    ReferenceMilestone,
    ReferencePress,
    ReferenceProgress,
    ReferenceProject,
    ReferenceRegion,
    ReferenceSatisfaction,
)
from dashboard.store.transactions import Store

SHAPES: tuple[type[Row], ...] = (
    shapes_published.Area,
    shapes_published.Region,
    shapes_published.Press,
    shapes_published.Category,
    shapes_published.PublishedProject,
    shapes_published.PublishedProgress,
    shapes_published.PublishedMilestone,
    shapes_published.PublishedSatisfaction,
    shapes_published.PublishedFunnel,
)
# Progress means the project that was chosen, else the one that was listed, else the candidate of that name.
STAGES = ("elected", "listed", "candidate")
TABLES: tuple[type[Base], ...] = (
    ReferenceProgress,
    ReferenceMilestone,
    ReferenceSatisfaction,
    ReferenceFunnel,
    ReferenceProject,
    ReferencePress,
    ReferenceRegion,
    LoadedFile,
)

Facts = list[dict[str, Any]]


def load_reference(store: Store, now: datetime, root: Path = REFERENCE) -> dict[str, int]:
    """Load the published facts and return how many rows went into which table; unchanged files load nothing.

    Raises BadRow, and leaves the database as it was, when a file has anything wrong.
    """
    digests = {shape.file: _digest(root / Path(shape.file).name) for shape in SHAPES}
    with store.system().writing() as session:
        load_alone(session)
        if {row.path: row.digest for row in session.scalars(select(LoadedFile))} == digests:
            return {}
        areas, facts = _facts(root)
        for table in TABLES:
            session.execute(delete(table))
        _upsert_areas(session, areas)
        loaded = [{"path": path, "digest": digest, "loaded_at": now} for path, digest in digests.items()]
        return {Area.__tablename__: len(areas)} | insert_all(session, {**facts, LoadedFile: loaded})


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _facts(root: Path) -> tuple[Facts, dict[type[Base], Facts]]:
    areas = read_lines(root, shapes_published.Area)
    regions = read_lines(root, shapes_published.Region)
    known = _Known(frozenset(line.row.code for line in areas), frozenset(line.row.region for line in regions))
    kinds = {line.row.category: line.row.kind for line in read_lines(root, shapes_published.Category)}
    listed = read_lines(root, shapes_published.PublishedProject)
    projects = [
        _project(fact, line, kinds) for fact, line in zip(known.published(listed), listed, strict=True)
    ]
    reported = read_lines(root, shapes_published.PublishedProgress)
    _check_shares(reported)
    progress = known.published(reported)
    by_name = _by_name(projects)
    return _areas(areas), {
        ReferenceRegion: [known.region(line) for line in regions],
        ReferencePress: [line.row.model_dump() for line in read_lines(root, shapes_published.Press)],
        ReferenceProject: projects,
        ReferenceProgress: [_progress(fact, by_name) for fact in progress],
        ReferenceMilestone: [
            _renamed(fact, due="month")
            for fact in known.published(read_lines(root, shapes_published.PublishedMilestone))
        ],
        ReferenceSatisfaction: known.published(read_lines(root, shapes_published.PublishedSatisfaction)),
        ReferenceFunnel: [
            _renamed(fact, clues="collected", clues_text="collected_text", shortlist_steps="steps")
            for fact in known.published(read_lines(root, shapes_published.PublishedFunnel))
        ],
    }


@dataclass(frozen=True, slots=True)
class _Known:
    """The areas and regions that the other files may name."""

    areas: frozenset[str]
    regions: frozenset[str]

    def region(self, line: Line[shapes_published.Region]) -> dict[str, Any]:
        row = line.row
        if row.code is not None and row.code not in self.areas:
            raise line.bad("code", "unknown_area", value=row.code)
        return _renamed(row.model_dump(), region="name")

    def published(self, lines: Sequence[Line[Any]]) -> Facts:
        """Number the rows of a file by their place in it; each must name a region that is known."""
        for line in lines:
            if line.row.region not in self.regions:
                raise line.bad("region", "unknown_region", value=line.row.region)
        return [{"id": place, **line.row.model_dump()} for place, line in enumerate(lines, start=1)]


def _renamed(row: Mapping[str, Any], **names: str) -> dict[str, Any]:
    return {names.get(name, name): value for name, value in row.items()}


def _project(
    fact: dict[str, Any], line: Line[shapes_published.PublishedProject], kinds: Mapping[str, str]
) -> dict[str, Any]:
    """Take the asterisk off a category that the file's keeper guessed, and name the kind it is counted under."""
    printed = fact["category"]
    category = printed.removesuffix("*") if printed is not None else None
    if category is not None and category not in kinds:
        raise line.bad("category", "unknown_category", value=printed)
    kind = kinds[category] if category is not None else None
    return {**fact, "category": category, "category_guessed": category != printed, "kind": kind}


def _check_shares(lines: Sequence[Line[shapes_published.PublishedProgress]]) -> None:
    """Let no share in that does not say what it is a share of: two meanings never stand on one axis."""
    for line in lines:
        if line.row.share is not None and line.row.share_of is None:
            raise line.bad("share_of", "empty")


def _by_name(projects: Facts) -> dict[tuple[Any, ...], int]:
    ordered = sorted(projects, key=lambda fact: STAGES.index(fact["stage"]), reverse=True)
    return {(fact["region"], fact["year"], fact["name"]): fact["id"] for fact in ordered}


def _progress(fact: dict[str, Any], by_name: Mapping[tuple[Any, ...], int]) -> dict[str, Any]:
    project = by_name.get((fact["region"], fact["year"], fact["name"]))
    return {**_renamed(fact, as_of="month"), "project_id": project}


def _areas(lines: Sequence[Line[shapes_published.Area]]) -> Facts:
    """Order the areas so that each stands after its parent."""
    codes = {line.row.code: line.row.parent for line in lines}
    for line in lines:
        if line.row.parent is not None and line.row.parent not in codes:
            raise line.bad("parent", "unknown_area", value=line.row.parent)
    depths = {line.row.code: _depth(line, codes) for line in lines}
    ordered = sorted(lines, key=lambda line: depths[line.row.code])
    empty = {"abolished_on": None, "successor_code": None}
    return [{**_renamed(line.row.model_dump(), parent="parent_code"), **empty} for line in ordered]


def _depth(line: Line[shapes_published.Area], parents: Mapping[str, str | None]) -> int:
    depth, parent = 0, line.row.parent
    while parent is not None:
        depth, parent = depth + 1, parents[parent]
        if depth > len(parents):
            raise line.bad("parent", "circle", value=line.row.parent)
    return depth


def _upsert_areas(session: Session, areas: Facts) -> None:
    """Write areas over those that are there: congresses refer to them, so they are never deleted."""
    statement = upsert(session, table_of(Area))
    kept = {name: statement.excluded[name] for name in areas[0] if name != "code"}
    session.connection().execute(statement.on_conflict_do_update(index_elements=["code"], set_=kept), areas)
