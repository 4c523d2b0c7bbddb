from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.rules.tally import decide, decide_runoff, votes_needed


@pytest.mark.parametrize(("entitled", "needed"), [(327, 164), (321, 161), (320, 161), (1, 1), (0, 1)])
def test_more_than_half_of_all_entitled(entitled, needed):
    # 丽水 2025: 应到 327 needs 164.
    assert votes_needed(entitled) == needed


def test_other_thresholds_are_exact():
    assert votes_needed(321, Fraction(2, 3)) == 215
    assert votes_needed(321, Fraction(2, 3), strictly=False) == 214
    assert votes_needed(100, Fraction(1, 10), strictly=False) == 10


def states(decision):
    return {outcome.number: outcome.state for outcome in decision.outcomes}


def test_places_then_threshold():
    decision = decide({1: 298, 2: 196, 3: 229, 4: 141}, entitled=321, places=2)
    assert decision.threshold == 161
    assert states(decision) == {1: "chosen", 3: "chosen", 2: "beyond", 4: "failed"}
    assert [outcome.number for outcome in decision.outcomes] == [1, 3, 2, 4]
    assert decision.outcomes[2].reason.code == "tally.reason.beyond"
    assert decision.outcomes[2].reason.facts == {
        "votes": 196,
        "needed": 161,
        "place": 3,
        "places": 2,
        "tied": 0,
    }


def test_a_tie_at_the_last_place_is_reported_not_broken():
    decision = decide({1: 200, 2: 180, 3: 180, 4: 170}, entitled=321, places=2)
    assert states(decision) == {1: "chosen", 2: "tied", 3: "tied", 4: "beyond"}
    assert (decision.tied, decision.open_places) == ((2, 3), 1)


def test_a_tie_elsewhere_decides_nothing():
    inside = decide({1: 200, 2: 200, 3: 180}, entitled=321, places=2)
    assert inside.tied == ()
    below = decide({1: 200, 2: 100, 3: 100}, entitled=321, places=2)
    assert states(below) == {1: "chosen", 2: "failed", 3: "failed"}


def test_a_runoff_asks_for_no_second_threshold():
    decision = decide_runoff({10: 12, 11: 90, 12: 40}, places=2)
    assert states(decision) == {11: "chosen", 12: "chosen", 10: "beyond"}
    assert (decision.tied, decision.open_places) == ((), 0)
    assert decision.outcomes[0].reason.code == "tally.reason.runoff_chosen"
    assert decision.outcomes[0].reason.facts == {"votes": 90, "place": 1, "places": 2, "tied": 0}


def test_a_runoff_that_is_level_again_stays_open():
    decision = decide_runoff({10: 150, 11: 150}, places=1)
    assert states(decision) == {10: "tied", 11: "tied"}
    assert (decision.tied, decision.open_places) == ((10, 11), 1)


def test_numbers_that_cannot_be_are_refused():
    for votes, entitled, places in (({1: 5}, 4, 1), ({1: -1}, 4, 1), ({}, -1, 1), ({}, 1, -1)):
        with pytest.raises(ValueError, match="counts"):
            decide(votes, entitled, places)


@given(
    st.dictionaries(st.integers(1, 30), st.integers(0, 40), max_size=30),
    st.integers(40, 90),
    st.integers(0, 12),
)
def test_invariants(votes, entitled, places):
    decision = decide(votes, entitled, places)
    by_state = {
        state: [o for o in decision.outcomes if o.state == state]
        for state in ("chosen", "tied", "beyond", "failed")
    }
    assert sorted(votes) == sorted(outcome.number for outcome in decision.outcomes)
    assert len(by_state["chosen"]) + decision.open_places <= places
    assert all(o.votes * 2 > entitled for o in decision.outcomes if o.state != "failed")
    assert all(o.votes * 2 <= entitled for o in by_state["failed"])
    assert len(decision.tied) > decision.open_places or not decision.tied
    assert len({o.votes for o in by_state["tied"]}) <= 1
    ranks = ["chosen", "tied", "beyond", "failed"]
    assert [ranks.index(o.state) for o in decision.outcomes] == sorted(
        ranks.index(o.state) for o in decision.outcomes
    )
