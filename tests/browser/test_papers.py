"""A box taken away is counted again by the page; the clerk makes papers, attaches a scan and prints the report."""

import io
import re
from pathlib import Path

import pytest
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
    page.emulate_media(media="print")
    expect(page.locator("#papers-list")).to_be_hidden()
    expect(page.locator(".sheet")).to_contain_text("模拟数据")
    assert re.findall(rb"/Count (\d+)", page.pdf(prefer_css_page_size=True)) == [b"1"]
