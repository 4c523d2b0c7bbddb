"""Callback answers as JSON, written by orjson alone: Dash first copies every value of an answer in Python."""

from typing import Any

import orjson
from dash import _callback
from dash._utils import to_json
from dash.development.base_component import Component

OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY
# As Dash escapes them, so that an answer is harmless even where something takes it for a page.
ESCAPES = tuple((sign.encode(), rf"\u{ord(sign):04x}".encode()) for sign in "<>/\u2028\u2029")

# The only attributes of a component that its list of properties does not name.
WILDCARDS = ("data-", "aria-")
_NAMES: dict[type, frozenset[str]] = {}


def quicken() -> None:
    """Let every callback of this process answer through `quick_json`."""
    _callback.to_json = quick_json  # type: ignore[attr-defined]  # Dash offers no other place to set its writer.


def quick_json(value: Any) -> str:
    """Return what Dash's own writer returns; what orjson does not know is left to that."""
    try:
        text = orjson.dumps(value, default=_plain, option=OPTIONS)
    except TypeError:
        return str(to_json(value))
    for sign, escape in ESCAPES:
        text = text.replace(sign, escape)
    return text.decode()


def _plain(value: Any) -> Any:
    if not isinstance(value, Component):
        if hasattr(value, "to_plotly_json"):
            return value.to_plotly_json()
        raise TypeError(type(value).__name__)
    names = _NAMES.get(type(value))
    if names is None:
        names = _NAMES[type(value)] = frozenset(value._prop_names)
    given = vars(value).items()
    return {
        "props": {name: one for name, one in given if name in names or name.startswith(WILDCARDS)},
        "type": value._type,
        "namespace": value._namespace,
    }
