"""Paper beside phones: one sheet or one vote, two entries that do not see each other, one that settles."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from dashboard.commands.paper import (
    NewSheet,
    NewTotal,
    enter_sheet,
    hand_out,
    seal_sheets,
    settle_sheet,
    state_total,
    withdraw_sheet,
)
from dashboard.commands.voting import NewVote, cast
from dashboard.gate import Actor
from dashboard.queries.board import board
from dashboard.queries.paper import paper_round
from dashboard.rules.roles import Role
from dashboard.rules.sheets import Entry
from dashboard.store.closing import close
from dashboard.store.record import topic_versions
from dashboard.store.recounting import recount
from dashboard.store.tables.record import Act
from dashboard.store.tables.sealing import PaperEntry, PaperSheet
from dashboard.store.tables.voting import Count, Participation, Round, RoundOfficer
from dashboard.store.transactions import Store
from dashboard.store.verifying_seal import broken_seal
from tests.commands.hall_session import card_of, come_in, deputy_of, give_phone
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person, refusal, seats
from tests.conftest import NOW
from tests.planting_rounds import (
    Planted,
    ballots,
    change_round,
    close_round,
    deputy,
    open_round,
    participants,
    session_of,
)

RECEIPT = "0f" * 16


@dataclass(frozen=True)
class Hall:
    """A round on paper, its officers, and three deputies with phones."""

    round: Planted
    chief: Actor
    first: Actor
    second: Actor
    third: Actor
    voters: tuple[Actor, ...]


@pytest.fixture
def hall(loaded_store: Store) -> Hall:
    held = seats(loaded_store)
    duties = {held[0]: "chief", held[1]: "teller", held[2]: "teller", held[3]: "teller"}
    planted = open_round(loaded_store, officers=duties, on_paper=True)
    officers = [deputy(loaded_store, seat) for seat in held[:4]]
    voters = tuple(deputy(loaded_store, seat) for seat in held[4:7])
    return Hall(planted, *officers, voters)


def seat_of(actor: Actor) -> UUID:
    assert actor.membership_id is not None
    return actor.membership_id


def vote(store: Store, hall: Hall, actor: Actor, receipt: str = RECEIPT) -> Any:
    return cast(call_of(store, actor), hall.round.id, NewVote(receipt=receipt, marks="1 2 3"))


def give(store: Store, hall: Hall, voter: Actor, by: Actor | None = None) -> Any:
    return hand_out(call_of(store, by or hall.first), hall.round.id, seat_of(voter))


def enter(store: Store, hall: Hall, teller: Actor, number: int, typed: str) -> Any:
    return enter_sheet(call_of(store, teller), NewSheet(round_id=hall.round.id, number=number, typed=typed))


def tally(store: Store, hall: Hall, teller: Actor, sheets: int) -> Any:
    return state_total(call_of(store, teller), NewTotal(round_id=hall.round.id, sheets=sheets))


def withdraw(store: Store, hall: Hall, teller: Actor, number: int) -> Any:
    return withdraw_sheet(call_of(store, teller), hall.round.id, number)


def entries_of(store: Store, hall: Hall, first: Sequence[str], second: Sequence[str]) -> None:
    """Let both tellers count and enter sheets, numbered from 1."""
    for teller, sheets in ((hall.first, first), (hall.second, second)):
        tally(store, hall, teller, len(sheets))
        for number, typed in enumerate(sheets, start=1):
            enter(store, hall, teller, number, typed)


def settle(store: Store, hall: Hall, scrutineer: Actor, number: int, typed: str) -> Any:
    return settle_sheet(
        call_of(store, scrutineer), NewSheet(round_id=hall.round.id, number=number, typed=typed)
    )


def seen(store: Store, hall: Hall, actor: Actor) -> Any:
    return paper_round(call_of(store, actor, writes=False), hall.round.id)


def test_a_sheet_closes_the_phone(loaded_store: Store, hall: Hall) -> None:
    give(loaded_store, hall, hall.voters[0])
    assert refusal(vote, loaded_store, hall, hall.voters[0]) == "voted_on_paper"
    assert refusal(give, loaded_store, hall, hall.voters[0]) == "sheet_given"


def test_a_vote_on_the_phone_gets_no_sheet(loaded_store: Store, hall: Hall) -> None:
    vote(loaded_store, hall, hall.voters[0])
    assert refusal(give, loaded_store, hall, hall.voters[0]) == "sheet_voted"
    assert participants(loaded_store, hall.round) == 1


def test_a_sheet_and_a_vote_at_once_are_one_of_them(loaded_store: Store, hall: Hall) -> None:
    """The sheet is handed over while the deputy presses: whoever is first, the deputy has one vote."""
    gate = Barrier(2)

    def at_once(act: Any, *arguments: Any) -> str:
        gate.wait(timeout=20)
        try:
            act(loaded_store, hall, *arguments)
        except Exception as refused:
            return getattr(refused, "code", "bug")
        return "done"

    for n, voter in enumerate(hall.voters):
        with ThreadPoolExecutor(2) as pool:
            sheet = pool.submit(at_once, give, voter)
            phone = pool.submit(at_once, vote, voter, f"{n:032x}")
        assert sorted([sheet.result(), phone.result()]) in (
            ["done", "sheet_voted"],
            ["done", "voted_on_paper"],
        )
    assert participants(loaded_store, hall.round) == len(hall.voters)


def test_who_is_not_present_or_not_on_the_roll_gets_no_sheet(loaded_store: Store) -> None:
    held = seats(loaded_store)
    planted = open_round(
        loaded_store, officers={held[0]: "teller"}, on_paper=True, roll=held[:5], present=held[:2]
    )
    teller = call_of(loaded_store, deputy(loaded_store, held[0]))
    assert refusal(hand_out, teller, planted.id, held[3]) == "not_present"
    assert refusal(hand_out, teller, planted.id, held[9]) == "not_on_roll"


@pytest.mark.parametrize("state", ["checked", "suspended", "closed"])
def test_no_sheet_is_handed_out_unless_voting_goes_on(loaded_store: Store, hall: Hall, state: str) -> None:
    change_round(loaded_store, hall.round, state=state)
    assert refusal(give, loaded_store, hall, hall.voters[0]).startswith("round_")


def test_a_round_without_paper_hands_nothing_out(loaded_store: Store, hall: Hall) -> None:
    change_round(loaded_store, hall.round, on_paper=False)
    assert refusal(give, loaded_store, hall, hall.voters[0]) == "round_without_paper"


def test_only_officers_of_the_round_touch_its_paper(loaded_store: Store, hall: Hall) -> None:
    stranger = hall.voters[0]
    assert refusal(give, loaded_store, hall, hall.voters[1], stranger) == "not_yours"
    change_round(loaded_store, hall.round, state="closed")
    assert refusal(enter, loaded_store, hall, stranger, 1, "1") == "not_yours"
    assert refusal(enter, loaded_store, hall, hall.chief, 1, "1") == "not_yours"
    assert refusal(tally, loaded_store, hall, stranger, 1) == "not_yours"
    assert refusal(tally, loaded_store, hall, hall.chief, 1) == "not_yours"
    assert refusal(withdraw, loaded_store, hall, stranger, 1) == "not_yours"
    assert refusal(settle, loaded_store, hall, hall.first, 1, "1") == "not_yours"
    assert refusal(seen, loaded_store, hall, stranger) == "not_yours"
    away = person(loaded_store, Role.CLERK, TOWNSHIP)
    elsewhere = call_of(loaded_store, away, TOWNSHIP, writes=False)
    assert refusal(paper_round, elsewhere, hall.round.id) == "not_found"


def test_handing_out_leaves_no_act_and_no_time(loaded_store: Store, hall: Hall) -> None:
    """When somebody took a sheet would stand beside when a sheet was entered."""

    def acts() -> int:
        with loaded_store.system().reading() as session:
            return session.scalars(select(func.count()).select_from(Act)).one()

    before = acts()
    give(loaded_store, hall, hall.voters[0])
    assert acts() == before
    assert {column.key for column in Participation.__table__.columns} == {
        "congress_id", "round_id", "membership_id", "channel",
    }  # fmt: skip


@pytest.fixture
def closed(loaded_store: Store, hall: Hall) -> Hall:
    """The round after its close, before a sheet is counted."""
    change_round(loaded_store, hall.round, state="closed")
    return hall


def test_sheets_are_entered_after_the_close_and_not_before(loaded_store: Store, hall: Hall) -> None:
    assert refusal(tally, loaded_store, hall, hall.first, 1) == "sheets_before_close"
    assert refusal(enter, loaded_store, hall, hall.first, 1, "1") == "sheets_before_close"
    change_round(loaded_store, hall.round, state="closed")
    assert refusal(enter, loaded_store, hall, hall.first, 1, "1") == "sheet_total_first"
    assert tally(loaded_store, hall, hall.first, 2) == 1
    assert enter(loaded_store, hall, hall.first, 1, "1") == 1
    assert tally(loaded_store, hall, hall.second, 2) == 2
    assert enter(loaded_store, hall, hall.second, 1, "1") == 2
    assert enter(loaded_store, hall, hall.first, 2, "2 3") == 1
    for act, *arguments in ((tally, 2), (enter, 1, "1")):
        assert refusal(act, loaded_store, hall, hall.third, *arguments) == "sheet_two_tellers"
    change_round(loaded_store, hall.round, box_digest="0f" * 32)
    for act, *arguments in ((tally, 3), (enter, 3, "1"), (withdraw, 1)):
        assert refusal(act, loaded_store, hall, hall.first, *arguments) == "sheets_sealed"


def test_one_teller_with_two_accounts_is_one_teller(loaded_store: Store, closed: Hall) -> None:
    again = deputy(loaded_store, seat_of(closed.first))
    assert again.appointment_id != closed.first.appointment_id
    assert tally(loaded_store, closed, closed.first, 1) == 1
    assert tally(loaded_store, closed, again, 1) == 1
    assert enter(loaded_store, closed, again, 1, "1") == 1
    assert seen(loaded_store, closed, closed.chief).entered == (1, 0)
    assert refusal(sealed, loaded_store, closed, closed.chief) == "sheets_not_compared"
    # Nor does a second account of a teller's settle what the first entered.
    entries_of(loaded_store, closed, ["1"], ["2"])
    with loaded_store.system().writing() as session:
        own = {"congress_id": closed.round.congress_id, "round_id": closed.round.id}
        session.add(RoundOfficer(**own, membership_id=seat_of(closed.first), duty="scrutineer"))
    assert refusal(settle, loaded_store, closed, again, 1, "1") == "sheet_own_entry"


def test_a_teller_does_not_see_the_other_before_both_are_whole(loaded_store: Store, closed: Hall) -> None:
    tally(loaded_store, closed, closed.first, 2)
    enter(loaded_store, closed, closed.first, 1, "1 2")
    enter(loaded_store, closed, closed.first, 2, "3")
    tally(loaded_store, closed, closed.second, 2)
    enter(loaded_store, closed, closed.second, 1, "1 4")
    for who, entered in ((closed.first, None), (closed.second, None), (closed.chief, (2, 1))):
        found = seen(loaded_store, closed, who)
        assert (found.entered, found.compared, found.differing) == (entered, None, ())
    assert seen(loaded_store, closed, closed.second).own == Entry(2, {1: "1 4"})
    assert seen(loaded_store, closed, closed.third).own is None
    assert seen(loaded_store, closed, closed.third).others_enter
    enter(loaded_store, closed, closed.second, 2, "3")
    # Whole: tellers learn that one differs, what stands on it is for the scrutineer.
    assert seen(loaded_store, closed, closed.second).compared.differing == (1,)
    assert seen(loaded_store, closed, closed.second).differing == ()
    (one,) = seen(loaded_store, closed, closed.chief).differing
    assert (one.number, one.first, one.second, one.settled) == (1, "1 2", "1 4", None)


def test_nothing_is_compared_while_sheets_are_left_in_the_pile(loaded_store: Store, closed: Hall) -> None:
    """Both have entered sheet 1 of 30, each without a gap: the rest would be lost."""
    for teller in (closed.first, closed.second):
        tally(loaded_store, closed, teller, 30)
        enter(loaded_store, closed, teller, 1, "1")
    assert seen(loaded_store, closed, closed.chief).compared is None
    assert refusal(sealed, loaded_store, closed, closed.chief) == "sheets_not_compared"
    assert refusal(settle, loaded_store, closed, closed.chief, 1, "1") == "sheets_not_compared"
    assert enter(loaded_store, closed, closed.first, 2, "1") == 1


def test_totals_that_differ_are_told_once_both_are_done_and_counted_again(
    loaded_store: Store, closed: Hall
) -> None:
    for teller, total in ((closed.first, 2), (closed.second, 1)):
        tally(loaded_store, closed, teller, total)
        enter(loaded_store, closed, teller, 1, "1")
    # The first has one sheet to enter: whether the other counted as many is not told before.
    assert not seen(loaded_store, closed, closed.second).totals_differ
    enter(loaded_store, closed, closed.first, 2, "2")
    for who in (closed.first, closed.second, closed.chief):
        found = seen(loaded_store, closed, who)
        assert (found.totals_differ, found.compared) == (True, None)
    assert refusal(sealed, loaded_store, closed, closed.chief) == "sheet_totals_differ"
    tally(loaded_store, closed, closed.second, 2)
    enter(loaded_store, closed, closed.second, 2, "2")
    assert seen(loaded_store, closed, closed.chief).compared.is_settled


def test_after_the_comparison_no_teller_changes_anything(loaded_store: Store, closed: Hall) -> None:
    """Whoever saw that sheet 1 differs could write what the other has, without a trace."""
    entries_of(loaded_store, closed, ["1 2", "3"], ["1 4", "3"])
    for teller in (closed.first, closed.second):
        for act, *arguments in ((enter, 1, "1 2"), (enter, 2, "3"), (withdraw, 1), (tally, 1), (tally, 3)):
            assert refusal(act, loaded_store, closed, teller, *arguments) == "sheets_compared"
    assert seen(loaded_store, closed, closed.chief).compared.differing == (1,)


def test_a_mistyped_number_is_taken_back_and_a_total_corrected(loaded_store: Store, closed: Hall) -> None:
    tally(loaded_store, closed, closed.first, 1)
    assert refusal(enter, loaded_store, closed, closed.first, 11, "1") == "sheet_beyond_total"
    tally(loaded_store, closed, closed.first, 11)
    enter(loaded_store, closed, closed.first, 1, "1")
    enter(loaded_store, closed, closed.first, 11, "2")
    tally(loaded_store, closed, closed.first, 1)
    tally(loaded_store, closed, closed.second, 1)
    enter(loaded_store, closed, closed.second, 1, "1")
    assert seen(loaded_store, closed, closed.first).own.beyond == (11,)
    assert refusal(sealed, loaded_store, closed, closed.chief) == "sheets_not_compared"
    # Nobody takes back what another entered, nor what nobody did.
    assert refusal(withdraw, loaded_store, closed, closed.second, 11) == "sheet_not_entered"
    assert refusal(withdraw, loaded_store, closed, closed.third, 11) == "sheet_not_entered"
    withdraw(loaded_store, closed, closed.first, 11)
    assert seen(loaded_store, closed, closed.first).compared.is_settled
    assert refusal(withdraw, loaded_store, closed, closed.first, 1) == "sheets_compared"


def test_a_difference_is_settled_by_who_entered_nothing(loaded_store: Store, closed: Hall) -> None:
    tally(loaded_store, closed, closed.first, 1)
    enter(loaded_store, closed, closed.first, 1, "1 2")
    assert refusal(settle, loaded_store, closed, closed.chief, 1, "1 2") == "sheets_not_compared"
    tally(loaded_store, closed, closed.second, 1)
    enter(loaded_store, closed, closed.second, 1, "1 4")
    assert refusal(settle, loaded_store, closed, closed.chief, 2, "1") == "sheet_agreed"
    assert refusal(sealed, loaded_store, closed, closed.chief) == "sheets_unsettled"
    settle(loaded_store, closed, closed.chief, 1, "1 4")
    assert seen(loaded_store, closed, closed.chief).compared.is_settled


def test_settling_is_an_act_without_marks(loaded_store: Store, closed: Hall) -> None:
    entries_of(loaded_store, closed, ["1 2", "3"], ["1 4", "3"])

    def acts() -> list[Act]:
        with loaded_store.system().reading() as session:
            found = select(Act).where(Act.kind == "round_sheet_settled").order_by(Act.number)
            return list(session.scalars(found))

    assert acts() == []
    settle(loaded_store, closed, closed.chief, 1, "5 6 7")
    assert refusal(settle, loaded_store, closed, closed.chief, 2, "1") == "sheet_agreed"
    (act,) = acts()
    assert act.payload == {"round": str(closed.round.id), "number": 1}
    assert act.appointment_id == closed.chief.appointment_id


def test_a_practice_keeps_no_sheets(loaded_store: Store, hall: Hall) -> None:
    """Its ballots are deleted unread; a sheet that was entered would stay, and could not be sealed."""
    change_round(loaded_store, hall.round, purpose="practice")
    assert refusal(give, loaded_store, hall, hall.voters[0]) == "practice_without_sheets"
    change_round(loaded_store, hall.round, state="closed")
    for act, *arguments in ((tally, 1), (enter, 1, "1"), (withdraw, 1)):
        assert refusal(act, loaded_store, hall, hall.first, *arguments) == "practice_without_sheets"
    assert refusal(settle, loaded_store, hall, hall.chief, 1, "1") == "practice_without_sheets"
    assert refusal(sealed, loaded_store, hall, hall.chief) == "practice_without_sheets"


def test_who_came_in_by_a_hall_code_does_no_work_on_paper(loaded_store: Store, hall: Hall) -> None:
    """The clerk issues such codes, and would be every scrutineer and teller of the round."""
    clerk = person(loaded_store, Role.CLERK)

    def by_code(actor: Actor) -> Actor:
        seat = seat_of(actor)
        give_phone(loaded_store, seat, "0427")
        card = card_of(loaded_store, clerk, seat, "screen")
        return deputy_of(loaded_store, come_in(loaded_store, card.code, "0427"))

    chief, first = by_code(hall.chief), by_code(hall.first)
    assert refusal(give, loaded_store, hall, hall.voters[0], first) == "hall_code_session"
    assert participants(loaded_store, hall.round) == 0
    change_round(loaded_store, hall.round, state="closed")
    for act, *arguments in ((tally, 1), (enter, 1, "1"), (withdraw, 1)):
        assert refusal(act, loaded_store, hall, first, *arguments) == "hall_code_session"
    entries_of(loaded_store, hall, ["1"], ["2"])
    assert refusal(settle, loaded_store, hall, chief, 1, "1") == "hall_code_session"
    settle(loaded_store, hall, hall.chief, 1, "1")
    assert refusal(sealed, loaded_store, hall, chief) == "hall_code_session"
    # The same two by name and password, in sessions of their own.
    own, _ = session_of(loaded_store, hall.chief)
    assert sealed(loaded_store, hall, own) is not None


def test_a_round_of_another_congress_has_no_paper_here(loaded_store: Store, hall: Hall) -> None:
    held = seats(loaded_store, TOWNSHIP)
    elsewhere = open_round(loaded_store, TOWNSHIP, officers={held[0]: "teller"}, on_paper=True)
    call = call_of(loaded_store, hall.first, COUNTY)
    assert refusal(hand_out, call, elsewhere.id, seat_of(hall.voters[0])) in {"not_found", "not_yours"}


def test_the_chief_mixes_the_sheets_into_the_box_once(loaded_store: Store, hall: Hall) -> None:
    for n, voter in enumerate(hall.voters[1:]):
        vote(loaded_store, hall, voter, f"{n:032x}")
    give(loaded_store, hall, hall.voters[0])
    with loaded_store.system().writing() as session:
        close(session, hall.round.congress_id, hall.round.id, NOW)
    assert refusal(sealed, loaded_store, hall, hall.chief) == "sheets_not_compared"
    entries_of(loaded_store, hall, ["4 5"], ["5 4"])
    assert refusal(sealed, loaded_store, hall, hall.first) == "not_yours"
    digest = sealed(loaded_store, hall, hall.chief)
    assert digest == sealed(loaded_store, hall, hall.chief)
    with loaded_store.system().reading() as session:
        row = session.get_one(Round, (hall.round.congress_id, hall.round.id))
        assert (row.recovered, row.valid, row.box_digest) == (3, 3, digest)
        assert session.scalars(select(PaperSheet)).all() == []
        assert session.scalars(select(PaperEntry)).all() == []
        assert row.facts is not None
        assert row.facts["settled_sheets"] == 0
        votes = dict(session.execute(select(Count.number, Count.votes).where(Count.round_id == row.id)).all())
    assert (votes[1], votes[4], votes[5], votes[6]) == (2, 1, 1, 0)
    # The three ballots lie in the box alike: nothing says which was paper.
    assert sorted(marks for _, marks in ballots(loaded_store, hall.round)) == ["1 2 3", "1 2 3", "4 5"]


def test_a_stuffed_paper_box_decides_nothing(loaded_store: Store, hall: Hall) -> None:
    """321 are there, nearly all of them do not vote; one sheet is handed out and thirty come out of the box."""
    give(loaded_store, hall, hall.voters[0])
    with loaded_store.system().writing() as session:
        close(session, hall.round.congress_id, hall.round.id, NOW)
    entries_of(loaded_store, hall, ["1 2 3"] * 30, ["1 2 3"] * 30)
    sealed(loaded_store, hall, hall.chief)
    with loaded_store.system().reading() as session:
        row = session.get_one(Round, (hall.round.congress_id, hall.round.id))
        assert row.facts is not None
        assert row.facts["channels"]["paper"]["issued"] == 1
        assert (row.recovered, row.issued) == (30, len(hall.round.present))
        assert row.facts["outcome"]["code"] == "tally.round.void_paper"
        assert set(session.scalars(select(Count.state).where(Count.round_id == row.id))) == {"failed"}
        assert recount(session, row.congress_id, row.id).agrees
        assert broken_seal(session, row.congress_id, row.id) is None


def sealed(store: Store, hall: Hall, chief: Actor) -> Any:
    return seal_sheets(call_of(store, chief), hall.round.id)


def test_nothing_tells_a_teller_how_far_the_other_is(loaded_store: Store, hall: Hall) -> None:
    """Neither the version that anybody polls nor the screen in the hall: two totals are worth that."""
    planted, screen = hall.round, call_of(loaded_store, person(loaded_store, Role.LEADER), writes=False)
    for voter in hall.voters:
        give(loaded_store, hall, voter)
    close_round(loaded_store, planted)

    def told() -> tuple[Any, Any]:
        with loaded_store.system().reading() as session:
            versions = topic_versions(session, [planted.congress_id])
        shown = board(screen, planted.id, hall=True)
        return versions, shown.turnout

    before = told()
    entries_of(loaded_store, hall, ["1", "2", "3"], ["1", "2"])
    withdraw(loaded_store, hall, hall.second, 2)
    assert told() == before
    enter(loaded_store, hall, hall.second, 2, "2")
    tally(loaded_store, hall, hall.second, 3)
    enter(loaded_store, hall, hall.second, 3, "3")
    # Both are done and agree how many came back.
    assert told()[1].recovered == before[1].recovered + 3
