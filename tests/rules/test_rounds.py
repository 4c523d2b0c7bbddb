"""The states of a round: no sequence of acts skips the count, and what two do together takes two."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.rules.rounds import (
    ANNOUNCED,
    ANNULLED,
    LAPSES_AFTER,
    PRACTICE,
    STATES,
    TOGETHER,
    WAYS,
    check_pair,
    has_lapsed,
    may,
    moved,
)
from tests.commands.people import refusal
from tests.conftest import NOW

# architecture.md: what stands between the box and the announcement, and cannot be left out.
WAY_TO_THE_ANNOUNCEMENT = ["check", "open", "close", "recount", "sign_last", "report", "announce"]


def walked(acts: list[str], purpose: str = "adoption") -> tuple[str, list[str]]:
    """Return the state after acts, those that are refused left out, and the acts that were done."""
    state, done = "draft", []
    for act in acts:
        if may(act, state, purpose):
            state = moved(act, state, purpose)
            done.append(act)
    return state, done


def is_within(wanted: list[str], found: list[str]) -> bool:
    """Tell whether all of a list stand in another, in their order."""
    rest = iter(found)
    return all(one in rest for one in wanted)


@given(st.lists(st.sampled_from(sorted(WAYS)), max_size=60))
def test_nothing_is_announced_without_close_count_signatures_and_report(acts: list[str]) -> None:
    state, done = walked(acts)
    if state == ANNOUNCED:
        assert is_within(WAY_TO_THE_ANNOUNCEMENT, done)


@given(st.lists(st.sampled_from(sorted(WAYS)), max_size=60))
def test_a_practice_never_has_a_result(acts: list[str]) -> None:
    state, _ = walked(acts, PRACTICE)
    assert state not in {"counted", "signed", "reported", "announced"}


@given(st.lists(st.sampled_from(sorted(WAYS)), max_size=60))
def test_after_the_close_nobody_votes_again(acts: list[str]) -> None:
    _, done = walked(acts)
    if "close" in done:
        after = done[done.index("close") + 1 :]
        assert not {"open", "resume", "edit", "check", "thaw", "discard", "close"} & set(after)


def test_the_straight_way_leads_to_the_announcement() -> None:
    assert walked(WAY_TO_THE_ANNOUNCEMENT) == (ANNOUNCED, WAY_TO_THE_ANNOUNCEMENT)


def test_every_state_can_be_reached_and_two_are_the_end() -> None:
    assert {way.ends for way in WAYS.values()} == set(STATES)
    assert [state for state in STATES if not any(may(act, state) for act in WAYS)] == [ANNULLED]
    assert [act for act in WAYS if may(act, ANNOUNCED)] == ["correct"]


@pytest.mark.parametrize("state", [state for state in STATES if state not in {"draft", ANNOUNCED, ANNULLED}])
def test_a_round_is_annulled_from_any_state_before_the_announcement(state: str) -> None:
    assert moved("annul", state) == ANNULLED


@pytest.mark.parametrize("act", sorted(WAYS))
def test_an_act_out_of_its_time_is_refused(act: str) -> None:
    out_of_time = [state for state in STATES if state not in WAYS[act].begins]
    assert out_of_time
    assert {refusal(moved, act, state) for state in out_of_time} == {"round_stands_elsewhere"}


def test_what_two_do_together() -> None:
    assert set(TOGETHER) == {"open", "close", "suspend", "resume", "annul"}
    assert set(TOGETHER) <= set(WAYS)


@pytest.mark.parametrize("one", Role)
@pytest.mark.parametrize("other", Role)
def test_clerk_and_chief_make_two_and_nobody_else(one: Role, other: Role) -> None:
    if {one, other} == {Role.CLERK, Role.DEPUTY}:
        check_pair(one, other, same_account=False)
    else:
        with pytest.raises(Refused, match="consent_same_side"):
            check_pair(one, other, same_account=False)
    with pytest.raises(Refused, match="consent_own"):
        check_pair(one, other, same_account=True)


def test_a_proposal_lapses_and_a_clock_set_back_revives_none() -> None:
    assert not has_lapsed(NOW, NOW + LAPSES_AFTER)
    assert has_lapsed(NOW, NOW + LAPSES_AFTER + timedelta(microseconds=1))
    assert not has_lapsed(NOW, NOW - timedelta(days=1))
