"""The page of wishes: funnel, candidates and list, whatever its address asks."""

from datetime import date

import pytest
from sqlalchemy import select

from dashboard.store.loading.gathering import key_of
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.orders import Order
from tests.commands.people import COUNTY, TOWNSHIP
from tests.conftest import NOW
from tests.web.conftest import Makes
from tests.web.visitor import Site, plain

PAGE = f"/{COUNTY}/2025/orders"
SECRET = "尚未梳理的建议，不应公开"
LONG = "字数很多的建议" * 60


@pytest.fixture(scope="module")
def asked_for(make_site: Makes) -> Site:
    """A site with one wish more that was only received, and a very long one."""
    site = make_site()
    own = key_of("congress", COUNTY)
    with site.store.system().writing() as session:
        cycle = session.scalars(select(Cycle.id).where(Cycle.congress_id == own, Cycle.year == 2025)).one()
        for number, text, published in ((9000, SECRET, None), (9001, LONG, NOW)):
            session.add(
                Order(
                    congress_id=own, id=new_id(), cycle_id=cycle, merged_into_id=None, number=number, text=text,
                    category="教育", area_code=None, channel="信访", received_on=date(2024, 9, 2), state="转办",
                    published_at=published,
                )
            )  # fmt: skip
    site.raise_topics(own, "orders")
    return site


def told(site: Site, search: str = "", path: str = PAGE, who: str | None = None) -> str:
    answer = site.visitor(who).open(path, search)
    assert answer.status_code == 200
    return plain(answer)


def test_the_whole_shows_the_funnel_the_candidates_and_what_collects_now(asked_for: Site) -> None:
    page = told(asked_for)
    assert "1,286条建议合并为412件，12项成为候选，入选10项" in page
    assert "12项候选选10项，差额比1.20" in page
    assert f'"{PAGE}?candidate=12"' in page
    assert f'"/{COUNTY}/2025/projects/10"' in page
    assert "2026年度群众点单正在进行" in page
    assert f'"/{COUNTY}/2026/orders"' in page


def test_a_cycle_that_collects_now_says_until_when(asked_for: Site) -> None:
    page = told(asked_for, path=f"/{COUNTY}/2026/orders")
    assert "2026年度正在征集" in page
    assert "征集至2025年10月31日" in page
    listed = told(asked_for, "?show=wishes", f"/{COUNTY}/2026/orders")
    assert "建议经梳理后在此公开" in listed


@pytest.mark.parametrize("who", [None, "clerk", "leader", "township clerk"])
@pytest.mark.parametrize(
    "search", ["", "?show=wishes&sort=-number", "?q=尚未梳理", "?category=教育&sort=-number"]
)
def test_what_was_only_received_shows_nowhere(asked_for: Site, who: str | None, search: str) -> None:
    for language in ("", "/en"):
        assert SECRET not in told(asked_for, search, language + PAGE, who)
        assert SECRET not in asked_for.visitor(who).ask(language + PAGE + search).text


def test_the_wishes_behind_a_candidate_are_listed_with_it(asked_for: Site) -> None:
    page = told(asked_for, "?candidate=3")
    assert "第3项候选“城区老旧小区改造24个”背后的37条建议" in page
    assert "并入第3项候选" in page


def test_a_list_is_asked_for_and_turned_over_in_its_address(asked_for: Site) -> None:
    first, second = told(asked_for, "?show=wishes"), told(asked_for, "?show=wishes&page=2")
    assert "第1—50条" in first
    assert "第51—100条" in second
    assert "sort=-day" in told(asked_for, "?show=wishes&sort=day")
    assert "第1—50条" in told(asked_for, "?show=wishes&page=999")
    assert LONG in told(asked_for, "?q=9001")


@pytest.mark.parametrize(
    "search",
    [
        "?category=没有这一类",
        "?area=110000",
        "?state=lost",
        "?candidate=99",
        "?candidate=x",
        "?sort=text",
        "?tab=1",
    ],
)
def test_what_an_address_asks_in_vain_is_told(asked_for: Site, search: str) -> None:
    page = told(asked_for, search)
    assert "地址中的部分条件已不适用" in page


def test_a_filter_that_matches_nothing_says_so(asked_for: Site) -> None:
    assert "没有符合条件的内容" in told(asked_for, "?q=没有人写过这句话")


def test_a_word_that_this_version_does_not_know_is_printed_as_it_is(asked_for: Site) -> None:
    page = told(asked_for, "?q=9001")
    assert "信访" in page
    assert "转办" in page


def test_a_township_has_its_own_wishes(asked_for: Site) -> None:
    page = told(asked_for, path=f"/{TOWNSHIP}/2025/orders")
    assert "5项成为候选，入选3项" in page
    assert LONG not in page


def test_the_stages_of_the_overview_lead_to_their_pages(asked_for: Site) -> None:
    page = told(asked_for, path=f"/{COUNTY}/2025")
    for place in ("orders", "rounds", "projects", "assessments"):
        assert f'"/{COUNTY}/2025/{place}"' in page
