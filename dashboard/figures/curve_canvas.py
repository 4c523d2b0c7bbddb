"""The ground of a progress curve: its span, its axes and where a day and a share lie in pixels.

Most projects of a year share their days and their axes, so those are made once and kept; nothing writes to them.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from dashboard.figures.boxes import Line
from dashboard.figures.curve_words import fixed
from dashboard.figures.theme import SIZE, SIZE_NARROW, THEMES
from dashboard.i18n import Words
from dashboard.rules.frames import Curve
from dashboard.rules.progress import month_end, month_ends

HEIGHT, HEIGHT_NARROW = 380, 300
_WIDTH, _WIDTH_NARROW = 640, 316
_TICKS, _LANE, _FOOT, _RIGHT, _LEFT = 26, 14, 8, 18, 46
# How far the axis follows a forecast beyond the planned finish; a later one is told by its label.
_FURTHEST = 400
_month_end = lru_cache(maxsize=512)(month_end)


class Calendar(NamedTuple):
    """A row of days as ordinals and in ISO form, and the places before which months are left out."""

    ordinals: tuple[int, ...]
    isos: list[str]
    breaks: tuple[int, ...]


@lru_cache(maxsize=512)
def calendar(days: tuple[date, ...]) -> Calendar:
    """Return what a chart needs to know of a row of days."""
    months = [day.year * 12 + day.month for day in days]
    breaks = tuple(place for place in range(1, len(days)) if months[place] - months[place - 1] > 1)
    return Calendar(tuple(day.toordinal() for day in days), [day.isoformat() for day in days], breaks)


@dataclass(slots=True)
class Canvas:
    """The span of a curve and the pixels of the narrowest card it is drawn in."""

    start: date
    end: date
    first: int
    after: int
    top: int
    left: float
    right: float
    head: float
    width: float
    height: float
    size: int
    narrow: bool
    lane: bool
    per_day: float
    per_point: float


def line(days: tuple[date, ...], shares: tuple[int | None, ...], stepped: bool = False) -> Line:
    """Return a line of days and shares, as if it went on where a share is missing."""
    ordinals = calendar(days).ordinals
    if None not in shares:
        return Line(ordinals, shares, stepped)  # type: ignore[arg-type]  # no share is None here
    known = [place for place, share in enumerate(shares) if share is not None]
    return Line(
        [ordinals[place] for place in known], [share for share in shares if share is not None], stepped
    )


def canvas(
    curve: Curve,
    last: tuple[date, int] | None,
    forecasts: bool,
    actual_ems: float,
    words: Words,
    narrow: bool,
    lane: bool = True,
) -> Canvas:
    """Return the ground that holds every value of a curve and the label of its last dot; `lane` that of reports."""
    size = SIZE_NARROW if narrow else SIZE
    lane = lane and not narrow and (bool(curve.marks) or None in curve.actual)
    left = float(_LEFT if not lane or words.is_chinese else _LEFT + 10)
    # A label that stands on the highest line keeps within the figure.
    head = 3.4 * size + 12 if forecasts else 2.0 * size
    if forecasts and curve.promise is not None:
        # The forecast's two lines may have to stand above the promise's own.
        head += 2 * size - 3
    end, first, top = _end(curve, forecasts), curve.start.toordinal(), _top(curve)
    span = end.toordinal() + 1 - first
    room = (_WIDTH_NARROW if narrow else _WIDTH) - left
    right = float(_RIGHT)
    if last is not None:
        # The label of the last dot stands right of it, in the margin where the axis ends there.
        after = first + span - last[0].toordinal()
        right = max(right, actual_ems * size + 16 - after * (room - right) / span)
    height = (HEIGHT_NARROW if narrow else HEIGHT) - head - _TICKS - (_LANE + _FOOT if lane else 0)
    width = room - right
    return Canvas(curve.start, end, first, first + span, top, left, right, head, width, height, size, narrow, lane,
                  width / span, height / top)  # fmt: skip


def _end(curve: Curve, forecasts: bool) -> date:
    """Return the month end that the axis runs to."""
    end = max(curve.planned_finish, curve.planned_days[-1], curve.as_of, curve.actual_days[-1])
    if curve.past:
        end = max(end, *(plan.days[-1] for plan in curve.past))
    if curve.promise is not None:
        end = max(end, curve.promise.due)
    if forecasts and curve.forecast is not None and curve.forecast.latest > end:
        furthest = curve.planned_finish.toordinal() + _FURTHEST
        end = max(end, min(curve.forecast.latest, date.fromordinal(furthest)))
    return _month_end(end)


def _top(curve: Curve) -> int:
    """Return 100 %, or the next 25 above the highest share where that is more."""
    top = max(10_000, max(curve.planned), max([share or 0 for share in curve.actual]))  # noqa: PLW3301 -- faster
    if curve.promise is not None and curve.promise.shares:
        top = max(top, max(curve.promise.shares))  # noqa: PLW3301 -- faster than unpacking
    return -(-top // 2_500) * 2_500


@lru_cache(maxsize=1024)
def _x_axis(
    start: date, end: date, bold: date, per_day: float, narrow: bool, words: Words, theme: str
) -> dict[str, Any]:
    tokens = THEMES[theme]
    label = 34 if narrow else 26
    step = next(step for step in (1, 3, 6, 12, 24, 60, 240) if step * 30.4 * per_day >= label or step == 240)
    if narrow:
        step = max(step, 3)
    values, texts = [], []
    for day in month_ends(start, end):
        if (day.year, day.month) == (bold.year, bold.month):
            texts.append(f'<b style="color:{tokens["ink"]}">{words.month(day)}</b>')
        elif (day.year * 12 + day.month) % step or abs((day - bold).days) * per_day < label - 4:
            continue
        else:
            texts.append(words.month(day))
        values.append(day.isoformat())
    return {
        "type": "date",
        "range": [start.isoformat(), date.fromordinal(end.toordinal() + 1).isoformat()],
        "tickvals": values,
        "ticktext": texts,
        "tickfont": {"color": tokens["ink3"]},
        "tickangle": 0,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": tokens["axis"],
        "linecolor": tokens["axis"],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "hoverformat": fixed(words).hover_day,
        "spikecolor": tokens["line2"],
        "spikethickness": 1,
        "spikedash": "solid",
        "anchor": "y",
    }


def x_axis(ground: Canvas, as_of: date, words: Words, theme: str) -> dict[str, Any]:
    """Return the axis of months, each at its end, the reporting month bold; quarters where months would touch."""
    return _x_axis(ground.start, ground.end, as_of, round(ground.per_day, 2), ground.narrow, words, theme)


@lru_cache(maxsize=256)
def _y_axes(top: int, height: float, lane: bool, theme: str) -> dict[str, Any]:
    tokens = THEMES[theme]
    step = 2_500 if top <= 20_000 else 5_000 if top <= 40_000 else -(-top // 80_000) * 10_000
    levels = [*range(0, top + 1, step)]
    texts = [f"{level // 100:,}" for level in levels]
    texts[0] += "%"
    texts[-1] += "%"
    axis = {
        "range": [0, top / 100],
        "tickvals": [level / 100 for level in levels],
        "ticktext": texts,
        "tickfont": {"color": tokens["ink3"]},
        "gridcolor": tokens["grid"],
        "zeroline": False,
        "fixedrange": True,
        "ticks": "",
        "ticklabelstandoff": 6,
    }
    if not lane:
        return {"yaxis": axis}
    whole = height + _TICKS + _LANE
    axis["domain"] = [(_TICKS + _LANE) / whole, 1]
    row = {"domain": [0, _LANE / whole], "range": [-1, 1], "visible": False, "fixedrange": True}
    return {"yaxis": axis, "yaxis2": row}


def y_axes(ground: Canvas, theme: str) -> dict[str, Any]:
    """Return the axis of shares, and under it that of the lane of monthly reports where there is one."""
    return _y_axes(ground.top, ground.height, ground.lane, theme)


def margin(ground: Canvas) -> dict[str, float]:
    """Return the margins around the plot, in pixels."""
    foot = _FOOT if ground.lane else _TICKS
    return {"l": ground.left, "r": ground.right, "t": ground.head, "b": foot, "pad": 0}
