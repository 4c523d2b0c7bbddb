"""The page of a round's life: who opens it, a whole session pressed on it, nothing of the count to anyone else."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from dashboard.commands.rounds_prepare import Officers, name_officers
from dashboard.gate import Actor
from dashboard.i18n import words
from dashboard.store.accounts import appointments_of, open_session
from dashboard.store.loading.gathering import key_of
from dashboard.store.passwords import token_digest
from dashboard.store.tables.congress import Membership
from dashboard.store.tables.sealing import RoundConsent
from dashboard.store.tables.voting import CheckIn, Count, Round, RoundOfficer, RoundOption
from tests.commands.people import COUNTY, PASSWORD, TOWNSHIP
from tests.commands.sessions import CONGRESS, Played, session_of
from tests.web.conftest import Makes
from tests.web.visitor import Body, Member, Site, Visitor, is_told, notice_of, plain

VOTES = 73_645_281
YEAR = f"/{COUNTY}/2026"
PAGES = ("/desk", "/orders", "/projects", "/rounds", "/assessments", "/rule-sets", "/data", "/townships",
         "/deputies", "/departments")  # fmt: skip
TEN = "1 2 3 4 5 6 7 8 9 10"


def let_in(site: Site, name: str, actor: Actor) -> None:
    """Give an actor of the commands' tests a session."""
    assert actor.account_id is not None
    now = datetime.now(UTC)
    with site.store.system().writing() as session:
        (held,) = appointments_of(session, actor.account_id, now)
        token = f"token-of-{name.replace(' ', '-')}"
        open_session(session, token_digest(token), actor.account_id, held, now)
    site.people[name] = Member(actor, token, name)


def playing(site: Site, purpose: str = "adoption") -> Played:
    """Return a round that is ready, whose officers have sessions."""
    # The deputies of every test of the web sit on the first seats; here they are no officers.
    played = session_of(site.store, purpose, first=10, closes_at=datetime.now(UTC) + timedelta(hours=1))
    played.now = datetime.now(UTC)
    for name in ("clerk", "presidium", "leader", "chief", "scrutineer", "teller"):
        let_in(site, f"{name} of {played.round_id}", getattr(played, name))
    site.web.ground.versions.forget(CONGRESS)
    return played


def hand(site: Site, played: Played, name: str) -> tuple[Visitor, Body]:
    """Return the browser of one who holds the round, with the page open."""
    visitor = site.visitor(f"{name} of {played.round_id}")
    return visitor, visitor.page(f"{YEAR}/conduct/{played.round_id}")


def press(site: Site, played: Played, name: str, trigger: str, **values: object) -> str:
    """Press a button on the page of the round, and return what came back."""
    visitor, page = hand(site, played, name)
    answer = visitor.press(f"{trigger}.n_clicks", page, **values)
    assert answer.status_code == 200, answer.text
    return plain(answer)


@pytest.fixture
def own(make_site: Makes) -> Iterator[Site]:
    """A site of its own: a session changes the whole county."""
    return make_site()


def test_a_whole_session_is_pressed_on_one_page(own: Site) -> None:
    played = playing(own)
    press(own, played, "clerk", "check-send")
    assert played.row().state == "checked"
    played.check_in()
    together(own, played, "open")
    assert played.row().state == "open"
    played.vote_all({TEN: 200})
    together(own, played, "close")
    assert played.row().state == "closed"
    press(own, played, "clerk", "recount-send")
    digest = played.row().box_digest
    for name in ("scrutineer", "chief"):
        press(own, played, name, "sign-send", sign_digest__data=digest, sign_password__value=PASSWORD)
    assert played.row().state == "signed"
    press(own, played, "clerk", "report-send-presidium")
    told = press(own, played, "presidium", "announce-send", announce_text__value="主席团公告（第1号）")
    assert "已经公告，10个候选项目成为年度项目" in told
    assert played.row().state == "announced"
    public = own.visitor().open(f"{YEAR}/rounds/{played.round_id}").get_data(as_text=True)
    assert "200" in public
    # What became a project has no plan yet, and its pages open all the same.
    for page in ("", "/projects", "/projects/1", "/orders", "/rounds", "/data", "/departments"):
        assert own.visitor().open(f"{YEAR}{page}").status_code == 200, page
        assert own.visitor("clerk").open(f"{YEAR}{page}").status_code == 200, page


def together(site: Site, played: Played, kind: str) -> None:
    """Let the clerk propose and the chief assent, each on the own page."""
    values = {"propose_kind__value": kind, "propose_password__value": PASSWORD, "propose_reason__value": ""}
    press(site, played, "clerk", "propose-send", **values)
    assert "对方的提议等您同意" in plain(
        hand(site, played, "chief")[0].open(f"{YEAR}/conduct/{played.round_id}")
    )
    consent = next(one.id for one in played.rows(RoundConsent) if one.state == "proposed")
    press(
        site, played, "chief", "assent-send",
        assent_choice__value=str(consent), assent_password__value=PASSWORD,
    )  # fmt: skip


def test_a_draft_is_filled_in_on_the_page(own: Site) -> None:
    played = playing(own)
    with own.store.system().reading() as session:
        names = {
            place: session.get_one(Membership, (CONGRESS, played.seats[place])).name for place in (5, 6, 7)
        }
    press(
        own, played, "clerk", "officers-send",
        officers_chief__value=names[5], officers_scrutineer__value=f" {names[6]}、", officers_teller__value=names[7],
    )  # fmt: skip
    assert {one.duty: one.membership_id for one in played.rows(RoundOfficer)} == {
        "chief": played.seats[5], "scrutineer": played.seats[6], "teller": played.seats[7],
    }  # fmt: skip
    press(own, played, "clerk", "list-send", list_numbers__value="３ 1，2")
    listed = sorted(played.rows(RoundOption), key=lambda one: one.number)
    assert [one.name for one in listed] == ["候选项目3", "候选项目1", "候选项目2"]
    press(
        own, played, "clerk", "draft-send",
        draft_title__value="新名称", draft_rules__value="adoption-item@1", draft_meeting__value=None,
        draft_places__value="2", draft_closes__value="2030-01-16 11:30", draft_paper__value=True,
    )  # fmt: skip
    row = played.row()
    assert (row.title, row.rule_set, row.meeting_id, row.places, row.on_paper) == (
        "新名称", "adoption-item@1", None, 2, True,
    )  # fmt: skip
    # 11:30 in Shanghai is 3:30 in UTC.
    assert row.closes_at == datetime(2030, 1, 16, 3, 30, tzinfo=UTC)


def drawn(part: Any, element_id: str) -> Body:
    """Return what a page says of one of its elements, nothing where it has none."""
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    if isinstance(part, dict) and part.get("id") == element_id:
        return part
    return next((found for one in inner if (found := drawn(one, element_id))), {})


def test_of_a_run_off_the_page_asks_for_nothing_that_the_tie_gave(own: Site) -> None:
    main = playing(own)
    main.open()
    main.vote_all({TEN: 130, "2 3 4 5 6 7 8 9 10 11": 130, "1 11": 40})
    main.together("close")
    main.report()
    runoff = main.followed("runoff")
    name_officers(runoff.call(runoff.clerk), runoff.round_id, Officers(chief=runoff.seats[0]))
    clerk = own.visitor(f"clerk of {main.round_id}")
    path = f"{YEAR}/conduct/{runoff.round_id}"
    shown = clerk.open(path).json
    assert drawn(shown, "draft-places")["readOnly"] is True
    assert [one["value"] for one in drawn(shown, "draft-rules")["options"]] == ["adoption-mark@1"]
    # The meeting adopts other officers for it as well.
    assert drawn(shown, "adopted-officers")
    assert clerk.press("adopted-officers.n_clicks", clerk.page(path)).status_code == 200
    assert runoff.row().officers_adopted_on is not None


@pytest.mark.parametrize(
    ("trigger", "values", "code"),
    [
        ("officers-send", {"officers_chief__value": "没有这个人"}, "deputy_unknown"),
        ("list-send", {"list_numbers__value": "1 99"}, "candidate_unknown"),
        ("list-send", {"list_numbers__value": "1 1"}, "candidate_twice"),
        ("list-send", {"list_numbers__value": "eins"}, "numbers_unreadable"),
        ("draft-send", {"draft_closes__value": "half past ten"}, "time_unreadable"),
        ("draft-send", {"draft_closes__value": "25:00"}, "time_unreadable"),
        ("draft-send", {"draft_places__value": "999"}, "draft_unreadable"),
    ],
)
def test_what_is_mistyped_is_told(site: Site, trigger: str, values: dict[str, str], code: str) -> None:
    played = playing(site)
    visitor, page = hand(site, played, "clerk")
    answer = visitor.press(f"{trigger}.n_clicks", page, **values)
    first = words("zh-CN")(f"refused.{code}").partition("{")[0]
    assert first in notice_of(answer)


def test_a_wrong_password_is_told(site: Site) -> None:
    played = playing(site)
    played.check()
    played.check_in()
    visitor, page = hand(site, played, "clerk")
    values = {"propose_kind__value": "open", "propose_password__value": "wrong", "propose_reason__value": ""}
    assert is_told(visitor.press("propose-send.n_clicks", page, **values), "confirm_wrong")


@pytest.mark.parametrize(
    ("who", "opens"),
    [("clerk", True), ("leader", True), ("presidium", True), ("another deputy", False), ("department", False),
     ("admin", False), ("coordinator", False), ("township clerk", False), (None, False)],
)  # fmt: skip
def test_who_opens_the_page(site: Site, who: str | None, opens: bool) -> None:
    played = shared(site)
    text = plain(site.visitor(who).open(f"{YEAR}/conduct/{played.round_id}"))
    assert ("conduct-steps" in text) is opens
    assert ("候选项目1" in text) is opens


_SHARED: dict[int, Played] = {}


def shared(site: Site) -> Played:
    """Return one round for the tests that only look."""
    if id(site) not in _SHARED:
        _SHARED[id(site)] = playing(site)
    return _SHARED[id(site)]


def test_another_congress_and_no_round_answer_alike(site: Site) -> None:
    played = shared(site)
    for path in (
        f"/{TOWNSHIP}/2025/conduct/{played.round_id}",
        f"{YEAR}/conduct/{key_of('nothing')}",
        f"{YEAR}/conduct/not-an-id",
        f"{YEAR}/conduct",
    ):
        assert "conduct-steps" not in plain(site.visitor("clerk").open(path))
    live = f"/conduct/live/{COUNTY}/{played.round_id}"
    assert site.visitor(f"clerk of {played.round_id}").ask(live).status_code == 200
    for who in (None, "another deputy", "department", "township clerk"):
        assert site.visitor(who).ask(live).status_code == 404


def test_the_live_version_follows_who_comes(site: Site) -> None:
    played = playing(site, "practice")
    played.check()
    clerk = site.visitor(f"clerk of {played.round_id}")
    live = f"/conduct/live/{COUNTY}/{played.round_id}"
    before = clerk.ask(live).headers["ETag"]
    assert clerk.ask(live, headers={"If-None-Match": before}).status_code == 304
    with site.store.system().writing() as session:
        session.add(played.there(9))
    assert clerk.ask(live).headers["ETag"] != before


@pytest.fixture(scope="module")
def counted(make_site: Makes) -> tuple[Site, Played]:
    """A site with a round that was closed and counted, with votes that nothing else has."""
    site = make_site()
    played = playing(site)
    played.open()
    played.vote_all({TEN: 200})
    played.together("close")
    with site.store.system().writing() as session:
        session.execute(update(Count).where(Count.round_id == played.round_id).values(votes=VOTES))
    site.web.ground.versions.forget(CONGRESS)
    return site, played


def texts(site: Site, who: str | None, played: Played) -> Iterator[tuple[str, str]]:
    """Yield every page and file that could tell of the round."""
    visitor = site.visitor(who)
    own = (f"/rounds/{played.round_id}", f"/conduct/{played.round_id}")
    pages = ("", *own, *PAGES)
    for page in pages:
        yield page, visitor.open(f"{YEAR}{page}").get_data(as_text=True)
        yield page, visitor.ask(f"{YEAR}{page}").get_data(as_text=True)
    for name in ("rounds", "counts", "candidates", "projects", "stages"):
        for kind in ("csv", "json"):
            path = f"/download/{COUNTY}/2026/{name}.{kind}"
            yield path, visitor.ask(path).get_data(as_text=True)
    yield "/archive", visitor.open("/archive").get_data(as_text=True)


def tells(text: str) -> bool:
    return str(VOTES) in text or f"{VOTES:,}" in text


@pytest.mark.parametrize("state", ["closed", "counted", "signed", "reported"])
@pytest.mark.parametrize(
    "who", [None, "deputy", "another deputy", "department", "leader", "coordinator", "admin", "teller"]
)
def test_before_the_announcement_nobody_else_sees_a_vote(
    counted: tuple[Site, Played], who: str | None, state: str
) -> None:
    site, played = counted
    played.change(state=state)
    site.web.ground.versions.forget(CONGRESS)
    name = f"teller of {played.round_id}" if who == "teller" else who
    assert [page for page, text in texts(site, name, played) if tells(text)] == []


@pytest.mark.parametrize("who", ["clerk", "presidium", "chief", "scrutineer"])
def test_who_counts_and_receives_sees_the_votes(counted: tuple[Site, Played], who: str) -> None:
    site, played = counted
    played.change(state="counted")
    found = {page for page, text in texts(site, f"{who} of {played.round_id}", played) if tells(text)}
    assert found == {f"/conduct/{played.round_id}"}


def test_where_the_rules_show_it_at_the_seal_all_who_hold_the_round_see_it(
    counted: tuple[Site, Played],
) -> None:
    site, played = counted
    rules = dict(played.row().rules)
    shown = {
        **rules,
        "values": {**rules["values"], "show_at_seal": {"value": True, "source": "ours", "note": ""}},
    }
    played.change(state="closed", rules=shown)
    for who, sees in (("leader", True), ("teller", True)):
        text = plain(hand(site, played, who)[0].open(f"{YEAR}/conduct/{played.round_id}"))
        assert tells(text) is sees
    assert not any(tells(text) for _, text in texts(site, "another deputy", played))
    played.change(rules=rules)


def test_an_open_round_tells_how_many_and_never_who(own: Site) -> None:
    played = playing(own)
    played.open()
    played.vote_all({TEN: 137})
    text = plain(hand(own, played, "clerk")[0].open(f"{YEAR}/conduct/{played.round_id}"))
    assert "137" in text
    with own.store.system().reading() as session:
        voter = session.get_one(Membership, (CONGRESS, played.seats[50])).name
    assert voter not in text
    for word in ("入选", "赞成票", TEN):
        assert word not in text


def test_a_scrutineers_page_lists_whose_phone_number_was_changed(own: Site) -> None:
    played = playing(own)
    played.open()
    clerk, seat = hand(own, played, "clerk")[0], played.seats[50]
    page = clerk.page(f"/{COUNTY}/hall/{played.round_id}")
    clerk.press("contact-send.n_clicks", page, contact_seat__value=str(seat), contact_digits__value="4321")
    text = plain(hand(own, played, "scrutineer")[0].open(f"{YEAR}/conduct/{played.round_id}"))
    assert "更改代表手机号后四位" in text
    with own.store.system().reading() as session:
        assert session.get_one(Membership, (CONGRESS, seat)).name in text


def test_a_deputy_is_led_to_vote_and_an_officer_to_the_round(own: Site) -> None:
    played = playing(own)
    played.open()
    desk = plain(hand(own, played, "chief")[0].open(f"{YEAR}/desk"))
    assert f"{YEAR}/vote/{played.round_id}" in desk
    assert f"{YEAR}/conduct/{played.round_id}" in desk
    deputy = plain(own.visitor("another deputy").open(f"{YEAR}/desk"))
    assert f"{YEAR}/conduct/{played.round_id}" not in deputy
    assert f"{YEAR}/vote/{played.round_id}" in deputy
    assert "vote/" not in plain(own.visitor("department").open(f"{YEAR}/desk"))


def test_a_clerk_begins_a_round_on_the_page_of_rounds(own: Site) -> None:
    visitor = own.visitor("clerk")
    page = visitor.page(f"{YEAR}/rounds")
    answer = visitor.press(
        "new-send.n_clicks", page,
        new_purpose__value="practice", new_rules__value="adoption-mark@1", new_meeting__value=None,
    )  # fmt: skip
    with own.store.system().reading() as session:
        made = session.scalars(select(Round).where(Round.purpose == "practice")).one()
        assert session.scalars(select(CheckIn).where(CheckIn.round_id == made.id)).all() == []
    assert f"{YEAR}/conduct/{made.id}" in plain(answer)
    assert "new-send" not in plain(own.visitor("leader").open(f"{YEAR}/rounds"))


def test_another_teller_is_proposed_by_name_and_confirmed_by_a_scrutineer(own: Site) -> None:
    played = playing(own)
    played.open()
    with own.store.system().reading() as session:
        names = {seat: session.get_one(Membership, (CONGRESS, seat)).name for seat in played.seats[2:31]}
    ill, substitute = played.seats[2], played.seats[30]
    given = {
        "replace_leaves__value": str(ill), "replace_comes__value": names[substitute],
        "replace_reason__value": "突发疾病", "replace_password__value": PASSWORD,
    }  # fmt: skip
    page = f"{YEAR}/conduct/{played.round_id}"
    # The form is the clerk's alone.
    for name in ("clerk", "chief", "leader"):
        own.web.ground.versions.forget(CONGRESS)
        assert ("replace-send" in hand(own, played, name)[0].open(page).text) is (name == "clerk")
    visitor, body = hand(own, played, "clerk")
    nobody = visitor.press("replace-send.n_clicks", body, **(given | {"replace_comes__value": " "}))
    assert is_told(nobody, "teller_one_comes")
    assert "已提请监票人确认更换计票人" in press(own, played, "clerk", "replace-send", **given)
    shown = plain(hand(own, played, "scrutineer")[0].open(page))
    assert "突发疾病" in shown
    assert f"{names[ill]} → {names[substitute]}" in shown
    # Who leaves learns of it from the hall, not from this page.
    assert "突发疾病" not in plain(hand(own, played, "teller")[0].open(page))
    (consent,) = [one.id for one in played.rows(RoundConsent) if one.kind == "replace"]
    confirmed = press(
        own, played, "scrutineer", "replacing-send",
        replacing_choice__value=str(consent), replacing_password__value=PASSWORD,
    )  # fmt: skip
    assert "计票人已更换" in confirmed
    assert {one.membership_id for one in played.rows(RoundOfficer) if one.duty == "teller"} == {substitute}
