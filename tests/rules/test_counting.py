"""The count: cases by hand and from what was published."""

import pytest

from dashboard.i18n import words
from dashboard.rules.counting import Attendance, Option, count
from tests.rules.adoption import rules


def options(many):
    return [Option(number, f"第{number}项") for number in range(1, many + 1)]


def counted(texts, key="adoption-mark", many=4, places=2, entitled=None, purpose="adoption", **changes):
    """Count ballots of a hall where everybody present handed in what was handed out."""
    cast = len(texts)
    attendance = Attendance(cast if entitled is None else entitled, cast, cast, cast)
    ballots = ((f"{place:064x}", text) for place, text in enumerate(texts))
    return count(rules(key, **changes), options(many), ballots, attendance, places, purpose)


def votes(outcome):
    return {one.number: one.votes for one in outcome.options}


def reasons(outcome):
    return {one.number: one.reason.code.removeprefix("tally.reason.") for one in outcome.options}


def test_lishui_2025():
    # 应到 327, 实到 314, 发出 314, 收回 314: an item needs 164, not 158.
    ballots = [(f"{n:064x}", "1 2" if n < 164 else "1 3") for n in range(314)]
    outcome = count(rules(), options(3), ballots, Attendance(327, 314, 314, 314), 2)
    assert (outcome.needed, outcome.valid, outcome.invalid) == (164, 314, 0)
    assert votes(outcome) == {1: 314, 2: 164, 3: 150}
    assert (outcome.state, outcome.chosen) == ("decided", (1, 2))
    assert reasons(outcome) == {1: "chosen", 2: "chosen", 3: "failed"}


def test_xinyi_2020():
    # 279, 276 and 273 of 新沂's deputies, in the announced order.
    texts = ["1 2 3"] * 273 + ["1 2"] * 3 + ["1"] * 3 + [""] * 21
    outcome = counted(texts, places=3)
    assert [(one.number, one.votes) for one in outcome.options][:3] == [(1, 279), (2, 276), (3, 273)]
    assert outcome.chosen == (1, 2, 3)


def test_baishabu_2021_item_by_item():
    # 63 for, none against, none abstained; 3 of 4 items passed.
    outcome = counted(["1+ 2+ 3+ 4-"] * 63, "adoption-item", places=4)
    assert outcome.chosen == (1, 2, 3)
    assert [(one.votes, one.against, one.abstained) for one in outcome.options] == [
        (63, 0, 0), (63, 0, 0), (63, 0, 0), (0, 63, 0),
    ]  # fmt: skip
    assert (outcome.state, outcome.missing) == ("short", 1)


def test_siping_45_of_45():
    outcome = counted(["1 2"] * 42 + ["3 4"] * 3, entitled=45)
    # 93.3 % of 45 is 42.
    assert votes(outcome) == {1: 42, 2: 42, 3: 3, 4: 3}
    assert outcome.needed == 23


def test_over_marked_ballots_are_invalid_as_a_whole_and_say_why():
    outcome = counted(["1 2", "1 2 3", "1", "", "?", "9"], places=2)
    assert (outcome.valid, outcome.invalid) == (3, 3)
    assert votes(outcome) == {1: 2, 2: 1, 3: 0, 4: 0}
    assert [(ballot[-1], reason.code.rpartition(".")[2]) for ballot, reason in outcome.faults] == [
        ("1", "over_marked"), ("4", "unclear"), ("5", "off_list"),
    ]  # fmt: skip
    assert outcome.faults[0][1].facts == {"marked": 3, "most": 2}


def test_invalid_ballots_stay_in_the_base_of_all():
    # Ten deputies, four of them over-mark: five votes are half of all, though most of the valid.
    outcome = counted(["1"] * 5 + ["2"] + ["1 2 3"] * 4)
    assert (outcome.valid, votes(outcome)[1]) == (6, 5)
    assert reasons(outcome)[1] == "failed_exact"
    of_valid = counted(["1"] * 5 + ["2"] + ["1 2 3"] * 4, threshold_base="valid_ballots")
    assert (of_valid.base, of_valid.needed, of_valid.chosen) == (6, 4, (1,))


def test_exactly_k_of_n():
    outcome = counted(["1 2", "1", "", "1 2 3", "2 3"], "adoption-exact", places=2)
    assert (outcome.valid, outcome.invalid) == (3, 2)
    assert votes(outcome) == {1: 1, 2: 2, 3: 1, 4: 0}
    assert [reason.code.rpartition(".")[2] for _, reason in outcome.faults] == ["not_exact", "over_marked"]


def test_an_item_left_out_abstains_and_two_answers_void_the_item_alone():
    outcome = counted(["1+ 2-", "1+ 1- 2+", "", "1="], "adoption-item", many=2)
    first, second = sorted(outcome.options, key=lambda one: one.number)
    assert outcome.valid == 4
    assert (first.votes, first.against, first.abstained, first.voided) == (1, 0, 2, 1)
    assert (second.votes, second.against, second.abstained, second.voided) == (1, 1, 2, 0)


def test_two_answers_void_the_ballot_where_the_rule_says_so():
    outcome = counted(["1+ 2-", "1+ 1- 2+"], "adoption-item", many=2, double_answer="void")
    assert (outcome.valid, outcome.invalid) == (1, 1)


def test_a_limit_on_for_marks():
    texts = ["1+ 2+", "1+ 2+ 3+", "1+ 2- 3- 4-"]
    outcome = counted(texts, "adoption-item", for_marks_at_most="places", over_marked="void")
    assert (outcome.valid, votes(outcome)) == (2, {1: 2, 2: 1, 3: 0, 4: 0})


def test_ranks_count_among_the_first_places_only():
    # Two places: whoever is third on a ballot has no vote of it.
    texts = ["1:1 2:2 3:3", "1:2 2:1 3:3", "2:3 3:1 4:2"]
    outcome = counted(texts, "adoption-rank", ranks_at_most="any")
    found = {one.number: (one.votes, one.rank_sum) for one in outcome.options}
    assert found == {1: (2, 3), 2: (2, 3), 3: (1, 1), 4: (1, 2)}
    assert outcome.chosen == (1, 2)


def test_equal_votes_go_by_the_lower_sum_of_ranks_and_say_so():
    # Two votes each for two places; the sums of ranks are 2, 3 and 4.
    outcome = counted(["1:1 2:2", "1:1 3:2", "2:1 3:2"], "adoption-rank")
    assert {one.number: (one.votes, one.rank_sum) for one in outcome.options} == {
        1: (2, 2), 2: (2, 3), 3: (2, 4), 4: (0, 0),
    }  # fmt: skip
    assert (outcome.state, outcome.chosen) == ("decided", (1, 2))
    assert reasons(outcome) == {1: "chosen_ranks", 2: "chosen_ranks", 3: "beyond_ranks", 4: "failed"}
    assert [one.reason.facts.get("rank_sum") for one in outcome.options] == [2, 3, 4, None]


def test_more_votes_come_before_better_ranks():
    # 1 is first on two ballots, 2 second on three: three votes win.
    outcome = counted(["1:1 2:2", "1:1 2:2", "2:2 3:1"], "adoption-rank", places=2)
    assert [one.number for one in outcome.options] == [2, 1, 3, 4]


def test_equal_votes_and_equal_ranks_are_a_tie():
    texts = ["1:1 2:2", "1:2 2:1", "1:1 3:2", "2:1 3:2", "1:2 3:1", "2:2 3:1"]
    outcome = counted(texts, "adoption-rank", many=3)
    assert {(one.votes, one.rank_sum) for one in outcome.options} == {(4, 6)}
    assert (outcome.tied, outcome.open_places) == ((1, 2, 3), 2)


def test_gaps_in_ranks():
    close = counted(["1:2 2:7"], "adoption-rank")
    assert {one.number: one.rank_sum for one in close.options if one.votes} == {1: 1, 2: 2}
    kept = counted(["1:2 2:7"], "adoption-rank", gap_in_ranks="keep")
    assert {one.number: one.rank_sum for one in kept.options if one.votes} == {1: 2}
    void = counted(["1:2 2:7"], "adoption-rank", gap_in_ranks="void")
    assert (void.valid, void.invalid) == (0, 1)


def test_a_tie_and_its_runoff_and_the_presidium():
    first = counted(["1 2"] * 5 + ["1 3"] * 5, entitled=9, many=3)
    assert (first.state, first.chosen, first.tied, first.open_places) == ("tied", (1,), (2, 3), 1)
    again = counted(["2"] * 4 + ["3"] * 3 + [""] * 3, many=3, places=1, purpose="runoff")
    # Four of ten: no second threshold is asked.
    assert (again.state, again.needed, again.chosen) == ("decided", None, (2,))
    level = counted(["2"] * 3 + ["3"] * 3 + [""] * 4, many=3, places=1, purpose="runoff")
    assert (level.tied, level.is_presidiums) == ((2, 3), True)


def test_more_recovered_than_issued_is_void_whatever_the_votes():
    ballots = [(f"{n:064x}", "1") for n in range(11)]
    outcome = count(rules(), options(2), ballots, Attendance(12, 10, 10, 11), 1)
    assert (outcome.state, outcome.chosen, outcome.reason.code) == ("void", (), "tally.round.void")
    # The sheets of a void round need not be read at all.
    assert count(rules(), options(2), [], Attendance(12, 10, 10, 11), 1).state == "void"


def test_another_number_of_ballots_than_were_recovered_is_an_error():
    with pytest.raises(ValueError, match="recovered"):
        count(rules(), options(2), [("0" * 64, "1")], Attendance(3, 3, 3, 2), 1)


def test_nobody_voted():
    outcome = count(rules(), options(2), [], Attendance(0, 0, 0, 0), 1)
    assert (outcome.state, outcome.valid, outcome.missing) == ("short", 0, 1)
    assert counted(["", ""], many=0).options == ()


def test_what_is_no_ballot_at_all_never_stops_a_count():
    outcome = counted(["1", "nonsense", "2 1", "1 " * 20_000, "1"])
    assert (outcome.valid, outcome.invalid) == (2, 3)
    assert {reason.code for _, reason in outcome.faults} == {"tally.invalid.not_canonical"}


def test_ballots_are_taken_one_by_one():
    outcome = count(
        rules(), options(3), ((str(n), "1 2") for n in range(1000)), Attendance(1000, 1000, 1000, 1000), 2
    )
    assert votes(outcome) == {1: 1000, 2: 1000, 3: 0}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_decision_is_told_in_words(language):
    told = words(language)
    outcomes = [
        counted(["1 2", "1 3", "1 2 3", "?", "8", ""]),
        counted(["1 2", "1 3"]),
        counted(["1", "2"], threshold_test="at_least", places=1),
        counted(["1", "2"], threshold_test="at_least", places=1, tie="list_order"),
        counted(["1:1 2:2", "1:1 3:2", "2:1 3:2"], "adoption-rank"),
        counted(["1 2"], places=3, many=2, shortfall="second_ballot"),
        counted(["1"], places=3, shortfall="second_ballot"),
        counted(["1", "2", ""], places=1, purpose="runoff"),
        count(rules(), options(2), [], Attendance(12, 10, 10, 11), 1),
        count(rules(), options(2), [("a", "1")], Attendance(12, 1, 1, 1), 1),
    ]
    assert len({one.state for one in outcomes}) == 5
    for outcome in outcomes:
        found = [
            outcome.reason,
            *(one.reason for one in outcome.options),
            *(reason for _, reason in outcome.faults),
        ]
        for reason in found:
            assert "{" not in told(reason.code, **reason.facts)
