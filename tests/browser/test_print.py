"""On paper: white, light tokens whatever the theme, no navigation, and 模拟数据 still said."""

import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.places import drawn

pytestmark = pytest.mark.browser

TOKEN = "name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()"


@pytest.fixture
def paper(visit: Visit) -> Page:
    """The overview in the dark theme, as it is printed."""
    page = visit("/990121/2025", color_scheme="dark")
    drawn(page, 2)
    page.emulate_media(media="print")
    return page


def test_the_printed_page_is_light_and_without_navigation(paper: Page) -> None:
    for hidden in (".places", ".tools", ".menu", ".skip", "#live-state"):
        expect(paper.locator(hidden).first).to_be_hidden()
    expect(paper.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    assert paper.evaluate(TOKEN, "--ink") == "#18202a"
    assert paper.evaluate(TOKEN, "--surface") in {"#fff", "#ffffff"}
    expect(paper.locator("main .tag-simulated").first).to_be_visible()
    expect(paper.locator("h1")).to_be_visible()


def test_the_page_can_be_saved_as_pdf(paper: Page, tmp_path: Path) -> None:
    title = paper.locator("h1").inner_text()
    path = tmp_path / "overview.pdf"
    path.write_bytes(paper.pdf(format="A4"))
    assert path.read_bytes().startswith(b"%PDF")
    reader = shutil.which("pdftotext")
    if reader:
        text = subprocess.run([reader, str(path), "-"], capture_output=True, text=True, check=True).stdout
        assert title[:6] in text.replace(" ", "").replace("\n", "")
        assert "模拟数据" in text
