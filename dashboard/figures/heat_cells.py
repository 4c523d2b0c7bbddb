"""The heat map of projects by months as a figure for pictures and paper; on a page it is a table (web/parts).

Every cell has its number, so that nothing is told by colour alone; a month that was not reported is struck through.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from dashboard.figures.ranking_rows import head_note, named
from dashboard.figures.theme import THEMES, base_layout
from dashboard.i18n import Words
from dashboard.rules.project_frames import Listed, Month
from dashboard.rules.project_list import shade

Figure = dict[str, Any]
# From behind to ahead, with the ink that is read on each (design, diverging).
SHADES: Mapping[str, Sequence[tuple[str, str]]] = MappingProxyType(
    {
        "light": (("#9E2A1A", "#FFFFFF"), ("#DB7F66", "#18202A"), ("#F5D9CF", "#18202A"), ("#F1EFE9", "#18202A"),
                  ("#D3E1F0", "#18202A"), ("#86AEDA", "#18202A"), ("#2F67A8", "#FFFFFF")),
        "dark": (("#F0745C", "#10151B"), ("#A34C3B", "#FFFFFF"), ("#553530", "#E9EDF1"), ("#29313A", "#E9EDF1"),
                 ("#2B4160", "#E9EDF1"), ("#3D6699", "#FFFFFF"), ("#86B8F0", "#10151B")),
    }
)  # fmt: skip
ROW = 30
_HEAD, _FOOT, _NAMES, _RIGHT = 24, 8, 268, 128


def heat_cells(rows: Sequence[Listed], words: Words, theme: str) -> Figure:
    """Return the heat map in the order given: a cell for each month, what was reported and the gap at the right."""
    tokens = THEMES[theme]
    months = months_of(rows)
    places = list(range(len(rows)))
    shapes: list[Figure] = []
    texts: list[tuple[int, int, str, str]] = []
    for place, row in enumerate(rows):
        known = {month.day: month for month in row.months}
        for column, day in enumerate(months):
            month = known.get(day)
            if month is None or not month.due or (month.gap is None and row.start and day <= row.start):
                continue
            shapes += _cell(column, place, month, theme)
            texts.append((column, place, *_told(month, words, theme)))
    axis = {"range": [len(rows) - 0.5, -0.5], "fixedrange": True}
    column_axis = {
        **axis,
        "overlaying": "y",
        "anchor": "free",
        "tickmode": "array",
        "tickvals": places,
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "tickfont": {"color": tokens["ink"]},
    }
    actual = [words("light.grey") if row.actual is None else words.share(row.actual) for row in rows]
    layout = {
        **base_layout(theme),
        "xaxis": {"range": [-0.5, max(len(months), 1) - 0.5], "visible": False, "fixedrange": True},
        "yaxis": {**axis, "visible": False},
        "yaxis2": {**column_axis, "side": "right", "position": 0, "shift": -_NAMES,
                   "ticktext": [named(row) for row in rows]},
        "yaxis3": {**column_axis, "side": "left", "position": 1, "shift": 64, "ticktext": actual},
        "yaxis4": {**column_axis, "side": "left", "position": 1, "shift": _RIGHT,
                   "ticktext": [words.gap(row.gap) for row in rows]},
        "height": _HEAD + ROW * len(rows) + _FOOT,
        "margin": {"l": _NAMES, "r": _RIGHT, "t": _HEAD, "b": _FOOT, "pad": 0},
        "hovermode": False,
        "annotations": [
            *(head_note((column + 0.5) / len(months), 0, words.month(day), "center", theme)
              for column, day in enumerate(months)),
            head_note(1, 62, words("ranking.actual"), "right", theme),
            head_note(1, _RIGHT - 2, words("ranking.gap"), "right", theme),
        ],
        "shapes": shapes,
    }  # fmt: skip
    return {"data": [_numbers(texts), *_COLUMNS], "layout": layout}


# An axis is drawn only where a trace uses it: these hold nothing and bring the columns of text.
_COLUMNS: list[Figure] = [{"type": "scatter", "x": [None], "y": [None], "yaxis": axis, "hoverinfo": "skip"}
            for axis in ("y2", "y3", "y4")]  # fmt: skip


def _numbers(texts: Sequence[tuple[int, int, str, str]]) -> Figure:
    return {"type": "scatter", "mode": "text", "x": [x for x, _, _, _ in texts], "y": [y for _, y, _, _ in texts],
            "text": [text for _, _, text, _ in texts], "textposition": "middle center", "hoverinfo": "skip",
            "textfont": {"color": [ink for _, _, _, ink in texts]}, "cliponaxis": False}  # fmt: skip


def _cell(column: int, place: int, month: Month, theme: str) -> list[Figure]:
    tokens = THEMES[theme]
    sides = {
        "x0": column - 0.48,
        "x1": column + 0.48,
        "y0": place - 0.46,
        "y1": place + 0.46,
        "layer": "below",
    }
    if month.gap is not None:
        return [
            {
                **sides,
                "type": "rect",
                "fillcolor": SHADES[theme][shade(month.gap) - 1][0],
                "line": {"width": 0},
            }
        ]
    edge = {"color": tokens["line2"], "width": 1}
    return [{**sides, "type": "line", "line": edge}, {**sides, "y0": sides["y1"], "y1": sides["y0"], "type": "line",
             "line": edge}]  # fmt: skip


def _told(month: Month, words: Words, theme: str) -> tuple[str, str]:
    """Return the words of a cell and their ink."""
    if month.gap is None:
        return f"<b>{words('light.grey')}</b>", THEMES[theme]["red_text"]
    return whole_points(month.gap), SHADES[theme][shade(month.gap) - 1][1]


def whole_points(gap: int) -> str:
    """Write a gap in whole percentage points with its sign, half away from none."""
    points = (abs(gap) + 50) // 100
    return "0" if not points else f"{'+' if gap > 0 else '−'}{points}"


def months_of(rows: Sequence[Listed]) -> list[date]:
    """Return the months that a heat map of some rows has, in order."""
    return sorted({month.day for row in rows for month in row.months})
