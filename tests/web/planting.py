"""Internal rows for tests: each carries a text of its own that no page and no file of the public's may show."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from dashboard.store.loading.gathering import key_of
from dashboard.store.tables.assessment import Acceptance, Assessment, AssessmentResult
from dashboard.store.tables.congress import Department
from dashboard.store.tables.cycle import CalendarEntry, Cycle
from dashboard.store.tables.inquiry import Answer, Inquiry, Promise, Question
from dashboard.store.tables.keys import Base, new_id
from dashboard.store.tables.orders import Candidate, Order
from dashboard.store.tables.progress import Plan, Project, Report, ReportDraft, ReportObjection
from dashboard.store.tables.sealing import SealedBox
from dashboard.store.tables.supervision import (
    Attachment,
    Inspection,
    InspectionFinding,
    InspectionMember,
    Remark,
    Task,
)
from dashboard.store.tables.voting import Count, Round, RoundOption
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, seats
from tests.conftest import NOW

OWN = key_of("congress", COUNTY)
YEAR, TODAY = 2025, NOW.date()
# What every planted text begins with, and numbers that nothing else has.
HIDDEN, POINTS, RANK, VOTES = "暗记", 91_827_364, 46_372_819, 73_645_281
SHOWN = "明示的建议"


class Planting:
    """Where the planted rows go: the cycle, a project, a department, an inquiry that the congress has."""

    def __init__(self, store: Store) -> None:
        with store.system().reading() as session:
            self.cycle = session.scalars(
                select(Cycle.id).where(Cycle.congress_id == OWN, Cycle.year == YEAR)
            ).one()
            self.project = session.scalars(
                select(Project).where(
                    Project.congress_id == OWN, Project.cycle_id == self.cycle, Project.number == 3
                )
            ).one()
            self.department = session.scalars(
                select(Department.id).where(Department.congress_id == OWN)
            ).first()
            self.question = session.scalars(
                select(Question).where(Question.congress_id == OWN, Question.project_id == self.project.id)
            ).first()
            self.promise = session.scalars(
                select(Promise.id).where(Promise.congress_id == OWN, Promise.project_id == self.project.id)
            ).first()
            self.report = session.scalars(
                select(Report.id).where(
                    Report.project_id == self.project.id, Report.published_at.is_not(None)
                )
            ).first()
        self.seat = seats(store)[0]


def row(table: type[Base], published: bool | None = False, /, **values: Any) -> Base:
    """Return a row of the county; `published` is None where the table does not know of it."""
    if published is not None:
        values["published_at"] = NOW if published else None
    if "id" in table.__mapper__.columns and "id" not in values:
        values["id"] = new_id()
    return table(congress_id=OWN, **values)


def plant(store: Store) -> None:
    """Put an internal row of every kind into the county's cycle, and a verdict that no act has published."""
    at = Planting(store)
    with store.system().writing() as session:
        for one in (*_progress(at), *_people(at), *_voting(at), *_judging(at), *_asking(at)):
            session.add(one)
            # One by one: no relationship tells the session what must stand first.
            session.flush()
        promise = session.get(Promise, (OWN, at.promise))
        assert promise is not None
        promise.verdict, promise.verdict_published_at = f"{HIDDEN}判定", None


def _progress(at: Planting) -> list[Base]:
    project = at.project.id
    shared: dict[str, Any] = {
        "project_id": project, "share": 7_777, "quantity": None, "paid": None, "started": None, "finished": None,
        "next_text": f"{HIDDEN}下一步", "problem_text": f"{HIDDEN}问题", "leader": None, "evidence": 0,
        "received_on": TODAY, "submitted_at": NOW, "submitted_by": None, "reason": f"{HIDDEN}更正",
    }  # fmt: skip
    month, visit = TODAY.replace(day=31), new_id()
    return [
        row(Report, month=month, version=71, state="submitted", done_text=f"{HIDDEN}月报", **shared),
        row(Report, month=month, version=72, state="draft", done_text=f"{HIDDEN}草稿", **shared),
        row(Plan, project_id=project, version=71, kind="schedule", state="submitted", revision=1, basis="linear",
            due_on=TODAY, budget=None, document=f"{HIDDEN}文件", reason=f"{HIDDEN}调整",
            draft={"target": f"{HIDDEN}目标"}, approved_at=None),
        row(ReportDraft, None, project_id=project, month=month, revision=1, edited_by=None, edited_at=NOW,
            body={"done": {"value": f"{HIDDEN}正在写", "revision": 1, "editor": "", "by": None, "at": None}}),
        row(ReportObjection, None, report_id=at.report, raised_by=None, raised_on=TODAY, raised_at=NOW,
            request_id=new_id().hex, text=f"{HIDDEN}异议", outcome="rejected", answer=f"{HIDDEN}处理意见",
            answered_by=None, answered_on=TODAY),
        row(Attachment, subject="report", subject_id=at.report, name=f"{HIDDEN}照片.jpg", media_type="image/jpeg",
            size=1, digest="0" * 64, preview=None, added_by=None, created_at=NOW),
        row(Inspection, id=visit, project_id=project, delegation_id=None, request_id=None, day=TODAY,
            title=f"{HIDDEN}视察", state="held", planned_by=None, planned_at=None, reason=f"{HIDDEN}取消"),
        row(InspectionMember, inspection_id=visit, membership_id=at.seat),
        row(InspectionFinding, inspection_id=visit, version=1, text=f"{HIDDEN}发现", reason=None, written_by=None,
            written_on=TODAY),
        row(Attachment, subject="inspection", subject_id=visit, name=f"{HIDDEN}视察.jpg", media_type="image/jpeg",
            size=1, digest="1" * 64, preview=None, added_by=None, created_at=NOW),
        row(CalendarEntry, cycle_id=at.cycle, project_id=project, kind="inspection", day=TODAY + timedelta(days=1),
            title=f"{HIDDEN}日程", concerns=None),
    ]  # fmt: skip


def _people(at: Planting) -> list[Base]:
    project = at.project.id
    return [
        row(Task, None, project_id=project, department_id=at.department, kind="written", title=f"{HIDDEN}督办",
            state="open", due_on=TODAY, source="person", created_at=NOW),
        row(Remark, project_id=project, membership_id=at.seat, request_id=new_id().hex, text=f"{HIDDEN}意见",
            made_on=TODAY, due_on=TODAY, created_at=NOW),
        row(Order, cycle_id=at.cycle, merged_into_id=None, number=987_001, text=f"{HIDDEN}建议", category="交通",
            area_code=None, channel="web", received_on=TODAY, state="received"),
        row(Order, True, cycle_id=at.cycle, merged_into_id=None, number=987_002, text=SHOWN, category="交通",
            area_code=None, channel="web", received_on=TODAY, state="merged"),
        row(Candidate, cycle_id=at.cycle, department_id=None, number=98, name=f"{HIDDEN}候选", category="交通",
            place=None, target=f"{HIDDEN}目标", budget=None, order_count=0, state="draft"),
        row(Project, cycle_id=at.cycle, candidate_id=None, department_id=at.department, number=98,
            name=f"{HIDDEN}项目", short_name=f"{HIDDEN}项目", category="交通", place=None, target=f"{HIDDEN}目标",
            leader=None, budget=None, starts_on=TODAY, due_on=TODAY, state="running"),
    ]  # fmt: skip


def _voting(at: Planting) -> list[Base]:
    """Rounds that were counted and that nobody has announced, in each state between."""
    return [one for state in ("closed", "counted", "signed", "reported") for one in _counted(at, state)]


def _counted(at: Planting, state: str) -> list[Base]:
    made = new_id()
    blank = dict.fromkeys(("meeting_id", "after_id", "threshold", "announcement", "opened_at"))
    outcome = {"outcome": {"state": "decided", "code": "tally.round.decided", "facts": {"chosen": VOTES}}}
    return [
        row(Round, state == "closed", id=made, cycle_id=at.cycle, purpose="adoption", state=state, title=HIDDEN,
            rule_set="adoption-mark@1", rules={}, places=1, closed_at=NOW, entitled=VOTES, present=VOTES,
            issued=VOTES, recovered=VOTES, valid=VOTES, invalid=0, reason=f"{HIDDEN}票决原因",
            box_digest=str(VOTES) * 8, facts=outcome, **blank),
        row(RoundOption, round_id=made, number=1, name=f"{HIDDEN}选项", candidate_id=None, project_id=None,
            department_id=None, answer_id=None),
        row(Count, round_id=made, number=1, votes=VOTES, against=None, abstained=None, rank_sum=None,
            state="chosen", reason="chosen", facts={}),
        row(SealedBox, round_id=made, algorithm="sha256", digest=str(VOTES) * 8, body=f"{HIDDEN}票箱"),
    ]  # fmt: skip


def _judging(at: Planting) -> list[Base]:
    made = new_id()
    return [
        row(Assessment, id=made, cycle_id=None, year=YEAR, round_id=None, subject="department", body=f"{HIDDEN}测评",
            rule_set="grades-zhenhai@1", day=TODAY),
        row(AssessmentResult, assessment_id=made, project_id=None, department_id=at.department,
            name=f"{HIDDEN}名次", satisfied=1, basically=1, dissatisfied=1, total=3, points=POINTS, rank=RANK),
        row(Acceptance, project_id=at.project.id, dimension="quality", version=71, result="failed",
            text=f"{HIDDEN}验收", rectify_by=TODAY),
    ]  # fmt: skip


def _asking(at: Planting) -> list[Base]:
    inquiry: UUID = new_id()
    question = at.question
    assert question is not None
    return [
        row(Inquiry, id=inquiry, cycle_id=at.cycle, kind="special_inquiry", title=f"{HIDDEN}问政", day=TODAY,
            place=None, state="upcoming"),
        row(Question, inquiry_id=inquiry, project_id=at.project.id, department_id=question.department_id,
            delegation_id=None, order_id=None, number=1, text=f"{HIDDEN}提问", about_month=None),
        row(Answer, question_id=question.id, department_id=question.department_id, version=71, official=None,
            text=f"{HIDDEN}答复", given_at=None, satisfied=None, basically=None, dissatisfied=None),
    ]  # fmt: skip


def leaks(text: str) -> list[str]:
    """Return the planted things that a text shows, as they stand or as JSON writes them."""
    numbers = [f"{number:,}" for number in (POINTS, RANK, VOTES)] + [
        str(one) for one in (POINTS, RANK, VOTES)
    ]
    escaped = HIDDEN.encode("unicode_escape").decode()
    return [one for one in (HIDDEN, escaped, *numbers) if one in text]
