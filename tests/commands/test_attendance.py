"""Checking in: by the code on the screen, at the seat, by hand with a confirmation; leaving and coming back."""

import threading
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from dashboard.commands.attendance import (
    begin,
    check_in_by_hand,
    check_in_self,
    confirm_check_in,
    record_leave,
    record_return,
    take_over,
)
from dashboard.gate import Actor, Ground
from dashboard.queries.attendance import earlier_rounds
from dashboard.rules.hall import rotating_code
from dashboard.rules.hall_frames import TakenOver
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.store.loading.gathering import key_of
from dashboard.store.tables.hall import Screen
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.record import Act, TopicVersion
from dashboard.store.tables.voting import Round
from dashboard.store.transactions import Store
from dashboard.store.versions import Versions
from tests.commands.hall_session import (
    PEPPER,
    card_of,
    check_ins,
    come_in,
    deputy_of,
    give_phone,
    meeting_of,
    plant_round,
    scrutineer,
    set_state,
)
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person, refusal, seats
from tests.conftest import NOW

MINUTE = timedelta(minutes=1)


def code_now(store: Store, clerk: Actor, now=NOW) -> str:
    """Return what the screen of the latest meeting shows."""
    begin(call_of(store, clerk), meeting_of(store))
    with store.system().reading() as session:
        secret = session.scalars(select(Screen.secret).where(Screen.meeting_id == meeting_of(store))).one()
    return rotating_code(secret, now)


def kinds(store: Store) -> list[str]:
    with store.system().reading() as session:
        congress = key_of("congress", COUNTY)
        return list(session.scalars(select(Act.kind).where(Act.congress_id == congress).order_by(Act.number)))


def topics(store: Store) -> dict[str, int]:
    with store.system().reading() as session:
        rows = session.execute(
            select(TopicVersion.topic, TopicVersion.version).where(
                TopicVersion.congress_id == key_of("congress", COUNTY)
            )
        )
        return dict(rows.all())


def by_code(store: Store, deputy: Actor, round_id: UUID, code: str | None, now=NOW) -> Refused | None:
    return check_in_self(call_of(store, deputy, now=now), round_id, code, PEPPER)


def test_the_code_on_the_screen_checks_in_without_act_or_topic(loaded_store: Store) -> None:
    store = loaded_store
    round_id, deputy = plant_round(store), person(store, Role.DEPUTY)
    code = code_now(store, person(store, Role.CLERK))
    acts, versions = kinds(store), topics(store)
    assert by_code(store, deputy, round_id, code) is None
    # Pressed twice, it is one check-in.
    assert by_code(store, deputy, round_id, code) is None
    assert check_ins(store, round_id) == {deputy.membership_id: ("screen", False, False)}
    assert (kinds(store), topics(store)) == (acts, versions)


def test_a_code_that_is_not_on_the_screen_delays_and_locks_nothing(demo_store: Store) -> None:
    store = demo_store
    round_id, deputy = plant_round(store), person(store, Role.DEPUTY)
    clerk = person(store, Role.CLERK)
    old = code_now(store, clerk, NOW - MINUTE)
    told = [by_code(store, deputy, round_id, typed) for typed in (old, "12345", "", "000000")]
    assert [one.code for one in told if one] == ["check_in_wrong"] * 3 + ["hall_wait"]
    assert check_ins(store, round_id) == {}
    later = NOW + MINUTE
    assert by_code(store, deputy, round_id, code_now(store, clerk, later), later) is None


def test_the_code_just_before_is_still_accepted(demo_store: Store) -> None:
    round_id, deputy = plant_round(demo_store), person(demo_store, Role.DEPUTY)
    code = code_now(demo_store, person(demo_store, Role.CLERK))
    assert by_code(demo_store, deputy, round_id, code, NOW + timedelta(seconds=31)) is None


def test_a_clock_set_back_takes_the_code_that_the_screen_shows_then(demo_store: Store) -> None:
    """The screen and whoever types are told by one clock: what it showed before it was set back is no code."""
    store, back = demo_store, NOW - timedelta(hours=1)
    round_id, deputy = plant_round(store), person(store, Role.DEPUTY)
    clerk = person(store, Role.CLERK)
    before, shown = code_now(store, clerk), code_now(store, clerk, back)
    for _ in range(3):
        assert by_code(store, deputy, round_id, "000000") is not None
    # Failures from before the clock was set back wait as long as told, not for an hour.
    told = [by_code(store, deputy, round_id, shown, back), by_code(store, deputy, round_id, before, back)]
    assert [one.code for one in told if one] == ["hall_wait", "hall_wait"]
    soon = back + timedelta(seconds=2)
    assert getattr(by_code(store, deputy, round_id, before, soon), "code", None) == "check_in_wrong"
    assert by_code(store, deputy, round_id, shown, soon + timedelta(seconds=8)) is None
    assert check_ins(store, round_id) == {deputy.membership_id: ("screen", False, False)}


def test_without_a_screen_there_is_no_code(demo_store: Store) -> None:
    round_id, deputy = plant_round(demo_store), person(demo_store, Role.DEPUTY)
    call = call_of(demo_store, deputy)
    assert refusal(check_in_self, call, round_id, "123456", PEPPER) == "check_in_no_screen"


def test_the_code_at_the_seat_checks_in_at_a_round_that_comes_later(demo_store: Store) -> None:
    store = demo_store
    clerk, (seat, other) = person(store, Role.CLERK), seats(store)[4:6]
    for one in (seat, other):
        give_phone(store, one, "0427")
    sits = deputy_of(store, come_in(store, card_of(store, clerk, seat, "seat").code, "0427"))
    printed = deputy_of(store, come_in(store, card_of(store, clerk, other).code, "0427", request="cd" * 16))
    round_id = plant_round(store)
    assert by_code(store, sits, round_id, None) is None
    assert refusal(by_code, store, printed, round_id, None) == "check_in_no_seat_code"
    by_password = person(store, Role.DEPUTY, seat=seats(store)[6])
    assert refusal(by_code, store, by_password, round_id, None) == "check_in_no_seat_code"
    assert check_ins(store, round_id) == {seat: ("seat", False, False)}


@pytest.mark.parametrize(
    "state", ["draft", "closed", "counted", "signed", "reported", "announced", "annulled"]
)
def test_nobody_checks_in_before_the_freeze_or_after_the_close(demo_store: Store, state: str) -> None:
    store = demo_store
    round_id, deputy = plant_round(store, state), person(store, Role.DEPUTY)
    clerk = person(store, Role.CLERK)
    code = code_now(store, clerk)
    assert refusal(by_code, store, deputy, round_id, code) == "check_in_closed"
    assert (
        refusal(check_in_by_hand, call_of(store, clerk), round_id, deputy.membership_id) == "check_in_closed"
    )
    assert check_ins(store, round_id) == {}


def test_from_the_opening_on_the_roll_decides(demo_store: Store) -> None:
    store = demo_store
    clerk, (on, off) = person(store, Role.CLERK), seats(store)[:2]
    round_id = plant_round(store)
    set_state(store, round_id, "open", [on])
    code = code_now(store, clerk)
    assert by_code(store, person(store, Role.DEPUTY, seat=on), round_id, code) is None
    assert refusal(by_code, store, person(store, Role.DEPUTY, seat=off), round_id, code) == "not_on_roll"
    assert refusal(check_in_by_hand, call_of(store, clerk), round_id, off) == "not_on_roll"


def test_a_check_in_by_hand_counts_when_a_scrutineer_confirms_it(loaded_store: Store) -> None:
    store = loaded_store
    clerk, (absent, watching, other) = person(store, Role.CLERK), seats(store)[3:6]
    round_id = plant_round(store)
    eyes = scrutineer(store, round_id, watching)
    check_in_by_hand(call_of(store, clerk), round_id, absent)
    assert check_ins(store, round_id)[absent] == ("hand", False, False)
    not_named = person(store, Role.DEPUTY, seat=other)
    assert refusal(confirm_check_in, call_of(store, not_named), round_id, [absent]) == "not_yours"
    assert refusal(confirm_check_in, call_of(store, clerk), round_id, [absent]) == "not_allowed"
    confirm_check_in(call_of(store, eyes), round_id, [absent])
    assert check_ins(store, round_id)[absent] == ("hand", True, False)
    assert kinds(store)[-2:] == ["round_checked_in", "round_check_in_confirmed"]
    assert refusal(confirm_check_in, call_of(store, eyes), round_id, [absent]) == "check_in_not_waiting"


def test_nobody_confirms_the_own_check_in(demo_store: Store) -> None:
    store = demo_store
    clerk, seat = person(store, Role.CLERK), seats(store)[3]
    round_id = plant_round(store)
    eyes = scrutineer(store, round_id, seat)
    check_in_by_hand(call_of(store, clerk), round_id, seat)
    assert refusal(confirm_check_in, call_of(store, eyes), round_id, [seat]) == "check_in_own"


def test_a_scrutineer_takes_back_what_is_not_so(demo_store: Store) -> None:
    store = demo_store
    clerk, (absent, watching) = person(store, Role.CLERK), seats(store)[3:5]
    round_id = plant_round(store)
    check_in_by_hand(call_of(store, clerk), round_id, absent)
    confirm_check_in(
        call_of(store, scrutineer(store, round_id, watching)), round_id, [absent], is_there=False
    )
    assert check_ins(store, round_id) == {}
    assert kinds(store)[-1] == "round_check_in_refused"


def test_a_deputy_by_own_code_needs_no_confirmation_any_more(demo_store: Store) -> None:
    store = demo_store
    clerk, deputy = person(store, Role.CLERK), person(store, Role.DEPUTY)
    assert deputy.membership_id is not None
    round_id = plant_round(store)
    code = code_now(store, clerk)
    check_in_by_hand(call_of(store, clerk), round_id, deputy.membership_id)
    assert by_code(store, deputy, round_id, code) is None
    assert check_ins(store, round_id) == {deputy.membership_id: ("screen", False, False)}
    # The other way round nothing is made worse.
    acts = kinds(store)
    check_in_by_hand(call_of(store, clerk), round_id, deputy.membership_id)
    assert check_ins(store, round_id) == {deputy.membership_id: ("screen", False, False)}
    assert kinds(store) == acts


def test_who_left_is_back_by_hand_or_by_the_code(demo_store: Store) -> None:
    store = demo_store
    clerk, deputy = person(store, Role.CLERK), person(store, Role.DEPUTY)
    seat = deputy.membership_id
    assert seat is not None
    round_id = plant_round(store)
    code = code_now(store, clerk)
    assert refusal(record_leave, call_of(store, clerk), round_id, seat) == "not_checked_in"
    by_code(store, deputy, round_id, code)
    assert refusal(record_return, call_of(store, clerk), round_id, seat) == "not_left"
    record_leave(call_of(store, clerk), round_id, seat)
    assert check_ins(store, round_id)[seat] == ("screen", False, True)
    record_return(call_of(store, clerk), round_id, seat)
    assert check_ins(store, round_id)[seat] == ("hand", False, False)
    record_leave(call_of(store, clerk), round_id, seat)
    by_code(store, deputy, round_id, code)
    assert check_ins(store, round_id)[seat] == ("screen", False, False)
    assert kinds(store)[-3:] == ["round_left", "round_checked_in", "round_left"]


def test_a_run_off_takes_over_who_is_there(loaded_store: Store) -> None:
    store = loaded_store
    clerk, (came, waits, left, gone, known, seen) = person(store, Role.CLERK), seats(store)[:6]
    first = plant_round(store)
    second = plant_round(store, after_id=first)
    other = plant_round(store, meeting=meeting_of(store, latest=1))
    code = code_now(store, clerk)
    for seat in (came, left, gone, known):
        by_code(store, person(store, Role.DEPUTY, seat=seat), first, code)
    by_code(store, person(store, Role.DEPUTY, seat=known), second, code)
    for seat in (waits, seen):
        check_in_by_hand(call_of(store, clerk), first, seat)
    confirm_check_in(call_of(store, scrutineer(store, first, came)), first, [seen])
    record_leave(call_of(store, clerk), first, left)
    set_state(store, second, "open", [came, waits, left, known, seen])
    assert take_over(call_of(store, clerk), second, first) == TakenOver(2, waits=False)
    # Who came by hand stays confirmed: a scrutineer of the round before saw the deputy.
    assert check_ins(store, second) == {
        came: ("screen", False, False), known: ("screen", False, False), seen: ("hand", True, False),
    }  # fmt: skip
    assert kinds(store)[-1] == "round_check_ins_taken_over"
    for wrong in (other, second, new_id()):
        assert refusal(take_over, call_of(store, clerk), second, wrong) == "not_found"


def test_from_a_round_that_this_one_does_not_follow_a_scrutineer_confirms_all(loaded_store: Store) -> None:
    store = loaded_store
    clerk, (one, two, absent, watching) = person(store, Role.CLERK), seats(store)[:4]
    earlier, later = plant_round(store), plant_round(store)
    code = code_now(store, clerk)
    for seat in (one, two, watching):
        by_code(store, person(store, Role.DEPUTY, seat=seat), earlier, code)
    assert take_over(call_of(store, clerk), later, earlier) == TakenOver(3, waits=True)
    waiting = ("hand", False, False)
    assert check_ins(store, later) == {one: waiting, two: waiting, watching: waiting}
    assert kinds(store)[-1] == "round_check_ins_copied"
    eyes = call_of(store, scrutineer(store, later, watching))
    assert refusal(confirm_check_in, eyes, later, [one, two, watching]) == "check_in_own"
    # One press for all of them; who is not on the list is not made to be there by it.
    confirm_check_in(eyes, later, [one, two, absent])
    there = ("hand", True, False)
    assert check_ins(store, later) == {one: there, two: there, watching: waiting}


def test_from_a_round_of_another_day_nobody_is_there_unseen(loaded_store: Store) -> None:
    """A run-off a day later: whoever came to the round before has slept since, and a scrutineer looks again."""
    store = loaded_store
    clerk, seat = person(store, Role.CLERK), seats(store)[0]
    first = plant_round(store)
    by_code(store, person(store, Role.DEPUTY, seat=seat), first, code_now(store, clerk))
    with store.system().writing() as session:
        session.scalars(select(Round).where(Round.id == first)).one().closed_at = NOW
    second = plant_round(store, after_id=first)
    tomorrow = NOW + timedelta(days=1)
    offered, *_ = earlier_rounds(call_of(store, clerk, writes=False, now=tomorrow), second)
    assert (offered.round_id, offered.is_followed) == (first, False)
    assert take_over(call_of(store, clerk, now=tomorrow), second, first) == TakenOver(1, waits=True)
    assert check_ins(store, second) == {seat: ("hand", False, False)}
    assert kinds(store)[-1] == "round_check_ins_copied"


def test_who_is_there_at_a_practice_is_never_taken_over(demo_store: Store) -> None:
    store = demo_store
    clerk, seat = person(store, Role.CLERK), seats(store)[0]
    practice = plant_round(store, purpose="practice")
    again = plant_round(store, after_id=practice)
    by_code(store, person(store, Role.DEPUTY, seat=seat), practice, code_now(store, clerk))
    assert refusal(take_over, call_of(store, clerk), again, practice) == "take_over_practice"
    assert check_ins(store, again) == {}


def test_rounds_of_another_congress_are_as_if_absent(demo_store: Store) -> None:
    theirs, stranger = plant_round(demo_store), person(demo_store, Role.CLERK, TOWNSHIP)
    seat = seats(demo_store)[0]
    for command in (check_in_by_hand, record_leave, record_return):
        assert refusal(command, call_of(demo_store, stranger, TOWNSHIP), theirs, seat) == "not_found"
        assert refusal(command, call_of(demo_store, stranger), theirs, seat) == "not_allowed"
    deputy = person(demo_store, Role.DEPUTY, TOWNSHIP)
    call = call_of(demo_store, deputy, TOWNSHIP)
    assert refusal(check_in_self, call, theirs, "123456", PEPPER) == "not_found"


def test_at_two_places_at_once_a_deputy_is_there_once(loaded_store: Store) -> None:
    store = loaded_store
    ground = Ground(store, Versions(store))
    round_id, clerk, deputy = plant_round(store), person(store, Role.CLERK), person(store, Role.DEPUTY)
    code, gate, failed = code_now(store, clerk), threading.Barrier(6), []

    def press(number: int) -> None:
        call = call_of(store, clerk if number % 3 == 0 else deputy, ground=ground)
        gate.wait()
        try:
            if number % 3 == 0:
                check_in_by_hand(call, round_id, deputy.membership_id)
            else:
                check_in_self(call, round_id, code, PEPPER)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=press, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert check_ins(store, round_id) == {deputy.membership_id: ("screen", False, False)}


@pytest.mark.parametrize("means", ["seat", "printed", "screen"])
def test_a_code_of_one_meeting_checks_nobody_in_at_another(loaded_store: Store, means: str) -> None:
    store, clerk, seat = loaded_store, person(loaded_store, Role.CLERK), seats(loaded_store)[4]
    give_phone(store, seat, "0427")
    older = plant_round(store, meeting=meeting_of(store, latest=1))
    deputy = deputy_of(store, come_in(store, card_of(store, clerk, seat, means).code, "0427"))
    with store.system().writing() as session:
        session.add(
            Screen(
                congress_id=key_of("congress", COUNTY), meeting_id=meeting_of(store, latest=1), shows="turnout",
                version=1, secret="5a" * 20,
            )
        )  # fmt: skip
    for code in (None, rotating_code("5a" * 20, NOW)):
        assert refusal(by_code, store, deputy, older, code) == "hall_other_meeting"
    assert check_ins(store, older) == {}
    # With the own sign-in the same seat checks in there: it is the code that is bound.
    assert by_code(store, person(store, Role.DEPUTY, seat=seat), older, rotating_code("5a" * 20, NOW)) is None
