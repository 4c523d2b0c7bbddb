"""The page of a round's paper: what each officer finds on it at each step, and what a teller may type."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from dashboard.store.tables.congress import Membership
from tests.commands.people import COUNTY, seats
from tests.planting_rounds import Planted, close_round, deputy, open_round, session_of, voted
from tests.web.conftest import Makes
from tests.web.visitor import Site, Visitor, is_told, plain

CHIEF, FIRST, SECOND = range(3)
# What can be typed or pressed on the page.
CONTROLS = {
    "hand-out", "total", "total-send", "number", "typed", "unclear", "enter", "withdraw-number", "withdraw",
    "settle-typed", "settle", "seal",
}  # fmt: skip
ENTERING = {"number", "typed", "unclear", "enter"}
COUNTING = {"total", "total-send"}


@pytest.fixture(scope="module")
def own(make_site: Makes) -> Site:
    return make_site()


def planted(site: Site, **changes: Any) -> Planted:
    """Plant a round on paper with a chief scrutineer and two tellers."""
    held = seats(site.store)
    duties = {held[CHIEF]: "chief", held[FIRST]: "teller", held[SECOND]: "teller"}
    return open_round(site.store, officers=duties, on_paper=True, **changes)


@pytest.fixture
def closed(own: Site) -> Planted:
    """A round of which one sheet was handed out, after its close."""
    found = planted(own)
    voted(own.store, found, found.roll[20], "paper")
    close_round(own.store, found)
    return found


def officer(site: Site, place: int) -> Visitor:
    _, token = session_of(site.store, deputy(site.store, seats(site.store)[place]))
    return Visitor(site, token, "192.0.2.9")


def at(found: Planted) -> str:
    return f"/{COUNTY}/2025/paper/{found.id}"


def shown(site: Site, found: Planted, place: int) -> str:
    return plain(officer(site, place).open(at(found)))


def controls(site: Site, found: Planted, place: int) -> set[str]:
    """Return what an officer can type or press."""

    def ids(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            if isinstance(node.get("id"), str):
                yield node["id"]
            node = list(node.values())
        for one in node if isinstance(node, list) else ():
            yield from ids(one)

    answer = officer(site, place).open(at(found))
    assert answer.status_code == 200, answer.text
    return {one.removeprefix("paper-") for one in ids(answer.json)} & CONTROLS


def press(site: Site, found: Planted, place: int, button: str, **values: object) -> TestResponse:
    visitor = officer(site, place)
    named = {f"paper_{name}__value": value for name, value in values.items()}
    page = visitor.page(at(found))
    return visitor.press(f"paper-{button}.n_clicks", page, paper_round__data=str(found.id), **named)


def enter_all(site: Site, found: Planted, place: int, *sheets: str) -> None:
    """Let a teller count and enter sheets."""
    assert press(site, found, place, "total-send", total=str(len(sheets))).status_code == 200
    for number, typed in enumerate(sheets, start=1):
        answer = press(site, found, place, "enter", number=str(number), typed=typed)
        assert f"{number}号票已录入" in plain(answer)


def test_a_teller_counts_before_anything_is_entered(own: Site, closed: Planted) -> None:
    assert controls(own, closed, FIRST) == COUNTING
    assert controls(own, closed, CHIEF) == set()
    assert is_told(press(own, closed, FIRST, "enter", number="1", typed="1"), "sheet_total_first")
    press(own, closed, FIRST, "total-send", total=" 2 ")
    assert controls(own, closed, FIRST) == COUNTING | ENTERING
    press(own, closed, FIRST, "enter", number="1", typed="1")
    assert controls(own, closed, FIRST) == COUNTING | ENTERING | {"withdraw-number", "withdraw"}
    # Of all that the other teller finds nothing.
    assert controls(own, closed, SECOND) == COUNTING


@pytest.mark.parametrize("total", ["", "-1", "1.5", "10000", "ten", "²", None])
def test_what_is_no_number_of_sheets_is_refused(own: Site, closed: Planted, total: str | None) -> None:
    answer = press(own, closed, FIRST, "total-send", total=total)
    assert "张数应为0到9999的整数" in plain(answer)
    assert controls(own, closed, FIRST) == COUNTING


def test_who_counted_none_has_nothing_to_enter(own: Site, closed: Planted) -> None:
    press(own, closed, FIRST, "total-send", total="0")
    assert controls(own, closed, FIRST) == COUNTING
    press(own, closed, SECOND, "total-send", total="0")
    assert controls(own, closed, FIRST) == set()
    assert controls(own, closed, CHIEF) == {"seal"}


def test_totals_that_differ_send_both_back_to_the_pile(own: Site, closed: Planted) -> None:
    enter_all(own, closed, FIRST, "1")
    assert "张数不一致" not in shown(own, closed, SECOND)
    enter_all(own, closed, SECOND, "1", "2")
    for place in (CHIEF, FIRST, SECOND):
        assert "两名计票人清点的张数不一致" in shown(own, closed, place)
    assert controls(own, closed, CHIEF) == set()


def test_once_compared_only_the_scrutineer_has_something_to_do(own: Site, closed: Planted) -> None:
    enter_all(own, closed, FIRST, "1 2")
    enter_all(own, closed, SECOND, "1 3")
    for place in (FIRST, SECOND):
        assert controls(own, closed, place) == set()
        assert is_told(press(own, closed, place, "withdraw", withdraw_number="1"), "sheets_compared")
        assert is_told(press(own, closed, place, "total-send", total="2"), "sheets_compared")
    assert controls(own, closed, CHIEF) == {"settle-typed", "settle"}
    # What each read is for the scrutineer alone.
    assert "1 3" in shown(own, closed, CHIEF)
    assert "1 3" not in shown(own, closed, FIRST)
    press(own, closed, CHIEF, "settle", settle_number="1", settle_typed="1 2 3")
    assert controls(own, closed, CHIEF) == {"seal"}
    assert "其中1张经监票人裁定" in shown(own, closed, FIRST)


def test_the_chief_is_warned_of_more_sheets_than_were_handed_out(own: Site, closed: Planted) -> None:
    for place in (FIRST, SECOND):
        enter_all(own, closed, place, "1", "2")
    assert "收回2张，多于发出的1张" in shown(own, closed, CHIEF)
    assert controls(own, closed, CHIEF) == {"seal"}


def test_a_practice_has_sheets_to_print_and_none_to_hand_out(own: Site) -> None:
    found = planted(own, purpose="practice")
    assert controls(own, found, FIRST) == set()
    told = shown(own, found, FIRST)
    assert "练习不登记纸质选票" in told
    assert "练习票（不计票）" in told
    assert controls(own, planted(own), FIRST) == {"hand-out"}


def follows(site: Site, found: Planted, place: int, stamp: object) -> dict[str, Any]:
    """Return what an open page of an officer draws again when its version changed."""
    trigger = next(one for one in site.callbacks if one.startswith("live.data") and "paper-news" in one)
    visitor = officer(site, place)
    body = visitor.body(
        trigger, visitor.page(at(found)), paper_round__data=str(found.id), **{"paper-stamp.data": stamp}
    )
    answer = visitor.send(body)
    assert answer.status_code == 200, answer.text
    drawn: dict[str, Any] = answer.json["response"]  # type: ignore[index]
    return drawn


def stamp_of(site: Site, found: Planted, place: int) -> str:
    """Return what the form on an officer's page was drawn from, as it is opened now."""
    (held,) = [
        one for one in nodes(officer(site, place).open(at(found)).json) if one.get("id") == "paper-stamp"
    ]
    return str(held["data"])


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of an answer."""
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    for one in node if isinstance(node, list) else ():
        yield from nodes(one)


def live(site: Site, found: Planted, place: int) -> str:
    """Return the version that an officer's open page polls."""
    answer = officer(site, place).ask(f"/paper/live/{COUNTY}/{found.id}")
    assert answer.status_code == 200
    return answer.headers["ETag"]


def test_the_pages_of_others_follow_and_a_teller_learns_nothing_of_the_other(
    own: Site, closed: Planted
) -> None:
    press(own, closed, SECOND, "total-send", total="2")
    before = {place: live(own, closed, place) for place in (CHIEF, FIRST, SECOND)}
    enter_all(own, closed, FIRST, "1", "2")
    after = {place: live(own, closed, place) for place in (CHIEF, FIRST, SECOND)}
    # To the chief both are told; the second teller's version does not even say that somebody entered something.
    assert [before[place] == after[place] for place in (CHIEF, FIRST, SECOND)] == [False, False, True]
    unchanged = officer(own, SECOND).ask(
        f"/paper/live/{COUNTY}/{closed.id}", headers={"If-None-Match": after[SECOND]}
    )
    assert unchanged.status_code == 304
    for visitor in (own.visitor(), own.visitor("leader"), own.visitor("township clerk")):
        assert visitor.ask(f"/paper/live/{COUNTY}/{closed.id}").status_code == 404


def test_what_is_being_typed_stays_until_the_form_is_another_one(own: Site, closed: Planted) -> None:
    enter_all(own, closed, FIRST, "1")
    known = stamp_of(own, closed, FIRST)
    press(own, closed, SECOND, "total-send", total="2")
    press(own, closed, SECOND, "enter", number="1", typed="1")
    assert "paper-news" not in follows(own, closed, FIRST, known)
    press(own, closed, SECOND, "enter", number="2", typed="3")
    # Both are done and counted otherwise: that is told beside the form, in which a correction may be half typed.
    told = follows(own, closed, FIRST, known)
    assert "paper-news" not in told
    assert "张数不一致" in json.dumps(told["paper-notices"], ensure_ascii=False)
    press(own, closed, SECOND, "withdraw", withdraw_number="2")
    press(own, closed, SECOND, "total-send", total="1")
    # Compared: there is nothing to be typed any more.
    gone = follows(own, closed, FIRST, known)
    news = gone["paper-news"]["data"]
    assert news == {"known": known, "stamp": stamp_of(own, closed, FIRST), "form": []}


def test_a_sheet_handed_out_by_another_stands_beside_a_name_half_typed(own: Site) -> None:
    found = planted(own)
    known = stamp_of(own, found, CHIEF)
    seat = found.roll[30]
    voted(own.store, found, seat, "paper")
    told = follows(own, found, CHIEF, known)
    assert "paper-news" not in told
    with own.store.system().reading() as session:
        name = session.scalars(select(Membership.name).where(Membership.id == seat)).one()
    assert name in json.dumps(told["paper-lists"]["children"][1], ensure_ascii=False)
