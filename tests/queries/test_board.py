"""What each viewer sees of a round in each state, and that nothing planted in its ballots leaks before it may."""

from datetime import timedelta

import pytest
from sqlalchemy import event, update

from dashboard.gate import PUBLIC, Actor
from dashboard.queries.board import board, boards, control, may_read, shown
from dashboard.rules.board import Board
from dashboard.rules.hall import rotating_code
from dashboard.rules.roles import Role
from dashboard.store.tables.congress import MembershipState
from dashboard.store.tables.voting import CheckIn, Participation
from dashboard.store.transactions import Store
from tests.boards import cast, counted, meeting_of, shows
from tests.commands.people import TOWNSHIP, call_of, person, refusal, seats
from tests.conftest import NOW
from tests.planting_rounds import Planted, change_round, deputy, open_round
from tests.web.planting import VOTES, leaks

NAMES = [f"第{place}个项目" for place in range(1, 13)]
# Marks that nothing else holds, so that they are found wherever they come through.
MARKS = "1 3 5 7 9 11"


def planted(store: Store, **how: object) -> Planted:
    there = seats(store)[:300]
    return open_round(store, options=NAMES, present=there, **how)  # type: ignore[arg-type]


def seen(store: Store, found: Planted, actor: Actor, *, hall: bool = False) -> Board:
    return board(call_of(store, actor, writes=False), found.id, hall=hall)


def screen_of(store: Store, found: Planted) -> Actor:
    return Actor(congress_id=found.congress_id, meeting_id=meeting_of(store, found))


def viewers(store: Store, found: Planted) -> dict[str, Actor]:
    """Everyone who may look at a board; the scrutineer must be an officer of it."""
    people = {str(role): person(store, role) for role in (Role.LEADER, Role.CLERK, Role.PRESIDIUM)}
    return people | {"scrutineer": deputy(store, found.roll[0]), "screen": screen_of(store, found)}


def test_while_it_is_open_everybody_sees_who_is_there_and_who_has_voted(demo_store: Store) -> None:
    found = planted(demo_store, officers={seats(demo_store)[0]: "scrutineer"})
    cast(demo_store, found, dict.fromkeys(found.present[:198], MARKS))
    for name, actor in viewers(demo_store, found).items():
        told = seen(demo_store, found, actor)
        turnout = told.turnout
        assert told.view == "voting", name
        assert (turnout.entitled, turnout.present, turnout.issued) == (323, 300, 300)
        assert (turnout.recovered, turnout.not_pressed, turnout.quorum) == (198, 102, 216)
        assert told.result is None
        assert told.closes_at == NOW + timedelta(minutes=20)
        assert bool(told.delegations) == (name == "leader"), name


def test_turnout_is_the_same_on_either_database(loaded_store: Store) -> None:
    found = planted(loaded_store)
    cast(loaded_store, found, dict.fromkeys(found.present[::3], MARKS))
    told = seen(loaded_store, found, person(loaded_store, Role.LEADER))
    turnout = told.turnout
    assert (turnout.entitled, turnout.present, turnout.recovered, turnout.not_pressed) == (323, 300, 100, 200)
    assert [row.entitled for row in told.delegations][:4] == [40, 39, 34, 28]
    before = planted(loaded_store, state="checked", roll=(), entitled=None)
    assert seen(loaded_store, before, person(loaded_store, Role.LEADER)).turnout.entitled == 321
    assert len(boards(call_of(loaded_store, person(loaded_store, Role.LEADER), writes=False), 2025)) == 3


def test_a_leader_before_the_hall_sees_no_delegations(demo_store: Store) -> None:
    found = planted(demo_store)
    assert seen(demo_store, found, person(demo_store, Role.LEADER), hall=True).delegations == ()


def test_delegations_add_up_and_hide_the_small_one(demo_store: Store) -> None:
    found = planted(demo_store)
    cast(demo_store, found, dict.fromkeys(found.present[::2], MARKS))
    rows = seen(demo_store, found, person(demo_store, Role.LEADER)).delegations
    assert len(rows) == 12
    assert sum(row.entitled for row in rows) == 323
    assert sum(row.present for row in rows) == 300
    # The last nine seats of the garrison and more are not there: too few for a number.
    assert rows[-1].told == "hidden"
    assert sum(row.voted is None for row in rows) >= 2


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.COORDINATOR, Role.ADMIN])
def test_others_of_the_congress_may_not_look(demo_store: Store, role: Role) -> None:
    assert refusal(seen, demo_store, planted(demo_store), person(demo_store, role)) == "not_allowed"


def test_who_has_no_part_in_it_may_not_look(demo_store: Store) -> None:
    found = planted(demo_store, officers={seats(demo_store)[0]: "teller"})
    assert refusal(seen, demo_store, found, PUBLIC) == "sign_in_first"
    assert refusal(seen, demo_store, found, deputy(demo_store, found.roll[3])) == "not_yours"
    # A teller handles paper; the board is the scrutineers'.
    assert refusal(seen, demo_store, found, deputy(demo_store, found.roll[0])) == "not_yours"
    elsewhere = person(demo_store, Role.CLERK, TOWNSHIP)
    assert refusal(seen, demo_store, found, elsewhere) == "not_yours"


def test_a_round_of_another_congress_is_not_there(demo_store: Store) -> None:
    found = open_round(demo_store, TOWNSHIP, options=NAMES)
    leader = person(demo_store, Role.LEADER)
    assert refusal(seen, demo_store, found, leader) == "not_found"
    assert refusal(may_read, call_of(demo_store, leader, writes=False), found.id) == "not_found"


def test_a_screen_sees_its_own_meeting_alone(demo_store: Store) -> None:
    found = planted(demo_store)
    other = Actor(congress_id=found.congress_id, meeting_id=found.id)
    assert refusal(seen, demo_store, found, other) == "sign_in_first"
    assert seen(demo_store, found, screen_of(demo_store, found)).turnout.present == 300
    # What a screen may read is its board; to everything else it is the public.
    assert refusal(control, call_of(demo_store, other, writes=False), found.id) == "sign_in_first"


BEFORE = ("draft", "checked", "open", "suspended", "closed", "counted", "signed", "reported", "annulled")


@pytest.mark.parametrize("state", BEFORE)
def test_nothing_of_the_content_leaks_before_the_announcement(demo_store: Store, state: str) -> None:
    """Ballots and counts are there, planted: no viewer's board holds a number or a text of them."""
    found = planted(demo_store, officers={seats(demo_store)[0]: "scrutineer"})
    cast(demo_store, found, dict.fromkeys(found.present[:198], MARKS))
    counted(demo_store, found, [VOTES + place for place in range(12)], state=state)
    change_round(
        demo_store, found, valid=VOTES, invalid=VOTES, threshold=VOTES, facts={"outcome": {"state": "tied"}}
    )
    for actor in viewers(demo_store, found).values():
        told = seen(demo_store, found, actor)
        assert told.result is None
        assert told.outcome is None
        assert leaks(str(told)) == []
        assert MARKS not in str(told)


def test_the_planted_votes_would_have_been_seen(demo_store: Store) -> None:
    found = planted(demo_store)
    counted(demo_store, found, [VOTES] * 12, state="announced", published=NOW)
    assert leaks(str(seen(demo_store, found, person(demo_store, Role.LEADER)))) == [str(VOTES)]


def test_a_secret_board_reads_no_ballot(demo_store: Store) -> None:
    """Neither before the announcement nor after it: a result is read from the stored counts."""
    found = planted(demo_store)
    cast(demo_store, found, dict.fromkeys(found.present[:198], MARKS))
    said: list[str] = []
    event.listen(
        demo_store.reader, "before_cursor_execute", lambda _c, _k, statement, *_: said.append(statement)
    )
    leader = person(demo_store, Role.LEADER)
    seen(demo_store, found, leader)
    counted(demo_store, found, [200] * 12, state="announced", published=NOW)
    assert seen(demo_store, found, leader).result is not None
    assert said
    assert [statement for statement in said if "ballots" in statement] == []


def test_the_result_stands_in_its_order_with_what_decided_it(demo_store: Store) -> None:
    found = planted(demo_store)
    votes = [170, 290, 150, 288, 160, 250, 245, 240, 235, 230, 225, 220]
    counted(demo_store, found, votes, state="announced", published=NOW)
    for actor in (person(demo_store, Role.PRESIDIUM), screen_of(demo_store, found)):
        told = seen(demo_store, found, actor)
        assert told.view == "result"
        assert told.result is not None
        assert [bar.number for bar in told.result.bars] == [2, 4, 6, 7, 8, 9, 10, 11, 12, 1, 5, 3]
        assert [bar.state for bar in told.result.bars] == ["chosen"] * 10 + ["failed"] * 2
        assert (told.result.threshold, told.result.places, told.result.entitled) == (162, 10, 323)


def test_announced_by_its_state_but_not_published_shows_nothing(demo_store: Store) -> None:
    found = planted(demo_store)
    counted(demo_store, found, [VOTES] * 12, state="announced")
    told = seen(demo_store, found, person(demo_store, Role.CLERK))
    assert (told.state, told.view, told.result) == ("reported", "counting", None)


def test_the_seal_shows_it_where_the_rules_say_so(demo_store: Store) -> None:
    found = planted(demo_store, values={"show_at_seal": True})
    counted(demo_store, found, [200] * 12, state="closed")
    leader = person(demo_store, Role.LEADER)
    assert seen(demo_store, found, leader).result is None
    change_round(demo_store, found, box_digest="0f" * 32)
    assert seen(demo_store, found, leader).view == "result"


def test_a_recorded_round_shows_its_votes_as_they_come(demo_store: Store) -> None:
    found = planted(demo_store, values={"secret": False, "live_board": True})
    leader = person(demo_store, Role.LEADER)
    cast(demo_store, found, dict.fromkeys(found.present[:20], "1 2"), recorded=True)
    cast(demo_store, found, dict.fromkeys(found.present[20:25], "2 3"), recorded=True)
    told = seen(demo_store, found, leader)
    assert told.live
    assert told.result is not None
    assert [bar.votes for bar in told.result.bars][:4] == [20, 25, 5, 0]
    assert {bar.state for bar in told.result.bars} == {"listed"}
    assert told.result.threshold is None
    # Between the close and the announcement nothing is live any more.
    change_round(demo_store, found, state="closed")
    assert seen(demo_store, found, leader).result is None


@pytest.mark.parametrize("values", [{"live_board": True}, {"secret": False}])
def test_a_secret_round_is_never_live_whatever_its_rules_say(
    demo_store: Store, values: dict[str, object]
) -> None:
    found = planted(demo_store, values=values)
    cast(demo_store, found, dict.fromkeys(found.present[:20], "1 2"))
    assert seen(demo_store, found, person(demo_store, Role.LEADER)).result is None


def test_present_is_who_is_there_or_has_voted(demo_store: Store) -> None:
    found = planted(demo_store)
    first, second, third, *_ = found.present
    with demo_store.system().writing() as session:
        key = {"congress_id": found.congress_id, "round_id": found.id}
        rows = {seat: session.get_one(CheckIn, (*key.values(), seat)) for seat in (first, second, third)}
        # By hand and not confirmed; left without a vote; left after voting.
        rows[first].means = "hand"
        rows[second].left_at = rows[third].left_at = NOW
        session.add(Participation(**key, membership_id=third, channel="electronic"))
    turnout = seen(demo_store, found, person(demo_store, Role.CLERK)).turnout
    assert (turnout.present, turnout.recovered, turnout.not_pressed) == (298, 1, 297)


def test_paper_is_issued_when_handed_out_and_recovered_when_numbered(demo_store: Store) -> None:
    found = planted(demo_store, on_paper=True)
    cast(demo_store, found, dict.fromkeys(found.present[:10], "1"))
    with demo_store.system().writing() as session:
        for seat in found.present[10:14]:
            own = {"congress_id": found.congress_id, "round_id": found.id, "membership_id": seat}
            session.add(Participation(**own, channel="paper"))
    turnout = seen(demo_store, found, person(demo_store, Role.CLERK)).turnout
    assert (turnout.issued, turnout.recovered, turnout.not_pressed, turnout.paper) == (300, 10, 286, 4)


def test_before_the_opening_the_seats_in_office_are_entitled(demo_store: Store) -> None:
    found = planted(demo_store, state="checked", roll=(), entitled=None)
    told = seen(demo_store, found, person(demo_store, Role.LEADER))
    assert (told.view, told.turnout.entitled) == ("waiting", 321)
    with demo_store.system().writing() as session:
        session.execute(
            update(MembershipState)
            .where(MembershipState.membership_id == seats(demo_store)[0])
            .values(state="suspended")
        )
    assert seen(demo_store, found, person(demo_store, Role.LEADER)).turnout.entitled == 320


def test_a_screen_shows_what_was_chosen_and_the_title_until_then(demo_store: Store) -> None:
    found = planted(demo_store)
    actor, meeting = screen_of(demo_store, found), meeting_of(demo_store, found)

    def now_shown() -> object:
        return shown(call_of(demo_store, actor, writes=False))

    first = shown(call_of(demo_store, actor, writes=False))
    assert (first.shows, first.board, first.version) == ("title", None, 0)
    shows(demo_store, found.congress_id, meeting, "board", found.id)
    follows = shown(call_of(demo_store, actor, writes=False))
    assert follows.board is not None
    assert follows.board.round_id == str(found.id)
    assert follows.version > first.version
    shows(demo_store, found.congress_id, meeting, "blank")
    assert shown(call_of(demo_store, actor, writes=False)).board is None


def test_the_code_for_checking_in_is_that_of_the_half_minute(demo_store: Store) -> None:
    found = planted(demo_store)
    actor, meeting = screen_of(demo_store, found), meeting_of(demo_store, found)
    shows(demo_store, found.congress_id, meeting, "check_in", found.id)
    told = shown(call_of(demo_store, actor, writes=False, now=NOW + timedelta(seconds=7)))
    assert told.code is not None
    assert told.code.digits == rotating_code("ab" * 32, NOW)
    assert told.code.until == NOW + timedelta(seconds=30)
    assert "ab" * 32 not in str(told)
    # No other view carries it.
    shows(demo_store, found.congress_id, meeting, "board", found.id)
    assert shown(call_of(demo_store, actor, writes=False)).code is None


def test_without_a_chosen_round_one_checks_in_to_the_one_that_runs(demo_store: Store) -> None:
    planted(demo_store, state="announced")
    found = planted(demo_store, state="checked")
    shows(demo_store, found.congress_id, meeting_of(demo_store, found), "check_in")
    told = shown(call_of(demo_store, screen_of(demo_store, found), writes=False))
    assert told.board is not None
    assert told.board.round_id == str(found.id)


def test_the_list_holds_the_boards_that_one_may_look_at(demo_store: Store) -> None:
    found = planted(demo_store, officers={seats(demo_store)[0]: "scrutineer"})
    other = planted(demo_store)

    def listed(actor: Actor) -> set[str]:
        return {one.round_id for one in boards(call_of(demo_store, actor, writes=False), 2025)}

    assert {str(found.id), str(other.id)} <= listed(person(demo_store, Role.LEADER))
    assert listed(deputy(demo_store, found.roll[0])) == {str(found.id)}
    assert refusal(listed, PUBLIC) == "sign_in_first"


def test_the_clerk_controls_the_screen_of_the_rounds_meeting(demo_store: Store) -> None:
    found = planted(demo_store)
    known = control(call_of(demo_store, person(demo_store, Role.CLERK), writes=False), found.id)
    assert known is not None
    assert known.meeting_id == meeting_of(demo_store, found)
    assert str(found.id) in {one.round_id for one in known.rounds}
    without = planted(demo_store, meeting_id=None)
    assert control(call_of(demo_store, person(demo_store, Role.CLERK), writes=False), without.id) is None
