"""The rule sets that come with the product, and others made from them value by value."""

import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.rules.rule_sets import Rules, read_rule_set, rules_of

FILES = Path(__file__).parents[2] / "data" / "reference" / "rule_sets"


@cache
def _file(key: str) -> Any:
    return json.loads((FILES / f"{key}@1.json").read_text("utf-8"))


def raw(key: str = "adoption-mark", **changes: object) -> dict[str, Any]:
    """Return the JSON of a rule set with some of its values changed; None takes a value out."""
    found = deepcopy(_file(key))
    for name, value in changes.items():
        if value is None:
            del found["values"][name]
        else:
            found["values"][name] = {"value": value, "source": "ours", "note": ""}
    return found


def rules(key: str = "adoption-mark", **changes: object) -> Rules:
    """Return the typed values of such a rule set."""
    return rules_of(read_rule_set(raw(key, **changes)))
