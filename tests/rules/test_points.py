import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.rules.points import ranks, weighted_points

WEIGHTS = {"satisfied": 100, "basically": 60, "dissatisfied": 0}


@pytest.mark.parametrize(
    ("votes", "points"),
    [((191, 89, 32), 7833), ((312, 0, 0), 10_000), ((0, 0, 312), 0), ((0, 0, 0), 0), ((1, 0, 1), 5000)],
)
def test_points_are_the_mean_weight_of_the_votes(votes, points):
    assert weighted_points(dict(zip(WEIGHTS, votes, strict=True)), WEIGHTS) == points


def test_points_round_half_up():
    # 1 of 8 at 1 point is 12.5 hundredths.
    assert weighted_points({"one": 1, "none": 7}, {"one": 1, "none": 0}) == 13


def test_equal_points_share_a_rank_and_the_next_is_left_out():
    assert ranks([80, 90, 80, 70]) == (2, 1, 2, 4)
    assert ranks([]) == ()


@given(st.lists(st.integers(0, 10_000), max_size=60))
def test_a_rank_is_one_more_than_how_many_are_better(points):
    assert list(ranks(points)) == [1 + sum(other > own for other in points) for own in points]
