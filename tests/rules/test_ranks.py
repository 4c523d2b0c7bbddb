"""Falls, rises, the last tenth, and what a curve is made ready of."""

from hypothesis import given
from hypothesis import strategies as st

from dashboard.rules.judge_frames import Ranked, Ranking
from dashboard.rules.ranks import (
    MOST_PINNED,
    best,
    change,
    charted,
    falls,
    in_long_fall,
    last_tenth,
    risen_most,
    rises,
    telling,
)


def line(name: str, *ranks: int | None, into: str | None = None) -> Ranked:
    return Ranked(name, name, name, ranks, change(ranks), falls(ranks), rises(ranks), best(ranks), into=into)


HOUSING = line("housing", 18, 24, 31, 39, 47)
SCHOOLS = line("schools", 34, 27, 19, 12, 6)
SUPPLY = line("supply", 21, 25, 34, 33, 43)
FORESTS = line("forests", 1, 1, 2, 1, 1)


def ranking(*lines: Ranked, count: int = 53) -> Ranking:
    return Ranking((2020, 2021, 2022, 2023, 2024), lines, count, last_tenth(count))


def test_a_fall_is_counted_up_to_the_last_year() -> None:
    assert falls((18, 24, 31, 39, 47)) == 4
    assert falls((50, 24, 31, 39, 47)) == 3
    assert falls((18, 24, 31, 39, 39)) == 0
    assert falls((18, 24, None, 39, 47)) == 1
    assert falls((18, 24, 31, 39, None)) == 0
    assert rises((34, 27, 19, 12, 6)) == 4
    assert falls(()) == rises((1,)) == 0


@given(st.lists(st.one_of(st.none(), st.integers(1, 60)), max_size=6))
def test_nobody_falls_and_rises_at_once(ranks: list[int | None]) -> None:
    assert not (falls(ranks) and rises(ranks))
    assert max(falls(ranks), rises(ranks)) < max(len(ranks), 1)
    moved = change(ranks)
    if moved:
        assert (moved < 0) == (falls(ranks) > 0)


def test_a_change_is_up_when_the_number_gets_smaller() -> None:
    assert change((12, 6)) == 6
    assert change((39, 47)) == -8
    assert change((5, 5)) == 0
    assert change((None, 5)) is None
    assert change((5,)) is None
    assert best((None, 9, 4)) == 4
    assert best((None,)) is None


def test_the_last_tenth_of_53_is_five_and_of_nine_nobody() -> None:
    assert last_tenth(53) == 49
    assert last_tenth(10) == 10
    assert last_tenth(9) is None


def test_the_curve_is_about_the_longest_fall_and_the_longest_rise() -> None:
    assert telling([FORESTS, SCHOOLS, SUPPLY, HOUSING]) == [HOUSING, SCHOOLS]
    assert telling([FORESTS]) == []
    assert in_long_fall([SUPPLY, HOUSING]) == [HOUSING]
    assert risen_most([FORESTS, SCHOOLS, HOUSING], 4) == [SCHOOLS]


def test_a_pinned_fall_is_told_by_its_tone_and_takes_no_colour() -> None:
    chart = charted(
        ranking(FORESTS, SCHOOLS, HOUSING), ["housing", "schools", "forests", "nobody", "housing"]
    )
    assert [one.name for one in chart.pinned] == ["housing", "schools", "forests"]
    assert chart.tones == ("fall", "0", "1")
    assert chart.falling == ()
    assert chart.idle == ()


def test_at_most_four_are_pinned_and_a_fall_that_is_not_is_drawn_apart() -> None:
    lines = [line(str(n), 9, 8, 9, 8, n) for n in range(1, 7)] + [HOUSING]
    chart = charted(ranking(*lines), [one.key for one in lines])
    assert len(chart.pinned) == MOST_PINNED
    assert [one.key for one in chart.falling] == ["housing"]
    assert {one.key for one in chart.idle} == {"5", "6"}


def test_units_that_share_a_rank_have_a_row_each_and_a_merged_one_has_none() -> None:
    chart = charted(
        ranking(line("a", 2, 1), line("b", 3, 1), line("gone", 1, None), line("old", 4, 1, into="a")), ["b"]
    )
    assert [(one.name, one.rank) for one in chart.listed] == [("a", 1), ("b", 1)]
    assert chart.pinned[0].place == 2
    assert {one.name: one.place for one in chart.idle} == {"a": 1, "gone": None, "old": None}
    assert charted(ranking(line("old", 4, 1, into="a")), ["old"]).pinned == ()
