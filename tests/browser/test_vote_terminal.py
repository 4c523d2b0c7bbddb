"""A terminal of the hall: nothing stays in the browser; it goes blank after a vote, and where nobody touches it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.voting import Booth, arrive, at, ballot_of, cast, mark, receipt_of
from tests.planting_rounds import Planted, ballots

pytestmark = pytest.mark.browser

LOOK: dict[str, Any] = {"width": 1280, "height": 800}
# What leaves a terminal leads to where the next deputy signs in.
HALL = "**/990121/hall?terminal=1"
STORED = "() => [sessionStorage.length, localStorage.length]"


def _terminal(booth: Booth, opened: Planted) -> Page:
    page = booth.context(opened, **LOOK).new_page()
    page.clock.install()
    arrive(page, f"/990121/vote/{opened.id}?terminal=1")
    return page


def _is_signed_out(page: Page) -> bool:
    return [one for one in page.context.cookies() if one["name"] == "session"] == []


def test_a_terminal_keeps_nothing_and_leaves_after_twenty_seconds(booth: Booth) -> None:
    opened = booth.open()
    page = _terminal(booth, opened)
    page.locator(".vote-large").tap()
    mark(page, 1, 2)
    cast(page)
    code = receipt_of(page)
    assert ballots(booth.store, opened) == [(ballot_of(code), "1 2")]
    assert page.evaluate(STORED) == [0, 0]
    expect(page.get_by_text("保存回执")).to_have_count(0)
    expect(page.locator(".vote-qr canvas")).to_be_visible()
    expect(page.locator(".vote-leaving")).to_contain_text("秒后自动退出")
    page.clock.run_for(18_000)
    at(page, "receipt")
    page.clock.run_for(3_000)
    page.wait_for_url(HALL)
    assert _is_signed_out(page)


def test_done_leaves_at_once_and_back_shows_nothing(booth: Booth, watch) -> None:
    opened = booth.open()
    page = _terminal(booth, opened)
    mark(page, 1)
    cast(page)
    code = receipt_of(page)
    page.locator(".vote-finish").tap()
    page.wait_for_url(HALL)
    assert _is_signed_out(page)
    # The page that held the receipt is in no history; its address asks for a sign-in.
    page.go_back()
    assert code[:4] not in page.content()
    page.goto(f"/990121/vote/{opened.id}?terminal=1")
    expect(page.locator("main")).to_contain_text("投票要先登录")


def test_an_untouched_terminal_warns_and_goes_blank(booth: Booth) -> None:
    opened = booth.open()
    page = _terminal(booth, opened)
    mark(page, 1, 2)
    page.clock.run_for(46_000)
    expect(page.locator(".vote-idle")).to_be_visible()
    # A touch anywhere goes on.
    page.locator(".vote-head").tap()
    expect(page.locator(".vote-idle")).to_have_count(0)
    expect(page.locator(".vote-row.marked")).to_have_count(2)
    page.clock.run_for(61_000)
    page.wait_for_url(HALL)
    assert _is_signed_out(page)
    assert ballots(booth.store, opened) == []


def test_the_next_deputy_finds_no_marks(booth: Booth) -> None:
    opened = booth.open()
    page = _terminal(booth, opened)
    mark(page, 5)
    booth.sign_in(page.context, opened.roll[-2])
    page.reload()
    expect(page.locator("#vote[data-begun]")).to_be_visible()
    expect(page.locator(".vote-row.marked")).to_have_count(0)
    page.locator(".vote-back").tap()
    page.wait_for_url(HALL)
    assert _is_signed_out(page)
