"""A day at the hall: the clerk hands out cards, deputies come in by phone and at a terminal, and check in."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select, update

from dashboard.store.loading.gathering import key_of
from dashboard.store.record import raise_topics
from dashboard.store.seats import in_office
from dashboard.store.tables.accounts import Account, Appointment
from dashboard.store.tables.congress import Membership
from dashboard.store.tables.voting import CheckIn, Round, RoundOfficer
from dashboard.store.transactions import Store, open_store
from tests.browser.conftest import States, Visit, arrive, own_server
from tests.browser.server import Server
from tests.commands.hall_session import plant_round, set_state

pytestmark = pytest.mark.browser

HALL = "/990121/hall"
COUNTY = key_of("congress", "990121")
GRAVE = {"serious", "critical"}
SMALL = """() => [...document.querySelectorAll('main button, main input:not([type=hidden]), main a.button')]
  .filter(one => one.checkVisibility()).map(one => [one.outerHTML.slice(0, 60), one.getBoundingClientRect().height])
  .filter(([, height]) => height < 43.5)"""


@pytest.fixture(scope="module")
def server(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own: the overviews that other tests read know nothing of the rounds planted here."""
    with own_server(server, tmp_path_factory.mktemp("hall")) as own:
        yield own


@pytest.fixture(scope="module")
def states(browser: Browser, server: Server) -> States:
    return States(browser, server)


@pytest.fixture
def store(server: Server) -> Iterator[Store]:
    """The database of the running server."""
    opened = open_store(f"sqlite:///{server.folder / 'dashboard.sqlite3'}")
    yield opened
    opened.close()


@pytest.fixture
def round_id(store: Store) -> Iterator[UUID]:
    """A round that was just frozen, with the demonstration's deputy for a scrutineer; over when the test is."""
    planted = plant_round(store)
    with store.system().writing() as session:
        seat = session.scalars(
            select(Appointment.membership_id)
            .join(Account, Account.id == Appointment.account_id)
            .where(Account.name == "deputy")
        ).one()
        session.add(RoundOfficer(congress_id=COUNTY, round_id=planted, membership_id=seat, duty="scrutineer"))
        raise_topics(session, COUNTY, ["voting"])
    yield planted
    with store.system().writing() as session:
        session.execute(update(Round).where(Round.id == planted).values(state="annulled"))
        raise_topics(session, COUNTY, ["voting"])


def open_round(store: Store, round_id: UUID) -> None:
    """Open a round as its two officers would: the roll is frozen, the topic raised."""
    with store.system().reading() as session:
        roll = list(session.scalars(in_office(date(2025, 10, 10)).where(Membership.congress_id == COUNTY)))
    set_state(store, round_id, "open", roll)
    with store.system().writing() as session:
        raise_topics(session, COUNTY, ["voting"])


def grave(page: Page) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:110]}" for one in found if one["impact"] in GRAVE]


def card_of(page: Page, name: str) -> tuple[str, str]:
    """Let the clerk issue a code to a deputy by the list; return it with the invented digits."""
    page.locator("#hall-search").fill(name)
    page.locator(".hall-seat-acts [data-press=code]").first.click()
    card = page.locator(".hall-card", has_text=name)
    expect(card).to_have_count(1)
    expect(page.locator("button[data-print]")).to_be_focused()
    digits = re.search(r"\d{4}$", card.locator(".hall-card-head").last.inner_text().replace(" ", ""))
    assert digits is not None
    return card.locator(".hall-card-code").inner_text(), digits[0]


def names(page: Page, many: int) -> list[str]:
    """Return the names of the first absent deputies of the clerk's list."""
    expect(page.locator(".hall-seat").first).to_be_visible()
    return page.locator(".hall-seat-who strong").all_inner_texts()[:many]


def come_in(page: Page, digits: str) -> None:
    page.locator("#hall-digits").fill(digits)
    page.locator("#hall-send").click()


def test_from_the_card_to_the_ballot_on_a_phone(
    visit: Visit, watch, server: Server, store: Store, round_id: UUID
) -> None:
    clerk = visit(f"{HALL}/{round_id}", "clerk")
    clerk.locator("[data-press=begin]").click()
    expect(clerk.locator(".hall-code-shown")).to_have_text(re.compile(r"^\d{3} \d{3}$"))
    (name,) = names(clerk, 1)
    code, digits = card_of(clerk, name)
    assert grave(clerk) == []
    phone = visit("/990121/2025", width=390, height=844)
    # The QR code of the card: a new page, with the code behind the #.
    phone = phone.context.new_page()
    arrive(phone, f"{server.address}{HALL}#{code}")
    expect(phone.locator("#hall-code")).to_have_value(code)
    expect(phone.locator("#hall-digits")).to_be_focused()
    assert phone.url == f"{server.address}{HALL}"
    assert grave(phone) == []
    assert phone.evaluate(SMALL) == []
    come_in(phone, "0000" if digits != "0000" else "1111")
    expect(phone.locator("#notice .notice-red")).to_contain_text("会场代码或手机号后四位不对")
    expect(phone.locator("#hall-code")).to_have_value(code)
    come_in(phone, digits)
    expect(phone).to_have_url(f"{server.address}{HALL}/{round_id}")
    expect(phone.locator("h1")).to_have_text("请签到")
    assert grave(phone) == []
    assert phone.evaluate(SMALL) == []
    phone.locator("#check-in-code").fill("000 000")
    phone.locator("#check-in-send").click()
    expect(phone.locator("#notice .notice-red")).to_contain_text("签到码不对")
    phone.locator("#check-in-code").fill(clerk.locator(".hall-code-shown").inner_text())
    phone.locator("#check-in-code").press("Enter")
    expect(phone.locator("h1")).to_have_text("已签到，等待开始表决")
    # The clerk's page follows, and so does the phone when the round opens.
    expect(clerk.locator("[data-shown=present]")).to_have_text("已到 1")
    open_round(store, round_id)
    expect(phone.get_by_role("link", name="进入投票")).to_have_attribute("href", f"/990121/vote/{round_id}")
    assert grave(phone) == []
    asked = [unquote(one.url) for one in watch.requests]
    assert not [url for url in asked if code in url.upper() or code.replace("-", "") in url.upper()]


def test_the_clerk_registers_by_typing_and_a_scrutineer_confirms(visit: Visit, round_id: UUID) -> None:
    clerk = visit(f"{HALL}/{round_id}", "clerk")
    eyes = visit(f"{HALL}/{round_id}", "deputy", width=390)
    expect(eyes.locator("#hall-review h2")).to_have_text("没有等待确认的签到")
    # Not the first: that is the scrutineer.
    name = names(clerk, 12)[-1]
    clerk.locator("#hall-search").fill(name)
    expect(clerk.locator(".hall-seat")).to_have_count(1)
    clerk.locator("#hall-search").press("Enter")
    expect(clerk.locator(".hall-seat .light")).to_have_text("待确认")
    row = eyes.locator(".hall-review li", has_text=name)
    expect(row).to_be_visible()
    assert grave(eyes) == []
    assert grave(clerk) == []
    row.get_by_role("button", name="确认").click()
    expect(eyes.locator("#hall-review h2")).to_have_text("没有等待确认的签到")
    expect(clerk.locator(".hall-seat .light")).to_have_text("已到")
    # What was typed stayed through every change of the list.
    expect(clerk.locator("#hall-search")).to_have_value(name)
    clerk.get_by_role("button", name=f"登记离席：{name}").click()
    expect(clerk.locator(".hall-seat .light")).to_have_text("离席")
    expect(clerk.get_by_role("button", name=f"登记返回：{name}")).to_be_focused()


def test_who_is_taken_over_from_another_round_is_confirmed_with_one_press(
    visit: Visit, store: Store, round_id: UUID
) -> None:
    earlier = plant_round(store, title="上午的一轮")
    with store.system().writing() as session:
        there = list(session.scalars(in_office(date(2025, 10, 10)).where(Membership.congress_id == COUNTY)))[
            5:9
        ]
        session.add_all(
            CheckIn(congress_id=COUNTY, round_id=earlier, membership_id=seat, means="seat") for seat in there
        )
    clerk = visit(f"{HALL}/{round_id}", "clerk")
    eyes = visit(f"{HALL}/{round_id}", "deputy", width=390)
    clerk.locator("#take-over-from").select_option(str(earlier))
    clerk.locator("#take-over-send").click()
    expect(clerk.locator("#hall-told")).to_contain_text("已登记4人，等待监票人确认。")
    expect(eyes.locator("#hall-review h2")).to_have_text("4人的签到等您确认")
    assert grave(eyes) == []
    eyes.get_by_role("button", name="全部确认（4人）").click()
    expect(eyes.locator("#hall-review h2")).to_have_text("没有等待确认的签到")
    expect(clerk.locator("[data-shown=present]")).to_have_text("已到 4")
    with store.system().writing() as session:
        session.execute(update(Round).where(Round.id == earlier).values(state="annulled"))


def test_a_shared_terminal_is_left_for_the_next(visit: Visit, server: Server, round_id: UUID) -> None:
    clerk = visit(f"{HALL}/{round_id}", "clerk")
    name = names(clerk, 20)[-1]
    code, digits = card_of(clerk, name)
    terminal = visit(f"{HALL}?terminal=1")
    terminal.locator("#hall-code").fill(code.lower().replace("-", ""))
    terminal.locator("#hall-digits").fill(digits)
    terminal.locator("#hall-digits").press("Enter")
    expect(terminal).to_have_url(f"{server.address}{HALL}/{round_id}?terminal=1")
    expect(terminal.locator("h1")).to_have_text("请签到")
    terminal.get_by_role("button", name="退出，换下一位代表").click()
    expect(terminal).to_have_url(f"{server.address}{HALL}?terminal=1")
    expect(terminal.locator("#hall-code")).to_have_value("")
    assert [one for one in terminal.context.cookies() if one["name"] == "session"] == []
    # The way back leads to nobody's page.
    terminal.go_back()
    expect(terminal.locator("h1")).not_to_have_text("请签到")
    arrive(terminal, f"{HALL}?terminal=1")
    terminal.locator("#hall-code").fill(code)
    come_in(terminal, digits)
    expect(terminal.locator("#notice .notice-red")).to_contain_text("这个会场代码已经用过")


def test_the_cards_are_printed_eight_on_a_sheet(visit: Visit, round_id: UUID) -> None:
    clerk = visit(f"{HALL}/{round_id}", "clerk")
    clerk.locator("label", has_text="全体代表重新发码").click()
    clerk.locator("#issue-send").click()
    cards = clerk.locator(".hall-card")
    expect(cards.first).to_be_visible(timeout=60_000)
    many = cards.count()
    assert many > 300
    assert len(re.findall(rb"/Type\s*/Page[^s]", clerk.pdf(prefer_css_page_size=True))) == -(-many // 8)
    # What is printed is the cards, all of them, and nothing else.
    clerk.emulate_media(media="print")
    expect(clerk.locator("h1")).to_be_hidden()
    expect(clerk.locator(".hall-people")).to_be_hidden()
    expect(cards.last).to_be_visible()


@pytest.mark.parametrize(("language", "scheme"), [("/en", "dark"), ("", "light")])
def test_each_page_of_the_hall_reads_well(visit: Visit, round_id: UUID, language: str, scheme: str) -> None:
    for account, path in (
        (None, HALL),
        ("deputy", HALL),
        ("deputy", f"{HALL}/{round_id}"),
        ("leader", f"{HALL}/{round_id}"),
        ("clerk", f"{HALL}/{round_id}"),
    ):
        page = visit(f"{language}{path}", account, width=390, color_scheme=scheme)
        assert grave(page) == [], path
        wide, shown = page.evaluate(
            "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert wide <= shown, path
        page.set_viewport_size({"width": 1920, "height": 1080})
        assert grave(page) == [], path
