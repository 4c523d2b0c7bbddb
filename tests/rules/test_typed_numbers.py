"""Numbers and days as people type them: read exactly, or refused with what is wrong."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.rules.typed_days import read_day
from dashboard.rules.typed_numbers import (
    LARGEST_SHARE,
    read_money,
    read_quantity,
    read_share,
    write_money,
    write_quantity,
    write_share,
)
from tests.commands.people import refusal


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        ("58", 5_800),
        ("58%", 5_800),
        (" 58.25 ％ ", 5_825),
        ("５８．５％", 5_850),
        ("0", 0),
        ("-0", 0),
        ("100", 10_000),
        ("1,000%", 100_000),
        ("１，０００", 100_000),
        ("58.", 5_800),
        ("+3.5", 350),
    ],
)
def test_a_share_is_read_as_it_is_typed(typed: str, points: int) -> None:
    assert read_share(typed) == points


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("九成", "typed_share"),
        ("1e309", "typed_share"),
        ("1E2", "typed_share"),
        ("nan", "typed_share"),
        ("inf", "typed_share"),
        ("", "typed_share"),
        ("%", "typed_share"),
        ("58%%", "typed_share"),
        ("1,5", "typed_share"),
        ("1.2.3", "typed_share"),
        ("0x10", "typed_share"),
        ("=1+1", "typed_share"),
        ("²", "typed_share"),
        ("9" * 41, "typed_share"),
        ("-0.01", "typed_share_below"),
        ("−5", "typed_share_below"),
        ("－５％", "typed_share_below"),
        ("1000.01", "typed_share_above"),
        ("99999999999999999999", "typed_share_above"),
        ("58.255", "typed_share_fine"),
        ("1.0000000000000000000000000000000001", "typed_share_fine"),
    ],
)
def test_what_is_no_share_is_refused(typed: str, code: str) -> None:
    assert refusal(read_share, typed) == code


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("3,280", 328_000_000_0),
        ("３，２８０万元", 328_000_000_0),
        ("1.2亿元", 12_000_000_000 * 1),
        ("12,345,000元", 1_234_500_000),
        ("0.000001", 1),
        ("0.01元", 1),
        ("0", 0),
    ],
)
def test_a_sum_is_read_in_wan_unless_it_says_otherwise(typed: str, fen: int) -> None:
    assert read_money(typed) == fen


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("三千万", "typed_money"),
        ("3280万人", "typed_money"),
        ("1e309", "typed_money"),
        ("-1", "typed_money_below"),
        ("0.0000001", "typed_money_fine"),
        ("0.001元", "typed_money_fine"),
        ("999999999999", "typed_money_above"),
    ],
)
def test_what_is_no_sum_is_refused(typed: str, code: str) -> None:
    assert refusal(read_money, typed) == code


def test_an_amount_may_carry_the_plans_unit_and_no_other() -> None:
    assert read_quantity("2.125公里", "公里") == 2_125
    assert read_quantity("1,200 户", "户") == 1_200_000
    assert read_quantity("24", "个") == 24_000
    assert refusal(read_quantity, "2公里", "户") == "typed_quantity"
    assert refusal(read_quantity, "2公里") == "typed_quantity"
    assert refusal(read_quantity, "2.1255", "公里") == "typed_quantity_fine"


@given(st.integers(0, LARGEST_SHARE))
def test_what_is_written_is_read_again(value: int) -> None:
    assert read_share(write_share(value)) == value
    assert read_money(write_money(value)) == value
    assert read_quantity(write_quantity(value)) == value


@pytest.mark.parametrize(
    "typed",
    ["2025-12-31", "2025/12/31", "2025年12月31日", "2025.12.31", "20251231", "２０２５年１２月３１日"],
)
def test_a_day_is_read_in_each_form(typed: str) -> None:
    assert read_day(typed) == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2025年2月30日", "typed_day_none"),
        ("2025-13-01", "typed_day_none"),
        ("2月30日", "typed_day"),
        ("年底", "typed_day"),
        ("0001-01-01", "typed_day"),
        ("45999", "typed_day"),
        ("", "typed_day"),
    ],
)
def test_what_is_no_day_is_refused(typed: str, code: str) -> None:
    assert refusal(read_day, typed) == code
