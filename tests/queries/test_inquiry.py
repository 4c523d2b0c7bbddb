"""Inquiries: questions in order, promises beside what was reported, verdicts only to whom they are announced."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import select, update

from dashboard.queries.departments import department, departments
from dashboard.queries.inquiry import inquiries, inquiry
from dashboard.rules.roles import Role
from dashboard.store.loading.gathering import key_of
from dashboard.store.tables.cycle import CalendarEntry, Cycle
from dashboard.store.tables.inquiry import Answer, Inquiry, Promise
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Report
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, call_of, refusal
from tests.queries.planting import CONGRESS
from tests.queries.test_assessment import reading, statements

JULY = key_of("inquiries", COUNTY, "2025-07")
PROMISE = key_of("promises", COUNTY, "2025-07-3")
HOUSING = key_of("departments", COUNTY, "zj")
NOW = datetime(2025, 10, 9, tzinfo=UTC)


def change(store: Store, table: type, key: UUID, **values: object) -> None:
    with store.system().writing() as session:
        session.execute(update(table).where(table.id == key).values(**values))  # type: ignore[attr-defined]


def test_a_cycles_inquiries_stand_newest_first_with_their_questions_in_order(demo_store: Store) -> None:
    known = inquiries(reading(demo_store), 2024)
    days = [row.day for row in known.rows]
    assert days == sorted(days, reverse=True)
    for row in known.rows:
        assert [one.number for one in row.questions] == list(range(1, len(row.questions) + 1))
    (july,) = inquiries(reading(demo_store), 2025).rows
    assert [one.delegation for one in july.questions] == [
        "槿汀代表团",
        "霁禾代表团",
        "汐樨代表团",
        "蘅川代表团",
    ]
    third = july.questions[2]
    assert (third.project_number, third.about, third.department) == (3, date(2025, 6, 30), "县住房城乡建设局")
    assert third.marks is not None
    assert (third.marks.satisfied, third.marks.total) == (96, 285)


def test_a_promise_is_held_against_the_reports_for_members_alone(demo_store: Store) -> None:
    (promise,) = inquiry(reading(demo_store, Role.LEADER), 2025, JULY).questions[2].promises
    assert (promise.standing, promise.gap) == ("behind", -600)
    assert promise.months[:3] == (
        (date(2025, 8, 31), 5000, 4800),
        (date(2025, 9, 30), 6400, 5800),
        (date(2025, 10, 31), 7700, None),
    )
    (shown,) = inquiry(reading(demo_store), 2025, JULY).questions[2].promises
    assert (shown.standing, shown.gap, shown.verdict) == (None, None, None)
    assert shown.months == promise.months


def test_a_verdict_is_the_publics_only_from_its_publication_on(demo_store: Store) -> None:
    change(demo_store, Promise, PROMISE, verdict="broken")

    def verdicts() -> list[str | None]:
        calls = [reading(demo_store, role) for role in (Role.PUBLIC, Role.DEPARTMENT, Role.CLERK)]
        return [inquiry(call, 2025, JULY).questions[2].promises[0].verdict for call in calls]

    assert verdicts() == [None, "broken", "broken"]
    change(demo_store, Promise, PROMISE, verdict_published_at=NOW)
    assert verdicts() == ["broken"] * 3


def test_a_verdict_of_another_congress_is_not_told_to_its_members(demo_store: Store) -> None:
    change(demo_store, Promise, PROMISE, verdict="kept")
    clerk = reading(demo_store, Role.CLERK).actor
    neighbour = call_of(demo_store, clerk, "990121100", writes=False)
    neighbour.place = reading(demo_store).place
    outsider = clerk.__class__(**{**{name: getattr(clerk, name) for name in clerk.__slots__},
                                  "congress_id": key_of("congress", "990121100")})  # fmt: skip
    neighbour.actor = outsider
    assert inquiry(neighbour, 2025, JULY).questions[2].promises[0].verdict is None
    (own,) = (row for row in departments(neighbour, 2025) if row.id == str(HOUSING))
    assert own.kept == 0


def test_unpublished_inquiries_answers_and_reports_stay_inside(demo_store: Store) -> None:
    with demo_store.system().writing() as session:
        cycle = session.scalars(
            select(Cycle.id).where(Cycle.congress_id == CONGRESS, Cycle.year == 2025)
        ).one()
        secret = Inquiry(congress_id=CONGRESS, id=new_id(), cycle_id=cycle, kind="inquiry", title="未公布的问政",
                         day=date(2025, 10, 28), place=None, state="upcoming", published_at=None)  # fmt: skip
        session.add(secret)
        question = inquiry(reading(demo_store), 2025, JULY).questions[0]
        answer = session.scalars(select(Answer).where(Answer.text == question.answer)).one()
        session.add(Answer(congress_id=CONGRESS, id=new_id(), question_id=answer.question_id,
                           department_id=answer.department_id, version=2, official=None, text="未公布的答复",
                           given_at=None, satisfied=None, basically=None, dissatisfied=None,
                           published_at=None))  # fmt: skip
        report = session.scalars(
            select(Report)
            .where(Report.project_id == key_of("projects", COUNTY, "2025-03"))
            .order_by(Report.month)
        ).all()[-1]
        session.add(Report(congress_id=CONGRESS, id=new_id(), project_id=report.project_id, submitted_by=None,
                           month=date(2025, 10, 31), version=1, state="submitted", share=9999, quantity=None,
                           paid=None, started=None, finished=None, done_text="未公布的月报", next_text=None,
                           problem_text=None, leader=None, evidence=0, received_on=date(2025, 11, 3),
                           submitted_at=None, reason=None, published_at=None))  # fmt: skip
    public, leader = reading(demo_store), reading(demo_store, Role.LEADER)
    assert "未公布的问政" not in [row.title for row in inquiries(public, 2025).rows]
    assert "未公布的问政" in [row.title for row in inquiries(leader, 2025).rows]
    assert refusal(inquiry, reading(demo_store), 2025, secret.id) == "not_found"
    assert inquiry(public, 2025, JULY).questions[0].answer == question.answer
    for call in (public, leader):
        shares = [share for _, _, share in inquiry(call, 2025, JULY).questions[2].promises[0].months]
        assert shares == [4800, 5800, None, None, None]


def test_an_inquiry_belongs_to_its_cycle(demo_store: Store) -> None:
    assert refusal(inquiry, reading(demo_store), 2024, JULY) == "not_found"
    assert refusal(inquiry, reading(demo_store), 2025, new_id()) == "not_found"


def test_the_calendar_says_when_the_next_one_is(demo_store: Store) -> None:
    with demo_store.system().writing() as session:
        cycle = session.scalars(
            select(Cycle.id).where(Cycle.congress_id == CONGRESS, Cycle.year == 2026)
        ).one()
        for day in (date(2025, 10, 1), date(2026, 7, 22)):
            session.add(CalendarEntry(congress_id=CONGRESS, id=new_id(), cycle_id=cycle, project_id=None,
                                      kind="inquiry", day=day, title="专题询问", concerns=None,
                                      published_at=NOW))  # fmt: skip
    known = inquiries(reading(demo_store), 2026)
    assert known.rows == ()
    assert known.planned == ((date(2026, 7, 22), "专题询问"),)


@pytest.mark.parametrize(("function", "most", "given"), [(inquiries, 6, (2025,)), (inquiry, 4, (2025, JULY))])
def test_few_statements_and_then_none(
    demo_store: Store, function: object, most: int, given: tuple[object, ...]
) -> None:
    call = reading(demo_store)
    assert 0 < statements(call, function, *given) <= most
    assert statements(call, function, *given) == 0


def test_a_departments_page_knows_the_same_promise(demo_store: Store) -> None:
    change(demo_store, Promise, PROMISE, verdict="broken")
    for role, verdict in ((Role.PUBLIC, None), (Role.LEADER, "broken")):
        record = department(reading(demo_store, role), HOUSING)
        told = [promise.verdict for one in record.questions if one.year == 2025 for promise in one.promises]
        assert told == [verdict]
