"""Inquiries (问政): the sessions of a cycle, and one of them with its questions, answers and promises."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from dashboard.gate import Call, query
from dashboard.queries.questions import asked
from dashboard.queries.told import told_askers
from dashboard.rules.judge_frames import Asked, Session, Sessions
from dashboard.rules.refused import Refused
from dashboard.store.joins import leads
from dashboard.store.tables.cycle import CalendarEntry, Cycle
from dashboard.store.tables.inquiry import Inquiry, Question

PLANNED = "inquiry"


@query("inquiry.read", "inquiry", "progress", "cycle")
def inquiries(call: Call, year: int) -> Sessions:
    """Return a cycle's inquiries, the newest first, and the days on which the calendar still brings one."""
    cycle = call.session.scalar(select(Cycle.id).where(Cycle.year == year))
    rows = call.session.scalars(
        select(Inquiry)
        .where(Inquiry.cycle_id == cycle, *told_askers(call, Inquiry))
        .order_by(Inquiry.day.desc(), Inquiry.id)
    ).all()
    questions = asked(call, Inquiry.cycle_id == cycle) if rows else ()
    planned = call.session.execute(
        select(CalendarEntry.day, CalendarEntry.title)
        .where(
            CalendarEntry.cycle_id == cycle,
            CalendarEntry.kind == PLANNED,
            CalendarEntry.day >= call.today,
            *told_askers(call, CalendarEntry),
        )
        .order_by(CalendarEntry.day)
    )
    return Sessions(
        year, tuple(_session(row, questions) for row in rows), tuple((day, title) for day, title in planned)
    )


@query("inquiry.read", "inquiry", "progress", "cycle")
def inquiry(call: Call, year: int, key: UUID) -> Session:
    """Return one inquiry of a cycle."""
    row = call.session.scalar(
        select(Inquiry)
        .join(Cycle, leads(Inquiry.cycle_id, Cycle))
        .where(Inquiry.id == key, Cycle.year == year, *told_askers(call, Inquiry))
    )
    if row is None:
        raise Refused("not_found")
    return _session(row, asked(call, Question.inquiry_id == key))


def _session(row: Inquiry, questions: Sequence[Asked]) -> Session:
    own = tuple(one for one in questions if one.inquiry_id == str(row.id))
    return Session(str(row.id), row.kind, row.title, row.day, row.place, row.state, own)
