"""A congress's own rule sets: copied and edited by the clerk, approved by a leader, from then on as they are."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import func, select

from dashboard.gate import Call, command
from dashboard.rules import chain
from dashboard.rules.refused import Refused
from dashboard.rules.rule_set_values import (
    alternatives,
    check_values,
    is_written,
    model,
    optional_values,
    typed_value,
)
from dashboard.rules.rule_sets import ADOPTION, RuleSetInvalid, read_rule_set
from dashboard.rules.supervision_rules import DEFAULTS
from dashboard.store.rule_sets import OWN, own_row, raw_of
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.record import OwnRuleSet

EDITABLE = frozenset({ADOPTION, *DEFAULTS})


class NewValue(BaseModel):
    """One value of an own rule set, with where it comes from and what it says."""

    name: str = Field(max_length=80)
    value: str = Field(max_length=80)
    source: str = Field(max_length=2000)
    note: str = Field(default="", max_length=2000)


@command("rule_set.edit")
def copy_rule_set(call: Call, reference: str) -> UUID:
    """Copy a rule set as the congress's own, in its next version, to be edited and approved; return its id."""
    own = own_row(call.session, reference)
    raw = dict(own.body) if own is not None else raw_of(call.session, reference)
    if raw is None:
        raise Refused("rule_set_unknown")
    if raw["kind"] not in EDITABLE:
        raise Refused("rule_set_fixed")
    key = raw["key"] if raw["key"].startswith(OWN) else f"{OWN}{raw['key']}"
    of_key = select(func.max(OwnRuleSet.version)).where(OwnRuleSet.key == key)
    if call.session.scalar(of_key.where(OwnRuleSet.approved_at.is_(None))) is not None:
        raise Refused("rule_set_draft_there")
    version = (call.session.scalar(of_key) or 0) + 1
    row = OwnRuleSet(
        congress_id=call.congress_id, id=new_id(), key=key, version=version, kind=raw["kind"],
        body={**raw, "key": key, "version": version}, approved_by=None, approved_at=None,
    )  # fmt: skip
    call.session.add(row)
    _tell(call, "copied", row)
    return row.id


@command("rule_set.edit")
def edit_rule_set(call: Call, rule_set_id: UUID, new: NewValue) -> None:
    """Set one value of an own rule set that is not approved, or add one that its form may have.

    Whether the whole stands, the approval asks.
    """
    row = _draft(call, rule_set_id)
    body: dict[str, Any] = dict(row.body)
    of = model(body)
    if new.name not in body["values"].keys() | optional_values(body):
        raise Refused("rule_value_unknown")
    if new.value not in alternatives(new.name, of) and not is_written(new.name, of):
        raise Refused("rule_value_unknown")
    if not new.source.strip() or not new.value.strip():
        raise Refused("rule_value_source")
    changed = {
        "value": typed_value(new.name, new.value, of),
        "source": new.source.strip(),
        "note": new.note.strip(),
    }
    row.body = {**body, "values": {**body["values"], new.name: changed}}
    _tell(call, "edited", row)


@command("rule_set.edit")
def drop_rule_value(call: Call, rule_set_id: UUID, name: str) -> None:
    """Take a value out of an own rule set that is not approved: one that its form may have and need not."""
    row = _draft(call, rule_set_id)
    values = dict(row.body["values"])
    if name not in values:
        raise Refused("rule_value_unknown")
    if name not in optional_values(row.body):
        raise Refused("rule_value_needed")
    del values[name]
    row.body = {**row.body, "values": values}
    _tell(call, "edited", row)


@command("rule_set.approve")
def approve_rule_set(call: Call, rule_set_id: UUID) -> None:
    """Approve an own rule set as a leader: rounds and rules in force can name it, and nothing changes it any more."""
    row = _draft(call, rule_set_id)
    try:
        check_values(read_rule_set(row.body))
    except RuleSetInvalid as error:
        raise Refused("rule_set_invalid", name=error.name) from error
    row.approved_by, row.approved_at = call.actor.appointment_id, call.now
    _tell(call, "approved", row)


@command("rule_set.edit")
def discard_rule_set(call: Call, rule_set_id: UUID) -> None:
    """Take away an own rule set that is not approved: nothing names it yet."""
    row = _draft(call, rule_set_id)
    call.session.delete(row)
    _tell(call, "discarded", row)


def _draft(call: Call, rule_set_id: UUID) -> OwnRuleSet:
    row = call.session.scalar(select(OwnRuleSet).where(OwnRuleSet.id == rule_set_id).with_for_update())
    if row is None:
        raise Refused("not_found")
    if row.approved_at is not None:
        raise Refused("rule_set_approved")
    return row


def _tell(call: Call, verb: str, row: OwnRuleSet) -> None:
    call.act(f"rule_set_{verb}", rule_set=str(row.id), rules_digest=chain.digest(dict(row.body)))
    call.changed("voting")
