"""The rule sets of a congress, the product's and its own: each value with its source, and what is below the law."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from dashboard.gate import Call, query
from dashboard.queries.rule_values import rule_values
from dashboard.rules.conduct_frames import RuleSetShown
from dashboard.rules.reasons import Reason
from dashboard.rules.rule_sets import ADOPTION, RuleSetInvalid, needs_confirmation, read_rule_set, rules_of
from dashboard.store.rule_sets import shipped
from dashboard.store.tables.record import OwnRuleSet
from dashboard.store.tables.voting import Round


@query("rule_set.read", "voting")
def rule_sets(call: Call) -> tuple[RuleSetShown, ...]:
    """Return every rule set for rounds: the congress's own first, the newest version of each before older ones."""
    used: dict[str, int] = {
        one.rule_set: one.many
        for one in call.session.execute(
            select(Round.rule_set, func.count().label("many")).group_by(Round.rule_set)
        )
    }
    own = call.session.scalars(
        select(OwnRuleSet)
        .where(OwnRuleSet.kind == ADOPTION)
        .order_by(OwnRuleSet.key, OwnRuleSet.version.desc())
    )
    found = [_shown(call, dict(one.body), used, one) for one in own]
    return (
        *found,
        *(_shown(call, one.model_dump(mode="json"), used, None) for one in shipped() if one.kind == ADOPTION),
    )


def _shown(call: Call, body: dict[str, Any], used: Mapping[str, int], own: OwnRuleSet | None) -> RuleSetShown:
    reference = f"{body['key']}@{body['version']}"
    fault: str | None = None
    below: tuple[Reason, ...] = ()
    try:
        below = needs_confirmation(rules_of(read_rule_set(body)))
    except RuleSetInvalid as error:
        fault = error.name
    return RuleSetShown(
        reference=reference,
        name=body["name"],
        values=rule_values(call.session, body),
        below_law=below,
        used=used.get(reference, 0),
        fault=fault,
        own_id=None if own is None else own.id,
        approved_at=None if own is None else own.approved_at,
    )
