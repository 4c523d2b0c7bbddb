"""What needs a second look in a monthly report, said in words: what is so, and what to do about it."""

from datetime import date

from dashboard.i18n import Words
from dashboard.rules.reasons import Reason

_SHARES = frozenset({"before", "share", "spent", "step"})
_SUMS = frozenset({"paid", "budget", "over"})


def quality_text(words: Words, reason: Reason) -> str:
    """Return the sentence of one reason."""
    if reason.code == "quality.late":
        return words.plural(reason.code, reason.facts["days"])
    return words(reason.code, **{name: _written(words, name, value) for name, value in reason.facts.items()})


def quality_advice(words: Words, reason: Reason) -> str:
    """Return what to do about one reason."""
    return words(f"{reason.code}.do")


def _written(words: Words, name: str, value: int) -> str:
    if name in _SHARES:
        return words.share(value)
    if name in _SUMS:
        return words.money(value)
    if name == "points":
        return words.gap(value).lstrip("+")
    # The name of a month is the same in every year.
    return words.month(date(2000, value, 1)) if name == "month" else words.count(value)
