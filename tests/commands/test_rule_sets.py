"""A congress's own rules: copied, edited with a source, approved by a leader, and then as they are."""

import json

import pytest
from sqlalchemy import select

from dashboard.commands.rounds_prepare import edit_round
from dashboard.commands.rule_sets import (
    NewValue,
    approve_rule_set,
    copy_rule_set,
    drop_rule_value,
    edit_rule_set,
)
from dashboard.gate import Call
from dashboard.rules.roles import Role
from dashboard.rules.rule_set_values import GIVEN, alternatives, is_written, typed_value
from dashboard.rules.rule_sets import Rules, read_rule_set, rules_of
from dashboard.store.record import verify
from dashboard.store.rule_sets import raw_of
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.record import OwnRuleSet
from dashboard.store.transactions import Store
from tests.commands.people import TOWNSHIP, call_of, person, refusal
from tests.commands.sessions import CONGRESS, filled, session_of
from tests.rules.adoption import FILES

LAW = "县人大议事规则第十二条"


def acting(store: Store, role: Role) -> Call:
    return call_of(store, person(store, role))


def value(name: str, text: str, source: str = LAW) -> NewValue:
    return NewValue(name=name, value=text, source=source, note="说明")


def stored(store: Store) -> list[OwnRuleSet]:
    with store.system().reading() as session:
        return list(session.scalars(select(OwnRuleSet).order_by(OwnRuleSet.version)))


def test_a_copy_is_edited_approved_and_voted_by(loaded_store: Store) -> None:
    made = copy_rule_set(acting(loaded_store, Role.CLERK), "adoption-mark@1")
    edit_rule_set(acting(loaded_store, Role.CLERK), made, value("publish_box", "digest"))
    edit_rule_set(acting(loaded_store, Role.CLERK), made, value("marks_at_most", "8"))
    edit_rule_set(acting(loaded_store, Role.CLERK), made, value("shuffled", "yes"))
    (row,) = stored(loaded_store)
    assert (row.key, row.version, row.approved_at) == ("own-adoption-mark", 1, None)
    assert row.body["values"]["publish_box"] == {"value": "digest", "source": LAW, "note": "说明"}
    assert row.body["values"]["marks_at_most"]["value"] == 8
    assert row.body["values"]["shuffled"]["value"] is True
    with loaded_store.system().reading() as session:
        assert raw_of(session, "own-adoption-mark@1") is None
    approve_rule_set(acting(loaded_store, Role.LEADER), made)
    played = session_of(loaded_store)
    edit_round(played.call(played.clerk), played.round_id, filled(played, rule_set="own-adoption-mark@1"))
    with loaded_store.system().reading() as session:
        assert verify(session, CONGRESS) is None


def test_an_approved_set_does_not_change_and_another_version_is_copied(demo_store: Store) -> None:
    made = copy_rule_set(acting(demo_store, Role.CLERK), "adoption-mark@1")
    assert refusal(copy_rule_set, acting(demo_store, Role.CLERK), "adoption-mark@1") == "rule_set_draft_there"
    approve_rule_set(acting(demo_store, Role.LEADER), made)
    changed = value("publish_box", "digest")
    assert refusal(edit_rule_set, acting(demo_store, Role.CLERK), made, changed) == "rule_set_approved"
    assert refusal(approve_rule_set, acting(demo_store, Role.LEADER), made) == "rule_set_approved"
    copy_rule_set(acting(demo_store, Role.CLERK), "own-adoption-mark@1")
    assert [(row.key, row.version) for row in stored(demo_store)] == [
        ("own-adoption-mark", 1), ("own-adoption-mark", 2),
    ]  # fmt: skip


def test_values_that_cannot_stand_together_are_not_approved(demo_store: Store) -> None:
    made = copy_rule_set(acting(demo_store, Role.CLERK), "adoption-mark@1")
    edit_rule_set(acting(demo_store, Role.CLERK), made, value("marks_exactly", "yes"))
    assert refusal(approve_rule_set, acting(demo_store, Role.LEADER), made) == "rule_set_invalid"
    edit_rule_set(acting(demo_store, Role.CLERK), made, value("under_marked", "void"))
    edit_rule_set(acting(demo_store, Role.CLERK), made, value("quorum", "a third"))
    assert refusal(approve_rule_set, acting(demo_store, Role.LEADER), made) == "rule_set_invalid"
    edit_rule_set(acting(demo_store, Role.CLERK), made, value("quorum", "3/4"))
    edit_rule_set(acting(demo_store, Role.CLERK), made, value("blank_ballot", "void"))
    approve_rule_set(acting(demo_store, Role.LEADER), made)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (value("receipt", "with_names"), "rule_value_unknown"),
        (value("no_such_rule", "yes"), "rule_value_unknown"),
        (value("form", "item"), "rule_value_unknown"),
        (value("write_in", "yes"), "rule_value_unknown"),
        (value("receipt", "none", source=" "), "rule_value_source"),
        (value("quorum", " "), "rule_value_source"),
    ],
)
def test_a_value_that_is_none_is_refused(demo_store: Store, changed: NewValue, code: str) -> None:
    made = copy_rule_set(acting(demo_store, Role.CLERK), "adoption-mark@1")
    before = stored(demo_store)[0].body
    assert refusal(edit_rule_set, acting(demo_store, Role.CLERK), made, changed) == code
    assert stored(demo_store)[0].body == before


def test_a_limit_on_for_marks_is_added_and_taken_out_again(loaded_store: Store) -> None:
    clerk, leader = acting(loaded_store, Role.CLERK), acting(loaded_store, Role.LEADER)
    made = copy_rule_set(clerk, "adoption-item@1")
    edit_rule_set(clerk, made, value("for_marks_at_most", "5"))
    # Without what going beyond it does the limit says nothing.
    assert refusal(approve_rule_set, leader, made) == "rule_set_invalid"
    edit_rule_set(clerk, made, value("over_marked", "void"))
    assert rules_of(read_rule_set(stored(loaded_store)[0].body)).for_marks_at_most == 5
    for name in ("for_marks_at_most", "over_marked"):
        drop_rule_value(clerk, made, name)
    shipped = json.loads((FILES / "adoption-item@1.json").read_text("utf-8"))["values"]
    assert stored(loaded_store)[0].body["values"] == shipped
    for name in ("for_marks_at_most", "over_marked"):
        edit_rule_set(clerk, made, value(name, "places" if name == "for_marks_at_most" else "void"))
    approve_rule_set(leader, made)
    assert refusal(drop_rule_value, clerk, made, "over_marked") == "rule_set_approved"
    played = session_of(loaded_store, rule_set="own-adoption-item@1", places=2)
    played.open()
    assert refusal(played.vote, played.seats[9], "1+ 2+ 3+") == "ballot_over_marked"
    played.vote(played.seats[9], "1+ 2+ 3-")
    with loaded_store.system().reading() as session:
        assert verify(session, CONGRESS) is None


def test_what_belongs_to_another_form_or_must_be_there_is_neither_added_nor_taken_out(
    demo_store: Store,
) -> None:
    clerk = acting(demo_store, Role.CLERK)
    made = copy_rule_set(clerk, "adoption-mark@1")
    before = stored(demo_store)[0].body
    assert refusal(edit_rule_set, clerk, made, value("for_marks_at_most", "places")) == "rule_value_unknown"
    assert refusal(edit_rule_set, clerk, made, value("ranks_at_most", "places")) == "rule_value_unknown"
    for name, code in (
        ("over_marked", "rule_value_needed"), ("form", "rule_value_needed"),
        ("for_marks_at_most", "rule_value_unknown"),
    ):  # fmt: skip
        assert refusal(drop_rule_value, clerk, made, name) == code
    leader = acting(demo_store, Role.LEADER)
    assert refusal(drop_rule_value, leader, made, "over_marked") == "not_allowed"
    assert stored(demo_store)[0].body == before


def test_the_limited_set_of_the_product_is_voted_by(demo_store: Store) -> None:
    played = session_of(demo_store, rule_set="adoption-item-limited@1", places=2)
    played.open()
    assert refusal(played.vote, played.seats[9], "1+ 2+ 3+") == "ballot_over_marked"
    played.vote(played.seats[9], "1+ 2+ 3- 4-")


def test_who_edits_and_who_approves(demo_store: Store) -> None:
    made = copy_rule_set(acting(demo_store, Role.CLERK), "adoption-mark@1")
    changed = value("publish_box", "digest")
    assert refusal(approve_rule_set, acting(demo_store, Role.CLERK), made) == "not_allowed"
    assert refusal(edit_rule_set, acting(demo_store, Role.LEADER), made, changed) == "not_allowed"
    stranger = call_of(demo_store, person(demo_store, Role.CLERK, TOWNSHIP), TOWNSHIP)
    assert refusal(edit_rule_set, stranger, made, changed) == "not_found"
    assert refusal(edit_rule_set, acting(demo_store, Role.CLERK), new_id(), changed) == "not_found"
    assert refusal(copy_rule_set, stranger, "own-adoption-mark@1") == "rule_set_unknown"


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("grades-zhenhai@1", "rule_set_fixed"),
        ("adoption-mark@2", "rule_set_unknown"),
        ("own-adoption-mark@1", "rule_set_unknown"),
        ("own-adoption-mark@" + "9" * 40, "rule_set_unknown"),
        ("", "rule_set_unknown"),
    ],
)
def test_what_cannot_be_copied(demo_store: Store, reference: str, code: str) -> None:
    assert refusal(copy_rule_set, acting(demo_store, Role.CLERK), reference) == code


@pytest.mark.parametrize("name", sorted(set(Rules.model_fields) - GIVEN))
def test_every_value_can_be_chosen_or_written(name: str) -> None:
    assert alternatives(name) or is_written(name)
    for text in alternatives(name):
        assert typed_value(name, text) in {text, True, False}


def test_what_is_chosen_and_what_is_written() -> None:
    assert alternatives("receipt") == ("none", "counted_only", "with_marks")
    assert alternatives("secret") == ("yes", "no")
    assert alternatives("marks_at_most") == ("places", "any")
    assert [name for name in ("quorum", "marks_at_most", "receipt", "secret", "form") if is_written(name)] == [
        "quorum", "marks_at_most",
    ]  # fmt: skip
    assert (typed_value("marks_at_most", "12"), typed_value("quorum", "12")) == (12, "12")
