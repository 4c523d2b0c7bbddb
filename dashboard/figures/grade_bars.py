"""Satisfaction ballots as stacked bars: satisfied, basically satisfied, dissatisfied, always in that order."""

from functools import lru_cache
from typing import Any, NamedTuple

from dashboard.figures.boxes import ems
from dashboard.figures.grade_marks import standings
from dashboard.figures.grade_words import fixed, hover_text, rate_text
from dashboard.figures.tally_words import short_name
from dashboard.figures.theme import THEMES, base_layout, fonts
from dashboard.i18n import Words
from dashboard.rules.frames import Grade, Grades

Figure = dict[str, Any]
ROW, ROW_NARROW = 30, 50
_HEAD, _FOOT = 26, 26
_NAMES, _RATES, _RATES_ENGLISH = 206, 158, 166
# The narrowest plot: in one of two cards side by side, in a card of its own, on a phone.
_PLOT, _PLOT_ROOMY, _PLOT_NARROW = 190, 290, 306
_BEYOND = 1.09
# How far apart two names over the bars stand, in pixels.
_APART = 16
# Of the three grades: letters on the bar, and beside it.
_LETTERS, _INKS = ("on_bar", "on_bar2", "on_bad"), ("actual", "ink2", "bad_text")
_COLUMNS = [{"type": "scatter", "x": [None], "y": [None], "yaxis": axis, "hoverinfo": "skip"}
            for axis in ("y2", "y3")]  # fmt: skip


def grade_bars(grades: Grades, words: Words, theme: str, narrow: bool = False, roomy: bool = False) -> Figure:
    """Return the figure of one body's satisfaction ballots, a bar a project in the order of the frame.

    A row that the source itself gets wrong is drawn as printed and says so. A `roomy` card is not one of a pair.
    """
    rows, tokens = grades.rows, THEMES[theme]
    body = max([grade.total for grade in rows], default=0) or 1
    plot = (_PLOT_NARROW if narrow else _PLOT_ROOMY if roomy else _PLOT) / (body * _BEYOND)
    places, half = [*range(len(rows))], body // 2 + 1
    written = [_written(row, plot, half, words, theme) for row in rows]
    traces = _bars(rows, written, half, words, theme, narrow)
    notes = _heads(rows, body, plot, words, theme, narrow)
    notes.append(_half_name(half, words, theme, narrow))
    shapes = [_vertical(half, tokens["surface"], 4, "solid"), _vertical(half, tokens["ink"], 1.5, "3px,2px")]
    if narrow:
        axes: Figure = {"yaxis": _rows_axis(len(rows))}
        traces += _above(rows, written, body, theme)
        # On a phone the line crosses the bars only: names stand between them.
        shapes = [
            {**shape, "yref": "y", "y0": place + 0.02, "y1": place + 0.42}
            for place in places
            for shape in shapes
        ]
    else:
        axes = _columns(rows, written, words, theme)
        traces += _COLUMNS
    layout = {
        **base_layout(theme, narrow),
        **axes,
        "xaxis": {"range": [0, body * _BEYOND], "visible": False, "fixedrange": True},
        "height": _HEAD + _FOOT + (ROW_NARROW if narrow else ROW) * len(rows),
        "margin": _margin(narrow, words),
        "barmode": "stack",
        "bargap": 0,
        "hovermode": "closest",
        "annotations": notes,
        "shapes": shapes,
    }
    return {"data": traces, "layout": layout}


def _margin(narrow: bool, words: Words) -> dict[str, int]:
    right = 2 if narrow else _RATES if words.is_chinese else _RATES_ENGLISH
    return {"l": 2 if narrow else _NAMES, "r": right, "t": _HEAD, "b": _FOOT, "pad": 0}


class Written(NamedTuple):
    """What a row writes: numbers in its three parts, beside the threshold, behind its bar's end; hover, rate."""

    inside: tuple[str, str, str]
    before: str
    after: str
    behind: str
    end: int
    hover: str
    rate: str


@lru_cache(maxsize=4096)
def _written(row: Grade, plot: float, half: int, words: Words, theme: str) -> Written:
    """Return what a row writes; one that the source gets wrong is marked at its rate.

    A count stands in its part, clear of the threshold; where the part is too narrow, behind the bar in its colour.
    """
    tokens, counts = THEMES[theme], (row.satisfied, row.basically, row.dissatisfied)
    inside, apart = ["", "", ""], {"before": "", "after": "", "behind": ""}
    for part, one in enumerate(standings(counts, plot, half)):
        if one.place == "inside":
            inside[part] = f"<b>{one.votes}</b>"
        elif one.place == "behind":
            apart["behind"] += f'<span style="color:{tokens[_INKS[part]]}"> <b>{one.votes}</b></span>'
        elif one.place != "nowhere":
            apart[one.place] = f'<b style="color:{tokens[_LETTERS[part]]}">\u2002{one.votes}\u2002</b>'
    rate = rate_text(row, words)
    if row.flag:
        rate = f'<span style="color:{tokens["amber_text"]}">{fixed(words).flagged}</span> {rate}'
    return Written(
        (inside[0], inside[1], inside[2]),
        apart["before"],
        apart["after"],
        apart["behind"],
        sum(counts),
        hover_text(row, words),
        rate,
    )


def _bars(
    rows: tuple[Grade, ...], written: list[Written], half: int, words: Words, theme: str, narrow: bool
) -> list[Figure]:
    """Draw the three grades, and the counts that could not stand in their parts beside the threshold or the bar."""
    tokens, names, places = THEMES[theme], fixed(words), [*range(len(rows))]
    width, offset = (17 / ROW_NARROW, 0.05) if narrow else (17 / ROW, -17 / ROW / 2)
    parts = (
        (names.satisfied, [row.satisfied for row in rows], "bar", "end"),
        (names.basically, [row.basically for row in rows], "bar2", "middle"),
        (names.dissatisfied, [row.dissatisfied for row in rows], "bad", "middle"),
    )
    shared: Figure = {
        "type": "bar", "orientation": "h", "y": places, "width": width, "offset": offset,
        "textposition": "inside", "textangle": 0, "constraintext": "none",
        "customdata": [one.hover for one in written], "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    traces: list[Figure] = [
        {**shared, "name": name, "x": counts, "text": [one.inside[part] for one in written],
         "insidetextanchor": anchor, "textfont": {"color": tokens[_LETTERS[part]]},
         "marker": {"color": tokens[fill], "line": {"width": 0}}}
        for part, (name, counts, fill, anchor) in enumerate(parts)
    ]  # fmt: skip
    heights = [place + 0.05 + width / 2 for place in places] if narrow else places
    apart = (
        ([one.end for one in written], [one.behind for one in written], "middle right"),
        ([half] * len(rows), [one.before for one in written], "middle left"),
        ([half] * len(rows), [one.after for one in written], "middle right"),
    )
    traces += [
        {"type": "scatter", "mode": "text", "x": xs, "y": heights, "text": texts, "hoverinfo": "skip",
         "textposition": side, "cliponaxis": False}
        for xs, texts, side in apart if any(texts)
    ]  # fmt: skip
    return traces


def _heads(
    rows: tuple[Grade, ...], body: int, plot: float, words: Words, theme: str, narrow: bool
) -> list[Figure]:
    """Name the three grades over their parts of the first bar, and the rate over its column."""
    names, face = fixed(words), fonts(theme, narrow)
    if not rows:
        return []
    size = 13 if narrow else 12
    texts = (names.satisfied, names.basically, names.dissatisfied)
    widths = [ems(text, bold=True) * size for text in texts]
    fonts_of = [face[token] for token in _INKS]
    notes = [
        {**spot, "yref": "paper", "y": 1, "text": f"<b>{text}</b>", "font": font, "showarrow": False,
         "yanchor": "bottom", "yshift": 2}
        for text, font, spot in zip(texts, fonts_of, _over(rows[0], body, plot, widths), strict=True)
    ]  # fmt: skip
    # Without room beside the names the heading of the rates goes: each rate says what it is by its numbers.
    beside = ems(names.rate) * size + _APART
    if narrow and body * plot + beside > _PLOT_NARROW:
        return notes
    rate: Figure = {"xref": "paper", "x": 1, "yref": "paper", "y": 1, "text": names.rate, "font": face["ink3"],
                    "showarrow": False, "xanchor": "right", "yanchor": "bottom", "yshift": 2}  # fmt: skip
    if not narrow:
        rate["xshift"] = (_RATES if words.is_chinese else _RATES_ENGLISH) - 2
    return [*notes, rate]


def _over(first: Grade, body: int, plot: float, widths: list[float]) -> tuple[Figure, Figure, Figure]:
    """Return where three names stand over the first bar: each over its part, or moved left to end with the longest.

    What fits the narrowest bar fits a wider one: a name is fixed to a value of the bar, not to pixels.
    """
    second, third, end = first.satisfied, first.satisfied + first.basically, body
    last: Figure = {"x": third, "xanchor": "left", "xshift": 0}
    left = third * plot
    if left + widths[2] > end * plot:
        last, left = {"x": end, "xanchor": "right", "xshift": 0}, end * plot - widths[2]
    if second * plot + widths[1] + _APART <= left and second * plot >= widths[0] + _APART:
        middle: Figure = {"x": second, "xanchor": "left", "xshift": 0}
    else:
        middle = {
            **last,
            "xanchor": "right",
            "xshift": -_APART - (widths[2] if last["xanchor"] == "right" else 0),
        }
    return {"x": 0, "xanchor": "left", "xshift": 0}, middle, last


def _half_name(half: int, words: Words, theme: str, narrow: bool) -> Figure:
    """Name the line of more than half of the body, at its foot."""
    text = f"<b>{words('grades.half', n=words.count(half))}</b>"
    return {"x": half, "yref": "paper", "y": 0, "text": text, "font": fonts(theme, narrow)["ink"],
            "showarrow": False, "xanchor": "center", "yanchor": "top", "yshift": -2}  # fmt: skip


def _vertical(votes: int, color: str, width: float, dash: str) -> Figure:
    return {"type": "line", "x0": votes, "x1": votes, "yref": "paper", "y0": 0, "y1": 1, "layer": "above",
            "line": {"color": color, "width": width, "dash": dash}}  # fmt: skip


def _rows_axis(count: int) -> Figure:
    return {"range": [count - 0.5, -0.5], "visible": False, "fixedrange": True}


def _columns(rows: tuple[Grade, ...], written: list[Written], words: Words, theme: str) -> Figure:
    """Return the axes that write names and rates: text at pixels, whatever the width."""
    axis = _rows_axis(len(rows))
    column = {"range": axis["range"], "overlaying": "y", "anchor": "free", "tickmode": "array",
              "tickvals": [*range(len(rows))], "ticks": "", "showgrid": False, "zeroline": False, "showline": False,
              "fixedrange": True,
              "tickfont": {"color": THEMES[theme]["ink"]}}  # fmt: skip
    right = _RATES if words.is_chinese else _RATES_ENGLISH
    names = [short_name(grade.name) for grade in rows]
    return {
        "yaxis": axis,
        "yaxis2": {**column, "side": "right", "position": 0, "shift": -_NAMES, "ticktext": names},
        "yaxis3": {
            **column,
            "side": "left",
            "position": 1,
            "shift": right - 2,
            "ticktext": [one.rate for one in written],
        },
    }


def _above(rows: tuple[Grade, ...], written: list[Written], body: int, theme: str) -> list[Figure]:
    """Write the name above each bar and its rate at right."""
    rates = [one.rate for one in written]
    text = {"type": "scatter", "mode": "text", "y": [place - 0.16 for place in range(len(rows))], "hoverinfo": "skip",
            "cliponaxis": False, "textfont": {"color": THEMES[theme]["ink"]}}  # fmt: skip
    names = [short_name(grade.name, 13.0 if grade.flag is None else 8.5) for grade in rows]
    return [
        {**text, "x": [0] * len(rows), "text": names, "textposition": "middle right"},
        {**text, "x": [body * _BEYOND] * len(rows), "text": rates, "textposition": "middle left"},
    ]
