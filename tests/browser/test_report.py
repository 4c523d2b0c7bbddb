"""A department's month in browsers: drafted on a phone, with pictures and warnings, given back, published."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import arrive, own_server
from tests.browser.places import drawn
from tests.browser.server import Server

pytestmark = pytest.mark.browser

YEAR, NAME = "/990121/2025", "城区老旧小区改造24个"
PHONE = {"width": 390, "height": 844}
# What the browser and Dash write to the console of a request that failed or was refused.
LOUD = (
    "422",
    "ERR_INTERNET_DISCONNECTED",
    "Callback failed",
    "Callback error",
    "did not respond",
    "JSHandle@object",
)
FIELDS = {
    "share": "２５．５％", "quantity": "6", "paid": "１，２００", "started": "100", "finished": "25",
    "done": "六个小区完成外墙改造。", "next": "五月进场第三批。", "expected": "2025年12月20日", "plan": "累计八个",
    "plan_share": "35",
}  # fmt: skip
APRIL = """chart => chart.data.filter(trace => /actual|实际/i.test(trace.name || ''))
  .flatMap(trace => trace.y.filter((_, place) => String(trace.x[place]).startsWith('2025-04-30')))"""


@pytest.fixture(scope="module")
def own(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own: what is published here stands on no other test's pages."""
    with own_server(server, tmp_path_factory.mktemp("report")) as made:
        yield made


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    """Two photographs and a program that is called one."""
    made = []
    for place, name in enumerate(("现场一.jpg", "现场二.png")):
        out = io.BytesIO()
        Image.new("RGB", (900, 600), (60 * place, 120, 90)).save(
            out, "PNG" if name.endswith("png") else "JPEG"
        )
        made.append(tmp_path / name)
        made[-1].write_bytes(out.getvalue())
    program = tmp_path / "现场三.jpg"
    program.write_bytes(b"MZ" + b"\0" * 3000)
    return [*made, program]


def form(page: Page, month: str) -> Page:
    """Open the form of the demonstration's project and wait until its script has begun."""
    if "/report/" not in page.url:
        arrive(page, f"{YEAR}/report")
        page.locator(".monthly-own a", has_text=NAME).click()
        expect(page.locator("#report-form")).to_be_visible()
    arrive(page, re.sub(r"\?.*", "", page.url) + f"?month={month}")
    expect(page.locator("#report-form[data-begun]")).to_be_visible()
    return page


def saved(page: Page) -> None:
    expect(page.locator("#report-saying")).to_be_empty()
    expect(page.locator("#report-saved")).to_contain_text(re.compile(r"草稿已保存 \d\d:\d\d"))


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def attach(page: Page, *files: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.locator("#report-files-card button[data-upload]").click()
    chooser.value.set_files(list(files))


def check(page: Page, *shares: str) -> None:
    """Choose the reports with these shares, and no others."""
    boxes = page.locator("#publish-choice input")
    for place in range(boxes.count()):
        boxes.nth(place).uncheck()
    for share in shares:
        page.locator("#publish-choice label", has_text=share).click()


def test_a_departments_month(enter: Callable[..., Page], pictures: list[Path], watch) -> None:
    watch.forgive(*LOUD)
    department, clerk = enter("department", viewport=PHONE), enter("clerk")
    write(department, pictures)
    give_back(clerk)
    again(department)
    publish(clerk)
    public = enter(None)
    arrive(public, f"{YEAR}/projects/3")
    drawn(public, 1)
    assert public.locator(".js-plotly-plot").first.evaluate(APRIL) == [25.5]
    row = public.locator(".reports tr", has_text="六个小区完成外墙改造，名单附后。")
    expect(row.locator("img")).to_have_count(2)
    expect(row).to_contain_text("跳升")
    shown = row.locator("img").first.evaluate("one => one.decode().then(() => one.naturalWidth)")
    assert shown == 320
    object_and_correct(enter("deputy", viewport=PHONE), clerk, department)
    arrive(public, f"{YEAR}/projects/3")
    drawn(public, 1)
    assert public.locator(".js-plotly-plot").first.evaluate(APRIL) == [24.0]
    expect(public.locator(".reports")).to_contain_text("25.5%")
    expect(public.locator(".reports")).to_contain_text("按验收单更正")


def write(page: Page, pictures: list[Path]) -> None:
    """Write the month that is missing, on a phone, with what goes wrong on the way."""
    arrive(page, f"{YEAR}/desk")
    late = page.locator(".monthly-due li", has_text="4月月报")
    expect(late).to_contain_text("迟")
    late.locator("a").click()
    expect(page.locator("#report-form[data-begun]")).to_be_visible()
    fits(page)
    expect(page.locator("#report-share-help + .monthly-beside")).to_contain_text("14.0%")
    page.locator("#report-share").fill("九成")
    page.locator("#report-expected").fill("2025年2月30日")
    saved(page)
    page.reload()
    expect(page.locator("#report-form[data-begun]")).to_be_visible()
    expect(page.locator("#report-share")).to_have_value("九成")
    page.locator("#report-send").click()
    told = page.locator("#report-told .notice-red")
    expect(told.locator("li")).to_have_count(4)
    expect(page.locator("#report-share-error")).to_contain_text("写成90")
    expect(page.locator("#report-expected-error")).to_contain_text("没有2025年2月30日这一天")
    expect(page.locator("#report-share")).to_have_value("九成")
    for name, value in FIELDS.items():
        page.locator(f"#report-{name}").fill(value)
    saved(page)
    attach(page, *pictures)
    expect(page.locator("#report-files-told .notice-red")).to_contain_text("改了扩展名")
    expect(page.locator("#report-files img")).to_have_count(2)
    attach(page, pictures[0])
    expect(page.locator("#report-files-told")).to_contain_text("已经附上了")
    warnings = page.locator("#report-warnings")
    expect(warnings).to_contain_text("进度一个月从14.0%升到25.5%")
    expect(warnings).to_contain_text("迟报")
    page.locator("#report-send").click()
    expect(page.locator("#report-explanation-error")).to_contain_text("还没有说明")
    fits(page)
    page.locator("#report-explanation").fill("原经办人调离，补报")
    page.locator("#report-send").click()
    expect(page.locator("#report-sent")).to_contain_text("2025年4月月报已报送")


def give_back(page: Page) -> None:
    arrive(page, f"{YEAR}/desk")
    page.locator(".desk-check a").click()
    report = page.locator(".check-report", has_text="六个小区完成外墙改造。")
    expect(report).to_contain_text("14.0%")
    expect(report).to_contain_text("原经办人调离，补报")
    expect(report.locator(".check-warnings li")).to_have_count(2)
    expect(report.locator("img")).to_have_count(2)
    check(page, "25.5%")
    page.locator("#return-send").click()
    expect(page.locator("#notice .notice-red")).to_contain_text("退回要写原因")
    page.locator("#return-reason").fill("请附小区名单")
    page.locator("#return-send").click()
    expect(page.locator("#check-told .notice-green")).to_contain_text("已退回1份")
    expect(page.locator(".check-report", has_text="六个小区完成外墙改造。")).to_have_count(0)


def again(page: Page) -> None:
    arrive(page, f"{YEAR}/desk")
    row = page.locator(".monthly-due li", has_text="4月月报")
    expect(row).to_contain_text("请附小区名单")
    row.locator("a").click()
    expect(page.locator("#report-form[data-begun]")).to_be_visible()
    expect(page.locator(".monthly .notice-red").first).to_contain_text("请附小区名单")
    expect(page.locator("#report-share")).to_have_value("25.5")
    expect(page.locator("#report-files img")).to_have_count(2)
    page.locator("#report-done").fill("六个小区完成外墙改造，名单附后。")
    page.locator("#report-explanation").fill("原经办人调离，补报")
    page.locator("#report-send").click()
    expect(page.locator("#report-sent")).to_be_visible()


def publish(page: Page) -> None:
    arrive(page, f"{YEAR}/checking")
    check(page, "25.5%")
    page.locator("#publish-send").click()
    expect(page.locator("#check-told .notice-green")).to_contain_text("已公布1份")


def object_and_correct(deputy: Page, clerk: Page, department: Page) -> None:
    """A deputy objects, the clerk upholds it, the department corrects, the clerk publishes the second version."""
    arrive(deputy, f"{YEAR}/projects/3")
    fits(deputy)
    chosen = deputy.locator("#objection-report option", has_text="2025年4月").get_attribute("value")
    deputy.locator("#objection-report").select_option(value=chosen)
    deputy.locator("#objection-text").fill("验收单上只有24%")
    deputy.locator("#objection-send").click()
    expect(deputy.locator("#objection-list")).to_contain_text("待处理")
    arrive(clerk, f"{YEAR}/checking")
    clerk.locator("#objection-outcome label", has_text=re.compile("^成立$")).click()
    clerk.locator("#objection-answer").fill("经核实属实，请更正")
    clerk.locator("#answer-send").click()
    expect(clerk.locator("#check-told .notice-green")).to_contain_text("异议已处理")
    form(department, "2025-04")
    expect(department.locator(".monthly-months a.current")).to_contain_text("异议成立")
    department.locator("#report-share").fill("24")
    department.locator("#report-reason").fill("按验收单更正")
    department.locator("#report-explanation").fill("核对无误")
    department.locator("#report-send").click()
    expect(department.locator("#report-sent")).to_be_visible()
    arrive(clerk, f"{YEAR}/checking")
    check(clerk, "24.0%")
    clerk.locator("#publish-send").click()
    expect(clerk.locator("#check-told .notice-green")).to_contain_text("已公布1份")
    arrive(deputy, f"{YEAR}/projects/3")
    expect(deputy.locator("#objection-list")).to_contain_text("经核实属实，请更正")


def test_two_at_one_draft_overwrite_nothing(enter: Callable[..., Page]) -> None:
    her, me = form(enter("department"), "2025-08"), form(enter("department"), "2025-08")
    her.locator("#report-share").fill("49")
    her.locator("#report-next").fill("她写的下一步")
    saved(her)
    me.locator("#report-share").fill("50")
    me.locator("#report-problem").fill("我写的问题")
    clash = me.locator("#report-told .notice-amber")
    expect(clash).to_contain_text("另一位经办人也改了1处")
    expect(clash.locator("q")).to_have_text("49")
    # What she alone wrote stands here too, what I alone wrote is kept.
    expect(me.locator("#report-next")).to_have_value("她写的下一步")
    expect(me.locator("#report-share")).to_have_value("50")
    me.locator("#report-send").click()
    expect(clash).to_be_visible()
    expect(me.locator("#report-sent")).to_have_count(0)
    clash.locator("button[data-keep]").click()
    saved(me)
    expect(clash).to_have_count(0)
    her.locator("#report-plan").fill("她写的计划")
    taken = her.locator("#report-told .notice-grey")
    expect(taken).to_contain_text("另一位经办人改了2处")
    expect(her.locator("#report-share")).to_have_value("50")
    expect(her.locator("#report-problem")).to_have_value("我写的问题")
    her.locator("#report-problem").fill("她改的问题")
    saved(her)
    me.locator("#report-problem").fill("我再写的问题")
    expect(clash.locator("q")).to_have_text("她改的问题")
    clash.locator("button[data-take]").click()
    expect(me.locator("#report-problem")).to_have_value("她改的问题")


def test_what_is_typed_without_network_is_sent_when_it_is_back(enter: Callable[..., Page], watch) -> None:
    watch.forgive(*LOUD)
    page = form(enter("department"), "2025-07")
    page.locator("#report-done").fill("有网时写的")
    saved(page)
    page.context.set_offline(True)
    page.locator("#report-done").fill("断网时写的")
    expect(page.locator("#report-saying")).to_contain_text("未保存")
    page.locator("#report-next").fill("断网时又写的")
    page.context.set_offline(False)
    saved(page)
    again = form(enter("department"), "2025-07")
    expect(again.locator("#report-done")).to_have_value("断网时写的")
    expect(again.locator("#report-next")).to_have_value("断网时又写的")


def test_what_was_not_saved_is_there_after_the_page_was_closed(enter: Callable[..., Page], watch) -> None:
    watch.forgive(*LOUD)
    page = form(enter("department"), "2025-06")
    address, context = page.url, page.context
    page.locator("#report-problem").fill("已保存的")
    saved(page)
    context.set_offline(True)
    page.locator("#report-problem").fill("没来得及保存的")
    expect(page.locator("#report-saying")).to_contain_text("未保存")
    page.close()
    context.set_offline(False)
    back = arrive(context.new_page(), address)
    expect(back.locator("#report-problem")).to_have_value("没来得及保存的")
    saved(back)
    other = form(enter("department"), "2025-06")
    expect(other.locator("#report-problem")).to_have_value("没来得及保存的")
