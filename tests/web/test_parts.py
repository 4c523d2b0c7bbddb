"""The parts print what their frames say, in both languages, and never by colour alone."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.i18n import LOCALES, Words, words
from dashboard.rules.frames import (
    Alert,
    Bar,
    Overview,
    Source,
    Stage,
    Standing,
    Tally,
    Upcoming,
)
from dashboard.rules.lights import STATES
from dashboard.web.parts.alerts import alerts
from dashboard.web.parts.badge import TAGS, tag
from dashboard.web.parts.card import card, foot, source_line
from dashboard.web.parts.facts import attendance
from dashboard.web.parts.forms import field, text_input
from dashboard.web.parts.graph import graph
from dashboard.web.parts.light import LIGHTS, light
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.live import live
from dashboard.web.parts.made import made
from dashboard.web.parts.overview_body import OverviewLinks, overview_body, overview_head
from dashboard.web.parts.ranking import ranked, ranking
from dashboard.web.parts.shell import Head, shell
from dashboard.web.parts.strip import strip
from dashboard.web.parts.table import Column, folded_table, table
from dashboard.web.quick_json import quick_json

ROOT = Path(__file__).parents[2]
CHINESE, ENGLISH = words("zh-CN"), words("en")
BOTH = pytest.mark.parametrize("language", LOCALES)
SEPTEMBER = date(2025, 9, 30)


def parts(component: object) -> Iterator[Component]:
    """Walk a component and all that lies in it."""
    if isinstance(component, Component):
        yield component
        yield from parts(getattr(component, "children", None))
    elif isinstance(component, list | tuple):
        for child in component:
            yield from parts(child)


def text(component: object) -> str:
    """Return all words of a component in order."""
    if isinstance(component, Component):
        return text(getattr(component, "children", None))
    if isinstance(component, list | tuple):
        return "".join(text(child) for child in component)
    return "" if component is None else str(component)


def styled(component: Component, style: str) -> list[Component]:
    return [one for one in parts(component) if style in str(getattr(one, "className", "")).split()]


def standing(name: str, colour: str, gap: int | None = 0, actual: int | None = 5000) -> Standing:
    return Standing(name, name, None, None if gap is None else 5000, actual, gap, colour)


def project(key: str) -> str:
    return f"/projects/{key}"


COLLECTED: dict[str, object] = {"suggestions": 1286, "merged": 412, "reserve": 38, "candidates": 12}
CHOSEN: dict[str, object] = {"candidates": 12, "places": 10, "present": 312, "entitled": 321, "highest": 298}
DELIVERED: dict[str, object] = {
    "actual": 7740,
    "planned": 7660,
    "paid": 21_300_000_000,
    "budget": 32_600_000_000,
}
COUNTED: dict[str, object] = {"blue": 1, "green": 6, "amber": 2, "red": 1, "grey": 0}
JUDGED: dict[str, object] = {
    "day": date(2025, 12, 18),
    "days_left": 69,
    "last_satisfied": 299,
    "last_total": 311,
}
STAGES = (
    Stage("collect", 2025, "ended", COLLECTED | {"opens": date(2024, 9, 1), "closes": date(2024, 10, 8)}),
    Stage("choose", 2025, "announced", CHOSEN | {"day": date(2025, 1, 16)}),
    Stage("deliver", 2025, "running", DELIVERED | COUNTED),
    Stage("judge", 2025, "upcoming", JUDGED),
)
TALLY = Tally(
    "票决结果",
    (Bar(1, "幼儿园", 298, "chosen"), Bar(2, "站台", 196, "beyond")),
    1,
    2,
    Source("大会主席团公告第3号", SEPTEMBER),
    entitled=321,
    present=312,
)
OVERVIEW = Overview(
    congress="禾澜县第十八届人民代表大会",
    as_of=SEPTEMBER,
    published=date(2025, 10, 10),
    simulated=True,
    stages=STAGES,
    ranking=(standing("供水", "green", 100), standing("城区老旧小区改造24个", "red", -1800)),
    tally=TALLY,
    alerts=(Alert("red", "behind", {"project": "小区24个", "gap": -1800, "actual": 5800, "planned": 7600}),),
    upcoming=(Upcoming(date(2025, 12, 18), "满意度测评", "全体代表"),),
)


@BOTH
@pytest.mark.parametrize("name", LIGHTS)
@pytest.mark.parametrize("shown", [True, False])
def test_a_light_has_shape_and_word(language: str, name: str, shown: bool) -> None:
    speech = words(language)
    component = light(speech, name, word_shown=shown)
    assert styled(component, f"shape-{STATES[name].colour}")
    assert text(component) == speech(f"light.{name}")


@BOTH
def test_every_tag_has_a_word(language: str) -> None:
    assert all(text(tag(words(language), state)) for state in TAGS)


def test_the_ranking_puts_what_is_behind_first_and_no_report_last() -> None:
    rows = [standing("a", "green", 500), standing("b", "grey", None, None), standing("c", "red", -1800)]
    assert [row.name for row in ranked(rows)] == ["c", "a", "b"]


def test_the_ranking_has_the_name_first_and_numbers_last() -> None:
    component = ranking(CHINESE, [standing("供水", "amber", -850, 7150)], project, chosen="供水")
    head = [one for one in parts(component) if isinstance(one, html.Th) and one.scope == "col"]
    assert [re.sub(r"0100%", "", text(cell)) for cell in head] == ["项目", "进度", "实际", "差距"]
    row = styled(component, "chosen")[0]
    assert [cell.className.split()[0] for cell in row.children] == ["name", "bar", "actual", "gap"]
    assert text(row) == "略滞后供水71.5%−8.5"
    assert next(one.href for one in parts(row) if hasattr(one, "href")) == "/projects/供水"


def test_a_bar_past_the_whole_keeps_within_its_track() -> None:
    component = ranking(CHINESE, [standing("a", "blue", 2000, 12_000)], project)
    assert styled(component, "track-actual")[0].style == {"width": "100.00%"}
    assert styled(component, "track-full")[0].style == {"left": "83.33%"}


def test_a_project_without_report_says_so_and_has_no_bar() -> None:
    component = ranking(CHINESE, [standing("a", "grey", None, None)], project)
    assert not styled(component, "track-actual")
    assert "未报—" in text(component)


def test_alerts_come_in_order_of_weight() -> None:
    facts: dict[str, object] = {"project": "甲", "gap": -850, "actual": 1, "planned": 2}
    rows = [Alert(colour, "behind", facts) for colour in ("grey", "amber", "red")]
    component = alerts(CHINESE, rows, project)
    shapes = [
        one.className.split()[1] for one in parts(component) if "shape-" in str(getattr(one, "className", ""))
    ]
    assert shapes == ["shape-red", "shape-amber", "shape-grey"]
    assert "甲落后8.5个百分点" in text(component)


def test_the_strip_prints_what_is_known() -> None:
    printed_text = text(strip(CHINESE, STAGES))
    for expected in (
        "1,286", "2024年9月1日—10月8日征集", "12选10", "到会312/321名", "77.4%", "计划76.6%",
        "已支付2.13亿元/3.26亿元（65.3%）", "略滞后2", "69", "96.1%（299/311）",
    ):  # fmt: skip
        assert expected in printed_text
    assert "2025年度" not in printed_text


@BOTH
def test_the_strip_stands_without_any_fact(language: str) -> None:
    stages = [
        Stage(key, 2025 + n, "upcoming", {})
        for n, key in enumerate(("collect", "choose", "deliver", "judge"))
    ]
    component = strip(words(language), stages)
    assert [text(one)[0] for one in styled(component, "stage-figure")] == ["—"] * 4
    assert "2026" in text(component)


@BOTH
def test_a_stage_never_prints_none(language: str) -> None:
    for stage in STAGES:
        for name in stage.facts:
            assert "None" not in text(
                strip(words(language), [Stage(stage.key, 2025, "running", {name: stage.facts[name]})])
            )


def overview(speech: Words) -> Component:
    links = OverviewLinks(project, "/projects", "/alerts", {}, (Link("a", "/a"), Link("b", "/b")))
    head = overview_head(speech, OVERVIEW, links)
    return html.Div([head, overview_body(speech, OVERVIEW, html.Div("curve"), html.Div("tally"), links)])


def test_data_carries_its_language_on_an_english_page() -> None:
    chinese = re.compile(r"[一-鿿]")

    def unmarked(component: object, marked: bool) -> Iterator[str]:
        if isinstance(component, Component):
            marked = marked or getattr(component, "lang", None) == "zh-CN"
            yield from unmarked(getattr(component, "children", None), marked)
        elif isinstance(component, list | tuple):
            for child in component:
                yield from unmarked(child, marked)
        elif isinstance(component, str) and not marked and chinese.search(component):
            yield component

    assert list(unmarked(overview(ENGLISH), marked=False)) == []
    assert not [one for one in parts(overview(CHINESE)) if getattr(one, "lang", None)]


@BOTH
def test_the_overview_is_read_in_the_order_of_finding(language: str) -> None:
    component = overview(words(language))
    areas = [
        one.className for one in parts(component) if str(getattr(one, "className", "")).startswith("area-")
    ]
    assert areas == ["area-ranking", "area-curve", "area-tally", "area-care", "area-acts"]
    assert sum(isinstance(one, html.H1) for one in parts(component)) == 1
    assert styled(component, "tag-simulated")


def test_attendance_keeps_its_order_and_prints_a_dash_for_none() -> None:
    component = attendance(CHINESE, TALLY)
    assert text(component) == "应到321实到312发出—收回—有效—无效—"


def test_a_card_has_title_foot_and_the_table_behind_it() -> None:
    behind = table([Column("月份"), Column("实际", number=True)], [["9月", "58.0%"]], "每月进度")
    component = card("题", "体", "量", foot=foot(CHINESE, source_line(CHINESE, TALLY.source), (), behind))
    assert (
        text(component)
        == "题量体来源：大会主席团公告第3号｜截至2025年9月30日看表格收起表格每月进度月份实际9月58.0%下载CSV"
    )
    numbers = [one for one in parts(component) if getattr(one, "className", None) == "number"]
    assert [text(one) for one in numbers] == ["实际", "58.0%"]


def test_an_error_stands_above_the_field_and_the_value_stays() -> None:
    component = field("name", "姓名", text_input("name", "王"), "与证件一致", "请填写姓名")
    assert text(component) == "姓名请填写姓名与证件一致"
    assert getattr(component, "aria-describedby") == "name-error name-help"
    assert next(one.value for one in parts(component) if hasattr(one, "value")) == "王"
    assert styled(component, "shape-red")


def test_a_graph_is_an_image_with_words_and_sends_nothing_away() -> None:
    component = graph("c", {"data": []}, ENGLISH, "58.0%", 300)
    assert (component.role, getattr(component, "aria-label")) == ("img", "58.0%")
    config = component.children.config
    assert (config["locale"], config["showSendToCloud"], config["plotlyServerURL"]) == ("en", False, "")
    assert component.style == component.children.style == {"height": "300px"}


def test_the_live_state_keeps_the_place_of_the_clock() -> None:
    state, topic = (
        child.to_plotly_json()["props"] for child in live(CHINESE, "/live/990121/cycle", '"7"').children
    )
    assert state["data-stale"] == "连接中断，显示{clock}的数据"
    assert (topic["id"], topic["data-address"], topic["data-etag"]) == (
        "live-topic",
        "/live/990121/cycle",
        '"7"',
    )


@pytest.mark.parametrize(
    "account", [Link("登录", "/sign-in"), Link("王", None, children=(Link("退出", "/out"),))]
)
@BOTH
def test_the_shell_has_its_landmarks_and_says_where_one_is(language: str, account: Link) -> None:
    places = (Link("总览", "/", current=True), Link("项目", "/projects"))
    tree = Link("禾澜县", None, children=(Link("禾澜县", "/1", True, (Link("城关镇", "/2"),)),))
    head = Head(
        Link("平台", "/"), places, tree, Link("2025", None, children=places), Link("English", "/en"), account
    )
    component = shell(words(language), head, "正文", "脚", places)
    kinds = [type(one) for one in parts(component)]
    assert [kinds.count(kind) for kind in (html.Header, html.Main, html.Footer)] == [1, 1, 1]
    assert "theme-toggle" in [getattr(one, "id", None) for one in parts(component)]
    assert "城关镇" in text(component)
    assert [text(one) for one in parts(component) if getattr(one, "aria-current", None)].count("总览") == 3


def test_a_link_inside_loads_no_page_and_a_file_does() -> None:
    assert type(anchor("a", "/a")).__name__ == "Link"
    assert type(anchor("a", "/a.csv", fresh=True)).__name__ == "A"
    assert type(anchor("a", "https://example.org")).__name__ == "A"


def test_a_folded_table_carries_what_it_will_show() -> None:
    place = folded_table(
        [Column("月份"), Column("实际", number=True)],
        [[html.Span("城区", lang="zh-CN"), "58.0%"]],
        "每月进度",
    )
    told = json.loads(getattr(place, "data-table"))
    assert told["heads"] == [{"text": "月份", "number": False}, {"text": "实际", "number": True}]
    assert told["rows"] == [[{"text": "城区", "lang": "zh-CN"}, "58.0%"]]


def test_a_table_that_stacks_on_a_phone_carries_its_heads_and_marks_what_is_not_there() -> None:
    columns = [Column("单位"), Column("实际", number=True), Column("承诺")]
    rows = [["县教育局", "58.0%", "—"]]
    stacked, dense = table(columns, rows, "单位"), table(columns, rows, "单位", dense=True)
    cells = [one for one in parts(stacked) if type(one).__name__ == "Td"]
    assert [getattr(one, "data-head") for one in cells] == ["实际", "承诺"]
    assert styled(stacked, "nothing") == [cells[1]]
    assert not styled(dense, "nothing")


@pytest.mark.parametrize(
    ("kind", "children", "props"),
    [
        (html.Span, None, {"className": "shape", "aria-hidden": "true"}),
        (html.Span, ["a", html.I()], {"className": None, "style": {"left": "3%"}}),
        (html.Td, "+4", {"className": "heat-3", "role": "cell"}),
        (html.A, "a", {"href": "https://example.org", "rel": "noreferrer"}),
        (dcc.Link, html.Span("a", lang="zh-CN"), {"href": "/", "className": "current"}),
    ],
)
def test_a_component_made_quickly_is_the_one_that_dash_makes(
    kind: type[Component], children: Any, props: dict[str, Any]
) -> None:
    known = quick_json(kind(children, **props))
    for _ in range(2):
        one = made(kind, children, **props)
        assert isinstance(one, kind)
        assert json.loads(quick_json(one)) == json.loads(known)
    # A property of one is not another's.
    assert "className" not in json.loads(quick_json(made(kind, "b")))["props"]
