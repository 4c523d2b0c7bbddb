"""A terminal of the hall: nothing stays in the browser; it goes blank after a vote, and where nobody touches it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dashboard.store.tables.voting import CheckIn
from tests.browser.voting import Booth, arrive, at, ballot_of, cast, mark, receipt_of
from tests.planting_rounds import Planted, ballots, voted

pytestmark = pytest.mark.browser

LOOK: dict[str, Any] = {"width": 1280, "height": 800}
# What leaves a terminal leads to where the next deputy signs in.
HALL = "**/990121/hall?terminal=1"
STORED = "() => [sessionStorage.length, localStorage.length]"
# Every way that a page offers, but leaving.
WAYS = "() => [...document.querySelectorAll('a[href]')].map(one => one.getAttribute('href'))"


def _terminal(booth: Booth, opened: Planted) -> Page:
    page = booth.context(opened, **LOOK).new_page()
    page.clock.install()
    arrive(page, f"/990121/vote/{opened.id}?terminal=1")
    return page


def _at_a_terminal(booth: Booth, opened: Planted, path: str) -> Page:
    """Return a page of a deputy whose session was opened at a terminal, by an address that says nothing of one."""
    context = booth.context(opened, **LOOK)
    booth.sign_in(context, booth.seats[context], terminal=True)
    page = context.new_page()
    page.clock.install()
    page.goto(path)
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


def test_a_session_of_a_terminal_keeps_nothing_on_whatever_address_it_votes(booth: Booth) -> None:
    opened = booth.open()
    page = _at_a_terminal(booth, opened, f"/990121/vote/{opened.id}")
    expect(page.locator("#vote[data-begun]")).to_be_visible()
    mark(page, 4)
    cast(page)
    receipt_of(page)
    assert page.evaluate(STORED) == [0, 0]
    expect(page.locator(".vote-leaving")).to_contain_text("秒后自动退出")
    page.clock.run_for(21_000)
    page.wait_for_url(HALL)
    assert _is_signed_out(page)


@pytest.mark.parametrize("by", ["address", "session"])
def test_an_untouched_page_of_the_hall_is_left_too(booth: Booth, by: str) -> None:
    opened = booth.open(state="checked")
    for path in (f"/990121/hall/{opened.id}", "/990121/hall"):
        if by == "session":
            page = _at_a_terminal(booth, opened, path)
        else:
            page = booth.context(opened, **LOOK).new_page()
            page.clock.install()
            page.goto(f"{path}?terminal=1")
        expect(page.locator(".terminal-page[data-begun]")).to_be_visible()
        page.clock.run_for(46_000)
        expect(page.locator(".vote-idle")).to_be_visible()
        page.locator("h1").tap()
        expect(page.locator(".vote-idle")).to_have_count(0)
        page.clock.run_for(46_000)
        expect(page.locator("h1")).to_be_visible()
        page.clock.run_for(16_000)
        page.wait_for_url(HALL)
        expect(page.locator("#hall-code")).to_be_visible()
        assert _is_signed_out(page)


def test_any_page_of_a_terminals_session_is_left_when_untouched(booth: Booth) -> None:
    opened = booth.open()
    page = _at_a_terminal(booth, opened, "/990121/2025/projects")
    expect(page.locator(".terminal-page[data-begun]")).to_be_visible()
    expect(page.get_by_role("button", name="退出，换下一位代表")).to_be_visible()
    page.clock.run_for(62_000)
    page.wait_for_url(HALL)
    assert _is_signed_out(page)


def test_a_code_that_was_typed_and_left_does_not_wait_for_the_next(booth: Booth) -> None:
    page = booth.contexts(base_url=booth.server.address, **LOOK).new_page()
    page.clock.install()
    page.goto("/990121/hall?terminal=1")
    expect(page.locator(".terminal-page[data-begun]")).to_be_visible()
    # Untouched and empty it stays as it is.
    page.clock.run_for(120_000)
    page.locator("#hall-code").fill("ABCD-EFGH")
    page.locator("#hall-digits").fill("1234")
    page.clock.run_for(62_000)
    expect(page.locator("#hall-code")).to_have_value("")
    expect(page.locator("#hall-digits")).to_have_value("")


def test_a_refused_vote_leads_to_the_check_in_and_back_on_the_terminal(booth: Booth, watch) -> None:
    watch.forgive("409", "403")
    opened = booth.open()
    page = _terminal(booth, opened)
    mark(page, 3)
    seat = booth.seats[page.context]
    with booth.store.system().writing() as session:
        session.delete(session.get_one(CheckIn, (opened.congress_id, opened.id, seat)))
    cast(page)
    at(page, "stopped")
    assert page.evaluate(WAYS) == ["/990121/hall?terminal=1", f"/990121/hall/{opened.id}?terminal=1"]
    expect(page.locator("[data-step=stopped] .vote-out")).to_be_visible()
    page.locator(".vote-way-check_in").tap()
    expect(page.locator("h1")).to_have_text("请签到")
    assert page.evaluate(WAYS) == [f"/en/990121/hall/{opened.id}?terminal=1"]
    with booth.store.system().writing() as session:
        session.add(
            CheckIn(congress_id=opened.congress_id, round_id=opened.id, membership_id=seat, means="seat")
        )
    page.reload()
    page.get_by_role("link", name="进入投票").tap()
    expect(page.locator("#vote.terminal[data-begun]")).to_be_visible()
    mark(page, 3)
    cast(page)
    receipt_of(page)
    assert page.evaluate(STORED) == [0, 0]
    page.clock.run_for(21_000)
    page.wait_for_url(HALL)
    assert _is_signed_out(page)


def test_who_has_voted_is_led_nowhere_but_out(booth: Booth) -> None:
    opened = booth.open()
    context = booth.context(opened, **LOOK)
    voted(booth.store, opened, booth.seats[context])
    page = context.new_page()
    arrive(page, f"/990121/vote/{opened.id}?terminal=1")
    at(page, "voted")
    assert not [way for way in page.evaluate(WAYS) if "terminal=1" not in way]
    page.locator("[data-step=voted] .vote-out").tap()
    page.wait_for_url(HALL)
    assert _is_signed_out(page)


def test_the_way_in_of_a_terminal_offers_neither_sign_in_nor_receipt(booth: Booth) -> None:
    opened = booth.open()
    page = booth.contexts(base_url=booth.server.address, **LOOK).new_page()
    for path in ("hall", f"hall/{opened.id}", f"vote/{opened.id}", "vote"):
        page.goto(f"/990121/{path}?terminal=1")
        expect(page.locator(".terminal-page[data-begun]")).to_be_visible()
        assert not [way for way in page.evaluate(WAYS) if "terminal=1" not in way], path
