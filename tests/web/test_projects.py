"""The list of projects and one project, as they are opened: whatever is asked of them and whatever is missing."""

import json
import re

import pytest

from dashboard.rules.project_list import SORTS, STAGES
from dashboard.web.parts.projects_head import VIEWS
from tests.commands.people import COUNTY, TOWNSHIP, projects
from tests.projects import LONG, plant_project, report
from tests.web.conftest import Makes
from tests.web.visitor import Site, plain

LIST = f"/{COUNTY}/2025/projects"


def told(site: Site, path: str, search: str = "", who: str | None = None) -> str:
    answer = site.visitor(who).open(path, search)
    assert answer.status_code == 200
    return plain(answer)


def order(page: str) -> list[int]:
    """Return the numbers of the projects that a page links to, in their order."""
    return [int(number) for number in re.findall(rf'"{LIST}/(\d+)"', page)]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", ["", "/en"])
def test_every_view_is_painted_before_its_scripts_and_names_every_project(
    site: Site, view: str, language: str
) -> None:
    path = f"{language}{LIST}"
    assert set(re.findall(rf'href="{path}/(\d+)"', site.visitor().ask(f"{path}?view={view}").text)) == {
        str(number) for number in range(1, 11)
    }
    assert len(set(re.findall(rf'"{path}/(\d+)"', told(site, path, f"?view={view}")))) == 10


@pytest.mark.parametrize(
    "path", [f"{LIST}/3", f"/en{LIST}/6", f"/{COUNTY}/2023/projects/1", f"/{TOWNSHIP}/2025/projects/1"]
)
def test_a_project_is_painted_before_its_scripts(site: Site, path: str) -> None:
    text = site.visitor().ask(path).text
    assert '<div id="first">' in text
    first = text.partition('<div id="first">')[2].partition('<div id="react-entry-point">')[0]
    assert 'class="way"' in first
    assert first.count("<svg") > 4


def test_the_finding_of_the_list_is_its_title(make_site: Makes) -> None:
    """On a site of its own: tests of the shared one publish reports."""
    answer = make_site().visitor().open(LIST).json
    assert answer is not None
    assert answer["response"]["title"]["data"] == "下半年落后集中在3项，老旧小区改造从5月起一直落后"


@pytest.mark.parametrize("sort", [sign + name for name in SORTS for sign in ("", "-")])
def test_the_list_is_sorted_as_the_address_says(site: Site, sort: str) -> None:
    page = told(site, LIST, f"?sort={sort}")
    assert "不适用" not in page
    assert sorted(order(page)) == list(range(1, 11))
    if sort == "gap":
        assert order(page)[:3] == [3, 7, 9]
    if sort == "-votes":
        assert order(page) == list(range(1, 11))


def test_the_address_narrows_the_list(site: Site) -> None:
    assert order(told(site, LIST, "?light=amber")) == [7, 9]
    assert order(told(site, LIST, "?q=学校食堂 不在")) == []
    assert order(told(site, LIST, "?q=明厨")) == [6]
    assert order(told(site, LIST, "?category=交通出行")) == [5, 9]
    assert 6 in order(told(site, LIST, "?place=990121100"))
    assert 3 not in order(told(site, LIST, "?place=990121100"))
    page = told(site, LIST, "?stage=candidate")
    assert order(page) == []
    assert "未入选：过半数，名额外" in page
    for stage in STAGES:
        told(site, LIST, f"?stage={stage}&view=heat")


def test_a_filter_that_matches_nothing_offers_the_way_back(site: Site) -> None:
    page = told(site, LIST, "?q=没有这个项目")
    assert "没有符合条件的内容" in page
    assert f'"href": "{LIST}"' in page


@pytest.mark.parametrize(
    "search",
    [
        "?view=map",
        "?sort=age",
        "?stage=dead&light=red",
        "?place=1",
        "?department=x",
        "?year=2025",
        "?%ff&a=b",
    ],
)
def test_what_an_old_address_asks_in_vain_is_told(site: Site, search: str) -> None:
    page = told(site, LIST, search)
    assert "不适用" in page
    assert "项目清单" in page


@pytest.mark.parametrize("item", ["99", "0", "x", "03", "1-2", "-1", "99999999999999999999"])
def test_an_unknown_project_is_not_found(site: Site, item: str) -> None:
    assert "没有找到这个页面" in told(site, f"{LIST}/{item}")


def test_a_cycle_without_projects_says_when_they_come(site: Site) -> None:
    assert "这里将列出2026年度的民生实事项目" in told(site, f"/{COUNTY}/2026/projects")


def test_what_is_missing_reads_well_and_what_waits_is_told_to_few(make_site: Makes) -> None:
    site = make_site()
    plant_project(site.store, 51, (800, 1600, None, 3300))
    plant_project(site.store, 52)
    hidden = plant_project(site.store, 53, (900,), published=False, name="尚未公告的项目")
    own = projects(site.store)[2]
    with site.store.system().writing() as session:
        session.add(report(own.id, 9, 6400, state="submitted", published_at=None, done_text="等待公布的月报"))
    for number in (51, 52):
        page = told(site, f"{LIST}/{number}")
        assert LONG in page
        assert "没有单独下达计划" in page
        assert "该项目没有票决记录" in page
        assert "没有公布年度资金" in page
    assert "还没有公布的月报" not in told(site, f"{LIST}/51")
    assert "逾期未报" in told(site, f"{LIST}/51")
    for view in VIEWS:
        page = told(site, LIST, f"?view={view}")
        assert {51, 52} <= set(order(page))
        assert "尚未公告的项目" not in page
    assert "没有找到这个页面" in told(site, f"{LIST}/53")
    assert str(hidden) not in told(site, LIST)
    for who, sees in ((None, False), ("deputy", False), ("another department", False), ("township clerk", False),
                      ("clerk", True), ("leader", True), ("department", True)):  # fmt: skip
        assert ("等待公布的月报" in told(site, f"{LIST}/3", who=who)) == sees, who


def test_the_overview_leads_to_the_project_and_to_all_of_them(site: Site) -> None:
    page = told(site, f"/{COUNTY}/2025")
    assert f'"href": "{LIST}/3"' in page
    assert f'"href": "{LIST}"' in page


def test_the_months_under_the_curve_are_those_of_the_curve(site: Site) -> None:
    page = json.loads(told(site, f"{LIST}/3"))
    found = re.findall(r"aligned-(\w+)", json.dumps(page))
    assert found == ["planned", "actual", "promised", "gap", "marks"]
