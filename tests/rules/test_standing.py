"""How a project stands: before its start, finished early, stalled, silent, over the whole, by each set of lights."""

from datetime import date

import pytest

from dashboard.rules.escalation import EscalationRules
from dashboard.rules.lights import FiveLights, FourStates, ThreeLights
from dashboard.rules.progress import finished_early, grown_in, linear_plan, month_ends, stepped_plan
from dashboard.rules.standing import KeptState, kept_light, stand
from dashboard.rules.supervision_rules import SupervisionRules

START, FINISH = date(2025, 1, 1), date(2025, 12, 31)
YEAR = linear_plan(START, FINISH)
ENDS = list(month_ends(START, FINISH))
RULES = SupervisionRules()
FIVE, FOUR = SupervisionRules(lights=FiveLights()), SupervisionRules(lights=FourStates())


def reports(*shares: int | None, first: int = 1) -> list[tuple[date, int]]:
    """Return the reports of months from a first month on; None where there is none."""
    return [(ENDS[first - 1 + n], share) for n, share in enumerate(shares) if share is not None]


def test_a_project_is_held_to_its_plan_at_the_month_asked_for() -> None:
    found = stand(YEAR, reports(800, 1600, 2400, 2500), ENDS[2], RULES)
    assert (found.planned, found.actual, found.gap, found.light) == (2500, 2400, -100, "green")
    assert (found.months_behind, found.stalled) == (0, False)


def test_no_report_is_no_value() -> None:
    found = stand(YEAR, reports(800, 1600), ENDS[2], RULES)
    assert (found.planned, found.actual, found.gap, found.light) == (2500, None, None, "grey")
    assert stand(YEAR, [], ENDS[2], RULES).light == "grey"


@pytest.mark.parametrize(("rules", "light"), [(RULES, "green"), (FOUR, "on_plan"), (FIVE, "grey")])
def test_before_its_start_nothing_is_due(rules: SupervisionRules, light: str) -> None:
    later = linear_plan(date(2025, 6, 1), FINISH)
    found = stand(later, [], ENDS[2], rules)
    assert (found.planned, found.actual, found.gap, found.light, found.months_behind) == (
        0,
        None,
        None,
        light,
        0,
    )
    # What is reported before the start is a value like any other.
    early = stand(later, reports(500, first=3), ENDS[2], RULES)
    assert (early.actual, early.gap) == (500, 500)


def test_over_the_whole_stays_over_the_whole() -> None:
    found = stand(YEAR, reports(11_500, first=9), ENDS[8], RULES)
    assert (found.actual, found.gap, found.light) == (11_500, 4_000, "blue")


def test_what_finished_early_needs_no_further_report_and_stays_early() -> None:
    done = reports(9_000, 10_000, first=7)
    found = stand(YEAR, done, FINISH, FOUR)
    assert (found.planned, found.actual, found.gap, found.light) == (10_000, 10_000, 0, "early")
    assert found.months_behind == 0
    assert finished_early(YEAR, done) is True
    assert finished_early(YEAR, [*done, (ENDS[9], 10_000)]) is True
    assert finished_early(YEAR, reports(10_000, first=12)) is False
    assert finished_early(YEAR, reports(9_999, first=8)) is None
    assert stand(YEAR, reports(10_000, first=12), FINISH, FOUR).light == "on_plan"


def test_accepted_is_blue_of_the_five_and_no_report_of_theirs_needs_a_plan() -> None:
    assert stand(YEAR, reports(10_000, first=9), ENDS[8], FIVE).light == "five_green"
    assert stand(YEAR, reports(10_000, first=9), ENDS[8], FIVE, accepted=True).light == "five_blue"
    assert stand(YEAR, reports(2_900, first=9), ENDS[8], FIVE).light == "five_red"


def test_a_share_that_stands_still_over_two_month_ends_after_the_first_is_stalled() -> None:
    # Two points behind only, and yet red: it does not move.
    plan = stepped_plan(START, FINISH, [(ENDS[0], 1000), (FINISH, 1200)])
    assert stand(plan, reports(900, 900), ENDS[1], RULES).light == "green"
    found = stand(plan, reports(900, 900, 900), ENDS[2], RULES)
    assert (found.light, found.stalled, found.gap) == ("red", True, -100)
    assert stand(plan, reports(900, 900, 901), ENDS[2], RULES).light == "green"
    # As planned, nothing has to move.
    assert stand(plan, reports(1000, 1000, 1000), ENDS[2], RULES).stalled is False
    assert stand(plan, reports(900, 900, 900), ENDS[2], FOUR).light == "lagging"
    never = SupervisionRules(lights=ThreeLights(stalled_months=0))
    assert stand(plan, reports(900, 900, 900), ENDS[2], never).light == "green"


def test_silence_neither_stalls_a_project_nor_puts_its_light_out() -> None:
    assert stand(YEAR, reports(500), ENDS[5], RULES).light == "grey"
    found = stand(YEAR, reports(500, 500, 500), ENDS[3], RULES)
    assert (found.actual, found.light) == (None, "red")
    # Reported again after a gap, with nothing done in between.
    assert stand(YEAR, reports(500, None, 500), ENDS[2], RULES).stalled is True


def test_a_fall_is_no_growth() -> None:
    assert grown_in(reports(500, 400, 400)) == ENDS[0]
    assert grown_in(reports(500, 400, 450)) == ENDS[2]
    assert grown_in(reports(500, 600, 600)) == ENDS[1]
    assert grown_in([]) is None


def test_months_behind_are_those_below_what_counts_as_behind() -> None:
    behind = reports(0, 0, 1400, 2300, 3000)
    assert stand(YEAR, behind, ENDS[4], RULES).months_behind == 4
    assert stand(YEAR, behind[:2], ENDS[2], RULES).months_behind == 1
    strict = SupervisionRules(escalation=EscalationRules(behind_below=0))
    assert stand(YEAR, behind, ENDS[4], strict).months_behind == 5
    assert stand(YEAR, [*behind, (ENDS[5], 10_000)], FINISH, strict).months_behind == 0


@pytest.mark.parametrize("rules", [RULES, FIVE, FOUR])
@pytest.mark.parametrize(
    "told",
    [
        reports(800, 1600, 2400),
        reports(100, 100, 100),
        reports(100, 100, 100, None),
        reports(9_000, 10_000, None, None),
        reports(10_000, 10_500),
        reports(600, 2_300),
    ],
)
@pytest.mark.parametrize("last", [3, 4])
def test_what_is_kept_of_a_project_gives_the_light_that_its_reports_give(
    rules: SupervisionRules, told: list[tuple[date, int]], last: int
) -> None:
    shown = [(month, share) for month, share in told if month <= ENDS[last - 1]]
    month, share = shown[-1]
    planned = next(planned for day, planned in zip(YEAR.days, YEAR.shares, strict=True) if day == month)
    kept = KeptState(month, share, planned, grown_in(shown) or month, finished_early(YEAR, shown))
    assert kept_light(kept, ENDS[last - 1], rules) == stand(YEAR, shown, ENDS[last - 1], rules).light


def test_nothing_kept_is_grey() -> None:
    assert kept_light(None, ENDS[3], RULES) == "grey"
    assert kept_light(None, None, FIVE, accepted=True) == "five_blue"
