"""Who is there, as each role may know it: the quorum, the delegations, the names."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from dashboard.commands.attendance import (
    begin,
    check_in_by_hand,
    check_in_self,
    confirm_check_in,
    record_leave,
)
from dashboard.commands.hall import issue_codes
from dashboard.queries.attendance import (
    attendance_mark,
    earlier_rounds,
    review,
    seat_lines,
    standing,
    turnout,
)
from dashboard.queries.hall import check_in_code, going_on
from dashboard.rules.hall import rotating_code
from dashboard.rules.hall_frames import Quorum
from dashboard.rules.roles import Role
from dashboard.store.loading.gathering import key_of
from dashboard.store.tables.congress import Meeting, Membership, MembershipState
from dashboard.store.tables.hall import Screen
from dashboard.store.tables.voting import CheckIn, Participation
from dashboard.store.transactions import Store
from tests.commands.hall_session import (
    PEPPER,
    card_of,
    come_in,
    deputy_of,
    give_phone,
    kept_out,
    meeting_of,
    plant_round,
    scrutineer,
    set_state,
)
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person, refusal, seats
from tests.conftest import NOW

COUNTY_ID = key_of("congress", COUNTY)


def read(store: Store, actor, code: str = COUNTY):
    return call_of(store, actor, code, writes=False)


def vote(store: Store, round_id, seat) -> None:
    with store.system().writing() as session:
        session.add(
            Participation(congress_id=COUNTY_ID, round_id=round_id, membership_id=seat, channel="electronic")
        )


def come(store: Store, round_id, wanted) -> None:
    with store.system().writing() as session:
        session.add_all(
            CheckIn(congress_id=COUNTY_ID, round_id=round_id, membership_id=seat, means="seat")
            for seat in wanted
        )


def test_who_left_is_not_there_unless_the_vote_is_in(loaded_store: Store) -> None:
    store = loaded_store
    roll = seats(store)[:9]
    clerk, round_id = person(store, Role.CLERK), plant_round(store)
    set_state(store, round_id, "open", roll)
    come(store, round_id, roll[:6])
    check_in_by_hand(call_of(store, clerk), round_id, roll[6])
    # 9 entitled: two thirds are 6.
    assert standing(read(store, clerk), round_id).quorum == Quorum(9, 6, 6, 1)
    vote(store, round_id, roll[0])
    for seat in roll[:2]:
        record_leave(call_of(store, clerk), round_id, seat)
    quorum = standing(read(store, clerk), round_id).quorum
    assert quorum == Quorum(9, 5, 6, 1)
    assert (quorum.is_reached, quorum.missing) == (False, 1)
    eyes = scrutineer(store, round_id, roll[2])
    confirm_check_in(call_of(store, eyes), round_id, [roll[6]])
    assert standing(read(store, clerk), round_id).quorum == Quorum(9, 6, 6, 0)


def test_before_the_opening_those_in_office_are_entitled(demo_store: Store) -> None:
    store = demo_store
    clerk, round_id = person(store, Role.CLERK), plant_round(store)
    quorum = standing(read(store, clerk), round_id).quorum
    lines = seat_lines(read(store, clerk), round_id)
    assert len({line.seat for line in lines}) == len(lines) == quorum.entitled > 300
    assert quorum.needed == -(-2 * quorum.entitled // 3)
    parts = turnout(read(store, clerk), round_id)
    assert len(parts) == 12
    assert sum(part.entitled for part in parts) == quorum.entitled
    come(store, round_id, [lines[0].seat, lines[-1].seat])
    parts = turnout(read(store, clerk), round_id)
    assert [part.present for part in parts] == [1, *[0] * 10, 1]


def test_the_frozen_rules_name_the_quorum(demo_store: Store) -> None:
    rules = {"values": {"quorum": {"value": "1/2", "source": "x", "note": ""}}}
    round_id = plant_round(demo_store, rules=rules)
    set_state(demo_store, round_id, "open", seats(demo_store)[:9])
    assert standing(read(demo_store, person(demo_store, Role.CLERK)), round_id).quorum.needed == 5


def test_after_the_close_the_kept_numbers_stand(demo_store: Store) -> None:
    round_id = plant_round(demo_store, "counted", entitled=321, present=311)
    quorum = standing(read(demo_store, person(demo_store, Role.PRESIDIUM)), round_id).quorum
    assert quorum == Quorum(321, 311, 214, 0)


def test_a_deputy_knows_the_own_standing(demo_store: Store) -> None:
    store = demo_store
    clerk, roll = person(store, Role.CLERK), seats(store)[:3]
    round_id = plant_round(store)
    begin(call_of(store, clerk), meeting_of(store))
    with store.system().reading() as session:
        secret = session.scalars(select(Screen.secret)).one()
    deputies = [person(store, Role.DEPUTY, seat=seat) for seat in roll]
    own = lambda number: standing(read(store, deputies[number]), round_id).own  # noqa: E731 - said thrice
    assert own(0) == "absent"
    check_in_self(call_of(store, deputies[0]), round_id, rotating_code(secret, NOW), PEPPER)
    check_in_by_hand(call_of(store, clerk), round_id, roll[1])
    assert [own(0), own(1), own(2)] == ["present", "waiting", "absent"]
    record_leave(call_of(store, clerk), round_id, roll[0])
    set_state(store, round_id, "open", roll[:2])
    assert [own(0), own(1), own(2)] == ["left", "waiting", "not_on_roll"]
    assert standing(read(store, clerk), round_id).own is None


def test_a_session_of_the_code_at_the_seat_is_known(demo_store: Store) -> None:
    store = demo_store
    clerk, (one, other) = person(store, Role.CLERK), seats(store)[4:6]
    round_id = plant_round(store)
    found = []
    for seat, means in ((one, "seat"), (other, "printed")):
        give_phone(store, seat, "0427")
        card = card_of(store, clerk, seat, means)
        deputy = deputy_of(store, come_in(store, card.code, "0427", request=seat.hex))
        found.append(standing(read(store, deputy), round_id).sits_at_code)
    assert found == [True, False]


def test_the_clerk_sees_what_became_of_each_code(demo_store: Store) -> None:
    store = demo_store
    clerk, (used, out, none) = person(store, Role.CLERK), seats(store)[4:7]
    round_id = plant_round(store)
    for seat in (used, out):
        give_phone(store, seat, "0427")
    card_of(store, clerk, used)
    come_in(store, card_of(store, clerk, used).code, "0427")
    kept_out(store, card_of(store, clerk, out).code, "9999")
    lines = {line.seat: (line.code, line.failures) for line in seat_lines(read(store, clerk), round_id)}
    assert [lines[seat] for seat in (used, out, none)] == [("used", 0), ("out", 1), ("none", 0)]


def test_scrutineers_see_what_waits_and_which_codes_went_out_since_the_freeze(demo_store: Store) -> None:
    store = demo_store
    clerk, (before, after, absent, watching) = person(store, Role.CLERK), seats(store)[4:8]
    round_id = plant_round(store)
    for seat in (before, after):
        give_phone(store, seat, "0427")
    card_of(store, clerk, before, now=NOW - timedelta(hours=1))
    card = card_of(store, clerk, after, now=NOW + timedelta(minutes=1))
    check_in_by_hand(call_of(store, clerk), round_id, absent)
    found = review(read(store, scrutineer(store, round_id, watching)), round_id)
    assert [one.seat for one in found.waiting] == [absent]
    assert [one.name for one in found.codes] == [card.name]
    other = person(store, Role.DEPUTY, seat=before)
    assert refusal(review, read(store, other), round_id) == "not_yours"
    assert refusal(review, read(store, clerk), round_id) == "not_allowed"


def test_scrutineers_see_codes_of_every_meeting_since_the_freeze(loaded_store: Store) -> None:
    """Replaced ones too: whoever issues one under another meeting and takes it back is seen all the same."""
    store, later = loaded_store, NOW + timedelta(minutes=1)
    clerk, (here, there, watching) = person(store, Role.CLERK), seats(store)[4:7]
    older, round_id = meeting_of(store, latest=1), plant_round(store)
    for seat in (here, there):
        give_phone(store, seat, "0427")
    for meeting, seat in ((older, there), (older, there), (meeting_of(store), here)):
        issue_codes(call_of(store, clerk, now=later), meeting, [seat], "printed", PEPPER)
    with store.system().reading() as session:
        names = {
            seat: session.scalar(select(Membership.name).where(Membership.id == seat))
            for seat in (here, there)
        }
        other = session.scalar(select(Meeting.name).where(Meeting.id == older))
    found = review(read(store, scrutineer(store, round_id, watching)), round_id)
    told = Counter((one.name, one.other_meeting) for one in found.codes)
    assert told == {(names[here], None): 1, (names[there], other): 2}


@pytest.mark.parametrize(
    ("query", "roles"),
    [
        (standing, {Role.DEPUTY, Role.LEADER, Role.CLERK, Role.PRESIDIUM}),
        (attendance_mark, {Role.DEPUTY, Role.LEADER, Role.CLERK, Role.PRESIDIUM}),
        (turnout, {Role.LEADER, Role.CLERK}),
        (seat_lines, {Role.CLERK}),
    ],
)
def test_names_are_the_clerks_and_delegations_the_leaders(demo_store: Store, query, roles: set[Role]) -> None:
    round_id = plant_round(demo_store)
    for role in set(Role) - {Role.PUBLIC, Role.DEPARTMENT}:
        call = read(demo_store, person(demo_store, role))
        if role in roles:
            assert query(call, round_id)
        else:
            assert refusal(query, call, round_id) == "not_allowed"
    stranger = person(demo_store, Role.CLERK, TOWNSHIP)
    assert refusal(query, read(demo_store, stranger, TOWNSHIP), round_id) == "not_found"


def test_the_mark_changes_with_who_is_there_and_with_the_state(demo_store: Store) -> None:
    store = demo_store
    clerk, (one, two) = person(store, Role.CLERK), seats(store)[:2]
    round_id = plant_round(store)
    marks = [attendance_mark(read(store, clerk), round_id)]
    check_in_by_hand(call_of(store, clerk), round_id, one)
    marks.append(attendance_mark(read(store, clerk), round_id))
    confirm_check_in(call_of(store, scrutineer(store, round_id, two)), round_id, [one])
    marks.append(attendance_mark(read(store, clerk), round_id))
    record_leave(call_of(store, clerk), round_id, one)
    marks.append(attendance_mark(read(store, clerk), round_id))
    set_state(store, round_id, "open")
    marks.append(attendance_mark(read(store, clerk), round_id))
    assert len(set(marks)) == 5
    assert marks[-1] == attendance_mark(read(store, clerk), round_id)


def test_the_round_that_this_one_follows_is_offered_first_and_a_practice_never(demo_store: Store) -> None:
    store = demo_store
    before, later = plant_round(store), plant_round(store, checked_at=NOW + timedelta(minutes=1))
    practice, empty = plant_round(store, purpose="practice"), plant_round(store)
    elsewhere = plant_round(store, meeting=meeting_of(store, latest=1))
    row = plant_round(store, after_id=before)
    for one in (before, later, practice, elsewhere):
        come(store, one, seats(store)[:1])
    # Written by hand and not confirmed: nobody is there.
    check_in_by_hand(call_of(store, person(store, Role.CLERK)), empty, seats(store)[0])
    # The demonstration's own round stands behind: it was frozen long ago.
    first, second, *others = earlier_rounds(read(store, person(store, Role.CLERK)), row)
    assert [(one.round_id, one.is_followed) for one in (first, second)] == [(before, True), (later, False)]
    assert not {practice, empty, elsewhere, row} & {one.round_id for one in others}


def test_the_way_in_lists_what_goes_on_to_members_alone(demo_store: Store) -> None:
    store = demo_store
    checked, opened = plant_round(store), plant_round(store, "open", opened_at=NOW)
    plant_round(store, "draft")
    plant_round(store, "closed")
    assert [one.round_id for one in going_on(read(store, person(store, Role.DEPUTY)))] == [opened, checked]
    assert going_on(call_of(store, writes=False)) == ()
    assert going_on(read(store, person(store, Role.DEPUTY, TOWNSHIP))) == ()


def test_the_code_of_the_screen_is_the_clerks_to_see(demo_store: Store) -> None:
    store = demo_store
    clerk, meeting = person(store, Role.CLERK), meeting_of(store)
    assert check_in_code(read(store, clerk), meeting) is None
    begin(call_of(store, clerk), meeting)
    with store.system().reading() as session:
        secret = session.scalars(select(Screen.secret)).one()
    assert check_in_code(read(store, clerk), meeting) == (rotating_code(secret, NOW), 30)
    for role in (Role.DEPUTY, Role.LEADER):
        assert refusal(check_in_code, read(store, person(store, role)), meeting) == "not_allowed"


def test_who_is_suspended_after_checking_in_is_not_there(demo_store: Store) -> None:
    store = demo_store
    clerk, (stays, goes) = person(store, Role.CLERK), seats(store)[:2]
    round_id = plant_round(store)
    come(store, round_id, [stays, goes])
    before = standing(read(store, clerk), round_id).quorum
    with store.system().writing() as session:
        session.execute(
            update(MembershipState).where(MembershipState.membership_id == goes).values(state="suspended")
        )
    after = standing(read(store, clerk), round_id).quorum
    assert (after.entitled, after.present) == (before.entitled - 1, 1)
