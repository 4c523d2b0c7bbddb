"""Which projects a list shows, in which order, and what the whole of them means."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.rules.lights import is_late
from dashboard.rules.project_frames import Listed, Projects, Within

STAGES = ("candidate", "prepared", "running", "finished", "accepted", "cancelled")
# A run of so many months is worth a name in the title.
LONG = 2
CUTS = (-1_000, -500, -300, 300, 500, 1_000)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address asks for; an empty text leaves everything in."""

    q: str = ""
    stage: str = ""
    category: str = ""
    department: str = ""
    place: str = ""
    light: str = ""


def chosen(shown: Projects, wanted: Wanted) -> tuple[Listed, ...]:
    """Return the rows that meet every condition; `place` is the code of an area.

    Candidates that became no project stand in the list when asked for, or while a cycle has nothing else.
    """
    rows, projects = shown.rows, [row for row in shown.rows if row.stage != "candidate"]
    found = [row for row in rows if row.stage == wanted.stage] if wanted.stage else projects or rows
    return tuple(row for row in found if _meets(row, wanted) and _is_in(row, wanted.place, shown.areas))


def _meets(row: Listed, wanted: Wanted) -> bool:
    text = " ".join([row.name, row.short_name, row.category, row.place or "", row.department or ""]).lower()
    return (
        all(word in text for word in wanted.q.lower().split())
        and wanted.category in {"", row.category}
        and wanted.department in {"", row.department_id}
        and (not wanted.light or (row.light == wanted.light and row.stage != "candidate"))
    )


def _is_in(row: Listed, code: str, areas: Sequence[Within]) -> bool:
    """Tell whether a row concerns an area: it names it, or names none because it concerns them all."""
    named = {area.code for area in areas if area.name_zh in (row.place or "")}
    return not code or code in named or not named


Value = int | str | None
SORTS: dict[str, Callable[[Listed], Value]] = {
    "number": lambda row: row.number,
    "name": lambda row: row.name,
    "department": lambda row: row.department,
    "money": lambda row: row.budget,
    "votes": lambda row: row.votes,
    "planned": lambda row: row.planned,
    "share": lambda row: row.actual,
    "gap": lambda row: row.gap,
}


def ordered(rows: Sequence[Listed], sort: str) -> tuple[Listed, ...]:
    """Return rows in the order asked for, `-` before its name for the other way round; what is not known is last."""
    value = SORTS[sort.removeprefix("-") or "number"]
    known = [row for row in rows if value(row) is not None]
    rest = [row for row in rows if value(row) is None]
    # Sorted twice, so that equal rows keep the order of their numbers whichever way round.
    known.sort(key=lambda row: (row.stage == "candidate", row.number))
    known.sort(key=value, reverse=sort.startswith("-"))  # type: ignore[arg-type]  # None is left out above
    return (*known, *rest)


def from_behind(rows: Sequence[Listed]) -> tuple[Listed, ...]:
    """Return rows from the furthest behind to the furthest ahead, those without a gap last."""
    return ordered(rows, "gap")


def shade(gap: int) -> int:
    """Return the bin of a gap from 1 (behind) to 7 (ahead); 4 is on schedule, its limits included."""
    behind = sum(gap >= cut for cut in CUTS[:3])
    return 1 + behind + sum(gap > cut for cut in CUTS[3:])


@dataclass(frozen=True, slots=True)
class Lag:
    """What fell behind: `count` projects in the half-year of the last report; `lead` ever since a month."""

    half: int
    count: int
    total: int
    lead: Listed
    since: date | None


def lag(rows: Sequence[Listed], as_of: date | None) -> Lag | None:
    """Return what fell behind in the half-year of the last month reported, None where nothing did."""
    if as_of is None:
        return None
    half = 1 if as_of.month <= 6 else 2
    found = [row for row in rows if _fell(row, as_of.year, half)]
    if not found:
        return None
    runs = [(row, _since(row)) for row in found]
    lead, months = max(runs, key=lambda pair: (len(pair[1]), -(pair[0].gap or 0)))
    return Lag(half, len(found), len(rows), lead, months[-1] if len(months) >= LONG else None)


def _fell(row: Listed, year: int, half: int) -> bool:
    return any(
        month.gap is not None and is_late(month.light, month.gap)
        for month in row.months
        if month.due and month.day.year == year and (month.day.month > 6) == (half == 2)
    )


def _since(row: Listed) -> list[date]:
    """Return the months behind up to the last one, the last first; silence neither counts nor ends the run."""
    run: list[date] = []
    for month in reversed([month for month in row.months if month.due]):
        if month.gap is None:
            continue
        if not is_late(month.light, month.gap):
            break
        run.append(month.day)
    return run
