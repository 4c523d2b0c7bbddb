"""Working days as the State Council announced them, and what holds in years that are not announced."""

from datetime import date

import pytest

from dashboard.rules.supervision_rules import DueRules, due_day
from dashboard.rules.working_days import are_days_off_known, is_working_day


@pytest.mark.parametrize(
    ("day", "works"),
    [
        # 国办发明电〔2024〕12号: 国庆、中秋 10 月 1 日至 8 日; 9 月 28 日 (Sunday), 10 月 11 日 (Saturday) worked.
        (date(2025, 9, 28), True),
        (date(2025, 10, 1), False),
        (date(2025, 10, 8), False),
        (date(2025, 10, 9), True),
        (date(2025, 10, 11), True),
        (date(2025, 10, 12), False),
        # 春节 1 月 28 日至 2 月 4 日, 1 月 26 日 and 2 月 8 日 worked.
        (date(2025, 2, 4), False),
        (date(2025, 2, 5), True),
        (date(2025, 2, 8), True),
    ],
)
def test_the_year_2025(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_a_due_day_in_the_holidays_moves_behind_them() -> None:
    assert due_day(date(2025, 9, 30), DueRules(), is_working_day) == date(2025, 10, 9)
    assert due_day(date(2025, 1, 31), DueRules(), is_working_day) == date(2025, 2, 5)
    # The 8th of February is a Saturday that is worked.
    assert due_day(date(2025, 1, 31), DueRules(day_of_next_month=8), is_working_day) == date(2025, 2, 8)


def test_of_a_year_that_is_not_announced_weekends_alone_are_known() -> None:
    assert are_days_off_known(2025)
    assert not are_days_off_known(2099)
    assert is_working_day(date(2099, 10, 1))
    assert not is_working_day(date(2099, 10, 3))
