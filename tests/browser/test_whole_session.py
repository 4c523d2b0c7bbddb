"""A whole session in browsers, from the adoption by the meeting to the recount of the download."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from dashboard.commands.rounds_prepare import Officers, edit_round, name_officers
from dashboard.gate import Actor
from dashboard.store.tables.congress import Delegation, Membership
from dashboard.store.tables.voting import Ballot, Count, Round
from dashboard.store.transactions import Store
from dashboard.store.verifying import Failure, verify
from tests.browser import voting
from tests.browser.conftest import own_hall
from tests.browser.server import Server
from tests.browser.voting import Booth, cast, mark, receipt_of
from tests.commands.people import PASSWORD, person
from tests.commands.sessions import PLACES, Played, filled, session_of
from tests.planting_rounds import session_of as session_for

pytestmark = pytest.mark.browser

VOTERS = 20
Desk = Callable[[Actor, str], Page]


@pytest.fixture(scope="module")
def hall(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Store]]:
    """A hall of its own: the record of the whole congress is verified at the end."""
    with own_hall(server, tmp_path_factory.mktemp("whole")) as made:
        yield made


@pytest.fixture
def played(booth: Booth) -> Played:
    """A draft that is filled in, its officers named; nothing of it adopted."""
    closes = datetime.now(UTC) + timedelta(hours=1)
    made = session_of(booth.store, on_paper=True, closes_at=closes)
    made.now = datetime.now(UTC)
    # Other places, other officers: what the meeting adopted before holds no more.
    fewer = filled(made, places=PLACES - 1, on_paper=True, closes_at=closes)
    edit_round(made.call(made.clerk), made.round_id, fewer)
    officers = Officers(chief=made.seats[0], scrutineers=[made.seats[1]], tellers=list(made.seats[2:4]))
    name_officers(made.call(made.clerk), made.round_id, officers)
    return made


@pytest.fixture
def desk(booth: Booth) -> Desk:
    """Opens a page for one who is signed in."""
    pages: dict[UUID | None, Page] = {}

    def open_page(actor: Actor, path: str) -> Page:
        page = pages.get(actor.account_id)
        if page is None:
            context = booth.contexts(base_url=booth.server.address)
            _, token = session_for(booth.store, actor)
            context.add_cookies([{"name": "session", "value": token, "url": booth.server.address}])
            page = pages[actor.account_id] = context.new_page()
        page.goto(path)
        expect(page.locator("#main")).to_be_visible()
        # A press before the callbacks are there is nobody's.
        page.wait_for_load_state("networkidle")
        return page

    return open_page


def press(page: Page, button: str) -> None:
    """Press a button and wait for what it brought about; a refusal fails here."""
    pressed = f'"changedPropIds":["{button[1:]}.n_clicks"]'
    with page.expect_response(lambda answer: pressed in (answer.request.post_data or "")) as answered:
        page.locator(button).click()
    assert answered.value.ok
    expect(page.locator("#notice .notice-red")).to_have_count(0)


def together(desk: Desk, played: Played, conduct: str, kind: str) -> None:
    """Let the clerk propose and the chief scrutineer assent, each with the password."""
    clerk = desk(played.clerk, conduct)
    clerk.locator(f"#propose-kind input[value={kind}]").check()
    clerk.locator("#propose-password").fill(PASSWORD)
    press(clerk, "#propose-send")
    chief = desk(played.chief, conduct)
    chief.locator("#assent-password").fill(PASSWORD)
    press(chief, "#assent-send")


def label_of(store: Store, seat: UUID) -> str:
    with store.system().reading() as session:
        name, delegation = session.execute(
            select(Membership.name, Delegation.name)
            .join(Delegation, Delegation.id == Membership.delegation_id)
            .where(Membership.id == seat)
        ).one()
    return f"{name}｜{delegation}"


def failure(store: Store) -> Failure | None:
    with store.system().reading() as session:
        return next((one for one in verify(session) if isinstance(one, Failure)), None)


def voter(booth: Booth, seat: UUID, path: str) -> Page:
    context = booth.contexts(base_url=booth.server.address, **voting.PHONE)
    booth.sign_in(context, seat)
    page = context.new_page()
    voting.arrive(page, path)
    return page


def test_a_whole_session(booth: Booth, played: Played, desk: Desk, watch) -> None:
    conduct = f"/990121/2026/conduct/{played.round_id}"
    clerk = desk(played.clerk, conduct)
    press(clerk, "#adopted-method")
    press(clerk, "#adopted-officers")
    press(clerk, "#check-send")
    expect(clerk.locator("#check-send")).to_have_count(0)
    assert played.row().state == "checked"
    # All but one have come in by the codes at their seats.
    played.check_in(len(played.seats) - 1)
    by_hand(desk, booth, played)
    together(desk, played, conduct, "open")
    assert played.row().state == "open"
    receipts = on_phones(booth, played, f"/990121/2026/vote/{played.round_id}")
    paper = f"/990121/2026/paper/{played.round_id}"
    on_paper(desk, booth, played, paper)
    together(desk, played, conduct, "close")
    enter_sheets(desk, booth, played, paper)
    finish(desk, played, conduct)
    assert_announced(booth, played)
    look_up(booth, receipts)
    recount(desk, played, booth)
    assert failure(booth.store) is None
    tamper(booth.store, played)


def by_hand(desk: Desk, booth: Booth, played: Played) -> None:
    """The clerk writes one in whose phone is flat; a scrutineer confirms."""
    name = label_of(booth.store, played.seats[-1]).partition("｜")[0]
    hall = f"/990121/2026/hall/{played.round_id}"
    clerk = desk(played.clerk, hall)
    clerk.locator("#hall-search").fill(name)
    expect(clerk.locator(".hall-seat")).to_have_count(1)
    clerk.locator("#hall-search").press("Enter")
    expect(clerk.locator(".hall-seat .light")).to_have_text("待确认")
    eyes = desk(played.scrutineer, hall)
    eyes.locator(".hall-review li", has_text=name).get_by_role("button", name="确认").click()
    expect(eyes.locator(".hall-review li", has_text=name)).to_have_count(0)


def on_phones(booth: Booth, played: Played, path: str) -> list[str]:
    """Twenty vote for 1, 2 and 3; the first changes to 4; the second tries twice."""
    receipts = []
    for place in range(10, 10 + VOTERS):
        page = voter(booth, played.seats[place], path)
        mark(page, 1, 2, 3)
        cast(page)
        receipts.append(receipt_of(page))
        if place == 10:
            page.locator(".vote-change").tap()
            mark(page, 3, 4)
            cast(page)
            expect(page.locator("[data-step='receipt']:not([hidden])")).to_be_visible()
        page.context.close()
    again = voter(booth, played.seats[11], path)
    expect(again.locator("#vote")).to_contain_text("已投票")
    again.context.close()
    return receipts


def on_paper(desk: Desk, booth: Booth, played: Played, paper: str) -> None:
    """One takes a sheet."""
    teller = desk(played.teller, paper)
    teller.locator("#paper-seat").fill(label_of(booth.store, played.seats[50]))
    press(teller, "#paper-hand-out")
    expect(teller.locator("#paper-told .notice-green")).to_be_visible()


def enter_sheets(desk: Desk, booth: Booth, played: Played, paper: str) -> None:
    """Two tellers count and enter the one sheet without seeing each other, the chief mixes it into the box."""
    second = person(booth.store, played.teller.role, seat=played.seats[3])
    for teller in (played.teller, second):
        page = desk(teller, paper)
        page.locator("#paper-total").fill("1")
        press(page, "#paper-total-send")
        page.locator("#paper-typed").fill("5，1")
        press(page, "#paper-enter")
        expect(page.locator("#paper-told .notice-green")).to_be_visible()
    press(desk(played.chief, paper), "#paper-seal")
    assert played.row().box_digest is not None


def finish(desk: Desk, played: Played, conduct: str) -> None:
    """Second count, signatures, report, announcement: each by whom it is due to."""
    press(desk(played.clerk, conduct), "#recount-send")
    for scrutineer in (played.scrutineer, played.chief):
        page = desk(scrutineer, conduct)
        page.locator("#sign-password").fill(PASSWORD)
        press(page, "#sign-send")
    press(desk(played.clerk, conduct), "#report-send-presidium")
    presidium = desk(played.presidium, conduct)
    presidium.locator("#announce-text").fill("主席团公告（第7号）")
    press(presidium, "#announce-send")
    assert played.row().state == "announced"


def assert_announced(booth: Booth, played: Played) -> None:
    """The public reads what was announced: 1 has the 20 from phones and the sheet."""
    public = booth.contexts(base_url=booth.server.address).new_page()
    public.goto(f"/990121/2026/rounds/{played.round_id}")
    expect(public.locator("#main")).to_contain_text("主席团公告（第7号）")
    votes = {one.number: one.votes for one in played.rows(Count)}
    assert [votes[number] for number in range(1, 7)] == [21, 20, 19, 1, 1, 0]
    row = played.row()
    assert (row.recovered, row.valid, row.invalid) == (VOTERS + 1, VOTERS + 1, 0)


def look_up(booth: Booth, receipts: list[str]) -> None:
    page = booth.contexts(base_url=booth.server.address).new_page()
    page.goto(f"/receipt#{receipts[3]}")
    expect(page.locator(".receipt-found")).to_be_visible()


def recount(desk: Desk, played: Played, booth: Booth) -> None:
    """A scrutineer takes the box away and anyone's browser has it counted again."""
    page = desk(played.scrutineer, f"/990121/2026/rounds/{played.round_id}")
    box = page.request.get(f"/box/990121/{played.round_id}.json").body()
    public = booth.contexts(base_url=booth.server.address).new_page()
    public.goto("/recount")
    # Before the routing has laid the page out anew its button is exchanged under the press.
    expect(public.locator("#main")).to_be_visible()
    with public.expect_file_chooser() as asked:
        public.locator(".recount-drop button").click()
    asked.value.set_files({"name": "box.json", "mimeType": "application/json", "buffer": box})
    expect(public.locator("#main")).to_contain_text(re.compile("一致|相同"))


def tamper(store: Store, played: Played) -> None:
    """One ballot's marks changed behind everyone's back: the record no longer holds, and the round is named."""
    with store.system().writing() as session:
        one = session.scalars(select(Ballot.id).where(Ballot.round_id == played.round_id)).first()
        session.execute(
            update(Ballot).where(Ballot.round_id == played.round_id, Ballot.id == one).values(marks="6")
        )
    found = failure(store)
    assert found is not None
    assert str(played.round_id) in str(found)
    with store.system().writing() as session:
        # The server lives on for other tests.
        session.execute(update(Round).where(Round.id == played.round_id).values(published_at=None))
