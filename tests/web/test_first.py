"""The first paint: the public's page in the index itself, the same as the scripts then draw, and nobody else's."""

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import pytest
from dash import dcc, html

from dashboard.store.loading.gathering import key_of
from dashboard.web.markup import VOID, Unwritten, markup
from tests.commands.people import COUNTY, projects
from tests.web.visitor import Site

READ = [
    "/", f"/{COUNTY}/2025", f"/en/{COUNTY}/2025", f"/{COUNTY}/2026", "/archive", "/en/archive",
    f"/archive?region={quote('浙江省杭州市临安区')}", "/en/archive?category=education&page=2",
    "/congresses", f"/en/{COUNTY}/2025/data",
]  # fmt: skip


class Reader(HTMLParser):
    """Collects what stands in the first paint: its texts, attributes and tags; it must be balanced."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.tags: list[str] = []
        self._open: list[str] = []
        if '<div id="first">' in page:
            inner = page.partition('<div id="first">')[2].partition('<div id="react-entry-point">')[0]
            self.feed(inner.rstrip().removesuffix("</div>"))
            self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def first(site: Site, path: str, who: str | None = None) -> Reader:
    return Reader(site.visitor(who).ask(path).text)


def opened(site: Site, path: str) -> Any:
    plain, _, query = path.partition("?")
    told = site.visitor().open(plain, f"?{query}" if query else "").json
    assert told is not None
    return told


@pytest.mark.parametrize("path", READ)
def test_what_the_routing_lays_out_stands_in_the_index(site: Site, path: str) -> None:
    """Word for word and in its order; only the drawings bring words of their own between."""
    told = opened(site, path)
    laid_out = [text for text in _leaves(told["response"]["view"]["children"]) if text.strip()]
    assert len(laid_out) > 20
    written, at = "".join(first(site, path).texts), 0
    for text in laid_out:
        assert text in written[at:]
        at = written.index(text, at) + len(text)


def _leaves(tree: object) -> list[str]:
    """Return the texts of a laid-out page in their order, and what a choice has chosen."""
    if isinstance(tree, list):
        return [text for one in tree for text in _leaves(one)]
    if not isinstance(tree, dict):
        return [str(tree)] if isinstance(tree, (str, int, float)) and not isinstance(tree, bool) else []
    props = tree["props"]
    if tree["type"] == "Input":
        return [props["value"]] if props["type"] == "search" else []
    if tree["type"] == "Select":
        return [one["label"] for one in props["options"] if one["value"] == props["value"]]
    return _leaves(props.get("children"))


@pytest.mark.parametrize("path", READ)
def test_nothing_in_it_can_stand_twice_or_run(site: Site, path: str) -> None:
    page = first(site, path)
    assert page.tags
    names = {name for name, _ in page.attributes}
    assert "id" not in names
    assert not [name for name in names if name.startswith("on")]
    assert not {"script", "form", "input", "iframe"} & set(page.tags)
    assert not [value for _, value in page.attributes if value and value.startswith("javascript:")]


def test_the_title_of_the_window_is_the_pages_own(site: Site) -> None:
    for path in (*READ, "/nowhere", "/en/990199"):
        told = opened(site, path)
        title = re.search("<title>(.*?)</title>", site.visitor().ask(path).text)
        assert title is not None
        assert title[1] == told["response"]["title"]["data"]


def test_a_form_has_none(site: Site) -> None:
    assert first(site, "/sign-in").tags == []
    assert first(site, "/en/sign-in").tags == []


@pytest.mark.parametrize("who", ["clerk", "deputy", "leader"])
def test_a_member_is_shown_nothing_of_the_public(site: Site, who: str) -> None:
    site.visitor().ask(f"/{COUNTY}/2025")
    assert first(site, f"/{COUNTY}/2025", who).tags == []
    assert first(site, f"/{COUNTY}/2025/desk", who).tags == []


def test_what_is_for_members_alone_is_not_in_it(site: Site) -> None:
    page = first(site, f"/{COUNTY}/2025/desk")
    assert "这项操作要先登录。" in page.texts


def test_it_follows_a_change(site: Site) -> None:
    path = f"/{COUNTY}/2025"
    site.visitor().ask(path)
    assert "ETag" in site.visitor().ask(path).headers
    site.raise_topics(key_of("congress", COUNTY), "progress")
    assert "ETag" not in site.visitor().ask(path).headers
    assert "ETag" in site.visitor().ask(path).headers


def test_it_shows_the_project_that_the_address_names(site: Site) -> None:
    names = []
    for project in projects(site.store)[:2]:
        page = first(site, f"/{COUNTY}/2025?project={project.id}")
        names.append("".join(page.texts))
    assert names[0] != names[1]


@pytest.mark.parametrize("query", ["project=%00", "project=x", "theme=dark", "%ff", "a=" + "b" * 3000])
def test_an_odd_query_is_no_error(site: Site, query: str) -> None:
    assert site.visitor().ask(f"/{COUNTY}/2025?{query}").status_code == 200


def test_a_flood_of_pages_is_told_to_wait(site: Site) -> None:
    visitor = site.visitor(address="203.0.113.77")
    rate = site.web.rates.senders
    rate._left[visitor.address] = (0.0, float("inf"))
    answer = visitor.ask(f"/{COUNTY}/2025?flood")
    rate._left.pop(visitor.address)
    assert answer.status_code == 429


def test_markup_is_what_the_component_says() -> None:
    made = html.Div(
        [
            html.A("a<b", href='/x?"', className="one"),
            None,
            html.Br(),
            3,
            dcc.Store(id="s"),
            html.Img(alt=""),
        ],
        id="gone",
        style={"--place": "3%", "minHeight": "4px"},
        **{"data-x": "1", "aria-label": "l&r", "aria-controls": "gone"},
    )
    assert markup(made, made) == (
        '<div aria-label="l&amp;r" data-x="1" style="--place:3%;min-height:4px">'
        '<a class="one" href="/x?&quot;">a&lt;b</a><br>3<img alt=""></div>'
    )


def test_what_is_typed_into_has_no_first_paint() -> None:
    for component in (dcc.Input(type="text"), dcc.Textarea(), dcc.Dropdown(), html.Form(method="post")):
        with pytest.raises(Unwritten):
            markup(html.Div(component), html.Div(component))
