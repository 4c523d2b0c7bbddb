"""The demonstration's inquiries: questions, answers, promises and what became of them."""

from datetime import timedelta

from dashboard.store.loading import shapes_supervision
from dashboard.store.loading.bulk import Line
from dashboard.store.loading.gathering import Gathering, moment
from dashboard.store.tables.congress import Delegation, Department
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.inquiry import Answer, Inquiry, Promise, PromiseMonth, Question
from dashboard.store.tables.progress import Project


def gather_inquiries(gathering: Gathering) -> None:
    """Gather the inquiries; questions and answers are public once an inquiry has ended."""
    for line in gathering.lines(shapes_supervision.Inquiry):
        row = line.row
        gathering.name(
            Inquiry,
            row.congress,
            row.id,
            cycle_id=gathering.id(line, "cycle", Cycle, row.congress, row.cycle),
            kind=row.kind,
            title=row.title,
            day=row.day,
            place=None,
            state=row.state,
            published_at=moment(row.day, 18) if row.state in {"ended", "announced"} else None,
        )
    for question in gathering.lines(shapes_supervision.Question):
        _question(gathering, question)


def gather_promises(gathering: Gathering) -> None:
    """Gather what departments promised, with the curve of the promise."""
    for line in gathering.lines(shapes_supervision.Promise):
        row = line.row
        question = gathering.find(line, "question", Question, row.congress, row.inquiry, row.question)
        if row.verdict is None and row.verdict_published is not None:
            raise line.bad("verdict", "empty", published=row.verdict_published)
        gathering.name(
            Promise,
            row.congress,
            row.id,
            question_id=question["id"],
            project_id=gathering.id(line, "project", Project, row.congress, row.project),
            text=row.text,
            asked_on=row.made,
            due_on=row.due,
            verdict=row.verdict,
            verdict_published_at=None if row.verdict_published is None else moment(row.verdict_published, 17),
            published_at=question["published_at"],
        )
    for month in gathering.lines(shapes_supervision.PromiseMonth):
        promise = gathering.find(month, "promise", Promise, month.row.congress, month.row.promise)
        gathering.add(
            PromiseMonth,
            month.row.congress,
            promise_id=promise["id"],
            month=month.row.month,
            share=month.row.share,
            published_at=promise["published_at"],
        )


def _question(gathering: Gathering, line: Line[shapes_supervision.Question]) -> None:
    row = line.row
    inquiry = gathering.find(line, "inquiry", Inquiry, row.congress, row.inquiry)
    department = gathering.id(line, "department", Department, row.congress, row.department)
    question = gathering.name(
        Question,
        row.congress,
        row.inquiry,
        row.number,
        inquiry_id=inquiry["id"],
        project_id=gathering.id(line, "project", Project, row.congress, row.project),
        department_id=department,
        delegation_id=gathering.id(line, "delegation", Delegation, row.congress, row.delegation),
        order_id=None,
        number=row.number,
        text=row.question,
        # What was asked about is the last month whose end had passed.
        about_month=inquiry["day"].replace(day=1) - timedelta(days=1),
        published_at=inquiry["published_at"],
    )
    gathering.name(
        Answer,
        row.congress,
        row.inquiry,
        row.number,
        1,
        question_id=question["id"],
        department_id=department,
        version=1,
        official=None,
        text=row.answer,
        given_at=moment(inquiry["day"], 15),
        **row.model_dump(include={"satisfied", "basically", "dissatisfied"}),
        published_at=inquiry["published_at"],
    )
