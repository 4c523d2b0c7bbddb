"""Lights at their limits, by each set of lights."""

import pytest

from dashboard.rules.lights import (
    STATES,
    FiveLights,
    FourStates,
    ThreeLights,
    is_late,
    light,
    plan_tone,
    tone,
)


@pytest.mark.parametrize(
    ("actual", "planned", "colour"),
    [
        (10000, 7600, "blue"),
        (12000, 10000, "blue"),
        (7300, 7600, "green"),
        (7299, 7600, "amber"),
        (6600, 7600, "amber"),
        (6599, 7600, "red"),
        (None, 7600, "grey"),
        (5800, None, "grey"),
    ],
)
def test_light_at_its_limits(actual, planned, colour):
    assert light(actual, planned) == colour


def test_a_stalled_project_is_red_with_or_without_a_report():
    assert light(7600, 7600, stalled=True) == "red"
    assert light(None, 7600, stalled=True) == "red"
    assert light(10000, 7600, stalled=True) == "blue"


def test_another_rule_set_moves_the_limits():
    assert light(7400, 7600, ThreeLights(green_from=0)) == "amber"


# 大足双路: red under 30 %, blue once accepted; the steps between are ours.
@pytest.mark.parametrize(
    ("actual", "colour"),
    [
        (0, "five_red"),
        (2999, "five_red"),
        (3000, "five_orange"),
        (5999, "five_orange"),
        (6000, "five_yellow"),
        (8999, "five_yellow"),
        (9000, "five_green"),
        (11000, "five_green"),
        (None, "grey"),
    ],
)
def test_five_lights_by_the_share_alone(actual, colour):
    assert light(actual, 10000, FiveLights()) == colour
    assert light(actual, None, FiveLights()) == colour


def test_of_five_lights_blue_is_accepted_and_nothing_else():
    assert light(10000, 10000, FiveLights()) == "five_green"
    assert light(10000, 10000, FiveLights(), accepted=True) == "five_blue"


@pytest.mark.parametrize(
    ("actual", "planned", "state"),
    [
        (10000, 7500, "early"),
        (10000, 10000, "on_plan"),
        (7701, 7500, "ahead"),
        (7700, 7500, "on_plan"),
        (7300, 7500, "on_plan"),
        (7299, 7500, "lagging"),
        (None, 7500, "grey"),
    ],
)
def test_four_states_by_the_deviation_with_two_points_of_tolerance(actual, planned, state):
    assert light(actual, planned, FourStates()) == state


def test_what_was_finished_early_stays_early_when_its_plan_ends():
    assert light(10000, 10000, FourStates(), early=True) == "early"
    assert light(10000, 9000, FourStates(), early=False) == "on_plan"
    assert light(7500, 7500, FourStates(), stalled=True) == "lagging"


@pytest.mark.parametrize("rules", [ThreeLights(), FiveLights(), FourStates()])
def test_every_light_of_a_set_has_a_shape_of_its_own(rules):
    assert [STATES[name].symbol for name in rules.states] == list(rules.symbols)
    assert len(set(rules.symbols)) == len(rules.states)
    assert {tone(name) for name in rules.states} >= {"red", "green", "grey"}


def test_a_gap_is_told_by_its_light_or_where_no_plan_was_asked_by_the_default_limits():
    assert plan_tone("lagging", -250) == "red"
    assert plan_tone("on_plan", -250) == "green"
    assert [plan_tone("five_yellow", gap) for gap in (400, -300, -301, -1001, None)] == [
        "green", "green", "amber", "red", "grey",
    ]  # fmt: skip
    assert is_late("five_green", -1001)
    assert not is_late("five_red", 0)
