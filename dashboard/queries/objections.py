"""Objections to published reports: one's own, those on one's own projects, all to those who check."""

from uuid import UUID

from sqlalchemy import ColumnElement, select

from dashboard.gate import Call, query
from dashboard.relations import RELATIONS, carried_by
from dashboard.rules.report_frames import Objection, Objectionable
from dashboard.rules.roles import ACTIONS, Role
from dashboard.store.joins import leads
from dashboard.store.report_drafts import names_of
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.progress import Project, Report, ReportObjection

CHECKERS = frozenset({Role.CLERK, Role.LEADER, Role.COORDINATOR})
MOST = 200


@query("objection.read", "desk", "progress", personal=True)
def objections(call: Call, year: int, project_id: UUID | None = None) -> tuple[Objection, ...]:
    """Return the objections of a cycle that a person may read, of one project or of all; those not answered first."""
    statement = (
        select(ReportObjection, Report, Project)
        .join(Report, leads(ReportObjection.report_id, Report))
        .join(Project, leads(Report.project_id, Project))
        .join(Cycle, leads(Project.cycle_id, Cycle))
        .where(Cycle.year == year, *_readable(call))
        .order_by(ReportObjection.outcome.is_not(None), ReportObjection.raised_at.desc())
        .limit(MOST)
    )
    if project_id is not None:
        statement = statement.where(Project.id == project_id)
    rows = call.session.execute(statement).all()
    # Who objected is told to those who check, never to the department that was objected to.
    known = names_of(call.session, (one.raised_by for one, _, _ in rows)) if call.role in CHECKERS else {}
    return tuple(
        Objection(
            id=str(one.id),
            project=project.name,
            number=project.number,
            month=report.month,
            share=report.share,
            by=known.get(one.raised_by) if one.raised_by is not None else None,
            raised=one.raised_on,
            text=one.text,
            outcome=one.outcome,
            answer=one.answer,
            answered=one.answered_on,
        )
        for one, report, project in rows
    )


@query("objection.read", "progress", personal=True)
def open_to_objections(call: Call, project_id: UUID) -> tuple[Objectionable, ...]:
    """Return a project's published reports that the person may object to now, the newest month first."""
    relation = ACTIONS["objection.raise"].roles.get(call.role)
    if relation is None or not RELATIONS[relation](
        call.session, call.actor, call.today, {"project_id": project_id}
    ):
        return ()
    rows = call.session.scalars(
        select(Report)
        .where(
            Report.project_id == project_id,
            Report.published_at.is_not(None),
            Report.objections_until >= call.today,
        )
        .order_by(Report.month.desc(), Report.version.desc())
    )
    # Of a month the version that holds: one that was corrected is no longer objected to.
    newest: dict[object, Objectionable] = {}
    for row in rows:
        if row.month not in newest and row.objections_until is not None:
            newest[row.month] = Objectionable(str(row.id), row.month, row.objections_until)
    return tuple(newest.values())


def _readable(call: Call) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on what a person may read."""
    if call.role in CHECKERS:
        return ()
    own = ReportObjection.raised_by == call.actor.appointment_id
    if call.role is Role.DEPARTMENT and call.actor.department_id is not None:
        return (own | carried_by(call.actor.department_id),)
    return (own,)
