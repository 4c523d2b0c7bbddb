"""A press whose answer is lost: the same receipt again, counted once; what a round that changes meanwhile says."""

import pytest
from playwright.sync_api import Route, expect

from dashboard.store.tables.voting import CheckIn
from tests.browser.voting import Booth, arrive, at, ballot_of, cast, lost, mark, receipt_of
from tests.planting_rounds import ballots, close_round, participants, voted

pytestmark = pytest.mark.browser

LOST = ("ERR_FAILED", "ERR_INTERNET_DISCONNECTED", "net::ERR")


@pytest.mark.parametrize("after", [False, True], ids=["before the server has it", "after the server has it"])
def test_a_lost_answer_is_asked_for_again_and_the_vote_counts_once(booth: Booth, watch, after: bool) -> None:
    watch.forgive(*LOST)
    opened = booth.open()
    page = booth.page(opened)
    mark(page, 1, 7)
    with lost(page, after=after) as sent:
        cast(page)
        at(page, "waiting")
        expect(page.locator(".vote-unsure")).to_contain_text("没有收到回执。再按一次不会重复计票")
        expect(page.locator(".vote-known-paper")).to_have_text("2项，已保存在本机")
        expect(page.locator(".vote-known-answer")).to_have_text("未收到")
        page.locator(".vote-again:not([disabled])").tap()
        expect(page.locator(".vote-known-answer")).to_have_text("未收到")
        page.wait_for_function("() => !document.querySelector('.vote-again').disabled")
    assert len(sent) >= 2
    assert len({body["receipt"] for body in sent}) == 1
    # By itself: nobody presses again.
    code = receipt_of(page)
    assert ballots(booth.store, opened) == [(ballot_of(code), "1 7")]
    assert participants(booth.store, opened) == 1


def test_a_page_that_was_reloaded_while_waiting_sends_the_same_receipt(booth: Booth, watch) -> None:
    watch.forgive(*LOST)
    opened = booth.open()
    page = booth.page(opened)
    mark(page, 4)
    with lost(page, after=True) as sent:
        cast(page)
        at(page, "waiting")
    with page.expect_request(
        lambda request: request.method == "POST" and "/vote/990121/" in request.url
    ) as again:
        page.reload()
    assert again.value.post_data_json["receipt"] == sent[0]["receipt"]
    code = receipt_of(page)
    assert ballots(booth.store, opened) == [(ballot_of(code), "4")]


def test_a_gateway_that_answers_for_the_server_tells_nothing(booth: Booth, watch) -> None:
    watch.forgive("502")
    opened = booth.open()
    page = booth.page(opened)
    mark(page, 4)

    def fail(route: Route) -> None:
        route.fulfill(status=502, content_type="text/html", body="<h1>Bad Gateway</h1>")

    page.route("**/vote/990121/**", fail)
    cast(page)
    at(page, "waiting")
    page.unroute("**/vote/990121/**", fail)
    receipt_of(page)
    assert participants(booth.store, opened) == 1


def test_offline_is_said_and_the_press_goes_out_once_online(booth: Booth, watch) -> None:
    watch.forgive(*LOST)
    opened = booth.open()
    page = booth.page(opened)
    mark(page, 4)
    page.locator(".vote-review").tap()
    page.context.set_offline(True)
    page.locator(".vote-cast").tap()
    at(page, "waiting")
    expect(page.locator(".vote-known")).to_contain_text("没有连上网络")
    page.context.set_offline(False)
    receipt_of(page)
    assert participants(booth.store, opened) == 1


def test_a_vote_is_changed_by_its_receipt(booth: Booth) -> None:
    opened = booth.open()
    page = booth.page(opened)
    mark(page, 1, 2)
    cast(page)
    code = receipt_of(page)
    page.locator(".vote-change").tap()
    expect(page.locator(".vote-changing")).to_contain_text("新的选择替换票箱里原来的那一张")
    mark(page, 2, 8)
    cast(page)
    expect(page.locator(".vote-done")).to_have_text("选票已更改")
    assert receipt_of(page) == code
    assert ballots(booth.store, opened) == [(ballot_of(code), "1 8")]


def test_a_vote_is_left_as_it_is(booth: Booth) -> None:
    opened = booth.open()
    page = booth.page(opened)
    mark(page, 1)
    cast(page)
    code = receipt_of(page)
    page.locator(".vote-change").tap()
    mark(page, 2)
    page.locator(".vote-unchange").tap()
    assert receipt_of(page) == code
    page.reload()
    assert receipt_of(page) == code
    assert ballots(booth.store, opened) == [(ballot_of(code), "1")]


def test_another_device_changes_a_vote_by_the_typed_receipt(booth: Booth, watch) -> None:
    watch.forgive("404 .*/change", "status of 404")
    opened = booth.open()
    first = booth.page(opened)
    mark(first, 1)
    cast(first)
    code = receipt_of(first)
    other = booth.contexts(base_url=booth.server.address, width=390, height=844, has_touch=True)
    other.add_cookies(first.context.cookies())
    page = other.new_page()
    arrive(page, f"/990121/vote/{opened.id}")
    at(page, "voted")
    page.locator("#vote-typed").fill(code[:-1])
    page.locator(".vote-change-by").tap()
    expect(page.locator(".vote-typed-fault")).to_contain_text("不是完整的回执码")
    # As people type: small letters, O for 0, gaps of their own.
    page.locator("#vote-typed").fill(code.lower().replace("0", "o").replace("1", "l"))
    page.locator(".vote-change-by").tap()
    mark(page, 5)
    cast(page)
    receipt_of(page)
    assert ballots(booth.store, opened) == [(ballot_of(code), "5")]


def test_a_receipt_in_the_address_leads_to_the_change_and_leaves_the_address(booth: Booth) -> None:
    opened = booth.open()
    first = booth.page(opened)
    mark(first, 1)
    cast(first)
    code = receipt_of(first)
    first.evaluate("() => sessionStorage.clear()")
    first.goto("/990121")
    arrive(first, f"/990121/vote/{opened.id}#{code}")
    at(first, "select")
    assert first.evaluate("() => location.hash") == ""
    mark(first, 6)
    cast(first)
    assert receipt_of(first) == code
    assert ballots(booth.store, opened) == [(ballot_of(code), "6")]


def test_a_second_vote_is_refused_and_the_way_is_said(booth: Booth, watch) -> None:
    watch.forgive("409")
    opened = booth.open()
    page = booth.page(opened)
    voted(booth.store, opened, booth.seat(page))
    mark(page, 1)
    cast(page)
    at(page, "stopped")
    expect(page.locator(".vote-why")).to_contain_text("已经投过票")
    expect(page.locator(".vote-way-receipt")).to_be_visible()
    assert ballots(booth.store, opened) == []


def test_a_round_that_is_suspended_keeps_the_marks_and_goes_on(booth: Booth, watch) -> None:
    watch.forgive("409")
    opened = booth.open()
    page = booth.page(opened)
    mark(page, 1, 2)
    booth.change(opened, state="suspended")
    state = page.locator("[data-step=select] .vote-state")
    expect(state).to_be_visible()
    expect(state).to_contain_text("投票暂停")
    cast(page)
    at(page, "stopped")
    expect(page.locator(".vote-why")).to_have_text("本轮表决已暂停。")
    booth.change(opened, state="open")
    expect(page.locator(".vote-said")).to_have_text("投票继续。")
    page.locator(".vote-retry").tap()
    code = receipt_of(page)
    assert ballots(booth.store, opened) == [(ballot_of(code), "1 2")]


def test_a_round_that_closes_meanwhile_says_that_nothing_was_cast(booth: Booth) -> None:
    opened = booth.open()
    page = booth.page(opened)
    mark(page, 1)
    close_round(booth.store, opened)
    at(page, "stopped")
    expect(page.locator(".vote-why")).to_contain_text("你的选票没有投出")
    assert ballots(booth.store, opened) == []


def test_a_vote_that_arrived_before_the_close_is_found_after_it(booth: Booth, watch) -> None:
    """The answer was lost, then the round closed: the page does not say that nothing was cast."""
    watch.forgive(*LOST, "409")
    opened = booth.open()
    page = booth.page(opened)
    mark(page, 1)
    with lost(page, after=True):
        cast(page)
        at(page, "waiting")
        close_round(booth.store, opened)
    code = receipt_of(page)
    assert ballots(booth.store, opened) == [(ballot_of(code), "1")]
    expect(page.locator(".vote-change")).to_be_hidden()


def test_the_list_opens_by_itself_when_the_round_does(booth: Booth) -> None:
    opened = booth.open(state="checked")
    page = booth.page(opened)
    expect(page.locator("[data-step=door]")).to_contain_text("还没有开始")
    booth.change(opened, state="open")
    at(page, "select")
    mark(page, 1)
    cast(page)
    receipt_of(page)


def test_an_ended_session_is_said_and_the_same_press_goes_on_after_signing_in(booth: Booth, watch) -> None:
    watch.forgive("401")
    opened = booth.open()
    page = booth.page(opened)
    mark(page, 3)
    page.locator(".vote-review").tap()
    session = page.context.cookies()
    page.context.clear_cookies()
    page.locator(".vote-cast").tap()
    at(page, "stopped")
    href = page.locator(".vote-way-sign_in").get_attribute("href")
    assert href == f"/sign-in?next=/990121/vote/{opened.id}"
    page.context.add_cookies(session)
    page.locator(".vote-retry").tap()
    code = receipt_of(page)
    assert ballots(booth.store, opened) == [(ballot_of(code), "3")]


def test_who_was_checked_out_meanwhile_is_told_so_after_a_reload(booth: Booth, watch) -> None:
    watch.forgive(*LOST)
    opened = booth.open()
    page = booth.page(opened)
    mark(page, 3)
    with lost(page, after=False):
        cast(page)
        at(page, "waiting")
        with booth.store.system().writing() as session:
            key = (opened.congress_id, opened.id, booth.seat(page))
            session.delete(session.get_one(CheckIn, key))
        page.reload()
        at(page, "door")
    expect(page.locator("[data-step=door]")).to_contain_text("还没有签到")
