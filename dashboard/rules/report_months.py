"""Which months a project reports on, from its first to the one that finished it."""

from collections.abc import Iterable
from datetime import date

from dashboard.rules.progress import month_end, month_ends
from dashboard.rules.refused import Refused


def month_reported(day: date, starts: date, today: date) -> date:
    """Return the month of a day as its last day; refuse one that is not over, or over before the project began."""
    month = month_end(day)
    if month > today:
        raise Refused("month_not_over", month=month.month)
    if month < starts:
        raise Refused("month_before_start", month=month.month)
    return month


def months_due(starts: date, finished: date | None, today: date) -> tuple[date, ...]:
    """Return the months of which a report is due, the first first; `finished` is the month that reported 100 %."""
    last = finished or today
    return tuple(end for end in month_ends(starts, last) if end <= today)


def months_missing(due: Iterable[date], reported: Iterable[date]) -> tuple[date, ...]:
    """Return the months due that nobody has reported."""
    known = set(reported)
    return tuple(month for month in due if month not in known)
