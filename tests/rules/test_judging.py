"""Grades by the rule, and where a promise stands by its reports."""

from datetime import date

import pytest

from dashboard.rules.grades import grade
from dashboard.rules.promises import promised_share, standing
from dashboard.rules.rates import rate

AUGUST, SEPTEMBER, OCTOBER = date(2025, 8, 31), date(2025, 9, 30), date(2025, 10, 31)
YEAR_END, TODAY = date(2025, 12, 31), date(2025, 10, 10)
MONTHS = [(AUGUST, 5000), (SEPTEMBER, 6400), (OCTOBER, 7700), (YEAR_END, 10_000)]


@pytest.mark.parametrize(
    ("satisfied", "basically", "base", "made"),
    [
        # 镇海 2021: 28/1/0 and 17/11/1 of 29, both satisfied.
        (28, 1, 29, "satisfied"),
        (17, 11, 29, "satisfied"),
        (14, 1, 29, "basically"),
        (7, 7, 29, "dissatisfied"),
        (10, 0, 20, "satisfied"),
        (9, 1, 20, "basically"),
        (0, 0, 0, None),
    ],
)
def test_half_of_the_base_makes_the_grade_and_exactly_half_the_better_one(satisfied, basically, base, made):
    assert grade(satisfied, basically, base) == made


def test_a_rate_is_exact_and_of_nothing_unknown():
    assert rate(299, 311) == 9614
    assert rate(0, 0) is None


@pytest.mark.parametrize(
    ("reported", "today", "stands"),
    [
        ({}, TODAY, None),
        ({AUGUST: 4800, SEPTEMBER: 5800}, TODAY, "behind"),
        ({AUGUST: 4800, SEPTEMBER: 6400}, TODAY, "on_way"),
        # The month that was reported last counts, not the calendar's.
        ({AUGUST: 5000}, TODAY, "on_way"),
        ({SEPTEMBER: 10_300}, TODAY, "done"),
        ({SEPTEMBER: 9000}, date(2026, 1, 10), "behind"),
        ({}, date(2026, 1, 10), "behind"),
    ],
)
def test_a_promise_is_held_to_the_last_month_reported(reported, today, stands):
    assert standing(MONTHS, reported, YEAR_END, today) == stands


def test_before_the_first_promised_month_nothing_is_due():
    assert promised_share(MONTHS, date(2025, 7, 31)) is None
    assert standing(MONTHS, {date(2025, 7, 31): 3800}, YEAR_END, TODAY) is None


def test_a_promise_without_months_says_nothing_of_shares():
    assert standing([], {SEPTEMBER: 5800}, YEAR_END, date(2026, 2, 1)) is None
    assert standing([], {SEPTEMBER: 10_000}, YEAR_END, TODAY) == "done"
