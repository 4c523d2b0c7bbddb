"""The questions of inquiries with their answers and promises, each promise beside what was reported since."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, select
from sqlalchemy.orm import Session

from dashboard.gate import Call
from dashboard.queries.told import told, told_askers
from dashboard.rules.judge_frames import Asked, Marks, PromiseMade
from dashboard.rules.promises import promised_share, standing
from dashboard.store.joins import leads
from dashboard.store.tables.congress import Delegation, Department
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.inquiry import Answer, Inquiry, Promise, PromiseMonth, Question
from dashboard.store.tables.progress import Project, Report

Shares = defaultdict[UUID, dict[date, int]]


def asked(call: Call, *conditions: ColumnElement[bool], reported: Shares | None = None) -> tuple[Asked, ...]:
    """Return the questions that meet conditions, the newest inquiry first: at most three statements.

    `reported` are the published shares by project and month, where the caller has read them.
    """
    rows: dict[UUID, Any] = {}
    for row in call.session.execute(_questions(call, *conditions)):
        # A later version of an answer overwrites the one before it.
        rows[row[0].id] = row
    made = _promises(call, rows, reported)
    return tuple(_asked(row, made[key]) for key, row in rows.items())


def _questions(call: Call, *conditions: ColumnElement[bool]) -> Any:
    # Who is asked does not read the question, nor another's answer, before it is published.
    return (
        select(
            Question,
            Inquiry.day,
            Cycle.year,
            Department.name,
            Delegation.name,
            Project.name,
            # A number and a curve are of the inquiry's own cycle: an earlier one's project is told by its name.
            case((Project.cycle_id == Inquiry.cycle_id, Project.number)),
            Answer,
        )
        .join(Inquiry, leads(Question.inquiry_id, Inquiry))
        .join(Cycle, leads(Inquiry.cycle_id, Cycle))
        .join(Department, leads(Question.department_id, Department))
        .outerjoin(Delegation, leads(Question.delegation_id, Delegation))
        .outerjoin(
            Project,
            and_(leads(Question.project_id, Project), *told(call, Project)),
        )
        .outerjoin(
            Answer,
            and_(leads(Answer.question_id, Question), *told_askers(call, Answer)),
        )
        .where(*conditions, *told_askers(call, Question, Inquiry))
        .order_by(Inquiry.day.desc(), Inquiry.id, Question.number, Answer.version)
    )


def _asked(row: Any, promises: Iterable[PromiseMade]) -> Asked:
    question, day, year, department, delegation, project, number, answer = row
    return Asked(
        number=question.number,
        text=question.text,
        department_id=str(question.department_id),
        department=department,
        delegation=delegation,
        project_id=str(question.project_id) if number is not None else None,
        project=project,
        project_number=number,
        about=question.about_month,
        answer=answer.text if answer else None,
        official=answer.official if answer else None,
        marks=_marks(answer),
        promises=tuple(promises),
        inquiry_id=str(question.inquiry_id),
        inquiry_day=day,
        year=year,
    )


def _marks(answer: Answer | None) -> Marks | None:
    if answer is None or answer.satisfied is None:
        return None
    return Marks(answer.satisfied, answer.basically or 0, answer.dissatisfied or 0)


def _promises(
    call: Call, questions: Iterable[UUID], reported: Shares | None
) -> Mapping[UUID, list[PromiseMade]]:
    found: dict[UUID, tuple[Promise, list[tuple[date, int]]]] = {}
    rows = call.session.execute(
        select(Promise, PromiseMonth.month, PromiseMonth.share)
        .outerjoin(PromiseMonth, leads(PromiseMonth.promise_id, Promise))
        .where(Promise.question_id.in_([*questions]), *told_askers(call, Promise))
        .order_by(Promise.due_on, Promise.id, PromiseMonth.month)
    )
    for promise, month, share in rows:
        months = found.setdefault(promise.id, (promise, []))[1]
        if month is not None:
            months.append((month, share))
    if reported is None:
        projects = {promise.project_id for promise, _ in found.values() if promise.project_id}
        reported = _reported(call.session, projects)
    made: dict[UUID, list[PromiseMade]] = defaultdict(list)
    for promise, months in found.values():
        shares = reported[promise.project_id] if promise.project_id is not None else {}
        made[promise.question_id].append(_made(call, promise, months, shares))
    return made


def _made(
    call: Call, promise: Promise, months: list[tuple[date, int]], reported: Mapping[date, int]
) -> PromiseMade:
    """Return a promise as the reader may know it: what is not announced of it is told to members alone."""
    since = {month: share for month, share in reported.items() if month >= promise.asked_on}
    announced = promise.verdict_published_at is not None
    last = max(since, default=None)
    wanted = promised_share(months, last) if last is not None else None
    told = call.is_member
    return PromiseMade(
        text=promise.text,
        asked=promise.asked_on,
        due=promise.due_on,
        months=tuple((month, share, since.get(month)) for month, share in months),
        standing=standing(months, since, promise.due_on, call.today) if told else None,
        gap=since[last] - wanted if told and last is not None and wanted is not None else None,
        verdict=promise.verdict if told or announced else None,
        announced=announced,
    )


def _reported(session: Session, projects: set[UUID]) -> Shares:
    """Return the published share of each month, of its latest version."""
    shares: Shares = defaultdict(dict)
    rows = session.execute(
        select(Report.project_id, Report.month, Report.share)
        .where(Report.project_id.in_(projects), Report.published_at.is_not(None))
        .order_by(Report.month, Report.version)
    )
    for project, month, share in rows:
        shares[project][month] = share
    return shares
