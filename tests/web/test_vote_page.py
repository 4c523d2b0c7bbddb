"""The voting page by role and by the state of its round: who gets the list, who a closed door."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from dashboard.commands.rounds_prepare import thaw_round
from dashboard.i18n import words
from dashboard.store.tables.keys import new_id
from tests.commands.people import COUNTY, TOWNSHIP
from tests.commands.sessions import CONGRESS
from tests.commands.sessions import session_of as a_session
from tests.planting_rounds import (
    Planted,
    change_round,
    close_round,
    deputy,
    open_round,
    session_of,
    voted,
)
from tests.web.conftest import Makes
from tests.web.visitor import Site, Visitor, plain

OPEN_BOX = "adoption-mark-open@1"
FINAL = {"secret": False, "change_allowed": False}


@pytest.fixture(scope="module")
def booth(make_site: Makes) -> Site:
    return make_site()


def _visitor(site: Site, seat: UUID, code: str = COUNTY) -> Visitor:
    _, token = session_of(site.store, deputy(site.store, seat, code))
    return Visitor(site, token, "192.0.2.9")


def _opened(site: Site, planted: Planted, visitor: Visitor, query: str = "") -> str:
    answer = visitor.open(f"/{COUNTY}/vote/{planted.id}", query)
    assert answer.status_code == 200, answer.text
    return plain(answer)


def _facts(shown: str) -> dict[str, Any]:
    """Return what the page tells its scripts."""
    return _found(json.loads(shown), "data-paper")


def _found(node: Any, name: str) -> Any:
    if isinstance(node, dict):
        if name in node:
            return json.loads(node[name])
        node = list(node.values())
    for one in node if isinstance(node, list) else ():
        if (found := _found(one, name)) is not None:
            return found
    return None


def _numbers(shown: str) -> list[int]:
    """Return the numbers of the rows in the order in which they stand."""
    found: list[int] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if "data-number" in node:
                found.append(int(node["data-number"]))
            node = list(node.values())
        for one in node if isinstance(node, list) else ():
            walk(one)

    walk(json.loads(shown))
    return found


def test_a_deputy_who_is_there_gets_the_list_in_its_official_order(booth: Site) -> None:
    opened = open_round(booth.store)
    shown = _opened(booth, opened, _visitor(booth, opened.roll[0]))
    assert _numbers(shown) == list(opened.numbers)
    for text in (
        "新建公办幼儿园3所",
        "县教育局",
        "6,400万元",
        "新建3所27个班",
        "无记名｜12项中至多选10项｜截止前可改票",
    ):
        assert text in shown
    facts = _facts(shown)
    assert (facts["form"], facts["most"], facts["exactly"], facts["change"]) == ("mark", 10, False, True)
    assert (facts["door"], facts["voted"], facts["terminal"]) == (None, False, False)


def test_two_voters_get_their_own_orders_of_a_shuffled_list(booth: Site) -> None:
    opened = open_round(booth.store, values={"shuffled": True})
    first, other = _visitor(booth, opened.roll[0]), _visitor(booth, opened.roll[1])
    order = _numbers(_opened(booth, opened, first))
    assert sorted(order) == list(opened.numbers)
    assert order == _numbers(_opened(booth, opened, first))
    assert order != _numbers(_opened(booth, opened, other))


@pytest.mark.parametrize(
    ("form", "how", "line"),
    [
        ("adoption-exact@1", {"places": 4}, "12项中须选4项"),
        ("adoption-item@1", {}, "逐项表决，共12项"),
        ("adoption-item-limited@1", {"places": 4}, "逐项表决，共12项，赞成至多4项"),
        ("adoption-rank@1", {"places": 5}, "12项中至多排5项"),
        (
            "adoption-mark@1",
            {"values": {"secret": False, "change_allowed": False}},
            "记名｜12项中至多选10项｜投出后不能更改",
        ),
    ],
)
def test_the_rules_stand_in_one_line(booth: Site, form: str, how: dict[str, Any], line: str) -> None:
    opened = open_round(booth.store, rule_set=form, **how)
    assert line in _opened(booth, opened, _visitor(booth, opened.roll[0]))


def test_that_a_deputy_has_voted_is_told_and_nothing_of_what(booth: Site) -> None:
    opened = open_round(booth.store)
    voted(booth.store, opened, opened.roll[3])
    facts = _facts(_opened(booth, opened, _visitor(booth, opened.roll[3])))
    assert (facts["voted"], facts["door"]) == (True, None)
    assert not {"marks", "ballot", "participation"} & set(facts)
    assert facts["voter"] not in str(opened.roll[3])


@pytest.mark.parametrize(
    ("state", "door"),
    [
        ("checked", "not_yet"),
        ("suspended", "suspended"),
        ("closed", "closed"),
        ("counted", "closed"),
        ("announced", "closed"),
        ("annulled", "annulled"),
    ],
)
def test_a_round_that_takes_no_votes_has_a_closed_door(booth: Site, state: str, door: str) -> None:
    opened = open_round(booth.store, state=state)
    shown = _opened(booth, opened, _visitor(booth, opened.roll[0]))
    assert _facts(shown)["door"] == door
    assert words("zh-CN")(f"vote.door.{door}.do") in shown
    assert _numbers(shown) == []


def test_a_draft_is_not_there_and_an_open_page_survives_a_thaw(make_site: Makes) -> None:
    site = make_site()
    played = a_session(site.store)
    visitor = _visitor(site, played.seats[9])
    path, gone = f"/{COUNTY}/vote/{played.round_id}", words("zh-CN")("refused.not_found")
    assert gone in plain(visitor.open(path))
    played.check()
    site.web.ground.versions.forget(CONGRESS)
    page = visitor.page(path)
    thaw_round(played.call(played.clerk), played.round_id)
    site.web.ground.versions.forget(CONGRESS)
    given = {"vote_round__data": str(played.round_id), "vote_terminal__data": False}
    for trigger in (one for one in site.callbacks if one.startswith("live.data") and "vote-" in one):
        assert visitor.press(trigger, page, vote_door__data="not_yet", **given).status_code == 404
    assert gone in plain(visitor.open(path))


def test_who_is_not_on_the_roll_or_not_there_is_told_so(booth: Site) -> None:
    opened = open_round(booth.store)
    seats = opened.roll
    partly = open_round(booth.store, roll=seats[1:], present=seats[2:])
    assert _facts(_opened(booth, partly, _visitor(booth, seats[0])))["door"] == "off_roll"
    absent = _opened(booth, partly, _visitor(booth, seats[1]))
    assert _facts(absent)["door"] == "absent"
    assert f"/{COUNTY}/hall/{partly.id}" in absent
    assert _facts(_opened(booth, partly, _visitor(booth, seats[2])))["door"] is None


def test_who_took_a_sheet_of_paper_is_told_to_use_it(booth: Site) -> None:
    opened = open_round(booth.store, on_paper=True)
    voted(booth.store, opened, opened.roll[0], "paper")
    assert _facts(_opened(booth, opened, _visitor(booth, opened.roll[0])))["door"] == "paper"


@pytest.mark.parametrize(
    "who", [None, "clerk", "leader", "presidium", "department", "admin", "township clerk"]
)
def test_nobody_but_a_deputy_sees_the_list(booth: Site, who: str | None) -> None:
    opened = open_round(booth.store)
    shown = _opened(booth, opened, booth.visitor(who))
    door = "vote.door.not_allowed" if who else "vote.door.sign_in_first"
    assert words("zh-CN")(door) in shown
    assert "新建公办幼儿园3所" not in shown
    assert "data-paper" not in shown


def test_a_deputy_of_another_congress_is_nobody_here(booth: Site) -> None:
    opened, theirs = open_round(booth.store), open_round(booth.store, TOWNSHIP)
    visitor = _visitor(booth, theirs.roll[0], TOWNSHIP)
    assert "data-paper" not in _opened(booth, opened, visitor)
    # By its id under the own address: as one that is not there.
    nowhere = new_id()
    foreign = plain(visitor.open(f"/{TOWNSHIP}/vote/{opened.id}"))
    absent = plain(visitor.open(f"/{TOWNSHIP}/vote/{nowhere}"))
    assert foreign == absent.replace(str(nowhere), str(opened.id))
    assert words("zh-CN")("refused.not_found") in foreign


def test_an_open_page_hears_of_the_state_and_a_shut_one_opens(booth: Site) -> None:
    opened = open_round(booth.store, state="checked")
    visitor = _visitor(booth, opened.roll[0])
    page = visitor.page(f"/{COUNTY}/vote/{opened.id}")
    given = {"vote_round__data": str(opened.id), "vote_terminal__data": False, "vote_door__data": "not_yet"}
    trigger = next(one for one in booth.callbacks if one.startswith("live.data") and "vote-shut" in one)
    assert visitor.press(trigger, page, **given).json == {"multi": True, "response": {}}
    change_round(booth.store, opened, state="open")
    booth.web.ground.versions.forget(opened.congress_id)
    entered = plain(visitor.press(trigger, page, **given))
    assert _numbers(entered) == list(opened.numbers)
    change_round(booth.store, opened, state="suspended")
    booth.web.ground.versions.forget(opened.congress_id)
    state = next(one for one in booth.callbacks if one.startswith("live.data") and "vote-now" in one)
    assert '"data-state": "suspended"' in plain(visitor.press(state, page, **given))


def test_the_page_without_an_id_is_that_of_the_one_round_that_runs(make_site: Makes) -> None:
    site = make_site()
    opened = open_round(site.store)
    visitor = _visitor(site, opened.roll[0])
    assert _facts(plain(visitor.open(f"/{COUNTY}/vote")))["round"] == str(opened.id)
    second = open_round(site.store, title="第二轮")
    site.web.ground.versions.forget(opened.congress_id)
    shown = plain(visitor.open(f"/{COUNTY}/vote"))
    assert all(f"/{COUNTY}/vote/{one.id}" in shown for one in (opened, second))


def test_a_terminal_offers_nothing_to_keep(booth: Site) -> None:
    opened = open_round(booth.store)
    visitor = _visitor(booth, opened.roll[0])
    on_phone, shared = _opened(booth, opened, visitor), _opened(booth, opened, visitor, "?terminal=1")
    assert "vote-save" in on_phone
    assert "vote-save" not in shared
    assert "vote-copy" not in shared
    assert _facts(shared)["terminal"] is True
    assert "/receipt" in on_phone
    assert '"href": "/receipt"' not in shared
    assert "/sign-in" not in shared
    _, token = session_of(booth.store, deputy(booth.store, opened.roll[1]), terminal=True)
    assert _facts(_opened(booth, opened, Visitor(booth, token, "192.0.2.9")))["terminal"] is True


def test_the_seal_is_told_once_announced_and_the_box_where_its_rule_opens_it(booth: Site) -> None:
    public = open_round(booth.store, rule_set=OPEN_BOX)
    closed = open_round(booth.store)
    visitor = booth.visitor()

    def seal(planted: Planted, end: str = "seal") -> Any:
        return visitor.ask(f"/vote/{COUNTY}/{planted.id}/{end}")

    close_round(booth.store, public)
    assert (seal(public).status_code, seal(public, "box.json").status_code) == (404, 404)
    for one in (public, closed):
        close_round(booth.store, one, announced=True)
    booth.web.ground.versions.forget(public.congress_id)
    told = seal(public).json
    assert told["box"] == f"/vote/{COUNTY}/{public.id}/box.json"
    assert seal(public, "box.json").json["ballots"] == []
    assert len(told["digest"]) == 64
    assert seal(closed).json["box"] is None
    assert seal(closed, "box.json").status_code == 404
    assert visitor.ask(f"/vote/{COUNTY}/nothing/seal").status_code == 404


def test_the_look_up_page_names_no_receipt_anywhere(booth: Site) -> None:
    answer = booth.visitor().open("/receipt")
    assert words("zh-CN")("receipt.title") in plain(answer)
    english = booth.visitor().open("/en/receipt")
    assert words("en")("receipt.title") in plain(english)


def test_a_session_of_another_appointment_casts_nothing_from_an_old_page(booth: Site) -> None:
    opened = open_round(booth.store)
    facts = _facts(_opened(booth, opened, _visitor(booth, opened.roll[0])))
    other = replace(_visitor(booth, opened.roll[1]), address="192.0.2.10")
    body = {"receipt": "0" * 31 + "7", "marks": "1", "actor": facts["actor"]}
    answer = other.ask(facts["cast"], "POST", json=body)
    assert (answer.status_code, answer.json["refused"]) == (401, "signed_out")  # type: ignore[index]


def test_the_rounds_lead_a_deputy_to_the_vote(booth: Site) -> None:
    opened = open_round(booth.store)
    way = f"/{COUNTY}/2025/vote/{opened.id}"
    path = f"/{COUNTY}/2025/rounds/{opened.id}"
    assert way in plain(_visitor(booth, opened.roll[0]).open(path))
    assert way not in plain(booth.visitor("clerk").open(path))
    assert way not in plain(booth.visitor().open(path))
