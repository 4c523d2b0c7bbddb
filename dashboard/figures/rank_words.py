"""The words of ranks over years, for the curve, its hover, its table and its text summary alike."""

from functools import lru_cache
from html import escape

from dashboard.i18n import Words
from dashboard.rules.judge_frames import RankChart, Ranked
from dashboard.rules.ranks import LONG

# As wide as a digit, so that arrows stand under one another.
_FIGURE_SPACE = "\u2007"
UP, DOWN, NONE = "\u25b2", "\u25bc", "\u2014"
_ENDS = {1: "st", 2: "nd", 3: "rd"}


def rank_text(rank: int | None, words: Words) -> str:
    """Return a rank as it is written: an ordinal, a dash for none."""
    if rank is None:
        return NONE
    end = "th" if rank % 100 in {11, 12, 13} else _ENDS.get(rank % 10, "th")
    return words("rank.nth", nth=rank if words.is_chinese else f"{rank}{end}")


def change_text(change: int | None, digits: int = 0) -> str:
    """Return an arrow with the places won or lost; a dash for none or no change."""
    if not change:
        return NONE + _FIGURE_SPACE * digits
    return f"{UP if change > 0 else DOWN} {abs(change):>{digits}}".replace(" ", _FIGURE_SPACE)


def falls_text(one: Ranked, words: Words) -> str:
    """Return for how many years a unit fell in a row, where it is long."""
    return words.plural("rank.falls", one.falls) if one.falls >= LONG else ""


@lru_cache(maxsize=4096)
def hover_text(name: str, year: int, rank: int, words: Words) -> str:
    """Return what the hover says of one unit in one year."""
    return words("rank.hover", name=escape(name, quote=False), year=str(year), rank=rank_text(rank, words))


def summarise_ranks(chart: RankChart, words: Words) -> str:
    """Return a rank curve in words: each pinned unit with its ranks, then how many are in long fall."""
    parts = [
        words(
            "rank.summary.unit",
            name=one.name,
            ranks=words("summary.list").join(
                f"{year} {rank_text(rank, words)}" for year, rank in zip(chart.years, one.ranks, strict=True)
            ),
        )
        for one in chart.pinned
    ]
    falling = sum(one.falls >= LONG for one in chart.listed)
    if falling:
        parts.append(words.plural("rank.summary.falling", falling))
    title = words(
        "rank.summary", n=words.count(chart.count), first=str(chart.years[0]), last=str(chart.years[-1])
    )
    return words("summary.head", title=title, rest=words("summary.between").join(parts)) if parts else title
