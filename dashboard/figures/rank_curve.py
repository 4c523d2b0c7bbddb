"""Ranks over years (曲线图问政): rank 1 on top, every unit a line, the pinned ones thick with the rank in their dots.

Source of the form: 当阳's five-year curve of its departments, as the design draws it.
"""

from collections.abc import Mapping, Sequence
from html import escape
from types import MappingProxyType
from typing import Any

from dashboard.figures.rank_words import change_text, falls_text, hover_text, rank_text
from dashboard.figures.tally_words import short_name
from dashboard.figures.theme import CLEAR, THEMES, UNTOLD, base_layout, fonts
from dashboard.i18n import Words
from dashboard.rules.judge_frames import RankChart, Ranked
from dashboard.rules.ranks import FALLING, LONG

Figure = dict[str, Any]
ROW, HEAD, FOOT = 18, 34, 10
HEIGHT_NARROW = 320
_LEFT, _RIGHT, _RIGHT_ENGLISH = 92, 268, 300
_LEFT_NARROW, _RIGHT_NARROW = 14, 116
_NAME, _RANK = 44, 36
_STEPS = tuple(n / 6 for n in range(1, 6))
_DOT, _SMALL = 21, 5
_APART = 17

_COLUMNS = [{"type": "scatter", "x": [None], "y": [None], "yaxis": axis, "hoverinfo": "skip"}
            for axis in ("y2", "y3", "y4", "y5")]  # fmt: skip

# Colours that tell units apart, of the design's categorical set, and the ground of the last tenth.
_PINS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "light": ("#1A4F8B", "#B8740A", "#2F9C95", "#5A1A44"),
        "dark": ("#86B8F0", "#F0C36A", "#3FA79C", "#A85084"),
        UNTOLD: tuple(f"var(--pin-{n})" for n in range(4)),
    }
)
_LOW: Mapping[str, str] = MappingProxyType(
    {"light": "#FAEAE7", "dark": "#3A2320", UNTOLD: "var(--red-ground)"}
)


def rank_curve(chart: RankChart, words: Words, theme: str, narrow: bool = False) -> Figure:
    """Return the figure of units' ranks over years; on a phone the pinned ones alone, the list stands beside it."""
    return _narrow(chart, words, theme) if narrow else _wide(chart, words, theme)


def _wide(chart: RankChart, words: Words, theme: str) -> Figure:
    tokens, places = THEMES[theme], [*range(1, len(chart.listed) + 1)]
    deepest = max([chart.count, *(rank for one in chart.idle for rank in one.ranks if rank is not None), 1])
    traces = [
        _lines(chart.idle, chart, {"color": tokens["line2"], "width": 1.1}),
        _lines(chart.falling, chart, {"color": tokens["bad_text"], "width": 1.5, "dash": "5px,3px"}),
        _dots(chart.falling, chart, tokens["bad_text"]),
        *_pinned(chart, theme),
        _hover(chart, words),
        *_COLUMNS,
    ]
    right = _RIGHT if words.is_chinese else _RIGHT_ENGLISH
    layout = {
        **base_layout(theme),
        **_columns(chart, places, right, words, theme, deepest),
        "xaxis": _years_axis(chart),
        "height": HEAD + FOOT + ROW * deepest,
        "margin": {"l": _LEFT, "r": right, "t": HEAD, "b": FOOT, "pad": 0},
        "hovermode": "closest",
        "annotations": [*_years(chart, words, theme, narrow=False), *_low_name(chart, words, theme)],
        "shapes": [*_low(chart, right, theme), *_verticals(chart, theme)],
    }
    return {"data": traces, "layout": layout}


def _narrow(chart: RankChart, words: Words, theme: str) -> Figure:
    tokens = THEMES[theme]
    layout = {
        **base_layout(theme, narrow=True),
        "xaxis": _years_axis(chart),
        "yaxis": {"range": [chart.count + 0.5, 0.5], "visible": False, "fixedrange": True},
        "height": HEIGHT_NARROW,
        "margin": {"l": _LEFT_NARROW, "r": _RIGHT_NARROW, "t": HEAD, "b": 14, "pad": 0},
        "hovermode": "closest",
        "annotations": [
            *_years(chart, words, theme, narrow=True),
            *_names(chart, theme),
        ],
        "shapes": [*_low(chart, 0, theme), *_verticals(chart, theme)],
    }
    traces = [*_pinned(chart, theme), _hover(chart, words, only_pinned=True)]
    if not chart.pinned:
        traces.insert(0, _lines(chart.idle, chart, {"color": tokens["line2"], "width": 1}))
    return {"data": traces, "layout": layout}


def _across(chart: RankChart) -> list[int]:
    """Return where the years stand; the only year of a chart stands at its right."""
    many = len(chart.years)
    return [*range(many)] if many > 1 else [1]


def _heights(one: Ranked) -> tuple[int | None, ...]:
    """Return how deep a line lies in each year: by its rank, in the last year by its row of the list."""
    return one.ranks if one.place is None else (*one.ranks[:-1], one.place)


def _bent(
    ranks: Sequence[int | None], across: Sequence[int]
) -> tuple[list[float | None], list[float | None]]:
    """Return the points of one line: flat at each year, bent between, broken where a year is missing."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    before: tuple[int, int] | None = None
    for x, rank in zip(across, ranks, strict=True):
        if rank is None:
            before = None
            continue
        if before is None:
            xs.append(None)
            ys.append(None)
        else:
            for step in _STEPS:
                xs.append(round(before[0] + step, 3))
                ys.append(round(before[1] + (rank - before[1]) * step * step * (3 - 2 * step), 2))
        xs.append(x)
        ys.append(rank)
        before = (x, rank)
    return xs, ys


def _lines(lines: Sequence[Ranked], chart: RankChart, line: Figure) -> Figure:
    """Draw several lines as one trace."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    across = _across(chart)
    for one in lines:
        own = _bent(_heights(one), across)
        xs += own[0]
        ys += own[1]
    return {"type": "scatter", "mode": "lines", "x": xs[1:], "y": ys[1:], "hoverinfo": "skip", "connectgaps": False,
            "cliponaxis": False, "line": {"shape": "spline", "smoothing": 1.3, **line}}  # fmt: skip


def _dots(lines: Sequence[Ranked], chart: RankChart, color: str) -> Figure:
    points = [(x, rank) for one in lines for x, rank in zip(_across(chart), _heights(one), strict=True)]
    return {"type": "scatter", "mode": "markers", "x": [x for x, _ in points], "y": [rank for _, rank in points],
            "hoverinfo": "skip", "cliponaxis": False,
            "marker": {"size": _SMALL, "color": color, "opacity": 1}}  # fmt: skip


def _color(tone: str, theme: str) -> str:
    return THEMES[theme]["bad"] if tone == FALLING else _PINS[theme][int(tone)]


def _pinned(chart: RankChart, theme: str) -> list[Figure]:
    """Draw the pinned lines, each with its rank in its dots; one in long fall is dashed and red."""
    tokens = THEMES[theme]
    traces: list[Figure] = []
    across = _across(chart)
    for one, tone in zip(chart.pinned, chart.tones, strict=True):
        color = _color(tone, theme)
        dash = {"dash": "9px,4px"} if tone == FALLING else {}
        traces.append(_lines([one], chart, {"color": color, "width": 3.2, **dash}))
        traces.append({
            "type": "scatter", "mode": "markers+text", "x": across, "y": _heights(one), "hoverinfo": "skip",
            "cliponaxis": False, "text": ["" if rank is None else f"<b>{rank}</b>" for rank in one.ranks],
            "textposition": "middle center", "textfont": {"color": tokens["surface"], "size": 11},
            "marker": {"size": _DOT, "color": color, "opacity": 1,
                       "line": {"color": tokens["surface"], "width": 1.5}},
        })  # fmt: skip
    return traces


def _hover(chart: RankChart, words: Words, only_pinned: bool = False) -> Figure:
    """Tell name, year and rank at every point of a line that has a name."""
    xs: list[int] = []
    ys: list[int | None] = []
    told: list[str] = []
    lines = chart.pinned if only_pinned else (*chart.idle, *chart.falling, *chart.pinned)
    for one in lines:
        rows = zip(_across(chart), chart.years, one.ranks, _heights(one), strict=True)
        for x, year, rank, height in rows:
            if one.name and rank is not None:
                xs.append(x)
                ys.append(height)
                told.append(hover_text(one.name, year, rank, words))
    return {"type": "scatter", "mode": "markers", "x": xs, "y": ys, "customdata": told, "cliponaxis": False,
            "hovertemplate": "%{customdata}<extra></extra>",
            "marker": {"size": 12, "color": CLEAR, "opacity": 1}}  # fmt: skip


def _years_axis(chart: RankChart) -> Figure:
    return {"range": [0, max(len(chart.years) - 1, 1)], "visible": False, "fixedrange": True}


def _years(chart: RankChart, words: Words, theme: str, narrow: bool) -> list[Figure]:
    """Name the years over their places, the last one in bold."""
    face, last = fonts(theme, narrow), chart.years[-1]
    names = [str(year) if narrow else words("rank.year", year=str(year)) for year in chart.years]
    return [
        {"x": x, "yref": "paper", "y": 1, "text": f"<b>{name}</b>" if year == last else name,
         "font": face["ink" if year == last else "ink2"], "showarrow": False, "xanchor": "center",
         "yanchor": "bottom", "yshift": 10}
        for x, year, name in zip(_across(chart), chart.years, names, strict=True)
    ]  # fmt: skip


def _verticals(chart: RankChart, theme: str) -> list[Figure]:
    return [
        {"type": "line", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1, "layer": "below",
         "line": {"color": THEMES[theme]["grid"], "width": 1}}
        for x in _across(chart)
    ]  # fmt: skip


def _low(chart: RankChart, right: int, theme: str) -> list[Figure]:
    """Shade the last tenth, under the curves and under the names beside them."""
    if chart.low is None:
        return []
    ground = {"type": "rect", "y0": chart.low - 0.5, "y1": chart.count + 0.5, "layer": "below",
              "fillcolor": _LOW[theme], "line": {"width": 0}}  # fmt: skip
    shapes: list[Figure] = [{**ground, "xref": "paper", "x0": 0, "x1": 1}]
    if right:
        shapes.append({**ground, "xref": "paper", "xsizemode": "pixel", "xanchor": 1, "x0": 0, "x1": right})
    return shapes


def _low_name(chart: RankChart, words: Words, theme: str) -> list[Figure]:
    if chart.low is None:
        return []
    text = words("rank.low", first=words.count(chart.low), last=words.count(chart.count))
    return [{"xref": "paper", "x": 0, "xshift": -16, "y": (chart.low + chart.count) / 2, "text": text,
             "font": fonts(theme)["bad_text"], "showarrow": False, "xanchor": "right", "yanchor": "middle",
             "align": "right"}]  # fmt: skip


def _columns(
    chart: RankChart, places: Sequence[int], right: int, words: Words, theme: str, deepest: int
) -> Figure:
    """Return the axes that write ranks at the left, and at the right every unit with its rank and its change."""
    tokens = THEMES[theme]
    axis = {"range": [deepest + 0.5, 0.5], "visible": False, "fixedrange": True}
    column = {"range": axis["range"], "overlaying": "y", "anchor": "free", "tickmode": "array", "ticks": "",
              "showgrid": False, "zeroline": False, "showline": False, "fixedrange": True}  # fmt: skip
    marked = {one.key: _color(tone, theme) for one, tone in zip(chart.pinned, chart.tones, strict=True)}
    marked |= {one.key: tokens["bad_text"] for one in chart.falling}
    steps = [n for n in (1, *range(10, deepest, 10)) if chart.low is None or n < chart.low - 1]
    listed = {"tickvals": [*places], "tickfont": {"color": tokens["ink"]}}
    faint = {**listed, "tickfont": {"color": tokens["ink2"]}}
    return {
        "yaxis": axis,
        "yaxis2": {**column, "side": "left", "position": 0, "shift": -16, "tickvals": steps,
                   "ticktext": [rank_text(n, words) if n == 1 else str(n) for n in steps],
                   "tickfont": {"color": tokens["ink3"]}},
        "yaxis3": {**column, **faint, "side": "left", "position": 1, "shift": _RANK,
                   "ticktext": [_marked(str(one.rank), one, marked) for one in chart.listed]},
        "yaxis4": {**column, **listed, "side": "right", "position": 1, "shift": _NAME,
                   "ticktext": [_marked(short_name(one.name, _room(one)), one, marked) for one in chart.listed]},
        "yaxis5": {**column, **faint, "side": "left", "position": 1, "shift": right - 4,
                   "ticktext": [_change(one, words, marked) for one in chart.listed]},
    }  # fmt: skip


def _room(one: Ranked) -> float:
    """Return how wide a name may be, in type sizes: less where the fall is told beside it."""
    return 10.5 if one.falls >= LONG else 14.0


def _change(one: Ranked, words: Words, marked: Mapping[str, str]) -> str:
    if not one.name:
        return ""
    text = change_text(one.change, 2)
    falls = falls_text(one, words)
    return _marked(f"{falls}\u2002{text}" if falls else text, one, marked)


def _marked(text: str, one: Ranked, marked: Mapping[str, str]) -> str:
    color = marked.get(one.key)
    return text if color is None else f'<b style="color:{color}">{text}</b>'


def _names(chart: RankChart, theme: str) -> list[Figure]:
    """Name the pinned lines at their ends, a line apart where they come close."""
    per_rank = (HEIGHT_NARROW - HEAD - 14) / max(chart.count, 1)
    ends = sorted((one.place, n) for n, one in enumerate(chart.pinned) if one.place is not None)
    notes: list[Figure] = []
    lowest = -_APART * 1.0
    for rank, n in ends:
        one, color = chart.pinned[n], _color(chart.tones[n], theme)
        at = rank * per_rank
        down = max(0.0, lowest + _APART - at)
        lowest = at + down
        name = f'<b style="color:{color}">{short_name(one.name, 7.6)}</b>'
        notes.append({"xref": "paper", "x": 1, "xshift": 13, "y": rank, "yshift": -down, "text": name,
                      "font": fonts(theme, narrow=True)["ink"], "showarrow": False, "xanchor": "left",
                      "yanchor": "middle", "hovertext": escape(one.name, quote=False)})  # fmt: skip
    return notes
