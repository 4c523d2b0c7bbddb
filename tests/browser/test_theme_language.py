"""Theme and language are the visitor's; congress and year are chosen in the header; what was typed stays."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.places import drawn
from tests.browser.server import Server

pytestmark = pytest.mark.browser

DARK, LIGHT = "rgb(16, 21, 27)", "rgb(246, 245, 241)"
TYPED = "请说明围挡拆除的日期"
INK = "chart => [chart.layout.font.color, chart.layout.paper_bgcolor]"
WORD = "#overview-curve .annotation-text, #overview-curve .xtick text"


def _inks(page: Page) -> list[str]:
    return list(page.locator("#overview-curve .js-plotly-plot").evaluate(INK))


def test_the_theme_turns_page_and_charts_and_stays(visit: Visit) -> None:
    page = visit("/990121/2025", color_scheme="light")
    drawn(page, 2)
    light, word = _inks(page), page.locator(WORD).first
    ink = word.evaluate("text => getComputedStyle(text).fill")
    expect(page.locator("body")).to_have_css("background-color", LIGHT)
    page.locator("#theme-toggle").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(page.locator("body")).to_have_css("background-color", DARK)
    expect(page.locator(WORD).first).not_to_have_css("fill", ink)
    dark = _inks(page)
    assert dark != light
    page.reload()
    drawn(page, 2)
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert _inks(page) == dark


def test_the_language_link_keeps_the_page(visit: Visit, server: Server) -> None:
    page = visit("/990121/2025")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(server.at("/en/990121/2025"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#main h1")).to_contain_text("of 10 projects")
    page.get_by_role("link", name="中文").click()
    expect(page).to_have_url(server.at("/990121/2025"))
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")


def test_the_language_link_keeps_the_way_onward(visit: Visit, server: Server) -> None:
    page = visit("/sign-in?next=/archive")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{server.address}/en/sign-in?next=/archive")


def test_what_was_typed_survives_theme_and_refusal(visit: Visit) -> None:
    page = visit("/990121/2025/desk", "deputy")
    text = page.locator("#remark-text")
    text.fill(TYPED)
    page.locator("#theme-toggle").click()
    expect(page.locator("body")).to_have_css("background-color", DARK)
    expect(text).to_have_value(TYPED)
    page.locator("#remark-send").click()
    expect(page.locator("#notice .notice-red")).to_contain_text("请先选择项目")
    expect(text).to_have_value(TYPED)


def test_the_tree_leads_to_a_township(visit: Visit, server: Server) -> None:
    page = visit("/990121/2025")
    page.locator("details.congresses > summary").click()
    page.locator("details.congresses").get_by_role("link", name="沚筠镇人民代表大会").click()
    expect(page).to_have_url(server.at("/990121100"))
    expect(page.locator("#main h1")).to_contain_text("3项实事")
    expect(page.locator("details.congresses > summary")).to_contain_text("沚筠镇")
    expect(page.locator("details.congresses")).not_to_have_attribute("open", "")


def test_the_year_menu_leads_to_another_cycle(visit: Visit, server: Server) -> None:
    page = visit("/990121/2025")
    page.locator("details.years > summary").click()
    page.locator("details.years").get_by_role("link", name=re.compile("2026")).click()
    expect(page).to_have_url(server.at("/990121/2026"))
    expect(page.locator("details.years > summary")).to_contain_text("2026")
    expect(page.locator(".stage").first).to_contain_text("903")


def test_a_project_is_chosen_from_the_ranking(visit: Visit) -> None:
    page = visit("/990121/2025")
    drawn(page, 2)
    page.locator(".ranking").get_by_role("link", name="新建公办幼儿园3所").click()
    expect(page).to_have_url(re.compile(r"\?project="))
    expect(page.locator("#curve-card h2")).to_contain_text("新建公办幼儿园")
