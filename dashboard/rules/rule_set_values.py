"""What each value of an adoption rule set may be, read from its model; and a value as it is typed or shown."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from dashboard.rules.rule_sets import Rules

YES, NO = "yes", "no"
# A set is copied from one of the form that is wanted: another form has other values.
GIVEN = frozenset({"form", "answers", "write_in"})
LONGEST_NUMBER = 3
# Both ways in which a union can be written.
UNIONS = frozenset({Union, type(int | str)})


def alternatives(name: str) -> tuple[str, ...]:
    """Return what a value may be chosen from, as text; empty where it is written (a share) or given."""
    if name in GIVEN or name not in Rules.model_fields:
        return ()
    return tuple(_choices(Rules.model_fields[name].annotation))


def is_written(name: str) -> bool:
    """Tell whether a value is typed: a share, or a number beside the words that it may be."""
    if name in GIVEN or name not in Rules.model_fields:
        return False
    return not alternatives(name) or _takes_number(Rules.model_fields[name].annotation)


def typed_value(name: str, text: str) -> bool | int | str:
    """Return a value from its text: yes and no, a number where the value takes one, else the text."""
    annotation = Rules.model_fields[name].annotation
    if annotation is bool:
        return text == YES
    plain = text.strip()
    if _takes_number(annotation) and plain.isascii() and plain.isdecimal() and len(plain) <= LONGEST_NUMBER:
        return int(plain)
    return plain


def text_of(value: object) -> str:
    """Return a value as text: true and false as yes and no, lists joined."""
    if isinstance(value, bool):
        return YES if value else NO
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _choices(annotation: Any) -> Iterator[str]:
    if annotation is bool:
        yield from (YES, NO)
    elif get_origin(annotation) is Literal:
        yield from map(str, get_args(annotation))
    elif get_origin(annotation) in UNIONS:
        for part in get_args(annotation):
            yield from _choices(part)


def _takes_number(annotation: Any) -> bool:
    if get_origin(annotation) is Annotated:
        return _takes_number(get_args(annotation)[0])
    if get_origin(annotation) in UNIONS:
        return any(_takes_number(part) for part in get_args(annotation))
    return annotation is int
