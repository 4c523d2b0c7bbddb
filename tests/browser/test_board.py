"""The big screen and the leaders' board in a real browser: every view fits, follows, and outlives the network."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dashboard.store.tables.keys import new_id
from dashboard.store.transactions import Store, open_store
from tests.boards import cast, counted, let_in, new_meeting, revoke, shows
from tests.browser.conftest import States, Visit, arrive, own_server
from tests.browser.server import Server
from tests.browser.watching import Watch
from tests.commands.people import COUNTY, seats
from tests.planting_rounds import Planted, change_round, open_round

pytestmark = pytest.mark.browser

TWENTY = [
    f"城区与乡镇第{place}批老旧小区改造、供水管网更新及配套停车泊位建设" if place % 3 else f"第{place}项"
    for place in range(1, 21)
]
VOTES = [301, 296, 288, 281, 277, 270, 264, 259, 251, 240, 231, 225, 219, 207, 196, 180, 161, 140, 120, 90]
# What does not fit: any box beyond the edges, the document larger than the window, and the smallest text.
FITS = """() => {
  const root = document.documentElement;
  const all = [...document.querySelectorAll('.screen *')].filter(one => one.checkVisibility());
  const out = all.filter(one => {
    const box = one.getBoundingClientRect();
    const far = Math.max(box.right - innerWidth, box.bottom - innerHeight, -box.left, -box.top);
    return box.width && far > 1;
  });
  const told = all.filter(one => !one.childElementCount && one.textContent.trim());
  return {
    wide: root.scrollWidth - innerWidth, high: root.scrollHeight - innerHeight, out: out.map(one => one.className),
    smallest: Math.min(...told.map(one => parseFloat(getComputedStyle(one).fontSize)), 999),
    cursor: getComputedStyle(document.body).cursor,
  };
}"""
# Rows of bars that lie on each other, or a result that its column does not hold.
CROWDED = """() => {
  const rows = [...document.querySelectorAll('.opt')].map(one => one.getBoundingClientRect());
  const over = rows.filter((box, place) => place && box.top < rows[place - 1].bottom - 1).length;
  const held = [...document.querySelectorAll('.opt-word, .opt-count')];
  const cut = held.filter(one => one.scrollWidth > one.clientWidth + 1).length;
  return [over, cut, Math.min(...rows.map(box => box.height))];
}"""
SIZES = """() => ['.screen-h1', '.screen-clock', '.figure-value']
  .map(one => parseFloat(getComputedStyle(document.querySelector(one)).fontSize))"""
_tokens = count(1)


@dataclass(frozen=True)
class Hall:
    """A round of a meeting of its own, and the token of a screen of that meeting."""

    store: Store
    round: Planted
    meeting: UUID
    token: str

    def show(self, what: str) -> None:
        """Let the screen show something, as the clerk does."""
        needs = what in {"board", "check_in"}
        shows(self.store, self.round.congress_id, self.meeting, what, self.round.id if needs else None)


@pytest.fixture(scope="module")
def server(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own: the overviews that other tests read know nothing of the rounds planted here."""
    with own_server(server, tmp_path_factory.mktemp("board")) as own:
        yield own


@pytest.fixture(scope="module")
def states(browser: Browser, server: Server) -> States:
    return States(browser, server)


@pytest.fixture
def store(server: Server) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{server.folder / 'dashboard.sqlite3'}")
    yield opened
    opened.close()


@pytest.fixture
def hall(store: Store) -> Hall:
    """Twenty options with long names, 315 of 323 there, 198 of them have voted."""
    found = open_round(store, options=TWENTY, present=seats(store)[:315], now=datetime.now(UTC))
    cast(store, found, dict.fromkeys(found.present[:198], "1 2 3"))
    token, meeting = f"screen-{next(_tokens)}-{new_id().hex}", new_meeting(store, found)
    let_in(store, found.congress_id, meeting, token)
    made = Hall(store, found, meeting, token)
    made.show("board")
    return made


@pytest.fixture
def opens(visitor) -> Visit:
    """Opens the screen of a hall as its computer does."""

    def open_screen(hall: Hall, theme: str = "dark", language: str = "", times: int = 1, **how: str) -> Page:
        page = visitor(width=1920 * times, height=1080 * times, **how).new_page()
        page.goto(f"{language}/{COUNTY}/screen?screen=1&theme={theme}#{hall.token}")
        return page

    return open_screen


def view(page: Page, name: str) -> None:
    expect(page.locator("#screen")).to_have_attribute("data-view", name)


def figure(page: Page, name: str, value: str) -> None:
    expect(page.locator(f".figure-{name} .figure-value")).to_have_text(value)


def grave(page: Page) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    grave = [one for one in found if one["impact"] in {"serious", "critical"}]
    return [f"{one['id']}: {one['nodes'][0]['html'][:100]}" for one in grave]


def test_every_view_fits_the_screen_and_can_be_read(hall: Hall, opens, store: Store) -> None:
    """In both themes and languages, on one screen that follows without being touched."""
    pages = [opens(hall, "dark"), opens(hall, "light", "/en")]

    def look(name: str) -> None:
        for page in pages:
            view(page, name)
            fits = page.evaluate(FITS)
            assert (fits["wide"], fits["high"], fits["out"]) == (0, 0, []), (name, fits)
            assert fits["smallest"] >= 28, (name, fits)
            assert fits["cursor"] == "none"
            assert grave(page) == [], name

    look("voting")
    for what, name in (("check_in", "check_in"), ("title", "title"), ("blank", "blank")):
        hall.show(what)
        look(name)
    hall.show("board")
    for state, name in (("suspended", "suspended"), ("closed", "counting"), ("annulled", "annulled")):
        change_round(store, hall.round, state=state)
        look(name)
    counted(store, hall.round, VOTES, state="announced", split=True, published=datetime.now(UTC))
    look("result")
    for page in pages:
        over, cut, lowest = page.evaluate(CROWDED)
        assert (over, cut) == (0, 0)
        assert lowest >= 30
        expect(page.locator(".opt:not(.opt-head)")).to_have_count(20)


def test_a_screen_of_twice_the_size_shows_twice_as_large(hall: Hall, opens) -> None:
    small, large = opens(hall), opens(hall, times=2)
    for page in (small, large):
        view(page, "voting")
    assert [2 * size for size in small.evaluate(SIZES)] == large.evaluate(SIZES)
    assert large.evaluate(FITS)["out"] == []


def test_a_vote_shows_without_a_touch(hall: Hall, opens, store: Store) -> None:
    page = opens(hall)
    figure(page, "recovered", "198")
    page.evaluate("window.untouched = true")
    cast(store, hall.round, dict.fromkeys(hall.round.present[198:200], "4 5"))
    figure(page, "recovered", "200")
    figure(page, "not_pressed", "115")
    expect(page.locator(".gauge-turnout .gauge-label")).to_have_text("收回200张，发出315张")
    assert page.evaluate("window.untouched")


def test_the_result_rises_once_it_is_announced(hall: Hall, opens, store: Store) -> None:
    page = opens(hall)
    counted(store, hall.round, VOTES)
    view(page, "counting")
    expect(page.locator(".screen-stands")).to_have_text("计票完毕，监票人正在核对")
    # Nothing of the content has come to this browser.
    assert "301" not in page.content()
    change_round(store, hall.round, state="announced", published_at=datetime.now(UTC))
    view(page, "result")
    expect(page.locator(".screen-h1")).to_have_text("20项候选，入选10项")
    rows = page.locator(".opt:not(.opt-head)")
    expect(rows.nth(0)).to_contain_text("301")
    expect(page.locator(".opt-chosen .opt-word")).to_have_count(10)
    expect(page.locator(".opt-chosen").last).to_contain_text("入选")
    expect(page.locator(".opt-beyond").first).to_contain_text("过半数，名额外")
    expect(page.locator(".opt-threshold")).to_have_text("过半数162票")
    expect(page.locator(".opt-chosen + .opt-cut")).to_have_text("名额10项止")
    widths = page.evaluate("() => [...document.querySelectorAll('.opt-bar-0')].map(one => one.style.width)")
    assert widths[0] == f"{100 * 301 / 323:.3f}%"


@pytest.mark.parametrize(("motion", "moves"), [("no-preference", "0.3s"), ("reduce", "0s")])
def test_bars_rise_unless_motion_is_unwanted(
    hall: Hall, opens, store: Store, motion: str, moves: str
) -> None:
    counted(store, hall.round, VOTES, state="announced", published=datetime.now(UTC))
    page = opens(hall, reduced_motion=motion)
    view(page, "result")
    duration = "() => getComputedStyle(document.querySelector('.opt-bar')).transitionDuration"
    assert page.evaluate(duration) == moves


def test_a_lost_network_leaves_what_was_shown(hall: Hall, opens, store: Store, watch: Watch) -> None:
    watch.forgive("ERR_INTERNET_DISCONNECTED")
    page = opens(hall)
    figure(page, "recovered", "198")
    lost = page.locator(".screen-lost")
    expect(lost).to_be_hidden()
    page.context.set_offline(True)
    expect(lost).to_contain_text("连接中断，显示")
    figure(page, "recovered", "198")
    fits = page.evaluate(FITS)
    assert fits["out"] == []
    cast(store, hall.round, {hall.round.present[198]: "1"})
    page.context.set_offline(False)
    figure(page, "recovered", "199")
    expect(lost).to_be_hidden()


def test_the_token_leaves_the_address_and_no_script_reads_it(hall: Hall, opens) -> None:
    page = opens(hall)
    view(page, "voting")
    assert page.url.endswith(f"/{COUNTY}/screen?screen=1&theme=dark")
    assert hall.token not in page.evaluate("document.cookie")
    assert hall.token not in page.content()
    # The cookie is enough when the hall's computer starts again.
    page.goto(page.url)
    view(page, "voting")


def test_a_revoked_screen_shows_nothing_any_more(hall: Hall, opens, store: Store, watch: Watch) -> None:
    watch.forgive(r"404.*/board/", r"Failed to load resource.*404")
    page = opens(hall)
    figure(page, "recovered", "198")
    revoke(store, hall.round.congress_id, hall.token)
    view(page, "ended")
    expect(page.locator(".screen-ended")).to_contain_text("本屏幕的链接已失效")
    assert "198" not in page.locator("#screen").inner_text()


def test_time_runs_out_in_amber_and_then_in_words(hall: Hall, opens, store: Store) -> None:
    change_round(store, hall.round, closes_at=datetime.now(UTC) + timedelta(seconds=50))
    page = opens(hall)
    expect(page.locator(".screen-time.soon .time-label")).to_have_text("时间将到")
    change_round(store, hall.round, closes_at=datetime.now(UTC) - timedelta(seconds=1))
    expect(page.locator(".screen-time.over .time")).to_have_text("时间到")


def test_a_leader_follows_on_the_page_and_the_clerk_controls_the_screen(
    hall: Hall, opens, visit: Visit, store: Store, watch: Watch
) -> None:
    # At its end the screens are shut out.
    watch.forgive(r"404.*/board/", r"Failed to load resource.*404")
    screen = opens(hall)
    view(screen, "voting")
    path = f"/{COUNTY}/2025/board/{hall.round.id}"
    leader, clerk = visit(path, "leader"), visit(path, "clerk", width=390)
    recovered = leader.locator(".board-figures .figure-recovered dd")
    expect(recovered).to_have_text("198")
    expect(leader.locator(".board-delegations tbody tr")).to_have_count(12)
    cast(store, hall.round, {hall.round.present[198]: "1"})
    expect(recovered).to_have_text("199")
    expect(leader.locator("#screen-control")).to_have_count(0)
    for page in (leader, clerk):
        assert grave(page) == []
    clerk.locator("#screen-shows").get_by_text("签到").click()
    clerk.locator("#screen-show").click()
    expect(clerk.locator("#screen-told .notice-green")).to_contain_text("大屏已切换为：签到")
    view(screen, "check_in")
    expect(screen.locator(".code-digits")).to_have_text("\u2002".join(digits(screen)))
    clerk.locator("#screen-let-in").click()
    address = clerk.locator(".screen-address").inner_text()
    other = opens(hall)
    other.goto(address)
    view(other, "check_in")
    clerk.locator("#screen-shut-out").click()
    expect(clerk.locator("#screen-new .notice-green")).to_be_visible()
    arrive(clerk, path)
    expect(clerk.locator("#screen-many")).to_have_text("还没有可用的大屏")


def digits(page: Page) -> list[str]:
    """Return the two halves of the code that a screen shows: six digits."""
    halves = page.locator(".code-digits").inner_text().split()
    assert [len(half) for half in halves] == [3, 3]
    assert "".join(halves).isdigit()
    return halves
