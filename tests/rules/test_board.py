"""What the board may tell: content only when nothing leaks, a delegation's turnout only where it tells of nobody."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.rules.board import (
    ENDED,
    FEWEST,
    VIEWS,
    Delegation,
    delegations_told,
    quorum_of,
    rules_in,
    shows_chosen,
    shows_live,
    shows_votes,
    turnout_of,
    view_of,
)
from dashboard.rules.rule_sets import Rules
from tests.planting_rounds import frozen_rules

SECRET = rules_in(frozen_rules("adoption-mark@1"))
LIST, ORDER = (
    rules_in(frozen_rules("adoption-mark@1", {"publish_votes": told})) for told in ("list", "order")
)
AT_SEAL = rules_in(frozen_rules("adoption-mark@1", {"show_at_seal": True}))
RECORDED = rules_in(frozen_rules("adoption-mark@1", {"secret": False}))
LIVE = rules_in(frozen_rules("adoption-mark@1", {"secret": False, "live_board": True}))
STATES = sorted(VIEWS)


def test_the_rules_of_these_tests_can_be_read() -> None:
    assert None not in {SECRET, AT_SEAL, RECORDED, LIVE, LIST, ORDER}
    # The engine refuses secret and live together, so such a round has no rules to be shown by.
    assert rules_in(frozen_rules("adoption-mark@1", {"live_board": True})) is None
    assert rules_in(None) is None


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("rules", [SECRET, RECORDED, LIVE])
def test_votes_of_the_count_show_after_the_announcement_alone(state: str, rules: Rules) -> None:
    for sealed, published in product((False, True), repeat=2):
        shown = shows_votes("adoption", state, rules, published=published, sealed=sealed)
        assert shown == (state == "announced" and published)
        assert shows_chosen("adoption", state, published=published) == shown


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("rules", [LIST, ORDER, None])
def test_votes_that_the_rules_do_not_publish_never_show(state: str, rules: Rules | None) -> None:
    for sealed, published in product((False, True), repeat=2):
        assert not shows_votes("adoption", state, rules, published=published, sealed=sealed)


@pytest.mark.parametrize("state", STATES)
def test_votes_show_at_the_seal_where_the_rules_say_so(state: str) -> None:
    assert shows_votes("adoption", state, AT_SEAL, published=False, sealed=True) == (state in ENDED)
    # Before the seal there is nothing to see, whatever the state is called.
    assert not shows_votes("adoption", state, AT_SEAL, published=False, sealed=False)


@pytest.mark.parametrize("state", STATES)
def test_votes_show_live_in_recorded_rounds_whose_rules_say_so(state: str) -> None:
    assert shows_live("adoption", state, LIVE) == (state in {"open", "suspended"})
    for rules in (SECRET, AT_SEAL, RECORDED, None):
        assert not shows_live("adoption", state, rules)


@pytest.mark.parametrize("state", STATES)
def test_a_practice_round_shows_no_content_ever(state: str) -> None:
    assert not shows_votes("practice", state, AT_SEAL, published=True, sealed=True)
    assert not shows_chosen("practice", state, published=True)
    assert not shows_live("practice", state, LIVE)


def test_an_annulled_round_shows_none_either() -> None:
    assert not shows_votes("adoption", "annulled", AT_SEAL, published=True, sealed=True)
    assert not shows_chosen("adoption", "annulled", published=True)
    assert view_of("annulled", result=False) == "annulled"


def test_a_result_is_drawn_in_the_place_of_counting() -> None:
    assert view_of("closed", result=False) == "counting"
    assert view_of("closed", result=True) == "result"
    assert view_of("announced", result=True) == "result"
    # Votes while they are cast stand beside the turnout.
    assert view_of("open", result=True) == "voting"


def test_the_quorum_is_two_thirds_of_all() -> None:
    """By hand: 327 * 2 / 3 = 218; 321 gives 214; 323 gives 215.3, so 216."""
    assert [quorum_of(entitled, SECRET) for entitled in (327, 321, 323)] == [218, 214, 216]
    assert quorum_of(None, SECRET) is None
    assert quorum_of(321, None) is None


def test_who_did_not_press_is_who_is_there_and_neither_cast_nor_took_paper() -> None:
    found = turnout_of(321, 312, 290, 5, 0, SECRET)
    assert (found.issued, found.recovered, found.not_pressed, found.paper) == (312, 290, 17, 5)
    # Their sheets come back: 290 cast and 5 sheets of 312 issued.
    assert turnout_of(321, 312, 290, 5, 5, SECRET).recovered == 295
    assert turnout_of(321, 0, 0, 0, 0, SECRET).not_pressed == 0


def _told(*pairs: tuple[int, int]) -> list[tuple[int | None, str]]:
    rows = [Delegation(f"{place}", there + 1, there, voted) for place, (there, voted) in enumerate(pairs)]
    return [(one.voted, one.told) for one in delegations_told(rows)]


def test_a_delegation_is_told_while_enough_have_voted_and_enough_have_not() -> None:
    assert _told((20, 3), (20, 10), (20, 17)) == [(3, "exact"), (10, "exact"), (17, "exact")]
    assert _told((20, 2), (20, 18), (20, 0), (20, 20)) == [
        (None, "few_voted"), (None, "few_left"), (None, "few_voted"), (None, "few_left"),
    ]  # fmt: skip
    # Of five there, fewer than three have voted or fewer than three have not, so even that tells.
    assert _told((5, 3), (5, 0), (6, 3)) == [(None, "hidden"), (None, "hidden"), (3, "exact")]


def test_the_total_gives_no_single_one_away() -> None:
    """20 and 12 told beside a total would leave the third; the one nearest to being untold goes too."""
    assert _told((40, 20), (40, 12), (3, 1)) == [(20, "exact"), (None, "hidden"), (None, "hidden")]
    assert _told((3, 1)) == [(None, "hidden")]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=15))
def test_no_told_number_tells_of_single_deputies(pairs: list[tuple[int, int]]) -> None:
    pairs = [(there, min(there, voted)) for there, voted in pairs]
    told = _told(*pairs)
    for (there, voted), (number, _) in zip(pairs, told, strict=True):
        assert number in {None, voted}
        if number is not None:
            assert number >= FEWEST
            assert there - number >= FEWEST
    assert [number for number, _ in told].count(None) != 1
