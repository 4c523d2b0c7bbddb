"""Which rules a congress watches its projects by: chosen by the clerk, in force once a leader confirms."""

from uuid import UUID

from sqlalchemy import select

from dashboard.gate import Call, command
from dashboard.rules.refused import Refused
from dashboard.rules.supervision_rules import DEFAULTS
from dashboard.rules.topics import DESK
from dashboard.store.rule_sets import own_row, raw_of
from dashboard.store.rules_in_force import last_choice
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.record import RuleChoice


@command("rules.choose")
def choose_rules(call: Call, reference: str) -> UUID:
    """Choose the rule set of its kind by which projects are watched; it waits for a leader. Return the choice's id.

    Another choice of the kind that still waits is taken back by it.
    """
    raw = raw_of(call.session, reference)
    if raw is None:
        raise Refused("rule_set_unknown")
    kind = str(raw["kind"])
    if kind not in DEFAULTS:
        raise Refused("rules_not_chosen_so")
    held = last_choice(call.session, call.congress_id, kind)
    if reference == (held.reference if held is not None else DEFAULTS[kind]):
        raise Refused("rules_in_force_already")
    for waiting in call.session.scalars(
        select(RuleChoice).where(RuleChoice.kind == kind, RuleChoice.confirmed_at.is_(None)).with_for_update()
    ):
        call.session.delete(waiting)
    own = own_row(call.session, reference)
    row = RuleChoice(
        congress_id=call.congress_id, id=new_id(), kind=kind, reference=reference,
        rule_set_id=None if own is None else own.id, chosen_by=call.actor.appointment_id, chosen_at=call.now,
        confirmed_by=None, confirmed_at=None, from_day=None,
    )  # fmt: skip
    call.session.add(row)
    _tell(call, "chosen", row)
    return row.id


@command("rules.confirm")
def confirm_rules(call: Call, choice_id: UUID) -> None:
    """Confirm a choice as a leader: from today on projects are watched by it, and what was published stays."""
    row = _waiting(call, choice_id)
    row.confirmed_by, row.confirmed_at, row.from_day = call.actor.appointment_id, call.now, call.today
    _tell(call, "confirmed", row)
    # Lights, due days and marks are derived on reading: everything that shows them is asked anew.
    call.changed("progress", "cycle", "people", "supervision", "inquiry", "assessment", DESK)


@command("rules.confirm")
def decline_rules(call: Call, choice_id: UUID) -> None:
    """Decline a choice as a leader: what was in force stays so."""
    row = _waiting(call, choice_id)
    call.session.delete(row)
    _tell(call, "declined", row)


def _waiting(call: Call, choice_id: UUID) -> RuleChoice:
    row = call.session.scalar(select(RuleChoice).where(RuleChoice.id == choice_id).with_for_update())
    if row is None:
        raise Refused("not_found")
    if row.confirmed_at is not None:
        raise Refused("rules_confirmed_already")
    return row


def _tell(call: Call, verb: str, row: RuleChoice) -> None:
    call.act(f"rules_{verb}", choice=str(row.id), reference=row.reference)
    call.changed("voting")
