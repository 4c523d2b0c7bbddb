"""docs/addresses.md names every page, and each query key that it names is one that the page knows."""

import re

import pytest

from dashboard.config import ROOT
from dashboard.web.addresses import COMMON, PAGES, WITH_ITEMS
from dashboard.web.pages import PAGES as LAID_OUT
from tests.commands.people import COUNTY
from tests.web.visitor import Site, plain

LINES = [
    line.split("|")
    for line in (ROOT / "docs" / "addresses.md").read_text("utf-8").splitlines()
    if line.startswith("| `")
]
BOOK = {re.findall(r"`/?([a-z-]+)`", cells[1])[0]: cells for cells in LINES}
# Read by its own rule, not from a list of keys.
OWN = {"sign-in"}


def test_every_page_stands_in_the_book_and_is_laid_out() -> None:
    assert set(BOOK) == PAGES - {"overview"}
    assert set(LAID_OUT) == PAGES
    assert {name for name, page in LAID_OUT.items() if page.item} == WITH_ITEMS


@pytest.mark.parametrize("page", sorted(set(BOOK) - OWN))
def test_what_the_book_does_not_name_is_told_and_what_it_names_is_not(site: Site, page: str) -> None:
    named = re.findall(r"`([a-z]+)(?:=[a-z]+)?`", BOOK[page][-2].replace("`list`, `heat`, `curves`", ""))
    path = f"/{page}" if page in COMMON else f"/{COUNTY}/2025/{page}"
    free = [key for key in named if key in {"q", "find", "page"}]
    query = "&".join(f"{key}={2 if key == 'page' else '街'}" for key in free)
    who = "leader" if page in {"desk", "assessments", "account", "board"} else None
    told = plain(site.visitor(who).open(path, f"?{query}"))
    assert "不适用" not in told
