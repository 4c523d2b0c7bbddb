"""The charts of all projects in a browser: from view to view, each with its address, saved as PNG, SVG and CSV."""

import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser

LIST = "/990121/2025/projects"
VIEWS = {
    "进度榜": ("rank", ".whole-ranking .ranking tbody tr"),
    "工期": ("slip", ".slips tbody tr"),
    "热力图": ("heat", ".heat tbody tr"),
    "资金": ("money", ".works-list tbody tr"),
    "曲线": ("curves", ".smalls > li"),
}


def saved(page: Page, kind: str, folder: Path) -> bytes:
    with page.expect_download() as told:
        page.locator("button.download", has_text=kind).click()
    path = folder / told.value.suggested_filename
    told.value.save_as(path)
    assert path.suffix == f".{kind.lower()}"
    return path.read_bytes()


def test_every_view_has_its_address_and_is_saved_as_png_svg_and_csv(visit: Visit, tmp_path: Path) -> None:
    page = visit(LIST)
    for label, (view, rows) in VIEWS.items():
        page.locator(".project-views").get_by_role("link", name=label).click()
        expect(page).to_have_url(re.compile(rf"{LIST}\?view={view}$"))
        expect(page.locator(rows)).to_have_count(10)
        svg = saved(page, "SVG", tmp_path).decode()
        ElementTree.fromstring(svg)
        assert "模拟数据" in svg
        image = Image.open(io.BytesIO(saved(page, "PNG", tmp_path)))
        size = re.search(r'width="(\d+)" height="(\d+)"', svg)
        assert size is not None
        assert image.size == (int(size[1]) * 2, int(size[2]) * 2)
        # It is drawn, not blank: the ground, ink and colours.
        assert len(image.convert("RGB").resize((240, 140)).getcolors(240 * 140) or []) > 40
        csv = saved(page, "CSV", tmp_path).decode("utf-8-sig")
        assert "模拟数据" in csv
        assert f"view={view}" in csv
        assert len(csv.splitlines()) >= 13
    # The address alone gives the same view.
    page.reload()
    expect(page.locator(".smalls > li")).to_have_count(10)


def test_a_filter_stays_from_view_to_view_and_in_the_picture(visit: Visit, tmp_path: Path) -> None:
    page = visit(f"{LIST}?view=rank&light=red")
    expect(page.locator(".whole-ranking .ranking tbody tr")).to_have_count(1)
    page.locator(".project-views").get_by_role("link", name="工期").click()
    expect(page.locator(".slips tbody tr")).to_have_count(1)
    assert "农村公路" not in saved(page, "SVG", tmp_path).decode()


def test_the_curve_is_saved_of_the_project_that_is_shown(visit: Visit, tmp_path: Path) -> None:
    page = visit("/990121/2025/projects/6?money=1", color_scheme="dark")
    curve = page.locator(".card", has=page.locator("#project-curve"))
    with page.expect_download() as told:
        curve.locator("button.download", has_text="SVG").click()
    told.value.save_as(tmp_path / "curve.svg")
    svg = (tmp_path / "curve.svg").read_text()
    assert "明厨亮灶" in svg
    # On paper as on a screen: light, whatever the theme.
    assert 'fill="#FFFFFF"' in svg


def test_a_picture_that_cannot_be_had_is_told(visit: Visit, watch: Watch) -> None:
    watch.forgive(r"404.*/picture/", r"Failed to load resource.*404")
    page = visit(f"{LIST}?view=rank")
    button = page.locator("button.download", has_text="SVG")
    button.evaluate("one => one.setAttribute('data-picture', 'nothing')")
    button.click()
    expect(page.locator("#notice-status")).to_be_visible()
    expect(button).to_be_enabled()
