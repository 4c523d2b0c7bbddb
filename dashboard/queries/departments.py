"""Departments (承办单位): what each has in hand in a cycle, and one department over the years."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from dashboard.gate import Call, query
from dashboard.queries.questions import asked
from dashboard.queries.states import state_light
from dashboard.queries.successions import Line, Lines, lines_of
from dashboard.queries.told import told, told_askers
from dashboard.relations import carried_by
from dashboard.rules.judge_frames import Carrying, Duty, Record
from dashboard.rules.lights import CANCELLED, STATES
from dashboard.rules.progress import WHOLE, month_ends
from dashboard.rules.refused import Refused
from dashboard.rules.supervision_rules import SupervisionRules, last_day
from dashboard.rules.working_days import is_working_day
from dashboard.store.joins import leads
from dashboard.store.rules_in_force import rules_in_force
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.inquiry import Answer, Inquiry, Promise, Question
from dashboard.store.tables.progress import CongressMonth, Project, ProjectState, Report

TOPICS = ("progress", "inquiry", "cycle")


@dataclass(frozen=True, slots=True)
class _Led:
    """A project as its stored sums know it."""

    department: UUID | None
    row: Carrying


@query("department.read", *TOPICS)
def departments(call: Call, year: int) -> tuple[Duty, ...]:
    """Return the departments of a cycle in the clerk's order, with what each has in hand."""
    lines = lines_of(call.session)
    led: dict[UUID, list[Carrying]] = defaultdict(list)
    for one in _projects(call, Cycle.year == year):
        if one.department is not None:
            led[lines.last(one.department)].append(one.row)
    answered, promised = _answered(call, year, lines)
    return tuple(
        _duty(line, led[line.row.id], answered[line.row.id], promised[line.row.id])
        for line in lines.rows
        if led[line.row.id] or _stands(line, year)
    )


@query("department.read", *TOPICS)
def department(call: Call, key: UUID) -> Record:
    """Return one department over the years, with what those before it did."""
    lines = lines_of(call.session)
    line = lines.back(key)
    if line is None:
        raise Refused("not_found")
    projects = [
        one.row if one.department in line.ids else _shared(one.row)
        for one in _projects(call, carried_by(*line.ids))
    ]
    questions = asked(call, Question.department_id.in_(line.ids))
    promises = [promise for one in questions for promise in one.promises]
    answered = sum(one.answer is not None for one in questions)
    kept = sum(promise.verdict == "kept" for promise in promises)
    duty = _duty(line, [one for one in projects if one.leads], answered, (len(promises), kept))
    after = lines.known.get(lines.last(key)) if lines.last(key) != key else None
    successor = (str(after.id), after.name) if after is not None else None
    return Record(duty, line.row.from_day, line.row.to_day, successor, tuple(projects), questions)


def _stands(line: Line, year: int) -> bool:
    """Tell whether a department was there at any time of a year."""
    begins, ends = line.row.from_day, line.row.to_day
    # One that another went on as was there under the other's name.
    return (begins is None or begins.year <= year or bool(line.former)) and (
        ends is None or ends.year >= year
    )


def _shared(row: Carrying) -> Carrying:
    return Carrying(
        row.year, row.number, row.name, row.light, row.actual, row.month, leads=False, due=0, on_time=0
    )


def _duty(line: Line, led: list[Carrying], answered: int, promised: tuple[int, int]) -> Duty:
    lights = Counter(one.light for one in led)
    return Duty(
        id=str(line.row.id),
        name=line.row.name,
        short_name=line.row.short_name,
        position=line.row.position,
        lights=tuple((name, lights[name]) for name in STATES if lights[name]),
        due=sum(one.due for one in led),
        on_time=sum(one.on_time for one in led),
        answered=answered,
        promised=promised[0],
        kept=promised[1],
        former=tuple(one.name for one in line.former),
    )


def _projects(call: Call, condition: ColumnElement[bool]) -> list[_Led]:
    """Return projects as of the last month that their cycle reported, the newest cycle first: three statements."""
    rows = call.session.execute(
        select(Project, Cycle.year, ProjectState)
        .join(Cycle, leads(Project.cycle_id, Cycle))
        .outerjoin(ProjectState, leads(ProjectState.project_id, Project))
        .where(condition, *told(call, Project))
        .order_by(Cycle.year.desc(), Project.number)
    ).all()
    months = call.session.execute(
        select(CongressMonth.cycle_id, func.max(CongressMonth.month).label("month")).group_by(
            CongressMonth.cycle_id
        )
    )
    last = {row.cycle_id: row.month for row in months}
    received = _received(call.session, [row.id for row, _, _ in rows])
    rules = rules_in_force(call.session, call.congress_id)
    return [
        _Led(row.department_id, _carrying(row, year, state, last.get(row.cycle_id), received[row.id], rules))
        for row, year, state in rows
    ]


def _carrying(
    row: Project,
    year: int,
    state: ProjectState | None,
    last: date | None,
    received: Mapping[date, tuple[date, int]],
    rules: SupervisionRules,
) -> Carrying:
    owes = last is not None and row.state != CANCELLED
    due = [*_due(row, last, received)] if owes and last is not None else []
    return Carrying(
        year=year,
        number=row.number,
        name=row.name,
        light=state_light(row, state, last, rules),
        actual=state.share if state else None,
        month=state.month if state else None,
        leads=True,
        due=len(due),
        on_time=sum(
            month in received and received[month][0] <= last_day(month, rules.due, is_working_day)
            for month in due
        ),
    )


def _due(row: Project, last: date, received: Mapping[date, tuple[date, int]]) -> Iterable[date]:
    """Yield the months for which a project owed a report: to its planned end, or to the month that finished it."""
    for month in month_ends(row.starts_on, min(row.due_on, last)):
        yield month
        if month in received and received[month][1] >= WHOLE:
            return


def _received(session: Session, projects: list[UUID]) -> Mapping[UUID, Mapping[date, tuple[date, int]]]:
    """Return when each month's first published report came in, a correction being no delay, and its share."""
    found: dict[UUID, dict[date, tuple[date, int]]] = defaultdict(dict)
    rows = session.execute(
        select(Report.project_id, Report.month, func.min(Report.received_on), func.max(Report.share))
        .where(Report.project_id.in_(projects), Report.published_at.is_not(None))
        .group_by(Report.project_id, Report.month)
    )
    for project, month, day, share in rows:
        found[project][month] = (day, share)
    return found


def _answered(
    call: Call, year: int, lines: Lines
) -> tuple[Mapping[UUID, int], Mapping[UUID, tuple[int, int]]]:
    """Return how many questions of a cycle each department answered, and how many promises it made and kept."""
    answered: dict[UUID, set[UUID]] = defaultdict(set)
    promised: dict[UUID, dict[UUID, bool]] = defaultdict(dict)
    rows: Any = call.session.execute(
        select(Question.department_id, Question.id, Answer.id, Promise)
        .join(Inquiry, leads(Question.inquiry_id, Inquiry))
        .join(Cycle, leads(Inquiry.cycle_id, Cycle))
        .outerjoin(
            Answer,
            and_(leads(Answer.question_id, Question), *told_askers(call, Answer)),
        )
        .outerjoin(
            Promise,
            and_(leads(Promise.question_id, Question), *told_askers(call, Promise)),
        )
        .where(Cycle.year == year, *told_askers(call, Question, Inquiry))
    )
    for department, question, answer, promise in rows:
        own = lines.last(department)
        if answer is not None:
            answered[own].add(question)
        if promise is not None:
            told = call.is_member or promise.verdict_published_at is not None
            promised[own][promise.id] = told and promise.verdict == "kept"
    return (
        defaultdict(int, {key: len(found) for key, found in answered.items()}),
        defaultdict(lambda: (0, 0), {key: (len(made), sum(made.values())) for key, made in promised.items()}),
    )
