"""Every value that a rule set can hold has its words, and the notes of the product's own are told in Chinese."""

from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import pytest

from dashboard.i18n import MissingWord, words
from dashboard.rules.rule_sets import Rules
from dashboard.web.parts.rounds_rules import NOTES
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
