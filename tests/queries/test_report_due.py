"""What is due, what waits to be checked, and who reads objections."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import update

from dashboard.commands.objections import NewAnswer, NewObjection, answer_objection, raise_objection
from dashboard.commands.progress import publish_report, return_reports, submit_report
from dashboard.commands.report_drafts import attach, save_draft
from dashboard.gate import PUBLIC, Actor
from dashboard.queries.objections import objections, open_to_objections
from dashboard.queries.report_check import checking
from dashboard.queries.report_due import reports_due
from dashboard.queries.report_form import report_form
from dashboard.rules.report_frames import DueMonth
from dashboard.rules.roles import Role
from dashboard.store.tables.progress import Report
from dashboard.store.transactions import Store
from tests.commands.people import TOWNSHIP, call_of, person, projects, refusal
from tests.conftest import NOW
from tests.reporting import APRIL, APRIL_DUE, SEPTEMBER, change, department_of, file, lagging, report

YEAR = 2025
LATE = (NOW.date() - APRIL_DUE).days


def due(store: Store, actor: Actor) -> dict[date, DueMonth]:
    """Return what is due of the project of old estates, by month."""
    call = call_of(store, actor, writes=False)
    number = lagging(store).number
    return {one.month: one for one in reports_due(call, YEAR) if one.number == number}


def test_a_month_goes_from_missing_to_published(demo_store: Store) -> None:
    project = lagging(demo_store)
    me, clerk = department_of(demo_store, project), person(demo_store, Role.CLERK)
    (april,) = due(demo_store, me).values()
    assert (april.month, april.due, april.state, april.late) == (APRIL, APRIL_DUE, "missing", LATE)
    save_draft(call_of(demo_store, me), change(project.id, share="20"))
    assert due(demo_store, me)[APRIL].state == "draft"
    sent = submit_report(call_of(demo_store, me), report(project.id))
    assert due(demo_store, me)[APRIL].state == "submitted"
    return_reports(call_of(demo_store, clerk), [sent], "请补名单")
    returned = due(demo_store, me)[APRIL]
    assert (returned.state, returned.reason) == ("returned", "请补名单")
    # The day on which it first came in is what makes it late.
    assert returned.late == LATE
    again = submit_report(call_of(demo_store, me), report(project.id))
    publish_report(call_of(demo_store, clerk), again)
    assert due(demo_store, me) == {}


def test_an_objection_that_was_upheld_asks_for_a_correction(demo_store: Store) -> None:
    project = lagging(demo_store)
    me, clerk = department_of(demo_store, project), person(demo_store, Role.CLERK)
    sent = submit_report(call_of(demo_store, me), report(project.id))
    publish_report(call_of(demo_store, clerk), sent)
    said = NewObjection(report_id=sent, text="不实", request_id="d" * 32)
    raised = raise_objection(call_of(demo_store, person(demo_store, Role.DEPUTY)), said)
    assert due(demo_store, me) == {}
    answer = NewAnswer(objection_id=raised, outcome="partly", text="部分属实")
    answer_objection(call_of(demo_store, clerk), answer)
    assert due(demo_store, me)[APRIL].state == "objected"
    submit_report(call_of(demo_store, me), report(project.id, reason="更正"))
    assert due(demo_store, me)[APRIL].state == "submitted"


def test_of_a_finished_project_no_further_month_is_due(demo_store: Store) -> None:
    project = lagging(demo_store)
    me = department_of(demo_store, project)
    with demo_store.system().writing() as session:
        session.execute(
            update(Report)
            .where(Report.project_id == project.id, Report.month > date(2025, 6, 30))
            .values(state="draft", published_at=None)
        )
    assert {date(2025, 7, 31), date(2025, 8, 31), SEPTEMBER} <= set(due(demo_store, me))
    with demo_store.system().writing() as session:
        session.execute(
            update(Report)
            .where(Report.project_id == project.id, Report.month == date(2025, 6, 30))
            .values(share=10_000)
        )
    assert set(due(demo_store, me)) == {APRIL}


def test_the_form_shows_the_month_before_and_the_plan(demo_store: Store) -> None:
    project = lagging(demo_store)
    me, clerk = department_of(demo_store, project), person(demo_store, Role.CLERK)
    form = report_form(call_of(demo_store, me, writes=False), project.id, None)
    # Without a month: the first one that is due.
    assert (form.month, form.state, form.late, form.corrects) == (APRIL, "missing", LATE, False)
    assert form.before is not None
    assert (form.before.month, form.before.share) == (date(2025, 3, 31), 1_400)
    assert (form.target.planned, form.target.planned_next) == (2_500, 3_500)
    assert (form.target.quantity, form.target.unit) == (24_000, "个")
    attach(call_of(demo_store, me), file(project.id))
    save_draft(call_of(demo_store, me), change(project.id, done="写到一半"))
    read = report_form(call_of(demo_store, clerk, writes=False), project.id, APRIL)
    assert (read.fields["done"], len(read.attached), read.saved_at is not None) == ("写到一半", 1, True)
    september = report_form(call_of(demo_store, me, writes=False), project.id, SEPTEMBER)
    assert (september.corrects, september.fields["share"]) == (True, "58")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLERK, Role.DEPARTMENT, Role.PUBLIC}))
def test_a_form_is_its_departments_and_the_clerks(demo_store: Store, role: Role) -> None:
    project = lagging(demo_store)
    call = call_of(demo_store, person(demo_store, role), writes=False)
    assert refusal(report_form, call, project.id, APRIL) == "not_allowed"
    assert (
        refusal(report_form, call_of(demo_store, PUBLIC, writes=False), project.id, APRIL) == "sign_in_first"
    )
    stranger = department_of(demo_store, projects(demo_store)[0])
    assert refusal(report_form, call_of(demo_store, stranger, writes=False), project.id, APRIL) == "not_yours"
    elsewhere = lagging(demo_store, TOWNSHIP)
    clerk = call_of(demo_store, person(demo_store, Role.CLERK), writes=False)
    absent = (elsewhere.id, UUID(int=1))
    assert {refusal(report_form, clerk, one, APRIL) for one in absent} == {"not_found"}


def test_checking_shows_a_report_beside_the_one_before_with_what_is_odd(demo_store: Store) -> None:
    project = lagging(demo_store)
    me, clerk = department_of(demo_store, project), person(demo_store, Role.CLERK)
    before = checking(call_of(demo_store, clerk, writes=False), YEAR)
    assert next(one for one in before.missing if one.number == project.number).month == APRIL
    sent = submit_report(
        call_of(demo_store, me),
        report(project.id, share=9_000, done_text="首批6个小区进场，2个小区完成管网开挖。"),
    )
    found = checking(call_of(demo_store, clerk, writes=False), YEAR)
    (one,) = [each for each in found.waiting if each.report_id == str(sent)]
    assert one.before is not None
    assert (one.before.month, one.said.share, one.target.planned, one.late) == (
        date(2025, 3, 31),
        9_000,
        2_500,
        LATE,
    )
    assert [each.code for each in one.warnings] == ["quality.jump", "quality.repeated", "quality.late"]
    assert APRIL not in {each.month for each in found.missing if each.number == project.number}


def test_who_reads_an_objection_and_who_is_named(demo_store: Store) -> None:
    project = lagging(demo_store)
    me, clerk = department_of(demo_store, project), person(demo_store, Role.CLERK)
    deputy, other = person(demo_store, Role.DEPUTY), person(demo_store, Role.DEPUTY)
    sent = submit_report(call_of(demo_store, me), report(project.id))
    publish_report(call_of(demo_store, clerk), sent)
    raise_objection(
        call_of(demo_store, deputy), NewObjection(report_id=sent, text="不实", request_id="d" * 32)
    )

    def read(actor: Actor) -> list[str | None]:
        return [one.by for one in objections(call_of(demo_store, actor, writes=False), YEAR)]

    named = read(clerk)
    assert len(named) == 1
    assert (named[0] or "").startswith("deputy-")
    # The department reads what is objected, not by whom; another deputy and another department nothing.
    assert (read(me), read(deputy)) == ([None], [None])
    assert (read(other), read(department_of(demo_store, projects(demo_store)[0]))) == ([], [])
    reading = call_of(demo_store, PUBLIC, writes=False)
    assert refusal(objections, reading, YEAR) == "sign_in_first"
    open_ones = open_to_objections(call_of(demo_store, deputy, writes=False), project.id)
    assert APRIL in {one.month for one in open_ones}
    stranger = department_of(demo_store, projects(demo_store)[0])
    assert open_to_objections(call_of(demo_store, stranger, writes=False), project.id) == ()
