"""Which round stands on which: through what was annulled or void, never through what was decided."""

from collections.abc import Mapping
from uuid import UUID

import pytest

from dashboard.rules.round_links import (
    Link,
    befores,
    follow,
    is_received,
    is_told,
    others_living,
    rests_on,
)
from dashboard.rules.rounds import STATES

MAIN, FIRST, AGAIN, OTHER = (UUID(int=number) for number in range(1, 5))
# A tie; its run-off was annulled and is held again.
REPEATED = {
    MAIN: Link(None, "announced", "tied"),
    FIRST: Link(MAIN, "annulled"),
    AGAIN: Link(FIRST, "draft"),
    OTHER: Link(None, "announced", "decided"),
}


def changed(key: UUID, state: str, outcome: str | None = None) -> Mapping[UUID, Link]:
    """Return the rounds with one of them standing differently."""
    return REPEATED | {key: Link(REPEATED[key].after, state, outcome)}


def test_a_repetition_stands_on_what_the_annulled_round_stood_on() -> None:
    assert list(befores(REPEATED, AGAIN)) == [FIRST, MAIN]
    assert rests_on(REPEATED, AGAIN) == rests_on(REPEATED, FIRST) == MAIN
    assert set(follow(REPEATED, MAIN)) == {FIRST, AGAIN}
    assert (rests_on(REPEATED, MAIN), rests_on(REPEATED, OTHER)) == (None, None)
    assert list(follow(REPEATED, OTHER)) == []


@pytest.mark.parametrize("outcome", ["void", "no_quorum"])
def test_so_does_the_repetition_of_a_void_round_once_it_was_received(outcome: str) -> None:
    assert rests_on(changed(FIRST, "reported", outcome), AGAIN) == MAIN
    assert rests_on(changed(FIRST, "counted", outcome), AGAIN) == FIRST
    assert rests_on(changed(FIRST, "announced", "short"), AGAIN) == FIRST
    assert set(follow(changed(FIRST, "announced", "short"), MAIN)) == {FIRST}


@pytest.mark.parametrize("state", STATES)
def test_a_following_round_needs_an_outcome_that_was_received(state: str) -> None:
    assert is_received(changed(MAIN, state, "tied"), AGAIN) is (state in {"reported", "announced"})
    assert not is_received(REPEATED, MAIN)


@pytest.mark.parametrize("state", STATES)
def test_what_a_round_stands_on_is_announced_before_it(state: str) -> None:
    assert is_told(changed(MAIN, state, "tied"), AGAIN, rests=True) is (state == "announced")
    assert is_told(changed(FIRST, state, "void"), AGAIN, rests=True) is (state in {"announced", "annulled"})
    # The same list once more stands on nothing, but what was reported before it is told before it.
    again = {MAIN: Link(None, state, "void"), AGAIN: Link(MAIN, "reported")}
    assert is_told(again, AGAIN, rests=False) is (state in {"announced", "annulled"})


def test_one_round_stands_in_one_place() -> None:
    """Another run-off of the same tie, whether drafted from the tie or as a repetition, would choose twice."""
    assert others_living(REPEATED, MAIN) == (AGAIN,)
    assert others_living(REPEATED, FIRST) == (AGAIN,)
    assert others_living(changed(AGAIN, "annulled"), MAIN) == ()
    assert others_living(changed(AGAIN, "annulled"), FIRST) == ()
    # Void as well: it is itself what is repeated.
    assert others_living(changed(AGAIN, "reported", "void"), AGAIN) == ()
    assert others_living(changed(AGAIN, "reported", "void"), MAIN) == (AGAIN,)
    beside = REPEATED | {OTHER: Link(MAIN, "open")}
    assert set(others_living(beside, FIRST)) == {AGAIN, OTHER}
    assert others_living({MAIN: Link(None, "annulled"), OTHER: Link(MAIN, "closed")}, MAIN) == (OTHER,)
