"""Looking a ballot up by its receipt: what the voting page shows is what is found, and the browser checks the box."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.browser.voting import Booth, cast, mark, receipt_of
from tests.planting_rounds import Planted, close_round

pytestmark = pytest.mark.browser

OPEN_BOX = {"rule_set": "adoption-mark-open@1"}
NOBODYS = "0ABCDEFGHJKMNPQRSTVWXYZ012"


def _voted(booth: Booth, *numbers: int, **how: object) -> tuple[Planted, str]:
    opened = booth.open(**how)
    page = booth.page(opened)
    mark(page, *numbers)
    cast(page)
    return opened, receipt_of(page)


def _public(booth: Booth, path: str = "/receipt") -> Page:
    page = booth.contexts(base_url=booth.server.address, width=390, height=844).new_page()
    page.goto(path)
    expect(page.locator("#receipt[data-begun]")).to_be_visible()
    return page


def _look_up(page: Page, code: str) -> None:
    page.locator("#receipt-code").fill(code)
    page.locator(".receipt-send").click()


def test_a_scanned_receipt_is_found_and_leaves_the_address(booth: Booth) -> None:
    opened, code = _voted(booth, 1, 2)
    page = _public(booth, f"/receipt#{code}")
    found = page.locator(".receipt-found")
    expect(found).to_contain_text("选票在票箱里")
    expect(found).to_contain_text("模拟数据")
    # The default rule proves that the ballot is there, not how it is marked.
    expect(found).not_to_contain_text("选票内容")
    assert page.url == f"{booth.server.address}/receipt"
    assert page.get_by_role("link", name="到本轮投票页").get_attribute("href") == f"/990121/vote/{opened.id}"
    assert Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"] == []


def test_the_code_as_shown_finds_what_the_server_finds(booth: Booth) -> None:
    _, code = _voted(booth, 3)
    page = _public(booth)
    with page.expect_request("**/receipt?lang=zh-CN") as asked:
        _look_up(page, " ".join(re.findall(".{1,4}", code.lower().replace("0", "O"))))
    assert set(asked.value.post_data_json) == {"receipt"}
    assert "cookie" not in asked.value.all_headers()
    expect(page.locator(".receipt-found")).to_contain_text("选票在票箱里")


def test_an_unknown_and_a_broken_receipt_are_told_apart_but_no_round_is(booth: Booth, watch) -> None:
    watch.forgive("404")
    page = _public(booth)
    _look_up(page, "ABC")
    expect(page.locator(".receipt-fault")).to_contain_text("不是完整的回执码")
    _look_up(page, NOBODYS)
    expect(page.locator(".receipt-found")).to_contain_text("没有查到这个回执对应的票")
    expect(page.locator(".receipt-fault")).to_be_hidden()


def test_an_english_reader_is_told_in_english(booth: Booth) -> None:
    _, code = _voted(booth, 1)
    page = _public(booth, f"/en/receipt#{code}")
    expect(page.locator(".receipt-found")).to_contain_text("The ballot is in the box")


def test_a_published_box_is_searched_and_checked_by_the_browser(booth: Booth) -> None:
    opened, code = _voted(booth, 1, 12, **OPEN_BOX)
    close_round(booth.store, opened, announced=True)
    page = _public(booth, f"/receipt#{code}")
    found = page.locator(".receipt-found")
    expect(found).to_contain_text("选票已计入")
    expect(found.locator(".notice-green")).to_contain_text("公开的票箱与公告的封存码一致，这张票在里面")
    found.locator("summary").click()
    expect(found.locator(".receipt-marks li")).to_have_count(2)


@pytest.mark.parametrize(
    ("forged", "told"),
    [(b'{"ballots":[]}', "与公告的封存码不一致"), (None, "没有读到公开的票箱")],
    ids=["another box", "no box"],
)
def test_a_box_that_is_not_the_announced_one_is_told(
    booth: Booth, watch, forged: bytes | None, told: str
) -> None:
    watch.forgive("ERR_FAILED")
    opened, code = _voted(booth, 1, **OPEN_BOX)
    close_round(booth.store, opened, announced=True)
    page = _public(booth)

    def swap(route: Route) -> None:
        if forged is None:
            route.abort()
        else:
            route.fulfill(body=forged)

    page.route("**/box.json", swap)
    _look_up(page, code)
    expect(page.locator(".receipt-found")).to_contain_text(told)


def test_a_closed_box_is_told_by_its_digest_alone(booth: Booth) -> None:
    opened, code = _voted(booth, 1)
    close_round(booth.store, opened, announced=True)
    page = _public(booth, f"/receipt#{code}")
    expect(page.locator(".receipt-found")).to_contain_text("公告的封存码")
    expect(page.locator(".receipt-found")).to_contain_text("票箱不向公众公开")


def test_a_look_up_by_somebody_signed_in_tells_nobody_who_asks(booth: Booth) -> None:
    opened = booth.open()
    page = booth.page(opened)
    mark(page, 1)
    cast(page)
    code = receipt_of(page)
    page.goto("/receipt")
    with page.expect_request("**/receipt?lang=zh-CN") as asked:
        _look_up(page, code)
    assert "cookie" not in asked.value.all_headers()
    expect(page.locator(".receipt-found")).to_contain_text("选票在票箱里")
