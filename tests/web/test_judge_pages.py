"""Inquiries, assessments and departments as each may see them: what is internal is nowhere in the public's page."""

import json
from typing import Any

import pytest
from sqlalchemy import select, update

from dashboard.i18n import words
from dashboard.rules.judge_frames import Duty, Ranked
from dashboard.store.loading.gathering import key_of
from dashboard.store.tables.congress import Department
from dashboard.store.tables.inquiry import Promise, Question
from dashboard.store.tables.progress import Project
from dashboard.web.asked import asked
from dashboard.web.parts.department_list import SORTS, filtered
from dashboard.web.parts.rank_pins import KNOWN, pins_asked
from tests.commands.people import COUNTY
from tests.web.conftest import Makes
from tests.web.test_first import first
from tests.web.visitor import Site, plain

YEAR = f"/{COUNTY}/2025"
JULY = key_of("inquiries", COUNTY, "2025-07")
HOUSING, SCHOOLS = key_of("departments", COUNTY, "zj"), key_of("departments", COUNTY, "jy")
PAGES = (
    f"{YEAR}/inquiries",
    f"{YEAR}/inquiries/{JULY}",
    f"/{COUNTY}/2026/inquiries",
    f"{YEAR}/assessments",
    f"/{COUNTY}/2023/assessments",
    f"{YEAR}/departments",
    f"{YEAR}/departments/{HOUSING}",
    "/990121100/2025/assessments",
    "/990121100/2025/departments",
    "/990121100/2026/inquiries",
)
RANKS = ("位次", "连降", "第47名", "rank-", "pin=", "升幅")
EVERYONE = (
    None,
    "leader",
    "clerk",
    "presidium",
    "deputy",
    "department",
    "coordinator",
    "admin",
    "township clerk",
)


def view(site: Site, path: str, who: str | None = None, search: str = "") -> str:
    answer = site.visitor(who).open(path, search)
    assert answer.status_code == 200, answer.text
    return json.dumps(answer.json["response"]["view"], ensure_ascii=False)  # type: ignore[index]


def title(site: Site, path: str, who: str | None = None) -> str:
    told: dict[str, Any] = site.visitor(who).open(path).json  # type: ignore[assignment]
    return str(told["response"]["title"]["data"])


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("who", [None, "leader", "department"])
def test_every_page_opens_for_everyone(site: Site, path: str, language: str, who: str | None) -> None:
    shown = view(site, language + path, who)
    assert "tag-simulated" in shown
    assert '"type": "H1"' in shown


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["", "/en"])
def test_the_public_has_a_first_paint_of_each(site: Site, path: str, language: str) -> None:
    assert "h1" in first(site, language + path).tags


@pytest.mark.parametrize("path", PAGES)
def test_nobody_without_the_permission_reads_of_ranks(site: Site, path: str) -> None:
    for who in (None, "deputy", "coordinator", "admin", "township clerk"):
        shown = view(site, path, who)
        assert not [word for word in RANKS if word in shown]


def test_whoever_may_read_ranks_reads_them_first(site: Site) -> None:
    for who in ("leader", "clerk", "presidium"):
        assert title(site, f"{YEAR}/assessments", who) == "县住房城乡建设局位次连降4年，县教育局连升4年"
        assert "县教育局" in view(site, f"{YEAR}/assessments", who)
    assert title(site, f"{YEAR}/assessments").startswith("2024年度满意率96.1%")


def test_a_department_reads_of_its_own_rank_alone(site: Site) -> None:
    shown = view(site, f"{YEAR}/assessments", "department")
    assert "县住房城乡建设局" in shown
    assert "第47名" in shown
    for name in ("县教育局", "县林业局", "县综合行政执法局", "县卫生健康局"):
        assert name not in shown
    assert "第47名" in view(site, f"{YEAR}/departments/{HOUSING}", "department")
    other = view(site, f"{YEAR}/departments/{SCHOOLS}", "department")
    assert not [word for word in RANKS if word in other]


def test_an_unannounced_verdict_and_how_a_promise_stands_are_internal(site: Site) -> None:
    path = f"{YEAR}/inquiries/{JULY}"
    for who in EVERYONE:
        shown = view(site, path, who)
        inside = who not in {None, "township clerk"}
        assert ("未达到承诺进度" in shown) is inside
        assert "64.0%" in shown
    earlier = f"/{COUNTY}/2024/inquiries"
    assert "未兑现" in view(site, earlier, "leader")
    assert "未公布" in view(site, earlier, "leader")
    for page in (earlier, f"{YEAR}/departments/{key_of('departments', COUNTY, 'sl')}"):
        assert "未兑现" not in view(site, page)
        assert "逾期兑现" not in view(site, page)
    assert "已兑现" in view(site, earlier)


def test_a_question_about_an_earlier_cycles_project_names_it_and_leads_nowhere_else(make_site: Makes) -> None:
    site, path = make_site(), f"{YEAR}/inquiries/{JULY}"
    with site.store.system().writing() as session:
        earlier = key_of("projects", COUNTY, "2024-03")
        name = session.scalars(select(Project.name).where(Project.id == earlier)).one()
        asked_of = (Question.inquiry_id == JULY, Question.number == 3)
        session.execute(update(Question).where(*asked_of).values(project_id=earlier))
    for who in (None, "leader"):
        shown = view(site, path, who)
        assert "question-3" in shown
        assert name in shown
        assert f"{YEAR}/projects/3" not in shown


def test_pins_stand_in_the_address(site: Site) -> None:
    path = f"{YEAR}/assessments"
    one, two = str(SCHOOLS)[-12:], str(key_of("departments", COUNTY, "ly"))[-12:]
    shown = view(site, path, "leader", f"?pin={one},{two}")
    assert shown.count("chip chip-") == 2
    assert "已固定2个" in shown
    assert "已固定0个" in view(site, path, "leader", "?pin=none")
    found = view(site, path, "leader", f"?pin={one}&find=县林业局")
    assert f"pin={two}" in found
    assert "没有这个单位" in view(site, path, "leader", "?find=<script>")
    assert "查到" in view(site, path, "leader", f"?pin={one}&find=局")
    # What last year's version asked is told, the rest holds.
    old = view(site, path, "leader", f"?pin={one}&order=points")
    assert "order" in old
    assert old.count("chip chip-") == 1


def unit(key: str, name: str, falls: int = 0, rises: int = 0) -> Ranked:
    return Ranked(key, key, name, (2, 1), 1, falls, rises, 1)


LINES = (
    unit("a", "县教育局", rises=4),
    unit("b", "县水利局", falls=3),
    unit("c", "县林业局"),
    unit("d", "县气象局"),
    unit("e", "县档案馆"),
    unit("f", ""),
)


@pytest.mark.parametrize(
    ("search", "keys", "met"),
    [
        ("", ("b", "a"), ()),
        ("pin=none", (), ()),
        ("pin=c,c,x,f", ("c",), ()),
        ("pin=a,b,c,d,e", ("a", "b", "c", "d"), ()),
        ("pin=a&find=档案", ("a", "e"), ()),
        ("pin=a&find=县教育局", ("a",), ()),
        ("pin=a,b,c,d&find=档案馆", ("a", "b", "c", "d"), ("e",)),
        ("pin=none&find=局", (), ("a", "b", "c", "d")),
        ("pin=none&find=无", (), ()),
    ],
)
def test_which_units_an_address_pins(search: str, keys: tuple[str, ...], met: tuple[str, ...]) -> None:
    pins = pins_asked(asked("/x", search, KNOWN), LINES)
    assert (pins.keys, tuple(one.key for one in pins.met)) == (keys, met)


def test_letting_the_last_pin_go_does_not_bring_the_first_ones_back() -> None:
    pins = pins_asked(asked("/x", "pin=a", KNOWN), LINES)
    assert pins_asked(asked("/x", f"pin={pins.without('a')}", KNOWN), LINES).keys == ()


def test_departments_are_searched_filtered_and_sorted_by_the_address(site: Site) -> None:
    path = f"{YEAR}/departments"
    shown = view(site, path, search="?find=水利")
    assert "县水利局" in shown
    assert "县教育局" not in shown
    assert "县住房城乡建设局" in view(site, path, search="?light=red")
    assert "没有符合条件的内容" in view(site, path, search="?find=没有的单位")
    assert "color" in view(site, path, search="?color=1&light=violet")


def duty(name: str, position: int, **more: Any) -> Duty:
    return Duty(name, name, name, position, **more)


def test_departments_stand_side_by_side_where_the_address_asks_for_it(site: Site) -> None:
    page = view(site, f"{YEAR}/departments", search="?view=compare")
    names = page.partition("各承办单位的平均进度")[2]
    assert names.index("县住房城乡建设局") < names.index("县卫生健康局") < names.index("县市场监督管理局")
    assert f"{YEAR}/departments/{HOUSING}" in names
    assert "department-comparison" not in view(site, f"{YEAR}/departments")
    assert "不适用" in view(site, f"{YEAR}/departments", search="?view=map")


def test_rows_sort_both_ways_and_ties_keep_the_clerks_order() -> None:
    rows = (
        duty("a", 1, due=9, on_time=9),
        duty("b", 2, lights=(("red", 2),), due=9, on_time=7, former=("旧名",)),
        duty("c", 3, lights=(("green", 1),), answered=2),
        duty("d", 4),
    )

    def order(search: str) -> str:
        wanted = asked("/x", search, {"find": None, "light": {"red"}, "sort": SORTS})
        return "".join(one.name for one in filtered(rows, wanted))

    assert order("") == "bcad"
    assert order("sort=projects") == "adcb"
    assert order("sort=-reports") == "abcd"
    assert order("sort=-name") == "dcba"
    assert order("sort=name") == "abcd"
    assert order("sort=-answered") == "cabd"
    assert order("light=red") == "b"
    assert order("find=旧名") == "b"


@pytest.mark.parametrize("page", ["inquiries", "departments"])
@pytest.mark.parametrize("item", ["00000000-0000-0000-0000-000000000000", "abc", str(JULY)[:-1]])
def test_an_unknown_item_is_not_found(site: Site, page: str, item: str) -> None:
    assert words("zh-CN")("refused.not_found") in plain(site.visitor().open(f"{YEAR}/{page}/{item}"))


def test_an_inquiry_of_another_year_is_not_found_in_this_one(site: Site) -> None:
    assert title(site, f"/{COUNTY}/2024/inquiries/{JULY}") == title(site, f"/{COUNTY}/2024/inquiries/abc")


def test_names_of_eighty_characters_are_told_whole(make_site: Any) -> None:
    own = make_site()
    name = "名" * 80
    with own.store.system().writing() as session:
        session.execute(update(Department).where(Department.id == HOUSING).values(name=name))
        session.execute(update(Promise).values(text=name))
        session.execute(update(Question).values(text=name))
    for path in PAGES[:7]:
        if "2026" not in path and "2023" not in path and not path.endswith("assessments"):
            assert name in view(own, path)
    assert name in view(own, f"{YEAR}/assessments", "leader")
