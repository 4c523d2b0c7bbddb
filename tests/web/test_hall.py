"""The hall over requests: the way in, the cookie, the terminal, and that nobody presses what is not theirs."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from dashboard.commands.attendance import begin, check_in_by_hand
from dashboard.commands.hall import issue_codes
from dashboard.rules.hall import grouped, rotating_code
from dashboard.rules.hall_frames import Card
from dashboard.rules.roles import Role
from dashboard.store.loading.gathering import key_of
from dashboard.store.tables.accounts import SignInSession
from dashboard.store.tables.congress import Meeting
from dashboard.store.tables.hall import HallCode, Screen
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.voting import CheckIn, Round
from dashboard.web.parts.qr import qr_code
from tests.commands.hall_session import check_ins, meeting_of, plant_round, scrutineer, set_state
from tests.commands.people import COUNTY, TOWNSHIP, call_of, seats
from tests.web.test_forged import counts
from tests.web.visitor import Site, Visitor, is_told, plain

HALL = f"/{COUNTY}/hall"
REQUEST = "ab" * 16
CODE = re.compile(r'"children": "([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4})"')
ENTER, PRESS, ISSUE = "hall-send.n_clicks", "hall-pressed.data", "issue-send.n_clicks"
CHECK_IN, REVIEW = "check-in-send.n_clicks", "review-pressed.data"
TAKE = "take-over-send.n_clicks"
_numbers = count(1)


@pytest.fixture
def meeting(site: Site) -> UUID:
    """A meeting of the test's own: the site is shared, and a code leads to whatever round of its meeting runs."""
    with site.store.system().writing() as session:
        latest = session.scalars(select(Meeting).where(Meeting.id == meeting_of(site.store))).one()
        made = Meeting(
            congress_id=latest.congress_id, id=new_id(), term_id=latest.term_id, number=500 + next(_numbers),
            name="大厅的一次会议", opens_on=latest.opens_on - timedelta(days=1), closes_on=latest.closes_on,
        )  # fmt: skip
        session.add(made)
    return made.id


@pytest.fixture
def round_id(site: Site, meeting: UUID) -> Iterator[UUID]:
    """A round of that meeting that deputies can check in to, over when the test is."""
    planted = plant_round(site.store, meeting=meeting)
    yield planted
    with site.store.system().writing() as session:
        session.execute(update(Round).where(Round.id == planted).values(state="annulled"))


def cards(site: Site, meeting: UUID, *wanted: UUID, means: str = "printed") -> list[Card]:
    clerk = site.people["clerk"].actor
    # The application reads the clock, so the cards are issued by it.
    call = call_of(site.store, clerk, now=datetime.now(UTC))
    return list(issue_codes(call, meeting, wanted, means, site.web.settings.pepper).cards)


def enter(
    visitor: Visitor, card: Card, *, path: str = HALL, terminal: bool = False, **given: object
) -> TestResponse:
    values = {
        "hall_code__value": grouped(card.code),
        "hall_digits__value": card.simulated_digits,
        "hall_request__data": REQUEST,
        "hall_terminal__data": terminal,
    }
    return visitor.press(ENTER, visitor.page(path), **(values | given))


def onward(answer: TestResponse) -> str:
    return str(answer.json["response"]["hall-done"]["href"])  # type: ignore[index]


def cookie(answer: TestResponse) -> tuple[str, int]:
    """Return the token that an answer sets, and for how many seconds."""
    found = re.search(
        r"session=([0-9a-f]{64});.*Max-Age=(\d+).*HttpOnly.*SameSite=Lax", answer.headers["Set-Cookie"]
    )
    assert found, answer.headers["Set-Cookie"]
    return found[1], int(found[2])


def code_now(site: Site, meeting: UUID) -> str:
    """Return what the screen shows at this moment."""
    begin(call_of(site.store, site.people["clerk"].actor), meeting)
    with site.store.system().reading() as session:
        secret = session.scalars(select(Screen.secret).where(Screen.meeting_id == meeting)).one()
    return rotating_code(secret, datetime.now(UTC))


def test_a_card_leads_from_the_way_in_to_the_check_in(site: Site, meeting: UUID, round_id: UUID) -> None:
    (card,) = cards(site, meeting, seats(site.store)[20])
    visitor = site.visitor()
    answer = enter(visitor, card)
    assert onward(answer) == f"{HALL}/{round_id}"
    token, lasting = cookie(answer)
    assert lasting == 12 * 3600
    phone = Visitor(site, token, "192.0.2.1")
    page = phone.page(f"{HALL}/{round_id}")
    assert "check-in-code" in phone.open(f"{HALL}/{round_id}").text
    done = phone.press(CHECK_IN, page, check_in_code__value=code_now(site, meeting))
    assert "已签到，等待开始表决" in plain(done)
    assert check_ins(site.store, round_id)[card.membership_id] == ("screen", False, False)
    again = phone.press(CHECK_IN, page, check_in_code__value="12")
    assert is_told(again, "check_in_wrong")


def test_at_a_terminal_the_seats_code_leads_to_the_ballot_and_leaving_ends_it(
    site: Site, meeting: UUID, round_id: UUID
) -> None:
    seat = seats(site.store)[21]
    (card,) = cards(site, meeting, seat, means="seat")
    set_state(site.store, round_id, "open", [seat])
    answer = enter(site.visitor(), card, terminal=True)
    assert onward(answer) == f"/{COUNTY}/vote/{round_id}?terminal=1"
    token, lasting = cookie(answer)
    assert lasting == 600
    terminal = Visitor(site, token, "192.0.2.1")
    assert terminal.page(f"{HALL}/{round_id}")["actor"]
    left = terminal.ask("/hall/leave", "POST")
    assert left.status_code == 204
    assert re.search(r"session=;.*Max-Age=0", left.headers["Set-Cookie"])
    assert terminal.page(f"{HALL}/{round_id}")["actor"] == ""
    with site.store.system().reading() as session:
        kept = session.execute(
            select(SignInSession.revoked_at, SignInSession.terminal)
            .join(HallCode, HallCode.id == SignInSession.hall_code)
            .where(HallCode.membership_id == seat)
        ).all()
    assert [(ended is not None, terminal) for ended, terminal in kept] == [(True, True)]


def test_leaving_goes_on_within_the_host_alone(site: Site) -> None:
    for wanted, to in (
        (f"{HALL}?terminal=1", f"{HALL}?terminal=1"),
        ("https://evil.example/", None),
        ("//evil.example/", None),
        ("/\\evil.example", None),
        ("", None),
    ):
        answer = site.visitor().ask("/hall/leave", "POST", data={"next": wanted})
        assert (answer.status_code, answer.headers.get("Location")) == ((303, to) if to else (204, None))
    other = {"Sec-Fetch-Site": "cross-site"}
    assert site.visitor("clerk").ask("/hall/leave", "POST", headers=other).status_code == 403
    assert site.visitor("clerk").page(HALL)["actor"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"hall_code__value": ""}, "hall_incomplete"),
        ({"hall_digits__value": None}, "hall_incomplete"),
        ({"hall_code__value": "0000-0000"}, "hall_wrong"),
        ({"hall_digits__value": "no"}, "hall_incomplete"),
    ],
)
def test_what_is_wrong_is_told_and_sets_no_cookie(
    site: Site, meeting: UUID, given: dict[str, object], told: str
) -> None:
    (card,) = cards(site, meeting, seats(site.store)[22])
    answer = enter(site.visitor(address="192.0.2.22"), card, **given)
    assert is_told(answer, told)
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("request_id", [None, "", "x" * 32, "AB" * 16, "ab" * 17])
def test_a_request_without_its_own_number_is_malformed(
    site: Site, meeting: UUID, request_id: str | None
) -> None:
    (card,) = cards(site, meeting, seats(site.store)[22])
    answer = enter(site.visitor(), card, hall_request__data=request_id)
    assert answer.status_code == 400


def test_a_card_opens_nothing_at_another_congress(site: Site, meeting: UUID) -> None:
    (card,) = cards(site, meeting, seats(site.store)[23])
    answer = enter(site.visitor(address="192.0.2.23"), card, path=f"/{TOWNSHIP}/hall")
    assert is_told(answer, "hall_wrong")


def test_the_sheet_carries_each_code_in_the_fragment_alone(site: Site, round_id: UUID) -> None:
    clerk = site.visitor("clerk")
    page = clerk.page(f"{HALL}/{round_id}")
    pressed = {"act": "code", "seat": str(seats(site.store)[24]), "n": 1}
    answer = clerk.press(
        PRESS, page, **{"hall-pressed.data": pressed, "hall_origin__data": "https://rd.example"}
    )
    shown = plain(answer)
    (code,) = CODE.findall(shown)
    drawn: Any = qr_code(f"https://rd.example{HALL}#{code}", "")
    assert drawn.src in answer.json["response"]["hall-issued"]["children"].__repr__()  # type: ignore[index]
    assert "模拟数据" in shown
    # Opened again, the page knows the code no more.
    assert code not in clerk.open(f"{HALL}/{round_id}").text


def test_codes_go_to_all_who_have_none(site: Site, round_id: UUID) -> None:
    clerk = site.visitor("clerk")
    page = clerk.page(f"{HALL}/{round_id}")
    answer = clerk.press(
        ISSUE, page, issue_who__value="bare", issue_means__value="seat", hall_origin__data="javascript:x"
    )
    assert len(CODE.findall(plain(answer))) > 200
    again = clerk.press(ISSUE, page, issue_who__value="bare", issue_means__value="seat")
    assert is_told(again, "hall_all_have_codes")


@pytest.mark.parametrize("who", [None, *sorted(set(Role) - {Role.PUBLIC, Role.CLERK}), "township clerk"])
def test_a_forged_press_writes_nothing(site: Site, round_id: UUID, who: str | None) -> None:
    visitor = site.visitor(who)
    page = visitor.page(f"{HALL}/{round_id}")
    before = counts(site)
    seat = str(seats(site.store)[25])
    for act in ("in", "left", "back", "code", "begin", "confirm"):
        answer = visitor.press(PRESS, page, **{"hall-pressed.data": {"act": act, "seat": seat, "n": 1}})
        if answer.status_code == 200:
            assert is_told(answer, "sign_in_first") or is_told(answer, "not_allowed")
        else:
            assert answer.status_code in {400, 404}
    visitor.press(ISSUE, page, issue_who__value="all", issue_means__value="printed")
    visitor.press("contact-send.n_clicks", page, contact_seat__value=seat, contact_digits__value="0000")
    visitor.press(TAKE, page, take_over_from__value=str(round_id))
    assert counts(site) == before


def test_from_another_round_the_page_says_that_all_wait_and_one_press_confirms_them(
    site: Site, meeting: UUID, round_id: UUID
) -> None:
    watching, here, also = seats(site.store)[1], seats(site.store)[31], seats(site.store)[32]
    scrutineer(site.store, round_id, watching)
    earlier = plant_round(site.store, title="上午的一轮", meeting=meeting)
    with site.store.system().writing() as session:
        session.add_all(
            CheckIn(
                congress_id=key_of("congress", COUNTY), round_id=earlier, membership_id=seat, means="seat"
            )
            for seat in (here, also)
        )
    clerk, path = site.visitor("clerk"), f"{HALL}/{round_id}"
    shown = plain(clerk.open(path))
    assert "从其他轮次沿用：逐人按登记签到写入，监票人确认后才算到会。" in shown
    assert "直接算到会" not in shown
    answer = clerk.press(TAKE, clerk.page(path), take_over_from__value=str(earlier))
    assert "已登记2人，等待监票人确认。" in plain(answer)
    eyes = site.visitor("another deputy")
    assert "全部确认（2人）" in plain(eyes.open(path))
    every = {"act": "confirm_every", "seat": "", "n": 1}
    nobody = eyes.press(REVIEW, eyes.page(path), **{"review-pressed.data": every, "review-shown.data": []})
    assert nobody.status_code == 400
    # Another one came onto the list after it was read.
    clerk.press(
        PRESS, clerk.page(path),
        **{"hall-pressed.data": {"act": "in", "seat": str(seats(site.store)[33]), "n": 1}},
    )  # fmt: skip
    read = [str(here), str(also)]
    done = eyes.press(REVIEW, eyes.page(path), **{"review-pressed.data": every, "review-shown.data": read})
    assert "1人的签到等您确认" in plain(done)
    there = check_ins(site.store, round_id)
    assert [there[seat] for seat in (here, also)] == [("hand", True, False)] * 2
    with site.store.system().writing() as session:
        session.execute(update(Round).where(Round.id == earlier).values(state="annulled"))


def test_a_round_that_follows_says_that_who_came_is_there(site: Site, meeting: UUID, round_id: UUID) -> None:
    with site.store.system().writing() as session:
        session.add(
            CheckIn(
                congress_id=key_of("congress", COUNTY), round_id=round_id,
                membership_id=seats(site.store)[34], means="seat",
            )
        )  # fmt: skip
    follows = plant_round(site.store, after_id=round_id, meeting=meeting)
    clerk, path = site.visitor("clerk"), f"{HALL}/{follows}"
    assert "从本轮所接续的一轮沿用" in plain(clerk.open(path))
    answer = clerk.press(TAKE, clerk.page(path), take_over_from__value=str(round_id))
    assert "已沿用1人的签到。" in plain(answer)
    with site.store.system().writing() as session:
        session.execute(update(Round).where(Round.id == follows).values(state="annulled"))


def test_the_clerk_registers_and_the_scrutineer_confirms(site: Site, round_id: UUID) -> None:
    watching, absent = seats(site.store)[1], seats(site.store)[26]
    assert site.people["another deputy"].actor.membership_id == watching
    scrutineer(site.store, round_id, watching)
    clerk, eyes = site.visitor("clerk"), site.visitor("another deputy")
    path = f"{HALL}/{round_id}"
    answer = clerk.press(
        PRESS, clerk.page(path), **{"hall-pressed.data": {"act": "in", "seat": str(absent), "n": 1}}
    )
    assert "hall-list" in answer.text
    shown = plain(eyes.open(path))
    assert "1人的签到等您确认" in shown
    pressed = {"act": "confirm", "seat": str(absent), "n": 1}
    confirmed = eyes.press(REVIEW, eyes.page(path), **{"review-pressed.data": pressed})
    assert "没有等待确认的签到" in plain(confirmed)
    assert check_ins(site.store, round_id)[absent] == ("hand", True, False)
    # Who is not named for the round sees no such list and confirms nothing.
    other = site.visitor("deputy")
    assert "等您确认" not in plain(other.open(path))
    assert is_told(other.press(REVIEW, other.page(path), **{"review-pressed.data": pressed}), "not_yours")


@pytest.mark.parametrize(
    "pressed", [{}, {"act": "fly", "seat": "", "n": 1}, {"act": "in", "seat": "x", "n": 1}, "in", 7]
)
def test_a_press_of_another_shape_is_malformed(site: Site, round_id: UUID, pressed: object) -> None:
    clerk = site.visitor("clerk")
    page = clerk.page(f"{HALL}/{round_id}")
    answer = clerk.press(PRESS, page, **{"hall-pressed.data": pressed})
    assert answer.status_code in {200, 400}
    if answer.status_code == 200:
        # An empty value is nothing pressed.
        assert pressed == {}


def test_the_clerk_keeps_the_digits_that_confirm(site: Site, meeting: UUID, round_id: UUID) -> None:
    seat = seats(site.store)[27]
    clerk = site.visitor("clerk")
    page = clerk.page(f"{HALL}/{round_id}")
    send = "contact-send.n_clicks"
    for digits in ("", "123", "12345", "abcd"):
        wrong = clerk.press(send, page, contact_seat__value=str(seat), contact_digits__value=digits)
        assert is_told(wrong, "hall_four_digits")
    assert is_told(clerk.press(send, page, contact_digits__value="0427"), "hall_contact_whose")
    assert "已保存" in plain(
        clerk.press(send, page, contact_seat__value=str(seat), contact_digits__value="０４２７")
    )
    (card,) = cards(site, meeting, seat)
    assert card.simulated_digits == "0427"


def test_each_role_sees_its_own_of_the_hall(site: Site, round_id: UUID) -> None:
    path = f"{HALL}/{round_id}"
    name = plain(site.visitor("clerk").open(path))
    assert "data-seats" in name
    leader = plain(site.visitor("leader").open(path))
    assert ("各代表团到会人数" in leader, "data-seats" in leader, "hall-pressed" in leader) == (
        True,
        False,
        False,
    )
    presidium = plain(site.visitor("presidium").open(path))
    assert ("法定人数" in presidium, "各代表团到会人数" in presidium) == (True, False)
    for who in (None, "department", "admin", "township clerk"):
        shown = plain(site.visitor(who).open(path))
        assert "法定人数" not in shown
    assert "2026年度民生实事项目票决" not in plain(site.visitor().open(path))
    assert "2026年度民生实事项目票决" in plain(site.visitor("deputy").open(HALL))
    assert "2026年度民生实事项目票决" not in plain(site.visitor().open(HALL))


def test_open_pages_follow_by_a_version_of_their_own(site: Site, round_id: UUID) -> None:
    path = f"/hall/live/{COUNTY}/{round_id}"
    for who, status in (
        (None, 404),
        ("department", 404),
        ("township clerk", 404),
        ("leader", 200),
        ("deputy", 200),
    ):
        assert site.visitor(who).ask(path).status_code == status, who
    etag = site.visitor("leader").ask(path).headers["ETag"]
    assert site.visitor("leader").ask(path, headers={"If-None-Match": etag}).status_code == 304
    call = call_of(site.store, site.people["clerk"].actor)
    check_in_by_hand(call, round_id, seats(site.store)[28])
    # Read once a second at most: here as if that second were over.
    site.web.hall_marks.clear()
    assert site.visitor("leader").ask(path, headers={"If-None-Match": etag}).status_code == 200
    absent = site.visitor("leader").ask(f"/hall/live/{COUNTY}/{UUID(int=7)}")
    assert absent.status_code == 404


def test_a_hall_behind_one_address_comes_in_at_once(site: Site, meeting: UUID, round_id: UUID) -> None:
    """Forty deputies with three requests each, from one address within seconds: none is told to wait."""
    wanted = cards(site, meeting, *seats(site.store)[40:80])
    for number, card in enumerate(wanted):
        visitor = site.visitor(address="203.0.113.9")
        answer = enter(visitor, card, hall_request__data=f"{number:032x}")
        assert onward(answer) == f"{HALL}/{round_id}"
