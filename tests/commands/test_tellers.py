"""A teller who drops out: another is proposed, confirmed, goes on with the entry, and changes nothing of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

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
from dashboard.commands.rounds import assent, withdraw
from dashboard.commands.rounds_prepare import Officers, name_officers, record_adoption
from dashboard.commands.tellers import Replacement, confirm_replacement, propose_replacement
from dashboard.gate import Actor
from dashboard.queries.conduct import conduct
from dashboard.queries.paper import paper_round
from dashboard.queries.round_papers import round_paper
from dashboard.reports.round_sheets import minutes_text
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.store.tables.congress import Membership
from dashboard.store.tables.record import Act
from dashboard.store.tables.sealing import PaperEntry, PaperSheet, RoundConsent
from dashboard.store.tables.voting import RoundOfficer
from dashboard.store.transactions import Store
from dashboard.store.verifying import Failure, verify
from tests.commands.people import person, refusal
from tests.commands.sessions import PASSWORD, TODAY, Played, session_of

ILL, OTHER, SUBSTITUTE, SPARE = 2, 3, 20, 4
SHEETS = ("1 2 3", "4 5 6", "7 8 9")


def playing(store: Store, *tellers: int) -> Played:
    """Return a round on paper before its freeze, with a chief, a scrutineer and tellers by their seats."""
    played = session_of(store, on_paper=True)
    officers = Officers(
        chief=played.seats[0], scrutineers=[played.seats[1]], tellers=[played.seats[one] for one in tellers]
    )
    name_officers(played.call(played.clerk), played.round_id, officers)
    record_adoption(played.call(played.clerk), played.round_id, "officers", TODAY)
    return played


@pytest.fixture
def closed(loaded_store: Store) -> Played:
    """A closed round of which three sheets came back."""
    played = playing(loaded_store, ILL, OTHER)
    played.open()
    played.vote_all({"1 2 3": 3})
    for seat in played.seats[310:313]:
        hand_out(played.call(at(played, ILL)), played.round_id, seat)
    played.together("close")
    return played


def at(played: Played, place: int) -> Actor:
    """Return the deputy of a seat."""
    return person(played.store, Role.DEPUTY, seat=played.seats[place])


def proposed(
    played: Played,
    leaves: int = ILL,
    comes: int = SUBSTITUTE,
    reason: str = "突发疾病",
    by: Actor | None = None,
) -> UUID | Refused:
    new = Replacement(
        round_id=played.round_id, leaves=played.seats[leaves], comes=played.seats[comes], reason=reason,
        password=PASSWORD,
    )  # fmt: skip
    return propose_replacement(played.call(by or played.clerk), new)


def replaced(played: Played, leaves: int = ILL, comes: int = SUBSTITUTE) -> None:
    consent = proposed(played, leaves, comes)
    assert isinstance(consent, UUID)
    assert confirm_replacement(played.call(played.scrutineer), consent, PASSWORD) is None


def tally(played: Played, place: int, sheets: int = 3) -> Any:
    return state_total(played.call(at(played, place)), NewTotal(round_id=played.round_id, sheets=sheets))


def enter(played: Played, place: int, number: int, typed: str) -> Any:
    sheet = NewSheet(round_id=played.round_id, number=number, typed=typed)
    return enter_sheet(played.call(at(played, place)), sheet)


def names_of(played: Played, place: int) -> str:
    """Return the name of the deputy on a seat."""
    with played.store.system().reading() as session:
        return session.scalars(select(Membership.name).where(Membership.id == played.seats[place])).one()


def tellers(played: Played) -> set[UUID]:
    return {one.membership_id for one in played.rows(RoundOfficer) if one.duty == "teller"}


def test_nothing_changes_before_a_scrutineer_confirms_and_both_acts_are_shown(closed: Played) -> None:
    consent = proposed(closed)
    assert isinstance(consent, UUID)
    assert tellers(closed) == {closed.seats[ILL], closed.seats[OTHER]}
    waits = conduct(closed.call(closed.scrutineer, writes=False), closed.round_id)
    assert [(one.reason, one.consent_id) for one in waits.replacing] == [("突发疾病", consent)]
    # It is no proposal to open or close, which only the chief decides.
    assert waits.waiting == ()
    assert refusal(assent, closed.call(closed.chief), consent, PASSWORD) == "not_found"
    for who in ("clerk", "teller", "leader"):
        assert refusal(confirm_replacement, closed.call(getattr(closed, who)), consent, PASSWORD) in {
            "not_allowed", "not_yours",
        }  # fmt: skip
    wrong = confirm_replacement(closed.call(closed.scrutineer), consent, "not the password")
    assert wrong is not None
    assert wrong.code == "confirm_wrong"
    assert tellers(closed) == {closed.seats[ILL], closed.seats[OTHER]}
    closed.now += timedelta(minutes=1)
    assert confirm_replacement(closed.call(closed.scrutineer), consent, PASSWORD) is None
    assert tellers(closed) == {closed.seats[SUBSTITUTE], closed.seats[OTHER]}
    assert refusal(confirm_replacement, closed.call(closed.scrutineer), consent, PASSWORD) == "consent_over"
    shown = conduct(closed.call(closed.scrutineer, writes=False), closed.round_id).shown
    assert [one.kind for one in shown][:2] == ["round_teller_replaced", "round_teller_replacement"]
    assert shown[0].name is not None
    assert shown[0].comes is not None
    # The record names seats; why somebody left is no part of it.
    with closed.store.system().reading() as session:
        payloads = [
            one.payload for one in session.scalars(select(Act).where(Act.kind == "round_teller_replaced"))
        ]
        assert not [one for one in verify(session) if isinstance(one, Failure)]
    assert "突发疾病" not in str(payloads)


def test_what_was_entered_stays_under_the_old_name_and_is_compared(closed: Played) -> None:
    tally(closed, ILL)
    enter(closed, ILL, 1, SHEETS[0])
    enter(closed, ILL, 2, "4 5")
    tally(closed, OTHER)
    for number, typed in enumerate(SHEETS, start=1):
        enter(closed, OTHER, number, typed)
    replaced(closed)
    assert refusal(enter, closed, ILL, 3, SHEETS[2]) == "not_yours"
    assert refusal(tally, closed, ILL) == "not_yours"
    seen = paper_round(closed.call(at(closed, SUBSTITUTE), writes=False), closed.round_id)
    assert seen.inherited == (1, 2)
    assert seen.former is not None
    assert refusal(enter, closed, SUBSTITUTE, 2, SHEETS[1]) == "sheet_of_former"
    gone = refusal(withdraw_sheet, closed.call(at(closed, SUBSTITUTE)), closed.round_id, 2)
    assert gone == "sheet_of_former"
    enter(closed, SUBSTITUTE, 3, SHEETS[2])
    by = {(one.entry, one.number): one.membership_id for one in closed.rows(PaperSheet)}
    assert [by[1, number] for number in (1, 2, 3)] == [
        closed.seats[ILL], closed.seats[ILL], closed.seats[SUBSTITUTE],
    ]  # fmt: skip
    (began,) = [one for one in closed.rows(PaperEntry) if one.entry == 1]
    assert (began.membership_id, began.taken_over_by) == (closed.seats[ILL], closed.seats[SUBSTITUTE])
    # Compared: the sheet that the former teller read otherwise is a scrutineer's to decide.
    assert refusal(seal_sheets, closed.call(closed.chief), closed.round_id) == "sheets_unsettled"
    decided = NewSheet(round_id=closed.round_id, number=2, typed=SHEETS[1])
    settle_sheet(closed.call(closed.scrutineer), decided)
    assert seal_sheets(closed.call(closed.chief), closed.round_id) is not None
    assert refusal(proposed, closed, OTHER, 21) == "teller_no_more"
    # The minutes name both.
    left, came = (names_of(closed, place) for place in (ILL, SUBSTITUTE))
    paper = round_paper(closed.call(closed.clerk, writes=False), closed.round_id)
    assert paper.replaced == ((left, came),)
    assert f"计票人{left}因故不能履职，由{came}接替" in str(minutes_text(paper))
    with closed.store.system().reading() as session:
        assert not [one for one in verify(session) if isinstance(one, Failure)]


def test_who_takes_over_counts_anew_and_takes_back_what_no_sheet_has(closed: Played) -> None:
    tally(closed, ILL, 12)
    enter(closed, ILL, 11, SHEETS[0])
    replaced(closed)
    assert tally(closed, SUBSTITUTE, 3) == 1
    withdraw_sheet(closed.call(at(closed, SUBSTITUTE)), closed.round_id, 11)
    assert closed.rows(PaperSheet) == []


def test_a_whole_entry_needs_nobody_to_go_on_with_it(closed: Played) -> None:
    for teller in (ILL, OTHER):
        tally(closed, teller)
        for number, typed in enumerate(SHEETS, start=1):
            enter(closed, teller, number, typed)
    replaced(closed)
    assert {one.taken_over_by for one in closed.rows(PaperEntry)} == {None}
    assert seal_sheets(closed.call(closed.chief), closed.round_id) is not None


def test_whom_the_round_knows_does_not_take_over(closed: Played) -> None:
    for comes in (0, 1, ILL, OTHER):
        assert refusal(proposed, closed, ILL, comes) == "officer_twice"
    assert refusal(proposed, closed, 5) == "teller_not_one"
    assert refusal(proposed, closed, ILL, SUBSTITUTE, reason=" ") == "reason_needed"
    assert refusal(proposed, closed, by=closed.chief) == "not_allowed"
    tally(closed, ILL)
    replaced(closed)
    # Well again, but one of the two entries is known to that teller.
    assert refusal(proposed, closed, OTHER, ILL) == "teller_left_before"
    assert isinstance(proposed(closed, OTHER, 21), UUID)
    assert refusal(proposed, closed, OTHER, 22) == "consent_waits"


def test_a_proposal_lapses_and_can_be_taken_back(closed: Played) -> None:
    consent = proposed(closed)
    assert isinstance(consent, UUID)
    closed.now += timedelta(minutes=11)
    assert refusal(confirm_replacement, closed.call(closed.scrutineer), consent, PASSWORD) == "consent_lapsed"
    again = proposed(closed)
    assert isinstance(again, UUID)
    withdraw(closed.call(closed.clerk), again)
    assert refusal(confirm_replacement, closed.call(closed.scrutineer), again, PASSWORD) == "consent_over"
    assert {one.state for one in closed.rows(RoundConsent) if one.kind == "replace"} == {
        "lapsed",
        "withdrawn",
    }
    assert tellers(closed) == {closed.seats[ILL], closed.seats[OTHER]}


def test_a_third_teller_takes_over_and_of_two_neither_becomes_the_only_one(loaded_store: Store) -> None:
    played = playing(loaded_store, ILL, OTHER, SPARE)
    assert refusal(proposed, played) == "teller_no_more"
    played.open()
    played.together("close")
    tally(played, ILL)
    tally(played, OTHER)
    assert refusal(proposed, played, ILL, OTHER) == "officer_twice"
    replaced(played, ILL, SPARE)
    assert tellers(played) == {played.seats[OTHER], played.seats[SPARE]}
    assert enter(played, SPARE, 1, SHEETS[0]) == 1
