"""Small curves and money: drawn by the server, true to their values, taken by plotly."""

import re
from dataclasses import replace

import pytest
from plotly.graph_objects import Figure

from dashboard.figures.drawing import drawn
from dashboard.figures.money_steps import money_steps
from dashboard.figures.small_multiples import ribbons, scale, small_curve, spark, spark_reach
from dashboard.rules.project_frames import Money
from tests.projects import MONTHS, SEPTEMBER, row

MONEY = Money(
    598_000_000,
    MONTHS,
    tuple((n + 1) * 49_000_000 for n in range(12)),
    (6_000_000, 24_000_000, None, *(328_000_000 for _ in range(6)), None, None, None),
    SEPTEMBER,
)
MONIES = {
    "usual": MONEY,
    "late in the year": replace(MONEY, paid=tuple((n + 1) * 40_000_000 for n in range(12))),
    "more than the sum": replace(MONEY, paid=(700_000_000, *([None] * 11))),
    "never planned": replace(MONEY, planned=(None,) * 12),
    "nothing paid": replace(MONEY, paid=(None,) * 12),
    "one month": replace(MONEY, days=MONTHS[:1], planned=(49_000_000,), paid=(1,)),
}


@pytest.mark.parametrize("name", MONIES)
def test_money_is_a_figure_and_is_drawn(name, form):
    figure = money_steps(MONIES[name], form[0], form[1], form[2])
    Figure(figure)
    assert "nan" not in drawn(money_steps(MONIES[name], form[0], "untold", form[2]))


def test_money_grows_beyond_the_sum_and_says_both_shares(form):
    words, theme, narrow = form
    assert money_steps(MONIES["more than the sum"], words, theme, narrow)["layout"]["yaxis"]["range"] == [
        0,
        125,
    ]
    texts = " ".join(
        note["text"] for note in money_steps(MONEY, words, theme, narrow)["layout"]["annotations"]
    )
    assert "54.8%" in texts
    assert "73.7%" in texts
    assert money_steps(MONIES["nothing paid"], words, theme, narrow)["layout"]["annotations"] == []


def test_a_share_of_money_is_rounded_once():
    # 54.849 % is 54.8, not 54.9 by way of 54.85.
    assert Money(5_980, (), (), (), None).share(3_280) == 5480


def test_a_line_is_a_ribbon_around_its_points():
    path = ribbons([[(0.0, 0.5), (1.0, 0.5)]], 1.0)
    assert path == (
        "polygon(0% calc(50% - 1px),100% calc(50% - 1px),100% calc(50% + 1px),0% calc(50% + 1px),0% calc(50% - 1px))"
    )
    assert ribbons([], 1.0) == ""


def test_a_missing_month_parts_the_line_and_the_last_share_stands_at_its_place():
    one = row(1, (0, 0, None, 0, -500))
    axes = scale([one, row(2, (2_000,) * 12)])
    assert axes.top == 12_500
    small = small_curve(one, axes)
    assert small.share == one.months[4].actual
    assert small.dot is not None
    assert small.dot[1] == pytest.approx(1 - small.share / 12_500)
    whole = small_curve(row(1, (0, 0, 0, 0, -500)), axes)
    march, april = (f"{axes.x(MONTHS[place]) * 100:.4g}%" for place in (2, 3))
    assert march in whole.actual
    assert march not in small.actual
    assert april in small.actual
    # The way back from the second line to the first encloses nothing: it ends where the first began.
    assert (
        small.actual.removeprefix("polygon(").split(",")[0] == small.actual.removesuffix(")").split(",")[-1]
    )
    assert all(abs(float(place)) <= 100 for place in re.findall(r"(-?[\d.]+)%", small.actual + small.plan))


def test_what_was_never_reported_has_a_plan_alone():
    small = small_curve(row(1), scale([row(1)]))
    assert (small.actual, small.dot, small.share) == ("", None, None)
    assert small.plan.startswith("polygon(")
    assert spark(row(1), 1_000) == ""


def test_sparks_share_their_reach_and_keep_within_it():
    rows = [row(1, (0, -500)), row(2, (0, -20_000)), row(3)]
    assert spark_reach(rows[:1]) == 1_000
    assert spark_reach(rows) == 3_000
    assert "100%" in spark(rows[1], 3_000)
    assert "200%" not in spark(rows[1], 3_000)
