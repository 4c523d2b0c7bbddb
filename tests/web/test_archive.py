"""The archive, the data page and the search for a congress, as the public opens them."""

import json
import re
from urllib.parse import quote

import pytest

from dashboard.i18n import words
from dashboard.queries.data_sets import SETS
from tests.commands.people import COUNTY, TOWNSHIP
from tests.web.visitor import Site, plain

NINGHAI, ZHANGJIAGANG = "浙江省宁海县", "江苏省张家港市"


def told(site: Site, path: str, search: str = "", who: str | None = None) -> str:
    answer = site.visitor(who).open(path, search)
    assert answer.status_code == 200
    return plain(answer)


def place(name: str, **more: object) -> str:
    return f"?region={quote(name)}" + "".join(f"&{key}={value}" for key, value in more.items())


def charts(page: str) -> int:
    return page.count('"type": "Graph"')


def test_the_front_says_how_much_there_is_and_carries_few_charts(site: Site) -> None:
    page = told(site, "/archive")
    assert "316项写明经代表票决" in page
    assert 1 <= charts(page) <= 3
    assert "100余" in page
    assert "推断" in page


@pytest.mark.parametrize(
    "search", ["?show=kinds", "?sort=-projects", "?sort=-elected", "?page=3", "?page=99"]
)
def test_the_table_of_places_follows_the_address(site: Site, search: str) -> None:
    page = told(site, "/archive", search)
    # Projects are no column of the table: an address of another version asks for it in vain.
    assert ("不适用" in page) == ("projects" in search)


def test_a_place_shows_its_rows_with_their_sources(site: Site) -> None:
    page = told(site, "/archive", place(NINGHAI, year=2020))
    assert "宁海新闻网" in page
    assert '"rel": "noreferrer"' in page
    assert "原表数字有疑" in page or words("zh-CN")("grades.as_printed") in page
    # Its satisfaction ballots, and its kinds of projects beside those of other years.
    assert charts(page) == 2


def test_what_was_only_listed_is_never_called_voted(site: Site) -> None:
    page = told(site, "/archive", place(ZHANGJIAGANG, year=2017))
    assert "未见经代表票决" in page
    assert page.count("公布清单") > 17
    # The word stands in the filter and in the counts only.
    assert "tag tag-blue" not in page


def test_links_lead_to_official_and_named_hosts_only(site: Site) -> None:
    page = told(site, "/archive", place("重庆市万州区", year=2024))
    assert "wxredian.com" in page
    assert '"href": "https://wxredian.com' not in page
    assert "未载网址" in told(site, "/archive", place("四川省雅安市雨城区"))
    for _, address in re.findall(r'"(href)": "(https?://[^"]+)"', told(site, "/archive", place(NINGHAI))):
        assert re.match(r"https?://([^/]+\.)?(gov\.cn|cnnb\.com\.cn)/", address)


def test_shares_of_task_and_investment_stand_apart(site: Site) -> None:
    page = told(site, "/archive", place("湖北省黄石市", year=2023))
    assert "条任务进度" in page
    assert "条投资进度" in page
    assert "120.3%" in told(site, "/archive", place("重庆市万州区", year=2024))
    assert "无同名项目" in told(site, "/archive", place("浙江省杭州市临安区"))


@pytest.mark.parametrize(
    ("search", "found"),
    [
        (place(NINGHAI, year=2019), "该地没有2019年的资料"),
        (place("没有的县"), "不适用"),
        ("?category=moon&year=1066", "不适用"),
        (place(NINGHAI, category="health", stage="listed"), "没有符合条件"),
        ("?category=other&stage=candidate&year=2010", "没有符合条件"),
        ("?region=", "83个地方"),
        ("?%ff=%ff&region=%ff", "83个地方"),
    ],
)
def test_an_address_that_asks_in_vain_says_so(site: Site, search: str, found: str) -> None:
    assert found in told(site, "/archive", search)


def test_a_category_compares_the_places(site: Site) -> None:
    page = told(site, "/en/archive", "?category=education")
    assert charts(page) == 1
    assert "projects of" in page


def test_names_on_english_pages_are_marked_as_chinese(site: Site) -> None:
    answer = json.loads(site.visitor().open("/en/archive", place(NINGHAI, year=2020)).data)
    bare: list[str] = []

    def walk(node: object, lang: str) -> None:
        if isinstance(node, list):
            for one in node:
                walk(one, lang)
        elif isinstance(node, dict):
            if node.get("type") in {"Graph", "Select"}:
                return
            walk(node["props"].get("children"), node["props"].get("lang", lang))
        elif isinstance(node, str) and re.search(r"[\u4e00-\u9fff]", node) and lang != "zh-CN":
            bare.append(node)

    walk(answer["response"]["view"]["children"], "en")
    assert [text for text in bare if text != "中文"] == []


@pytest.mark.parametrize("path", [f"/{COUNTY}/2025/data", f"/en/{TOWNSHIP}/2025/data", f"/{COUNTY}/data"])
@pytest.mark.parametrize("who", [None, "clerk", "another deputy"])
def test_the_data_page_lists_every_file(site: Site, path: str, who: str | None) -> None:
    page = told(site, path, who=who)
    code = TOWNSHIP if TOWNSHIP in path else COUNTY
    for name in SETS:
        for kind in ("csv", "json"):
            assert f'"/download/{code}/2025/{name}.{kind}"' in page
    assert words("en" if "/en" in path else "zh-CN")("tag.simulated") in page


def test_a_member_is_told_of_published_rows_only(site: Site) -> None:
    """The counts are those of the files."""
    pages = [told(site, f"/{COUNTY}/2025/data", who=who) for who in (None, "clerk")]
    # A component's properties come in any order.
    cells = [re.findall(r'"props": (\{[^{}]*"className": "number"[^{}]*\})', page) for page in pages]
    counts = [[json.loads(cell)["children"] for cell in found] for found in cells]
    assert counts[0] == counts[1]
    answer = json.loads(site.visitor().ask(f"/download/{COUNTY}/2025/wishes.json").data)
    assert f"{answer['about']['count']:,}" in counts[0]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("?q=990121100", ["/990121100"]),
        ("?q=990121", ["/990121", "/990121100"]),
        ("?q=%25", []),
        ("?q=_", []),
        ("?q=%27%20OR%201=1", []),
        ("?q=Zzz", []),
    ],
)
def test_a_congress_is_found_by_name_or_code(site: Site, search: str, found: list[str]) -> None:
    page = told(site, "/congresses", search)
    content = page[: page.index('"page": {"data"')] if '"page": {"data"' in page else page
    for path in found:
        assert f'"href": "{path}"' in content
    assert ("没有符合条件" in page) == (not found)


def test_a_congress_is_found_by_a_part_of_its_name_in_both_languages(site: Site) -> None:
    county = site.web.directory.find(COUNTY)
    assert county is not None
    assert "找到1个" in told(site, "/congresses", f"?q={quote(county.name_zh[:3])}")
    english = told(site, "/en/congresses", f"?q={county.name_en.split()[0].lower()}")
    assert f'"/en/{COUNTY}"' in english
