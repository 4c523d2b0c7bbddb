"""The rules of supervision as they come with the product, and what is wrong with others."""

import json
from datetime import date

import pytest

from dashboard.rules.lights import FiveLights, FourStates, ThreeLights
from dashboard.rules.plan_changes import CHANGE_KINDS, ChangeRules
from dashboard.rules.rule_sets import RuleSetInvalid, read_rule_set
from dashboard.rules.supervision_rules import (
    DEFAULTS,
    DueRules,
    SupervisionRules,
    due_day,
    last_day,
    read_supervision_rules,
    supervision_values,
)
from tests.rules.adoption import FILES, raw


def of(reference, **changes):
    return read_rule_set(raw(reference.removesuffix("@1"), **changes))


def monday_to_friday(day):
    return day.weekday() < 5


def test_the_files_of_the_product_say_what_holds_without_any():
    assert len(DEFAULTS) == 6
    assert read_supervision_rules({kind: of(name) for kind, name in DEFAULTS.items()}) == SupervisionRules()
    assert read_supervision_rules({}) == SupervisionRules()


def test_every_rule_set_of_supervision_reads():
    found = {}
    for path in FILES.glob("*@*.json"):
        one = read_rule_set(json.loads(path.read_text("utf-8")))
        if one.kind in DEFAULTS:
            found[one.reference] = supervision_values(one)
    assert set(DEFAULTS.values()) < found.keys()
    assert isinstance(found["lights-default@1"], ThreeLights)
    assert found["lights-five@1"] == FiveLights()
    assert found["lights-four@1"] == FourStates()


@pytest.mark.parametrize(
    ("reference", "changes", "code", "name"),
    [
        ("due-day@1", {"grace_days": None}, "missing_value", "grace_days"),
        ("due-day@1", {"hour": 3}, "unknown_value", "hour"),
        ("due-day@1", {"day_of_next_month": 31}, "bad_value", "day_of_next_month"),
        ("due-day@1", {"day_of_next_month": "5"}, "bad_value", "day_of_next_month"),
        ("plan-changes@1", {"cancel_county": "mayor"}, "bad_value", "cancel_county"),
        ("lights-default@1", {"green_from": -2000}, "contradiction", "green_from amber_from"),
        ("lights-default@1", {"symbols": ["disc"] * 5}, "contradiction", "states symbols"),
        (
            "lights-five@1",
            {"orange_below_share": 2000},
            "contradiction",
            "red_below_share orange_below_share",
        ),
        ("grades-zhenhai@1", {}, "other_kind", "grades"),
    ],
)
def test_what_does_not_stand_is_named(reference, changes, code, name):
    with pytest.raises(RuleSetInvalid) as refused:
        supervision_values(of(reference, **changes))
    assert (refused.value.code, refused.value.name) == (code, name)


def test_the_due_day_moves_to_the_next_working_day():
    rules = DueRules()
    # The 5th of April, July and October 2025: a Saturday, a Saturday, a Sunday.
    assert due_day(date(2025, 3, 31), rules, monday_to_friday) == date(2025, 4, 7)
    assert due_day(date(2025, 6, 1), rules, monday_to_friday) == date(2025, 7, 7)
    assert due_day(date(2025, 9, 30), rules, monday_to_friday) == date(2025, 10, 6)
    assert due_day(date(2025, 12, 31), rules, monday_to_friday) == date(2026, 1, 5)
    assert due_day(date(2025, 9, 30), DueRules(on_day_off="same_day"), monday_to_friday) == date(2025, 10, 5)


def test_days_of_grace_are_in_time():
    september = date(2025, 9, 30)
    assert last_day(september, DueRules(), monday_to_friday) == date(2025, 10, 6)
    assert last_day(september, DueRules(grace_days=2), monday_to_friday) == date(2025, 10, 8)


def test_who_decides_a_change_depends_on_kind_and_level():
    rules = ChangeRules()
    assert {kind: rules.deciders(kind, "county") for kind in CHANGE_KINDS} == {
        "schedule": ("government",),
        "scope": ("standing_committee",),
        "amount": ("standing_committee",),
        "cancel": ("standing_committee",),
    }
    assert rules.deciders("schedule", "township") == ("government",)
    assert rules.deciders("cancel", "township") == ("presidium", "congress")
    assert rules.deciders("scope", "city") == ("standing_committee",)
