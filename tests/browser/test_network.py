"""Where nothing comes, a page keeps what it showed, says so, and one press asks again."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

CALLBACK = "**/_dash-update-component*"
# What the browser and Dash write to the console of a request that failed.
LOUD = "ERR_INTERNET_DISCONNECTED|502|Callback failed|Callback error|did not respond|JSHandle@object"
SHOWN = "10项实事7项按序时推进"


def go(page: Page) -> None:
    page.get_by_role("link", name="人大代表", exact=True).click()


def test_a_lost_network_is_told_and_the_page_stays(visit: Visit, watch) -> None:
    watch.forgive(LOUD)
    page = visit("/990121/2025")
    page.context.set_offline(True)
    go(page)
    told = page.locator("#notice-status")
    expect(told).to_contain_text("网络中断")
    expect(page.locator("#main h1")).to_contain_text(SHOWN)
    page.context.set_offline(False)
    told.get_by_role("link", name="重试").click()
    expect(page.locator("#main h1")).to_contain_text("名人大代表")


def test_a_server_that_fails_is_told(visit: Visit, watch) -> None:
    watch.forgive(LOUD)
    page = visit("/990121/2025")
    page.route(CALLBACK, lambda route: route.fulfill(status=502, body="<html>bad gateway</html>"))
    go(page)
    expect(page.locator("#notice-status")).to_contain_text("服务器出了错")
    expect(page.locator("#main h1")).to_contain_text(SHOWN)


def test_a_slow_page_dims_what_it_shows(visit: Visit) -> None:
    page = visit("/990121/2025")
    held: list[Route] = []
    page.route(CALLBACK, lambda route: held.append(route), times=1)  # noqa: PLW0108 - no built-in is taken
    go(page)
    expect(page.locator("#view")).to_have_attribute("data-dash-is-loading", "true")
    expect(page.locator("#main")).to_have_css("opacity", "0.55")
    held[0].continue_()
    expect(page.locator("#main h1")).to_contain_text("名人大代表")
    expect(page.locator("#main")).to_have_css("opacity", "1")
