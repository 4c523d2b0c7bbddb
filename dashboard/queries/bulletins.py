"""The monthly bulletin (通报) of a cycle, for the clerk who sends it out and the leaders: from published reports."""

from datetime import date

from sqlalchemy import select

from dashboard.gate import Call, query
from dashboard.i18n import SHANGHAI
from dashboard.queries.progress import curve_at, standing
from dashboard.queries.projects import Carried, carried
from dashboard.queries.report_due import projects_of
from dashboard.rules.bulletins import Bulletin, Decision, LateReport, Ranked
from dashboard.rules.frames import Curve
from dashboard.rules.lights import is_late
from dashboard.rules.plans import ORIGINAL
from dashboard.rules.progress import month_end
from dashboard.rules.refused import Refused
from dashboard.rules.supervision_rules import SupervisionRules
from dashboard.store.joins import leads
from dashboard.store.report_due import due_months
from dashboard.store.rules_in_force import rules_in_force
from dashboard.store.schedules import baselines, was_in_force
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.progress import Plan, Project
from dashboard.store.tables.supervision import Task

ABSENT = frozenset({"missing", "draft"})
# A task that is only proposed was not decided by anybody.
PROPOSED = "proposed"
# As many curves as two pages have room for.
MOST_CURVES = 4


@query("bulletin.read")
def bulletin(call: Call, year: int, day: date) -> Bulletin:
    """Return what the month of a day came to; refuse one that is not over, and a cycle that is not known."""
    place, month = call.place, month_end(day)
    if month > call.today:
        raise Refused("month_not_over", month=month.month)
    found = carried(call.session, year, Project.published_at.is_not(None))
    if place is None or not found or month < min(one.row.starts_on for one in found):
        raise Refused("not_found")
    plans = baselines(call.session, found[0].row.congress_id, [one.row.id for one in found])
    rules = rules_in_force(call.session, call.congress_id)
    ranked = [_ranked(one, plans[one.row.id][-1].budget, month, rules) for one in found]
    ranked.sort(key=lambda one: (one.standing.gap is None, -(one.standing.gap or 0), one.standing.number))
    return Bulletin(
        place.name, year, month, call.today, place.simulated, tuple(ranked), _late(call, year, month),
        _decisions(call, year, month), _curves(call, found, ranked, month),
    )  # fmt: skip


@query("bulletin.read", "progress", "cycle")
def bulletin_months(call: Call, year: int) -> tuple[date, ...]:
    """Return the months of a cycle of which a report is published, the latest first."""
    found = carried(call.session, year, Project.published_at.is_not(None))
    months = {report.month for one in found for report in one.reports if report.month <= call.today}
    return tuple(sorted(months, reverse=True))


def _ranked(one: Carried, budget: int | None, month: date, rules: SupervisionRules) -> Ranked:
    """Return a project as it stood at the month's end: a later report tells nothing of it."""
    known = [report for report in one.reports if report.month <= month and report.paid is not None]
    return Ranked(standing(one, month, rules), budget, known[-1].paid if known else None)


def _curves(call: Call, found: list[Carried], ranked: list[Ranked], month: date) -> tuple[Curve, ...]:
    """Return the curves of those that are behind, the furthest first, or of the last one where none is."""
    known = [one.standing for one in reversed(ranked) if one.standing.gap is not None]
    behind = [one for one in known if is_late(one.light, one.gap)]
    projects = {str(one.row.id): one for one in found}
    return tuple(
        curve_at(call, projects[one.project_id], month) for one in (behind[:MOST_CURVES] or known[:1])
    )


def _late(call: Call, year: int, month: date) -> tuple[LateReport, ...]:
    rows = projects_of(call, year, Project.published_at.is_not(None))
    late = [
        one
        for one in due_months(call.session, call.congress_id, call.today, rows)
        if one.month == month and one.late
    ]
    late.sort(key=lambda one: (-one.late, one.number))
    return tuple(
        LateReport(one.name, one.department, one.due, one.late, one.state not in ABSENT) for one in late
    )


def _decisions(call: Call, year: int, month: date) -> tuple[Decision, ...]:
    """Return the changes of plans that came into force in the month and the tasks ordered in it, by day."""
    cycle = select(Cycle.id).where(Cycle.year == year)
    changes = call.session.execute(
        select(Plan, Project.name)
        .join(Project, leads(Plan.project_id, Project))
        .where(
            Project.cycle_id.in_(cycle),
            Project.published_at.is_not(None),
            Plan.kind != ORIGINAL,
            was_in_force(Plan),
        )
    )
    found = [
        Decision(
            plan.decided_on or plan.approved_at.astimezone(SHANGHAI).date(),
            name,
            plan.reason or "",
            plan.document,
        )
        for plan, name in changes
        if plan.approved_at is not None
    ]
    tasks = call.session.execute(
        select(Task, Project.name)
        .join(Project, leads(Task.project_id, Project))
        .where(Project.cycle_id.in_(cycle), Project.published_at.is_not(None), Task.state != PROPOSED)
    )
    found += [
        Decision(task.created_at.astimezone(SHANGHAI).date(), name, task.title, None) for task, name in tasks
    ]
    first = month.replace(day=1)
    chosen = [one for one in found if first <= one.day <= month]
    return tuple(sorted(chosen, key=lambda one: (one.day, one.project or "", one.what)))
