"""Assessments (验单): what bodies of the congress found of the projects, and the departments' ranks over years."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import select

from dashboard.gate import Call, query
from dashboard.queries.rank_lines import drawn_from, ranked_years
from dashboard.queries.successions import lines_of
from dashboard.rules.frames import Grade, Grades, Source
from dashboard.rules.judge_frames import Body, Marks, Ranking, Satisfaction
from dashboard.rules.roles import Role
from dashboard.store.joins import leads
from dashboard.store.tables.assessment import Assessment, AssessmentResult
from dashboard.store.tables.cycle import Cycle, CycleStage
from dashboard.store.tables.progress import Project

OVERALL = "overall"


@query("assessment.read", "assessment", "cycle")
def satisfaction(call: Call, year: int) -> Satisfaction:
    """Return a cycle's published assessments of its projects; while there are none, those of the year before it."""
    planned = call.session.scalar(
        select(CycleStage.opens_on)
        .join(Cycle, leads(CycleStage.cycle_id, Cycle))
        .where(Cycle.year == year, CycleStage.stage == "judge")
    )
    rows = call.session.scalars(
        select(Assessment)
        .where(Assessment.subject == "project", Assessment.year <= year, Assessment.published_at.is_not(None))
        .order_by(Assessment.year.desc(), Assessment.day, Assessment.id)
    ).all()
    if not rows:
        return Satisfaction(year, None, (), planned)
    shown = [row for row in rows if row.year == rows[0].year]
    results = _results(call, [row.id for row in shown])
    bodies = tuple(_body(call, row, results[row.id]) for row in shown)
    return Satisfaction(year, rows[0].year, bodies, None if rows[0].year == year else planned)


@query("rank.read", "assessment", personal=True)
def ranking(call: Call, year: int) -> Ranking | None:
    """Return the departments' ranks of the last five years up to a cycle; a department is told of its own line."""
    return _ranking(call, year, announced=False)


@query("assessment.read", "assessment")
def announced_ranking(call: Call, year: int) -> Ranking | None:
    """Return the departments' ranks of the years whose ranks were published; None where none was."""
    return _ranking(call, year, announced=True)


def _ranking(call: Call, year: int, *, announced: bool) -> Ranking | None:
    years = ranked_years(call.session, year, announced=announced)
    if years is None:
        return None
    only = None if announced or call.role is not Role.DEPARTMENT else (call.actor.department_id,)
    simulated = call.place is not None and call.place.simulated
    return drawn_from(years, lines_of(call.session), only, simulated=simulated)


def _results(call: Call, keys: list[UUID]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    rows = call.session.execute(
        select(AssessmentResult, Project.number)
        .outerjoin(Project, leads(AssessmentResult.project_id, Project))
        .where(AssessmentResult.assessment_id.in_(keys), AssessmentResult.published_at.is_not(None))
        .order_by(Project.number, AssessmentResult.id)
    )
    for result, number in rows:
        found[result.assessment_id].append((result, number))
    return found


def _body(call: Call, row: Assessment, results: list[Any]) -> Body:
    """Return one body's results, projects in their order; without a result over all, the sum of the projects'."""
    simulated = call.place is not None and call.place.simulated
    single = [(one, number) for one, number in results if one.name != OVERALL]
    whole = [one for one, _ in results if one.name == OVERALL] or [one for one, _ in single]
    grades = tuple(
        Grade(one.name, one.satisfied, one.basically, one.dissatisfied, one.total) for one, _ in single
    )
    overall = Marks(
        sum(one.satisfied for one in whole),
        sum(one.basically for one in whole),
        sum(one.dissatisfied for one in whole),
        sum(one.total for one in whole),
    )
    return Body(
        Grades(row.body, row.body, grades, Source(row.body, row.day, simulated=simulated)),
        row.day,
        row.rule_set,
        overall if whole else None,
        announced=True,
        projects=tuple(number for _, number in single),
    )
