import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.i18n import words
from dashboard.rules.rule_sets import (
    BELOW,
    OF_FORM,
    RuleSetInvalid,
    needs_confirmation,
    read_rule_set,
    rules_of,
)
from tests.rules.adoption import FILES, raw, rules

ADOPTION = sorted(path.stem.partition("@")[0] for path in FILES.glob("adoption-*.json"))


def refused(changed):
    with pytest.raises(RuleSetInvalid) as found:
        read_rule_set(changed)
    return found.value.code, found.value.name


def test_the_product_brings_all_forms():
    assert ADOPTION == [
        "adoption-exact", "adoption-item", "adoption-item-limited", "adoption-mark", "adoption-mark-open",
        "adoption-present", "adoption-rank",
    ]  # fmt: skip
    assert {rules(key).form for key in ADOPTION} == set(OF_FORM)


@pytest.mark.parametrize("path", sorted(FILES.glob("*.json")), ids=lambda path: path.stem)
def test_every_rule_set_of_the_product_can_be_read(path):
    rule_set = read_rule_set(json.loads(path.read_text("utf-8")))
    assert rule_set.reference == path.stem
    assert rule_set.model_dump() == json.loads(path.read_text("utf-8"))


def test_the_usual_rules_are_those_of_the_law():
    # 地方组织法 14 and 25: two thirds present, more than half of all; domain 2.8 for the rest.
    found = rules()
    assert (found.quorum, found.quorum_base) == (Fraction(2, 3), "in_office")
    assert (found.threshold, found.threshold_test, found.threshold_base) == (
        Fraction(1, 2), "more_than", "in_office",
    )  # fmt: skip
    assert (found.marks_at_most, found.marks_exactly) == ("places", False)
    assert (found.over_marked, found.under_marked, found.blank_item) == ("void", "valid", "abstain")
    assert (found.recovered_over_issued, found.unclear_mark) == ("void", "void")
    assert (found.tie, found.second_tie, found.shortfall) == ("runoff", "presidium", "vacant")
    assert (found.secret, found.live_board, found.show_at_seal) == (True, False, False)
    assert (found.receipt, found.publish_box, found.publish_votes) == (
        "counted_only",
        "scrutineers",
        "numbers",
    )


def test_the_differences_between_the_rule_sets():
    assert (rules("adoption-exact").marks_exactly, rules("adoption-exact").under_marked) == (True, "void")
    assert rules("adoption-present").threshold_base == "present"
    opened = rules("adoption-mark-open")
    assert (opened.receipt, opened.publish_box) == ("with_marks", "public")
    rank = rules("adoption-rank")
    assert (rank.order, rank.threshold_counts) == ("votes_then_ranks", "among_places")


@pytest.mark.parametrize("key", ADOPTION)
def test_what_is_our_own_choice_says_so(key):
    values = raw(key)["values"]
    assert all(one["source"] == "ours" or len(one["source"]) > 5 for one in values.values())
    assert values["second_tie"]["source"] == "ours"
    if key == "adoption-rank":
        assert values["order"]["source"] == values["threshold_counts"]["source"] == "ours"


def test_an_unknown_name_is_refused():
    assert refused(raw(treshold="1/2")) == ("unknown_value", "treshold")
    # A value of another form is as unknown as a typing slip.
    assert refused(raw(double_answer="item_void")) == ("unknown_value", "double_answer")
    assert refused(raw("adoption-item", marks_exactly=True)) == ("unknown_value", "marks_exactly")


@pytest.mark.parametrize("key", ["adoption-mark", "adoption-item", "adoption-rank"])
def test_every_value_of_a_form_is_needed(key):
    names = list(raw(key)["values"])
    assert len(names) > 20
    for name in names:
        assert refused(raw(key, **{name: None})) == ("missing_value", name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("threshold", "0.5"), ("threshold", "1/0"), ("threshold", "3/2"), ("threshold", "-1/2"), ("threshold", "²/3"),
        ("threshold", "1/2/3"), ("threshold", ""), ("threshold", 1), ("quorum", "2/3 "),
        ("secret", 1), ("secret", "yes"), ("write_in", 0), ("publish_box", "everybody"),
        ("write_in", True), ("tie", "coin"), ("form", "stv"), ("marks_at_most", 0), ("marks_at_most", 1000),
        ("marks_at_most", True), ("marks_at_most", "ten"), ("recovered_over_issued", "valid"),
    ],
)  # fmt: skip
def test_a_value_that_is_none_of_those_allowed_is_refused(name, value):
    code, found = refused(raw(**{name: value}))
    assert (code, found.split(".")[0]) == ("bad_value", name)


@pytest.mark.parametrize(
    ("key", "changes", "names"),
    [
        ("adoption-mark", {"threshold": "1"}, "threshold threshold_test"),
        ("adoption-mark", {"live_board": True}, "secret live_board"),
        ("adoption-mark-open", {"publish_votes": "list"}, "publish_votes publish_box"),
        ("adoption-mark", {"publish_votes": "order", "publish_box": "public"}, "publish_votes publish_box"),
        ("adoption-mark", {"receipt": "none"}, "receipt change_allowed"),
        ("adoption-mark", {"marks_exactly": True}, "marks_exactly under_marked"),
        ("adoption-mark", {"under_marked": "void"}, "marks_exactly under_marked"),
        ("adoption-exact", {"marks_at_most": "any"}, "marks_exactly marks_at_most"),
        # A number would hold in the run-off too, where it is more than the tied.
        ("adoption-exact", {"marks_at_most": 10}, "marks_exactly marks_at_most"),
        ("adoption-mark", {"order": "votes_then_ranks"}, "form order"),
        ("adoption-rank", {"order": "votes"}, "form order"),
        ("adoption-item", {"for_marks_at_most": "places"}, "for_marks_at_most over_marked"),
        ("adoption-item", {"over_marked": "void"}, "for_marks_at_most over_marked"),
        ("adoption-item", {"answers": ["for", "against"]}, "form answers"),
    ],
)
def test_values_that_contradict_each_other_are_refused(key, changes, names):
    assert refused(raw(key, **changes)) == ("contradiction", names)


def test_values_that_differ_without_contradiction_are_allowed():
    assert rules(secret=False, live_board=True).live_board
    assert rules(threshold="1", threshold_test="at_least").threshold == 1
    for readers in ("digest", "scrutineers", "deputies"):
        assert rules(publish_votes="list", publish_box=readers).publish_votes == "list"
    assert not rules(receipt="none", change_allowed=False).change_allowed
    assert rules("adoption-item", for_marks_at_most=3, over_marked="void").for_marks_at_most == 3


@pytest.mark.parametrize(
    "spoil",
    [
        lambda found: found.pop("values"),
        lambda found: found.update(more=1),
        lambda found: found.update(version="1"),
        lambda found: found.update(key="Adoption Mark"),
        lambda found: found["name"].pop("en"),
        lambda found: found["name"].update(en=""),
        lambda found: found["values"]["quorum"].pop("source"),
        lambda found: found["values"]["quorum"].update(source=""),
        lambda found: found["values"]["quorum"].update(value=0.5),
        lambda found: found["values"]["quorum"].update(value=None),
        lambda found: found["values"].update(quorum="2/3"),
    ],
)
def test_what_is_no_rule_set_is_refused(spoil):
    changed = raw()
    spoil(changed)
    assert refused(changed)[0] == "not_a_rule_set"


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: (
    st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
), max_leaves=8))  # fmt: skip
def test_any_other_json_is_refused(value):
    assert refused(value)[0] == "not_a_rule_set"


def test_other_kinds_are_read_but_never_counted_by():
    lights = read_rule_set(json.loads((FILES / "lights-default@1.json").read_text("utf-8")))
    with pytest.raises(RuleSetInvalid) as found:
        rules_of(lights)
    assert (found.value.code, found.value.name) == ("other_kind", "lights")


@pytest.mark.parametrize(
    ("changes", "below"),
    [
        ({}, []),
        ({"threshold": "2/3", "threshold_test": "at_least"}, []),
        ({"threshold_base": "present"}, ["base_present"]),
        ({"threshold_base": "valid_ballots"}, ["base_valid_ballots"]),
        ({"threshold": "1/3"}, ["threshold"]),
        ({"threshold_test": "at_least"}, ["exact_half"]),
        ({"quorum": "1/2"}, ["quorum"]),
        ({"quorum": "3/4"}, []),
        (
            {"threshold": "1/3", "threshold_base": "present", "quorum": "1/2"},
            ["base_present", "threshold", "quorum"],
        ),
    ],
)
def test_what_is_below_the_law_needs_a_leader(changes, below):
    found = needs_confirmation(rules(**changes))
    assert [one.code.removeprefix("rule_set.below.") for one in found] == below
    assert set(below) <= set(BELOW)
    for one in found:
        for language in ("zh-CN", "en"):
            assert "{" not in words(language)(one.code, **one.facts)
