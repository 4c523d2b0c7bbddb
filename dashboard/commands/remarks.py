"""Answers to deputies' remarks: given in versions, judged by the deputy who asked, published by the clerk."""

from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import select

from dashboard.gate import Call, command, relate
from dashboard.rules.refused import Refused
from dashboard.rules.remarks import REDO_WITHIN
from dashboard.rules.topics import DESK
from dashboard.rules.typed_text import required
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.supervision import Remark, RemarkAnswer, SupervisionWeek

LONGEST, LONGEST_REASON = 4_000, 1_000


class NewRemarkAnswer(BaseModel):
    """A department's answer; `seen` is how many versions it had read, `request_id` makes a repeat the same answer."""

    remark_id: UUID
    seen: int = Field(ge=0)
    text: str = Field(max_length=8_000)
    reason: str = Field(max_length=4_000)
    request_id: str = Field(pattern=r"^[0-9a-f]{32}$")


class Verdict(BaseModel):
    """What the deputy who asked makes of the version that was read; `text` says what is missing."""

    remark_id: UUID
    version: int = Field(ge=1)
    satisfied: bool
    text: str = Field(max_length=4_000)


@command("remark.answer")
def answer_remark(call: Call, new: NewRemarkAnswer) -> int:
    """Answer a remark, or answer it anew with a reason, and return the version that this made."""
    remark = _locked(call, new.remark_id)
    relate(call, "remark.answer", project_id=remark.project_id)
    given = _versions(call, remark)
    again = next((one for one in given if one.request_id == new.request_id), None)
    if again is not None:
        return again.version
    text = required(new.text, "remark_answer_empty", LONGEST)
    if len(given) != new.seen:
        raise Refused("remark_answered_meanwhile")
    reason = required(new.reason, "remark_answer_reason", LONGEST_REASON) if given else None
    row = RemarkAnswer(
        congress_id=call.congress_id, id=new_id(), remark_id=remark.id, version=len(given) + 1, text=text,
        reason=reason, request_id=new.request_id, given_on=call.today, given_at=call.now,
        given_by=call.actor.appointment_id, satisfied=None, judged_on=None, judged_text=None, redo_by=None,
    )  # fmt: skip
    call.session.add(row)
    call.act("remark_answered", remark=str(remark.id), version=row.version)
    if remark.published_at is not None:
        # What is public stays whole: an answer to a public remark is public with it.
        row.published_at = call.now
    elif _publishes(call, remark):
        _publish(call, remark, [*given, row])
    call.changed("supervision", DESK)
    return row.version


@command("remark.judge")
def judge_answer(call: Call, new: Verdict) -> None:
    """Say, as the deputy who asked, whether the last answer satisfies; where not, it is due again by a day."""
    remark = _locked(call, new.remark_id)
    relate(call, "remark.judge", membership_id=remark.membership_id)
    given = _versions(call, remark)
    if not given:
        raise Refused("remark_unanswered")
    last = given[-1]
    if last.version != new.version:
        raise Refused("remark_answered_meanwhile")
    if last.satisfied is not None:
        if last.satisfied == new.satisfied:
            return
        raise Refused("remark_judged")
    text = new.text.strip()
    if not new.satisfied:
        text = required(text, "remark_judge_reason", LONGEST_REASON)
        last.redo_by = call.today + REDO_WITHIN
    last.satisfied, last.judged_on, last.judged_text = (
        new.satisfied,
        call.today,
        text[:LONGEST_REASON] or None,
    )
    call.act("remark_judged", remark=str(remark.id), version=last.version, satisfied=int(new.satisfied))
    call.changed("supervision", DESK)


@command("remark.publish")
def publish_remark(call: Call, remark_id: UUID) -> None:
    """Publish a remark with the answers that it has; later ones are public with it."""
    remark = _locked(call, remark_id)
    if remark.published_at is not None:
        return
    _publish(call, remark, _versions(call, remark))
    call.changed("supervision", DESK)


def _publish(call: Call, remark: Remark, given: list[RemarkAnswer]) -> None:
    remark.published_at = call.now
    for row in given:
        row.published_at = call.now
    call.act("remark_published", remark=str(remark.id), answers=len(given))


def _publishes(call: Call, remark: Remark) -> bool:
    """Tell whether the week that a remark was made in publishes it once it is answered."""
    if remark.week_id is None:
        return False
    found = select(SupervisionWeek.publishes).where(SupervisionWeek.id == remark.week_id)
    return bool(call.session.scalar(found))


def _locked(call: Call, remark_id: UUID) -> Remark:
    """Return a remark that nobody else answers or judges at the same moment."""
    row = call.session.scalar(select(Remark).where(Remark.id == remark_id).with_for_update())
    if row is None:
        raise Refused("not_found")
    return row


def _versions(call: Call, remark: Remark) -> list[RemarkAnswer]:
    found = select(RemarkAnswer).where(RemarkAnswer.remark_id == remark.id).order_by(RemarkAnswer.version)
    return list(call.session.scalars(found))
