"""Slip and money over all projects: who is latest, what has no point, where a scale ends."""

from datetime import date, timedelta

from dashboard.rules.chart_frames import FURTHEST, NEAREST, by_department, compared, slips, works
from dashboard.rules.frames import Forecast, Standing
from dashboard.rules.lights import DEFAULT_LIGHTS
from tests.projects import YEAR_END, row


def forecast(slip: int, low: int | None = None, high: int | None = None) -> Forecast:
    low, high = slip if low is None else low, slip if high is None else high
    days = [YEAR_END + timedelta(days=one) for one in (slip, low, high)]
    return Forecast(*days, slip, low, high)


def test_the_latest_stands_first_and_what_has_no_forecast_last() -> None:
    rows = [row(1, forecast=forecast(5)), row(2), row(3, forecast=forecast(61)), row(4, forecast=forecast(-9)),
            row(5, forecast=forecast(5))]  # fmt: skip
    frame = slips(rows)
    assert [one.row.number for one in frame.rows] == [3, 1, 5, 4, 2]
    assert [one.row.number for one in frame.late()] == [3, 1, 5]


def test_a_scale_of_days_has_room_and_an_end() -> None:
    few = slips([row(1, forecast=forecast(2))])
    assert (few.low, few.high) == (-NEAREST, NEAREST)
    assert few.place(0) == 0.5
    far = slips([row(1, forecast=forecast(90, 60, 5_000))])
    assert (far.low, far.high) == (-NEAREST, FURTHEST)
    assert far.place(5_000) == 1
    assert far.place(-5_000) == 0


def test_what_is_not_carried_out_is_in_neither() -> None:
    rows = [row(1, stage="candidate"), row(2, stage="cancelled", forecast=forecast(9))]
    assert slips(rows).rows == ()
    assert (works(rows).rows, works(rows).unknown) == ((), ())


def test_money_ahead_of_work_stands_first_and_what_is_not_known_has_no_point() -> None:
    rows = [
        row(1, actual=5_000, paid=100, budget=400),
        row(2, actual=5_000, paid=300, budget=400),
        row(3, actual=None, paid=300, budget=400),
        row(4, actual=5_000, paid=None, budget=400),
        row(5, actual=5_000, paid=1, budget=0),
        row(6, actual=5_000, paid=520, budget=1_000),
    ]
    frame = works(rows)
    assert [(one.row.number, one.money, one.ahead) for one in frame.rows] == [
        (2, 7_500, 2_500), (6, 5_200, 200), (1, 2_500, -2_500),
    ]  # fmt: skip
    assert [one.number for one in frame.unknown] == [3, 4, 5]
    assert [one.row.number for one in frame.apart()] == [2, 1]


def test_a_share_of_money_is_rounded_half_up_and_its_axis_grows() -> None:
    frame = works([row(1, actual=10_500, paid=1, budget=3), row(2, actual=1, paid=2, budget=3)])
    assert sorted(one.money for one in frame.rows) == [3_333, 6_667]
    assert frame.top() == 12_500
    assert works([row(1, actual=1, paid=1, budget=3)]).top() == 10_000


def test_the_day_of_a_finish_and_its_slip_agree() -> None:
    told = forecast(27)
    assert told.finish == date(2026, 1, 27)


def test_groups_are_compared_by_their_means_and_silence_stands_last() -> None:
    rows = [
        Standing("1", "a", "甲局", 5_000, 4_000, -1_000, "amber"),
        Standing("2", "b", "甲局", 5_000, 7_000, 2_000, "green"),
        Standing("3", "c", "乙局", 5_000, 4_600, -400, "amber"),
        Standing("4", "d", "丙局", 5_000, None, None, "grey"),
        Standing("5", "e", None, 5_000, 0, -5_000, "red"),
    ]
    found = compared(by_department(rows), {"乙局": "2"}, DEFAULT_LIGHTS)
    assert [
        (one.name, one.code, one.actual, one.gap, one.light, one.projects, one.reported) for one in found
    ] == [
        ("乙局", "2", 4_600, -400, "amber", 1, 1),
        ("甲局", None, 5_500, 500, "green", 2, 2),
        ("丙局", None, None, None, "grey", 1, 0),
    ]
