"""Charts as pictures: each chart of a page at an address of its own, as the page's own reader sees it."""

import re
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from dashboard.web.parts.projects_head import VIEWS
from dashboard.web.security import Rate
from tests.commands.people import COUNTY
from tests.projects import OWN, plant_project
from tests.web.conftest import Makes
from tests.web.test_every_figure import opened, parts
from tests.web.visitor import Site, Visitor

LIST = f"/{COUNTY}/2025/projects"
PAGES = (
    f"/{COUNTY}/2025",
    "/",
    f"/en/{COUNTY}/2025/projects/3?money=1",
    f"/{COUNTY}/2025/rounds",
    f"/{COUNTY}/2025/orders",
    f"/en/{COUNTY}/2025/orders",
    f"/{COUNTY}/2024/assessments",
    "/archive",
    "/archive?category=education",
    "/archive?region=浙江省宁海县&year=2020",
    "/archive?region=浙江省宁海县&year=2021",
    f"/{COUNTY}/2025/departments?view=compare",
    f"/{COUNTY}/2025/townships?by=department&weight=money",
    *(f"{LIST}?view={view}" for view in VIEWS[1:]),
)


@pytest.fixture(scope="module")
def site(make_site: Makes) -> Site:
    """Of its own: a round that another test left undecided has no bars to draw."""
    return make_site()


def drawn(visitor: Visitor, chart: str, page: str) -> str:
    answer = visitor.ask(f"/picture/{chart}{quote(page, safe='/?=&')}")
    assert answer.status_code == 200, (chart, page)
    assert answer.content_type == "image/svg+xml; charset=utf-8"
    ElementTree.fromstring(answer.text)
    return answer.text


@pytest.mark.parametrize("page", PAGES)
def test_every_chart_that_a_page_offers_as_a_picture_is_one(site: Site, page: str) -> None:
    visitor = site.visitor()
    offered = {
        one["props"]["data-picture"]
        for one in parts(opened(visitor, page, "light", False))
        if "data-picture" in one["props"]
    }
    assert offered
    for chart in offered:
        text = drawn(visitor, chart, page)
        assert len(re.findall(r"<(?:path|circle)", text)) > 3
        assert ("模拟数据" in text or "Simulated data" in text) == (not page.startswith("/archive"))


def test_the_picture_follows_the_address(site: Site) -> None:
    visitor = site.visitor()
    every = drawn(visitor, "projects-rank", f"{LIST}?view=rank")
    red = drawn(visitor, "projects-rank", f"{LIST}?view=rank&light=red")
    assert every.count("−18.0") == red.count("−18.0") == 1
    assert len(red) < len(every) / 3
    assert "Progress ranking" in drawn(visitor, "projects-rank", f"/en{LIST}?view=rank")
    answer = visitor.ask(f"/picture/projects-rank{LIST}?view=rank")
    assert answer.headers["Content-Disposition"].endswith(".svg")


@pytest.mark.parametrize(
    "address",
    [
        f"/picture/nothing{LIST}",
        f"/picture/projects-rank{LIST}",
        f"/picture/projects-rank{LIST}?view=slip",
        "/picture/overview-curve/000000/2025",
        "/picture/overview-curve/nowhere",
        "/picture/project-curve" + LIST + "/99",
        "/picture/main/",
    ],
)
def test_what_is_no_chart_of_the_page_is_not_found(site: Site, address: str) -> None:
    assert site.visitor().ask(address).status_code == 404


def test_who_may_not_see_a_page_gets_no_picture_of_it(site: Site) -> None:
    """The ranks of departments are not public."""
    page = f"/{COUNTY}/2024/assessments"
    charts = {
        who: {
            one["props"]["data-picture"]
            for one in parts(opened(site.visitor(who), page, "light", False))
            if "data-picture" in one["props"]
        }
        for who in (None, "leader")
    }
    inside = charts["leader"] - charts[None]
    assert inside
    for chart in inside:
        drawn(site.visitor("leader"), chart, page)
        assert site.visitor().ask(f"/picture/{chart}{page}").status_code == 404


def test_who_asks_for_too_many_is_stopped(make_site: Makes) -> None:
    site = make_site()
    site.web.rates.senders = Rate(0.001, 2)
    asked = [site.visitor().ask(f"/picture/nothing{LIST}").status_code for _ in range(3)]
    assert asked == [404, 404, 429]


def test_a_picture_is_kept_for_the_public_until_something_changes(make_site: Makes) -> None:
    site = make_site()
    address = f"/picture/projects-rank{LIST}?view=rank"
    first = site.visitor().ask(address)
    plant_project(site.store, 60, (2_000,), short_name="新的一项", name="新的一项实事")
    kept = site.visitor().ask(address)
    assert (kept.text, kept.headers["Cache-Control"]) == (first.text, "no-cache")
    site.raise_topics(OWN, "progress")
    assert "新的一项实事" in site.visitor().ask(address).text
    assert site.visitor("clerk").ask(address).headers["Cache-Control"] == "no-store"


def test_lines_of_a_curve_differ_without_colour(site: Site) -> None:
    """What a printer in black leaves: thickness, dashes and dots."""
    text = drawn(site.visitor(), "overview-curve", f"/{COUNTY}/2025")
    looks = {
        (width, dashes)
        for width, dashes in re.findall(r'stroke-width="([\d.]+)"(?: stroke-dasharray="([\d. ]+)")?', text)
        if width in {"1.6", "2", "2.6"}
    }
    assert {("1.6", ""), ("2", "7 4"), ("2", "2 3"), ("2.6", "")} <= looks
