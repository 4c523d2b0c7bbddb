"""What each value of a rule set may be, read from the model of its kind; and a value as it is typed or shown."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from dashboard.rules.rule_sets import ADOPTION, OPTIONAL, POINTS, Rules, RuleSet, rules_of
from dashboard.rules.supervision_rules import MODELS, model_of, supervision_values

YES, NO = "yes", "no"
# A set is copied from one of the form that is wanted: another form has other values.
GIVEN = frozenset({"form", "answers", "write_in"})
NUMBER = re.compile(r"-?[0-9]{1,6}")
PERCENT = re.compile(r"(-?)([0-9]{1,3})(?:\.([0-9]{1,2}))?%?")
# Both ways in which a union can be written.
UNIONS = frozenset({Union, type(int | str)})

Model = type[BaseModel]


# The names of all values that are kept in basis points, of whatever kind.
POINT_VALUES = frozenset(
    name for of in MODELS for name, field in of.model_fields.items() if POINTS in field.metadata
)


def model(body: Mapping[str, Any]) -> Model:
    """Return what types the values of a rule set in its JSON form; of lights the form that its values show."""
    kind = str(body["kind"])
    return Rules if kind == ADOPTION else model_of(kind, body["values"])


def optional_values(body: Mapping[str, Any]) -> frozenset[str]:
    """Return the values that a rule set of this form may have and need not."""
    form = body["values"].get("form", {}).get("value") if body["kind"] == ADOPTION else ""
    return OPTIONAL.get(form, frozenset())


def check_values(rule_set: RuleSet) -> None:
    """Raise RuleSetInvalid where the values of a rule set do not stand."""
    if rule_set.kind == ADOPTION:
        rules_of(rule_set)
    else:
        supervision_values(rule_set)


def alternatives(name: str, of: Model = Rules) -> tuple[str, ...]:
    """Return what a value may be chosen from, as text; empty where it is written (a share, a number) or given."""
    if _is_given(name, of):
        return ()
    return tuple(_choices(of.model_fields[name].annotation))


def is_written(name: str, of: Model = Rules) -> bool:
    """Tell whether a value is typed: a share, a number, or a number beside the words that it may be."""
    if _is_given(name, of):
        return False
    return not alternatives(name, of) or _takes_number(of.model_fields[name].annotation)


def is_points(name: str, of: Model = Rules) -> bool:
    """Tell whether a value is kept in basis points, and so is typed and shown as percent."""
    return name in of.model_fields and POINTS in of.model_fields[name].metadata


def typed_value(name: str, text: str, of: Model = Rules) -> bool | int | str:
    """Return a value from its text: yes and no, percent, a number where the value takes one, else the text."""
    annotation = of.model_fields[name].annotation
    if annotation is bool:
        return text == YES
    plain = text.strip().replace("\N{MINUS SIGN}", "-").replace("\N{FULLWIDTH PERCENT SIGN}", "%")
    if is_points(name, of):
        return _points(plain)
    if _takes_number(annotation) and NUMBER.fullmatch(plain):
        return int(plain)
    return plain


def text_of(value: object) -> str:
    """Return a value as text: true and false as yes and no, lists joined."""
    if isinstance(value, bool):
        return YES if value else NO
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _points(plain: str) -> int | str:
    """Return percent as basis points; what is none stays as it was typed, for the approval to refuse."""
    found = PERCENT.fullmatch(plain)
    if found is None:
        return plain
    sign, whole, part = found.groups()
    return int(f"{sign}1") * (int(whole) * 100 + int((part or "").ljust(2, "0")))


def _is_given(name: str, of: Model) -> bool:
    """Tell whether a value cannot be another: it tells the form, or there is one choice only."""
    if name in GIVEN or name not in of.model_fields:
        return True
    annotation = of.model_fields[name].annotation
    if get_origin(annotation) is tuple:
        return True
    return of is not Rules and get_origin(annotation) is Literal and len(get_args(annotation)) == 1


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
