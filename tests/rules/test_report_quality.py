"""What needs a second look in a report: each rule at its limit, and what it does not say."""

from datetime import date

import pytest

from dashboard.rules.report_quality import MARKS, ReportFacts, ReportLimits, quality, quality_marks

ENDS = [
    date(2025, month, day) for month, day in ((1, 31), (2, 28), (3, 31), (4, 30), (5, 31), (6, 30), (7, 31))
]
DUE = date(2025, 5, 5)


def said(*history: ReportFacts, limits: ReportLimits | None = None) -> dict[str, dict[str, int]]:
    return {
        one.code.removeprefix("quality."): dict(one.facts)
        for one in quality(history, limits or ReportLimits())
    }


def shares(*given: int | None, **facts: object) -> list[ReportFacts]:
    return [ReportFacts(ENDS[place], share, **facts) for place, share in enumerate(given)]  # type: ignore[arg-type]


def test_marks_of_a_year() -> None:
    reports = [
        ReportFacts(ENDS[0], 1400, text="三个小区开工"),
        ReportFacts(ENDS[1], None),
        ReportFacts(ENDS[2], 2600, text="五个小区开工"),
        ReportFacts(ENDS[3], 2600, text="五个 小区开工。"),
        ReportFacts(ENDS[4], 3800, text="十二个小区开工"),
        ReportFacts(ENDS[5], 4800, text="十五个", filed=date(2025, 5, 11), due=DUE),
        ReportFacts(ENDS[6], 4700, filed=DUE, due=DUE),
    ]
    assert quality_marks(reports) == (
        (ENDS[1], ("missing",)),
        (ENDS[3], ("repeated",)),
        (ENDS[4], ("jump",)),
        (ENDS[5], ("late",)),
        (ENDS[6], ("fall",)),
    )
    assert quality_marks([]) == ()
    assert quality([]) == ()


def test_a_fall_and_a_jump_are_told_with_their_numbers() -> None:
    assert said(*shares(5010, 4010)) == {"fall": {"before": 5010, "share": 4010, "points": 1000}}
    assert said(*shares(1010, 2011)) == {"jump": {"before": 1010, "share": 2011, "points": 1001}}
    assert said(*shares(1010, 2010)) == {}
    # Over a month without report twice as much is allowed, and no more.
    assert said(*shares(1010, None, 3010)) == {}
    assert "jump" in said(*shares(1010, None, 3011))
    assert said(*shares(1010, None)) == {"missing": {"month": 2}}


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("已完成三个小区外立面改造，正在铺设雨污管网并组织验收", True),
        ("已完成三个小区外立面改造,正在铺设雨污管网 并组织验收。", True),
        # One character of 25 is another: 96 % are the same.
        ("已完成三个小区外立面改造，正在铺设雨污管网并组织检收", True),
        ("已完成三个小区外立面改造，正在铺设雨污管网，下月验收", False),
        ("已完成4个小区外立面改造，正在铺设雨污管网并组织验收", False),
        ("", False),
    ],
)
def test_a_copied_text_is_seen_through_its_marks(text: str, copied: bool) -> None:
    before = "已完成三个小区外立面改造，正在铺设雨污管网并组织验收"
    found = said(ReportFacts(ENDS[0], 1010, text=before), ReportFacts(ENDS[1], 1510, text=text))
    assert found == ({"repeated": {"month": 1}} if copied else {})


def test_other_figures_make_it_another_text() -> None:
    first, second = (ReportFacts(ENDS[n], 1010 + n, text=f"累计建成口袋公园{n + 3}个") for n in (0, 1))
    assert said(first, second) == {}


def test_finished_without_evidence() -> None:
    assert said(ReportFacts(ENDS[0], 10000, evidence=0)) == {"no_evidence": {"share": 10000}}
    assert said(ReportFacts(ENDS[0], 10000, evidence=1)) == {}
    assert said(ReportFacts(ENDS[0], 10000)) == {}
    assert said(ReportFacts(ENDS[0], 9999, evidence=0)) == {}


def test_money_ahead_of_the_work_and_over_the_budget() -> None:
    assert said(ReportFacts(ENDS[0], 3010, paid=5011, budget=10000)) == {
        "money_ahead": {"spent": 5011, "share": 3010, "points": 2001}
    }
    assert said(ReportFacts(ENDS[0], 3010, paid=5010, budget=10000)) == {}
    assert said(ReportFacts(ENDS[0], 9010, paid=10000, budget=10000)) == {}
    assert said(ReportFacts(ENDS[0], 9010, paid=10001, budget=10000)) == {
        "over_budget": {"paid": 10001, "budget": 10000, "over": 1}
    }
    assert said(ReportFacts(ENDS[0], 3010, paid=9000)) == {}


def test_round_shares_month_after_month() -> None:
    assert said(*shares(1000, 2000, 3000)) == {"round": {"months": 3, "step": 1000}}
    assert said(*shares(1000, 2000)) == {}
    assert said(*shares(1000, 2100, 3000)) == {}
    # Nothing yet and all of it are where a project may stay.
    assert said(*shares(0, 1000, 2000)) == {}


def test_a_report_after_its_day() -> None:
    assert said(ReportFacts(ENDS[3], 3010, filed=date(2025, 5, 8), due=DUE)) == {"late": {"days": 3}}
    assert said(ReportFacts(ENDS[3], 3010, filed=DUE, due=DUE)) == {}


def test_a_forecast_that_never_moves_though_the_project_is_behind() -> None:
    finish = date(2025, 12, 31)
    behind = shares(1010, 1110, 1210, planned=2500, forecast_finish=finish)
    assert said(*behind) == {"same_forecast": {"months": 3}}
    assert said(*behind[1:]) == {}
    assert said(*shares(1010, 1110, 1210, planned=1200, forecast_finish=finish)) == {}
    moved = ReportFacts(ENDS[2], 1210, planned=2500, forecast_finish=date(2026, 1, 31))
    assert said(*behind[:2], moved) == {}


def test_every_mark_has_a_rule_and_its_place_in_the_order() -> None:
    assert len(MARKS) == len(set(MARKS)) == 10
    text, finish = "正在施工", date(2025, 12, 31)
    given = {"text": text, "paid": 20000, "budget": 10000, "planned": 9000, "forecast_finish": finish}
    worst = [
        *shares(2000, 4000, **given),
        ReportFacts(ENDS[2], 6000, filed=date(2025, 5, 9), due=DUE, **given),  # type: ignore[arg-type]
    ]
    found = {*said(*worst), *said(*shares(5010, 4010)), *said(*shares(None))}
    found |= set(said(ReportFacts(ENDS[0], 10000, evidence=0)))
    assert found == set(MARKS)


def test_another_rule_set_moves_the_limits() -> None:
    assert said(*shares(1010, 2011), limits=ReportLimits(jump=1500)) == {}
    assert "round" in said(*shares(500, 1000), limits=ReportLimits(round_step=500, round_months=2))
