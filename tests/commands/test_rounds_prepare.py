"""Preparing a round: what a draft takes, what refuses its freeze, and what the freeze fixes."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from dashboard.commands.rounds_prepare import (
    Officers,
    check_round,
    choose_options,
    confirm_rules,
    discard_round,
    edit_round,
    name_officers,
    record_adoption,
    thaw_round,
)
from dashboard.gate import PUBLIC
from dashboard.rules.roles import Role
from dashboard.store.loading.gathering import key_of
from dashboard.store.record import verify
from dashboard.store.rule_sets import raw_of
from dashboard.store.tables.congress import Meeting, MembershipState
from dashboard.store.tables.orders import Candidate
from dashboard.store.tables.voting import CheckIn, RollEntry, RoundOfficer, RoundOption
from dashboard.store.transactions import Store
from tests.commands.hall_session import meeting_of
from tests.commands.people import TOWNSHIP, call_of, person, refusal, seats
from tests.commands.sessions import CANDIDATES, CONGRESS, TODAY, filled, found_problems, session_of
from tests.conftest import NOW


def test_a_ready_round_is_frozen_with_its_rules_and_its_list(loaded_store: Store) -> None:
    played = session_of(loaded_store)
    assert found_problems(played) == set()
    played.check()
    row = played.row()
    assert (row.state, row.checked_at, row.version) == ("checked", NOW, 1)
    with loaded_store.system().reading() as session:
        assert row.rules == raw_of(session, "adoption-mark@1")
        assert verify(session, CONGRESS) is None
    assert [
        (one.number, one.name) for one in sorted(played.rows(RoundOption), key=lambda one: one.number)
    ] == [(number, f"候选项目{number}") for number in range(1, CANDIDATES + 1)]
    assert played.rows(RollEntry) == []
    assert played.acts() == [
        "round_drafted", "round_edited", "round_officers_named", "round_method_adopted",
        "round_officers_adopted", "round_checked",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"meeting_id": None}, "no_meeting"),
        ({"method_adopted_on": None}, "method_not_adopted"),
        ({"officers_adopted_on": None}, "officers_not_adopted"),
        ({"closes_at": None}, "no_closing_time"),
        ({"closes_at": NOW}, "closing_time_over"),
        ({"places": None}, "no_places"),
        ({"places": CANDIDATES}, "not_more_than_places"),
        ({"rule_set": "no-such@1"}, "rule_set_invalid"),
        ({"rule_set": "own-mark@1"}, "rule_set_invalid"),
        ({"rule_set": "grades-zhenhai@1"}, "rule_set_invalid"),
        ({"rule_set": "adoption-present@1"}, "below_law"),
    ],
)
def test_each_problem_refuses_the_freeze(demo_store: Store, changed: dict[str, Any], problem: str) -> None:
    played = session_of(demo_store)
    played.change(**changed)
    assert found_problems(played) == {problem}
    assert refusal(check_round, played.call(played.clerk), played.round_id) == "round_not_ready"
    assert played.row().state == "draft"


def test_one_place_fewer_than_candidates_is_enough(demo_store: Store) -> None:
    played = session_of(demo_store, places=CANDIDATES - 1)
    played.check()
    assert played.row().state == "checked"


@pytest.mark.parametrize(
    ("chief", "scrutineers", "problem"),
    [
        (None, [0, 1], {"no_chief"}),
        (0, [], {"few_scrutineers"}),
        (None, [], {"no_chief", "few_scrutineers"}),
        (0, [1], set()),
    ],
)
def test_a_chief_and_one_more_scrutineer_are_needed(
    demo_store: Store, chief: int | None, scrutineers: list[int], problem: set[str]
) -> None:
    played = session_of(demo_store)
    named = Officers(
        chief=None if chief is None else played.seats[chief],
        scrutineers=[played.seats[place] for place in scrutineers],
    )
    name_officers(played.call(played.clerk), played.round_id, named)
    played.change(officers_adopted_on=TODAY)
    assert found_problems(played) == problem


def test_a_round_on_paper_is_not_frozen_without_two_tellers(demo_store: Store) -> None:
    """It would open, and its sheets could never be entered twice."""
    played = session_of(demo_store, on_paper=True)
    for tellers, problem in ((0, {"few_tellers"}), (1, {"few_tellers"}), (2, set())):
        chosen = list(played.seats[2 : 2 + tellers])
        named = Officers(chief=played.seats[0], scrutineers=[played.seats[1]], tellers=chosen)
        name_officers(played.call(played.clerk), played.round_id, named)
        played.change(officers_adopted_on=TODAY)
        assert found_problems(played) == problem
    played.check()


def test_an_officer_who_leaves_office_is_a_problem(demo_store: Store) -> None:
    played = session_of(demo_store)
    with demo_store.system().writing() as session:
        session.execute(
            update(MembershipState)
            .where(MembershipState.membership_id == played.seats[1])
            .values(state="suspended")
        )
    assert found_problems(played) == {"officer_out"}


def test_a_candidate_without_budget_is_a_problem(demo_store: Store) -> None:
    played = session_of(demo_store)
    with demo_store.system().writing() as session:
        one = session.scalars(select(Candidate).where(Candidate.name == "候选项目3")).one()
        one.budget = None
    assert found_problems(played) == {"without_budget"}


def test_a_list_without_options_and_a_congress_without_seats(demo_store: Store) -> None:
    played = session_of(demo_store)
    choose_options(played.call(played.clerk), played.round_id, [])
    played.change(method_adopted_on=TODAY)
    assert found_problems(played) == {"no_options"}
    with demo_store.system().writing() as session:
        session.execute(update(MembershipState).values(to_day=TODAY.replace(year=2020)))
    assert found_problems(played) == {"no_options", "roll_empty", "officer_out"}


def test_a_practice_is_asked_for_less(demo_store: Store) -> None:
    played = session_of(demo_store, "practice", rule_set="adoption-present@1")
    played.change(meeting_id=None, method_adopted_on=None, officers_adopted_on=None, places=5)
    assert found_problems(played) == set()
    assert found_problems(played, opening=True) == set()
    played.check()
    assert {one.candidate_id for one in played.rows(RoundOption)} == {None}


def test_the_opening_asks_for_two_thirds_and_no_other_round(demo_store: Store) -> None:
    played = session_of(demo_store)
    played.check()
    # Two thirds of 321 are 214 (地方组织法 14).
    played.check_in(213)
    assert found_problems(played, opening=True) == {"no_quorum"}
    other = session_of(demo_store, "practice")
    other.check()
    other.together("open")
    assert found_problems(played, opening=True) == {"no_quorum", "another_open"}


def test_what_the_meeting_adopted_is_adopted_anew_after_a_change(demo_store: Store) -> None:
    played = session_of(demo_store)
    edit_round(played.call(played.clerk), played.round_id, filled(played, title="另一名称"))
    assert played.row().method_adopted_on == TODAY
    edit_round(played.call(played.clerk), played.round_id, filled(played, places=8))
    assert (played.row().method_adopted_on, played.row().officers_adopted_on) == (None, TODAY)
    name_officers(played.call(played.clerk), played.round_id, Officers(chief=played.seats[5]))
    assert played.row().officers_adopted_on is None


def test_another_meeting_or_paper_is_adopted_anew(demo_store: Store) -> None:
    played = session_of(demo_store)
    edit_round(played.call(played.clerk), played.round_id, filled(played, on_paper=True))
    assert (played.row().method_adopted_on, played.row().officers_adopted_on) == (None, TODAY)
    record_adoption(played.call(played.clerk), played.round_id, "method", TODAY)
    edit_round(played.call(played.clerk), played.round_id, filled(played, on_paper=True))
    assert played.row().method_adopted_on == TODAY
    with demo_store.system().reading() as session:
        other = session.scalars(
            select(Meeting.id).where(Meeting.congress_id == CONGRESS, Meeting.id != played.row().meeting_id)
        ).first()
    assert other is not None
    moved = filled(played, on_paper=True, meeting_id=other)
    edit_round(played.call(played.clerk), played.round_id, moved)
    assert (played.row().method_adopted_on, played.row().officers_adopted_on) == (None, None)
    # On paper it lacks tellers besides.
    assert found_problems(played) == {"method_not_adopted", "officers_not_adopted", "few_tellers"}


def test_the_list_is_chosen_in_an_order_and_keeps_its_adoption_where_it_is_the_same(
    demo_store: Store,
) -> None:
    played = session_of(demo_store)
    listed = sorted(played.rows(RoundOption), key=lambda one: one.number)
    ids = [one.candidate_id for one in listed]
    choose_options(played.call(played.clerk), played.round_id, ids)
    assert played.row().method_adopted_on == TODAY
    choose_options(played.call(played.clerk), played.round_id, ids[3::-1])
    assert {(one.number, one.candidate_id) for one in played.rows(RoundOption)} == set(
        enumerate(ids[3::-1], 1)
    )
    assert played.row().method_adopted_on is None


def test_a_leader_confirms_rules_below_the_law(demo_store: Store) -> None:
    played = session_of(demo_store, rule_set="adoption-present@1")
    assert found_problems(played) == {"below_law"}
    assert refusal(confirm_rules, played.call(played.clerk), played.round_id) == "not_allowed"
    confirm_rules(played.call(played.leader), played.round_id)
    assert played.row().rules_confirmed_by == played.leader.appointment_id
    played.check()
    lawful = session_of(demo_store, "practice")
    assert refusal(confirm_rules, lawful.call(lawful.leader), lawful.round_id) == "confirmation_not_needed"


def test_a_frozen_round_is_thawed_into_another_version_and_not_edited(demo_store: Store) -> None:
    played = session_of(demo_store)
    played.check()
    call = played.call(played.clerk)
    assert refusal(edit_round, call, played.round_id, filled(played)) == "round_stands_elsewhere"
    assert refusal(choose_options, call, played.round_id, []) == "round_stands_elsewhere"
    assert refusal(name_officers, call, played.round_id, Officers(chief=None)) == "round_stands_elsewhere"
    assert refusal(record_adoption, call, played.round_id, "method", TODAY) == "round_stands_elsewhere"
    assert refusal(check_round, call, played.round_id) == "round_stands_elsewhere"
    thaw_round(played.call(played.clerk), played.round_id)
    row = played.row()
    assert (row.state, row.version, row.rules, row.checked_at) == ("draft", 2, {}, None)
    played.check()


def test_a_draft_is_discarded_with_a_reason(demo_store: Store) -> None:
    played = session_of(demo_store)
    assert refusal(discard_round, played.call(played.clerk), played.round_id, " ") == "reason_needed"
    discard_round(played.call(played.clerk), played.round_id, "重复建立")
    assert (played.row().state, played.row().reason) == ("annulled", "重复建立")
    assert refusal(check_round, played.call(played.clerk), played.round_id) == "round_stands_elsewhere"


def test_wrong_values_are_refused(demo_store: Store) -> None:
    played = session_of(demo_store)
    call, seat = played.call(played.clerk), played.seats[0]
    later = TODAY + timedelta(days=1)
    assert refusal(record_adoption, call, played.round_id, "method", later) == "adopted_later"
    twice = Officers(chief=seat, scrutineers=[seat])
    assert refusal(name_officers, call, played.round_id, twice) == "officer_twice"
    stranger = Officers(chief=seats(demo_store, TOWNSHIP)[0])
    assert refusal(name_officers, call, played.round_id, stranger) == "officer_not_in_office"
    assert refusal(edit_round, call, played.round_id, filled(played, title=" ")) == "round_title_empty"
    unknown = filled(played, rule_set="adoption-mark@9")
    assert refusal(edit_round, call, played.round_id, unknown) == "rule_set_unknown"
    graded = filled(played, rule_set="grades-zhenhai@1")
    assert refusal(edit_round, call, played.round_id, graded) == "rule_set_unknown"
    foreign = key_of("meetings", TOWNSHIP, "19-7")
    assert refusal(edit_round, call, played.round_id, filled(played, meeting_id=foreign)) == "not_found"
    assert refusal(choose_options, call, played.round_id, [seat]) == "not_found"
    name_officers(played.call(played.clerk), played.round_id, Officers(chief=None))
    assert refusal(record_adoption, call, played.round_id, "officers", TODAY) == "officers_not_named"


def test_only_the_clerk_of_the_congress_prepares(demo_store: Store) -> None:
    played = session_of(demo_store)
    before = played.acts()
    for actor in (played.leader, played.presidium, played.chief):
        assert refusal(check_round, played.call(actor), played.round_id) == "not_allowed"
    assert refusal(check_round, played.call(PUBLIC), played.round_id) == "sign_in_first"
    stranger = person(demo_store, Role.CLERK, TOWNSHIP)
    assert refusal(check_round, call_of(demo_store, stranger), played.round_id) == "not_allowed"
    assert refusal(check_round, call_of(demo_store, stranger, TOWNSHIP), played.round_id) == "not_found"
    assert (played.row().state, played.acts()) == ("draft", before)
    assert len(played.rows(RoundOfficer)) == 3


def test_who_came_to_one_meeting_is_not_there_at_another(loaded_store: Store) -> None:
    """Thawed, moved to another meeting and frozen again, a round begins with an empty hall."""
    played = session_of(loaded_store)
    played.check()
    played.check_in(3)
    thaw_round(played.call(played.clerk), played.round_id)
    edit_round(played.call(played.clerk), played.round_id, filled(played))
    assert len(played.rows(CheckIn)) == 3
    other = meeting_of(loaded_store, latest=1)
    edit_round(played.call(played.clerk), played.round_id, filled(played, meeting_id=other))
    assert played.rows(CheckIn) == []
