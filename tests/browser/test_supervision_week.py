"""A supervision week in browsers: opened, remarked in, answered in time or not, followed by a task that is closed."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import update

from dashboard.store.tables.congress import Congress
from dashboard.store.transactions import Store
from tests.browser.conftest import arrive, own_hall
from tests.browser.places import Place, faults
from tests.browser.server import Server

pytestmark = pytest.mark.browser

CODE = "990121"
YEAR, NAME = f"/{CODE}/2025", "城区老旧小区改造24个"
PHONE = {"width": 390, "height": 844}
WEEK, FIRST, SECOND = "十月集中监督周", "三号楼楼道没有照明。", "五号楼的雨水管直接排到路面。"
ANSWER = "十月十一日已装好楼道灯二十盏。"
# Who needs the password once signs in once; the clock is moved between.
Enter = Callable[..., Page]


@pytest.fixture(scope="module")
def moved(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Store]]:
    """A server of its own: its clock is moved, and what is opened here stands on no other test's pages."""
    with own_hall(server, tmp_path_factory.mktemp("week")) as made:
        yield made


@pytest.fixture(scope="module")
def own(moved: tuple[Server, Store]) -> Server:
    return moved[0]


def move_clock(moved: tuple[Server, Store], day: date) -> None:
    """Let another day count as today in the county; a server learns it when it starts."""
    server, store = moved
    server.stop()
    with store.system().writing() as session:
        session.execute(update(Congress).where(Congress.code == CODE).values(as_of=day))
    server.start()


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def say(page: Page, text: str) -> None:
    """Remark on the project from the deputy's desk."""
    arrive(page, f"{YEAR}/desk")
    page.locator("#remark-send").click()
    expect(page.locator("#notice .notice-red")).to_contain_text("请先选择项目")
    page.locator("#remark-project").select_option(label=NAME)
    page.locator("#remark-text").fill(text)
    fits(page)
    page.locator("#remark-send").click()
    expect(page.locator("#desk-told .notice-green")).to_contain_text("意见已记录")
    mine = page.locator("#desk-said li", has_text=text)
    expect(mine).to_contain_text("待答复")
    expect(mine).to_contain_text(WEEK)


def open_week(page: Page) -> str:
    """Open the week as the clerk and return its address."""
    arrive(page, f"{YEAR}/weeks")
    page.locator("#week-title").fill(WEEK)
    page.locator("#week-from").fill("10月9日")
    page.locator("#week-to").fill("2025-10-15")
    page.locator("#week-send").click()
    expect(page.locator("#notice .notice-red")).to_contain_text("日期")
    # What was typed is still there.
    expect(page.locator("#week-title")).to_have_value(WEEK)
    page.locator("#week-from").fill("2025年10月9日")
    page.locator("#week-send").click()
    expect(page.locator("#week-told .notice-green")).to_contain_text("监督周已设定")
    page.locator("#week-told a").click()
    expect(page.locator("h1")).to_contain_text(WEEK)
    return page.url.removeprefix(page.url.split(f"/{CODE}")[0])


def answer(page: Page) -> str:
    """Answer the first remark on a phone and return its address."""
    arrive(page, f"{YEAR}/desk")
    page.locator(".remarks li", has_text=FIRST).locator(".remark-text a").click()
    expect(page.locator("#remark-answer-text")).to_be_visible()
    fits(page)
    page.locator("#remark-answer-send").click()
    expect(page.locator("#notice .notice-red")).to_contain_text("答复还没有写")
    page.locator("#remark-answer-text").fill(ANSWER)
    page.locator("#remark-answer-send").click()
    expect(page.locator("#remark-told .notice-green")).to_contain_text("答复已记录")
    page.locator("#remark-answer-text").fill("更正：二十二盏。")
    page.locator("#remark-answer-send").click()
    expect(page.locator("#notice .notice-red")).to_contain_text("没有写明再次答复的原因")
    expect(page.locator("#remark-answer-text")).to_have_value("更正：二十二盏。")
    return page.url


def follow(clerk: Page) -> str:
    """Open a task from the overdue remark and return its address."""
    arrive(clerk, f"{YEAR}/remarks?state=overdue")
    late = clerk.locator(".remarks li", has_text=SECOND)
    expect(late).to_contain_text("逾期未答复")
    expect(clerk.locator(".remarks li", has_text=FIRST)).to_have_count(0)
    late.locator(".remark-text a").click()
    clerk.get_by_role("link", name="发起督办").click()
    expect(clerk.locator("#task-opening")).to_contain_text(SECOND)
    expect(clerk.locator("#task-title")).to_have_value("督办城区老旧小区改造的代表意见")
    clerk.locator("#task-kind").select_option(value="on_site")
    clerk.locator("#task-led").fill("王主任")
    clerk.locator("#task-due").fill("2025-10-01")
    clerk.locator("#task-send").click()
    expect(clerk.locator("#notice .notice-red")).to_contain_text("期限已经过去")
    clerk.locator("#task-due").fill("2025-10-31")
    clerk.locator("#task-send").click()
    expect(clerk.locator("#task-told-opening .notice-green")).to_contain_text("督办已发起")
    clerk.locator("#task-told-opening a").click()
    expect(clerk.locator("#task-body")).to_contain_text("现场督办")
    return clerk.url


def test_a_supervision_week(enter: Enter, moved: tuple[Server, Store]) -> None:
    clerk = enter("clerk")
    week = open_week(clerk)
    deputy, other = enter("deputy", viewport=PHONE), enter("scrutineer-1")
    say(deputy, FIRST)
    say(other, SECOND)
    department = enter("department", viewport=PHONE)
    remark = answer(department)
    arrive(deputy, f"{YEAR}/desk")
    deputy.locator("#desk-said li", has_text=FIRST).locator(".remark-text a").click()
    expect(deputy.locator("#remark-body")).to_contain_text(ANSWER)
    deputy.locator("#remark-satisfied").click()
    expect(deputy.locator("#remark-told .notice-green")).to_contain_text("已记录：满意")
    move_clock(moved, date(2025, 10, 22))
    task = follow(clerk)
    arrive(department, f"{YEAR}/desk")
    expect(department.locator(".remarks li", has_text=SECOND)).to_contain_text("逾期未答复")
    arrive(department, task)
    fits(department)
    department.locator("#task-report-text").fill("雨水管已接入管网。")
    department.locator("#task-report-send").click()
    expect(department.locator("#task-told .notice-green")).to_contain_text("报告已提交")
    arrive(clerk, task)
    expect(clerk.locator("#task-body")).to_contain_text("雨水管已接入管网。")
    clerk.locator("#task-close-note").fill("到现场看过，属实。")
    clerk.locator("#task-close-send").click()
    expect(clerk.locator("#task-body")).to_contain_text("已办结")
    arrive(clerk, remark)
    clerk.locator("#remark-publish").click()
    expect(clerk.locator("#remark-told .notice-green")).to_contain_text("已公布")
    say_so(clerk, enter(None), week)


def say_so(clerk: Page, public: Page, week: str) -> None:
    """The week's page tells all of it to the clerk, and to the public what is published."""
    arrive(clerk, week)
    told = clerk.locator(".facts > div").all_inner_texts()
    numbers = {text.split("\n")[0]: text.split("\n")[-1].split("／")[0].strip() for text in told}
    assert {name: numbers[name] for name in ("意见", "已答复", "逾期未答复", "迟答", "参与代表")} == {
        "意见": "2", "已答复": "1", "逾期未答复": "1", "迟答": "0", "参与代表": "2",
    }  # fmt: skip
    expect(clerk.locator("tr", has_text=NAME)).to_contain_text("1件，办结1件")
    assert faults(clerk, Place(week, simulated=True), "zh") == []
    arrive(public, week)
    expect(public.locator("#main")).to_contain_text(FIRST)
    expect(public.locator("#main")).not_to_contain_text(SECOND)
    expect(public.locator("#main")).not_to_contain_text("各代表团参与情况")
    assert public.locator(".facts > div").count() == 4


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [390, 1920])
def test_the_pages_of_members_fit(visitor: Callable[..., BrowserContext], width: int, language: str) -> None:
    """Pages that the crawl opens as the public only, as those who work on them see them."""
    page = visitor("clerk", width=width).new_page()
    start = "" if language == "zh" else "/en"
    for path in ("tasks", "weeks", "remarks", "tasks?state=overdue", "desk"):
        arrive(page, f"{start}{YEAR}/{path}")
        title = "desk.title" if path == "desk" else None
        assert faults(page, Place(path, title=title, simulated=True), language) == []
