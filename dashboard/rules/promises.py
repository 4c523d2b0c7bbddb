"""What a promise came to: promised shares by month against what was reported since."""

from collections.abc import Mapping, Sequence
from datetime import date

VERDICTS = ("kept", "late", "broken")
WHOLE = 10_000


def promised_share(months: Sequence[tuple[date, int]], day: date) -> int | None:
    """Return the share promised for the end of a day: that of the last month named until then."""
    return next((share for month, share in reversed(months) if month <= day), None)


def standing(
    months: Sequence[tuple[date, int]], reported: Mapping[date, int], due: date, today: date
) -> str | None:
    """Return where a promise stands by its project's reports: done, on_way or behind; None before anything is due.

    Compared is the last month that was reported since the promise; a month without report proves nothing. Past the
    day due, a project that never reported the whole is behind.
    """
    last = max(reported, default=None)
    if last is not None and reported[last] >= WHOLE:
        return "done"
    if today > due and months and months[-1][1] >= WHOLE:
        return "behind"
    if last is None:
        return None
    wanted = promised_share(months, last)
    if wanted is None:
        return None
    return "on_way" if reported[last] >= wanted else "behind"
