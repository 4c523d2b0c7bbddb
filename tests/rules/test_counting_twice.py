"""Random rule sets and ballots, counted by the product and by a naive count; and what must hold of any count."""

from collections import Counter
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dashboard.rules.counting import Attendance, Option, count
from dashboard.rules.rule_sets import read_rule_set, rules_of
from tests.rules.adoption import raw
from tests.rules.naive import naive_count

# Mostly low, so that random ballots come as far as places and ties.
SHARES = st.sampled_from(["1/2", "1/2", "2/3", "1/3", "1/10", "1/10", "0", "0", "1"])
LIMITS = st.one_of(st.just("places"), st.just("any"), st.integers(1, 6))
COMMON = {
    "quorum": st.sampled_from(["2/3", "1/2", "0", "0", "3/4"]),
    "threshold": SHARES,
    "threshold_test": st.sampled_from(["more_than", "at_least"]),
    "threshold_base": st.sampled_from(["in_office", "present", "valid_ballots"]),
    "unclear_mark": st.sampled_from(["void", "blank"]),
    "blank_ballot": st.sampled_from(["valid", "void"]),
    "tie": st.sampled_from(["runoff", "list_order"]),
    "shortfall": st.sampled_from(["vacant", "second_ballot"]),
}
OWN = {
    "adoption-mark": {"marks_at_most": LIMITS},
    "adoption-exact": {},
    "adoption-item": {"double_answer": st.sampled_from(["item_void", "void"])},
    "adoption-rank": {"ranks_at_most": LIMITS, "gap_in_ranks": st.sampled_from(["close_up", "keep", "void"])},
}


@st.composite
def rule_sets(draw, keys=tuple(OWN)):
    """Draw any rule set that may be used."""
    key = draw(st.sampled_from(keys))
    changes = {name: draw(values) for name, values in {**COMMON, **OWN[key]}.items()}
    assume((changes["threshold"], changes["threshold_test"]) != ("1", "more_than"))
    if key == "adoption-item" and draw(st.booleans()):
        changes |= {"for_marks_at_most": draw(LIMITS), "over_marked": "void"}
    return raw(key, **changes)


def ranking(order):
    """Write a ballot that ranks options in an order."""
    return " ".join(
        f"{number}:{rank}" for number, rank in sorted((n, r) for r, n in enumerate(order, start=1))
    )


def ballot_texts(form, options):
    """Draw one sheet: mostly ordinary, sometimes over-marked, doubled, off the list, blank or unreadable."""
    number = st.integers(1, options + 1 if options < 9 else options)
    if form == "mark":
        sheet = st.lists(number, max_size=options + 1).map(lambda found: " ".join(map(str, sorted(found))))
    elif form == "item":
        signs = st.lists(st.tuples(number, st.integers(0, 2)), max_size=options + 2)
        sheet = signs.map(lambda found: " ".join(f"{n}{'+-='[sign]}" for n, sign in sorted(found)))
    else:
        ranks = st.lists(st.tuples(number, st.integers(1, options + 2)), max_size=options)
        sheet = ranks.map(lambda found: " ".join(f"{n}:{rank}" for n, rank in sorted(found)))
        order = st.permutations(range(1, options + 1)).flatmap(
            lambda found: st.integers(0, options).map(lambda many: ranking(found[:many]))
        )
        sheet = st.one_of(order, order, sheet)
    return st.one_of(*[sheet] * 6, st.sampled_from(["", "?", "!"]))


@st.composite
def rounds(draw, keys=tuple(OWN)):
    """Draw a whole round: rules, list, ballots, attendance, places and purpose."""
    rule_set = draw(rule_sets(keys))
    options = draw(st.integers(0, 6))
    form = rule_set["values"]["form"]["value"]
    # A few sheets, each cast by several: equal votes come about as they do in a hall.
    pool = draw(st.lists(ballot_texts(form, options), min_size=1, max_size=6)) if options else [""]
    texts = draw(st.lists(st.sampled_from(pool), max_size=14))
    absent, late = draw(st.integers(0, 4)), draw(st.integers(0, 2))
    present = len(texts) + late
    # More sheets in the box than were handed out, now and then.
    issued = max(0, len(texts) + draw(st.sampled_from([0, 0, 0, 0, 1, 1, -1])))
    places = draw(
        st.integers(0, options + 1)
        if options < 2
        else st.integers(0, options - 1) | st.integers(0, options + 1)
    )
    purpose = draw(st.sampled_from(["adoption", "runoff", "second"]))
    sheets = draw(st.integers(0, min(len(texts), 3)))
    handed_out = min(issued, max(0, sheets + draw(st.sampled_from([0, 0, 0, 0, 1, -1]))))
    return (
        rule_set,
        options,
        texts,
        Attendance(present + absent, present, issued, len(texts), handed_out, sheets),
        places,
        purpose,
    )


def product(rule_set, options, texts, attendance, places, purpose):
    """Count by the product."""
    listed = [Option(number, str(number)) for number in range(1, options + 1)]
    ballots = [(f"{place:064x}", text) for place, text in enumerate(texts)]
    return count(rules_of(read_rule_set(rule_set)), listed, ballots, attendance, places, purpose)


def column(outcome, name):
    found = {one.number: getattr(one, name) for one in outcome.options}
    return None if None in found.values() else found


@settings(max_examples=1000, deadline=None)
@given(rounds())
def test_both_counts_agree(drawn):
    rule_set, options, texts, attendance, places, purpose = drawn
    outcome = product(*drawn)
    numbers = list(range(1, options + 1))
    naive = naive_count(
        rule_set, numbers, texts, attendance.entitled, attendance.present, attendance.issued, places, purpose,
        attendance.paper_issued, attendance.paper_recovered,
    )  # fmt: skip
    assert (outcome.state, outcome.valid, outcome.invalid) == (
        naive["state"],
        naive["valid"],
        naive["invalid"],
    )
    assert column(outcome, "votes") == naive["votes"]
    for name in ("against", "abstained", "rank_sum"):
        assert column(outcome, name) == naive[name] or not numbers
    assert set(outcome.chosen) == naive["chosen"]
    assert set(outcome.tied) == naive["tied"]
    assert (outcome.open_places, outcome.missing) == (naive["open"], naive["missing"])
    assert sorted(outcome.second) == naive["second"]


@settings(max_examples=200, deadline=None)
@given(rounds(), st.randoms())
def test_the_order_of_the_ballots_changes_nothing(drawn, chance):
    rule_set, options, texts, attendance, places, purpose = drawn
    mixed = list(texts)
    chance.shuffle(mixed)
    first, second = product(*drawn), product(rule_set, options, mixed, attendance, places, purpose)
    assert [one.reason for one in first.options] == [one.reason for one in second.options]
    assert (first.state, first.options, first.tied, first.second) == (
        second.state, second.options, second.tied, second.second,
    )  # fmt: skip
    assert Counter(str(reason) for _, reason in first.faults) == Counter(
        str(reason) for _, reason in second.faults
    )


@settings(max_examples=200, deadline=None)
@given(rounds())
def test_what_holds_of_any_count(drawn):
    _, options, texts, _, places, purpose = drawn
    outcome = product(*drawn)
    assert outcome.valid + outcome.invalid == len(texts) == outcome.valid + len(outcome.faults)
    assert len(outcome.chosen) + outcome.open_places <= places
    assert len(outcome.tied) > outcome.open_places or not outcome.tied
    assert [one.number for one in sorted(outcome.options, key=lambda one: one.number)] == [
        *range(1, options + 1)
    ]
    for one in outcome.options:
        assert 0 <= one.votes <= outcome.valid
        if one.against is not None:
            assert one.votes + one.against + one.abstained + one.voided == outcome.valid
        if one.state == "failed" and outcome.state not in {"void", "no_quorum"}:
            assert purpose != "runoff"
            assert one.votes < outcome.needed
        elif outcome.needed is not None and one.state != "failed":
            assert one.votes >= outcome.needed
    assert not set(outcome.second) & set(outcome.chosen)


STANDING = ["failed", "beyond", "tied", "chosen"]


@settings(max_examples=300, deadline=None)
@given(rounds(keys=("adoption-mark", "adoption-item", "adoption-rank")), st.data())
def test_one_ballot_more_for_an_item_never_lowers_it(drawn, data):
    rule_set, options, texts, attendance, places, purpose = drawn
    assume(options and places and not attendance.is_overfull)
    form = rule_set["values"]["form"]["value"]
    number = data.draw(st.integers(1, options))
    text = {"mark": f"{number}", "item": f"{number}+", "rank": f"{number}:1"}[form]
    # Somebody who was there and had not cast a ballot casts one for this item alone.
    before = Attendance(
        attendance.entitled + 1, attendance.present + 1, attendance.issued + 1, attendance.recovered,
        attendance.paper_issued, attendance.paper_recovered,
    )  # fmt: skip
    after = replace(before, recovered=before.recovered + 1)
    first = product(rule_set, options, texts, before, places, purpose)
    second = product(rule_set, options, [*texts, text], after, places, purpose)
    old, new = (next(one for one in found.options if one.number == number) for found in (first, second))
    assert new.votes == old.votes + 1
    assert STANDING.index(new.state) >= STANDING.index(old.state)
    assert second.options.index(new) <= first.options.index(old)
