"""What can be taken away of the supervision of a cycle: inquiries, promises, inspections, assessments, dates."""

from typing import Any

from sqlalchemy import Select, and_, case, select

from dashboard.queries.data_sets import dataset, of_year, public
from dashboard.store.joins import leads
from dashboard.store.tables.assessment import Acceptance, Assessment, AssessmentResult
from dashboard.store.tables.congress import Delegation, Department, Membership
from dashboard.store.tables.cycle import CalendarEntry
from dashboard.store.tables.inquiry import Answer, Inquiry, Promise, PromiseMonth, Question
from dashboard.store.tables.progress import Project
from dashboard.store.tables.supervision import (
    Inspection,
    InspectionFinding,
    Remark,
    RemarkAnswer,
    SupervisionWeek,
)


@dataset("inquiries", "inquiry kind title day place state", "inquiry", "cycle")
def _inquiries(year: int) -> Select[*tuple[Any, ...]]:
    row = Inquiry
    found = select(row.id, row.kind, row.title, row.day, row.place, row.state).select_from(row)
    return of_year(found, row, year).where(public(row)).order_by(row.day, row.id)


@dataset(
    "questions",
    "inquiry day number project_number department delegation question answer_version answer satisfied basically "
    "dissatisfied",
    "inquiry",
    "cycle",
)
def _questions(year: int) -> Select[*tuple[Any, ...]]:
    row = Question
    found = (
        select(
            Inquiry.id, Inquiry.day, row.number, Project.number, Department.name, Delegation.name, row.text,
            Answer.version, Answer.text, Answer.satisfied, Answer.basically, Answer.dissatisfied,
        )
        .select_from(row)
        .join(Inquiry, leads(row.inquiry_id, Inquiry))
        .outerjoin(Project, and_(leads(row.project_id, Project), public(Project)))
        .outerjoin(Department, leads(row.department_id, Department))
        .outerjoin(Delegation, leads(row.delegation_id, Delegation))
        .outerjoin(Answer, and_(leads(Answer.question_id, row), public(Answer)))
        .where(public(row), public(Inquiry))
    )  # fmt: skip
    return of_year(found, Inquiry, year).order_by(Inquiry.day, Inquiry.id, row.number, Answer.version)


@dataset(
    "promises",
    "promise inquiry question_number project_number department text asked_on due_on verdict",
    "inquiry",
    "cycle",
)
def _promises(year: int) -> Select[*tuple[Any, ...]]:
    row = Promise
    # Whether a promise was kept is told by an act of its own, later than the promise.
    verdict = case((row.verdict_published_at.is_not(None), row.verdict), else_=None)
    found = (
        select(
            row.id, Inquiry.id, Question.number, Project.number, Department.name, row.text, row.asked_on,
            row.due_on, verdict,
        )
        .select_from(row)
        .join(Question, leads(row.question_id, Question))
        .join(Inquiry, leads(Question.inquiry_id, Inquiry))
        .outerjoin(Project, and_(leads(row.project_id, Project), public(Project)))
        .outerjoin(Department, leads(Question.department_id, Department))
        .where(public(row), public(Question), public(Inquiry))
    )  # fmt: skip
    return of_year(found, Inquiry, year).order_by(row.asked_on, row.id)


@dataset("promise_months", "promise project_number month promised_percent", "inquiry", "cycle")
def _promise_months(year: int) -> Select[*tuple[Any, ...]]:
    row = PromiseMonth
    found = (
        select(Promise.id, Project.number, row.month, row.share)
        .select_from(row)
        .join(Promise, leads(row.promise_id, Promise))
        .join(Question, leads(Promise.question_id, Question))
        .join(Inquiry, leads(Question.inquiry_id, Inquiry))
        .outerjoin(Project, and_(leads(Promise.project_id, Project), public(Project)))
        .where(public(row), public(Promise), public(Question), public(Inquiry))
    )
    return of_year(found, Inquiry, year).order_by(Promise.asked_on, Promise.id, row.month)


@dataset(
    "inspections",
    "project_number project day delegation title findings_version findings reason state",
    "supervision",
    "progress",
    "cycle",
)
def _inspections(year: int) -> Select[*tuple[Any, ...]]:
    row, said = Inspection, InspectionFinding
    found = (
        select(
            Project.number, Project.name, row.day, Delegation.name, row.title, said.version, said.text, said.reason,
            row.state,
        )
        .select_from(row)
        .join(said, leads(said.inspection_id, row))
        .join(Project, leads(row.project_id, Project))
        .outerjoin(Delegation, leads(row.delegation_id, Delegation))
        .where(public(row), public(said), public(Project))
    )  # fmt: skip
    return of_year(found, Project, year).order_by(row.day, Project.number, row.id, said.version)


@dataset(
    "remarks",
    "remark project_number project week deputy made_on due_on text answer_version answer given_on",
    "supervision",
    "progress",
    "people",
    "cycle",
)
def _remarks(year: int) -> Select[*tuple[Any, ...]]:
    row = Remark
    found = (
        select(
            row.id, Project.number, Project.name, SupervisionWeek.title, Membership.name, row.made_on, row.due_on,
            row.text, RemarkAnswer.version, RemarkAnswer.text, RemarkAnswer.given_on,
        )
        .select_from(row)
        .join(Project, leads(row.project_id, Project))
        .join(Membership, leads(row.membership_id, Membership))
        .outerjoin(SupervisionWeek, leads(row.week_id, SupervisionWeek))
        .outerjoin(RemarkAnswer, and_(leads(RemarkAnswer.remark_id, row), public(RemarkAnswer)))
        .where(public(row), public(Project))
    )  # fmt: skip
    return of_year(found, Project, year).order_by(row.made_on, row.id, RemarkAnswer.version)


@dataset(
    "assessments",
    "subject body day rule_set name project_number department satisfied basically dissatisfied total points rank",
    "assessment",
)
def _assessments(year: int) -> Select[*tuple[Any, ...]]:
    row = AssessmentResult
    return (
        select(
            Assessment.subject, Assessment.body, Assessment.day, Assessment.rule_set, row.name, Project.number,
            Department.name, row.satisfied, row.basically, row.dissatisfied, row.total, row.points, row.rank,
        )
        .select_from(row)
        .join(Assessment, leads(row.assessment_id, Assessment))
        .outerjoin(Project, and_(leads(row.project_id, Project), public(Project)))
        .outerjoin(Department, leads(row.department_id, Department))
        .where(public(row), public(Assessment), Assessment.year == year)
        .order_by(Assessment.day, Assessment.id, row.name)
    )  # fmt: skip


@dataset(
    "acceptances",
    "project_number project dimension acceptance_version result text rectify_by",
    "assessment",
    "progress",
    "cycle",
)
def _acceptances(year: int) -> Select[*tuple[Any, ...]]:
    row = Acceptance
    found = (
        select(Project.number, Project.name, row.dimension, row.version, row.result, row.text, row.rectify_by)
        .select_from(row)
        .join(Project, leads(row.project_id, Project))
        .where(public(row), public(Project))
    )
    return of_year(found, Project, year).order_by(Project.number, row.dimension, row.version)


@dataset("calendar", "day kind title concerns project_number", "cycle")
def _calendar(year: int) -> Select[*tuple[Any, ...]]:
    row = CalendarEntry
    found = (
        select(row.day, row.kind, row.title, row.concerns, Project.number)
        .select_from(row)
        .outerjoin(Project, and_(leads(row.project_id, Project), public(Project)))
        .where(public(row))
    )
    return of_year(found, row, year).order_by(row.day, row.title)
