"""Red flags and yellow cards by the mean deviation, period by period."""

from datetime import date

import pytest

from dashboard.rules.flags import FlagRules, flags, period_end

RULES = FlagRules()


def test_the_first_three_hold_the_flag_and_who_is_far_behind_is_given_a_card() -> None:
    gaps = {"交通局": 700, "教育局": 300, "水利局": 0, "民政局": -10, "住建局": -1_001, "文旅局": -1_000}
    assert flags(gaps, RULES) == {
        "交通局": "red_flag", "教育局": "red_flag", "水利局": "red_flag", "住建局": "yellow_card",
    }  # fmt: skip


def test_equal_deviations_share_the_last_place_and_none_is_given_below_the_limit() -> None:
    assert set(flags({"a": 5, "b": 5, "c": 5, "d": 5}, RULES).values()) == {"red_flag"}
    assert flags({"a": 9, "b": 5, "c": 5}, FlagRules(red_flags=2)) == dict.fromkeys("abc", "red_flag")
    assert flags({"a": -1, "b": -2}, RULES) == {}
    assert flags({"a": 9}, FlagRules(red_flags=0)) == {}
    assert flags({}, RULES) == {}


def test_who_is_given_a_card_holds_no_flag() -> None:
    lenient = FlagRules(red_flag_from=-2_000)
    assert flags({"a": -1_500}, lenient) == {"a": "yellow_card"}


@pytest.mark.parametrize(
    ("last", "end"),
    [
        (date(2025, 2, 28), None),
        (date(2025, 3, 31), date(2025, 3, 31)),
        (date(2025, 8, 31), date(2025, 6, 30)),
        (date(2025, 12, 31), date(2025, 12, 31)),
    ],
)
def test_a_quarter_is_judged_once_it_is_over(last: date, end: date | None) -> None:
    assert period_end(last, RULES) == end
    assert period_end(last, FlagRules(period="month")) == last
