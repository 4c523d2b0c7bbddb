"""A box taken away is counted again by the page; the clerk makes papers, attaches a scan and prints the report."""

import io
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
ROUNDS = "/990121/2025/rounds"


def choose(page: Page, button: Locator, path: Path) -> None:
    with page.expect_file_chooser() as chooser:
        button.click()
    chooser.value.set_files(path)


@pytest.mark.parametrize(("language", "width"), [("", 1280), ("/en", 390)])
def test_a_box_that_was_downloaded_is_counted_again(
    visit: Visit, tmp_path: Path, language: str, width: int
) -> None:
    page = visit(f"{language}{ROUNDS}", width=width)
    page.locator(".round-card a").first.click()
    with page.expect_download() as download:
        page.locator(".box-acts a").first.click()
    path = tmp_path / "box.json"
    download.value.save_as(path)
    page.locator(".box-acts a[href$='/recount']").click()
    choose(page, page.locator("button[data-upload]"), path)
    expect(page.locator("#recount-result .notice-green")).to_be_visible()
    expect(page.locator("#recount-result .recount-agrees")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_clerk_makes_a_paper_attaches_a_scan_and_prints_one_sheet(visit: Visit, tmp_path: Path) -> None:
    page = visit(ROUNDS, account="clerk")
    page.locator(".round-card a").first.click()
    page.locator("a[href*='/papers/']").first.click()
    page.locator("input[value='minutes']").check()
    page.locator("#paper-make").click()
    expect(page.locator("#papers-list-told .notice-green")).to_be_visible()
    expect(page.locator("#papers-list tbody tr")).to_have_count(1)
    scan = tmp_path / "scan.png"
    out = io.BytesIO()
    Image.new("L", (600, 800), "white").save(out, "PNG")
    scan.write_bytes(out.getvalue())
    choose(page, page.locator("button[data-upload]"), scan)
    expect(page.locator("#papers-list tbody tr")).to_have_count(2)
    # Three papers stand on the page, each under its own button; a printer is not there.
    page.evaluate("window.print = () => {}")
    for name, pages in (("公告", b"1"), ("会议票决记录", b"2"), ("计票结果报告单", b"1")):
        sheets = page.locator(".printed-sheet", has=page.locator("h2", has_text=re.compile(f"^{name}$")))
        sheets.get_by_role("button", name="打印").click()
        page.emulate_media(media="print")
        expect(page.locator("#papers-list")).to_be_hidden()
        expect(page.locator(".sheet:visible")).to_have_count(1)
        expect(page.locator(".sheet:visible")).to_contain_text("模拟数据")
        expect(page.locator(".sheet:visible")).to_contain_text(name)
        assert re.findall(rb"/Count (\d+)", page.pdf(prefer_css_page_size=True)) == [pages]
        page.emulate_media(media="screen")


@pytest.mark.parametrize(("language", "width"), [("", 390), ("/en", 1280)])
def test_the_papers_of_an_announced_round_can_be_read(visit: Visit, language: str, width: int) -> None:
    page = visit(f"{language}{ROUNDS}", account="clerk", width=width)
    page.locator(".round-card a").first.click()
    page.locator("a[href*='/papers/']").first.click()
    expect(page.locator(".printed-sheet")).to_have_count(3)
    expect(page.locator(".printed-sheet").nth(1)).to_contain_text("会议票决记录")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []
