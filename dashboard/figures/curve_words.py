"""The sentences of a progress curve, for its labels, its hover and its text summary alike.

Sentences are kept by their facts: the same curve is drawn in two themes, on two widths and for every visitor.
"""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from dashboard.figures.boxes import ems
from dashboard.i18n import Words
from dashboard.rules.report_quality import MARKS

_KEPT = 4096


class Label(NamedTuple):
    """A text, and about how wide it is in type sizes."""

    text: str
    ems: float


class Fixed(NamedTuple):
    """The words of a curve that hold no number."""

    planned: Label
    actual: str
    promised: str
    forecast: Label
    lane: str
    no_report: str
    hover_day: str
    hover_planned: str
    hover_actual: str
    hover_promised: str
    marks: dict[str, Label]


@lru_cache(maxsize=8)
def fixed(words: Words) -> Fixed:
    """Return the words of a language that hold no number."""
    keys = ("planned", "actual", "promised", "forecast", "lane", "no_report", "hover_day")
    planned, actual, promised, forecast, lane, no_report, hover_day = (words(f"curve.{key}") for key in keys)
    return Fixed(
        planned=_bold(planned),
        actual=actual,
        promised=promised,
        forecast=_bold(forecast),
        lane=lane,
        no_report=no_report,
        hover_day=hover_day,
        hover_planned=words("curve.hover_planned"),
        hover_actual=words("curve.hover_actual"),
        hover_promised=words("curve.hover_promised"),
        marks={
            name: Label(text, ems(text))
            for name, text in ((name, words(f"curve.mark.{name}")) for name in MARKS)
        },
    )


def _bold(text: str) -> Label:
    return Label(text, ems(text, bold=True))


@lru_cache(maxsize=_KEPT)
def actual_text(share: int, words: Words) -> Label:
    """Return the words at the last dot."""
    return _bold(words("curve.actual_label", share=words.share(share)))


@lru_cache(maxsize=_KEPT)
def gap_text(gap: int, words: Words) -> Label:
    """Return how far behind or ahead a project is, in percentage points."""
    if gap == 0:
        return _bold(words("curve.level"))
    return _bold(words("curve.behind" if gap < 0 else "curve.ahead", points=words.share(abs(gap))[:-1]))


@lru_cache(maxsize=64)
def version_text(version: int, words: Words) -> Label:
    """Return the name of an earlier plan."""
    text = words("curve.version", n=words.count(version))
    return Label(text, ems(text))


@lru_cache(maxsize=64)
def hover_version(version: int, words: Words) -> str:
    """Return what the hover says of an earlier plan; the share in it is plotly's to fill in."""
    return words("curve.hover_version", n=words.count(version), share="%{y:.1f}%")


@lru_cache(maxsize=_KEPT)
def slip_text(days: int, words: Words) -> str:
    """Return how many days late or early a finish is."""
    if days == 0:
        return words("curve.on_time")
    return words.plural("curve.late" if days > 0 else "curve.early", abs(days))


@lru_cache(maxsize=_KEPT)
def finish_text(finish: date, slip: int, words: Words) -> Label:
    """Return when a project is expected to finish, and how late."""
    return _bold(words("curve.forecast_label", day=words.day(finish), slip=slip_text(slip, words)))


@lru_cache(maxsize=_KEPT)
def range_text(low: int, high: int, words: Words) -> Label:
    """Return the range of a forecast's slip, from its earliest to its latest in days."""
    if low == high:
        text = words("curve.range_one", slip=slip_text(low, words))
        return Label(text, ems(text))
    key = "curve.range_late" if low >= 0 else "curve.range_early" if high <= 0 else "curve.range_both"
    near, far = (high, low) if high <= 0 else (low, high)
    text = words(key, low=words.count(abs(near)), high=words.count(abs(far)))
    return Label(text, ems(text))


@lru_cache(maxsize=_KEPT)
def promise_text(due: date, words: Words) -> Label:
    """Return the words at a promise's end."""
    return _bold(words("curve.promised_label", day=words.day_of_year(due)))


@lru_cache(maxsize=_KEPT)
def inquiry_text(asked: date, due: date, words: Words) -> Label:
    """Return the two lines at an inquiry: its day and what was promised."""
    key = "curve.promise_year_end" if (due.month, due.day) == (12, 31) else "curve.promise_due"
    first, second = (
        words("curve.inquiry", day=words.day_of_year(asked)),
        words(key, day=words.day_of_year(due)),
    )
    return Label(f"<b>{first}</b><br>{second}", max(ems(first, bold=True), ems(second)))


@lru_cache(maxsize=_KEPT)
def deadline_text(finish: date, words: Words) -> Label:
    """Return the words at the planned finish."""
    key = "curve.deadline_year" if (finish.month, finish.day) == (12, 31) else "curve.deadline"
    text = words(key, day=words.day_of_year(finish))
    return Label(text, ems(text))


@lru_cache(maxsize=64)
def year_text(year: int, words: Words) -> Label:
    """Return the name of a year."""
    text = words("curve.year", year=year)
    return Label(text, ems(text))


@lru_cache(maxsize=_KEPT)
def marks_text(names: tuple[str, ...], words: Words) -> str:
    """Return the quality marks of a month, as the hover adds them to its share."""
    marks = words("curve.mark.between").join([words(f"curve.mark.{name}") for name in names])
    return words("curve.hover_marks", marks=marks)
