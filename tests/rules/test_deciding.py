from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.rules.deciding import decide, votes_needed
from dashboard.rules.outcomes import Attendance, Votes
from tests.rules.adoption import rules


def decided(votes, entitled, places, purpose="adoption", **changes):
    """Decide by the usual rules where everybody entitled was there and voted validly."""
    given = {number: Votes(count) for number, count in votes.items()}
    attendance = Attendance(entitled, entitled, entitled, entitled)
    return decide(rules(**changes), given, attendance, entitled, places, purpose)


def states(decision):
    return {one.number: one.state for one in decision.options}


def reasons(decision):
    return {one.number: one.reason.code.removeprefix("tally.reason.") for one in decision.options}


@pytest.mark.parametrize(("entitled", "needed"), [(327, 164), (321, 161), (320, 161), (1, 1), (0, 1)])
def test_more_than_half_of_all_entitled(entitled, needed):
    # 丽水 2025: 应到 327 needs 164.
    assert votes_needed(entitled) == needed


def test_other_thresholds_are_exact():
    assert votes_needed(321, Fraction(2, 3)) == 215
    assert votes_needed(321, Fraction(2, 3), strictly=False) == 214
    assert votes_needed(100, Fraction(1, 10), strictly=False) == 10
    # A float of one tenth would ask for one more.
    assert votes_needed(30, Fraction(1, 10), strictly=False) == 3


def test_places_then_threshold():
    decision = decided({1: 298, 2: 196, 3: 229, 4: 141}, entitled=321, places=2)
    assert (decision.state, decision.base, decision.needed) == ("decided", 321, 161)
    assert states(decision) == {1: "chosen", 3: "chosen", 2: "beyond", 4: "failed"}
    assert [one.number for one in decision.options] == [1, 3, 2, 4]
    assert decision.chosen == (1, 3)
    assert decision.options[2].reason.code == "tally.reason.beyond"
    assert decision.options[2].reason.facts == {
        "votes": 196,
        "needed": 161,
        "place": 3,
        "places": 2,
        "tied": 0,
    }
    assert decision.reason.code == "tally.round.decided"
    assert decision.reason.facts == {"chosen": 2, "places": 2}


def test_xinyi_2020_in_the_published_order():
    # 新沂 2020 announced 279, 276 and 273 votes, in this order; how many were entitled was not published.
    decision = decided({1: 276, 2: 273, 3: 279}, entitled=300, places=3)
    assert decision.chosen == (3, 1, 2)
    assert decision.state == "decided"


def test_exactly_half_does_not_pass_where_the_rule_asks_for_more():
    decision = decided({1: 164, 2: 163}, entitled=326, places=2)
    assert decision.needed == 164
    assert states(decision) == {1: "chosen", 2: "failed"}
    assert reasons(decision) == {1: "chosen", 2: "failed_exact"}
    facts = decision.options[1].reason.facts
    assert (facts["votes"], facts["base"], facts["numerator"], facts["denominator"]) == (163, 326, 1, 2)


def test_exactly_half_passes_where_the_rule_asks_for_at_least():
    decision = decided({1: 164, 2: 163, 3: 162}, entitled=326, places=2, threshold_test="at_least")
    assert decision.needed == 163
    assert reasons(decision) == {1: "chosen", 2: "chosen_exact", 3: "failed"}


def test_of_an_odd_number_nobody_has_exactly_half():
    assert reasons(decided({1: 164, 2: 163}, 327, 2)) == {1: "chosen", 2: "failed"}


def test_a_tie_at_the_last_place_is_reported_not_broken():
    decision = decided({1: 200, 2: 180, 3: 180, 4: 170}, entitled=321, places=2)
    assert states(decision) == {1: "chosen", 2: "tied", 3: "tied", 4: "beyond"}
    assert (decision.state, decision.tied, decision.open_places) == ("tied", (2, 3), 1)
    assert decision.reason.facts == {"chosen": 1, "places": 2, "tied": 2, "open": 1}
    assert not decision.is_presidiums


def test_a_tie_over_several_places():
    decision = decided({1: 200, 2: 180, 3: 180, 4: 180}, entitled=321, places=3)
    assert (decision.tied, decision.open_places) == ((2, 3, 4), 2)


def test_a_tie_of_all():
    decision = decided({1: 180, 2: 180, 3: 180}, entitled=321, places=2)
    assert (decision.tied, decision.open_places, decision.chosen) == ((1, 2, 3), 2, ())


def test_a_tie_elsewhere_decides_nothing():
    inside = decided({1: 200, 2: 200, 3: 180}, entitled=321, places=2)
    assert inside.tied == ()
    below = decided({1: 200, 2: 100, 3: 100}, entitled=321, places=2)
    assert states(below) == {1: "chosen", 2: "failed", 3: "failed"}
    assert below.tied == ()


def test_a_tie_goes_by_the_list_where_the_rule_names_it_and_says_so():
    decision = decided({4: 180, 2: 180, 3: 180, 1: 200}, entitled=321, places=2, tie="list_order")
    assert decision.tied == ()
    assert reasons(decision) == {1: "chosen", 2: "chosen_listed", 3: "beyond_listed", 4: "beyond_listed"}


def test_no_place_at_all():
    decision = decided({1: 200, 2: 100}, entitled=321, places=0)
    assert (decision.state, decision.tied, decision.missing) == ("decided", (), 0)
    assert states(decision) == {1: "beyond", 2: "failed"}


def test_as_many_places_as_options():
    assert decided({1: 200, 2: 200}, entitled=321, places=2).chosen == (1, 2)


def test_fewer_than_places_leave_them_vacant():
    decision = decided({1: 200, 2: 160, 3: 150}, entitled=321, places=2)
    assert (decision.state, decision.missing, decision.second) == ("short", 1, ())
    assert decision.reason.code == "tally.round.short_vacant"
    assert decision.reason.facts == {"chosen": 1, "places": 2, "missing": 1, "listed": 0}


def second(votes, places, entitled=321):
    return decided(votes, entitled, places, shortfall="second_ballot")


def test_a_second_ballot_keeps_the_first_ratio_rounded_up():
    # 12 candidates for 10 places: 4 places left ask for 4.8, so 5, in the order of their votes.
    votes = dict.fromkeys(range(1, 7), 200) | {7: 20, 8: 30, 9: 50, 10: 40, 11: 10, 12: 60}
    decision = second(votes, places=10)
    assert (decision.state, decision.missing, decision.second) == ("short", 4, (12, 9, 10, 8, 7))
    assert decision.reason.code == "tally.round.short_second"
    # 13 for 10 and 10 missing: 13, all of them; no more than are left.
    assert len(second({number: number for number in range(1, 14)}, 10).second) == 13
    # 5 for 3, 3 places missing but one: two places left ask for 3.33, so 4.
    assert second({1: 200, 2: 90, 3: 80, 4: 70, 5: 60}, 3).second == (2, 3, 4, 5)
    # 20 for 10, one missing: 2.
    votes = dict.fromkeys(range(1, 10), 200) | {number: 100 - number for number in range(10, 21)}
    assert second(votes, 10).second == (10, 11)


def test_a_second_ballot_breaks_no_tie_for_its_list():
    votes = dict.fromkeys(range(1, 10), 200) | {10: 90, 11: 80, 12: 80, 13: 70}
    # One place left: 1.3, so 2; the second and the third are level.
    assert second(votes, 10).second == (10, 11, 12)


def test_a_second_ballot_without_candidates_is_said():
    decision = second({1: 200, 2: 200}, places=3)
    assert (decision.missing, decision.second) == (1, ())
    assert decision.reason.code == "tally.round.short_nobody"


def test_a_runoff_asks_for_no_second_threshold():
    decision = decided({10: 12, 11: 90, 12: 40}, 321, places=2, purpose="runoff")
    assert states(decision) == {11: "chosen", 12: "chosen", 10: "beyond"}
    assert (decision.state, decision.tied, decision.open_places) == ("decided", (), 0)
    assert decision.needed is None
    assert decision.options[0].reason.code == "tally.reason.runoff_chosen"
    assert decision.options[0].reason.facts == {"votes": 90, "place": 1, "places": 2, "tied": 0}


def test_a_runoff_that_is_level_again_goes_to_the_presidium():
    decision = decided({10: 150, 11: 150}, 321, places=1, purpose="runoff")
    assert states(decision) == {10: "tied", 11: "tied"}
    assert (decision.tied, decision.open_places) == ((10, 11), 1)
    assert decision.is_presidiums
    assert decision.reason.code == "tally.round.tied_again"


def test_a_second_ballot_asks_for_the_threshold_again():
    decision = decided({10: 150, 11: 170}, 321, places=1, purpose="second")
    assert states(decision) == {11: "chosen", 10: "failed"}


@pytest.mark.parametrize(
    ("base", "needed"),
    [("in_office", 164), ("present", 158), ("valid_ballots", 156)],
)
def test_the_base_is_what_the_rule_names(base, needed):
    # 丽水 2025: 应到 327, 实到 314, 发出 314, 收回 314; here with three invalid ballots.
    attendance = Attendance(327, 314, 314, 314)
    votes = {1: Votes(157), 2: Votes(100)}
    decision = decide(rules(threshold_base=base), votes, attendance, 311, 1)
    assert (decision.needed, states(decision)[1]) == (needed, "chosen" if needed <= 157 else "failed")


def test_more_recovered_than_issued_voids_the_round():
    decision = decide(rules(), {1: Votes(40), 2: Votes(3)}, Attendance(50, 45, 45, 46), 46, 1)
    assert (decision.state, decision.chosen, decision.tied) == ("void", (), ())
    assert decision.reason.code == "tally.round.void"
    assert decision.reason.facts == {"recovered": 46, "issued": 45}
    assert reasons(decision) == {1: "void", 2: "void"}


@pytest.mark.parametrize(
    ("issued", "recovered", "handed_out", "sheets", "code", "facts"),
    [
        # 321 there, 160 voted on phones, one was handed a sheet, thirty came out of the box: 190 are not over 321.
        (321, 190, 1, 30, "void_paper", {"recovered": 30, "issued": 1}),
        (321, 162, 1, 2, "void_paper", {"recovered": 2, "issued": 1}),
        # As many votes as phones, and one more, hidden by a sheet that did not come back.
        (321, 321, 2, 1, "void_electronic", {"recovered": 320, "issued": 319}),
        # Both together over what went out: told as one.
        (321, 323, 1, 3, "void", {"recovered": 323, "issued": 321}),
    ],
)
def test_more_recovered_than_issued_on_one_way_voids_the_round(
    issued, recovered, handed_out, sheets, code, facts
):
    attendance = Attendance(321, 321, issued, recovered, handed_out, sheets)
    decision = decide(rules(), {1: Votes(recovered), 2: Votes(3)}, attendance, recovered, 1)
    assert (decision.state, decision.chosen) == ("void", ())
    assert (decision.reason.code, decision.reason.facts) == (f"tally.round.{code}", facts)
    assert reasons(decision) == {1: "void", 2: "void"}


@pytest.mark.parametrize(("handed_out", "sheets"), [(30, 30), (31, 30), (321, 0)])
def test_as_many_sheets_as_were_handed_out_void_nothing(handed_out, sheets):
    attendance = Attendance(321, 321, 321, sheets, handed_out, sheets)
    assert decide(rules(), {1: Votes(sheets)}, attendance, sheets, 1).state == "short"


@pytest.mark.parametrize(("present", "state"), [(218, "decided"), (217, "no_quorum")])
def test_two_thirds_of_all_must_be_present(present, state):
    # 327: two thirds are 218 exactly, and exactly two thirds are enough (三分之二以上).
    votes = {1: Votes(200)}
    assert decide(rules(), votes, Attendance(327, present, present, present), present, 1).state == state


def test_numbers_that_cannot_be_are_refused():
    for votes, entitled, places in (({1: 5}, 4, 1), ({1: -1}, 4, 1), ({}, -1, 1), ({}, 1, -1)):
        with pytest.raises(ValueError, match="counts"):
            decided(votes, entitled, places)


@given(
    st.dictionaries(st.integers(1, 30), st.integers(0, 40), max_size=30),
    st.integers(40, 90),
    st.integers(0, 12),
)
def test_invariants(votes, entitled, places):
    decision = decided(votes, entitled, places)
    by_state = {
        state: [one for one in decision.options if one.state == state]
        for state in ("chosen", "tied", "beyond", "failed")
    }
    assert sorted(votes) == sorted(one.number for one in decision.options)
    taken = len(by_state["chosen"]) + decision.open_places + decision.missing
    assert taken == places
    assert all(one.votes * 2 > entitled for one in decision.options if one.state != "failed")
    assert all(one.votes * 2 <= entitled for one in by_state["failed"])
    assert len(decision.tied) > decision.open_places or not decision.tied
    assert len({one.votes for one in by_state["tied"]}) <= 1
    ranks = ["chosen", "tied", "beyond", "failed"]
    assert [ranks.index(one.state) for one in decision.options] == sorted(
        ranks.index(one.state) for one in decision.options
    )
