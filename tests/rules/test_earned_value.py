"""Earned value: by hand, from published figures, and with each number missing."""

import csv
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from dashboard.config import ROOT
from dashboard.rules.earned_value import earned_value, hundredths
from dashboard.rules.lights import FourStates
from dashboard.rules.progress import (
    deviation,
    linear_plan,
    month_end,
    month_ends,
    planned_share,
    stepped_plan,
)
from dashboard.rules.standing import stand
from dashboard.rules.supervision_rules import SupervisionRules

START, FINISH = date(2025, 1, 1), date(2025, 12, 31)
YEAR = linear_plan(START, FINISH)
SEPTEMBER = date(2025, 9, 30)
FOUR = SupervisionRules(lights=FourStates())
TASK, LINAN = "新建成婴幼儿照护服务成长驿站7家", "浙江省杭州市临安区"


def test_by_hand() -> None:
    """1,200万元, 75 % planned and 60 % done at the end of September, 640万元 paid."""
    found = earned_value(YEAR, SEPTEMBER, 6000, 640, 1200)
    assert (found.planned_value, found.earned_value, found.actual_cost) == (900, 720, 640)
    assert (found.schedule_variance, found.cost_variance) == (-180, 80)
    assert (found.schedule_index, found.cost_index) == (Fraction(4, 5), Fraction(9, 8))
    # 1,200 / 1.125 = 1,066.67; 60 % was due at the end of the 8th month: 242 of the 272 days until then.
    assert found.expected_cost == 1067
    assert hundredths(found.schedule_index) == 80
    assert hundredths(found.cost_index) == 113
    assert found.time_index is not None
    assert found.earned_days == found.time_index * 272


def test_what_a_missing_number_would_decide_is_none() -> None:
    silent = earned_value(YEAR, SEPTEMBER, None, 640, 1200)
    assert (silent.planned_value, silent.earned_value, silent.actual_cost) == (900, None, 640)
    assert (silent.schedule_variance, silent.cost_variance) == (None, None)
    assert (silent.schedule_index, silent.cost_index, silent.time_index) == (None, None, None)
    unfunded = earned_value(YEAR, SEPTEMBER, 6000, None, None)
    assert (unfunded.planned_value, unfunded.earned_value, unfunded.cost_index) == (None, None, None)
    assert unfunded.schedule_index == Fraction(4, 5)
    assert earned_value(YEAR, SEPTEMBER, 6000, 0, 1200).cost_index is None
    assert earned_value(YEAR, SEPTEMBER, 0, 640, 1200).expected_cost is None
    assert hundredths(None) is None


def test_before_the_start_there_is_no_index_and_over_the_whole_more_is_earned_than_the_budget() -> None:
    before = earned_value(linear_plan(date(2025, 6, 1), FINISH), date(2025, 3, 31), 500, 10, 1000)
    assert (before.planned_value, before.earned_value) == (0, 50)
    assert (before.schedule_index, before.time_index) == (None, None)
    over = earned_value(YEAR, SEPTEMBER, 11_500, 900, 1000)
    assert (over.earned_value, over.schedule_index) == (1150, Fraction(115, 75))
    assert over.expected_cost == 783


def test_published_time_schedules() -> None:
    """三明: 74 % at the end of August 2010 is 7.33 points over; 张家界: 91.67 % at the end of November 2018."""
    sanming = linear_plan(date(2010, 1, 1), date(2010, 12, 31))
    august = date(2010, 8, 31)
    assert deviation(7400, planned_share(sanming, august)) == 733
    assert stand(sanming, [(august, 7400)], august, FOUR).light == "ahead"
    assert planned_share(linear_plan(date(2018, 1, 1), date(2018, 12, 31)), date(2018, 11, 30)) == 9167


def published(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / "reference" / name).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["region"] == LINAN and row["year"] == "2022"]


def month(text: str) -> date:
    year, number = text.split("-")
    return month_end(date(int(year), int(number), 1))


def test_published_nodes_against_the_figures_of_september() -> None:
    """临安 2022: the plan's nodes (published in July) against what was reported at the end of September."""
    september, nodes = date(2022, 9, 30), published("plan_milestones.csv")
    reported = {
        row["project_name"]: round(float(row["percent_complete"]) * 100)
        for row in published("progress.csv")
        if month(row["as_of"]) == september
    }
    found = {}
    for name in dict.fromkeys(row["project_name"] for row in nodes):
        own = [
            (month(row["due"]), round(float(row["planned_percent"]) * 100))
            for row in nodes
            if row["project_name"] == name
        ]
        plan = stepped_plan(date(2022, 1, 1), own[-1][0], own)
        now = stand(plan, [(september, reported[name])], september, FOUR)
        found[name] = (now.planned, now.actual, now.gap, now.light)
    assert found == {
        "新建成婴幼儿照护服务成长驿站7家": (10000, 18570, 8570, "on_plan"),
        "新增婴幼儿照护服务托位500个": (10000, 12000, 2000, "on_plan"),
        "农村公路大中修100公里": (0, 5000, 5000, "ahead"),
        "胃肠癌联合筛查1万例以上": (0, 10110, 10110, "early"),
        "新建成公办中小学、幼儿园7所": (8570, 10000, 1430, "early"),
    }


nodes = st.lists(st.integers(0, 12_000), min_size=12, max_size=12).map(sorted)
shares = st.lists(st.none() | st.integers(0, 13_000), min_size=12, max_size=12)
ENDS = list(month_ends(START, FINISH))


@given(nodes, shares, nodes, st.integers(1, 12))
def test_rebasing_changes_no_past_report(
    first: list[int], told: list[int | None], later: list[int], since: int
) -> None:
    """A second plan that keeps the shares of the months that are over leaves each of them as it stood."""
    before = stepped_plan(START, FINISH, list(zip(ENDS, first, strict=True)))
    finish = date(2026, 6, 30)
    kept = list(zip(ENDS[:since], first[:since], strict=True))
    months = list(month_ends(date(2026, 1, 1), finish))
    after = stepped_plan(
        START, finish, [*kept, *zip([*ENDS[since:], *months], later[: 12 - since] + later[:6], strict=True)]
    )
    reports = [(day, share) for day, share in zip(ENDS, told, strict=True) if share is not None]
    for day in ENDS[:since]:
        old, new = (stand(plan, reports, day, SupervisionRules()) for plan in (before, after))
        assert (new.actual, new.planned, new.gap, new.months_behind) == (
            old.actual, old.planned, old.gap, old.months_behind,
        )  # fmt: skip


@given(nodes, st.integers(0, 364), st.integers(0, 364))
def test_a_plan_never_falls(planned: list[int], one: int, other: int) -> None:
    plan = stepped_plan(START, FINISH, list(zip(ENDS, planned, strict=True)))
    early, late = sorted(date.fromordinal(START.toordinal() + days) for days in (one, other))
    for found in (plan, YEAR):
        assert planned_share(found, early) <= planned_share(found, late)
        assert earned_value(found, early, 0, None, 100).planned_value <= (  # type: ignore[operator]  # A budget is given.
            earned_value(found, late, 0, None, 100).planned_value
        )
