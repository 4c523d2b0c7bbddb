"""The progress curve, the product's face: what was planned, reported, promised and is to be expected."""

from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from dashboard.figures import curve_canvas, curve_words
from dashboard.figures.curve_canvas import HEIGHT, HEIGHT_NARROW, Canvas, calendar
from dashboard.figures.curve_labels import labels
from dashboard.figures.theme import THEMES, base_layout, fonts
from dashboard.i18n import Words
from dashboard.rules.frames import Curve, Forecast, Promise, Source
from dashboard.rules.lights import STATES
from dashboard.rules.report_quality import MARKS

Figure = dict[str, Any]
Last = tuple[date, int]
_SILENT = ("missing",)


def progress_curve(curve: Curve, words: Words, theme: str, narrow: bool = False, lane: bool = True) -> Figure:
    """Return the figure of one project's progress; `narrow` is the phone's form.

    Without `lane` the monthly reports stand in a table under the figure instead of a lane of it.

    Drawn in the order of the design: forecast wedge, earlier plans, plan, promise, forecast, gap bracket, actual.
    """
    sheet = labels(curve, words, theme, narrow, lane)
    ground, last, forecast = sheet.ground, sheet.last, sheet.forecast
    notes, rules = sheet.notes, sheet.rules
    marks = dict(curve.marks)
    traces = [*_past(curve, words, theme), _planned(curve, last, words, theme)]
    if curve.promise is not None:
        traces.append(_promised(curve.promise, words, theme))
    if forecast is not None and last is not None:
        traces[:0] = _wedge(forecast, last, theme)
        traces.append(_forecast(forecast, last, theme))
    if last is not None and curve.gap:
        traces.append(_bracket(curve, last, theme))
    traces.append(_actual(curve, last, marks, words, theme))
    if ground.top > 10_000:
        rules = [*rules, _whole(theme)]
    if ground.lane:
        traces.append(_lane(curve, ground, marks, words, theme))
        notes = [*notes, _lane_name(words, theme)]
    layout = {
        **base_layout(theme, narrow),
        **curve_canvas.y_axes(ground, theme),
        "xaxis": curve_canvas.x_axis(ground, curve.as_of, words, theme),
        "height": HEIGHT_NARROW if narrow else HEIGHT,
        "margin": curve_canvas.margin(ground),
        "hovermode": "x unified",
        "annotations": notes,
        "shapes": rules,
    }
    return {"data": traces, "layout": layout}


def _wedge(forecast: Forecast, last: Last, theme: str) -> list[Figure]:
    """Draw the range of the forecast: a wedge from the last report, and its edge at 100 %."""
    tokens = THEMES[theme]
    start, share = last[0].isoformat(), last[1] / 100
    early, late = forecast.earliest.isoformat(), forecast.latest.isoformat()
    return [
        {"type": "scatter", "mode": "lines", "x": [start, early, late, start], "y": [share, 100, 100, share],
         "fill": "toself", "fillcolor": tokens["band"], "line": {"width": 0}, "hoverinfo": "skip"},
        {"type": "scatter", "mode": "lines", "x": [early, late], "y": [100, 100], "hoverinfo": "skip",
         "line": {"color": tokens["band_edge"], "width": 4}},
    ]  # fmt: skip


def _past(curve: Curve, words: Words, theme: str) -> list[Figure]:
    """Draw every plan that was in force before, thin: old and new stand side by side."""
    return [
        {"type": "scatter", "mode": "lines", "cliponaxis": False,
         "x": calendar(plan.days).isos, "y": [share / 100 for share in plan.shares],
         "name": curve_words.version_text(plan.version, words).text,
         "line": {"color": THEMES[theme]["planned"], "width": 0.8, "shape": "hv" if plan.stepped else "linear"},
         "hovertemplate": f"{curve_words.hover_version(plan.version, words)}<extra></extra>"}
        for plan in curve.past
    ]  # fmt: skip


def _planned(curve: Curve, last: Last | None, words: Words, theme: str) -> Figure:
    fixed = curve_words.fixed(words)
    days, shares = calendar(curve.planned_days).isos, [share / 100 for share in curve.planned]
    if last is not None and last[0] > curve.planned_days[-1]:
        # The plan holds its last share for as long as there is something to compare it with.
        days = [*days, last[0].isoformat()]
        shares.append(shares[-1])
    trace: Figure = {
        "type": "scatter", "mode": "lines", "x": days, "y": shares, "name": fixed.planned.text, "cliponaxis": False,
        "line": {"color": THEMES[theme]["planned"], "width": 1.6, "shape": "hv" if curve.stepped else "linear"},
        "hovertemplate": f"{fixed.hover_planned}<extra></extra>",
    }  # fmt: skip
    silent = [
        iso
        for iso, share in zip(calendar(curve.actual_days).isos, curve.actual, strict=True)
        if share is None
    ]
    if silent:
        text = f"<br>{fixed.marks['missing'].text}"
        trace["customdata"] = [text if day in silent else "" for day in days]
        trace["hovertemplate"] = f"{fixed.hover_planned}%{{customdata}}<extra></extra>"
    return trace


def _promised(promise: Promise, words: Words, theme: str) -> Figure:
    tokens, fixed = THEMES[theme], curve_words.fixed(words)
    count = len(promise.days)
    return {
        "type": "scatter", "mode": "lines+markers", "name": fixed.promised,
        "x": calendar(promise.days).isos, "y": [share / 100 for share in promise.shares],
        "line": {"color": tokens["promised"], "width": 2, "dash": "7px,4px"},
        "marker": {"size": [0] * (count - 1) + [7], "color": tokens["surface"], "opacity": 1,
                   "line": {"color": tokens["promised"], "width": 1.6}},
        "cliponaxis": False, "hovertemplate": f"{fixed.hover_promised}<extra></extra>",
    }  # fmt: skip


def _forecast(forecast: Forecast, last: Last, theme: str) -> Figure:
    tokens = THEMES[theme]
    return {
        "type": "scatter", "mode": "lines+markers", "hoverinfo": "skip",
        "x": [last[0].isoformat(), forecast.finish.isoformat()], "y": [last[1] / 100, 100],
        "line": {"color": tokens["actual"], "width": 2, "dash": "2px,3px"},
        "marker": {"size": [0, 8], "color": tokens["surface"], "opacity": 1,
                   "line": {"color": tokens["actual"], "width": 2}},
        "cliponaxis": False,
    }  # fmt: skip


def _bracket(curve: Curve, last: Last, theme: str) -> Figure:
    """Draw the gap between plan and report in the colour of the light."""
    iso, share, gap = last[0].isoformat(), last[1], curve.gap or 0
    return {
        "type": "scatter", "mode": "lines", "x": [iso, iso], "y": [share / 100, (share - gap) / 100],
        "line": {"color": THEMES[theme][STATES[curve.light].colour], "width": 3},
        "cliponaxis": False, "hoverinfo": "skip",
    }  # fmt: skip


def _actual(
    curve: Curve, last: Last | None, marks: dict[date, tuple[str, ...]], words: Words, theme: str
) -> Figure:
    """Draw what was reported: a gap where a month is missing, a hollow dot where its quality is in doubt."""
    ink, hollow = THEMES[theme]["actual"], THEMES[theme]["surface"]
    days, fixed = calendar(curve.actual_days), curve_words.fixed(words)
    count = len(days.isos)
    shares = [None if share is None else share / 100 for share in curve.actual]
    sizes, fills, edges, notes = [7] * count, [ink] * count, [ink] * count, [""] * count
    for day, names in marks.items():
        if day in curve.actual_days:
            place = curve.actual_days.index(day)
            fills[place] = hollow
            notes[place] = curve_words.marks_text(names, words)
    if curve.actual_days[0] == curve.start:
        sizes[0] = 0
    if last is not None:
        place = curve.actual_days.index(last[0])
        sizes[place] = 10
        if fills[place] == ink:
            edges[place] = hollow
    isos = days.isos
    if days.breaks:
        # Nothing is known of the months between: no line may cross them.
        isos = list(isos)
        rows: list[tuple[list[Any], Any]] = [
            (shares, None), (sizes, 0), (fills, ink), (edges, ink), (notes, ""), (isos, isos[0])
        ]  # fmt: skip
        for place in reversed(days.breaks):
            for row, empty in rows:
                row.insert(place, empty if row is not isos else isos[place])
    return {
        "type": "scatter", "mode": "lines+markers", "name": fixed.actual, "connectgaps": False,
        "x": isos, "y": shares, "customdata": notes, "meta": [_source(curve.source, words)], "cliponaxis": False,
        "line": {"color": ink, "width": 2.6},
        "marker": {"size": sizes, "color": fills, "opacity": 1, "line": {"color": edges, "width": 1.8}},
        "hovertemplate": f"{fixed.hover_actual}%{{customdata}}<br>%{{meta[0]}}<extra></extra>",
    }  # fmt: skip


@lru_cache(maxsize=1024)
def _source(source: Source, words: Words) -> str:
    """Return where the numbers come from, with nothing in it that a browser would read as markup."""
    text = escape(source.text, quote=False)
    if source.day is None:
        return words("figure.source", text=text)
    return words("figure.source_day", text=text, day=words.day(source.day))


def _whole(theme: str) -> Figure:
    """Draw the line of 100 % where the axis goes beyond it."""
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 100, "y1": 100, "layer": "below",
            "line": {"color": THEMES[theme]["axis"], "width": 1}}  # fmt: skip


def _lane(
    curve: Curve, ground: Canvas, marks: dict[date, tuple[str, ...]], words: Words, theme: str
) -> Figure:
    """Draw the lane of monthly reports: a dot for each, the word of its gravest mark instead where it has one.

    Where words of neighbouring months would touch, all of them become ticks in their colours.
    """
    tokens, names = THEMES[theme], curve_words.fixed(words).marks
    days = calendar(curve.actual_days)
    count = len(days.isos)
    texts, colors = [""] * count, [tokens["line2"]] * count
    sizes, symbols = [4] * count, ["circle"] * count
    end, crowded = 0.0, False
    for place, share in enumerate(curve.actual):
        found = marks.get(curve.actual_days[place], ()) if share is not None else _SILENT
        if not found:
            continue
        mark = found[0] if len(found) == 1 else next(name for name in MARKS if name in found)
        word, wide = names[mark]
        half = wide * ground.size / 2
        x = (days.ordinals[place] - ground.first) * ground.per_day
        crowded = crowded or x - half < end
        end = x + half
        texts[place] = f"<b>{word}</b>" if mark == "missing" else word
        colors[place] = tokens["red_text" if mark == "missing" else "amber_text"]
        sizes[place], symbols[place] = 0, "square"
    if crowded:
        sizes = [size or 6 for size in sizes]
    if curve.actual_days[0] == curve.start:
        sizes[0] = 0
    return {
        "type": "scatter", "mode": "markers" if crowded else "markers+text", "yaxis": "y2", "hoverinfo": "skip",
        "x": days.isos, "y": [0] * count, "text": texts, "textposition": "middle center", "cliponaxis": False,
        "textfont": {"color": colors, "size": ground.size},
        "marker": {"color": colors, "opacity": 1, "line": {"width": 0}, "symbol": symbols, "size": sizes},
    }  # fmt: skip


@lru_cache(maxsize=16)
def _lane_name(words: Words, theme: str) -> Figure:
    return {"text": curve_words.fixed(words).lane, "font": fonts(theme)["ink3"], "showarrow": False,
            "xref": "paper", "x": 0, "yref": "y2", "y": 0, "xanchor": "right", "yanchor": "middle",
            "xshift": -8, "yshift": 2}  # fmt: skip
