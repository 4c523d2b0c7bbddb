"""Lying bars, a row each, in one or two parts: the name at left, numbers in the bar, the result in words at right."""

from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple

from dashboard.figures.boxes import ems
from dashboard.figures.theme import THEMES, base_layout, fonts

Figure = dict[str, Any]
ROW, ROW_NARROW = 27, 44
_HEAD, _HEAD_NARROW, _FOOT = 26, 8, 8
_NAMES, _RESULTS = 236, 132
_PLOT, _PLOT_NARROW = 280, 318
_FILLS = (("bar", "on_bar"), ("bar3", "on_bar2"))


class RowBar(NamedTuple):
    """One row: its name with what stands quietly behind it, the parts of its bar, its result, its hover."""

    name: str
    quiet: str
    parts: tuple[int, ...]
    written: tuple[str, ...]
    result: str
    hover: tuple[str, ...]


class Heads(NamedTuple):
    """What stands over the bars and over the results."""

    bars: str
    result: str


def row_bars(rows: Sequence[RowBar], top: int, heads: Heads, theme: str, narrow: bool) -> Figure:
    """Return the figure of some rows, in their order; `top` is where the longest possible bar ends."""
    places = [float(place) for place in range(len(rows))]
    traces = _bars(rows, places, top, theme, narrow)
    layout: Figure = {
        **base_layout(theme, narrow),
        **({"yaxis": _axis(places)} if narrow else _columns(rows, places, theme)),
        "xaxis": {"range": [0, top], "visible": False, "fixedrange": True},
        "height": (_HEAD_NARROW if narrow else _HEAD) + _FOOT + (ROW_NARROW if narrow else ROW) * len(rows),
        "margin": _margin(narrow),
        "barmode": "stack",
        "bargap": 0,
        "hovermode": "closest",
        "annotations": [] if narrow else _heads(heads, theme),
        "shapes": [],
    }
    traces += _above(rows, places, top, theme) if narrow else _COLUMNS
    return {"data": traces, "layout": layout}


# An axis is drawn only where a trace uses it: these hold nothing and bring the columns of text.
_COLUMNS: list[Figure] = [{"type": "scatter", "x": [None], "y": [None], "yaxis": axis, "hoverinfo": "skip"}
            for axis in ("y2", "y3")]  # fmt: skip


def _margin(narrow: bool) -> dict[str, int]:
    sides = (2, 2, _HEAD_NARROW) if narrow else (_NAMES, _RESULTS, _HEAD)
    return {"l": sides[0], "r": sides[1], "t": sides[2], "b": _FOOT, "pad": 0}


def _bars(rows: Sequence[RowBar], places: list[float], top: int, theme: str, narrow: bool) -> list[Figure]:
    """Draw each part behind the one before it, its number inside where it has room."""
    tokens, plot = THEMES[theme], _PLOT_NARROW if narrow else _PLOT
    width, offset = (9 / ROW_NARROW, 0.1) if narrow else (15 / ROW, -15 / ROW / 2)
    traces = []
    for part in range(max((len(row.parts) for row in rows), default=0)):
        fill, letter = _FILLS[part]
        counts = [row.parts[part] for row in rows]
        texts = [row.written[part] for row in rows]
        fits = [count * plot > (ems(text) * 12 + 6) * top for count, text in zip(counts, texts, strict=True)]
        traces.append(
            {
                "type": "bar", "orientation": "h", "x": counts, "y": places, "width": width, "offset": offset,
                "marker": {"color": tokens[fill], "line": {"width": 0}},
                "text": [
                    f"<b>{text}</b>" if fit and not narrow else ""
                    for text, fit in zip(texts, fits, strict=True)
                ],
                "textposition": "inside", "insidetextanchor": "end", "textangle": 0, "constraintext": "none",
                "textfont": {"color": tokens[letter]},
                "customdata": ["<br>".join(escape(line, quote=False) for line in row.hover) for row in rows],
                "hovertemplate": "%{customdata}<extra></extra>", "cliponaxis": False,
            }
        )  # fmt: skip
    return traces


def _heads(heads: Heads, theme: str) -> list[Figure]:
    shared = {"xref": "paper", "yref": "paper", "y": 1, "font": fonts(theme)["ink3"], "showarrow": False,
              "yanchor": "bottom", "yshift": 2}  # fmt: skip
    return [
        {**shared, "x": 0, "xanchor": "left", "text": heads.bars},
        {**shared, "x": 1, "xanchor": "right", "xshift": _RESULTS - 2, "text": heads.result},
    ]


def _axis(places: list[float]) -> Figure:
    return {"range": [(places[-1] if places else 0) + 0.5, -0.5], "visible": False, "fixedrange": True}


def _columns(rows: Sequence[RowBar], places: list[float], theme: str) -> Figure:
    """Return the axes that write names and results: text at pixels, whatever the width."""
    axis = _axis(places)
    column = {"range": axis["range"], "overlaying": "y", "anchor": "free", "tickmode": "array", "tickvals": places,
              "ticks": "", "showgrid": False, "zeroline": False, "showline": False, "fixedrange": True,
              "tickfont": {"color": THEMES[theme]["ink"]}}  # fmt: skip
    room = (_NAMES - 12) / 12
    return {
        "yaxis": axis,
        "yaxis2": {**column, "side": "right", "position": 0, "shift": -_NAMES,
                   "ticktext": [_name(row, room, theme) for row in rows]},
        "yaxis3": {**column, "side": "left", "position": 1, "shift": _RESULTS - 2,
                   "ticktext": [row.result for row in rows]},
    }  # fmt: skip


def _name(row: RowBar, room: float, theme: str) -> str:
    """Return a row's name, cut so that what stands behind it has room; the hover has it whole."""
    left = room - (ems(row.quiet) + 0.6 if row.quiet else 0)
    text = row.name
    while ems(text) > left:
        text = text[:-1]
    shown = escape(text if text == row.name else text[:-1] + "…", quote=False)
    if not row.quiet:
        return shown
    return f'{shown} <span style="color:{THEMES[theme]["ink3"]}">{escape(row.quiet, quote=False)}</span>'


def _above(rows: Sequence[RowBar], places: list[float], top: int, theme: str) -> list[Figure]:
    """Write the name above each bar and its result at right."""
    text = {"type": "scatter", "mode": "text", "y": [place - 0.14 for place in places], "hoverinfo": "skip",
            "cliponaxis": False, "textfont": {"color": THEMES[theme]["ink"]}}  # fmt: skip
    room = _PLOT_NARROW / 13
    names = [_name(row, room - ems(row.result) - 0.8, theme) for row in rows]
    return [
        {**text, "x": [0] * len(rows), "text": names, "textposition": "middle right"},
        {**text, "x": [top] * len(rows), "text": [row.result for row in rows], "textposition": "middle left"},
    ]
