"""By which rules projects are watched: chosen by the clerk, confirmed by a leader, own ones once approved."""

from uuid import UUID

import pytest
from sqlalchemy import select

from dashboard.commands.rule_sets import (
    NewValue,
    approve_rule_set,
    copy_rule_set,
    discard_rule_set,
    edit_rule_set,
)
from dashboard.commands.rules_in_force import choose_rules, confirm_rules, decline_rules
from dashboard.gate import Call
from dashboard.rules.lights import FiveLights, FourStates
from dashboard.rules.roles import Role
from dashboard.rules.supervision_rules import SupervisionRules
from dashboard.store.loading.gathering import key_of
from dashboard.store.record import verify
from dashboard.store.rules_in_force import rules_in_force
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.record import Act, OwnRuleSet, RuleChoice
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person, refusal

DECISION = "县人大常委会主任会议2025年第3次会议"


def acting(store: Store, role: Role) -> Call:
    return call_of(store, person(store, role))


def in_force(store: Store, code: str = COUNTY) -> SupervisionRules:
    with store.system().reading() as session:
        return rules_in_force(session, key_of("congress", code))


def choices(store: Store) -> list[RuleChoice]:
    with store.system().reading() as session:
        return list(session.scalars(select(RuleChoice).order_by(RuleChoice.chosen_at, RuleChoice.id)))


def value(name: str, text: str) -> NewValue:
    return NewValue(name=name, value=text, source=DECISION)


def test_a_choice_holds_once_a_leader_confirms_it_and_only_in_its_congress(loaded_store: Store) -> None:
    chosen = choose_rules(acting(loaded_store, Role.CLERK), "lights-four@1")
    assert in_force(loaded_store) == SupervisionRules()
    leader = acting(loaded_store, Role.LEADER)
    confirm_rules(leader, chosen)
    assert in_force(loaded_store) == SupervisionRules(lights=FourStates())
    assert in_force(loaded_store, TOWNSHIP) == SupervisionRules()
    (row,) = choices(loaded_store)
    assert (row.from_day, row.confirmed_by) == (leader.today, leader.actor.appointment_id)
    assert refusal(confirm_rules, acting(loaded_store, Role.LEADER), chosen) == "rules_confirmed_already"
    assert refusal(decline_rules, acting(loaded_store, Role.LEADER), chosen) == "rules_confirmed_already"
    with loaded_store.system().reading() as session:
        assert verify(session, key_of("congress", COUNTY)) is None
        kinds = list(session.scalars(select(Act.kind).where(Act.kind.like("rules_%")).order_by(Act.number)))
    assert kinds == ["rules_chosen", "rules_confirmed"]


def test_going_back_to_what_comes_with_the_product_is_a_choice_too(demo_store: Store) -> None:
    assert refusal(choose_rules, acting(demo_store, Role.CLERK), "due-day@1") == "rules_in_force_already"
    five = choose_rules(acting(demo_store, Role.CLERK), "lights-five@1")
    confirm_rules(acting(demo_store, Role.LEADER), five)
    assert refusal(choose_rules, acting(demo_store, Role.CLERK), "lights-five@1") == "rules_in_force_already"
    assert in_force(demo_store).lights == FiveLights()
    back = choose_rules(acting(demo_store, Role.CLERK), "lights-default@1")
    confirm_rules(acting(demo_store, Role.LEADER), back)
    assert in_force(demo_store) == SupervisionRules()


def test_another_choice_takes_back_the_one_that_waits_and_a_leader_declines(demo_store: Store) -> None:
    first = choose_rules(acting(demo_store, Role.CLERK), "lights-five@1")
    second = choose_rules(acting(demo_store, Role.CLERK), "lights-four@1")
    assert [row.id for row in choices(demo_store)] == [second]
    assert refusal(confirm_rules, acting(demo_store, Role.LEADER), first) == "not_found"
    decline_rules(acting(demo_store, Role.LEADER), second)
    assert choices(demo_store) == []
    assert in_force(demo_store) == SupervisionRules()


def test_an_own_set_is_copied_edited_in_percent_approved_and_chosen(loaded_store: Store) -> None:
    made = copy_rule_set(acting(loaded_store, Role.CLERK), "lights-default@1")
    for name, text in (("green_from", "-2.5"), ("amber_from", "−8%"), ("stalled_months", "3")):
        edit_rule_set(acting(loaded_store, Role.CLERK), made, value(name, text))
    reference = "own-lights-default@1"
    assert refusal(choose_rules, acting(loaded_store, Role.CLERK), reference) == "rule_set_unknown"
    approve_rule_set(acting(loaded_store, Role.LEADER), made)
    confirm_rules(
        acting(loaded_store, Role.LEADER), choose_rules(acting(loaded_store, Role.CLERK), reference)
    )
    lights = in_force(loaded_store).lights
    assert lights == type(SupervisionRules().lights)(green_from=-250, amber_from=-800, stalled_months=3)
    assert in_force(loaded_store, TOWNSHIP) == SupervisionRules()


@pytest.mark.parametrize(
    ("reference", "name", "text"),
    [
        ("due-day@1", "day_of_next_month", "31"),
        ("due-day@1", "day_of_next_month", "the tenth"),
        ("lights-default@1", "green_from", "-12"),
        ("lights-four@1", "tolerance", "-2"),
        ("lights-five@1", "red_below_share", "70"),
        ("report-quality@1", "jump", "1e309"),
        ("escalation@1", "talk_after_months", "0"),
    ],
)
def test_what_does_not_stand_is_not_approved(demo_store: Store, reference: str, name: str, text: str) -> None:
    made = copy_rule_set(acting(demo_store, Role.CLERK), reference)
    edit_rule_set(acting(demo_store, Role.CLERK), made, value(name, text))
    assert refusal(approve_rule_set, acting(demo_store, Role.LEADER), made) == "rule_set_invalid"


@pytest.mark.parametrize(
    ("reference", "name", "text"),
    [
        ("lights-five@1", "blue_when", "finished"),
        ("lights-default@1", "states", "green red"),
        ("plan-changes@1", "cancel_county", "mayor"),
        ("due-day@1", "time_zone", "UTC"),
        ("due-day@1", "quorum", "1/2"),
    ],
)
def test_a_value_that_cannot_be_chosen_is_refused(
    demo_store: Store, reference: str, name: str, text: str
) -> None:
    made = copy_rule_set(acting(demo_store, Role.CLERK), reference)
    changed = value(name, text)
    assert refusal(edit_rule_set, acting(demo_store, Role.CLERK), made, changed) == "rule_value_unknown"


def test_a_draft_can_be_taken_away_and_an_approved_set_cannot(demo_store: Store) -> None:
    made = copy_rule_set(acting(demo_store, Role.CLERK), "flags@1")
    assert refusal(discard_rule_set, acting(demo_store, Role.LEADER), made) == "not_allowed"
    discard_rule_set(acting(demo_store, Role.CLERK), made)
    with demo_store.system().reading() as session:
        assert session.scalars(select(OwnRuleSet)).all() == []
    again = copy_rule_set(acting(demo_store, Role.CLERK), "flags@1")
    approve_rule_set(acting(demo_store, Role.LEADER), again)
    assert refusal(discard_rule_set, acting(demo_store, Role.CLERK), again) == "rule_set_approved"


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("adoption-mark@1", "rules_not_chosen_so"),
        ("grades-zhenhai@1", "rules_not_chosen_so"),
        ("lights-nine@1", "rule_set_unknown"),
        ("own-lights-default@1", "rule_set_unknown"),
        ("", "rule_set_unknown"),
    ],
)
def test_what_cannot_be_chosen(demo_store: Store, reference: str, code: str) -> None:
    assert refusal(choose_rules, acting(demo_store, Role.CLERK), reference) == code


def test_who_chooses_and_who_confirms(demo_store: Store) -> None:
    chosen = choose_rules(acting(demo_store, Role.CLERK), "lights-five@1")
    assert refusal(choose_rules, acting(demo_store, Role.LEADER), "lights-four@1") == "not_allowed"
    assert refusal(confirm_rules, acting(demo_store, Role.CLERK), chosen) == "not_allowed"
    stranger = call_of(demo_store, person(demo_store, Role.LEADER, TOWNSHIP), TOWNSHIP)
    assert refusal(confirm_rules, stranger, chosen) == "not_found"
    assert refusal(confirm_rules, acting(demo_store, Role.LEADER), new_id()) == "not_found"
    assert isinstance(chosen, UUID)
