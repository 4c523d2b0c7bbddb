"""Plans: filled in by the lead department or the clerk, approved by the clerk, then changed by a decision alone.

Version 1 the clerk approves. Every later version is an adjustment that somebody else decides: who, the rule set says
of each kind of change. Until that is recorded, what was in force stays in force.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import func, select

from dashboard.gate import Call, command, relate
from dashboard.rules import chain
from dashboard.rules.lights import CANCELLED
from dashboard.rules.plan_problems import Ground, problems
from dashboard.rules.plans import (
    CANCEL,
    GOVERNMENT,
    IN_FORCE,
    KINDS,
    LINEAR,
    ORIGINAL,
    Content,
    bodies,
    changes,
    filled,
    kinds_in,
    moved,
)
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.rules.topics import DESK
from dashboard.store.plans import (
    content_of,
    partners_of,
    plan_in_force,
    plan_under_way,
    put_in_force,
    voted_content,
)
from dashboard.store.rules_in_force import rules_in_force
from dashboard.store.sums import refresh_cycle
from dashboard.store.tables.cycle import CycleStage
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Plan, Project

LONGEST_REASON = 500
PREPARED, RUNNING = "prepared", "running"


class NewPlan(Content):
    """The whole of a plan as somebody fills it in; `revision` is the one that the person saw, 0 for none."""

    project_id: UUID
    revision: int = Field(ge=0)
    kind: Literal["original", "schedule", "amount", "scope", "cancel"] = "original"
    reason: str = Field(default="", max_length=LONGEST_REASON)

    def content(self) -> Content:
        """Return the plan alone."""
        return Content.model_validate(self.model_dump(include=set(Content.model_fields)))


class Decision(BaseModel):
    """What a body decided on a change: on which day, by which document, and why."""

    plan_id: UUID
    revision: int
    body: Literal["government", "standing_committee", "presidium", "congress"]
    document: str = Field(default="", max_length=80)
    day: date
    reason: str = Field(default="", max_length=LONGEST_REASON)


@dataclass(frozen=True, slots=True)
class Saved:
    """A version under way, and the revision that it has now."""

    plan_id: UUID
    revision: int


@command("plan.draft")
def draft_plan(call: Call, new: NewPlan) -> Saved:
    """Keep a plan, or a change of one, as a draft; refuse it where somebody else saved the draft meanwhile."""
    project = _project(call, new.project_id)
    relate(call, "plan.draft", project_id=project.id)
    _check_open(call, project)
    force = plan_in_force(call.session, project.id)
    if (new.kind == ORIGINAL) != (force is None) or new.kind not in {ORIGINAL, *KINDS}:
        raise Refused("plan_kind")
    before = content_of(call.session, force, project.starts_on) if force is not None else None
    content = before if new.kind == CANCEL and before is not None else new.content()
    known = before or voted_content(project, partners_of(call.session, project.id))
    if call.role is Role.DEPARTMENT and content.department != known.department:
        raise Refused("plan_lead_by_clerk")
    row = plan_under_way(call.session, project.id)
    if new.revision != (row.revision if row is not None else 0):
        raise Refused("plan_changed_meanwhile")
    if row is None:
        row = _begin(call, project)
    row.state = moved("edit", row.state)
    ground = Ground(project.starts_on, call.today, (project.target, project.budget), before)
    _write(call, row, new, filled(content, project.starts_on, ground.past()))
    _tell(call, "drafted", row)
    return Saved(row.id, row.revision)


@command("plan.submit")
def submit_plan(call: Call, plan_id: UUID, revision: int) -> None:
    """Hand a draft in: a first plan to the clerk, a change to who decides on it."""
    row, project = _taken(call, plan_id, revision)
    relate(call, "plan.submit", project_id=project.id)
    _check_open(call, project)
    row.state = moved("submit", row.state)
    content, before = _both(call, row, project)
    ground = Ground(project.starts_on, call.today, (project.target, project.budget), before)
    found = problems(content, row.kind, row.reason or "", ground)
    if found:
        raise Refused("plan_incomplete", n=len(found))
    row.submitted_at, row.returned = call.now, None
    _tell(call, "submitted", row)


@command("plan.submit")
def withdraw_plan(call: Call, plan_id: UUID, revision: int) -> None:
    """Take back what was handed in and is not decided, to go on with it as a draft."""
    row, project = _taken(call, plan_id, revision)
    relate(call, "plan.submit", project_id=project.id)
    row.state = moved("withdraw", row.state)
    row.submitted_at = None
    _tell(call, "withdrawn", row)


@command("plan.approve")
def approve_plan(call: Call, plan_id: UUID, revision: int) -> None:
    """Approve a first plan as the clerk: it is in force and public from now on."""
    row, project = _taken(call, plan_id, revision)
    if row.kind != ORIGINAL:
        raise Refused("plan_needs_decision")
    _put_in_force(call, row, project)


@command("plan.record_approval")
def record_approval(call: Call, new: Decision) -> None:
    """Record as the coordinator that the government approved a change, which is in force from now on."""
    _decide(call, new, by_government=True)


@command("plan.record_decision")
def record_decision(call: Call, new: Decision) -> None:
    """Record as the clerk what the standing committee, the presidium or the congress decided on a change."""
    _decide(call, new, by_government=False)


@command("plan.return")
def return_plan(call: Call, plan_id: UUID, revision: int, reason: str) -> None:
    """Return what was handed in with a reason, as the one who would approve it or record its decision."""
    row, project = _taken(call, plan_id, revision)
    if not reason.strip():
        raise Refused("reason_needed")
    if row.kind != ORIGINAL:
        able = _deciders(call, row, project)
        if not any(_records(call.role, body) for body in able):
            raise Refused("plan_not_yours_to_decide")
    elif call.role is not Role.CLERK:
        raise Refused("plan_not_yours_to_decide")
    row.state, row.returned = moved("return", row.state), reason.strip()[:LONGEST_REASON]
    _tell(call, "returned", row)


def _decide(call: Call, new: Decision, *, by_government: bool) -> None:
    row, project = _taken(call, new.plan_id, new.revision)
    if row.kind == ORIGINAL:
        raise Refused("plan_first_by_clerk")
    if (new.body == GOVERNMENT) != by_government or new.body not in _deciders(call, row, project):
        raise Refused("plan_not_yours_to_decide")
    rules = rules_in_force(call.session, call.congress_id).changes
    if rules.document_required and not new.document.strip():
        raise Refused("document_needed")
    if not by_government and rules.reason_required and not new.reason.strip():
        raise Refused("reason_needed")
    if new.day > call.today:
        raise Refused("decision_ahead")
    row.decided_by, row.decided_on = new.body, new.day
    row.document, row.decision = new.document.strip() or None, new.reason.strip() or None
    _put_in_force(call, row, project)


def _deciders(call: Call, row: Plan, project: Project) -> tuple[str, ...]:
    """Return who may decide on a change, by the congress's rules and the kinds of change that it brings."""
    content, before = _both(call, row, project)
    found = changes(before, content) if before is not None else ()
    rules = rules_in_force(call.session, call.congress_id).changes
    level = call.place.level if call.place is not None else ""
    return bodies(kinds_in(row.kind, found), rules, level)


def _records(role: Role, body: str) -> bool:
    """Tell whether a role records what a body decides."""
    return role is (Role.COORDINATOR if body == GOVERNMENT else Role.CLERK)


def _project(call: Call, project_id: UUID) -> Project:
    """Return a project and hold it, so that of two who begin its plan at once the second sees the first."""
    project = call.session.scalar(select(Project).where(Project.id == project_id).with_for_update())
    if project is None:
        raise Refused("not_found")
    return project


def _taken(call: Call, plan_id: UUID, revision: int) -> tuple[Plan, Project]:
    """Return a version and its project, held; refuse it where it is not any more what the person saw."""
    found = call.session.scalar(select(Plan.project_id).where(Plan.id == plan_id))
    if found is None:
        raise Refused("not_found")
    project = _project(call, found)
    row = call.session.get_one(Plan, (call.congress_id, plan_id), populate_existing=True)
    if row.state == IN_FORCE:
        raise Refused("plan_stands_elsewhere")
    if row.revision != revision:
        raise Refused("plan_changed_meanwhile")
    return row, project


def _check_open(call: Call, project: Project) -> None:
    """Refuse a plan of a cycle that is over, and of a project that was cancelled."""
    if project.state == CANCELLED:
        raise Refused("project_cancelled")
    state = call.session.scalar(
        select(CycleStage.state).where(CycleStage.cycle_id == project.cycle_id, CycleStage.stage == "deliver")
    )
    if state not in {None, "upcoming", "running"}:
        raise Refused("stage_closed", stage="deliver")


def _begin(call: Call, project: Project) -> Plan:
    last = call.session.scalar(select(func.max(Plan.version)).where(Plan.project_id == project.id))
    row = Plan(
        congress_id=call.congress_id, id=new_id(), project_id=project.id, version=(last or 0) + 1, kind=ORIGINAL,
        state="draft", revision=0, basis=LINEAR, due_on=project.due_on,
    )  # fmt: skip
    call.session.add(row)
    return row


def _write(call: Call, row: Plan, new: NewPlan, content: Content) -> None:
    row.kind, row.revision, row.basis = new.kind, row.revision + 1, content.basis
    row.due_on, row.budget = content.due or row.due_on, content.budget
    row.target, row.quantity, row.unit = (
        content.target.strip() or None,
        content.quantity,
        content.unit.strip() or None,
    )
    row.leader, row.department_id = content.leader.strip() or None, content.department
    row.draft, row.reason = content.model_dump(mode="json"), new.reason.strip() or None
    row.edited_by, row.edited_at = call.actor.appointment_id, call.now
    call.session.flush()


def _both(call: Call, row: Plan, project: Project) -> tuple[Content, Content | None]:
    """Return what a version holds, and what is in force until it is."""
    force = plan_in_force(call.session, project.id)
    before = content_of(call.session, force, project.starts_on) if force is not None else None
    return content_of(call.session, row, project.starts_on), before


def _put_in_force(call: Call, row: Plan, project: Project) -> None:
    """Let a version be in force from now on: its rows are public, the sums of its cycle follow."""
    row.state = moved("decide", row.state)
    _tell(call, "approved" if row.kind == ORIGINAL else "decided", row)
    put_in_force(call.session, row, content_of(call.session, row, project.starts_on), call.now)
    if row.kind == CANCEL:
        project.state = CANCELLED
    elif project.state == PREPARED:
        project.state = RUNNING
    call.session.flush()
    refresh_cycle(call.session, congress_id=call.congress_id, cycle_id=project.cycle_id)
    # Who carries a project out stands on the pages of departments too.
    call.changed("progress", "people")


def _tell(call: Call, verb: str, row: Plan) -> None:
    call.act(
        f"plan_{verb}", plan=str(row.id), project=str(row.project_id), version=row.version, revision=row.revision,
        plan_digest=chain.digest(row.draft), document=row.document,
    )  # fmt: skip
    call.changed(DESK)
