"""Every project's curve on one scale as one figure, for pictures and paper; a page has small curves of its own."""

from collections.abc import Sequence
from typing import Any

from dashboard.figures.boxes import ems
from dashboard.figures.small_multiples import Scale, scale
from dashboard.figures.theme import THEMES, base_layout, fonts
from dashboard.i18n import Words
from dashboard.rules.project_frames import Listed

Figure = dict[str, Any]
ACROSS = 4
# Of the place of one curve, the plot takes so much; the rest is its name above, its months below, and a gap.
_WIDE, _HIGH, _HEAD = 0.82, 0.54, 0.28
PANEL = 150
Points = tuple[list[float | None], list[float | None]]


def curve_grid(rows: Sequence[Listed], words: Words, theme: str) -> Figure:
    """Return the small curves in the order given, four across: plan thin, reports thick with the last share."""
    tokens, axes = THEMES[theme], scale(rows)
    plan: Points = ([], [])
    actual: Points = ([], [])
    dots: Points = ([], [])
    notes: list[Figure] = []
    shapes: list[Figure] = []
    for number, row in enumerate(rows):
        left, top = number % ACROSS, number // ACROSS
        shapes += _frame(left, top, axes, tokens)
        _add(plan, _plan(row, axes), left, top)
        last = _add(actual, _reported(row, axes), left, top)
        notes.append(_note(left, top + 0.04, row.short_name, "ink", "left", theme, bold=True))
        notes += _months(row, axes, left, top, words, theme)
        if last is not None:
            dots[0].append(last[0])
            dots[1].append(last[1])
            notes.append(_note(*last, words.share(_last(row)), "actual", "right", theme, bold=True))
        else:
            notes.append(
                _note(left + _WIDE / 2, top + 0.55, words("curve.no_report"), "grey_text", "center", theme)
            )
    count = -(-len(rows) // ACROSS)
    layout = {
        **base_layout(theme),
        "xaxis": {"range": [0, ACROSS], "visible": False, "fixedrange": True},
        "yaxis": {"range": [count, 0], "visible": False, "fixedrange": True},
        "height": PANEL * max(count, 1),
        "margin": {"l": 8, "r": 0, "t": 0, "b": 0, "pad": 0},
        "hovermode": False,
        "annotations": notes,
        "shapes": shapes,
    }
    lines = [_line(plan, tokens["planned"], 1.2), _line(actual, tokens["actual"], 2.2)]
    ends = {"type": "scatter", "mode": "markers", "x": dots[0], "y": dots[1], "hoverinfo": "skip",
            "cliponaxis": False, "marker": {"size": 7, "color": tokens["actual"], "opacity": 1}}  # fmt: skip
    return {"data": [*lines, ends], "layout": layout}


def _last(row: Listed) -> int | None:
    known = [month.actual for month in row.months if month.due and month.actual is not None]
    return known[-1] if known else None


def _plan(row: Listed, axes: Scale) -> list[tuple[float, float] | None]:
    """Return the plan's points, a step as two."""
    points: list[tuple[float, float] | None] = [(axes.x(row.start) if row.start else 0.0, axes.y(0))]
    before = axes.y(0)
    for month in row.months:
        x, y = axes.x(month.day), axes.y(month.planned)
        if row.stepped:
            points.append((x, before))
        points.append((x, y))
        before = y
    return points


def _reported(row: Listed, axes: Scale) -> list[tuple[float, float] | None]:
    """Return the reported points up to the last one, None for a month that is missing between them."""
    points: list[tuple[float, float] | None] = [(axes.x(row.start) if row.start else 0.0, axes.y(0))]
    for month in row.months:
        if month.due:
            points.append(None if month.actual is None else (axes.x(month.day), axes.y(month.actual)))
    while points and points[-1] is None:
        points.pop()
    return points if len(points) > 1 else []


def _add(
    line: Points, points: Sequence[tuple[float, float] | None], left: int, top: int
) -> tuple[float, float] | None:
    """Put points of a curve into its place of the grid, apart from the curve before; return where the last stands."""
    last = None
    if line[0]:
        line[0].append(None)
        line[1].append(None)
    for point in points:
        if point is None:
            line[0].append(None)
            line[1].append(None)
        else:
            last = (left + point[0] * _WIDE, top + _HEAD + point[1] * _HIGH)
            line[0].append(last[0])
            line[1].append(last[1])
    return last


def _line(points: Points, colour: str, width: float) -> Figure:
    return {"type": "scatter", "mode": "lines", "x": points[0], "y": points[1], "connectgaps": False,
            "hoverinfo": "skip", "cliponaxis": False, "line": {"color": colour, "width": width}}  # fmt: skip


def _frame(left: int, top: int, axes: Scale, tokens: Any) -> list[Figure]:
    """Draw the lines of 0, 50 and 100 %."""
    return [
        {"type": "line", "x0": left, "x1": left + _WIDE, "y0": high, "y1": high, "layer": "below",
         "line": {"color": tokens["axis" if not share else "grid"], "width": 1}}
        for share in (0, 5_000, 10_000)
        for high in (top + _HEAD + axes.y(share) * _HIGH,)
    ]  # fmt: skip


def _months(row: Listed, axes: Scale, left: int, top: int, words: Words, theme: str) -> list[Figure]:
    quarters = [month.day for month in row.months if month.day.month % 3 == 0][-4:]
    return [
        _note(
            left + axes.x(day) * _WIDE, top + _HEAD + _HIGH + 0.09, words.month(day), "ink3", "center", theme
        )
        for day in quarters
    ]


def _note(x: float, y: float, text: str, ink: str, across: str, theme: str, bold: bool = False) -> Figure:
    room = 200 / 12
    while ems(text) > room:
        text = text[:-1]
    plain = text.replace("&", "&amp;").replace("<", "&lt;")
    shift = -7 if across == "right" else 0
    return {"x": x, "y": y, "text": f"<b>{plain}</b>" if bold else plain, "font": fonts(theme)[ink],
            "xanchor": across, "yanchor": "bottom" if across == "right" else "middle", "xshift": shift,
            "showarrow": False}  # fmt: skip
