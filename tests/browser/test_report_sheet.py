"""A month by Excel in a browser: taken away, filled in with three mistakes, put right, submitted all at once."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import arrive, own_server
from tests.browser.server import Server
from tests.sheets import filled, typing

pytestmark = pytest.mark.browser

YEAR, NUMBER = "/990121/2025", 3
GOOD = {
    "share": "２０％", "quantity": "4", "paid": "1,234.5", "done": "四个小区开工。", "expected": "2025/12/31",
    "explanation": "原经办人调离，补报",
}  # fmt: skip
# A share in words, a day that is none, thousands separated after two figures.
PLANTED = {"share": "九成", "expected": "2025年2月30日", "paid": "1,23"}


@pytest.fixture(scope="module")
def own(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own: what is submitted here waits on no other test's pages."""
    with own_server(server, tmp_path_factory.mktemp("sheet")) as made:
        yield made


def taken_away(page: Page) -> bytes:
    """Return the table of April as the page gives it."""
    arrive(page, f"{YEAR}/report")
    with page.expect_download() as given:
        april(page).get_by_role("link").click()
    assert re.fullmatch(r"月报-2025-04\.xlsx", given.value.suggested_filename)
    return Path(given.value.path()).read_bytes()


def april(page: Page) -> Locator:
    return page.locator("tr", has=page.locator('a[href*="2025-04.xlsx"]'))


def handed_in(page: Page, body: bytes, button: str) -> None:
    with page.expect_file_chooser() as chooser:
        page.locator(button).click()
    sheet = {"name": "月报.xlsx", "mimeType": "application/octet-stream", "buffer": body}
    chooser.value.set_files(sheet)


def test_three_mistakes_are_told_by_cell_and_nothing_is_sent(enter: Callable[..., Page], watch) -> None:
    # The second choice of another file.
    watch.forgive("422")
    department = enter("department")
    body = taken_away(department)
    choose, result = 'tr:has(a[href*="2025-04.xlsx"]) button', department.locator("#sheet-result")
    handed_in(department, filled(body, typing(NUMBER, **GOOD | PLANTED)), choose)
    expect(result.locator(".notice-red")).to_contain_text("3")
    rows = result.locator("tbody tr")
    expect(rows).to_have_count(3)
    for place, (cell, what) in enumerate(
        (("C", "写成90"), ("E", "不是数"), ("L", "没有2025年2月30日这一天"))
    ):
        expect(rows.nth(place).get_by_role("rowheader")).to_have_text(re.compile(rf"{cell}\d+"))
        expect(rows.nth(place)).to_contain_text(what)
    expect(result.locator(".acts button")).to_have_count(0)
    clerk = enter("clerk")
    arrive(clerk, f"{YEAR}/checking")
    expect(clerk.locator("#main")).not_to_contain_text(GOOD["done"])
    put_right = filled(body, typing(NUMBER, **GOOD))
    handed_in(department, put_right, choose)
    expect(result).to_contain_text("将要报送的内容")
    expect(result).to_contain_text(GOOD["done"])
    # Another file at the second choice is not what was looked at.
    handed_in(department, filled(put_right, typing(NUMBER, share="21")), "#sheet-result .acts button")
    expect(department.locator("#sheet-result-told .notice-red")).to_contain_text("不是刚才核对的那个文件")
    handed_in(department, put_right, "#sheet-result .acts button")
    expect(department.locator("#sheet-result-told .notice-green")).to_contain_text("已报送1个项目的月报")
    arrive(clerk, f"{YEAR}/checking")
    waiting = clerk.locator(".check-report", has_text=GOOD["done"])
    expect(waiting).to_contain_text("20.0%")
    expect(waiting).to_contain_text(GOOD["explanation"])
