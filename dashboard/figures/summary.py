"""What a chart says to someone who cannot see it: its title and its last values, for `aria-label`."""

from dashboard.figures import curve_words
from dashboard.figures.grade_words import rate
from dashboard.figures.tally_words import no_threshold_text, state_key, state_words, threshold_text
from dashboard.i18n import Words
from dashboard.rules.frames import Curve, Grades, Tally


def summarise_curve(curve: Curve, words: Words) -> str:
    """Return a progress curve in words: planned, actual, gap, promise, forecast, months without a report."""
    parts = []
    known = [
        (day, share) for day, share in zip(curve.actual_days, curve.actual, strict=True) if share is not None
    ]
    last = known[-1] if known and known[-1][0] > curve.start else None
    if last is None:
        parts.append(words("curve.no_report"))
    else:
        month = words.month(last[0])
        if curve.gap is not None:
            parts.append(words("summary.planned", month=month, share=words.share(last[1] - curve.gap)))
        parts.append(words("summary.actual", month=month, share=words.share(last[1])))
        if curve.gap is not None:
            parts.append(curve_words.gap_text(curve.gap, words).text)
    if curve.past:
        parts.append(words.plural("summary.past", len(curve.past)))
    if curve.promise is not None:
        due, share = words.day(curve.promise.due), words.share(curve.promise.shares[-1])
        parts.append(words("summary.promise", day=due, share=share))
    forecast = curve.forecast
    if forecast is not None and last is not None and last[1] < 10_000:
        parts.append(curve_words.finish_text(forecast.finish, forecast.slip, words).text)
        parts.append(curve_words.range_text(forecast.slip_earliest, forecast.slip_latest, words).text)
    silent = [
        words.month(day) for day, share in zip(curve.actual_days, curve.actual, strict=True) if share is None
    ]
    if silent:
        parts.append(words("summary.missing", months=words("summary.list").join(silent)))
    return _sentence(words("summary.curve", name=curve.name), parts, words)


def summarise_tally(tally: Tally, words: Words) -> str:
    """Return the result of a round in words: the threshold, then each candidate with votes and state."""
    states = state_words(tally, words)
    parts = []
    if tally.threshold is not None:
        parts.append(threshold_text(tally, words))
    else:
        parts.append(no_threshold_text(tally, words))
    for bar in tally.bars:
        key = "summary.bar" if bar.votes is not None else "summary.bar_unknown"
        parts.append(words(key, name=bar.name, votes=words.count(bar.votes), state=states[state_key(bar)]))
    return _sentence(tally.title, parts, words)


def summarise_grades(grades: Grades, words: Words) -> str:
    """Return satisfaction ballots in words: each project with its three counts and its rate."""
    parts = []
    for grade in grades.rows:
        row = words(
            "summary.grade",
            name=grade.name,
            satisfied=grade.satisfied,
            basically=grade.basically,
            dissatisfied=grade.dissatisfied,
            rate=words.share(rate(grade)),
            n=grade.satisfied + grade.basically,
            total=grade.total,
        )
        parts.append(words("summary.flagged", row=row) if grade.flag else row)
    return _sentence(grades.title, parts, words)


def _sentence(title: str, parts: list[str], words: Words) -> str:
    return words("summary.head", title=title, rest=words("summary.between").join(parts)) if parts else title
