"""The words and verticals on a progress curve: each stands at what it names, and none touches another.

Labels are placed in order of worth. The actual share and the gap always stand; what finds no free spot after them
is left out, in the order of the design: the word of the forecast, the word of the plan. Each label is compared only
with the lines that can come near it.
"""

from bisect import bisect_left
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from dashboard.figures import curve_words
from dashboard.figures.boxes import Line, crosses, height_at, touches
from dashboard.figures.curve_canvas import canvas, line
from dashboard.figures.curve_words import Label
from dashboard.figures.label_sheet import (
    Last,
    Part,
    Sheet,
    Spot,
    box_of,
    clear,
    draw_rule,
    first_free,
    vertical,
    write,
)
from dashboard.figures.theme import THEMES, fonts
from dashboard.i18n import Words
from dashboard.rules.frames import Curve, Forecast, PastPlan, Promise
from dashboard.rules.lights import STATES

_NOWHERE = Line((), ())
_RISES = (14, 30, 46, 62, 84, 108, 134)
_PLACES = (0, -1, 1, -2, 2, 3, -3, 4)
# Where a name stands at its point: left above it, above and below the line to its right.
_AROUND = ((-4, 3, "right", "bottom"), (4, 3, "left", "bottom"), (4, -3, "left", "top"))


@lru_cache(maxsize=512)
def labels(curve: Curve, words: Words, theme: str, narrow: bool, lane: bool = True) -> Sheet:
    """Return the ground, the annotations and the verticals of a curve; read them, never write to them.

    Placing the labels is the dearest part of the figure and the same for every visitor, so it is kept.
    """
    last = _last(curve)
    # What is finished needs no forecast.
    forecast = curve.forecast if last is not None and last[1] < 10_000 else None
    wide = curve_words.actual_text(last[1], words).ems if last is not None else 0.0
    ground = canvas(curve, last, forecast is not None, wide, words, narrow, lane)
    sheet = Sheet(
        ground, last, forecast, words, curve_words.fixed(words), fonts(theme, narrow), THEMES[theme],
        1 / ground.per_day, 1 / ground.per_point, [], [], [],
    )  # fmt: skip
    plan = line(curve.planned_days, curve.planned, curve.stepped)
    actual = line(curve.actual_days, curve.actual)
    promise, promised = curve.promise, _NOWHERE
    if promise is not None:
        promised = line(promise.days, promise.shares)
    if last is None:
        spot = ((ground.first + ground.after) / 2, 0, 0, 18, "left", "bottom")
        iso = date.fromordinal(int(spot[0])).isoformat()
        box = box_of(sheet, spot, 80, 1)
        write(sheet, spot, box, iso, sheet.fixed.no_report, "grey_text")
    else:
        _reported(sheet, curve, last, actual, plan, promised)
    if promise is not None:
        _promise(sheet, promise, actual)
        if not ground.narrow:
            _inquiry(sheet, promise, actual, plan)
    if last is not None and forecast is not None:
        _forecast(sheet, forecast, last, promised)
    _years(sheet, curve, last, plan, theme)
    others = (actual, promised) if promise is not None else (actual,)
    _plan(sheet, curve, plan, others)
    for before in curve.past:
        _past(sheet, before, (plan, *others))
    return sheet


def _last(curve: Curve) -> Last | None:
    """Return the last month reported and its share."""
    for place in range(len(curve.actual) - 1, -1, -1):
        share = curve.actual[place]
        if share is not None and curve.actual_days[place] > curve.start:
            return curve.actual_days[place], share
    return None


def _reported(sheet: Sheet, curve: Curve, last: Last, actual: Line, plan: Line, promised: Line) -> None:
    """Label the last dot and the bracket between it and the plan; both always stand."""
    (day, share), gap, ground = last, curve.gap, sheet.ground
    at, iso, size = actual.xs[-1], day.isoformat(), ground.size
    draw_rule(sheet, iso, at, share, sheet.tokens["line2"])
    label = curve_words.actual_text(share, sheet.words)
    # Well below the plan nothing can come near it.
    near: tuple[Line, ...] = (plan, promised) if gap is None or gap > -400 else ()
    spot: Spot = (at, share, 10, -3, "left", "top")
    box = box_of(sheet, spot, label.ems * size, 1)
    if box[1] < 0 or (near and not clear(box, near)):
        more: list[Spot] = [(at, share, 10, -14, "left", "top"), (at, share, 10, 4, "left", "bottom"),
                            (at, share, 10, -30, "left", "top"), (at, share, 10, -44, "left", "top")]  # fmt: skip
        if box[1] < 0:
            more.insert(0, (at, 0, 10, 2, "left", "bottom"))
        spot, box = first_free(sheet, more, label.ems * size, near, (spot, box))
        if near and not clear(box, near):
            # A riser of the plan stands close at right, as on a phone: the label goes to the left of its dot.
            left: list[Spot] = [(at, share, -10, down, "right", "top") for down in (-14, -30, -44)]
            spot, box = first_free(sheet, left, label.ems * size, (*near, actual), (spot, box))
    write(sheet, spot, box, iso, label.text, "actual", bold=True)
    if gap is None:
        return
    label = curve_words.gap_text(gap, sheet.words)
    level = max(share, share - gap)
    # Near the start there is no room left of the bracket: the label moves right until it fits, up until it is clear.
    right = max(-10.0, label.ems * size + 4 - (at - ground.first) * ground.per_day)
    near = (actual, plan) if right > -10 else (actual,)
    spot = (at, level, right, -1, "right", "bottom")
    box = box_of(sheet, spot, label.ems * size, 1)
    if touches(box, sheet.taken) or not clear(box, near):
        room = (10_000 - level) * ground.per_point - size
        more = [(at, level, right, up, "right", "bottom") for up in _RISES if up < room]
        if right > -10:
            more.append((at, (level + min(share, share - gap)) // 2, 10, 0, "left", "middle"))
            more += [(at, 0, 14, row * (size + 5), "left", "bottom") for row in (1, 2, 3)]
        spot, box = first_free(sheet, more, label.ems * size, near, (spot, box))
    write(sheet, spot, box, iso, label.text, f"{STATES[curve.light].colour}_text", bold=True)


def _promise(sheet: Sheet, promise: Promise, actual: Line) -> None:
    """Label the promise where it ends."""
    label = curve_words.promise_text(promise.due, sheet.words)
    end, at = promise.shares[-1], promise.due.toordinal()
    width = label.ems * sheet.ground.size
    spot: Spot = (at, end, -10, 3, "right", "bottom")
    box = box_of(sheet, spot, width, 1)
    if touches(box, sheet.taken) or crosses(box, actual):
        more: list[Spot] = [(at, end, -10, up, "right", "bottom") for up in (18, 34)]
        spot, box = first_free(sheet, more, width, (actual,), (spot, box))
    write(sheet, spot, box, promise.due.isoformat(), label.text, "promised", bold=True)


def _inquiry(sheet: Sheet, promise: Promise, actual: Line, plan: Line) -> None:
    """Draw the inquiry as a vertical up to the reported line, its day and promise in the free lower right."""
    at, iso = promise.asked.toordinal(), promise.asked.isoformat()
    label = curve_words.inquiry_text(promise.asked, promise.due, sheet.words)
    low, lines, width = 0.08 * sheet.ground.height, (actual, plan), label.ems * sheet.ground.size
    top = min(actual.ys[-1], 10_000) if actual.ys else 5_000.0
    place = bisect_left(actual.xs, at)
    if 0 < place < len(actual.xs):
        top = height_at(actual, place, at)
    # The vertical of the reporting month, which stands first, may run behind the label: its halo keeps it legible.
    others = sheet.taken[1:]
    for right, up, across in ((6, low, "left"), (6, 2, "left"), (-6, low, "right")):
        spot: Spot = (at, 0, right, up, across, "bottom")
        box = box_of(sheet, spot, width, 2)
        if box[0] > sheet.ground.first and not touches(box, others) and clear(box, lines):
            write(sheet, spot, box, iso, label.text, "promised")
            break
    draw_rule(sheet, iso, at, int(top), sheet.tokens["promised"], "dot")


def _forecast(sheet: Sheet, forecast: Forecast, last: Last, promised: Line) -> None:
    """Label the forecast at top right on two lines, above the promise where they would touch, and on its line."""
    ground, words = sheet.ground, sheet.words
    first = curve_words.finish_text(forecast.finish, forecast.slip, words)
    second = curve_words.range_text(forecast.slip_earliest, forecast.slip_latest, words)
    pixel, row = ground.size * sheet.day, ground.size + 3
    for up in (3, 3 + row, 3 + 2 * row):
        floor = 10_000 + up * sheet.share
        lower = (ground.after - second.ems * pixel, floor, ground.after, floor + row * sheet.share)
        upper = (ground.after - first.ems * pixel, lower[3], ground.after, lower[3] + row * sheet.share)
        if not touches(lower, sheet.taken) and not touches(upper, sheet.taken):
            break
    sheet.taken.extend((lower, upper))
    sheet.notes.append(
        {"xref": "paper", "x": 1, "y": 100, "yshift": up, "xanchor": "right", "yanchor": "bottom", "align": "right",
         "text": f'<b>{first.text}</b><br><span style="color:{sheet.tokens["ink2"]}">{second.text}</span>',
         "font": sheet.face["actual"], "showarrow": False}
    )  # fmt: skip
    start = last[0].toordinal()
    run = forecast.finish.toordinal() - start
    if run * ground.per_day < 70 or forecast.finish > ground.end:
        return
    # The word lies on the dotted line, a little above its middle.
    middle, share = start + run * 58 // 100, last[1] + (10_000 - last[1]) * 58 // 100
    text, spot = sheet.fixed.forecast, (middle, share, 0, 0, "center", "middle")
    box = box_of(sheet, spot, text.ems * ground.size, 1)
    if not touches(box, sheet.taken) and not crosses(box, promised):
        iso = date.fromordinal(middle).isoformat()
        write(sheet, spot, box, iso, text.text, "actual", bold=True)


class Upright(NamedTuple):
    """A year's end or a planned finish: its vertical, and the label at its foot."""

    at: int
    rule: Part
    label: Label
    note: Part
    across: str


@lru_cache(maxsize=512)
def _uprights(
    start: date, end: date, finish: date, narrow: bool, words: Words, theme: str
) -> tuple[Upright, ...]:
    """Return the verticals of an axis from left to right; curves of the same year share them."""
    found = []
    face, color = fonts(theme, narrow)["ink3"], THEMES[theme]["line2"]
    ends = [date(year, 12, 31) for year in range(start.year, end.year)]
    names = [(day, curve_words.year_text(day.year + 1, words), 6, "left") for day in ends]
    if finish < end and not narrow:
        names.insert(0, (finish, curve_words.deadline_text(finish, words), -3, "right"))
    for day, label, right, across in names:
        rule = vertical(day.isoformat(), 10_000, color, "solid")
        note = {"x": day.isoformat(), "y": 0, "xshift": right, "yshift": 3, "xanchor": across, "yanchor": "bottom",
                "text": label.text, "font": face, "showarrow": False}  # fmt: skip
        found.append(Upright(day.toordinal(), rule, label, note, across))
    return tuple(found)


def _years(sheet: Sheet, curve: Curve, last: Last | None, plan: Line, theme: str) -> None:
    """Draw the planned finish and each year's end, with their names at the foot right of what was reported."""
    ground = sheet.ground
    for at, rule, label, note, across in _uprights(
        curve.start, ground.end, curve.planned_finish, ground.narrow, sheet.words, theme
    ):
        sheet.rules.append(rule)
        width = (label.ems * ground.size + 6) * sheet.day
        left = at if across == "left" else at - width
        box = (left, 0, left + width, (ground.size + 6) * sheet.share)
        planned = plan.ys[max(bisect_left(plan.xs, left) - 1, 0)]
        inside = last is None or last[0].toordinal() <= left
        if (
            inside
            and not touches(box, sheet.taken)
            and not 0 < planned < box[3]
            and (box[2] - ground.after) * ground.per_day < ground.right
        ):
            sheet.taken.append(box)
            sheet.notes.append(note)


def _plan(sheet: Sheet, curve: Curve, plan: Line, lines: tuple[Line, ...]) -> None:
    """Write the word of the plan left of one of its risers, in the free upper left, where one is clear."""
    label, count, (xs, ys, stepped) = sheet.fixed.planned, len(curve.planned), plan
    middle = (count - 1) * 5 // 12
    for step in _PLACES:
        place = middle + step
        if not 0 < place < count:
            continue
        before = ys[place - 1]
        rise = (ys[place] - before) * sheet.ground.per_point
        spot = (xs[place], before, -8, max(rise / 2 - 8 if stepped else rise * 0.6, 4), "right", "bottom")
        box = box_of(sheet, spot, label.ems * sheet.ground.size, 1)
        if box[0] > sheet.ground.first and not touches(box, sheet.taken) and clear(box, lines):
            iso = curve.planned_days[place].isoformat()
            write(sheet, spot, box, iso, label.text, "ink2", bold=True)
            return


def _past(sheet: Sheet, plan: PastPlan, lines: tuple[Line, ...]) -> None:
    """Write the name of an earlier plan at one of its points, from the last one back, where it runs alone."""
    label = curve_words.version_text(plan.version, sheet.words)
    own = line(plan.days, plan.shares, plan.stepped)
    for place in range(len(plan.days) - 1, 0, -1):
        for right, up, across, along in _AROUND:
            spot: Spot = (own.xs[place], own.ys[place], right, up, across, along)
            box = box_of(sheet, spot, label.ems * sheet.ground.size, 1)
            inside = sheet.ground.first < box[0] and box[1] >= 0 and box[2] <= sheet.ground.after
            if inside and not touches(box, sheet.taken) and clear(box, (*lines, own)):
                write(sheet, spot, box, plan.days[place].isoformat(), label.text, "ink3")
                return
