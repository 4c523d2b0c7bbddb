"""Working days (工作日) with 调休: which days a due day can stand on, by the State Council's yearly notices."""

from datetime import date
from functools import lru_cache

from chinese_calendar import is_workday

SATURDAY = 5


@lru_cache(maxsize=4096)
def is_working_day(day: date) -> bool:
    """Tell whether people work on a day; of a year that is not announced yet, weekends alone are days off."""
    try:
        return bool(is_workday(day))
    except NotImplementedError:
        return day.weekday() < SATURDAY


@lru_cache(maxsize=64)
def are_days_off_known(year: int) -> bool:
    """Tell whether a year's holidays and working weekends are known; a release of the library follows each notice."""
    try:
        is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True
