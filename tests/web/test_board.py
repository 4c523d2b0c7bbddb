"""The board's polls: who is let in and by what, what is answered when nothing changed, how often it is read."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from itertools import count
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import event
from werkzeug.test import TestResponse

from dashboard.rules.roles import Role
from dashboard.store.tables.accounts import SignInSession
from dashboard.store.tables.congress import Meeting
from dashboard.store.tables.keys import new_id
from tests.boards import cast, counted, let_in, meeting_of, new_meeting, revoke, shows
from tests.commands.people import COUNTY, TOWNSHIP, person, seats
from tests.planting_rounds import Planted, change_round, deputy, open_round, session_of
from tests.rounds import adoption
from tests.web.planting import VOTES, leaks
from tests.web.visitor import Site

NAMES = ["甲项目", "乙项目", "丙项目"]
_tokens = count(1)


@pytest.fixture
def found(site: Site) -> Planted:
    """A round at a meeting of its own: the site is shared, and so would be what the meeting's screen shows."""
    planted = open_round(site.store, options=NAMES, places=2, present=seats(site.store)[:300])
    new_meeting(site.store, planted)
    return planted


@dataclass
class Clock:
    """A clock that stands still until a test moves it: what is kept for a second stays until then."""

    traveller: time_machine.Traveller
    seconds: float

    def shift(self, seconds: float) -> None:
        """Let time pass."""
        self.traveller.shift(seconds)
        self.seconds += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    with time_machine.travel(datetime.now(UTC), tick=False) as traveller:
        made = Clock(traveller, time.monotonic())
        # The one clock that the library leaves running.
        monkeypatch.setattr(time, "monotonic", lambda: made.seconds)
        yield made


def address(planted: Planted, *, screen: bool = False) -> str:
    return f"/board/{planted.code}/{'screen' if screen else planted.id}"


def poll(site: Site, path: str, who: str | None = None, **headers: str) -> TestResponse:
    return site.visitor(who).ask(
        path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


def let(site: Site, planted: Planted, meeting: UUID | None = None, **how: datetime) -> str:
    """Let a screen in and return its token."""
    token = f"screen-{next(_tokens)}-{new_id().hex}"
    let_in(site.store, planted.congress_id, meeting or meeting_of(site.store, planted), token, **how)
    return token


def as_screen(site: Site, path: str, token: str, **headers: str) -> TestResponse:
    return poll(site, path, Cookie=f"screen={token}", **headers)


def figures(answer: TestResponse) -> dict[str, str]:
    assert answer.status_code == 200, answer.text
    return {one["name"]: one["value"] for one in answer.json["figures"]}  # type: ignore[index]


@pytest.mark.parametrize("who", ["leader", "clerk", "presidium"])
def test_who_leads_the_meeting_polls_the_board(site: Site, found: Planted, who: str) -> None:
    answer = poll(site, address(found), who)
    assert figures(answer) == {
        "entitled": "323", "present": "300", "issued": "300", "recovered": "0", "not_pressed": "300",
    }  # fmt: skip
    assert answer.headers["Cache-Control"] == "no-store"
    assert bool(answer.json["delegations"]) == (who == "leader")  # type: ignore[index]
    # A member's board asked for as a screen is the hall's.
    assert poll(site, f"{address(found)}?screen=1", who).json["delegations"] == []  # type: ignore[index]


@pytest.mark.parametrize("who", [None, "deputy", "department", "coordinator", "admin", "township clerk"])
def test_to_others_it_is_not_there(site: Site, found: Planted, who: str | None) -> None:
    assert poll(site, address(found), who).status_code == 404
    assert poll(site, f"/board/{COUNTY}/{new_id()}", who).status_code == 404


def test_a_scrutineer_polls_the_board_of_the_round(site: Site) -> None:
    seat = seats(site.store)[5]
    planted = open_round(site.store, options=NAMES, officers={seat: "scrutineer"})
    other = open_round(site.store, options=NAMES)
    _, token = session_of(site.store, deputy(site.store, seat))
    cookie = {"Cookie": f"session={token}"}
    assert poll(site, address(planted), **cookie).status_code == 200
    assert poll(site, address(other), **cookie).status_code == 404


def test_nothing_comes_at_an_address_that_names_no_board(site: Site, found: Planted) -> None:
    for path in (
        "/board/", f"/board/{COUNTY}", f"/board/{COUNTY}/", f"/board/{COUNTY}/1", f"/board/000000/{found.id}",
        f"/board/{COUNTY}/{found.id}/more", f"/board/{TOWNSHIP}/{found.id}", "/board/x/screen",
    ):  # fmt: skip
        assert poll(site, path, "leader").status_code == 404, path
    answer = poll(site, f"{address(found)}?lang=xx&lang=en&screen=%00", "leader")
    assert figures(answer)["entitled"] == "323"


def test_the_words_are_those_of_the_page(site: Site, found: Planted) -> None:
    assert poll(site, address(found), "leader").json["state"] == "正在表决"  # type: ignore[index]
    assert poll(site, f"{address(found)}?lang=en", "leader").json["state"] == "Voting"  # type: ignore[index]


def test_the_same_board_is_not_sent_twice(site: Site, found: Planted) -> None:
    first = poll(site, address(found), "leader")
    again = poll(site, address(found), "leader", If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    # The server's clock comes with either, so that the time left is the same on every screen.
    for answer in (first, again):
        told = int(answer.headers["X-Clock"]) / 1000
        assert abs(told - datetime.now(UTC).timestamp()) < 60


def test_one_more_vote_is_another_version_within_a_second(site: Site, found: Planted, clock: Clock) -> None:
    before = poll(site, address(found), "leader")
    cast(site.store, found, {found.present[0]: "1 2"})
    held = {"If_None_Match": before.headers["ETag"]}
    clock.shift(0.9)
    assert poll(site, address(found), "leader", **held).status_code == 304
    clock.shift(0.2)
    after = poll(site, address(found), "leader", **held)
    assert figures(after)["recovered"] == "1"
    assert after.headers["ETag"] != before.headers["ETag"]


def test_however_many_poll_the_database_is_read_once_a_second(
    site: Site, found: Planted, clock: Clock
) -> None:
    token = let(site, found)
    asked = [("leader", None), ("clerk", None), (None, token)]

    def everybody() -> None:
        for who, screen in asked * 5:
            headers = {"Cookie": f"screen={screen}"} if screen else {}
            assert poll(site, address(found), who, **headers).status_code == 200

    everybody()
    said: list[str] = []

    def heard(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(site.web.ground.store.reader, "before_cursor_execute", heard)
    try:
        everybody()
        assert said == []
        clock.shift(1.1)
        everybody()
        # One board for those who lead, one for the others; who polls is asked for once a second too.
        assert len([one for one in said if "round_rolls" in one]) == 2
        first = len(said)
        everybody()
        assert len(said) == first
    finally:
        event.remove(site.web.ground.store.reader, "before_cursor_execute", heard)


def test_casting_raises_no_topic_that_a_board_would_need(site: Site, found: Planted) -> None:
    congress = found.congress_id
    before = site.web.ground.versions.of(congress)
    cast(site.store, found, {found.present[1]: "1"})
    site.web.ground.versions.forget(congress)
    assert site.web.ground.versions.of(congress) == before


def test_a_screen_sees_its_meeting_by_its_token(site: Site, found: Planted, clock: Clock) -> None:
    token = let(site, found)
    clock.shift(2)
    answer = as_screen(site, address(found), token)
    assert figures(answer)["present"] == "300"
    assert answer.json["delegations"] == []  # type: ignore[index]
    assert as_screen(site, address(found, screen=True), token).json["view"] == "title"  # type: ignore[index]
    meeting = meeting_of(site.store, found)
    shows(site.store, found.congress_id, meeting, "board", found.id)
    clock.shift(2)
    follows = as_screen(site, address(found, screen=True), token)
    assert (follows.json["view"], follows.json["title"]) == ("voting", "2025年度民生实事候选项目票决")  # type: ignore[index]
    shows(site.store, found.congress_id, meeting, "title")


def test_a_token_opens_its_own_meeting_alone(site: Site, found: Planted) -> None:
    own = meeting_of(site.store, found)
    with site.store.system().writing() as session:
        term = session.get_one(Meeting, (found.congress_id, own)).term_id
        other = Meeting(
            congress_id=found.congress_id, id=new_id(), term_id=term, number=90 + next(_tokens), name="另一次会议",
            opens_on=datetime.now(UTC).date(), closes_on=datetime.now(UTC).date(),
        )  # fmt: skip
        session.add(other)
    token = let(site, found, other.id)
    assert as_screen(site, address(found), token).status_code == 404
    assert as_screen(site, address(found, screen=True), token).json["meeting"] == "另一次会议"  # type: ignore[index]


def test_a_token_of_another_congress_opens_nothing_here(site: Site, found: Planted) -> None:
    elsewhere = open_round(site.store, TOWNSHIP, options=NAMES)
    token = let(site, elsewhere)
    assert as_screen(site, address(found), token).status_code == 404
    assert as_screen(site, address(found, screen=True), token).status_code == 404
    assert as_screen(site, address(elsewhere), token).status_code == 200


def test_an_expired_or_revoked_token_opens_nothing(site: Site, found: Planted, clock: Clock) -> None:
    now = datetime.now(UTC)
    short, revoked = let(site, found, expires=now + timedelta(seconds=5)), let(site, found)
    for token in (short, revoked):
        assert as_screen(site, address(found), token).status_code == 200
    revoke(site.store, found.congress_id, revoked)
    clock.shift(1.1)
    assert as_screen(site, address(found), revoked).status_code == 404
    assert as_screen(site, address(found), short).status_code == 200
    clock.shift(4)
    assert as_screen(site, address(found), short).status_code == 404
    assert enter(site, short).status_code == 404
    assert enter(site, revoked).status_code == 404


def enter(site: Site, token: object, **headers: str) -> TestResponse:
    body = token if isinstance(token, str) and token.startswith("{") else json.dumps({"token": token})
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return site.visitor().ask("/screen", "POST", data=body, content_type="application/json", headers=named)


def test_a_token_becomes_a_cookie_that_no_script_reads(site: Site, found: Planted) -> None:
    token = let(site, found, expires=datetime.now(UTC) + timedelta(hours=2))
    answer = enter(site, token)
    assert answer.status_code == 200
    assert token not in answer.text
    (cookie,) = SimpleCookie(answer.headers["Set-Cookie"]).values()
    assert (cookie.key, cookie.value) == ("screen", token)
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"]) == ("Strict", "/board")
    assert 7000 < int(cookie["max-age"]) <= 7200


def test_in_production_it_travels_encrypted_alone(behind_proxy: Site) -> None:
    planted = open_round(behind_proxy.store, options=NAMES)
    answer = enter(behind_proxy, let(behind_proxy, planted), Host="hall.example")
    assert "Secure" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize("token", ["", "guessed", 7, None, "x" * 5000, '{"token": "x", "more": 1}', "{"])
def test_what_is_no_token_opens_nothing(site: Site, token: object) -> None:
    answer = enter(site, token)
    assert answer.status_code in {400, 404}
    assert "Set-Cookie" not in answer.headers


def test_another_site_cannot_let_a_screen_in(site: Site, found: Planted) -> None:
    assert enter(site, let(site, found), Sec_Fetch_Site="cross-site").status_code == 403


def test_the_screens_document_holds_no_data(site: Site, found: Planted) -> None:
    token = let(site, found)
    public = site.visitor().ask(f"/{COUNTY}/screen?screen=1")
    assert public.status_code == 200
    assert 'data-bs-theme="dark"' in public.text
    for word in ("禾澜", str(found.id), "323"):
        assert word not in public.text
    assert public.text == as_screen(site, f"/{COUNTY}/screen?screen=1", token).text
    assert 'data-bs-theme="light"' in site.visitor().ask(f"/{COUNTY}/screen?screen=1&theme=light").text
    assert '<html lang="en"' in site.visitor().ask(f"/en/{COUNTY}/screen?screen=1").text
    own = site.visitor("leader").ask(f"/{COUNTY}/2025/board/{found.id}?screen=1")
    assert f"/board/{COUNTY}/{found.id}?screen=1" in own.text
    assert site.visitor().ask("/000000/screen?screen=1").status_code == 404


def test_no_poll_of_anyone_shows_a_planted_vote(site: Site, found: Planted, clock: Clock) -> None:
    cast(site.store, found, dict.fromkeys(found.present[:50], "1 3"))
    counted(site.store, found, [VOTES] * 3, state="reported")
    shows(site.store, found.congress_id, meeting_of(site.store, found), "board", found.id)
    token = let(site, found)
    clock.shift(2)
    answers = [poll(site, address(found), who) for who in ("leader", "clerk", "presidium")]
    answers += [as_screen(site, address(found, screen=each), token) for each in (True, False)]
    for answer in answers:
        assert answer.status_code == 200
        assert leaks(answer.text) == []
        assert answer.json["result"] is None  # type: ignore[index]
    for who in ("leader", "clerk", "presidium"):
        assert leaks(site.visitor(who).open(f"/{COUNTY}/2025/board/{found.id}").text) == []


def test_the_result_is_told_once_it_is_announced(site: Site, found: Planted) -> None:
    counted(site.store, found, [200, 290, 100], state="announced", places=2, published=datetime.now(UTC))
    told = poll(site, address(found), "leader").json
    assert told["view"] == "result"  # type: ignore[index]
    assert told["finding"] == "3项候选，入选2项"  # type: ignore[index]
    options = told["result"]["options"]  # type: ignore[index]
    assert [(one["number"], one["word"], one["counts"]) for one in options] == [
        ("2", "入选", ["290"]), ("1", "入选", ["200"]), ("3", "未过半数", ["100"]),
    ]  # fmt: skip
    assert told["result"]["places"] == 2  # type: ignore[index]
    assert "-1" not in json.dumps(told, ensure_ascii=False)


def test_a_number_that_is_not_known_is_a_dash(site: Site, found: Planted) -> None:
    change_round(site.store, found, present=None, entitled=None, recovered=3, issued=None)
    assert figures(poll(site, address(found), "leader"))["issued"] == "—"


def test_the_page_leads_from_the_list_to_the_board(site: Site, found: Planted) -> None:
    listed = set(strings(site.visitor("leader").open(f"/{COUNTY}/2025/board").json))
    assert f"/{COUNTY}/2025/board/{found.id}" in listed
    page = site.visitor("leader").open(f"/{COUNTY}/2025/board/{found.id}").text
    assert "board-delegations" in page
    assert "board-delegations" not in site.visitor("clerk").open(f"/{COUNTY}/2025/board/{found.id}").text
    assert "screen-let-in" not in page
    assert "screen-let-in" in site.visitor("clerk").open(f"/{COUNTY}/2025/board/{found.id}").text
    # The public and who has no part in it are told what to do.
    assert "这项操作要先登录" in json.dumps(
        site.visitor().open(f"/{COUNTY}/2025/board/{found.id}").json, ensure_ascii=False
    )
    assert site.visitor("deputy").open(f"/{COUNTY}/2025/board/{found.id}").status_code == 200


def test_the_clerk_puts_a_round_on_the_screen(site: Site, found: Planted, clock: Clock) -> None:
    clerk, meeting = site.visitor("clerk"), meeting_of(site.store, found)
    page = clerk.page(f"/{COUNTY}/2025/board/{found.id}")
    values = {
        "screen_meeting__data": str(meeting),
        "screen_shows__value": "board",
        "screen_round__value": str(found.id),
    }
    answer = clerk.press("screen-show.n_clicks", page, **values)
    assert "大屏已切换" in json.dumps(answer.json, ensure_ascii=False)
    clock.shift(2)
    told = as_screen(site, address(found, screen=True), let(site, found))
    assert told.json["view"] == "voting"  # type: ignore[index]
    # A leader's hand is not on it, whatever is forged.
    leader = site.visitor("leader")
    forged = leader.press("screen-show.n_clicks", leader.page(f"/{COUNTY}/2025/board/{found.id}"), **values)
    assert "大屏已切换" not in json.dumps(forged.json, ensure_ascii=False)


def test_a_link_is_told_once_and_lets_a_screen_in(site: Site, found: Planted) -> None:
    meeting = meeting_of(site.store, found)
    with site.store.system().writing() as session:
        row = session.get_one(Meeting, (found.congress_id, meeting))
        before, row.closes_on = (
            row.closes_on,
            adoption(site.store, COUNTY).closed_at.date() + timedelta(days=900),
        )  # type: ignore[union-attr]
    try:
        clerk = site.visitor("clerk")
        page = clerk.page(f"/{COUNTY}/2025/board/{found.id}")
        answer = clerk.press("screen-let-in.n_clicks", page, screen_meeting__data=str(meeting))
        link = next(text for text in strings(answer.json) if "#" in text and "/screen?screen=1" in text)
        assert link.startswith(f"http://localhost/{COUNTY}/screen?screen=1#")
        assert enter(site, link.partition("#")[2]).status_code == 200
        assert link.partition("#")[2] not in clerk.open(f"/{COUNTY}/2025/board/{found.id}").text
    finally:
        with site.store.system().writing() as session:
            session.get_one(Meeting, (found.congress_id, meeting)).closes_on = before


def strings(value: object) -> Iterator[str]:
    """Yield every text within an answer."""
    if isinstance(value, str):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(one)


def test_a_session_that_ended_polls_nothing(site: Site, found: Planted, clock: Clock) -> None:
    actor, token = session_of(site.store, person(site.store, Role.LEADER))
    assert poll(site, address(found), Cookie=f"session={token}").status_code == 200
    with site.store.system().writing() as session:
        session.get_one(SignInSession, actor.session_id).revoked_at = datetime.now(UTC)
    clock.shift(1.1)
    assert poll(site, address(found), Cookie=f"session={token}").status_code == 404
