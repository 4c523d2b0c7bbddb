"""Signing in and out as people do, and what no one gets past."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Visit, arrive, sign_in
from tests.browser.server import Server

pytestmark = pytest.mark.browser

NEW = "a new password 2026"
GONE = "登录状态已变化"
# Ends every session of its account, so it is an account that no other test stays signed in with.
APART = "clerk-990121100"
AT_ONCE = 2_000


def _send(page: Page, name: str, password: str, *, by_enter: bool = False) -> None:
    page.locator("#sign-in-name").fill(name)
    page.locator("#sign-in-password").fill(password)
    if by_enter:
        page.locator("#sign-in-password").press("Enter")
    else:
        page.locator("#sign-in-send").click()


def _first_password(server: Server, name: str, role: str = "presidium") -> str:
    printed = server.command("user", "add", name, "--role", role, "--congress", "990121")
    return printed.splitlines()[-1].split()[-1]


def _change_password(page: Page, old: str, new: str) -> None:
    page.locator("#password-old").fill(old)
    page.locator("#password-new").fill(new)
    page.locator("#password-repeated").fill(new)
    page.locator("#password-send").click()


def _settled(visit: Visit, server: Server, name: str) -> Page:
    """Return the page of a new account whose first password is changed."""
    first = _first_password(server, name)
    page = visit("/sign-in")
    _send(page, name, first)
    expect(page.locator("#password-old")).to_be_visible()
    _change_password(page, first, NEW)
    expect(page.locator("#password-told .notice-green")).to_be_visible()
    return page


@pytest.mark.parametrize(("path", "told"), [("/sign-in", "账号或密码不对。"), ("/en/sign-in", "wrong")])
def test_a_wrong_password_is_told_and_the_name_stays(visit: Visit, path: str, told: str) -> None:
    page = visit(path)
    _send(page, "leader", "not the password")
    expect(page.locator("#notice .notice-red")).to_contain_text(told)
    expect(page.locator("#sign-in-name")).to_have_value("leader")


def test_the_right_password_leads_to_the_own_congress(visit: Visit, server: Server) -> None:
    page = visit("/sign-in")
    _send(page, "deputy-990121100", server.passwords()["deputy-990121100"])
    expect(page).to_have_url(server.at("/990121100"))
    expect(page.locator("#main h1")).to_contain_text("3项实事")
    account = page.locator(".tools details.menu").last
    expect(account.locator("summary")).to_contain_text("人大代表")
    account.locator("summary").click()
    expect(account.get_by_role("link")).to_have_attribute("href", "/account")


def test_enter_in_the_password_signs_in(visit: Visit, server: Server) -> None:
    page = visit("/sign-in")
    _send(page, "leader", server.passwords()["leader"], by_enter=True)
    expect(page).to_have_url(server.at("/990121"))


def test_signing_out_closes_the_desk(visit: Visit, server: Server) -> None:
    page = visit("/sign-in")
    _send(page, "admin", server.passwords()["admin"])
    expect(page).to_have_url(server.at("/990121"))
    arrive(page, "/account").locator("#sign-out").click()
    expect(page).to_have_url(server.at("/"))
    arrive(page, "/990121/2025/desk")
    expect(page.locator("#main")).to_contain_text("要先登录")
    assert [one for one in page.context.cookies() if one["name"] == "session"] == []


def test_signing_out_everywhere_ends_the_other_device(
    visitor: Callable[..., BrowserContext], server: Server
) -> None:
    password = server.passwords()[APART]
    here, there = visitor().new_page(), visitor().new_page()
    for page in (here, there):
        sign_in(page, server, APART, password)
    arrive(there, "/account")
    arrive(here, "/account").locator("#sign-out-everywhere").click()
    expect(here).to_have_url(server.at("/"))
    _change_password(there, password, NEW)
    expect(there.locator("#notice")).to_contain_text(GONE)
    expect(there.locator("#password-told")).to_be_empty()
    # Nothing was done by half: the old password is still the one.
    sign_in(here, server, APART, password)


@pytest.mark.parametrize(
    ("onward", "to"),
    [
        ("/990121/2025/desk", "/990121/2025/desk"),
        ("/archive", "/archive"),
        ("//evil.example/", "/990121"),
        ("https://evil.example/", "/990121"),
        ("/\\evil.example", "/990121"),
        ("javascript:alert(1)", "/990121"),
    ],
)
def test_signing_in_goes_on_within_the_host(visit: Visit, server: Server, onward: str, to: str) -> None:
    page = visit(f"/sign-in?next={onward}")
    _send(page, "leader", server.passwords()["leader"])
    expect(page).to_have_url(server.at(to))


def test_a_first_password_must_be_changed_before_anything_opens(visit: Visit, server: Server) -> None:
    first = _first_password(server, "newcomer")
    page = visit("/sign-in")
    _send(page, "newcomer", first)
    expect(page).to_have_url(server.at("/account"))
    for path in ("/990121/2025", "/990121/2025/desk", "/archive"):
        arrive(page, path)
        expect(page.locator("#main")).to_contain_text("请先修改首次登录的密码")
        expect(page.locator(".js-plotly-plot")).to_have_count(0)
    _change_password(arrive(page, "/account"), first, NEW)
    expect(page.locator("#password-told .notice-green")).to_be_visible()
    arrive(page, "/990121/2025")
    expect(page.locator("#main h1")).to_contain_text("10项实事")


@pytest.mark.parametrize("verb", ["reset", "disable"])
def test_the_command_line_ends_the_session_at_once(visit: Visit, server: Server, verb: str) -> None:
    name = f"person-{verb}"
    page = _settled(visit, server, name)
    arrive(page, "/account")
    server.command("user", verb, name)
    arrive(page, "/990121/2025/desk")
    expect(page.locator("#main")).to_contain_text("要先登录", timeout=AT_ONCE)
    arrive(page, "/sign-in")
    _send(page, name, NEW)
    expect(page.locator("#notice")).to_contain_text("账号或密码不对")
