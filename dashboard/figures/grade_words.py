"""The words of satisfaction ballots, for their bars, their hover and their text summary alike."""

from functools import lru_cache
from html import escape
from typing import NamedTuple

from dashboard.i18n import Words
from dashboard.rules import rates
from dashboard.rules.frames import Grade

_KEPT = 4096


class Fixed(NamedTuple):
    """The words of grades that hold no number."""

    satisfied: str
    basically: str
    dissatisfied: str
    rate: str
    flagged: str


@lru_cache(maxsize=8)
def fixed(words: Words) -> Fixed:
    """Return the words of a language that hold no number."""
    return Fixed(*[words(f"grades.{key}") for key in Fixed._fields])


def rate(grade: Grade) -> int | None:
    """Return the share of satisfied and basically satisfied in basis points, half up; None without ballots."""
    return rates.rate(grade.satisfied + grade.basically, grade.total)


@lru_cache(maxsize=_KEPT)
def rate_text(grade: Grade, words: Words) -> str:
    """Return a rate with its numerator and its denominator."""
    return words(
        "grades.rate_value",
        rate=words.share(rate(grade)),
        n=grade.satisfied + grade.basically,
        total=grade.total,
    )


@lru_cache(maxsize=_KEPT)
def hover_text(grade: Grade, words: Words) -> str:
    """Return what the hover says of a row, with what the published row gets wrong."""
    good = grade.satisfied + grade.basically
    lines = [
        f"<b>{escape(grade.name, quote=False)}</b>",
        words(
            "grades.hover",
            satisfied=grade.satisfied,
            basically=grade.basically,
            dissatisfied=grade.dissatisfied,
        ),
        words("grades.hover_rate", rate=words.share(rate(grade)), n=good, total=grade.total),
    ]
    if grade.flag is not None:
        lines.append(f"{words('grades.flagged')} | {escape(grade.flag, quote=False)}")
    return "<br>".join(lines)
