"""Which projects a list shows, in which order, and the finding of the whole."""

import pytest

from dashboard.rules.project_list import SORTS, Wanted, chosen, from_behind, lag, ordered, shade
from tests.projects import MONTHS, SEPTEMBER, row, shown

EAST = row(1, (0,), place="东镇", category="教育")
WEST = row(
    2, (-500,), place="西乡、东镇", category="水利", department="县水利局", department_id="d2", light="amber"
)
ALL = row(3, (100,), place="全县", stage="finished", light="blue")
LEFT = row(4, place="西乡", stage="candidate", votes=12)
SHOWN = shown(EAST, WEST, ALL, LEFT)


def numbers(rows: object) -> list[int]:
    return [one.number for one in rows]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [1, 2, 3]),
        ({"stage": "candidate"}, [4]),
        ({"stage": "finished"}, [3]),
        ({"light": "amber"}, [2]),
        ({"light": "grey", "stage": "candidate"}, []),
        ({"category": "水利"}, [2]),
        ({"department": "d2"}, [2]),
        ({"place": "1"}, [1, 2, 3]),
        ({"place": "2"}, [2, 3]),
        ({"q": "水利局 西乡"}, [2]),
        ({"q": "没有"}, []),
    ],
)
def test_each_condition_narrows(wanted: dict[str, str], found: list[int]) -> None:
    assert numbers(chosen(SHOWN, Wanted(**wanted))) == found


def test_a_cycle_that_has_candidates_alone_shows_them() -> None:
    assert numbers(chosen(shown(LEFT), Wanted())) == [4]


@pytest.mark.parametrize("name", SORTS)
def test_what_is_not_known_is_last_whichever_way_round(name: str) -> None:
    unknown = row(9, name="", department=None, budget=None, votes=None, planned=None, gap=None)
    rows = [unknown, row(1, (5,), votes=3), row(2, (7,), votes=5)]
    if name not in {"number", "name"}:
        assert ordered(rows, name)[-1].number == ordered(rows, f"-{name}")[-1].number == 9


def test_equal_rows_keep_the_order_of_their_numbers() -> None:
    rows = [row(3, (0,)), row(1, (0,)), row(2, (0,))]
    assert numbers(ordered(rows, "gap")) == numbers(ordered(rows, "-gap")) == [1, 2, 3]
    assert numbers(ordered(rows, "-number")) == [3, 2, 1]
    assert numbers(from_behind([EAST, WEST, ALL])) == [2, 1, 3]


@pytest.mark.parametrize(
    ("gap", "bin_"),
    [(-1001, 1), (-1000, 2), (-501, 2), (-500, 3), (-301, 3), (-300, 4), (300, 4), (301, 5), (501, 6), (1000, 6),
     (1001, 7)],
)  # fmt: skip
def test_a_gap_falls_into_the_bin_of_its_exact_value(gap: int, bin_: int) -> None:
    assert shade(gap) == bin_


def test_the_lag_names_who_is_behind_longest_and_since_when() -> None:
    long = row(1, (0, 0, 0, None, -900, -1900, -1700, None, -1800))
    short = row(2, (0,) * 8 + (-400,))
    over = row(3, (0,) * 6 + (-400, 0, 0))
    spring = row(4, (-900, -900, 0, 0, 0, 0, 0, 0, 0))
    found = lag([short, long, over, spring], SEPTEMBER)
    assert found is not None
    # Silence in August does not end the run that began in May.
    assert (found.half, found.count, found.lead.number, found.since) == (2, 3, 1, MONTHS[4])


def test_one_month_behind_is_no_run() -> None:
    found = lag([row(2, (0,) * 8 + (-400,))], SEPTEMBER)
    assert found is not None
    assert found.since is None


def test_nothing_behind_and_nothing_reported_say_nothing() -> None:
    assert lag([row(1, (0,) * 9)], SEPTEMBER) is None
    assert lag([row(1)], None) is None
