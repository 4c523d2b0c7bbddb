"""Paper beside phones: one sheet or one vote, two entries that do not see each other, one that settles."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from dashboard.commands.paper import NewSheet, enter_sheet, hand_out, seal_sheets, settle_sheet
from dashboard.commands.voting import NewVote, cast
from dashboard.gate import Actor
from dashboard.queries.paper import paper_round
from dashboard.rules.roles import Role
from dashboard.store.closing import close
from dashboard.store.tables.record import Act
from dashboard.store.tables.sealing import PaperSheet
from dashboard.store.tables.voting import Count, Participation, Round
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person, refusal, seats
from tests.conftest import NOW
from tests.planting_rounds import Planted, ballots, change_round, deputy, open_round, participants

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


def test_sheets_are_entered_after_the_close_and_not_before(loaded_store: Store, hall: Hall) -> None:
    assert refusal(enter, loaded_store, hall, hall.first, 1, "1") == "sheets_before_close"
    change_round(loaded_store, hall.round, state="closed")
    assert enter(loaded_store, hall, hall.first, 1, "1") == 1
    assert enter(loaded_store, hall, hall.second, 1, "1") == 2
    assert enter(loaded_store, hall, hall.first, 2, "2 3") == 1
    assert refusal(enter, loaded_store, hall, hall.third, 1, "1") == "sheet_two_tellers"
    change_round(loaded_store, hall.round, box_digest="0f" * 32)
    assert refusal(enter, loaded_store, hall, hall.first, 3, "1") == "sheets_sealed"


def test_a_teller_does_not_see_the_other_before_both_are_whole(loaded_store: Store, hall: Hall) -> None:
    change_round(loaded_store, hall.round, state="closed")
    enter(loaded_store, hall, hall.first, 1, "1 2")
    enter(loaded_store, hall, hall.first, 2, "3")
    enter(loaded_store, hall, hall.second, 1, "1 4")
    for who in (hall.first, hall.second, hall.chief):
        found = seen(loaded_store, hall, who)
        assert (found.entered, found.compared, found.differing) == ((2, 1), None, ())
    assert dict(seen(loaded_store, hall, hall.second).own) == {1: "1 4"}
    enter(loaded_store, hall, hall.second, 2, "3")
    # Whole: tellers learn that one differs, what stands on it is for the scrutineer.
    assert seen(loaded_store, hall, hall.second).compared.differing == (1,)
    assert seen(loaded_store, hall, hall.second).differing == ()
    (one,) = seen(loaded_store, hall, hall.chief).differing
    assert (one.number, one.first, one.second, one.settled) == (1, "1 2", "1 4", None)


def test_a_difference_is_settled_by_who_entered_nothing(loaded_store: Store, hall: Hall) -> None:
    change_round(loaded_store, hall.round, state="closed")
    enter(loaded_store, hall, hall.first, 1, "1 2")
    assert refusal(settle, loaded_store, hall, hall.chief, 1, "1 2") == "sheets_unsettled"
    enter(loaded_store, hall, hall.second, 1, "1 4")
    assert refusal(settle, loaded_store, hall, hall.chief, 2, "1") == "sheet_agreed"
    settle(loaded_store, hall, hall.chief, 1, "1 4")
    assert seen(loaded_store, hall, hall.chief).compared.is_settled
    # What was settled is not undone by an entry.
    assert refusal(enter, loaded_store, hall, hall.first, 1, "1 4") == "sheet_settling"


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
    enter(loaded_store, hall, hall.first, 1, "4 5")
    assert refusal(sealed, loaded_store, hall, hall.first) == "not_yours"
    assert refusal(sealed, loaded_store, hall, hall.chief) == "sheets_unsettled"
    enter(loaded_store, hall, hall.second, 1, "5 4")
    digest = sealed(loaded_store, hall, hall.chief)
    assert digest == sealed(loaded_store, hall, hall.chief)
    with loaded_store.system().reading() as session:
        row = session.get_one(Round, (hall.round.congress_id, hall.round.id))
        assert (row.recovered, row.valid, row.box_digest) == (3, 3, digest)
        assert session.scalars(select(PaperSheet)).all() == []
        votes = dict(session.execute(select(Count.number, Count.votes).where(Count.round_id == row.id)).all())
    assert (votes[1], votes[4], votes[5], votes[6]) == (2, 1, 1, 0)
    # The three ballots lie in the box alike: nothing says which was paper.
    assert sorted(marks for _, marks in ballots(loaded_store, hall.round)) == ["1 2 3", "1 2 3", "4 5"]


def sealed(store: Store, hall: Hall, chief: Actor) -> Any:
    return seal_sheets(call_of(store, chief), hall.round.id)
