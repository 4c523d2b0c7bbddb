"""A round that ends while a vote is changed, or while nobody knows whether one arrived: nothing wrong is said."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.voting import Booth, arrive, at, ballot_of, cast, lost, mark, receipt_of
from tests.planting_rounds import Planted, ballots, close_round

pytestmark = pytest.mark.browser

LOST = ("ERR_FAILED", "net::ERR", "404", "409")
WITH_MARKS = {"receipt": "with_marks"}
NOT_CAST = "没有投出"


def _changing(booth: Booth, opened: Planted, *numbers: int) -> tuple[Page, str]:
    """Return the page of a deputy who has voted for a line and is about to change it, and the receipt's code."""
    page = booth.page(opened)
    mark(page, 1)
    cast(page)
    code = receipt_of(page)
    page.locator(".vote-change").tap()
    at(page, "select")
    mark(page, *numbers)
    return page, code


def _chosen(page: Page) -> list[str]:
    """Return the numbers that a receipt shows as chosen."""
    page.locator(".vote-choices-head").tap()
    return page.locator(".vote-choices-list .vote-number").all_inner_texts()


def _spent(booth: Booth, opened: Planted, *, arrives: bool) -> tuple[Page, str]:
    """Return a page whose first press got lost, whose marks were altered then, and the receipt of that first press.

    `arrives` lets the request of the first press reach the server late, when the page has given it up.
    """
    page = booth.page(opened)
    mark(page, 1)
    sent: list[Route] = []

    def hold(route: Route) -> None:
        sent.append(route)
        if len(sent) == 1:
            booth.change(opened, state="suspended")
            route.abort()
        else:
            route.continue_()

    page.route("**/vote/990121/**", hold)
    cast(page)
    at(page, "stopped")
    page.unroute("**/vote/990121/**", hold)
    booth.change(opened, state="open")
    body = sent[0].request.post_data_json
    if arrives:
        answer = page.context.request.post(
            f"{booth.server.address}/vote/990121/{opened.id}",
            data=body,
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        assert answer.json()["state"] == "cast"
    page.locator(".vote-return:visible").tap()
    at(page, "select")
    mark(page, 1, 7)
    return page, str(body["receipt"])


@pytest.mark.parametrize("pressed", [False, True], ids=["nothing marked", "marked anew"])
def test_a_close_while_a_vote_is_changed_keeps_the_receipt(booth: Booth, pressed: bool) -> None:
    opened = booth.open()
    page, code = _changing(booth, opened, *([2] if pressed else []))
    close_round(booth.store, opened)
    assert receipt_of(page) == code
    step = page.locator("[data-step=receipt]")
    expect(step).to_contain_text("本轮表决已经截止，你的选票在票箱里")
    expect(step).to_contain_text("更改没有投出，票箱里仍是原来的选择")
    expect(page.locator(".vote-change")).to_be_hidden()
    assert _chosen(page) == ["1"]
    page.reload()
    assert receipt_of(page) == code
    expect(step).to_contain_text("更改没有投出，票箱里仍是原来的选择")


def test_a_page_reloaded_after_the_close_shows_the_receipt_of_the_vote_that_was_being_changed(
    booth: Booth,
) -> None:
    opened = booth.open()
    page, code = _changing(booth, opened, 2)
    page.goto("/990121")
    close_round(booth.store, opened)
    arrive(page, f"/990121/vote/{opened.id}")
    assert receipt_of(page) == code


def test_an_annulled_round_is_told_beside_the_receipt(booth: Booth) -> None:
    opened = booth.open()
    page, code = _changing(booth, opened)
    booth.change(opened, state="annulled")
    assert receipt_of(page) == code
    expect(page.locator("[data-step=receipt]")).to_contain_text("本轮表决已作废")


def test_who_voted_on_another_device_is_never_told_that_nothing_was_cast(booth: Booth) -> None:
    opened = booth.open()
    first = booth.page(opened)
    mark(first, 1)
    cast(first)
    receipt_of(first)
    other = booth.contexts(base_url=booth.server.address, width=390, height=844, has_touch=True)
    other.add_cookies(first.context.cookies())
    page = other.new_page()
    arrive(page, f"/990121/vote/{opened.id}")
    at(page, "voted")
    close_round(booth.store, opened)
    expect(page.locator("[data-step=voted]")).to_contain_text("本轮表决已经截止，你的选票在票箱里")
    at(page, "voted")
    expect(page.locator(".vote-change-by")).to_be_hidden()
    expect(page.locator("#vote")).not_to_contain_text(NOT_CAST)


def test_who_was_told_of_an_earlier_vote_is_not_told_the_opposite_at_the_close(booth: Booth, watch) -> None:
    watch.forgive("409")
    opened = booth.open()
    page = booth.page(opened)
    other = booth.contexts(base_url=booth.server.address, width=390, height=844, has_touch=True)
    other.add_cookies(page.context.cookies())
    second = other.new_page()
    arrive(second, f"/990121/vote/{opened.id}")
    for one, number in ((page, 1), (second, 2)):
        mark(one, number)
        cast(one)
    at(second, "stopped")
    expect(second.locator(".vote-why")).to_contain_text("已经投过票")
    close_round(booth.store, opened)
    expect(second.locator(".vote-said")).to_have_text("本轮表决已经截止，你的选票在票箱里。")
    expect(second.locator(".vote-why")).to_contain_text("已经投过票")


def test_a_change_without_an_answer_is_told_as_not_known(booth: Booth, watch) -> None:
    watch.forgive(*LOST)
    opened = booth.open()
    page, code = _changing(booth, opened, 1, 7)
    with lost(page, after=True):
        cast(page)
        at(page, "waiting")
        close_round(booth.store, opened)
    assert receipt_of(page) == code
    assert ballots(booth.store, opened) == [(ballot_of(code), "7")]
    step = page.locator("[data-step=receipt]")
    expect(step).to_contain_text("更改前还是更改后的选择，本页不能确定")
    expect(step.locator(".vote-choices")).to_be_hidden()
    page.reload()
    assert receipt_of(page) == code
    expect(step).to_contain_text("本页不能确定")


@pytest.mark.parametrize("after", [True, False], ids=["it arrived", "it did not arrive"])
def test_a_receipt_with_marks_tells_which_choices_lie_in_the_box(booth: Booth, watch, after: bool) -> None:
    watch.forgive(*LOST)
    opened = booth.open(values=WITH_MARKS)
    page, code = _changing(booth, opened, 1, 7)
    with lost(page, after=after):
        cast(page)
        at(page, "waiting")
        close_round(booth.store, opened)
    assert receipt_of(page) == code
    told = "选票已更改" if after else "更改没有投出，票箱里仍是原来的选择"
    expect(page.locator("[data-step=receipt]")).to_contain_text(told)
    assert [_chosen(page)] == [[marks] for _, marks in ballots(booth.store, opened)]


@pytest.mark.parametrize("values", [None, WITH_MARKS], ids=["counted only", "with marks"])
def test_an_earlier_press_that_arrived_shows_its_own_choices(
    booth: Booth, watch, values: dict[str, object] | None
) -> None:
    watch.forgive(*LOST)
    opened = booth.open(values=values)
    page, receipt = _spent(booth, opened, arrives=True)
    with page.expect_request("**/receipt?lang=zh-CN") as asked:
        cast(page)
    assert asked.value.post_data_json == {"receipt": receipt}
    assert "cookie" not in asked.value.all_headers()
    code = receipt_of(page)
    assert ballots(booth.store, opened) == [(ballot_of(code), "1")]
    assert _chosen(page) == ["1"]
    expect(page.locator("[data-step=receipt]")).to_contain_text("收到的是你先前投出的那一次")
    # What was pressed is no longer needed: after casting the tab keeps the receipt alone.
    kept = page.evaluate("() => Object.values(sessionStorage).join()")
    assert '"spent"' not in kept
    assert '"marks"' not in kept


@pytest.mark.parametrize("failure", ["lost", "too many"])
def test_a_look_up_without_an_answer_says_nothing_and_is_asked_again(
    booth: Booth, watch, failure: str
) -> None:
    watch.forgive(*LOST, "429")
    opened = booth.open()
    page, _ = _spent(booth, opened, arrives=True)

    def fail(route: Route) -> None:
        if failure == "lost":
            route.abort()
        else:
            route.fulfill(status=429, json={"refused": "too_many", "message": "", "do": ""})

    page.route("**/receipt?*", fail)
    close_round(booth.store, opened)
    at(page, "waiting")
    expect(page.locator(".vote-known-answer")).to_have_text("未收到")
    expect(page.locator("[data-step=waiting]")).to_contain_text("本轮表决已经截止")
    expect(page.locator("#vote")).not_to_contain_text(NOT_CAST)
    page.unroute("**/receipt?*", fail)
    code = receipt_of(page)
    assert ballots(booth.store, opened) == [(ballot_of(code), "1")]


def test_an_earlier_press_that_did_not_arrive_is_looked_up_and_told_so(booth: Booth, watch) -> None:
    watch.forgive(*LOST)
    opened = booth.open()
    page, receipt = _spent(booth, opened, arrives=False)
    with page.expect_request("**/receipt?lang=zh-CN") as asked:
        close_round(booth.store, opened)
    assert asked.value.post_data_json == {"receipt": receipt}
    at(page, "stopped")
    expect(page.locator(".vote-why")).to_contain_text(NOT_CAST)
    assert ballots(booth.store, opened) == []
