"""From the department's report to the public's curve: one transaction, nothing overwritten, nothing foreign."""

from datetime import date
from uuid import UUID

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from dashboard.commands.progress import NewReport, publish_report, submit_report
from dashboard.gate import PUBLIC, Actor, Ground
from dashboard.queries.desk import desk
from dashboard.queries.progress import curve, ranking
from dashboard.queries.report_check import checking
from dashboard.rules.roles import Role
from dashboard.store.loading.gathering import key_of
from dashboard.store.record import verify
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import CongressMonth, Project, ProjectState, Report
from dashboard.store.tables.record import Act
from dashboard.store.transactions import Store
from dashboard.store.versions import Versions
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person, projects, refusal

CONGRESS = key_of("congress", COUNTY)
APRIL, SEPTEMBER = date(2025, 4, 30), date(2025, 9, 30)


def lagging(store: Store) -> Project:
    """Return the project of old estates, which has no report of April."""
    return next(one for one in projects(store) if one.number == 3)


def new(project: UUID, month: date = SEPTEMBER, **given: object) -> NewReport:
    values = {
        "share": 6_000,
        "paid": 500_000_000,
        "done_text": "二十四个小区全部开工。",
        "explanation": "属实",
    } | given
    return NewReport.model_validate({"project_id": project, "month": month} | values)


def department_of(store: Store, project: Project) -> Actor:
    return person(store, Role.DEPARTMENT, department=project.department_id)


def rows(store: Store, entity: type, **where: object) -> list[object]:
    with store.system().reading() as session:
        return list(session.scalars(select(entity).filter_by(congress_id=CONGRESS, **where)))


def written(store: Store) -> tuple[int, list[str]]:
    """Return how many reports there are and the acts that followed the loading."""
    kinds = [act.kind for act in sorted(rows(store, Act), key=lambda act: act.number)]  # type: ignore[attr-defined]
    return len(rows(store, Report)), [kind for kind in kinds if kind != "demonstration_loaded"]


def test_a_report_waits_at_the_desk_until_it_is_published(loaded_store: Store) -> None:
    project, ground = lagging(loaded_store), Ground(loaded_store, Versions(loaded_store))
    department, clerk = department_of(loaded_store, project), person(loaded_store, Role.CLERK)
    seen = {"ground": ground, "writes": False}
    before = curve(call_of(loaded_store, **seen), project.id)
    assert APRIL in before.actual_days
    assert before.actual[before.actual_days.index(APRIL)] is None
    others = desk(call_of(loaded_store, clerk, **seen)).waiting
    assert project.name not in {one.project for one in others}

    report = submit_report(
        call_of(loaded_store, department, ground=ground), new(project.id, APRIL, share=2_000)
    )
    (waiting,) = set(desk(call_of(loaded_store, clerk, **seen)).waiting) - set(others)
    assert (waiting.report_id, waiting.share, waiting.month, waiting.version) == (report, 2_000, APRIL, 1)
    assert curve(call_of(loaded_store, **seen), project.id) == before
    # Beside what was published up to its own month (March), not beside September.
    checked = {one.report_id: one for one in checking(call_of(loaded_store, clerk, **seen), 2025).waiting}
    march = before.actual[before.actual_days.index(date(2025, 3, 31))]
    assert checked[str(report)].before is not None
    assert checked[str(report)].before.share == march

    public_before = ground.versions.stamp(CONGRESS, ["progress"])
    publish_report(call_of(loaded_store, clerk, ground=ground), report)
    after = curve(call_of(loaded_store, **seen), project.id)
    assert after.actual[after.actual_days.index(APRIL)] == 2_000
    assert desk(call_of(loaded_store, clerk, **seen)).waiting == others
    assert ground.versions.stamp(CONGRESS, ["progress"])[0] == public_before[0] + 1


def test_ranking_and_sums_follow_in_the_publishing_transaction(loaded_store: Store) -> None:
    project = lagging(loaded_store)
    department, clerk = department_of(loaded_store, project), person(loaded_store, Role.CLERK)
    (month,) = rows(loaded_store, CongressMonth, month=SEPTEMBER)
    (state,) = rows(loaded_store, ProjectState, project_id=project.id)
    assert state.share == 5_800  # type: ignore[attr-defined]
    report = submit_report(
        call_of(loaded_store, department), new(project.id, share=7_600, reason="统计口径更正")
    )
    publish_report(call_of(loaded_store, clerk), report)
    (state_after,) = rows(loaded_store, ProjectState, project_id=project.id)
    (month_after,) = rows(loaded_store, CongressMonth, month=SEPTEMBER)
    assert (state_after.share, state_after.report_id) == (7_600, report)  # type: ignore[attr-defined]
    assert month_after.share_sum == month.share_sum + 1_800  # type: ignore[attr-defined]
    assert month_after.reported == month.reported  # type: ignore[attr-defined]
    standing = {row.project_id: row for row in ranking(call_of(loaded_store, writes=False), 2025)}
    assert (standing[str(project.id)].actual, standing[str(project.id)].gap) == (7_600, 0)


def test_a_correction_is_a_second_version_and_the_first_stays(loaded_store: Store) -> None:
    project = lagging(loaded_store)
    department, clerk = department_of(loaded_store, project), person(loaded_store, Role.CLERK)
    (first,) = rows(loaded_store, Report, project_id=project.id, month=SEPTEMBER)
    kept = {name: getattr(first, name) for name in Report.__mapper__.columns.keys()}  # noqa: SIM118 - columns
    call = call_of(loaded_store, department)
    assert refusal(submit_report, call, new(project.id)) == "correction_needs_reason"
    assert refusal(submit_report, call, new(project.id, reason="  ")) == "correction_needs_reason"
    report = submit_report(call_of(loaded_store, department), new(project.id, reason="统计口径更正"))
    publish_report(call_of(loaded_store, clerk), report)
    old, corrected = sorted(
        rows(loaded_store, Report, project_id=project.id, month=SEPTEMBER),
        key=lambda row: row.version,  # type: ignore[attr-defined]
    )
    assert {name: getattr(old, name) for name in kept} == kept
    assert (corrected.version, corrected.share, corrected.reason) == (2, 6_000, "统计口径更正")  # type: ignore[attr-defined]


def test_a_month_reported_again_before_publication_needs_no_reason(demo_store: Store) -> None:
    project = lagging(demo_store)
    department = department_of(demo_store, project)
    for version in (1, 2):
        submit_report(call_of(demo_store, department), new(project.id, APRIL, share=version * 100))
    found = rows(demo_store, Report, project_id=project.id, month=APRIL)
    assert sorted((row.version, row.share) for row in found) == [(1, 100), (2, 200)]  # type: ignore[attr-defined]


def test_submitting_and_publishing_are_chained_acts(loaded_store: Store) -> None:
    project = lagging(loaded_store)
    department, clerk = department_of(loaded_store, project), person(loaded_store, Role.CLERK)
    report = submit_report(call_of(loaded_store, department), new(project.id, APRIL))
    publish_report(call_of(loaded_store, clerk), report)
    acts = sorted(rows(loaded_store, Act), key=lambda act: act.number)[-2:]  # type: ignore[attr-defined]
    assert [(act.kind, act.appointment_id) for act in acts] == [  # type: ignore[attr-defined]
        ("report_submitted", department.appointment_id),
        ("report_published", clerk.appointment_id),
    ]
    assert {str(report)} == {act.payload["report"] for act in acts}  # type: ignore[attr-defined]
    assert acts[1].previous == acts[0].digest  # type: ignore[attr-defined]
    with loaded_store.system().reading() as session:
        assert verify(session, CONGRESS) is None
    with loaded_store.system().writing() as session:
        session.get_one(Act, (CONGRESS, acts[0].number)).payload = {"report": "another"}  # type: ignore[attr-defined]
    with loaded_store.system().reading() as session:
        broken = verify(session, CONGRESS)
    assert broken is not None
    assert (broken.number, broken.reason) == (acts[0].number, "act_changed")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("month", "code"),
    [
        (date(2025, 10, 31), "month_not_over"),
        (date(2025, 10, 1), "month_not_over"),
        (date(2026, 3, 31), "month_not_over"),
        (date(2024, 12, 31), "month_before_start"),
    ],
)
def test_a_month_that_cannot_be_reported_is_refused(demo_store: Store, month: date, code: str) -> None:
    project = lagging(demo_store)
    before = written(demo_store)
    department = department_of(demo_store, project)
    assert refusal(submit_report, call_of(demo_store, department), new(project.id, month)) == code
    assert written(demo_store) == before


@pytest.mark.parametrize(
    "given",
    [
        {"share": -1},
        {"share": 100_001},
        {"share": 12.5},
        {"paid": -1},
        {"done_text": ""},
        {"done_text": "字" * 2001},
        {"next_text": "字" * 2001},
        {"reason": "字" * 501},
    ],
)
def test_values_out_of_bounds_are_no_report(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        new(new_id(), **given)


def test_the_largest_values_are_reported(demo_store: Store) -> None:
    project = lagging(demo_store)
    call = call_of(demo_store, department_of(demo_store, project))
    report = submit_report(call, new(project.id, APRIL, share=100_000, done_text="字" * 2000))
    (row,) = rows(demo_store, Report, id=report)
    assert (row.share, len(row.done_text)) == (100_000, 2000)  # type: ignore[attr-defined]


def test_another_departments_project_and_roles_write_nothing(loaded_store: Store) -> None:
    project, other = projects(loaded_store)[:2]
    before = written(loaded_store)
    stranger = department_of(loaded_store, other)
    assert refusal(submit_report, call_of(loaded_store, stranger), new(project.id)) == "not_yours"
    for role in set(Role) - {Role.DEPARTMENT, Role.PUBLIC}:
        call = call_of(loaded_store, person(loaded_store, role))
        assert refusal(submit_report, call, new(project.id)) == "not_allowed"
    assert refusal(submit_report, call_of(loaded_store, PUBLIC), new(project.id)) == "sign_in_first"
    assert written(loaded_store) == before


def test_only_the_clerk_publishes(demo_store: Store) -> None:
    project = lagging(demo_store)
    department = department_of(demo_store, project)
    report = submit_report(call_of(demo_store, department), new(project.id, APRIL))
    for role in set(Role) - {Role.CLERK, Role.PUBLIC}:
        call = call_of(demo_store, person(demo_store, role))
        assert refusal(publish_report, call, report) == "not_allowed"
    (row,) = rows(demo_store, Report, id=report)
    assert (row.state, row.published_at) == ("submitted", None)  # type: ignore[attr-defined]


def test_a_report_is_published_once(demo_store: Store) -> None:
    clerk, project = person(demo_store, Role.CLERK), lagging(demo_store)
    report = submit_report(call_of(demo_store, department_of(demo_store, project)), new(project.id, APRIL))
    publish_report(call_of(demo_store, clerk), report)
    before = written(demo_store)
    assert refusal(publish_report, call_of(demo_store, clerk), report) == "report_not_submitted"
    assert written(demo_store) == before


def test_a_foreign_id_and_an_absent_one_answer_alike(loaded_store: Store) -> None:
    foreign = projects(loaded_store, TOWNSHIP)[0]
    township = department_of_township(loaded_store, foreign)
    theirs = submit_report(
        call_of(loaded_store, township, TOWNSHIP), new(foreign.id, date(2025, 9, 30), reason="更正")
    )
    clerk = person(loaded_store, Role.CLERK)
    for report in (theirs, new_id()):
        assert refusal(publish_report, call_of(loaded_store, clerk), report) == "not_found"
    department = department_of(loaded_store, lagging(loaded_store))
    for project in (foreign.id, new_id()):
        assert refusal(submit_report, call_of(loaded_store, department), new(project)) == "not_found"
        assert refusal(curve, call_of(loaded_store, writes=False), project) == "not_found"
    with loaded_store.system().reading() as session:
        assert session.scalars(select(Report.state).where(Report.id == theirs)).one() == "submitted"


def department_of_township(store: Store, project: Project) -> Actor:
    return person(store, Role.DEPARTMENT, TOWNSHIP, department=project.department_id)
