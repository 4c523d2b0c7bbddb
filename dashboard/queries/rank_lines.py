"""The lines of the rank curve: each unit's ranks of five years, with those of the units before it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.queries.successions import Line, Lines
from dashboard.rules import points, ranks
from dashboard.rules.judge_frames import Marks, Ranked, Ranking
from dashboard.store.joins import leads
from dashboard.store.tables.assessment import Assessment, AssessmentResult

SPAN = 5


@dataclass
class Years:
    """The assessments of departments by year: what each department got, and who assessed when."""

    results: dict[int, dict[UUID, AssessmentResult]] = field(default_factory=lambda: defaultdict(dict))
    body: str = ""
    day: date | None = None

    def ranks(self) -> Mapping[int, Mapping[UUID, int]]:
        """Return each year's ranks: as stored, or made from the points where a year stores none."""
        found: dict[int, dict[UUID, int]] = {}
        for year in sorted(self.results)[-SPAN:]:
            rows = self.results[year]
            stored = {key: row.rank for key, row in rows.items() if row.rank is not None}
            counted = {key: row.points for key, row in rows.items() if row.points is not None}
            if not stored:
                stored = dict(zip(counted, points.ranks([*counted.values()]), strict=True))
            found[year] = stored
        return found


def ranked_years(session: Session, year: int, *, announced: bool) -> Years | None:
    """Return the departments' assessments of the years up to one: one statement; None where there is none."""
    wanted = (
        select(Assessment.year, Assessment.body, Assessment.day, AssessmentResult)
        .join(AssessmentResult, leads(AssessmentResult.assessment_id, Assessment))
        .where(
            Assessment.subject == "department",
            Assessment.year <= year,
            Assessment.year > year - 2 * SPAN,
            AssessmentResult.department_id.is_not(None),
        )
        .order_by(Assessment.year, Assessment.day)
    )
    if announced:
        wanted = wanted.where(
            Assessment.published_at.is_not(None), AssessmentResult.published_at.is_not(None)
        )
    found = Years()
    for own, body, day, result in session.execute(wanted):
        if result.department_id is not None:
            found.results[own][result.department_id] = result
        found.body, found.day = body, day
    return found if found.results else None


def drawn_from(years: Years, lines: Lines, only: Sequence[UUID | None] | None, *, simulated: bool) -> Ranking:
    """Return the lines, the best rank of the last year first; with `only`, every other line has no name."""
    by_year = years.ranks()
    known = [*by_year]
    last = by_year[known[-1]]
    found: list[Ranked] = []
    for line in lines.rows:
        found += _lines(line, by_year, years.results[known[-1]])
    found.sort(key=lambda one: (one.into is not None, one.rank is None, one.rank or 0))
    if only is not None:
        own = {str(lines.last(key)) for key in only if key is not None}
        found = [
            one if one.id in own else _unnamed(n, one)
            for n, one in enumerate(found)
            # A line that begins, ends or joins another says by its years whose it is.
            if (one.id in own or None not in one.ranks) and one.into is None
        ]
    return Ranking(
        years=tuple(known),
        lines=tuple(found),
        count=len(last),
        low=ranks.last_tenth(len(last)),
        own=only is not None,
        simulated=simulated,
        source=years.body,
        day=years.day,
    )


def _unnamed(number: int, one: Ranked) -> Ranked:
    """Return a line of which nobody is told whose it is."""
    return Ranked(str(number), "", "", one.ranks)


def _lines(
    line: Line, by_year: Mapping[int, Mapping[UUID, int]], latest: Mapping[UUID, AssessmentResult]
) -> list[Ranked]:
    """Return a unit's line, and beside it those of units merged into it that were ranked at the same time."""
    years = [*by_year.values()]
    taken = [next((key for key in line.ids if key in year), None) for year in years]
    own = tuple(None if key is None else year[key] for year, key in zip(years, taken, strict=True))
    if all(rank is None for rank in own):
        return []
    found = [_ranked(line, own, latest.get(taken[-1]) if taken[-1] is not None else None)]
    for one in line.former:
        apart = [
            year[one.id] if one.id in year and key != one.id else None
            for year, key in zip(years, taken, strict=True)
        ]
        if any(rank is not None for rank in apart):
            # Its line runs on to where the successor's stands in the year after.
            joins = max(n for n, rank in enumerate(apart) if rank is not None) + 1
            if joins < len(own):
                apart[joins] = own[joins]
            found.append(Ranked(str(one.id)[-12:], str(one.id), one.name, tuple(apart), into=line.row.name))
    return found


def _ranked(line: Line, own: tuple[int | None, ...], result: AssessmentResult | None) -> Ranked:
    return Ranked(
        key=str(line.row.id)[-12:],
        id=str(line.row.id),
        name=line.row.name,
        ranks=own,
        change=ranks.change(own),
        falls=ranks.falls(own),
        rises=ranks.rises(own),
        best=ranks.best(own),
        points=result.points if result else None,
        marks=Marks(result.satisfied, result.basically, result.dissatisfied, result.total)
        if result
        else None,
        former=tuple(one.name for one in line.former),
    )
