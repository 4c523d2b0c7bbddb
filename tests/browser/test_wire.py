"""What goes over the wire at a first visit: little, once, and nowhere else."""

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import arrive
from tests.browser.places import drawn
from tests.browser.watching import Watch, callbacks

pytestmark = pytest.mark.browser

MOST_BYTES = 700 * 1024


@pytest.fixture
def first_visit(visitor) -> tuple[Page, list[int]]:
    """The overview opened by a browser that keeps nothing yet, and the bytes of each answer."""
    context: BrowserContext = visitor()
    page = context.new_page()
    sizes: list[int] = []
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    arrive(page, "/990121/2025")
    drawn(page, 2)
    page.wait_for_load_state("networkidle")
    return page, sizes


def test_a_first_visit_is_small(first_visit: tuple[Page, list[int]]) -> None:
    sizes = first_visit[1]
    assert len(sizes) > 10
    assert sum(sizes) <= MOST_BYTES, f"{sum(sizes) / 1024:.0f} KiB"


def test_nothing_leaves_and_the_full_bundle_stays_away(
    first_visit: tuple[Page, list[int]], watch: Watch
) -> None:
    addresses = [request.url for request in watch.requests]
    assert watch.strangers() == []
    assert [one for one in addresses if "plotlyjs" in one or "plotly.min" in one] == []
    assert [one for one in addresses if "plotly-basic" in one]
    assert [one for one in addresses if "polyfill" in one or "dash_table" in one] == []


def test_one_callback_opens_the_overview(first_visit: tuple[Page, list[int]], watch: Watch) -> None:
    sent = callbacks(watch.requests, first_visit[0])
    assert [request.post_data_json["output"] for request in sent] == [
        "..view.children...page.data...title.data.."
    ]
