"""How published facts of other places are counted and compared: nothing is estimated or printed anew."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from dashboard.rules.archive_frames import (
    Balloted,
    Coverage,
    Figure,
    Held,
    KindCount,
    Kinds,
    KindShare,
    KindYears,
    Listing,
    Node,
    Ratio,
    Shelf,
    Way,
)

Row = Listing | Figure | Node | Balloted | Way
# A share of fewer projects than these would say more of the list than of the place.
FEWEST = 5
# As many years as can be told apart side by side (design, categorical).
MOST_YEARS = 4


def rows_of(shelf: Shelf) -> tuple[Row, ...]:
    """Return every row, whatever it tells."""
    return (*shelf.projects, *shelf.progress, *shelf.nodes, *shelf.ballots, *shelf.ways)


def held(shelf: Shelf) -> tuple[Held, ...]:
    """Return what is known of each place in each year, by place and the newest year first."""
    counts: dict[tuple[str, int | None], Counter[str]] = defaultdict(Counter)
    kinds: dict[tuple[str, int | None], Counter[str]] = defaultdict(Counter)
    inferred = {(row.place, row.year) for row in rows_of(shelf) if row.inferred}
    for project in shelf.projects:
        found = counts[project.place, project.year]
        found[project.stage] += 1
        found["budget"] += project.budget is not None
        found["votes"] += project.votes is not None
        if project.kind is not None:
            kinds[project.place, project.year][project.kind] += 1
    for name, rows in (("progress", shelf.progress), ("ballots", shelf.ballots), ("nodes", shelf.nodes)):
        for row in rows:
            counts[row.place, row.year][name] += 1
    for way in shelf.ways:
        counts[way.place, way.year]["way"] += 1
    return tuple(
        Held(
            place=place,
            year=year,
            inferred=(place, year) in inferred,
            candidates=found["candidate"],
            elected=found["elected"],
            listed=found["listed"],
            with_budget=found["budget"],
            with_votes=found["votes"],
            progress=found["progress"],
            ballots=found["ballots"],
            milestones=found["nodes"],
            funnels=found["way"],
            kinds=tuple(kinds[place, year].most_common()),
        )
        for (place, year), found in sorted(counts.items(), key=lambda one: (one[0][0], -(one[0][1] or 0)))
    )


def coverage(shelf: Shelf) -> Coverage:
    """Return how much is known."""
    projects = shelf.projects
    stages = Counter(row.stage for row in projects)
    known = {(row.place, row.year) for row in rows_of(shelf)}
    return Coverage(
        places=len({place for place, _ in known}),
        years=len(known),
        projects=len(projects),
        elected=stages["elected"],
        candidates=stages["candidate"],
        listed=stages["listed"],
        with_budget=sum(row.budget is not None for row in projects),
        with_votes=sum(row.votes is not None for row in projects),
        progress=len(shelf.progress),
        matched=sum(row.matched for row in shelf.progress),
        ballots=len(shelf.ballots),
        milestones=len(shelf.nodes),
        funnels=len(shelf.ways),
    )


def kinds(projects: Sequence[Listing]) -> Kinds:
    """Return projects by the kind of their category, those voted in apart from the others."""
    elected = Counter(row.kind for row in projects if row.stage == "elected" and row.kind)
    other = Counter(row.kind for row in projects if row.stage != "elected" and row.kind)
    rows = [KindCount(kind, elected[kind], other[kind]) for kind in elected.keys() | other.keys()]
    # What is counted as other stands last, however much it is.
    rows.sort(key=lambda row: (row.kind == "other", -row.elected, -row.other, row.kind))
    return Kinds(
        tuple(rows),
        elected.total(),
        other.total(),
        unknown=sum(row.kind is None for row in projects),
        guessed=sum(row.guessed for row in projects),
    )


def kind_shares(projects: Iterable[Listing], kind: str) -> tuple[KindShare, ...]:
    """Return the share that a kind has among a place's projects of a year, the highest first."""
    groups: dict[tuple[str, int | None], list[Listing]] = defaultdict(list)
    for row in projects:
        if row.kind is not None:
            groups[row.place, row.year].append(row)
    shares = [
        KindShare(
            place,
            year,
            sum(row.kind == kind for row in rows),
            len(rows),
            any(row.inferred for row in rows),
        )
        for (place, year), rows in groups.items()
        if len(rows) >= FEWEST
    ]
    with_any = [one for one in shares if one.count]
    return tuple(
        sorted(with_any, key=lambda one: (-one.count * 10_000 // one.total, one.place, -(one.year or 0)))
    )


def ratios(ways: Iterable[Way]) -> tuple[Ratio, ...]:
    """Return the votes of deputies of which both numbers are printed, the highest ratio first."""
    found = [
        Ratio(way.place, way.year, way.candidates, way.chosen, way.inferred)
        for way in ways
        if way.voters == "deputies" and way.candidates is not None and way.chosen
    ]
    return tuple(
        sorted(found, key=lambda one: (-one.candidates * 10_000 // one.chosen, one.place, one.year or 0))
    )


def usual_ratio(found: Sequence[Ratio]) -> tuple[int, int, int] | None:
    """Return the candidates and places that occur most often, with how often; None where none does twice."""
    counted = Counter((one.candidates, one.chosen) for one in found).most_common(2)
    if not counted or counted[0][1] < 2 or (len(counted) > 1 and counted[0][1] == counted[1][1]):
        return None
    (candidates, chosen), times = counted[0]
    return candidates, chosen, times


def told_ways(ways: Iterable[Way]) -> tuple[Way, ...]:
    """Return the ways that begin with suggestions, the most first; those whose number is inexact after them."""
    begun = [way for way in ways if way.collected_text is not None]
    return tuple(sorted(begun, key=lambda way: (way.collected is None, -(way.collected or 0), way.place)))


def kind_years(held: Sequence[Held], place: str) -> KindYears | None:
    """Return one place's kinds year against year: of the last years that are known, None where there is but one."""
    known = sorted(
        (one for one in held if one.place == place and one.year and one.kinds), key=lambda one: one.year or 0
    )[-MOST_YEARS:]
    if len(known) < 2:
        return None
    counts = [dict(one.kinds) for one in known]
    kinds = dict.fromkeys(kind for one in counts for kind in one)
    rows = [(kind, tuple(one.get(kind, 0) for one in counts)) for kind in kinds]
    rows.sort(key=lambda row: (-sum(row[1]), row[0]))
    return KindYears(place, tuple(one.year or 0 for one in known), tuple(rows))
