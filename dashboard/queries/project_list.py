"""The list of a cycle's projects with every month of each, and the candidates that became none."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from dashboard.gate import Call, query
from dashboard.queries.progress import reported_month, standing
from dashboard.queries.projects import Carried, carried
from dashboard.queries.told import told
from dashboard.queries.votes import counted, results
from dashboard.rules.lights import LightRules, light
from dashboard.rules.progress import WHOLE, month_ends, planned_share
from dashboard.rules.project_frames import Listed, Month, Projects, Within
from dashboard.rules.supervision_rules import SupervisionRules
from dashboard.store.joins import leads
from dashboard.store.rules_in_force import rules_in_force
from dashboard.store.tables.areas import Area
from dashboard.store.tables.congress import Congress, Department
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.orders import Candidate
from dashboard.store.tables.progress import Project

Votes = dict[UUID | None, tuple[int, str]]


@query("project.read", "progress", "voting", "orders", "cycle")
def project_list(call: Call, year: int) -> Projects:
    """Return the projects of a cycle in their order, then its candidates that became none."""
    found = carried(call.session, year, *told(call, Project))
    last = reported_month(found)
    votes = counted(results(call.session, year))
    rules = rules_in_force(call.session, call.congress_id)
    rows = [listed(one, last, votes, rules) for one in found]
    every = (*rows, *_candidates(call, year, found, votes))
    return Projects(year, last, every, _areas(call, every))


def listed(one: Carried, last: date | None, votes: Votes, rules: SupervisionRules) -> Listed:
    """Return a project's row as it stands at the last month that its cycle reported."""
    row, stands = one.row, standing(one, last, rules)
    stood = votes.get(row.candidate_id) if row.candidate_id else None
    return Listed(
        number=row.number,
        name=row.name,
        short_name=row.short_name,
        category=row.category,
        place=row.place,
        department=one.department,
        department_id=str(row.department_id) if row.department_id else None,
        budget=one.budget,
        stage=_stage(row.state, stands.actual),
        light=stands.light,
        votes=stood[0] if stood else None,
        outcome=stood[1] if stood else None,
        planned=stands.planned,
        actual=stands.actual,
        gap=stands.gap,
        reported=one.reports[-1].month if one.reports else None,
        stepped=one.plan.stepped,
        start=one.plan.start,
        months=_months(one, last, rules.lights),
        paid=one.paid(),
        forecast=None if one.is_cancelled else one.forecast(),
    )


def _stage(state: str, actual: int | None) -> str:
    """Return how far a project is; what reported all of its work is finished, whatever its row still says."""
    if state == "running" and actual is not None and actual >= WHOLE:
        return "finished"
    return state


def _months(one: Carried, last: date | None, lights: LightRules) -> tuple[Month, ...]:
    """Return every month's end from the plan's start to its finish, and to the last report where that is later."""
    end = max([one.plan.finish, *([one.reports[-1].month] if one.reports else [])])
    months = []
    for day in month_ends(one.plan.start, end):
        due = last is not None and day <= last
        report = one.at(day) if due else None
        actual, planned = report.share if report else None, planned_share(one.plan, day)
        months.append(Month(day, planned, actual, due, light(actual, planned, lights)))
    return tuple(months)


def _areas(call: Call, rows: tuple[Listed, ...]) -> tuple[Within, ...]:
    """Return the areas under the congress's own that a row names as its place."""
    known = call.session.scalars(
        select(Area)
        .join(Congress, Congress.area_code == Area.parent_code)
        .where(Congress.id == call.congress_id)
        .order_by(Area.code)
    )
    named = "".join(row.place or "" for row in rows)
    return tuple(Within(area.code, area.name_zh, area.name_en) for area in known if area.name_zh in named)


def _candidates(call: Call, year: int, found: list[Carried], votes: Votes) -> list[Listed]:
    chosen = {one.row.candidate_id for one in found}
    rows = call.session.execute(
        select(Candidate, Department.name)
        .join(Cycle, leads(Candidate.cycle_id, Cycle))
        .outerjoin(Department, leads(Candidate.department_id, Department))
        # Before they are published, candidates are the clerk's draft: nobody reads them here.
        .where(Cycle.year == year, Candidate.published_at.is_not(None))
        .order_by(Candidate.number)
    )
    return [
        Listed(
            number=row.number,
            name=row.name,
            short_name=row.name,
            category=row.category,
            place=row.place,
            department=department,
            department_id=str(row.department_id) if row.department_id else None,
            budget=row.budget,
            stage="candidate",
            votes=votes[row.id][0] if row.id in votes else None,
            outcome=votes[row.id][1] if row.id in votes else None,
        )
        for row, department in rows
        if row.id not in chosen
    ]
