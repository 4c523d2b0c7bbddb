"""Which rules hold in a congress: what it has chosen of each kind, else what comes with the product."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.rules.rule_sets import RuleSet, read_rule_set
from dashboard.rules.supervision_rules import SupervisionRules, read_supervision_rules
from dashboard.store.joins import leads
from dashboard.store.rule_sets import shipped
from dashboard.store.tables.record import OwnRuleSet, RuleChoice

DEFAULT_RULES = SupervisionRules()


def rules_in_force(session: Session, congress_id: UUID, day: date | None = None) -> SupervisionRules:
    """Return the rules that hold in a congress now, or that held on a day, in one statement.

    A snapshot is asked once: what it answered is kept with what else queries read in it.
    """
    # A session that writes keeps nothing, and asks anew.
    kept: dict[object, Any] = session.info.get("kept", {})
    key = ("rules", congress_id, day)
    if key not in kept:
        found = _chosen(session, congress_id, day)
        kept[key] = read_supervision_rules(found) if found else DEFAULT_RULES
    rules: SupervisionRules = kept[key]
    return rules


def last_choice(session: Session, congress_id: UUID, kind: str) -> RuleChoice | None:
    """Return the choice of a kind that was confirmed last, None where the product's default holds."""
    return session.scalar(
        select(RuleChoice)
        .where(
            RuleChoice.congress_id == congress_id,
            RuleChoice.kind == kind,
            RuleChoice.confirmed_at.is_not(None),
        )
        .order_by(RuleChoice.from_day.desc(), RuleChoice.confirmed_at.desc(), RuleChoice.id.desc())
        .limit(1)
    )


def _chosen(session: Session, congress_id: UUID, day: date | None) -> dict[str, RuleSet]:
    """Return the rule set of each kind that was confirmed last; own ones were approved before."""
    statement = (
        select(RuleChoice.kind, RuleChoice.reference, OwnRuleSet.body)
        .outerjoin(OwnRuleSet, leads(RuleChoice.rule_set_id, OwnRuleSet))
        .where(RuleChoice.congress_id == congress_id, RuleChoice.confirmed_at.is_not(None))
        .order_by(RuleChoice.from_day, RuleChoice.confirmed_at, RuleChoice.id)
    )
    if day is not None:
        statement = statement.where(RuleChoice.from_day <= day)
    # A later choice takes the place of those before it.
    return {
        kind: read_rule_set(dict(body)) if body is not None else _shipped(reference)
        for kind, reference, body in session.execute(statement)
    }


def _shipped(reference: str) -> RuleSet:
    return next(one for one in shipped() if one.reference == reference)
