"""Rule sets from files: one of the product's by its key and version, or anybody's by its path."""

import json
import re
from pathlib import Path

from dashboard.rules.refused import Refused
from dashboard.rules.rule_sets import RuleSet, RuleSetInvalid, read_rule_set, rules_of

FOLDER = Path(__file__).resolve().parents[2] / "data" / "reference" / "rule_sets"
REFERENCE = re.compile(r"[a-z][a-z0-9-]{0,62}@[1-9][0-9]{0,5}")
LARGEST = 1_000_000


def rule_set_named(rule: str, *, may_be_path: bool) -> RuleSet:
    """Return the rule set for rounds that is named by its key and version, or that lies at a path.

    A path is followed only where a person gave it, never where a file names it.
    """
    is_reference = REFERENCE.fullmatch(rule) is not None
    path = FOLDER / f"{rule}.json" if is_reference else Path(rule)
    if not (is_reference or may_be_path) or not path.is_file():
        raise Refused("no_such_rule", rule=rule[:60] or "-")
    with path.open("rb") as file:
        raw = file.read(LARGEST + 1)
    try:
        if len(raw) > LARGEST:
            raise ValueError
        found = read_rule_set(json.loads(raw))
        rules_of(found)
    except RuleSetInvalid as error:
        raise Refused("rule_file_invalid", rule=rule[:60], reason=error.code, name=error.name) from error
    except (ValueError, RecursionError) as error:
        raise Refused("rule_file_invalid", rule=rule[:60], reason="not_json", name="") from error
    return found
