"""The rankings of all projects as figures for pictures and paper; on a page they are rows of its own (web/parts).

Names stand at the left, numbers at the right; a row is as high as it would be read in a list.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from dashboard.figures.boxes import ems
from dashboard.figures.curve_words import slip_text
from dashboard.figures.theme import THEMES, base_layout, fonts
from dashboard.i18n import Words
from dashboard.rules.chart_frames import Slips
from dashboard.rules.lights import WHOLE, plan_tone

Figure = dict[str, Any]
ROW = 30
_HEAD, _FOOT, _NAMES = 24, 8, 268
_FIRST, _SECOND = 84, 84
_HALF = 0.11


class Ranked(Protocol):
    """What a ranking needs to know of a project, or of a group of them."""

    @property
    def name(self) -> str:
        """Return its name."""

    @property
    def planned(self) -> int | None:
        """Return its planned share."""

    @property
    def actual(self) -> int | None:
        """Return its reported share."""

    @property
    def gap(self) -> int | None:
        """Return actual minus planned."""

    @property
    def light(self) -> str:
        """Return its light."""


def ranking_rows(rows: Sequence[Ranked], words: Words, theme: str) -> Figure:
    """Return the progress ranking in the order given: a bar for what was reported, a tick for what was planned."""
    tokens = THEMES[theme]
    top = max([WHOLE, *(share for row in rows for share in (row.actual, row.planned) if share)])
    bars = [
        _box(0, row.actual / top, place, tokens["bar"])
        for place, row in enumerate(rows)
        if row.actual is not None
    ]
    ticks = [
        _upright(row.planned / top, place, tokens["ink"], 2)
        for place, row in enumerate(rows)
        if row.planned is not None
    ]
    whole = {"type": "line", "x0": WHOLE / top, "x1": WHOLE / top, "y0": -0.5, "y1": len(rows) - 0.5,
             "layer": "below", "line": {"color": tokens["line2"], "width": 1, "dash": "dot"}}  # fmt: skip
    columns = [
        [words("light.grey") if row.actual is None else words.share(row.actual) for row in rows],
        [words.gap(row.gap) for row in rows],
    ]
    heads = [words("ranking.actual"), words("ranking.gap")]
    scale = [(0.0, "0", "left"), (WHOLE / top, "100%", "center")]
    return _figure(rows, [whole, *bars, *ticks], columns, heads, scale, theme)


def slip_rows(frame: Slips, words: Words, theme: str) -> Figure:
    """Return the slip ranking: the planned finish upright, the range as a line, the forecast as a dot."""
    tokens, rows = THEMES[theme], [one.row for one in frame.rows]
    zero = frame.place(0)
    shapes = [{"type": "line", "x0": zero, "x1": zero, "y0": -0.5, "y1": len(rows) - 0.5, "layer": "below",
               "line": {"color": tokens["ink"], "width": 1.2}}]  # fmt: skip
    dots: list[tuple[float, int]] = []
    for place, one in enumerate(frame.rows):
        if one.forecast is None:
            continue
        low, high = frame.place(one.forecast.slip_earliest), frame.place(one.forecast.slip_latest)
        shapes.append(_box(low, high, place, tokens["band_edge"], 0.07))
        dots.append((frame.place(one.forecast.slip), place))
    trace = {"type": "scatter", "mode": "markers", "x": [x for x, _ in dots], "y": [y for _, y in dots],
             "hoverinfo": "skip", "cliponaxis": False,
             "marker": {"size": [11] * len(dots), "color": tokens["actual"], "opacity": 1,
                        "line": {"color": tokens["surface"], "width": 1.5}}}  # fmt: skip
    finishes = [words.day(one.forecast.finish) if one.forecast else "—" for one in frame.rows]
    slips = [slip_text(one.forecast.slip, words) if one.forecast else "—" for one in frame.rows]
    heads = [words("projects.slip.finish"), words("projects.slip.days")]
    scale = [(zero, words("projects.slip.planned"), "center")]
    made = _figure(rows, shapes, [finishes, slips], heads, scale, theme, first=128)
    return {**made, "data": [trace, *made["data"]]}


def _figure(
    rows: Sequence[Ranked],
    shapes: Sequence[Figure],
    columns: Sequence[Sequence[str]],
    heads: Sequence[str],
    scale: Sequence[tuple[float, str, str]],
    theme: str,
    first: int = _FIRST,
) -> Figure:
    """Put names left and two columns of text right of what is drawn on a scale from 0 to 1."""
    tokens, places, right = THEMES[theme], list(range(len(rows))), first + _SECOND
    axis = {"range": [len(rows) - 0.5, -0.5], "fixedrange": True}
    column = {**axis, "overlaying": "y", "anchor": "free", "tickmode": "array", "tickvals": places, "ticks": "",
              "showgrid": False, "zeroline": False, "showline": False}  # fmt: skip
    plain = {"tickfont": {"color": tokens["ink"]}}
    layout = {
        **base_layout(theme),
        "xaxis": {"range": [0, 1], "visible": False, "fixedrange": True},
        "yaxis": {**axis, "visible": False},
        "yaxis2": {**column, **plain, "side": "right", "position": 0, "shift": -_NAMES,
                   "ticktext": [named(row) for row in rows]},
        "yaxis3": {**column, **plain, "side": "left", "position": 1, "shift": first, "ticktext": list(columns[0])},
        "yaxis4": {**column, **plain, "side": "left", "position": 1, "shift": right,
                   "ticktext": [_toned(row, text, tokens) for row, text in zip(rows, columns[1], strict=True)]},
        "height": _HEAD + ROW * len(rows) + _FOOT,
        "margin": {"l": _NAMES, "r": right, "t": _HEAD, "b": _FOOT, "pad": 0},
        "hovermode": False,
        "annotations": [
            *(head_note(x, 0, text, across, theme) for x, text, across in scale),
            head_note(1, first - 2, heads[0], "right", theme),
            head_note(1, right - 2, heads[1], "right", theme),
        ],
        "shapes": [*_hairlines(places, tokens["line"]), *shapes],
    }  # fmt: skip
    # An axis is drawn only where a trace uses it: these hold nothing and bring the columns of text.
    empty = [{"type": "scatter", "x": [None], "y": [None], "yaxis": name, "hoverinfo": "skip"}
             for name in ("y2", "y3", "y4")]  # fmt: skip
    return {"data": empty, "layout": layout}


def named(row: Ranked) -> str:
    """Return a row's name, cut where it has no room."""
    text, room = row.name, (_NAMES - 16) / 12
    while ems(text) > room:
        text = text[:-1]
    shown = text if text == row.name else text[:-1] + "…"
    return shown.replace("&", "&amp;").replace("<", "&lt;")


def _toned(row: Ranked, text: str, tokens: Any) -> str:
    tone = plan_tone(row.light, row.gap)
    if tone not in {"red", "amber"} or text == "—":
        return text
    return f'<b><span style="color:{tokens[f"{tone}_text"]}">{text}</span></b>'


def head_note(x: float, shift: int, text: str, across: str, theme: str) -> Figure:
    """Return a word over a column."""
    return {"xref": "paper", "yref": "paper", "x": x, "y": 1, "xshift": shift, "yshift": 4, "xanchor": across,
            "yanchor": "bottom", "text": text, "font": fonts(theme)["ink3"], "showarrow": False}  # fmt: skip


def _hairlines(places: Sequence[int], colour: str) -> list[Figure]:
    return [
        {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": place + 0.5, "y1": place + 0.5, "layer": "below",
         "line": {"color": colour, "width": 1}}
        for place in places
    ]  # fmt: skip


def _box(left: float, right: float, place: int, colour: str, half: float = _HALF) -> Figure:
    return {"type": "rect", "x0": left, "x1": right, "y0": place - half, "y1": place + half, "fillcolor": colour,
            "line": {"width": 0}, "layer": "below"}  # fmt: skip


def _upright(at: float, place: int, colour: str, width: float) -> Figure:
    return {"type": "line", "x0": at, "x1": at, "y0": place - 0.26, "y1": place + 0.26, "layer": "above",
            "line": {"color": colour, "width": width}}  # fmt: skip
