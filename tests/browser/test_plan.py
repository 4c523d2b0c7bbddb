"""A change of a plan from its first word to its second baseline on the curve; and the report behind a point."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from dashboard.store.loading.gathering import key_of
from tests.browser.conftest import Visit, arrive, own_server
from tests.browser.places import WIDTHS
from tests.browser.server import Server

pytestmark = pytest.mark.browser

PLAN = f"/990121/2025/plan/{key_of('projects', '990121', '2025-03')}"
PROJECT = "/990121/2025/projects/3"
TRACES = (
    "() => document.querySelector('#project-curve .js-plotly-plot').data.map(one => one.name).filter(Boolean)"
)
Visitor = Callable[..., BrowserContext]
Enter = Callable[..., Page]


@pytest.fixture(scope="module")
def own(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own: a plan that is changed changes what every other page shows."""
    with own_server(server, tmp_path_factory.mktemp("plans")) as made:
        yield made


def press(page: Page, verb: str) -> None:
    page.locator(f"button[data-plan-press={verb}]").click()


def names(page: Page) -> list[str]:
    expect(page.locator("#project-curve .trace path").first).to_be_attached()
    found: list[str] = page.evaluate(TRACES)
    return found


def _type_change(page: Page) -> None:
    """Type a change that lacks the money of its new months, and one share that is no number."""
    page.locator(".plan-begin summary").click()
    page.locator("#plan-reason").fill("管线迁改未批，两个小区延至明年二月。")
    page.locator("#plan-due").fill("2026年2月28日")
    page.locator("#plan-due").press("Tab")
    expect(page.locator("#plan-months-2026-02-share")).to_be_visible()
    for month, share in (
        ("2025-10", "80"),
        ("2025-11", "84"),
        ("2025-12", "九成"),
        ("2026-01", "95"),
        ("2026-02", "100"),
    ):
        page.locator(f"#plan-months-{month}-share").fill(share)


def test_an_adjustment_with_its_second_baseline_on_the_curve(enter: Enter) -> None:
    """The department types, is told by field and loses nothing; the government approves; both plans are drawn."""
    public = arrive(enter(None), PROJECT)
    assert "v1" not in names(public)
    department = enter("department")
    arrive(department, PROJECT)
    department.locator("#plan .card-acts a").click()
    expect(department).to_have_url(re.compile(re.escape(PLAN)))
    _type_change(department)
    press(department, "submit")
    expect(department.locator("#plan-months-2025-12-share")).to_have_value("九成")
    expect(department.locator(".error-list a")).to_have_attribute("href", "#plan-months-2025-12-share")
    expect(department.locator("#plan-reason")).to_have_value("管线迁改未批，两个小区延至明年二月。")
    department.locator("#plan-months-2025-12-share").fill("９０")
    # The preview follows what is typed: the plan in force stands thin behind it.
    expect(department.locator("#plan-preview .plan-shares li").nth(11)).to_contain_text("90.0%")
    press(department, "submit")
    expect(department.locator(".error-list a")).to_have_count(2)
    department.locator("button[data-plan-ask=spread]").click()
    expect(department.locator("#plan-months-2026-02-money")).to_have_value("5980")
    press(department, "submit")
    expect(department.locator("#plan-told .notice-green")).to_be_visible()
    expect(department.locator("#plan-state")).to_contain_text("待办理")
    assert "v1" not in names(arrive(public, PROJECT))
    coordinator = enter("coordinator")
    arrive(coordinator, "/990121/2025/desk")
    coordinator.locator("#desk-plans a", has_text="老旧小区").click()
    expect(coordinator.locator(".plan-sides .changed").first).to_be_visible()
    coordinator.locator("#plan-document").fill("禾政〔2025〕35号")
    coordinator.locator("#plan-day").fill("2025-10-09")
    press(coordinator, "approval")
    expect(coordinator.locator("#plan-told .notice-green")).to_be_visible()
    assert names(arrive(public, PROJECT))[:2] == ["v1", "计划"]
    expect(public.locator("#plan")).to_contain_text("禾政〔2025〕35号")
    expect(public.locator("#project-curve .annotation-text", has_text="v1")).to_have_count(1)


def test_two_at_one_draft_see_each_other(enter: Enter) -> None:
    """The later one is shown the other's text beside the own one, and overwrites nothing unasked."""
    plan = f"/990121/2025/plan/{key_of('projects', '990121', '2025-05')}"
    first, second = (enter("clerk") for _ in range(2))
    for page, reason in ((first, "汛期冲毁便道"), (second, "材料涨价")):
        arrive(page, plan)
        page.locator(".plan-begin summary").click()
        page.locator("#plan-reason").fill(reason)
    press(first, "save")
    expect(first.locator("#plan-told .notice-green")).to_be_visible()
    press(second, "save")
    told = second.locator("#plan-told")
    expect(told).to_contain_text("汛期冲毁便道")
    expect(told).to_contain_text("材料涨价")
    expect(second.locator("#plan-reason")).to_have_value("材料涨价")
    press(second, "take")
    expect(second.locator("#plan-reason")).to_have_value("汛期冲毁便道")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_press_on_a_point_opens_its_report_and_the_address_keeps_it(visit: Visit, width: int) -> None:
    page = visit(PROJECT, width=width)
    expect(page.locator("#project-curve .trace path").first).to_be_attached()
    dot = page.locator("#project-curve .scatterlayer .trace").last.locator(".point").nth(6)
    dot.scroll_into_view_if_needed()
    box = dot.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2 - 3, box["y"])
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".point h3").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?report=2025-\d\d$"))
    title = page.locator(".point h3").inner_text()
    page.reload()
    expect(page.locator(".point h3")).to_have_text(title)
    wide, shown = page.evaluate(WIDTHS)
    assert wide <= shown


def test_the_months_lead_to_their_reports_without_scripts(visitor: Visitor) -> None:
    page = visitor(java_script_enabled=False).new_page()
    page.goto(f"{PROJECT}?money=1")
    page.locator(".point-way").nth(6).click()
    expect(page).to_have_url(re.compile(r"report=2025-07"))
    expect(page.locator(".point")).to_contain_text("问政后加快施工")


@pytest.mark.parametrize("width", [390, 1920])
@pytest.mark.parametrize("language", ["", "/en"])
def test_the_plans_page_fits(enter: Enter, width: int, language: str) -> None:
    page = enter("clerk", width=width)
    arrive(page, f"{language}{PLAN}")
    expect(page.locator(".plan-sides").first).to_be_visible()
    begin = page.locator(".plan-begin summary")
    if begin.count():
        begin.click()
        expect(page.locator("#plan-reason")).to_be_visible()
    wide, shown = page.evaluate(WIDTHS)
    assert wide <= shown
