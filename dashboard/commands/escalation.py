"""约谈、通报、问责 as tasks: proposed by the rules when the clerk asks, decided by a leader, then closed."""

from uuid import UUID

from sqlalchemy import select

from dashboard.gate import Call, command
from dashboard.i18n import DEFAULT, words
from dashboard.rules.refused import Refused
from dashboard.rules.supervision_rules import DEFAULTS, ESCALATION
from dashboard.rules.topics import DESK
from dashboard.store.escalating import DISMISSED, DONE, OPEN, PROPOSED, RULES, Proposal, proposals
from dashboard.store.rules_in_force import last_choice, rules_in_force
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.supervision import Task

LONGEST = 2000


@command("escalation.propose")
def propose_tasks(call: Call, year: int) -> int:
    """Propose what the rules in force ask for in a cycle by its published reports; return how many tasks that made.

    Pressed again it makes nothing again: one cause is proposed once.
    """
    rules = rules_in_force(call.session, call.congress_id).escalation
    found = proposals(call.session, call.congress_id, year, rules)
    if not found:
        return 0
    held = last_choice(call.session, call.congress_id, ESCALATION)
    reference = DEFAULTS[ESCALATION] if held is None else held.reference
    for one in found:
        kind = one.escalation.kind
        row = Task(
            congress_id=call.congress_id, id=new_id(), project_id=one.project.id,
            department_id=one.project.department_id, kind=kind, title=_title(one), state=PROPOSED,
            due_on=rules.due(kind, call.today), source=RULES, rule=reference, since=one.escalation.since,
            reason={"code": one.escalation.reason.code, "facts": dict(one.escalation.reason.facts)},
            owner=rules.owner(kind), created_at=call.now, confirmed_by=None, confirmed_at=None, closed_at=None,
            note=None, opened_on=call.today,
        )  # fmt: skip
        call.session.add(row)
        call.act("task_proposed", task=str(row.id), project=str(one.project.id))
    _changed(call)
    return len(found)


@command("escalation.decide")
def confirm_task(call: Call, task_id: UUID) -> None:
    """Confirm a proposed task as a leader: it is open from now on, and who it concerns reads it."""
    row = _task(call, task_id, PROPOSED)
    row.state, row.confirmed_by, row.confirmed_at = OPEN, call.actor.appointment_id, call.now
    call.act("task_confirmed", task=str(row.id))
    _changed(call)


@command("escalation.decide")
def dismiss_task(call: Call, task_id: UUID, reason: str) -> None:
    """Dismiss a proposed task as a leader, with a reason; for the same cause it is not proposed again."""
    row = _task(call, task_id, PROPOSED)
    row.state, row.closed_at, row.note = DISMISSED, call.now, _told(reason, "task_reason")
    row.confirmed_by, row.closed_on = call.actor.appointment_id, call.today
    call.act("task_dismissed", task=str(row.id))
    _changed(call)


@command("task.close")
def close_task(call: Call, task_id: UUID, note: str) -> None:
    """Close an open task and say what it came to."""
    row = _task(call, task_id, OPEN)
    row.state, row.closed_at, row.note = DONE, call.now, _told(note, "task_note")
    row.closed_on = call.today
    call.act("task_closed", task=str(row.id))
    _changed(call)


def _task(call: Call, task_id: UUID, state: str) -> Task:
    row = call.session.scalar(select(Task).where(Task.id == task_id).with_for_update())
    if row is None:
        raise Refused("not_found")
    if row.state != state:
        raise Refused("task_decided" if state == PROPOSED else "task_not_open")
    return row


def _told(text: str, code: str) -> str:
    plain = text.strip()
    if not plain:
        raise Refused(code)
    return plain[:LONGEST]


def _title(one: Proposal) -> str:
    """Return the task's name as it stands in the record: Chinese, as every name is."""
    return words(DEFAULT)(f"task.title.{one.escalation.kind}", project=one.project.short_name)


def _changed(call: Call) -> None:
    call.changed("supervision", DESK)
