"""The rule sets of a congress, the product's and its own: each value with its source, and which of them hold."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from dashboard.gate import Call, query
from dashboard.queries.rule_values import rule_values
from dashboard.rules.conduct_frames import RulesChosen, RuleSetShown
from dashboard.rules.reasons import Reason
from dashboard.rules.refused import Refused
from dashboard.rules.rule_set_values import alternatives, check_values, is_written, model, optional_values
from dashboard.rules.rule_sets import ADOPTION, RuleSetInvalid, needs_confirmation, read_rule_set, rules_of
from dashboard.rules.supervision_rules import DEFAULTS
from dashboard.store.rule_sets import shipped
from dashboard.store.rules_in_force import last_choice
from dashboard.store.tables.record import OwnRuleSet, RuleChoice
from dashboard.store.tables.voting import Round


@query("rule_set.read", "voting")
def rule_sets(call: Call, kind: str = ADOPTION) -> tuple[RuleSetShown, ...]:
    """Return every rule set of a kind: the congress's own first, the newest version of each before older ones."""
    used: dict[str, int] = {
        one.rule_set: one.many
        for one in call.session.execute(
            select(Round.rule_set, func.count().label("many")).group_by(Round.rule_set)
        )
    }
    own = call.session.scalars(
        select(OwnRuleSet).where(OwnRuleSet.kind == kind).order_by(OwnRuleSet.key, OwnRuleSet.version.desc())
    )
    found = [_shown(call, dict(one.body), used, one) for one in own]
    return (
        *found,
        *(_shown(call, one.model_dump(mode="json"), used, None) for one in shipped() if one.kind == kind),
    )


@query("rule_set.read", "voting")
def rules_chosen(call: Call, kind: str) -> RulesChosen:
    """Return by which rule set of a kind projects are watched, and the choice that waits for a leader."""
    if kind not in DEFAULTS:
        raise Refused("not_found")
    held = last_choice(call.session, call.congress_id, kind)
    waiting = call.session.scalar(
        select(RuleChoice).where(RuleChoice.kind == kind, RuleChoice.confirmed_at.is_(None))
    )
    return RulesChosen(
        kind,
        DEFAULTS[kind] if held is None else held.reference,
        None if held is None else held.from_day,
        None if waiting is None else waiting.id,
        None if waiting is None else waiting.reference,
    )


def _shown(call: Call, body: dict[str, Any], used: Mapping[str, int], own: OwnRuleSet | None) -> RuleSetShown:
    reference = f"{body['key']}@{body['version']}"
    fault: str | None = None
    below: tuple[Reason, ...] = ()
    try:
        rule_set = read_rule_set(body)
        check_values(rule_set)
        if rule_set.kind == ADOPTION:
            below = needs_confirmation(rules_of(rule_set))
    except RuleSetInvalid as error:
        fault = error.name
    is_draft = own is not None and own.approved_at is None
    of, optional = model(body), optional_values(body)
    names = [*body["values"], *sorted(optional - body["values"].keys())] if is_draft else []
    return RuleSetShown(
        reference=reference,
        name=body["name"],
        values=rule_values(call.session, body),
        below_law=below,
        used=used.get(reference, 0),
        fault=fault,
        own_id=None if own is None else own.id,
        approved_at=None if own is None else own.approved_at,
        kind=str(body["kind"]),
        alternatives={name: alternatives(name, of) for name in names},
        written=tuple(name for name in names if is_written(name, of)),
        optional=optional,
    )
