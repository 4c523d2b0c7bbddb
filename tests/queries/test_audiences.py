"""What a congress has not published is read by those who prepare it, and on no page by the others, members or not."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from dashboard.gate import Call
from dashboard.queries.departments import department, departments
from dashboard.queries.deputies import deputies, deputy
from dashboard.queries.desk import desk
from dashboard.queries.inquiry import inquiries, inquiry
from dashboard.queries.overview import overview
from dashboard.queries.own import own
from dashboard.queries.progress import curve, ranking
from dashboard.queries.project import project
from dashboard.queries.project_list import project_list
from dashboard.rules.roles import ASKING, PREPARING, Role
from dashboard.store.loading.gathering import key_of
from dashboard.store.tables.cycle import CalendarEntry
from dashboard.store.tables.inquiry import Answer, Inquiry, Promise, PromiseMonth, Question, QuestionAsker
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Project
from dashboard.store.tables.supervision import SupervisionMember
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, projects, refusal, seats
from tests.conftest import NOW
from tests.queries.planting import CONGRESS as OWN
from tests.queries.planting import add, cycle_of, hide, reading

JULY = key_of("inquiries", COUNTY, "2025-07")
HIDDEN = "未公布"
LATER = sorted(set(Role) - ASKING)


@pytest.fixture
def lagging(demo_store: Store) -> Project:
    return projects(demo_store)[2]


@pytest.fixture
def prepared(demo_store: Store, lagging: Project) -> UUID:
    """An inquiry that is being prepared, with a question to the department of the third project."""
    held, asked, seat = new_id(), new_id(), seats(demo_store)[0]
    assert lagging.department_id is not None
    add(
        demo_store,
        Inquiry(
            congress_id=OWN,
            id=held,
            cycle_id=cycle_of(demo_store),
            kind="special_inquiry",
            title=f"{HIDDEN}问政",
            day=NOW.date() + timedelta(days=9),
            place=None,
            state="upcoming",
            published_at=None,
        ),
        Question(
            congress_id=OWN,
            id=asked,
            inquiry_id=held,
            project_id=lagging.id,
            department_id=lagging.department_id,
            delegation_id=None,
            order_id=None,
            number=1,
            text=f"{HIDDEN}提问",
            about_month=None,
            published_at=None,
        ),
        QuestionAsker(congress_id=OWN, question_id=asked, membership_id=seat),
        Answer(
            congress_id=OWN,
            id=new_id(),
            question_id=asked,
            department_id=lagging.department_id,
            version=1,
            official=None,
            text=f"{HIDDEN}答复",
            given_at=None,
            satisfied=1,
            basically=1,
            dissatisfied=1,
            published_at=None,
        ),
    )
    return held


@pytest.mark.parametrize("role", LATER)
def test_who_is_asked_does_not_read_the_question_before(
    demo_store: Store, lagging: Project, prepared: UUID, role: Role
) -> None:
    call = reading(demo_store, role)
    assert HIDDEN not in str(inquiries(call, 2025))
    assert refusal(inquiry, call, 2025, prepared) == "not_found"
    assert lagging.department_id is not None
    assert HIDDEN not in str(department(call, lagging.department_id))
    assert HIDDEN not in str(deputy(call, seats(demo_store)[0]))
    answered = {row.id: row.answered for row in departments(call, 2025)}
    early = {row.id: row.answered for row in departments(reading(demo_store, Role.LEADER), 2025)}
    assert early[str(lagging.department_id)] == answered[str(lagging.department_id)] + 1


@pytest.mark.parametrize("role", sorted(ASKING))
def test_who_asks_reads_it(demo_store: Store, lagging: Project, prepared: UUID, role: Role) -> None:
    call = reading(demo_store, role)
    assert f"{HIDDEN}提问" in str(inquiry(call, 2025, prepared))
    assert lagging.department_id is not None
    assert f"{HIDDEN}提问" in str(department(call, lagging.department_id))
    assert f"{HIDDEN}提问" in str(deputy(call, seats(demo_store)[0]))


@pytest.mark.parametrize("role", LATER)
def test_answers_and_promises_of_a_published_question_wait_too(
    demo_store: Store, lagging: Project, role: Role
) -> None:
    with demo_store.system().writing() as session:
        question = session.scalars(
            select(Question).where(Question.inquiry_id == JULY, Question.project_id == lagging.id)
        ).one()
        made = new_id()
        session.add(
            Promise(
                congress_id=OWN,
                id=made,
                question_id=question.id,
                project_id=lagging.id,
                text=f"{HIDDEN}承诺",
                asked_on=date(2025, 9, 1),
                due_on=NOW.date(),
                verdict=None,
                verdict_published_at=None,
                published_at=None,
            )
        )
        session.flush()
        session.add(
            PromiseMonth(
                congress_id=OWN, promise_id=made, month=date(2025, 9, 30), share=9911, published_at=None
            )
        )
        session.add(
            Answer(
                congress_id=OWN,
                id=new_id(),
                question_id=question.id,
                department_id=question.department_id,
                version=9,
                official=None,
                text=f"{HIDDEN}答复",
                given_at=None,
                satisfied=None,
                basically=None,
                dissatisfied=None,
                published_at=None,
            )
        )
    call = reading(demo_store, role)
    assert HIDDEN not in str(inquiry(call, 2025, JULY))
    assert inquiry(call, 2025, JULY).questions[2].answer is not None
    shown = curve(call, lagging.id)
    assert shown.promise is None or 9911 not in shown.promise.shares
    alerts = [one.facts for one in overview(call, 2025).alerts if one.code == "promise_missed"]
    assert 9911 not in [facts["promised"] for facts in alerts]
    assert HIDDEN not in str(project(call, 2025, 3))
    if role is Role.DEPARTMENT:
        assert HIDDEN not in str(own(call, 2025))


@pytest.mark.parametrize("role", sorted(Role))
def test_a_project_that_is_not_announced_is_the_clerks_draft(
    demo_store: Store, lagging: Project, role: Role
) -> None:
    """Between the count and its announcement the rows of projects say who won."""
    seat = seats(demo_store)[0]
    with demo_store.system().writing() as session:
        session.execute(delete(SupervisionMember).where(SupervisionMember.project_id == lagging.id))
    add(
        demo_store, SupervisionMember(congress_id=OWN, project_id=lagging.id, membership_id=seat, heads=False)
    )
    hide(demo_store, Project, Project.id == lagging.id)
    call = reading(demo_store, role)
    assert lagging.department_id is not None
    seen = [
        lagging.id in [UUID(row.project_id) for row in ranking(call, 2025)],
        lagging.id in [UUID(row.project_id) for row in overview(call, 2025).ranking],
        lagging.number in [row.number for row in project_list(call, 2025).rows if row.stage != "candidate"],
        lagging.name in [row.name for row in department(call, lagging.department_id).projects],
        lagging.name in [row.name for row in deputy(call, seat).supervised],
    ]
    if role is not Role.PUBLIC:
        seen.append(lagging.name in [one.name for one in desk(call).projects])
        found = own(call, 2025)
        if found is not None and found.projects:
            seen.append(lagging.name in [one.name for one in found.projects])
    assert set(seen) == {role in PREPARING}
    (listed,) = [row for row in _listed(call) if row == seat]
    assert listed == seat
    if role not in PREPARING:
        assert refusal(project, call, 2025, lagging.number) == "not_found"
        assert refusal(curve, call, lagging.id) == "not_found"


def _listed(call: Call) -> Iterator[UUID]:
    yield from (row.id for row in deputies(call, 2025, "", "", 0, 1).rows)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMIN}))
def test_an_unannounced_visit_is_not_told_to_those_visited(
    demo_store: Store, lagging: Project, role: Role
) -> None:
    add(
        demo_store,
        *(
            CalendarEntry(
                congress_id=OWN,
                id=new_id(),
                cycle_id=cycle_of(demo_store),
                project_id=lagging.id,
                kind=kind,
                day=NOW.date() + timedelta(days=1),
                title=f"{HIDDEN}日程",
                concerns=None,
                published_at=None,
            )
            for kind in ("inspection", "inquiry")
        ),
    )
    call = reading(demo_store, role)
    shown = [str(overview(call, 2025).upcoming), str(inquiries(call, 2025).planned)]
    assert {HIDDEN in text for text in shown} == {role in ASKING}
