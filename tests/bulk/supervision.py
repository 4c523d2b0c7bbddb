"""What the nation's deputies do between the meetings: inquiries with promises, visits, remarks, assessments."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from dashboard.store.tables.assessment import Acceptance, Assessment, AssessmentResult
from dashboard.store.tables.congress import Delegation, Department, Membership
from dashboard.store.tables.cycle import Cycle
from dashboard.store.tables.inquiry import Answer, Inquiry, Promise, PromiseMonth, Question, QuestionAsker
from dashboard.store.tables.progress import Project
from dashboard.store.tables.supervision import (
    Inspection,
    InspectionFinding,
    Remark,
    RemarkAnswer,
    SupervisionMember,
)
from tests.bulk.batch import Batch, batch, noon
from tests.bulk.nation import LAST_YEAR, Nation
from tests.bulk.people import DELEGATIONS, DEPARTMENTS, SEATS, TRADES
from tests.bulk.progress import WORKS, serial
from tests.bulk.years import each

QUESTIONS, PROMISES, VISITS = 3, 2, 3
DEPARTMENT_YEARS = range(LAST_YEAR - 5, LAST_YEAR)
RULE_SET = "grades-zhenhai@1"
Values = tuple[Any, ...]


def inquiries(nation: Nation) -> Iterator[Batch]:
    """Yield the inquiries with questions, answers and promises."""
    yield batch(
        Inquiry,
        "congress_id id cycle_id kind title day state published_at",
        ((one.id, one.key(Inquiry, year), one.key(Cycle, year), "special_inquiry", f"{year}年度专题询问", _day(year),
          "ended", noon(_day(year))) for one, year in each(nation)),
    )  # fmt: skip
    yield batch(
        Question,
        "congress_id id inquiry_id project_id department_id delegation_id number text about_month published_at",
        _questions(nation),
    )
    yield batch(
        QuestionAsker,
        "congress_id question_id membership_id",
        ((one.id, one.key(Question, year * 8 + n), one.key(Membership, n))
         for one, year in each(nation) for n in range(1, QUESTIONS + 1)),
    )  # fmt: skip
    yield batch(
        Answer,
        "congress_id id question_id department_id version text given_at satisfied basically dissatisfied"
        " published_at",
        ((one.id, one.key(Answer, year * 8 + n), one.key(Question, year * 8 + n),
          one.key(Department, n % DEPARTMENTS + 1), 1, "已排出倒排工期，按月调度。", noon(_day(year)), 20, 12, 5,
          noon(_day(year))) for one, year in each(nation) for n in range(1, QUESTIONS + 1)),
    )  # fmt: skip
    yield batch(
        Promise,
        "congress_id id question_id project_id text asked_on due_on verdict verdict_published_at published_at",
        _promises(nation),
    )
    yield batch(PromiseMonth, "congress_id promise_id month share published_at", _promise_months(nation))


def assessments(nation: Nation) -> Iterator[Batch]:
    """Yield the yearly assessments of projects and of departments, and what projects were accepted with."""
    yield batch(
        Assessment,
        "congress_id id cycle_id year subject body rule_set day published_at",
        _assessments(nation),
    )
    yield batch(
        AssessmentResult,
        "congress_id id assessment_id project_id department_id name satisfied basically dissatisfied total points"
        " rank published_at",
        _results(nation),
    )
    yield batch(
        Acceptance,
        "congress_id id project_id dimension version result text published_at",
        ((one.id, one.key(Acceptance, serial(nation, year, n)), one.key(Project, serial(nation, year, n)),
          "quality", 1, "passed", "资料齐全", noon(date(year + 1, 1, 25)))
         for one, year in each(nation) if year < LAST_YEAR for n in range(1, nation.projects + 1)),
    )  # fmt: skip


def visits(nation: Nation) -> Iterator[Batch]:
    """Yield the supervision groups with their visits and remarks."""
    yield batch(
        SupervisionMember,
        "congress_id project_id membership_id heads",
        ((one.id, one.key(Project, serial(nation, year, n)), one.key(Membership, n * 2 + m), m == 0)
         for one, year in each(nation) for n in range(1, nation.projects + 1) for m in range(2)),
    )  # fmt: skip
    yield batch(
        Inspection,
        "congress_id id project_id delegation_id day title state published_at",
        ((one.id, one.key(Inspection, year * 8 + n), one.key(Project, serial(nation, year, n)),
          one.key(Delegation, n % DELEGATIONS + 1), _day(year, n), f"视察{WORKS[n - 1]}",
          "published", noon(_day(year, n)))
         for one, year in each(nation) for n in range(1, VISITS + 1)),
    )  # fmt: skip
    yield batch(
        InspectionFinding,
        "congress_id id inspection_id version text written_on published_at",
        ((one.id, one.key(InspectionFinding, year * 8 + n), one.key(Inspection, year * 8 + n), 1,
          "进度与月报相符，围挡应加固。", _day(year, n), noon(_day(year, n)))
         for one, year in each(nation) for n in range(1, VISITS + 1)),
    )  # fmt: skip
    yield batch(
        Remark,
        "congress_id id project_id membership_id request_id text made_on due_on created_at published_at",
        ((one.id, one.key(Remark, year * 8 + n), one.key(Project, serial(nation, year, n)), one.key(Membership, n),
          f"{year}-{n}", "请公布剩余工程的时间表。", _day(year), _day(year, 30), noon(_day(year)),
          noon(_day(year)))
         for one, year in each(nation) for n in range(1, VISITS + 1)),
    )  # fmt: skip
    yield batch(
        RemarkAnswer,
        "congress_id id remark_id version text given_on given_at published_at",
        ((one.id, one.key(RemarkAnswer, year * 8), one.key(Remark, year * 8 + 1), 1, "时间表已在工地公示。",
          _day(year, 10), noon(_day(year, 10)), noon(_day(year, 10))) for one, year in each(nation)),
    )  # fmt: skip


def _day(year: int, later: int = 0) -> date:
    return date(year, 7, 22) + timedelta(days=later)


def _questions(nation: Nation) -> Iterator[Values]:
    for one, year in each(nation):
        for n in range(1, QUESTIONS + 1):
            project, department = (
                one.key(Project, serial(nation, year, n)),
                one.key(Department, n % DEPARTMENTS + 1),
            )
            delegation, text = one.key(Delegation, n % DELEGATIONS + 1), f"{WORKS[n - 1]}为何滞后？"
            key, month = one.key(Question, year * 8 + n), date(year, 6, 30)
            inquiry, said = one.key(Inquiry, year), noon(_day(year))
            yield one.id, key, inquiry, project, department, delegation, n, text, month, said


def _promises(nation: Nation) -> Iterator[Values]:
    for one, year in each(nation):
        for n in range(1, PROMISES + 1):
            judged = None if year == LAST_YEAR else noon(date(year + 1, 1, 20))
            verdict = None if judged is None else ("kept", "broken")[(one.number + n) % 2]
            key, question = one.key(Promise, year * 8 + n), one.key(Question, year * 8 + n)
            project, due = one.key(Project, serial(nation, year, n)), date(year, 12, 31)
            said = noon(_day(year))
            yield (
                one.id,
                key,
                question,
                project,
                "12月31日前全部完工。",
                _day(year),
                due,
                verdict,
                judged,
                said,
            )


def _promise_months(nation: Nation) -> Iterator[Values]:
    for one, year in each(nation):
        for n in range(1, PROMISES + 1):
            for month, share in ((9, 7_000), (10, 8_000), (11, 9_000), (12, 10_000)):
                day = date(year, month, 30 if month in {9, 11} else 31)
                yield one.id, one.key(Promise, year * 8 + n), day, share, noon(_day(year))


def _assessments(nation: Nation) -> Iterator[Values]:
    for one, year in each(nation):
        if year < LAST_YEAR:
            day = date(year + 1, 1, 25)
            key = one.key(Assessment, year)
            yield one.id, key, one.key(Cycle, year), year, "project", "全体代表", RULE_SET, day, noon(day)
    for one in nation.all:
        for year in DEPARTMENT_YEARS:
            day = date(year, 12, 20)
            key = one.key(Assessment, 10_000 + year)
            yield one.id, key, None, year, "department", "常委会组成人员", RULE_SET, day, noon(day)


def _results(nation: Nation) -> Iterator[Values]:
    for one, year in each(nation):
        if year < LAST_YEAR:
            said = noon(date(year + 1, 1, 25))
            for n in range(nation.projects + 1):
                project = one.key(Project, serial(nation, year, n)) if n else None
                name = f"{one.name}{WORKS[(n - 1) % len(WORKS)]}{n}处" if n else "overall"
                good, bad = 24 + (one.number + n) % 10, n % 3
                key, counts = (
                    one.key(AssessmentResult, year * 64 + n),
                    (good, SEATS - 2 - good - bad, bad, SEATS - 2),
                )
                yield one.id, key, one.key(Assessment, year), project, None, name, *counts, None, None, said
    for one in nation.all:
        for year in DEPARTMENT_YEARS:
            for n in range(1, DEPARTMENTS + 1):
                rank = (n + one.number + year) % DEPARTMENTS + 1
                good, name = 38 - rank, f"{one.name}{TRADES[n - 1]}局"
                key, department = one.key(AssessmentResult, (10_000 + year) * 64 + n), one.key(Department, n)
                counts, points = (good, SEATS - 2 - good, 0, SEATS - 2), 9_900 - rank * 50
                yield (
                    one.id, key, one.key(Assessment, 10_000 + year), None, department, name, *counts, points, rank,
                    noon(date(year, 12, 20)),
                )  # fmt: skip
