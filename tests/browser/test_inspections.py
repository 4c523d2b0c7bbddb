"""An inspection in browsers: planned by the head of a group, written on a phone with pictures, published."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import arrive, own_server
from tests.browser.server import Server

pytestmark = pytest.mark.browser

LIST, TITLE = "/990121/2025/inspections", "视察东门片区外墙改造"
FOUND, CORRECTED = "看了4栋楼，3栋完成外墙，1栋脚手架没有拆。", "看了5栋楼，4栋完成外墙，1栋脚手架没有拆。"
PHONE = {"width": 390, "height": 844}
# What the browser and Dash write to the console of a request that was refused.
LOUD = ("422", "JSHandle@object")


@pytest.fixture(scope="module")
def own(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own: what is published here stands on no other test's pages."""
    with own_server(server, tmp_path_factory.mktemp("inspections")) as made:
        yield made


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A photograph, and a program that is called one."""
    out = io.BytesIO()
    Image.new("RGB", (900, 600), (90, 120, 60)).save(out, "JPEG")
    picture, program = tmp_path / "外墙.jpg", tmp_path / "程序.jpg"
    picture.write_bytes(out.getvalue())
    program.write_bytes(b"MZ" + b"\0" * 3000)
    return [picture, program]


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_visit_with_a_picture(enter: Callable[..., Page], files: list[Path], watch) -> None:
    watch.forgive(*LOUD)
    deputy, public = enter("deputy", viewport=PHONE), enter(None)
    plan(deputy)
    arrive(public, LIST)
    expect(public.locator(".visit-agenda")).not_to_contain_text(TITLE)
    write(deputy, files)
    address = deputy.url
    public.goto(address)
    expect(public.locator("h1")).not_to_have_text(TITLE)
    publish(enter("clerk"))
    seen(public, address)


def plan(page: Page) -> None:
    """Plan a visit of today: first with a day of another year, which is refused and loses nothing."""
    arrive(page, f"{LIST}?project=3")
    form = page.locator("#visit-plan")
    expect(form.locator("#visit-project option:checked")).to_have_text("城区老旧小区改造24个")
    form.locator("#visit-title").fill(TITLE)
    form.locator("#visit-day").fill("2026年1月5日")
    form.locator("#visit-send").click()
    expect(page.locator("#notice")).to_contain_text("不在2025年度内")
    expect(form.locator("#visit-title")).to_have_value(TITLE)
    form.locator("#visit-day").fill("２０２５.10.10")
    form.locator("#visit-send").click()
    expect(page.locator("#visit-told")).to_contain_text("已安排2025年10月10日的视察")
    expect(page.locator("#notice")).to_be_empty()
    fits(page)
    page.locator("#visit-told a").click()
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.locator(".visit-going li")).to_have_count(6)


def write(page: Page, files: list[Path]) -> None:
    """Write what was found and add the picture; what is none is refused and said."""
    # Pressed twice, the second time before the first was answered: no conflict with oneself.
    for text in (FOUND[:4], FOUND):
        page.locator("#inspection-text").fill(text)
        page.locator("#inspection-record").click()
    expect(page.locator("#inspection-told")).to_contain_text("视察情况已保存")
    expect(page.locator("#inspection-text")).to_have_value(FOUND)
    for file, told in zip(files, ("已附上：外墙.jpg", "不是完整的图片"), strict=True):
        with page.expect_file_chooser() as chooser:
            page.locator("#inspection-files button[data-upload]").click()
        chooser.value.set_files(file)
        expect(page.locator("#visit-files-told")).to_contain_text(told)
    expect(page.locator("#visit-files img")).to_have_count(1)
    fits(page)
    expect(page.locator("#inspection-state")).to_have_text("待公布")


def publish(page: Page) -> None:
    """Publish as the clerk, from the desk, then correct what was published."""
    arrive(page, "/990121/2025/desk")
    page.locator(".visits a", has_text=TITLE).click()
    expect(page.locator(".visit-found")).to_have_text(FOUND)
    page.locator("#inspection-publish").click()
    expect(page.locator("#inspection-state")).to_have_text("已公布")
    page.locator(".visit-folded summary").click()
    page.locator("#inspection-corrected").fill(CORRECTED)
    page.locator("#inspection-why").fill("漏数了一栋")
    page.locator("#inspection-correct").click()
    expect(page.locator("#inspection-told")).to_contain_text("更正已公布")


def seen(page: Page, address: str) -> None:
    """The public reads it: on its own page with the picture and the version before, in the list, at the project."""
    page.goto(address)
    expect(page.locator(".visit-found").first).to_have_text(CORRECTED)
    expect(page.locator("#inspection-body")).to_contain_text("漏数了一栋")
    page.locator(".visit-more summary").click()
    expect(page.locator(".visit-more .visit-found")).to_have_text(FOUND)
    shown = page.locator(".visit-files img").evaluate("one => one.decode().then(() => one.naturalWidth)")
    assert shown == 320
    arrive(page, f"{LIST}?month=2025-10")
    expect(page.locator(".visit-agenda")).to_contain_text(CORRECTED)
    page.locator(".visit-calendar a", has_text="10").click()
    expect(page.locator("h1")).to_have_text(TITLE)
    arrive(page, "/990121/2025/projects/3")
    expect(page.locator(".said").first).to_contain_text(CORRECTED)
