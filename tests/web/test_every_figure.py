"""Every chart of every page is a figure that plotly takes, and has a source, a table behind it and a sentence."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from plotly.graph_objects import Figure

from dashboard.web.addresses import COMMON, PAGES, WITH_ITEMS
from tests.commands.people import COUNTY, TOWNSHIP
from tests.web.visitor import ROUTING, Site, Visitor

YEARS = (2024, 2025, 2026)
LOOKS = (("light", False), ("dark", True))
# What leads from a list to one thing the public may open; the others are reached by those who hold or vote a round.
LISTED = {"departments", "deputies", "inquiries", "rounds"}


def opened(visitor: Visitor, path: str, theme: str, narrow: bool) -> Any:
    path, _, search = path.partition("?")
    where = {"path": path, "search": f"?{search}" if search else "", "theme": theme, "narrow": narrow}
    answer = visitor.send(visitor.site_body(ROUTING, {ROUTING: where}))
    assert answer.status_code == 200, answer.text
    told = answer.json
    assert told is not None
    return told["response"]["view"]["children"]


def parts(tree: Any) -> Iterator[Any]:
    """Yield every component of a page."""
    if isinstance(tree, list):
        for one in tree:
            yield from parts(one)
    elif isinstance(tree, dict) and "props" in tree:
        yield tree
        for value in tree["props"].values():
            if isinstance(value, list | dict):
                yield from parts(value)


def addresses(site: Site) -> list[str]:
    """Return every page of a county in three cycles and of a township, and the first things of each page."""
    found = [f"/{page}" for page in sorted(COMMON)]
    for code, years in ((COUNTY, YEARS), (TOWNSHIP, (2025,))):
        for year in years:
            found.append(f"/{code}/{year}")
            found += [f"/{code}/{year}/{page}" for page in sorted(PAGES - COMMON - {"overview"})]
    for page in WITH_ITEMS:
        text = json.dumps(opened(site.visitor(), f"/{COUNTY}/2025/{page}", "light", False))
        items = re.findall(rf'"(/{COUNTY}/2025/{page}/[0-9a-z-]+)"', text)
        assert bool(items) or page not in LISTED, page
        found += items[:2]
    return found


@pytest.mark.parametrize("who", [None, "leader", "deputy"])
def test_every_figure_is_one(site: Site, who: str | None) -> None:
    seen = 0
    for path in addresses(site):
        for theme, narrow in LOOKS:
            for one in parts(opened(site.visitor(who), path, theme, narrow)):
                if one["type"] == "Graph":
                    Figure(one["props"]["figure"])
                    seen += 1
    assert seen > 30


def test_every_chart_has_a_title_its_source_a_table_and_a_sentence(site: Site) -> None:
    for path in addresses(site):
        for card in parts(opened(site.visitor(), path, "light", False)):
            if "card" not in str(card["props"].get("className", "")).split():
                continue
            within = list(parts(card["props"].get("children")))
            if not any(one["type"] == "Graph" for one in within):
                continue
            charts = {one["props"]["id"] for one in within if one["type"] == "Graph"}
            saved = {one["props"].get("data-picture") for one in within} - {None}
            assert len(saved) == 1, path
            assert saved <= charts, path
            styles = {style for one in within for style in str(one["props"].get("className", "")).split()}
            labels = [one["props"].get("aria-label") for one in within if one["props"].get("role") == "img"]
            assert {"card-title", "source", "behind", "download"} <= styles, path
            assert all(labels), path
