"""Two tellers on phones count, enter and correct the sheets of a round; the chief settles what differs and seals."""

import pytest
from playwright.sync_api import Page, expect

from dashboard.store.tables.voting import Round
from tests.browser.voting import PHONE, Booth
from tests.commands.people import seats
from tests.planting_rounds import Planted, close_round, voted

pytestmark = pytest.mark.browser


def opened(booth: Booth, planted: Planted, language: str, place: int) -> Page:
    """Open the round's paper on the phone of the officer on a seat."""
    context = booth.contexts(base_url=booth.server.address, **PHONE)
    booth.sign_in(context, planted.roll[place])
    page = context.new_page()
    page.goto(f"{language}/990121/2025/paper/{planted.id}")
    expect(page.locator("#paper-work")).to_be_visible()
    # A press before the callbacks are there is nobody's.
    page.wait_for_load_state("networkidle")
    return page


def press(page: Page, button: str) -> None:
    """Press a button and wait for what is told of it."""
    pressed = f'"changedPropIds":["{button[1:]}.n_clicks"]'
    with page.expect_response(lambda answer: pressed in (answer.request.post_data or "")):
        page.locator(button).tap()
    expect(page.locator("#paper-told .notice-green")).to_be_visible()


def count(page: Page, total: int) -> None:
    page.locator("#paper-total").fill(str(total))
    press(page, "#paper-total-send")


def enter(page: Page, number: int, typed: str) -> None:
    """Enter the sheet whose number stands in the field already."""
    expect(page.locator("#paper-number")).to_have_value(str(number))
    page.locator("#paper-typed").fill(typed)
    press(page, "#paper-enter")


def assert_fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    heights = "all => all.map(one => one.offsetHeight).filter(height => height)"
    tall = page.locator("#paper-work .button").evaluate_all(heights)
    # A thumb's width.
    assert all(height >= 44 for height in tall), tall


@pytest.mark.parametrize("language", ["", "/en"])
def test_two_tellers_count_enter_and_correct_on_phones(booth: Booth, language: str) -> None:
    chief, one, two = seats(booth.store)[:3]
    planted = booth.open(on_paper=True, officers={chief: "chief", one: "teller", two: "teller"})
    for seat in planted.roll[10:12]:
        voted(booth.store, planted, seat, "paper")
    close_round(booth.store, planted)

    first = opened(booth, planted, language, 1)
    expect(first.locator("#paper-typed")).to_have_count(0)
    assert_fits(first)
    count(first, 12)
    enter(first, 1, "5 1")
    # Slips: a number that is none of the sheets', then the total itself.
    first.locator("#paper-number").fill("11")
    first.locator("#paper-typed").fill("2")
    press(first, "#paper-enter")
    first.locator("#paper-work summary").tap()
    count(first, 2)
    expect(first.locator("#paper-work .notice-amber")).to_contain_text("11")
    assert_fits(first)
    expect(first.locator("#paper-withdraw-number")).to_have_value("11")
    press(first, "#paper-withdraw")
    enter(first, 2, "3")
    expect(first.locator("#paper-work .notice-green")).to_be_visible()

    second = opened(booth, planted, language, 2)
    # Nothing of the first: not how many were counted, not how many are entered.
    assert second.locator("#paper-work .facts-card dt").count() == 1
    count(second, 1)
    page = opened(booth, planted, language, 0)
    first.locator("#paper-typed").fill("2 3 4")
    enter(second, 1, "1 5")
    expect(second.locator("#paper-work .notice-amber")).to_be_visible()
    # By itself, on every open page, and what is half typed stays.
    for follows in (first, page):
        expect(follows.locator("#paper-notices .notice-amber")).to_be_visible()
    expect(first.locator("#paper-typed")).to_have_value("2 3 4")
    count(second, 2)
    enter(second, 2, "3 4")
    # Both are done: nobody enters anything any more.
    expect(second.locator("#paper-enter")).to_have_count(0)
    expect(second.locator("#paper-withdraw")).to_have_count(0)
    assert_fits(second)
    expect(first.locator("#paper-enter")).to_have_count(0)
    expect(page.locator("#paper-settle-typed")).to_be_visible()
    expect(page.locator("#paper-seal")).to_have_count(0)
    page.locator("#paper-settle-typed").fill("3 4")
    press(page, "#paper-settle")
    expect(page.locator("#paper-work .notice-amber")).to_have_count(0)
    assert_fits(page)
    press(page, "#paper-seal")
    with booth.store.system().reading() as session:
        row = session.get_one(Round, (planted.congress_id, planted.id))
        assert row.facts is not None
        assert (row.facts["settled_sheets"], row.recovered) == (1, 2)
