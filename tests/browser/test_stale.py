"""A page that is no longer true says so, and what was typed on it is still there."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, arrive, sign_in
from tests.browser.server import Server

pytestmark = pytest.mark.browser

TYPED = "请说明围挡拆除的日期"
DESK = "/990121/2025/desk"
FORGED = """() => dash_clientside.set_props('page', {data: {
  path: '/990121/2025/desk', theme: 'light', narrow: false, build: 'another', actor: ''}})"""


def _typed(page: Page) -> Page:
    page.locator("#remark-text").fill(TYPED)
    return page


def _refused(page: Page, told: str) -> None:
    page.locator("#remark-send").click()
    expect(page.locator("#notice .notice-red")).to_contain_text(told)
    expect(page.locator("#remark-text")).to_have_value(TYPED)
    expect(page.locator("#desk-told")).to_be_empty()


def test_a_tab_left_open_at_the_sign_out_is_told(visit: Visit, server: Server) -> None:
    page = visit("/sign-in")
    sign_in(page, server, "deputy", server.passwords()["deputy"])
    _typed(arrive(page, DESK))
    other = page.context.new_page()
    arrive(other, "/account").locator("#sign-out").click()
    expect(other).to_have_url(server.at("/"))
    _refused(page, "登录状态已变化")


def test_a_tab_of_another_account_is_told(visit: Visit, server: Server) -> None:
    page = visit("/sign-in")
    sign_in(page, server, "deputy", server.passwords()["deputy"])
    _typed(arrive(page, DESK))
    sign_in(page.context.new_page(), server, "clerk", server.passwords()["clerk"])
    _refused(page, "登录状态已变化")


def test_a_page_of_another_build_is_told_to_reload(visit: Visit) -> None:
    page = _typed(visit(DESK, "deputy"))
    page.evaluate(FORGED)
    _refused(page, "本页是旧版")
