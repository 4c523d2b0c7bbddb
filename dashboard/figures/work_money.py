"""Money against work: a point a project, the paid share of its year's sum across, the reported share upward.

The two shares are of different things and stand on axes of their own; on the diagonal they go together.
"""

from typing import Any

from dashboard.figures.boxes import Box, ems, touches
from dashboard.figures.theme import SIZE, SIZE_NARROW, THEMES, base_layout, fonts
from dashboard.i18n import Words
from dashboard.rules.chart_frames import Work, Works
from dashboard.rules.lights import STATES

Figure = dict[str, Any]
HEIGHT, HEIGHT_NARROW = 440, 360
# The narrowest plot that the layout draws it in, for placing names.
_WIDTH, _WIDTH_NARROW = 560, 270
_LEFT, _RIGHT, _HEAD, _FOOT = 46, 24, 26, 48
# Shapes that differ without colour; plotly knows each of them, and so does the drawing of the server.
SYMBOLS = {"tick": "circle", "disc": "circle", "diamond": "diamond", "triangle": "triangle-up", "square": "square",
           "ring": "circle-open", "bar": "circle-open"}  # fmt: skip


def work_money(frame: Works, words: Words, theme: str, narrow: bool = False) -> Figure:
    """Return the figure of all projects whose work and money are known."""
    tokens, top = THEMES[theme], frame.top() // 100
    symbols = [SYMBOLS[STATES[one.row.light].symbol] for one in frame.rows]
    colours = [tokens[STATES[one.row.light].colour] for one in frame.rows]
    points: Figure = {
        "type": "scatter", "mode": "markers", "cliponaxis": False,
        "x": [one.money / 100 for one in frame.rows], "y": [one.work / 100 for one in frame.rows],
        "customdata": [_hover(one, words) for one in frame.rows], "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {"size": [11] * len(symbols), "symbol": symbols, "color": colours, "opacity": 1,
                   "line": {"color": tokens["surface"], "width": 1}},
    }  # fmt: skip
    diagonal: Figure = {
        "type": "scatter", "mode": "lines", "x": [0, top], "y": [0, top], "hoverinfo": "skip",
        "line": {"color": tokens["planned"], "width": 1.2, "dash": "4px,4px"},
    }  # fmt: skip
    layout = {
        **base_layout(theme, narrow),
        "xaxis": _axis(top, tokens) | {"linecolor": tokens["axis"], "ticks": "outside", "ticklen": 4,
                                       "tickcolor": tokens["axis"], "showgrid": False},
        "yaxis": _axis(top, tokens) | {"ticks": "", "ticklabelstandoff": 6},
        "height": HEIGHT_NARROW if narrow else HEIGHT,
        "margin": {"l": _LEFT, "r": _RIGHT, "t": _HEAD, "b": _FOOT, "pad": 0},
        "hovermode": "closest",
        "annotations": [*_heads(words, theme, narrow), *_names(frame, theme, narrow)],
        "shapes": [],
    }  # fmt: skip
    return {"data": [diagonal, points], "layout": layout}


def summarise(frame: Works, words: Words) -> str:
    """Return the chart in words: each project with both shares."""
    between = words("summary.between")
    rows = [
        words("works.told", name=one.row.short_name, work=words.share(one.work), money=words.share(one.money))
        for one in frame.rows
    ]
    return words("summary.head", title=words("works.title"), rest=between.join(rows))


def _axis(top: int, tokens: Any) -> Figure:
    step = 25 if top <= 200 else 50 if top <= 400 else -(-top // 800) * 100
    levels = [*range(0, top + 1, step)]
    texts = [str(level) for level in levels]
    texts[0], texts[-1] = f"{texts[0]}%", f"{texts[-1]}%"
    return {"range": [0, top], "tickvals": levels, "ticktext": texts, "tickfont": {"color": tokens["ink3"]},
            "gridcolor": tokens["grid"], "zeroline": False, "fixedrange": True}  # fmt: skip


def _heads(words: Words, theme: str, narrow: bool) -> list[Figure]:
    """Write what each axis measures at its end, and what lies on which side of the diagonal."""
    face = fonts(theme, narrow)["ink3"]
    shared = {"xref": "paper", "yref": "paper", "showarrow": False, "font": face}
    return [
        {**shared, "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom", "yshift": 6, "text": words("works.work")},
        {**shared, "x": 1, "y": 0, "xanchor": "right", "yanchor": "top", "yshift": -24, "text": words("works.money")},
        {**shared, "x": 0.02, "y": 0.97, "xanchor": "left", "yanchor": "top", "text": words("works.work_ahead")},
        {**shared, "x": 0.98, "y": 0.03, "xanchor": "right", "yanchor": "bottom",
         "text": words("works.money_ahead")},
    ]  # fmt: skip


def _names(frame: Works, theme: str, narrow: bool) -> list[Figure]:
    """Name the points, those furthest from the diagonal first, each where it touches nothing or not at all."""
    top, size = frame.top(), SIZE_NARROW if narrow else SIZE
    width = (_WIDTH_NARROW if narrow else _WIDTH) / top
    height = ((HEIGHT_NARROW if narrow else HEIGHT) - _HEAD - _FOOT) / top
    taken: list[Box] = [_around(one, width, height) for one in frame.rows]
    # The words in the corners.
    taken += [(0, top - 24 / height, 150 / width, top), (top - 150 / width, 0, top, 24 / height)]
    notes = []
    for one in sorted(frame.rows, key=lambda one: -abs(one.ahead)):
        text = one.row.short_name
        wide = ems(text) * size / width
        tall = (size + 4) / height
        own = taken.index(_around(one, width, height))
        others = [*taken[:own], *taken[own + 1 :]]
        for right, up, xanchor, yanchor in _SPOTS:
            left = (
                one.money
                + right / width
                - (wide if xanchor == "right" else wide / 2 if xanchor == "center" else 0)
            )
            low = (
                one.work
                + up / height
                - (tall if yanchor == "top" else tall / 2 if yanchor == "middle" else 0)
            )
            box = (left, low, left + wide, low + tall)
            if left >= 0 and box[2] <= top + _RIGHT / width and not touches(box, others):
                taken.append(box)
                notes.append(
                    {"x": one.money / 100, "y": one.work / 100, "xshift": right, "yshift": up, "xanchor": xanchor,
                     "yanchor": yanchor, "text": text, "font": fonts(theme, narrow)["ink2"], "showarrow": False}
                )  # fmt: skip
                break
    return notes


# Where a name may stand at its point: right, left, above, below.
_SPOTS = (
    (8, 0, "left", "middle"),
    (-8, 0, "right", "middle"),
    (0, 7, "center", "bottom"),
    (0, -7, "center", "top"),
)


def _around(one: Work, width: float, height: float) -> Box:
    return (one.money - 6 / width, one.work - 6 / height, one.money + 6 / width, one.work + 6 / height)


def _hover(one: Work, words: Words) -> str:
    lines = (
        one.row.name.replace("&", "&amp;").replace("<", "&lt;"),
        words("works.hover_work", share=words.share(one.work)),
        words("works.hover_money", share=words.share(one.money)),
    )
    return "<br>".join(lines)
