"""The page of a round's paper: what each officer finds on it at each step, and what a teller may type."""

from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.test import TestResponse

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
