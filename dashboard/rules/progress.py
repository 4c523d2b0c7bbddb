"""Planned, earned and forecast progress: shares are basis points, time is counted in days from the start day.

Source: earned schedule after W. Lipke, "Schedule is Different" (2003); 序时进度 as 张家界 and 三明 publish it (m/12).
"""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from dashboard.rules.frames import Forecast

WHOLE = 10_000
_LAST_DAY = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Plan:
    """Planned shares at the end of given days; `days` opens with the start day and the share 0.

    A stepped plan keeps its share until the next day given; any other runs straight from one to the next.
    """

    start: date
    finish: date
    days: tuple[date, ...]
    shares: tuple[int, ...]
    stepped: bool = True


@lru_cache(maxsize=4096)
def month_end(day: date) -> date:
    """Return the last day of the month of a day."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def month_ends(first: date, last: date) -> Iterator[date]:
    """Yield the month ends from the month of `first` to the month of `last`."""
    end = month_end(first)
    while end <= month_end(last):
        yield end
        if end == date.max:
            return
        end = month_end(end + timedelta(days=1))


# Most projects of a cycle run over the same days.
@lru_cache(maxsize=256)
def linear_plan(start: date, finish: date) -> Plan:
    """Return 序时进度: equal parts by month end, m/12 for a calendar year; the last part ends on the finish day."""
    ends = [min(end, finish) for end in month_ends(start, finish)]
    shares = tuple(_rounded(Fraction(WHOLE * number, len(ends))) for number in range(1, len(ends) + 1))
    if ends[0] == start:
        return Plan(start, finish, tuple(ends), shares, stepped=False)
    return Plan(start, finish, (start, *ends), (0, *shares), stepped=False)


def stepped_plan(start: date, finish: date, nodes: Sequence[tuple[date, int]]) -> Plan:
    """Return the plan of milestones or of month ends: each node is a day and the share due at its end."""
    ordered = sorted(node for node in nodes if node[0] > start)
    return Plan(start, finish, (start, *(day for day, _ in ordered)), (0, *(share for _, share in ordered)))


def planned_share(plan: Plan, day: date) -> int:
    """Return the share due at the end of a day: 0 before the start, the last share after the end."""
    after = bisect_right(plan.days, day)
    if after == 0:
        return 0
    # Asked of the day of a share, which most are, nothing lies between.
    if plan.stepped or after == len(plan.days) or plan.days[after - 1] == day:
        return plan.shares[after - 1]
    left, right = plan.days[after - 1], plan.days[after]
    low, high = plan.shares[after - 1], plan.shares[after]
    return _rounded(low + Fraction((high - low) * (day - left).days, (right - left).days))


def deviation(actual: int | None, planned: int | None) -> int | None:
    """Return actual minus planned in basis points, None where either is unknown."""
    return None if actual is None or planned is None else actual - planned


def earned_schedule(plan: Plan, share: int) -> Fraction:
    """Return ES in days from the start: when the plan first reaches a share, linear inside the month of a step.

    A share above all the plan holds was due when the plan ends.
    """
    if share <= 0:
        return Fraction(0)
    for place in range(1, len(plan.days)):
        day, high = plan.days[place], plan.shares[place]
        if high < share:
            continue
        left, low = plan.days[place - 1], plan.shares[place - 1]
        if plan.stepped:
            left = max(left, day.replace(day=1) - timedelta(days=1))
        part = Fraction(share - low, high - low) if high > low else Fraction(0)
        return (left - plan.start).days + max(part, Fraction(0)) * (day - left).days
    return Fraction((plan.days[-1] - plan.start).days)


def schedule_index(plan: Plan, share: int, day: date) -> Fraction | None:
    """Return SPI(t) = ES / AT for a share reported at the end of a day; None on or before the start day."""
    elapsed = (day - plan.start).days
    return earned_schedule(plan, share) / elapsed if elapsed > 0 else None


def forecast(plan: Plan, reports: Sequence[tuple[date, int | None]]) -> Forecast | None:
    """Return when the project will finish, from the shares reported by month; None without a report or with ES = 0.

    The finish is start + planned duration / SPI(t), never before the last report; the band spans the values of the
    last three months. A share of 100 % or more has finished in the first month of its run.
    """
    known = [(day, share) for day, share in reports if share is not None and day > plan.start]
    if not known:
        return None
    last, share = known[-1]
    if share >= WHOLE:
        done = _finished(known)
        return _forecast(plan, done, done, done)
    months = [_expected(plan, value, day, last) for day, value in known if _months(last) - _months(day) < 3]
    finish = months[-1]
    if finish is None:
        return None
    band = [month for month in months if month is not None]
    return _forecast(plan, finish, min(band), max(band))


def months_behind(gaps: Sequence[int | None], limit: int = -1000) -> int:
    """Return how many months up to the last one the gap has been below a limit, in basis points.

    A month without a report neither counts nor ends the run: silence is no way out of it.
    """
    count = 0
    for gap in reversed(gaps):
        if gap is not None and gap >= limit:
            break
        count += gap is not None
    return count


def grown_in(reports: Sequence[tuple[date, int]]) -> date | None:
    """Return the first month of the run that ends with the last report and in which the share did not grow."""
    since: date | None = None
    for day, share in reversed(reports):
        if share < reports[-1][1]:
            break
        since = day
    return since


def is_stalled(grown: date | None, reported: date, share: int, planned: int, months: int) -> bool:
    """Tell whether the share of the last report has not grown for so many month ends, though it is behind the plan.

    Only what was reported tells it: months of silence after the last report do not. 0 months: nothing is ever
    stalled.
    """
    if grown is None or months == 0 or share >= min(planned, WHOLE):
        return False
    return _months(reported) - _months(grown) >= months


def finished_early(plan: Plan, reports: Sequence[tuple[date, int]]) -> bool | None:
    """Tell whether a finished project was finished before its plan was, None where it is not finished."""
    if not reports or reports[-1][1] < WHOLE:
        return None
    return planned_share(plan, _finished(reports)) < WHOLE


def _expected(plan: Plan, share: int, day: date, last: date) -> date | None:
    """Return the finish that a share reported at a day leads to, rounded up to a whole day."""
    index = schedule_index(plan, share, day)
    if not index:
        return None
    duration = (plan.finish - plan.start).days
    ordinal = plan.start.toordinal() - (-duration * index.denominator // index.numerator)
    return max(last, date.fromordinal(min(ordinal, _LAST_DAY)))


def _finished(known: Sequence[tuple[date, int]]) -> date:
    """Return the first month of the run of shares of 100 % or more that ends with the last report."""
    done = known[-1][0]
    for day, share in reversed(known):
        if share < WHOLE:
            break
        done = day
    return done


def _forecast(plan: Plan, finish: date, earliest: date, latest: date) -> Forecast:
    slips = ((day - plan.finish).days for day in (finish, earliest, latest))
    return Forecast(finish, earliest, latest, *slips)


def _months(day: date) -> int:
    return day.year * 12 + day.month


def _rounded(value: Fraction) -> int:
    """Round half up, as published shares are."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
