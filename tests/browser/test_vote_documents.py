"""What a voter reads of a candidate: the plan, and documents that open in the sheet; and how the clerk sends them."""

import io
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from dashboard.store.tables.keys import new_id
from dashboard.store.tables.orders import CandidateDocument
from dashboard.store.tables.voting import RoundOption
from tests.browser.conftest import Visit
from tests.browser.voting import Booth, at, cast, mark, receipt_of
from tests.commands.sessions import plant_candidates
from tests.planting_rounds import Planted, ballots

pytestmark = pytest.mark.browser

SHOWN = "picture => picture.complete && picture.naturalWidth > 0"
MARKED = "() => [...document.querySelectorAll('.vote-row.marked')].map(row => row.dataset.number)"


def _picture() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((240, 320), 60).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def _attach(booth: Booth, opened: Planted, number: int, name: str) -> UUID:
    """Attach a document to the candidate of a line."""
    body = _picture()
    with booth.store.system().writing() as session:
        line = select(RoundOption.candidate_id).where(
            RoundOption.round_id == opened.id, RoundOption.number == number
        )
        document = CandidateDocument(
            congress_id=opened.congress_id, id=new_id(), candidate_id=session.scalars(line).one(), name=name,
            content_type="image/jpeg", size=len(body), body=body, digest=sha256(body).hexdigest(),
            attached_at=datetime.now(UTC),
        )  # fmt: skip
        session.add(document)
    return document.id


def _details(page: Page, number: int) -> Any:
    """Open the sheet of a line and return it."""
    page.locator(f".vote-row[data-number='{number}'] .vote-more").tap()
    sheet = page.get_by_role("dialog")
    expect(sheet).to_be_visible()
    return sheet


@pytest.mark.parametrize("query", ["", "?terminal=1"], ids=["phone", "terminal"])
def test_a_document_opens_in_the_sheet_and_the_marks_stay(booth: Booth, query: str) -> None:
    opened, name = booth.open(), f"小区改造平面图{len(query)}"
    document = _attach(booth, opened, 3, name)
    page = booth.page(opened, query)
    mark(page, 1, 3)
    sheet = _details(page, 3)
    expect(sheet).to_contain_text("实施计划")
    expect(sheet).to_contain_text("3月底前首批6个小区进场；6月底前11个小区完工")
    button = sheet.get_by_role("button", name=name)
    with page.expect_response(f"**/candidate/990121/{document}") as answered:
        button.tap()
    assert answered.value.headers["cache-control"] == "no-store"
    picture = sheet.get_by_role("img", name=name)
    expect(picture).to_be_visible()
    assert picture.evaluate(SHOWN)
    expect(button).to_have_attribute("aria-expanded", "true")
    assert sheet.evaluate("sheet => sheet.querySelector('.vote-panel').scrollWidth <= window.innerWidth")
    assert Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"] == []
    button.tap()
    expect(picture).to_have_count(0)
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert page.evaluate(MARKED) == ["1", "3"]
    at(page, "select")
    cast(page)
    receipt_of(page)
    assert [marks for _, marks in ballots(booth.store, opened)] == ["1 3"]


def test_a_document_that_does_not_open_says_so_and_can_be_pressed_again(booth: Booth, watch) -> None:
    watch.forgive("ERR_FAILED")
    opened = booth.open()
    _attach(booth, opened, 5, "路线图")
    page = booth.page(opened)

    def fail(route: Route) -> None:
        route.abort()

    page.route("**/candidate/990121/**", fail)
    sheet = _details(page, 5)
    button = sheet.get_by_role("button", name="路线图")
    button.tap()
    expect(sheet).to_contain_text("这份材料没有打开")
    page.unroute("**/candidate/990121/**", fail)
    button.tap()
    expect(sheet).not_to_contain_text("这份材料没有打开")
    button.tap()
    expect(sheet.get_by_role("img", name="路线图")).to_be_visible()


def test_the_clerk_sends_a_document_and_removes_it(visit: Visit, booth: Booth) -> None:
    (candidate, *_) = plant_candidates(booth.store)
    page = visit(f"{booth.server.address}/990121/2026/candidates/{candidate}")
    expect(page.locator("main")).to_contain_text("请登录")
    clerk = booth.contexts(base_url=booth.server.address)
    sign = booth.server.passwords()["clerk"]
    page = clerk.new_page()
    page.goto("/sign-in")
    page.locator("#sign-in-name").fill("clerk")
    page.locator("#sign-in-password").fill(sign)
    page.locator("#sign-in-send").click()
    expect(page.locator("#main h1")).to_contain_text("实事")
    page.goto(f"/990121/2026/candidates/{candidate}")
    page.locator("#candidate-plan").fill("三月前定下来，十月前做完")
    page.locator("#candidate-save").click()
    expect(page.locator("#candidate-told")).to_contain_text("实施计划已保存")
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="上传材料").click()
    chosen.value.set_files({"name": "预算 明细.jpg", "mimeType": "image/jpeg", "buffer": _picture()})
    expect(page.locator("#candidate-documents-told")).to_contain_text("材料已上传")
    listed = page.locator("#candidate-documents")
    expect(listed.get_by_role("link", name="预算 明细")).to_be_visible()
    assert Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"] == []
    listed.get_by_role("button", name="删去：预算 明细").click()
    expect(page.locator("#candidate-documents-told")).to_contain_text("材料已删去")
    expect(listed).to_contain_text("没有材料")
    page.reload()
    expect(page.locator("#candidate-plan")).to_have_value("三月前定下来，十月前做完")
