"""Every value that a rule set can hold has its words, and the notes of the product's own are told in Chinese."""

import json
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import pytest

from dashboard.i18n import MissingWord, words
from dashboard.rules.rule_set_values import POINT_VALUES, is_written, text_of
from dashboard.rules.rule_sets import Rules
from dashboard.rules.supervision_rules import DEFAULTS, MODELS
from dashboard.web.parts import watching_rules
from dashboard.web.parts.rounds_rules import NOTES, rule_name, rule_value
from tests.rules.adoption import FILES, raw

ADOPTION = sorted(path.stem.partition("@")[0] for path in FILES.glob("adoption-*.json"))


def told(language: str, name: str, value: object) -> str:
    """Return a value in words, as the page of a round asks for them."""
    text = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    try:
        return words(language)(f"round.value.{name}.{text}")
    except MissingWord:
        return words(language)(f"round.value.{name}", value=text)


def choices(annotation: Any) -> list[object]:
    """Return what a value may be, one of each sort."""
    if annotation is bool:
        return [False, True]
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    if get_origin(annotation) in {Union, UnionType}:
        return [found for part in get_args(annotation) for found in choices(part)]
    if annotation is int or int in get_args(annotation):
        return [3]
    return []


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("name", sorted(Rules.model_fields))
def test_every_value_that_can_be_has_words(language: str, name: str) -> None:
    assert words(language)(f"round.rule.{name}")
    for value in choices(Rules.model_fields[name].annotation) or ["1/2"]:
        assert told(language, name, value)


def test_every_note_of_the_product_is_told_in_both_languages() -> None:
    english = words("en")
    known = {english(f"round.note.{name}") for name in NOTES}
    written = {one["note"] for key in ADOPTION for one in raw(key)["values"].values()}
    assert len(ADOPTION) == 7
    assert written == known


WATCHING = [(model, name) for model in MODELS for name in model.model_fields]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize(("model", "name"), WATCHING, ids=lambda one: getattr(one, "__name__", one))
def test_every_value_of_supervision_that_can_be_has_words(language: str, model: Any, name: str) -> None:
    speech = words(language)
    assert isinstance(rule_name(speech, name), str)
    for value in choices(model.model_fields[name].annotation) or [list(model.model_fields[name].default)]:
        # What has no words is told as data, in a span of its own.
        assert isinstance(rule_value(speech, name, text_of(value)), str)


def test_every_note_of_supervision_is_told_in_both_languages() -> None:
    english = words("en")
    known = {english(f"round.note.{name}") for name in watching_rules.NOTES}
    found = [json.loads(path.read_text("utf-8")) for path in sorted(FILES.glob("*@*.json"))]
    written = {value["note"] for one in found if one["kind"] in DEFAULTS for value in one["values"].values()}
    assert len(written) == len(known) == len(watching_rules.NOTES) == 52
    assert written == known


def test_percent_and_points_are_written_as_they_are_typed() -> None:
    english = words("en")
    assert rule_value(english, "amber_from", "-1000") == (
        "deviation of at least \N{MINUS SIGN}10.0 points; below it, red"
    )
    assert rule_value(english, "red_below_share", "3000") == "less than 30.0% reported"
    assert rule_value(english, "day_of_next_month", "5") == "by day 5 of the next month"
    assert rule_value(english, "states", "early lagging") == "finished early, behind"
    # What nobody has checked yet is shown as it was typed.
    assert rule_value(english, "jump", "a lot") == "more than a lot points in a month"
    assert POINT_VALUES >= watching_rules.DEVIATIONS
    assert all(is_written(name, model) for model, name in WATCHING if name in POINT_VALUES)
