"""What a curve means, and what of it is said inside the congress alone."""

from dataclasses import replace

import pytest

from dashboard.rules.project_way import meaning
from tests.figures.curves import CURVES, DAYS, RENOVATION, YEAR, curve_of

STILL = curve_of(YEAR, DAYS[:8], (0, 800, 1600, 2400, 3000, 3000, 3000, 3000))


@pytest.mark.parametrize(
    ("name", "code"),
    [("done", "done"), ("no report", "plain"), ("ahead", "steady"), ("nearly", "not_this_year")],
)
def test_a_curve_means_one_thing(name: str, code: str) -> None:
    assert meaning(CURVES[name], inside=False).code == code


def test_a_promise_that_will_be_missed_is_not_said_outside() -> None:
    assert meaning(RENOVATION, inside=False).code == "not_this_year"
    assert meaning(RENOVATION, inside=True).code == "faster"
    slower = replace(RENOVATION, actual=(*RENOVATION.actual[:-3], 2700, 2800, 2900))
    assert meaning(slower, inside=True).code == "promise"


def test_what_stands_still_is_said_with_its_months() -> None:
    assert (meaning(STILL, inside=False).code, meaning(STILL, inside=False).facts) == ("still", {"n": 3})
    two = curve_of(YEAR, DAYS[:7], (0, 800, 1600, 2400, 3000, 3000, 3000))
    assert meaning(two, inside=False).code != "still"
