"""Objections (异议) to a published report: raised within the days that the rules give, answered by the clerk."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import select

from dashboard.gate import Call, command, relate
from dashboard.rules.refused import Refused
from dashboard.rules.topics import DESK
from dashboard.rules.typed_text import required
from dashboard.store.joins import leads
from dashboard.store.report_drafts import PUBLISHED
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Report, ReportObjection

OUTCOMES = ("upheld", "partly", "rejected")
LONGEST_OBJECTION, LONGEST_ANSWER = 2_000, 2_000


class NewObjection(BaseModel):
    """An objection; `request_id` is 128 random bits from the browser, so that a repeat is the same objection."""

    report_id: UUID
    text: str = Field(max_length=4_000)
    request_id: str = Field(pattern=r"^[0-9a-f]{32}$")


class NewAnswer(BaseModel):
    """What the clerk makes of an objection, and why."""

    objection_id: UUID
    outcome: Literal["upheld", "partly", "rejected"]
    text: str = Field(max_length=4_000)


@command("objection.raise")
def raise_objection(call: Call, new: NewObjection) -> UUID:
    """Object to a published report while it is open to objections."""
    report = call.session.scalar(select(Report).where(Report.id == new.report_id))
    if report is None or report.state != PUBLISHED:
        raise Refused("not_found")
    relate(call, "objection.raise", project_id=report.project_id)
    again = call.session.scalar(
        select(ReportObjection.id).where(ReportObjection.request_id == new.request_id)
    )
    if again is not None:
        return again
    text = required(new.text, "objection_empty", LONGEST_OBJECTION)
    if report.objections_until is None or report.objections_until < call.today:
        raise Refused("objection_late")
    row = ReportObjection(
        congress_id=call.congress_id, id=new_id(), report_id=report.id, raised_by=call.actor.appointment_id,
        raised_on=call.today, raised_at=call.now, request_id=new.request_id, text=text, outcome=None, answer=None,
        answered_by=None, answered_on=None,
    )  # fmt: skip
    call.session.add(row)
    call.act("objection_raised", objection=str(row.id), report=str(report.id))
    call.changed(DESK)
    return row.id


@command("objection.answer")
def answer_objection(call: Call, new: NewAnswer) -> None:
    """Answer an objection with an outcome and a reason; an answer given stands."""
    found = call.session.execute(
        select(ReportObjection, Report.project_id)
        .join(Report, leads(ReportObjection.report_id, Report))
        .where(ReportObjection.id == new.objection_id)
        .with_for_update(of=ReportObjection)
    ).one_or_none()
    if found is None:
        raise Refused("not_found")
    row, project_id = found
    relate(call, "objection.answer", project_id=project_id)
    if row.outcome is not None:
        raise Refused("objection_answered")
    row.answer = required(new.text, "objection_answer_empty", LONGEST_ANSWER)
    row.outcome, row.answered_by, row.answered_on = new.outcome, call.actor.appointment_id, call.today
    call.act("objection_answered", objection=str(row.id), report=str(row.report_id), outcome=new.outcome)
    call.changed(DESK)
