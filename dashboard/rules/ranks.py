"""Ranks of units over years: falls and rises are counted, the last tenth is named, lines are made ready to draw.

The curve of each department's rank over five years is 当阳's (曲线图问政, since 2014).
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from dashboard.rules.judge_frames import RankChart, Ranked, Ranking

MOST_PINNED = 4
FALLING = "fall"
LONG = 3
"""Falls of so many years in a row are marked, as the design's curve does."""
TENTH = 10


def change(ranks: Sequence[int | None]) -> int | None:
    """Return how many places the last year brought, up being positive; None where either year has no rank."""
    if len(ranks) < 2 or ranks[-1] is None or ranks[-2] is None:
        return None
    return ranks[-2] - ranks[-1]


def falls(ranks: Sequence[int | None]) -> int:
    """Return for how many years in a row, the last one included, the rank got worse; a missing year ends the run."""
    return _run(ranks, down=True)


def rises(ranks: Sequence[int | None]) -> int:
    """Return for how many years in a row, the last one included, the rank got better."""
    return _run(ranks, down=False)


def best(ranks: Sequence[int | None]) -> int | None:
    """Return the best rank of all years."""
    return min((rank for rank in ranks if rank is not None), default=None)


def last_tenth(count: int) -> int | None:
    """Return the first rank of the last tenth of so many units; None where a tenth is less than one of them."""
    tenth = count // TENTH
    return count - tenth + 1 if tenth else None


def in_long_fall(lines: Sequence[Ranked]) -> list[Ranked]:
    """Return the units that fell for three years or more, the longest fall first, then the worst rank."""
    found = [one for one in lines if one.falls >= LONG]
    return sorted(found, key=lambda one: (-one.falls, -(one.rank or 0)))


def risen_most(lines: Sequence[Ranked], count: int) -> list[Ranked]:
    """Return the units that rose most in the last year."""
    found = [one for one in lines if one.change is not None and one.change > 0]
    return sorted(found, key=lambda one: (-(one.change or 0), one.rank or 0))[:count]


def telling(lines: Sequence[Ranked]) -> list[Ranked]:
    """Return the units that the curve is about: the one in the longest fall, and the one in the longest rise."""
    rising = [one for one in lines if one.rises >= LONG]
    rising.sort(key=lambda one: (-one.rises, one.rank or 0))
    return [*in_long_fall(lines)[:1], *rising[:1]]


def charted(ranking: Ranking, pins: Sequence[str]) -> RankChart:
    """Return what a curve draws with lines pinned by their keys: unknown ones and those beyond four are left out.

    Units that share a rank have a place each in the last year's list.
    """
    listed = [one for one in ranking.lines if one.into is None and one.rank is not None]
    placed = {one.key: replace(one, place=place) for place, one in enumerate(listed, 1)}
    known = {one.key: placed.get(one.key, one) for one in ranking.lines if one.name and one.into is None}
    pinned = [known[key] for key in dict.fromkeys(pins) if key in known][:MOST_PINNED]
    apart = {one.key for one in pinned}
    falling = [placed[one.key] for one in listed if one.falls >= LONG and one.key not in apart]
    apart |= {one.key for one in falling}
    tones: list[str] = []
    for one in pinned:
        tones.append(FALLING if one.falls >= LONG else str(sum(tone != FALLING for tone in tones)))
    return RankChart(
        years=ranking.years,
        count=ranking.count,
        low=ranking.low,
        listed=tuple(listed),
        idle=tuple(placed.get(one.key, one) for one in ranking.lines if one.key not in apart),
        falling=tuple(falling),
        pinned=tuple(pinned),
        tones=tuple(tones),
    )


def _run(ranks: Sequence[int | None], *, down: bool) -> int:
    length = 0
    for before, after in reversed([*pairwise(ranks)]):
        if before is None or after is None or before == after or (after > before) is not down:
            break
        length += 1
    return length
