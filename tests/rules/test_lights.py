import pytest

from dashboard.rules.lights import LightLimits, light


@pytest.mark.parametrize(
    ("actual", "planned", "colour"),
    [
        (10000, 10000, "blue"),
        (18571, 10000, "blue"),
        (7300, 7600, "green"),
        (7299, 7600, "amber"),
        (6600, 7600, "amber"),
        (6599, 7600, "red"),
        (None, 7600, "grey"),
        (5000, None, "grey"),
        (0, 0, "green"),
    ],
)
def test_default_rule(actual, planned, colour):
    assert light(actual, planned) == colour


def test_stalled_is_red_even_when_silent_but_not_when_done():
    assert light(7600, 7600, stalled=True) == "red"
    assert light(None, 7600, stalled=True) == "red"
    assert light(10000, 7600, stalled=True) == "blue"


def test_limits_are_data():
    assert light(7400, 7600, limits=LightLimits(green_from=0)) == "amber"
