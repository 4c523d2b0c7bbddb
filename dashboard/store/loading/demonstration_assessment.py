"""The demonstration's assessments: of a year's projects, and of the departments, which stay internal."""

import json
from collections import defaultdict

from dashboard.rules.points import ranks, weighted_points
from dashboard.store.loading import shapes_supervision
from dashboard.store.loading.bulk import Line
from dashboard.store.loading.gathering import Gathering, moment
from dashboard.store.tables.assessment import Assessment, AssessmentResult
from dashboard.store.tables.congress import Department
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.progress import Project

GRADES = ("satisfied", "basically", "dissatisfied")
DepartmentLine = Line[shapes_supervision.DepartmentAssessment]


def gather_assessments(gathering: Gathering) -> None:
    """Gather the satisfaction ballots; the result over all projects has the name `overall` and no project."""
    assessments: dict[tuple[object, ...], object] = {}
    for line in gathering.lines(shapes_supervision.Assessment):
        row = line.row
        own = (row.congress, row.cycle, row.day, row.body)
        if own not in assessments:
            assessments[own] = _assessment(gathering, line)
        if row.satisfied + row.basically + row.dissatisfied != row.total:
            raise line.bad("total", "sum_differs", value=row.total)
        if (row.project is None) != (row.scope == "overall"):
            raise line.bad("project", "scope_differs", value=row.project)
        project = None
        if row.project is not None:
            project = gathering.find(line, "project", Project, row.congress, row.project)
        name = row.scope if project is None else project["name"]
        gathering.name(
            AssessmentResult,
            *own,
            name,
            assessment_id=assessments[own],
            project_id=None if project is None else project["id"],
            department_id=None,
            name=name,
            **row.model_dump(include={"satisfied", "basically", "dissatisfied", "total"}),
            points=None,
            rank=None,
            published_at=moment(row.day, 18),
        )


def _assessment(gathering: Gathering, line: Line[shapes_supervision.Assessment]) -> object:
    row = line.row
    added = gathering.name(
        Assessment,
        row.congress,
        row.cycle,
        row.day,
        row.body,
        cycle_id=gathering.id(line, "cycle", Cycle, row.congress, row.cycle),
        year=row.cycle,
        round_id=None,
        subject="project",
        body=row.body,
        rule_set=row.rule_set,
        day=row.day,
        published_at=moment(row.day, 18),
    )
    return added["id"]


def gather_department_assessments(gathering: Gathering) -> None:
    """Gather what each department got in a year; no row has a day of publication, since ranks are internal.

    Points must follow from the votes by the rule set, and ranks from the points.
    """
    years: dict[tuple[str, int], list[DepartmentLine]] = defaultdict(list)
    for line in gathering.lines(shapes_supervision.DepartmentAssessment):
        years[line.row.congress, line.row.year].append(line)
    for (congress, year), lines in years.items():
        first = lines[0].row
        assessment = gathering.name(
            Assessment,
            congress,
            "department",
            year,
            cycle_id=None,
            year=year,
            round_id=None,
            subject="department",
            body=first.body,
            rule_set=first.rule_set,
            day=first.day,
            published_at=None,
        )
        _check_points(gathering, lines)
        for line in lines:
            _department_result(gathering, line, assessment["id"])


def _check_points(gathering: Gathering, lines: list[DepartmentLine]) -> None:
    path = gathering.rule_sets / f"{lines[0].row.rule_set}.json"
    if not path.is_file():
        raise lines[0].bad("rule_set", "unknown_name", value=lines[0].row.rule_set)
    values = json.loads(path.read_text("utf-8"))["values"]
    weights = {grade: int(values[grade]["value"]) for grade in GRADES}
    for line, rank in zip(lines, ranks([line.row.points for line in lines]), strict=True):
        row = line.row
        votes = {grade: int(getattr(row, grade)) for grade in GRADES}
        if sum(votes.values()) != row.total:
            raise line.bad("total", "sum_differs", value=row.total)
        points = weighted_points(votes, weights)
        if points != row.points:
            raise line.bad("points", "points_differ", value=row.points, points=points)
        if rank != row.rank:
            raise line.bad("rank", "rank_differs", value=row.rank, rank=rank)


def _department_result(gathering: Gathering, line: DepartmentLine, assessment: object) -> None:
    row = line.row
    department = gathering.find(line, "department", Department, row.congress, row.department)
    begins, ends = department["from_day"], department["to_day"]
    if (begins is not None and row.day < begins) or (ends is not None and row.day > ends):
        raise line.bad("department", "not_there_then", value=row.department)
    gathering.name(
        AssessmentResult,
        row.congress,
        "department",
        row.year,
        row.department,
        assessment_id=assessment,
        project_id=None,
        department_id=department["id"],
        name=department["name"],
        **row.model_dump(include={*GRADES, "total", "points", "rank"}),
        published_at=None,
    )
