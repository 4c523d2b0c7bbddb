from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from dashboard.rules import progress

YEAR = progress.linear_plan(date(2025, 1, 1), date(2025, 12, 31))
ENDS = YEAR.days[1:]
MONTHLY = progress.stepped_plan(
    date(2025, 1, 1),
    date(2025, 12, 31),
    list(zip(ENDS, (500, 800, 1500, 2500, 3500, 4500, 5500, 6600, 7600, 8600, 9500, 10000), strict=True)),
)


def test_published_time_schedules():
    # 三明: 74 % at the end of August is 7.33 points over; 张家界: 91.67 % at the end of November.
    assert progress.deviation(7400, progress.planned_share(YEAR, date(2025, 8, 31))) == 733
    assert progress.planned_share(YEAR, date(2025, 11, 30)) == 9167


def test_linear_plan_of_part_of_a_year_ends_on_its_finish():
    plan = progress.linear_plan(date(2025, 3, 15), date(2025, 6, 20))
    assert plan.days == (
        date(2025, 3, 15),
        date(2025, 3, 31),
        date(2025, 4, 30),
        date(2025, 5, 31),
        date(2025, 6, 20),
    )
    assert plan.shares == (0, 2500, 5000, 7500, 10000)
    one_day = progress.linear_plan(date(2025, 1, 31), date(2025, 1, 31))
    assert one_day.shares == (10000,)


def test_planned_share_before_between_and_after():
    assert progress.planned_share(MONTHLY, date(2024, 12, 31)) == 0
    assert progress.planned_share(MONTHLY, date(2025, 9, 29)) == 6600
    assert progress.planned_share(MONTHLY, date(2025, 9, 30)) == 7600
    assert progress.planned_share(MONTHLY, date(2026, 9, 30)) == 10000
    assert progress.planned_share(YEAR, date(2025, 1, 16)) == 417


def test_deviation_is_unknown_without_a_report():
    assert progress.deviation(None, 100) is None
    assert progress.deviation(100, None) is None


def test_earned_schedule_inside_a_month_and_at_its_ends():
    assert progress.earned_schedule(MONTHLY, 5500) == (date(2025, 7, 31) - date(2025, 1, 1)).days
    assert progress.earned_schedule(MONTHLY, 5800) == 211 + Fraction(300, 1100) * 31
    assert progress.earned_schedule(MONTHLY, 0) == 0
    assert progress.earned_schedule(MONTHLY, 12000) == 364


def test_a_step_after_a_long_pause_is_linear_inside_its_month_only():
    plan = progress.stepped_plan(
        date(2025, 1, 1), date(2025, 9, 30), [(date(2025, 6, 30), 6000), (date(2025, 9, 30), 10000)]
    )
    assert progress.earned_schedule(plan, 3000) == (date(2025, 5, 31) - date(2025, 1, 1)).days + 15


def test_on_schedule_finishes_on_the_planned_day():
    expected = progress.forecast(MONTHLY, [(date(2025, 9, 30), 7600)])
    assert expected is not None
    assert (expected.finish, expected.slip) == (date(2025, 12, 31), 0)


def test_forecast_of_a_late_project_has_a_band_of_three_months():
    reports = [
        (day, share)
        for day, share in zip(ENDS, (400, 700, 1400, None, 2600, 2600, 3800, 4800, 5800), strict=False)
    ]
    expected = progress.forecast(MONTHLY, reports)
    assert expected is not None
    # SPI(t) = (211 + 300/1100 * 31) / 272, so 364 days become 451.2, counted whole: 29 March.
    assert expected.finish == date(2026, 3, 29)
    assert expected.slip == 88
    assert expected.earliest <= expected.finish <= expected.latest
    assert expected.latest == progress.forecast(MONTHLY, reports[:7]).finish


def test_no_forecast_without_progress():
    assert progress.forecast(MONTHLY, []) is None
    assert progress.forecast(MONTHLY, [(date(2025, 3, 31), None)]) is None
    assert progress.forecast(MONTHLY, [(date(2025, 3, 31), 0)]) is None
    assert progress.forecast(MONTHLY, [(date(2025, 2, 28), 100), (date(2025, 3, 31), 0)]) is None
    assert progress.forecast(MONTHLY, [(date(2024, 12, 31), 100)]) is None
    assert progress.schedule_index(MONTHLY, 100, date(2025, 1, 1)) is None


def test_finished_in_the_first_month_of_its_run_over_100():
    reports = [(ENDS[6], 10000), (ENDS[7], 9900), (ENDS[8], 10500), (ENDS[9], None), (ENDS[10], 10500)]
    expected = progress.forecast(MONTHLY, reports)
    assert expected is not None
    assert expected.finish == expected.earliest == expected.latest == ENDS[8]
    assert expected.slip == -92


def test_never_finishes_before_the_last_report_and_never_overflows():
    ahead = progress.forecast(MONTHLY, [(date(2026, 6, 30), 9999)])
    assert ahead is not None
    assert ahead.finish >= date(2026, 6, 30)
    crawling = progress.forecast(MONTHLY, [(date(2035, 12, 31), 1)])
    assert crawling is not None
    assert crawling.finish > date(2035, 12, 31)


def test_months_behind_counts_up_to_the_last_and_skips_silence():
    assert progress.months_behind([-100, -900, -1900, -1700, -1800, -1800]) == 4
    assert progress.months_behind([-1900, None, -1800]) == 2
    assert progress.months_behind([-1900, -1000]) == 0
    assert progress.months_behind([]) == 0


shares = st.lists(st.integers(0, 12000), min_size=12, max_size=12).map(sorted)


@given(shares, st.integers(-40, 500), st.integers(0, 100), st.booleans())
def test_a_plan_never_falls(levels, first, later, stepped):
    plan = progress.Plan(YEAR.start, YEAR.finish, YEAR.days, (0, *levels), stepped)
    days = [date.fromordinal(YEAR.start.toordinal() + offset) for offset in (first, first + later)]
    assert progress.planned_share(plan, days[0]) <= progress.planned_share(plan, days[1])


@given(shares, st.integers(0, 15000), st.integers(0, 15000), st.booleans())
def test_earned_schedule_never_falls_and_stays_inside_the_plan(levels, one, other, stepped):
    plan = progress.Plan(YEAR.start, YEAR.finish, YEAR.days, (0, *levels), stepped)
    low, high = sorted((one, other))
    assert 0 <= progress.earned_schedule(plan, low) <= progress.earned_schedule(plan, high) <= 364


@given(st.integers(1, 12), st.integers(0, 12000))
def test_a_forecast_is_ordered_and_never_before_its_report(month, share):
    expected = progress.forecast(MONTHLY, [(ENDS[month - 1], share)])
    if share == 0:
        assert expected is None
        return
    assert expected is not None
    assert expected.earliest <= expected.finish <= expected.latest
    assert expected.finish >= ENDS[month - 1]
    assert expected.slip == (expected.finish - MONTHLY.finish).days
