"""Votes of one round as bars: who passed the threshold, and who found a place."""

from functools import lru_cache
from typing import Any, NamedTuple

from dashboard.figures.tally_words import (
    fixed,
    hover_text,
    narrow_texts,
    no_threshold_text,
    short_name,
    split_text,
    state_key,
    state_words,
    threshold_text,
)
from dashboard.figures.theme import THEMES, base_layout, fonts
from dashboard.i18n import Words
from dashboard.rules.frames import Bar, Tally

Figure = dict[str, Any]
ROW, ROW_NARROW = 27, 42
_HEAD, _FOOT, _RULE, _RULE_NARROW = 26, 10, 22, 34
_NAMES, _WORDS, _WORDS_ENGLISH, _SPLIT = 226, 104, 136, 64
_PLOT = 300
# How wide a bold digit is, and what a number needs around it: the gap to the bar's end, and the threshold's halo.
_DIGIT, _AROUND, _SHORTEST = 8, 8, 34
_FILLS = {
    "chosen": "bar",
    "tied": "bar2",
    "beyond": "bar2",
    "failed": "bar3",
    "listed": "bar2",
    "undecided": "bar2",
}
_LETTERS = {
    "chosen": "on_bar",
    "tied": "on_bar2",
    "beyond": "on_bar2",
    "failed": "on_bar2",
    "listed": "on_bar2",
    "undecided": "on_bar2",
}


# An axis is drawn only where a trace uses it: these hold nothing and bring the three columns of text.
_COLUMNS: list[Figure] = [{"type": "scatter", "x": [None], "y": [None], "yaxis": axis, "hoverinfo": "skip"}
            for axis in ("y2", "y3", "y4")]  # fmt: skip


def tally_bars(tally: Tally, words: Words, theme: str, narrow: bool = False) -> Figure:
    """Return the figure of one round's votes, a bar a candidate in the order of the tally.

    The bars run from 0 to all deputies, or to the highest vote where their number is not known, which is then said.
    """
    bars, count = tally.bars, len(tally.bars)
    votes = [bar.votes for bar in bars]
    top = tally.entitled or max(max([vote or 0 for vote in votes], default=0), tally.threshold or 0) or 1
    places = tally.places if tally.places and tally.places < count else None
    # Below the last place the rows move down, to make room for the rule and its name.
    size, gap = (ROW_NARROW, _RULE_NARROW) if narrow else (ROW, _RULE)
    step = gap / size if places else 0.0
    rows = [place + step if places and place >= places else float(place) for place in range(count)]
    split = any(bar.against is not None or bar.abstained is not None for bar in bars)
    states = state_words(tally, words)
    written = [_written(bar, states[state_key(bar)], words, theme) for bar in bars]
    traces = [_bars(tally, rows, top, written, theme, narrow)]
    notes, shapes = _lines(tally, top, words, theme, narrow)
    traces += _above(tally, rows, top, split, words, theme) if narrow else _beside(rows, votes, words, theme)
    if places:
        _places(notes, shapes, places, rows, words, theme, narrow)
    if split and not narrow:
        notes.append(_heading(fixed(words).split, theme))
    right = (_WORDS if words.is_chinese else _WORDS_ENGLISH) + (_SPLIT if split else 0)
    axes = {"yaxis": _rows_axis(rows)} if narrow else _columns(tally, rows, split, right, written, theme)
    layout = {
        **base_layout(theme, narrow),
        **axes,
        "xaxis": {"range": [0, top], "visible": False, "fixedrange": True},
        "height": _HEAD + _FOOT + size * count + (gap if places else 0),
        "margin": _margin(narrow, right),
        "bargap": 0,
        "hovermode": "closest",
        "annotations": notes,
        "shapes": shapes,
    }
    return {"data": traces, "layout": layout}


class Written(NamedTuple):
    """What a bar's row writes, and its colours: of the bar and of the number in it."""

    number: str
    name: str
    result: str
    hover: str
    fill: str
    letter: str


@lru_cache(maxsize=4096)
def _written(bar: Bar, state: str, words: Words, theme: str) -> Written:
    """Return what a bar's row writes; what was not chosen is written quietly."""
    tokens = THEMES[theme]
    name, result = ("ink", "actual") if bar.state == "chosen" else ("ink2", "ink2")
    return Written(
        f"{bar.number}",
        f'<span style="color:{tokens[name]}">{short_name(bar.name)}</span>',
        f'<span style="color:{tokens[result]}">{state}</span>',
        hover_text(bar, state, fixed(words).unpublished, words),
        tokens[_FILLS[bar.state]],
        tokens[_LETTERS[bar.state]],
    )


def _margin(narrow: bool, right: int) -> dict[str, int]:
    return {"l": 2 if narrow else _NAMES, "r": 2 if narrow else right, "t": _HEAD, "b": _FOOT, "pad": 0}


def _bars(
    tally: Tally, rows: list[float], top: int, written: list[Written], theme: str, narrow: bool
) -> Figure:
    """Draw the bars, each with its votes inside its end, or behind it where they would not be legible in it."""
    ink, bars = THEMES[theme]["ink"], tally.bars
    inside = [_fits(bar.votes or 0, tally.threshold, _PLOT / top) for bar in bars]
    trace = {
        "type": "bar", "orientation": "h", "x": [bar.votes or 0 for bar in bars], "y": rows,
        "marker": {"color": [one.fill for one in written], "line": {"width": 0}},
        "width": 8 / ROW_NARROW if narrow else 15 / ROW, "offset": 0.1 if narrow else -15 / ROW / 2,
        "customdata": [one.hover for one in written],
        "hovertemplate": "%{customdata}<extra></extra>", "cliponaxis": False,
    }  # fmt: skip
    if not narrow:
        trace["text"] = ["" if bar.votes is None else f"<b>{bar.votes}</b>" for bar in bars]
        trace["textposition"] = ["inside" if fits else "outside" for fits in inside]
        trace["insidetextanchor"] = "end"
        trace["textangle"] = 0
        trace["constraintext"] = "none"
        letters = [one.letter if fits else ink for one, fits in zip(written, inside, strict=True)]
        trace["textfont"] = {"color": letters}
    return trace


def _fits(votes: int, threshold: int | None, pixels: float) -> bool:
    """Tell whether votes can be read inside their bar's end: it is long enough, and the threshold's line not on them.

    `pixels` is the length of one vote in the narrowest plot; in a wider one the line is only further away.
    """
    room = _DIGIT * len(str(votes)) + _AROUND
    if votes * pixels <= max(room, _SHORTEST):
        return False
    return threshold is None or not 0 < (votes - threshold) * pixels < room


def _lines(
    tally: Tally, top: int, words: Words, theme: str, narrow: bool
) -> tuple[list[Figure], list[Figure]]:
    """Draw the threshold, dashed, and all deputies; say so where either is not known."""
    tokens, face = THEMES[theme], fonts(theme, narrow)
    notes: list[Figure] = []
    shapes: list[Figure] = []
    if tally.threshold is not None:
        if not narrow:
            shapes.append(_vertical(tally.threshold, tokens["surface"], 4, "solid"))
            shapes.append(_vertical(tally.threshold, tokens["ink"], 1.5, "3px,2px"))
        text = f"<b>{threshold_text(tally, words)}</b>"
        notes.append(_top(tally.threshold, text, face["ink"], "center"))
    else:
        notes.append(_top(0, no_threshold_text(tally, words), face["ink3"], "left"))
    if tally.entitled is not None and not (narrow and tally.threshold is None):
        if not narrow:
            shapes.append(_vertical(tally.entitled, tokens["line2"], 1, "solid"))
        text = words("tally.entitled", n=words.count(tally.entitled))
        # Its name ends at the line, or stands right of it where the threshold comes near.
        near = tally.threshold is not None and tally.threshold * 10 > top * 7 and not narrow
        notes.append(_top(tally.entitled, text, face["ink3"], "left" if near else "right"))
    return notes, shapes


def _vertical(votes: int, color: str, width: float, dash: str) -> Figure:
    return {"type": "line", "x0": votes, "x1": votes, "yref": "paper", "y0": 0, "y1": 1, "layer": "above",
            "line": {"color": color, "width": width, "dash": dash}}  # fmt: skip


def _top(votes: int, text: str, font: Figure, across: str) -> Figure:
    return {"x": votes, "yref": "paper", "y": 1, "text": text, "font": font, "showarrow": False,
            "xanchor": across, "yanchor": "bottom", "yshift": 2}  # fmt: skip


def _heading(text: str, theme: str) -> Figure:
    """Write the heading of the column of votes for, against and abstained."""
    return {"xref": "paper", "x": 1, "yref": "paper", "y": 1, "text": text, "font": fonts(theme)["ink3"],
            "showarrow": False, "xanchor": "left", "yanchor": "bottom", "xshift": 10, "yshift": 2}  # fmt: skip


def _places(
    notes: list[Figure], shapes: list[Figure], places: int, rows: list[float], words: Words, theme: str,
    narrow: bool,
) -> None:  # fmt: skip
    """Draw the solid rule after the last place, and name it."""
    y = rows[places - 1] + 0.5 if narrow else (rows[places - 1] + rows[places]) / 2
    ink = {"color": THEMES[theme]["ink"], "width": 1}
    shapes.append({"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": ink})
    name = f"<b>{words.plural('tally.places', places)}</b>"
    note = {"xref": "paper", "x": 1, "y": y, "text": name, "showarrow": False, "font": fonts(theme, narrow)["ink"],
            "xanchor": "right", "yanchor": "middle"}  # fmt: skip
    if narrow:
        note["yanchor"], note["yshift"] = "top", -3
    else:
        note["xanchor"], note["xshift"] = "left", 12
        shapes.append({"type": "line", "xref": "paper", "xsizemode": "pixel", "xanchor": 0, "x0": -_NAMES, "x1": 0,
                       "y0": y, "y1": y, "line": ink})  # fmt: skip
    notes.append(note)


def _rows_axis(rows: list[float]) -> Figure:
    last = rows[-1] if rows else 0.0
    return {"range": [last + 0.5, -0.5], "visible": False, "fixedrange": True}


def _columns(
    tally: Tally, rows: list[float], split: bool, right: int, written: list[Written], theme: str
) -> Figure:
    """Return the axes that write numbers, names and results: text at pixels, whatever the width."""
    axis = _rows_axis(rows)
    column = {"range": axis["range"], "overlaying": "y", "anchor": "free", "tickmode": "array", "tickvals": rows,
              "ticks": "", "showgrid": False, "zeroline": False, "showline": False, "fixedrange": True}  # fmt: skip
    results = [one.result for one in written]
    if split:
        results = [f"{split_text(bar)}\u3000{one}" for bar, one in zip(tally.bars, results, strict=True)]
    return {
        "yaxis": axis,
        "yaxis2": {**column, "side": "right", "position": 0, "shift": -_NAMES,
                   "ticktext": [one.number for one in written], "tickfont": {"color": THEMES[theme]["ink3"]}},
        "yaxis3": {**column, "side": "right", "position": 0, "shift": 20 - _NAMES,
                   "ticktext": [one.name for one in written]},
        "yaxis4": {**column, "side": "left", "position": 1, "shift": right - 2, "ticktext": results},
    }  # fmt: skip


def _beside(rows: list[float], votes: list[int | None], words: Words, theme: str) -> list[Figure]:
    """Bring the columns of text, and say where no votes were published."""
    if None not in votes:
        return _COLUMNS
    empty = [row for row, vote in zip(rows, votes, strict=True) if vote is None]
    text = {"type": "scatter", "mode": "text", "x": [0] * len(empty), "y": empty, "hoverinfo": "skip",
            "text": [fixed(words).unpublished] * len(empty), "textposition": "middle right", "cliponaxis": False,
            "textfont": {"color": THEMES[theme]["ink3"]}}  # fmt: skip
    return [*_COLUMNS, text]


def _above(tally: Tally, rows: list[float], top: int, split: bool, words: Words, theme: str) -> list[Figure]:
    """Write the name above each bar and its votes at right, with the state's word where it is not chosen."""
    tokens, bars, states = THEMES[theme], tally.bars, state_words(tally, words)
    faint, unpublished = tokens["ink3"], fixed(words).unpublished
    pairs = [narrow_texts(bar, states[state_key(bar)], unpublished, split, faint) for bar in bars]
    text = {"type": "scatter", "mode": "text", "y": [row - 0.14 for row in rows], "hoverinfo": "skip",
            "cliponaxis": False, "textfont": {"color": tokens["ink"]}}  # fmt: skip
    traces: list[Figure] = [
        {**text, "x": [0] * len(bars), "text": [pair[0] for pair in pairs], "textposition": "middle right"},
        {**text, "x": [top] * len(bars), "text": [pair[1] for pair in pairs], "textposition": "middle left"},
    ]
    if tally.threshold is not None:
        # The threshold crosses the bars only: names stand between them.
        xs = [tally.threshold] * (3 * len(bars))
        ys: list[float | None] = []
        for row in rows:
            ys += (row + 0.06, row + 0.33, None)
        for color, width, dash in ((tokens["surface"], 4, "solid"), (tokens["ink"], 1.5, "3px,2px")):
            traces.append({"type": "scatter", "mode": "lines", "x": xs, "y": ys, "hoverinfo": "skip",
                           "line": {"color": color, "width": width, "dash": dash}})  # fmt: skip
    return traces
