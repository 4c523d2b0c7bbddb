"""Rule sets by their name and version: those that come with the product, and a congress's own."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.config import ROOT
from dashboard.rules.rule_sets import RuleSet, RuleSetInvalid, read_rule_set
from dashboard.store.tables.record import OwnRuleSet

RULE_SETS = ROOT / "data" / "reference" / "rule_sets"
# A congress's own copy is told from what it was copied from by its name.
OWN = "own-"


@cache
def shipped(folder: Path = RULE_SETS) -> tuple[RuleSet, ...]:
    """Return every rule set that comes with the product, by name and version."""
    found = [read_rule_set(json.loads(path.read_text("utf-8"))) for path in folder.glob("*@*.json")]
    return tuple(sorted(found, key=lambda one: (one.kind, one.key, one.version)))


def own_row(session: Session, reference: str) -> OwnRuleSet | None:
    """Return a congress's own rule set by `key@version`."""
    key, _, version = reference.partition("@")
    # Longer than any version is no version: no database takes it as a number.
    if not key.startswith(OWN) or not version.isdecimal() or not version.isascii() or len(version) > 6:
        return None
    return session.scalar(select(OwnRuleSet).where(OwnRuleSet.key == key, OwnRuleSet.version == int(version)))


def raw_of(session: Session, reference: str) -> dict[str, Any] | None:
    """Return the JSON of a rule set that may be voted by: one of the product's, or an own one that was approved."""
    row = own_row(session, reference)
    if row is not None:
        return dict(row.body) if row.approved_at is not None else None
    return next(
        (one.model_dump(mode="json") for one in shipped() if one.reference == reference),
        None,
    )


def rule_set_of(raw: dict[str, Any] | None) -> RuleSet | None:
    """Return a rule set from its JSON, or None where it cannot be used."""
    try:
        return None if raw is None else read_rule_set(raw)
    except RuleSetInvalid:
        return None
