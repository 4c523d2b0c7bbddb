"""The life of a report after it was submitted: returned, submitted again, published, objected to, corrected."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from dashboard.commands.objections import NewAnswer, NewObjection, answer_objection, raise_objection
from dashboard.commands.progress import publish_report, publish_reports, return_reports, submit_report
from dashboard.commands.report_drafts import attach
from dashboard.gate import PUBLIC, Ground
from dashboard.rules.report_digest import report_digest
from dashboard.rules.roles import Role
from dashboard.store.record import verify
from dashboard.store.tables.congress import MembershipState
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Report, ReportObjection
from dashboard.store.tables.record import Act
from dashboard.store.transactions import Store
from dashboard.store.versions import Versions
from tests.commands.people import call_of, person, projects, refusal, seats
from tests.commands.test_report_drafts import rows
from tests.conftest import NOW
from tests.reporting import APRIL, SEPTEMBER, department_of, file, lagging, report

TODAY = date(2025, 10, 10)


def states(store: Store, project: object) -> list[tuple[int, str]]:
    found = rows(store, Report, project_id=project, month=APRIL)
    return sorted((one.version, one.state) for one in found)  # type: ignore[attr-defined]


def acts(store: Store, kind: str) -> list[dict[str, object]]:
    with store.system().reading() as session:
        return list(session.scalars(select(Act.payload).where(Act.kind == kind).order_by(Act.number)))


def test_returned_with_a_reason_submitted_again_and_published(loaded_store: Store) -> None:
    project = lagging(loaded_store)
    me, clerk = department_of(loaded_store, project), person(loaded_store, Role.CLERK)
    first = submit_report(call_of(loaded_store, me), report(project.id))
    assert return_reports(call_of(loaded_store, clerk), [first], " 请写明开工的小区 ") == 1
    (row,) = rows(loaded_store, Report, id=first)
    assert (row.state, row.returned_reason, row.published_at) == ("returned", "请写明开工的小区", None)  # type: ignore[attr-defined]
    assert refusal(publish_report, call_of(loaded_store, clerk), first) == "report_not_submitted"
    second = submit_report(call_of(loaded_store, me), report(project.id, done_text="甲乙丙丁四个小区开工。"))
    assert states(loaded_store, project.id) == [(1, "replaced"), (2, "submitted")]
    publish_report(call_of(loaded_store, clerk), second)
    assert states(loaded_store, project.id) == [(1, "replaced"), (2, "published")]
    (row,) = rows(loaded_store, Report, id=second)
    assert row.objections_until == TODAY + timedelta(days=7)  # type: ignore[attr-defined]
    with loaded_store.system().reading() as session:
        assert verify(session, project.congress_id) is None
    (stated,) = acts(loaded_store, "report_published")
    columns = {name: getattr(row, name) for name in Report.__mapper__.columns.keys()}  # noqa: SIM118 - columns
    assert stated["sha256"] == report_digest(columns, [])
    assert stated["sha256"] != report_digest(columns | {"share": 2_001}, [])
    assert acts(loaded_store, "report_returned")[0]["report"] == str(first)


def test_a_report_submitted_twice_waits_once(demo_store: Store) -> None:
    project = lagging(demo_store)
    me, clerk = department_of(demo_store, project), person(demo_store, Role.CLERK)
    first, second = (submit_report(call_of(demo_store, me), report(project.id)) for _ in range(2))
    assert states(demo_store, project.id) == [(1, "replaced"), (2, "submitted")]
    assert refusal(publish_report, call_of(demo_store, clerk), first) == "report_not_submitted"
    publish_report(call_of(demo_store, clerk), second)


def test_several_are_published_or_returned_together_or_none_of_them(loaded_store: Store) -> None:
    clerk = person(loaded_store, Role.CLERK)
    sent = []
    for project in projects(loaded_store)[:3]:
        me = department_of(loaded_store, project)
        again = report(project.id, SEPTEMBER, share=9_000, reason="更正")
        sent.append(submit_report(call_of(loaded_store, me), again))
    assert refusal(publish_reports, call_of(loaded_store, clerk), [*sent, new_id()]) == "not_found"
    waiting = rows(loaded_store, Report, state="submitted")
    assert {one.id for one in waiting} >= set(sent)  # type: ignore[attr-defined]
    ground = Ground(loaded_store, Versions(loaded_store))
    before = ground.versions.stamp(projects(loaded_store)[0].congress_id, ["progress"])
    assert publish_reports(call_of(loaded_store, clerk, ground=ground), [*sent, sent[0]]) == 3
    after = ground.versions.stamp(projects(loaded_store)[0].congress_id, ["progress"])
    assert after == (before[0] + 1,)
    assert refusal(return_reports, call_of(loaded_store, clerk), sent, "x") == "report_not_submitted"
    for command in (publish_reports, lambda call, ids: return_reports(call, ids, "x")):
        assert refusal(command, call_of(loaded_store, clerk), []) == "report_not_chosen"


def test_a_return_needs_a_reason(demo_store: Store) -> None:
    project = lagging(demo_store)
    sent = submit_report(call_of(demo_store, department_of(demo_store, project)), report(project.id))
    clerk = call_of(demo_store, person(demo_store, Role.CLERK))
    assert refusal(return_reports, clerk, [sent], "  ") == "return_needs_reason"
    assert refusal(return_reports, clerk, [sent], "字" * 501) == "report_long"
    assert states(demo_store, project.id) == [(1, "submitted")]


def test_warnings_need_a_line_and_do_not_stop_a_report(demo_store: Store) -> None:
    project = lagging(demo_store)
    me = call_of(demo_store, department_of(demo_store, project))
    # April is late by months, whatever it says.
    assert refusal(submit_report, me, report(project.id, explanation=" ")) == "report_explanation_needed"
    assert rows(demo_store, Report, project_id=project.id, month=APRIL) == []
    sent = submit_report(me, report(project.id, explanation="原经办人调离，补报"))
    (row,) = rows(demo_store, Report, id=sent)
    assert row.explanation == "原经办人调离，补报"  # type: ignore[attr-defined]


def test_a_deputy_and_the_department_object_within_seven_days(loaded_store: Store) -> None:
    project = lagging(loaded_store)
    me, clerk = department_of(loaded_store, project), person(loaded_store, Role.CLERK)
    deputy = person(loaded_store, Role.DEPUTY)
    sent = submit_report(call_of(loaded_store, me), report(project.id))
    new = {"report_id": sent, "text": " 现场只有两个小区开工 ", "request_id": "d" * 32}
    said = NewObjection.model_validate(new)
    # Nobody objects to what is not published.
    assert refusal(raise_objection, call_of(loaded_store, deputy), said) == "not_found"
    publish_report(call_of(loaded_store, clerk), sent)
    raised = raise_objection(call_of(loaded_store, deputy), said)
    assert raise_objection(call_of(loaded_store, deputy), said) == raised
    raise_objection(call_of(loaded_store, me), NewObjection.model_validate(new | {"request_id": "e" * 32}))
    found = rows(loaded_store, ReportObjection)
    assert len(found) == 2
    assert {one.text for one in found} == {"现场只有两个小区开工"}  # type: ignore[attr-defined]
    answer = NewAnswer(objection_id=raised, outcome="upheld", text="请承办单位更正")
    answer_objection(call_of(loaded_store, clerk), answer)
    assert refusal(answer_objection, call_of(loaded_store, clerk), answer) == "objection_answered"
    (row,) = rows(loaded_store, ReportObjection, id=raised)
    assert (row.outcome, row.answer, row.answered_on) == ("upheld", "请承办单位更正", TODAY)  # type: ignore[attr-defined]
    (stated,) = acts(loaded_store, "objection_answered")
    assert stated == {"objection": str(raised), "report": str(sent), "outcome": "upheld"}


def test_who_may_not_object_and_when(demo_store: Store) -> None:
    project, other = lagging(demo_store), projects(demo_store)[0]
    clerk, deputy = person(demo_store, Role.CLERK), person(demo_store, Role.DEPUTY)
    sent = submit_report(call_of(demo_store, department_of(demo_store, project)), report(project.id))
    publish_report(call_of(demo_store, clerk), sent)
    said = NewObjection(report_id=sent, text="有异议", request_id="d" * 32)
    stranger = department_of(demo_store, other)
    assert refusal(raise_objection, call_of(demo_store, stranger), said) == "not_yours"
    assert refusal(raise_objection, call_of(demo_store, PUBLIC), said) == "sign_in_first"
    assert refusal(raise_objection, call_of(demo_store, clerk), said) == "not_allowed"
    empty = said.model_copy(update={"text": "　"})
    assert refusal(raise_objection, call_of(demo_store, deputy), empty) == "objection_empty"
    seat = seats(demo_store)[1]
    with demo_store.system().writing() as session:
        session.execute(
            update(MembershipState).where(MembershipState.membership_id == seat).values(state="suspended")
        )
        session.execute(update(Report).where(Report.id == sent).values(objections_until=TODAY))
    suspended = person(demo_store, Role.DEPUTY, seat=seat)
    assert refusal(raise_objection, call_of(demo_store, suspended), said) == "not_yours"
    raise_objection(call_of(demo_store, deputy), said)
    with demo_store.system().writing() as session:
        session.execute(
            update(Report).where(Report.id == sent).values(objections_until=TODAY - timedelta(days=1))
        )
    late = said.model_copy(update={"request_id": "f" * 32})
    assert refusal(raise_objection, call_of(demo_store, deputy), late) == "objection_late"
    assert len(rows(demo_store, ReportObjection)) == 1


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLERK, Role.PUBLIC}))
def test_the_clerk_alone_checks_and_answers(demo_store: Store, role: Role) -> None:
    project = lagging(demo_store)
    sent = submit_report(call_of(demo_store, department_of(demo_store, project)), report(project.id))
    other = call_of(demo_store, person(demo_store, role))
    answer = NewAnswer(objection_id=new_id(), outcome="rejected", text="x")
    assert refusal(return_reports, other, [sent], "x") == "not_allowed"
    assert refusal(publish_reports, other, [sent]) == "not_allowed"
    assert refusal(answer_objection, other, answer) == "not_allowed"


def test_a_correction_without_a_draft_keeps_the_files_of_the_version_before(demo_store: Store) -> None:
    project = lagging(demo_store)
    me, clerk = department_of(demo_store, project), person(demo_store, Role.CLERK)
    attach(call_of(demo_store, me), file(project.id))
    first = submit_report(call_of(demo_store, me), report(project.id))
    publish_report(call_of(demo_store, clerk), first)
    second = submit_report(call_of(demo_store, me, now=NOW), report(project.id, share=2_100, reason="更正"))
    (row,) = rows(demo_store, Report, id=second)
    assert row.evidence == 1  # type: ignore[attr-defined]
