"""A crawl of everything that the public can reach by links finds nothing internal: pages, their data, downloads.

It follows links alone, so a page that is added is found as soon as one leads to it. Of pages that differ only by the
thing they show, and of the many ways to filter and sort one list, some are opened.
"""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlsplit

import pytest

from dashboard.store.loading.gathering import key_of
from dashboard.web import addresses
from dashboard.web.pages import PAGES
from tests.commands.people import COUNTY
from tests.web.conftest import Makes
from tests.web.planting import HIDDEN, SHOWN, leaks, plant
from tests.web.visitor import Site

LINK = re.compile(r'href="(/[^"]*)"')
LAID_OUT = re.compile(r'"href":\s*"(/[^"]*)"')
# How many of one kind are opened: the county's come first, its townships and the other language are the same pages.
MOST = 1_400
PAGES_OF_A_KIND, QUERIES_OF_A_KIND, FILES_OF_A_KIND = 16, 12, 4
# Of a round that goes on, which no public page leads to; the voting page and the hall are entered by their own way.
FOR_MEMBERS = {
    "account", "board", "candidates", "checking", "conduct", "desk", "hall", "paper", "papers", "plan", "report",
    "rule-sets", "screen", "tasks", "vote", "what-if",
}  # fmt: skip


@dataclass
class Crawl:
    """What has been seen: each address with its status, and what leaked where."""

    site: Site
    seen: dict[str, int] = field(default_factory=dict)
    leaked: dict[str, list[str]] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    waiting: deque[str] = field(default_factory=lambda: deque(["/"]))
    kinds: Counter[tuple[object, ...]] = field(default_factory=Counter)

    def run(self) -> None:
        """Follow every link that leads to something of a kind not seen often enough."""
        while self.waiting and len(self.seen) < MOST:
            address = self.waiting.popleft()
            if address not in self.seen:
                self._open(address)

    def _open(self, address: str) -> None:
        path, _, query = address.partition("?")
        visitor = self.site.visitor(address=f"192.0.2.{len(self.seen) % 200}")
        answer = visitor.ask(address)
        self.seen[address] = answer.status_code
        texts = [answer.get_data(as_text=True)]
        if not path.startswith("/download/"):
            # What the scripts ask for when the page opens: it may say more than the first paint does.
            texts.append(visitor.open(path, f"?{query}" if query else "").get_data(as_text=True))
        found = [leak for text in texts for leak in leaks(text)]
        if found:
            self.leaked[address] = found
        if any(SHOWN in text or SHOWN.encode("unicode_escape").decode() in text for text in texts):
            self.shown.add(address)
        for text in texts:
            for link in [*LINK.findall(text), *LAID_OUT.findall(text)]:
                self._meet(unescape(link.encode().decode("unicode_escape") if "\\u" in link else link))

    def _meet(self, link: str) -> None:
        link = link.partition("#")[0]
        if link in self.seen or link.startswith(("/assets", "/_dash", "/_favicon")):
            return
        parts = urlsplit(link)
        known = addresses.read(parts.path)
        kind: tuple[object, ...] = (parts.path.rpartition("/")[2],)
        most = FILES_OF_A_KIND
        if known is not None:
            # The archive's places are told apart by their query alone.
            asked = [part.partition("=")[0] for part in parts.query.split("&")][:1]
            kind = (known.page, known.item is not None, known.language, *asked)
            most = QUERIES_OF_A_KIND if parts.query else PAGES_OF_A_KIND
        self.kinds[kind] += 1
        if self.kinds[kind] <= most:
            self.waiting.append(link)


@pytest.fixture(scope="module")
def crawl(make_site: Makes) -> Crawl:
    site = make_site()
    plant(site.store)
    site.raise_topics(
        key_of("congress", COUNTY),
        "cycle", "orders", "progress", "voting", "inquiry", "assessment", "supervision",
    )  # fmt: skip
    crawled = Crawl(site)
    crawled.run()
    return crawled


def test_nothing_planted_is_found(crawl: Crawl) -> None:
    assert crawl.leaked == {}


def test_the_crawl_would_have_seen_it(crawl: Crawl) -> None:
    """A row that is published is found, and a member's page shows what is not."""
    assert any(address.startswith("/download/") for address in crawl.shown)
    assert leaks(f'"{HIDDEN}月报"')
    assert leaks(crawl.site.visitor("clerk").open(f"/{COUNTY}/2025/desk").text)


def test_it_opened_every_kind_of_page_and_file(crawl: Crawl) -> None:
    pages = {known.page for known in map(addresses.read, map(_path, crawl.seen)) if known is not None}
    assert set(PAGES) - FOR_MEMBERS <= pages
    files = [address for address in crawl.seen if address.startswith(f"/download/{COUNTY}/2025/")]
    assert len(files) >= 30
    assert [address for address in crawl.seen if address.startswith("/download/archive/")]
    assert [address for address in crawl.seen if "region=" in address]
    assert len(crawl.seen) < MOST, crawl.kinds.most_common(20)


def test_no_link_leads_nowhere(crawl: Crawl) -> None:
    assert {address: status for address, status in crawl.seen.items() if status != 200} == {}


def _path(address: str) -> str:
    return address.partition("?")[0]
