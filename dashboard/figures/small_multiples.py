"""Small curves on one scale, as shapes that the page's own colours fill: no script, no picture, any width.

Each line is a thin polygon for `clip-path`, in percent of its box with the thickness in pixels, so that it is drawn
with the page itself, follows the theme and prints.
"""

from collections.abc import Sequence
from datetime import date
from math import hypot
from typing import NamedTuple

from dashboard.rules.project_frames import Listed

# The box that the slopes are measured in; the thickness of a slanted line is exact at this width and near it else.
WIDTH, HEIGHT = 190.0, 108.0
THIN, THICK = 0.7, 1.2
# What the edge of a spark stands for at least and at most, in basis points.
NARROWEST, WIDEST = 1_000, 3_000
Point = tuple[float, float]


class Scale(NamedTuple):
    """What all curves share: the days from left to right, the share at the top."""

    first: int
    last: int
    top: int

    def x(self, day: date) -> float:
        """Return how far from the left a day stands, from 0 to 1."""
        return (day.toordinal() - self.first) / max(self.last - self.first, 1)

    def y(self, share: int) -> float:
        """Return how far from the top a share stands, from 0 to 1."""
        return 1 - share / self.top


class Small(NamedTuple):
    """One small curve: two clip paths, and where its last dot stands; None where nothing was reported."""

    plan: str
    actual: str
    dot: Point | None
    share: int | None


def scale(rows: Sequence[Listed]) -> Scale:
    """Return the axes that hold every curve: all months, and 100 % or the next 25 above the highest share."""
    starts = [row.start for row in rows if row.start is not None]
    months = [month for row in rows for month in row.months]
    top = max([10_000, *(max(month.planned, month.actual or 0) for month in months)])
    return Scale(
        min(starts).toordinal() if starts else 0,
        max((month.day for month in months), default=date.min).toordinal(),
        -(-top // 2_500) * 2_500,
    )


def small_curve(row: Listed, axes: Scale) -> Small:
    """Return the shapes of one project's plan and reports."""
    start = row.start or date.fromordinal(max(axes.first, 1))
    origin = (axes.x(start), axes.y(0))
    plan = [origin]
    for month in row.months:
        x, y = axes.x(month.day), axes.y(month.planned)
        if row.stepped:
            plan.append((x, plan[-1][1]))
        plan.append((x, y))
    runs, known = _runs(row, origin, axes)
    last = known[-1] if known else None
    return Small(
        ribbons([plan], THIN),
        ribbons(runs, THICK) if known else "",
        (axes.x(last[0]), axes.y(last[1])) if last else None,
        last[1] if last else None,
    )


def _runs(row: Listed, origin: Point, axes: Scale) -> tuple[list[list[Point]], list[tuple[date, int]]]:
    """Return the reported points, broken where a month is missing, and the months that were reported."""
    runs: list[list[Point]] = [[origin]]
    known: list[tuple[date, int]] = []
    for month in row.months:
        if row.reported is None or not month.due or month.day > row.reported:
            break
        if month.actual is None:
            runs.append([])
            continue
        known.append((month.day, month.actual))
        runs[-1].append((axes.x(month.day), axes.y(month.actual)))
    return [run for run in runs if len(run) > 1 or (run and run[0] != origin)], known


def spark_reach(rows: Sequence[Listed]) -> int:
    """Return the gap that reaches the edge of every spark: the widest, within bounds that keep the rest seen."""
    gaps = [abs(month.gap) for row in rows for month in row.months if month.due and month.gap is not None]
    return min(max([NARROWEST, *gaps]), WIDEST)


def spark(row: Listed, reach: int) -> str:
    """Return a project's gaps by month as one thin line around a middle that is the plan; empty without a report."""
    gaps = [month.gap for month in row.months if month.due]
    runs: list[list[Point]] = [[]]
    for place, gap in enumerate(gaps):
        if gap is None:
            runs.append([])
        else:
            within = max(-reach, min(reach, gap))
            runs[-1].append((place / max(len(gaps) - 1, 1), 0.5 - within / reach / 2))
    return ribbons([run for run in runs if run], THICK)


def ribbons(runs: Sequence[Sequence[Point]], half: float) -> str:
    """Return lines as one polygon of `half` a thickness on both sides; the ways between them enclose nothing."""
    loops = [loop for run in runs if (loop := _loop(run, half))]
    if not loops:
        return ""
    corners = [corner for loop in loops for corner in (*loop, loop[0])]
    corners += [loop[0] for loop in reversed(loops[:-1])]
    return f"polygon({','.join(corners)})"


def _loop(run: Sequence[Point], half: float) -> list[str]:
    """Return the corners around one line; a single point becomes a small square."""
    points = [point for n, point in enumerate(run) if n == 0 or point != run[n - 1]]
    if len(points) == 1:
        around = ((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0))
        return [_corner(points[0], (across * half * 1.6, down * half * 1.6)) for across, down in around]
    normals = [_normal(points[n], points[n + 1]) for n in range(len(points) - 1)]
    over, under = [], []
    for n, point in enumerate(points):
        before, after = normals[max(n - 1, 0)], normals[min(n, len(normals) - 1)]
        shift = _mitre(before, after)
        over.append(_corner(point, (shift[0] * half, shift[1] * half)))
        under.append(_corner(point, (-shift[0] * half, -shift[1] * half)))
    return [*over, *reversed(under)]


def _normal(start: Point, end: Point) -> Point:
    """Return the unit vector across a line, in pixels of the measured box."""
    across, down = (end[0] - start[0]) * WIDTH, (end[1] - start[1]) * HEIGHT
    length = hypot(across, down) or 1.0
    return (down / length, -across / length)


def _mitre(before: Point, after: Point) -> Point:
    """Return the shift of a corner between two lines, bounded where they turn back sharply."""
    total = (before[0] + after[0], before[1] + after[1])
    size = total[0] * total[0] + total[1] * total[1]
    factor = min(2 / size, 1.5) if size else 1.0
    return (total[0] * factor, total[1] * factor)


def _corner(point: Point, shift: Point) -> str:
    return f"{_side(point[0], shift[0])} {_side(point[1], shift[1])}"


def _side(share: float, pixels: float) -> str:
    place = f"{share * 100:.4g}%"
    rounded = round(pixels, 2)
    return f"calc({place} {'-' if rounded < 0 else '+'} {abs(rounded):g}px)" if rounded else place
