"""Titles follow from the numbers by rule, in both languages."""

from datetime import date

import pytest

from dashboard.i18n import words
from dashboard.rules.frames import Bar, Curve, Forecast, Overview, Source, Stage, Standing, Tally
from dashboard.web.parts.headline import curve_finding, finding, overview_finding, tally_finding
from dashboard.web.parts.text import printed, short_name, spoken

CHINESE, ENGLISH = words("zh-CN"), words("en")
SEPTEMBER = date(2025, 9, 30)
TALLY = Tally(
    "票决结果", (Bar(1, "幼儿园", 298, "chosen"), Bar(2, "站台", 196, "beyond")), 1, 2, Source("公告")
)


def standing(name: str, colour: str) -> Standing:
    share = 10_000 if colour in {"blue", "early"} else 5000
    return Standing(name, name, None, 5000, share, share - 5000, colour)


def lights(*colours: str) -> list[Standing]:
    return [standing(f"项目{n}", colour) for n, colour in enumerate(colours)]


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (lights(*["blue"] * 10), "10项实事全部完成"),
        (lights("blue", *["green"] * 9), "10项实事全部按序时推进"),
        (lights("green", "red", "red"), "3项实事1项按序时推进，2项亮红灯"),
        (lights("green", "amber", "amber", "grey"), "4项实事1项按序时推进，2项略滞后"),
        (lights("green", "grey"), "2项实事1项按序时推进，项目1未报"),
        (lights("red", "amber"), "2项实事均未达序时，项目0亮红灯"),
        (lights("early", "on_plan", "ahead", "lagging"), "4项实事3项按序时推进，项目3亮红灯"),
        (lights("five_green", "five_orange", "five_orange"), "3项实事：绿灯1、橙灯2"),
        (lights("grey", "grey"), "总览"),
        ([], "总览"),
    ],
)
def test_the_finding_follows_from_the_lights(rows: list[Standing], title: str) -> None:
    assert spoken(CHINESE, finding(CHINESE, rows)) == title


def test_a_single_project_behind_is_named_without_its_quantity() -> None:
    rows = [*lights(*["green"] * 7, "amber", "amber"), standing("城区老旧小区改造24个", "red")]
    assert spoken(CHINESE, finding(CHINESE, rows)) == "10项实事7项按序时推进，城区老旧小区改造亮红灯"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("农村公路提档升级68公里", "农村公路提档升级"),
        ("农村供水管网改造提升", "农村供水管网改造提升"),
        ("零工市场与技能培训3000人次", "零工市场与技能培训"),
        ("24个", "24个"),
        ("新建第2小学", "新建第2小学"),
        ("项目1", "项目1"),
    ],
)
def test_a_short_name_drops_the_quantity(name: str, short: str) -> None:
    assert short_name(name) == short


def curve(colour: str, gap: int | None, slip: int | None, finish: date = date(2025, 12, 31)) -> Curve:
    day = date(2026, 1, 27)
    forecast = None if slip is None else Forecast(day, day, day, slip, slip, slip)
    source = Source("月报")
    actual = ((SEPTEMBER,), (10_000,)) if colour == "blue" else ((), ())
    return Curve("p", "小区", None, date(2025, 1, 1), finish, SEPTEMBER, (), (), *actual, colour, gap, source,
                 forecast=forecast)  # fmt: skip


@pytest.mark.parametrize(
    ("frame", "title"),
    [
        (curve("red", -1800, 27), "小区：照现在的速度，年底完不成"),
        (curve("red", -1800, 27, date(2025, 11, 30)), "小区：照现在的速度，晚27天完成"),
        (curve("amber", -850, None), "小区：落后8.5个百分点"),
        (curve("green", 100, -3), "小区：按序时推进"),
        (curve("blue", 2000, None), "小区：已完成"),
        (curve("grey", None, None), "小区"),
    ],
)
def test_the_finding_of_a_curve(frame: Curve, title: str) -> None:
    assert spoken(CHINESE, curve_finding(CHINESE, frame)) == title


def test_the_finding_of_a_tally() -> None:
    assert spoken(CHINESE, tally_finding(CHINESE, TALLY)) == "票决结果：2项候选，入选1项"


def test_a_finding_in_english_is_one_sentence_with_the_name_marked() -> None:
    sentence = finding(ENGLISH, [standing("供水", "green"), standing("城区老旧小区改造24个", "red")])
    children = printed(ENGLISH, sentence)
    assert spoken(ENGLISH, sentence) == "1 of 2 projects on schedule, 城区老旧小区改造 shows red"
    assert [child.children for child in children if getattr(child, "lang", None)] == ["城区老旧小区改造"]


@pytest.mark.parametrize(
    ("key", "facts", "title"),
    [
        ("collect", {"suggestions": 903}, "2026年度实事正在征集，已收到903条建议"),
        ("choose", {"candidates": 12}, "2026年度12项候选项目等待代表票决"),
        ("choose", {"candidates": None}, "总览"),
        ("judge", {"total": 311}, "总览"),
    ],
)
def test_before_any_report_the_running_stage_is_the_finding(
    key: str, facts: dict[str, object], title: str
) -> None:
    stages = (Stage(key, 2026, "running", facts), Stage("deliver", 2026, "upcoming", {}))
    shown = Overview("禾澜县", None, None, True, stages, (), None, (), ())
    assert spoken(CHINESE, overview_finding(CHINESE, shown)) == title
