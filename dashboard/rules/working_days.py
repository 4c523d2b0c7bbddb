"""Working days (工作日): which days a due day can stand on."""

from datetime import date

SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Tell whether people work on a day: so far weekends alone are known as days off."""
    return day.weekday() < SATURDAY
