"""The list and one project: few statements, right with whatever is missing, and nothing internal for the public."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from dashboard.gate import PUBLIC, Actor, Call
from dashboard.queries.progress import ranking
from dashboard.queries.project import project, waiting
from dashboard.queries.project_list import project_list
from dashboard.rules.project_frames import Listed, ProjectPage
from dashboard.rules.roles import Role
from dashboard.store.tables.inquiry import Promise
from dashboard.store.tables.orders import Candidate
from dashboard.store.tables.progress import Project, Report
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person, projects, refusal
from tests.conftest import NOW
from tests.projects import MONTHS, OWN, SEPTEMBER, plant_project, report
from tests.statements import heard

LAGGING = 3


def reading(store: Store, actor: Actor = PUBLIC, code: str = COUNTY) -> Call:
    return call_of(store, actor, code, writes=False)


def page(store: Store, number: int, actor: Actor = PUBLIC, year: int = 2025) -> ProjectPage:
    return project(reading(store, actor), year, number)


def listed(store: Store, actor: Actor = PUBLIC, year: int = 2025) -> dict[int, Listed]:
    return {one.number: one for one in project_list(reading(store, actor), year).rows}


def test_the_list_and_a_project_cost_few_statements(demo_store: Store) -> None:
    """With that which reads the versions; for each, whatever the congress holds besides."""
    list_call, page_call = reading(demo_store), reading(demo_store)
    with heard(demo_store) as said:
        project_list(list_call, 2025)
    assert len(said) == 8
    with heard(demo_store) as said:
        project(page_call, 2025, LAGGING)
    assert len(said) == 19


def test_the_list_holds_projects_and_the_candidates_that_became_none(demo_store: Store) -> None:
    rows = listed(demo_store)
    assert [rows[n].stage for n in (1, 6, 11, 12)] == ["running", "finished", "candidate", "candidate"]
    assert (rows[LAGGING].votes, rows[LAGGING].outcome, rows[LAGGING].gap) == (286, "chosen", -1800)
    assert (rows[11].outcome, rows[12].outcome) == ("beyond", "failed")
    assert {one.stage for one in listed(demo_store, year=2023).values()} == {
        "accepted",
        "running",
        "candidate",
    }


def test_a_project_without_plan_vote_or_candidate_is_measured_by_the_calendar(demo_store: Store) -> None:
    plant_project(demo_store, 40, (800, 1600, None, 3300))
    found = page(demo_store, 40)
    assert (found.plan(), found.stood, found.origin, found.money, found.row.department) == (None,) * 5
    assert not found.curve.stepped
    assert found.row.months[5].planned == 5000
    assert [bool(one.versions) for one in found.reports] == [False] * 5 + [True, False, True, True]
    assert "missing" in {one.month: one.marks for one in found.reports}[MONTHS[2]]


def test_a_project_without_report_is_grey_and_has_no_forecast(demo_store: Store) -> None:
    plant_project(demo_store, 41)
    found = page(demo_store, 41)
    assert (found.row.light, found.row.actual, found.row.reported, found.curve.forecast) == (
        "grey",
        None,
        None,
        None,
    )
    assert not any(one.versions for one in found.reports)


def test_what_is_done_owes_no_further_report(demo_store: Store) -> None:
    plant_project(demo_store, 42, (2000, 4000, 7000, 10_000))
    found = page(demo_store, 42)
    assert (found.row.light, found.row.stage, found.row.actual) == ("blue", "finished", 10_000)
    assert found.curve.as_of == MONTHS[3]
    assert found.curve.forecast is not None
    assert found.curve.forecast.finish == MONTHS[3]
    assert len(found.reports) == 4
    assert next(one for one in ranking(reading(demo_store), 2025) if one.number == 42).light == "blue"


def test_a_share_over_the_whole_is_kept(demo_store: Store) -> None:
    assert page(demo_store, 6).row.actual == 10_500


def test_a_correction_keeps_its_first_version_and_is_not_late(demo_store: Store) -> None:
    identity = plant_project(demo_store, 43, (800, 1600))
    late = report(identity, 1, 1400, version=2, reason="多报了一处", received_on=SEPTEMBER)
    with demo_store.system().writing() as session:
        session.add(late)
    found = next(one for one in page(demo_store, 43).reports if one.month == MONTHS[1])
    assert [(one.number, one.share) for one in found.versions] == [(2, 1400), (1, 1600)]
    assert found.versions[0].reason == "多报了一处"
    assert (found.marks, found.days_late) == ((), 0)


def test_reports_that_wait_are_for_those_who_check_and_who_wrote_them(demo_store: Store) -> None:
    own = projects(demo_store)[LAGGING - 1]
    other = projects(demo_store)[0]
    held = report(own.id, 9, 6400, state="submitted", published_at=None, done_text="等待公布")
    with demo_store.system().writing() as session:
        session.add(held)

    def told(actor: Actor) -> bool:
        return bool(waiting(reading(demo_store, actor), own.id))

    writer = person(demo_store, Role.DEPARTMENT, department=own.department_id)
    assert all(told(one) for one in (writer, person(demo_store, Role.CLERK), person(demo_store, Role.LEADER)))
    assert not told(person(demo_store, Role.DEPARTMENT, department=other.department_id))
    assert not told(person(demo_store, Role.DEPUTY))
    assert refusal(waiting, reading(demo_store), own.id) == "sign_in_first"
    assert (
        refusal(waiting, reading(demo_store, person(demo_store, Role.CLERK, TOWNSHIP)), own.id)
        == "not_allowed"
    )
    for actor in (PUBLIC, writer, person(demo_store, Role.LEADER)):
        assert "等待公布" not in repr(page(demo_store, LAGGING, actor))


@pytest.mark.parametrize("announced", [False, True])
def test_a_verdict_is_the_publics_once_an_act_published_it(demo_store: Store, announced: bool) -> None:
    with demo_store.system().writing() as session:
        promise = session.scalars(
            select(Promise).join(Project, Project.id == Promise.project_id).where(
                Project.congress_id == OWN, Project.number == LAGGING, Promise.due_on > SEPTEMBER,
            )
        ).first()  # fmt: skip
        assert promise is not None
        promise.verdict, promise.verdict_published_at = "broken", NOW if announced else None

    def verdicts(actor: Actor) -> list[Any]:
        return [one.verdict for asked in page(demo_store, LAGGING, actor).asked for one in asked.promises]

    assert verdicts(PUBLIC) == ["broken" if announced else None]
    assert verdicts(person(demo_store, Role.LEADER)) == ["broken"]
    standings = [one.standing for asked in page(demo_store, LAGGING).asked for one in asked.promises]
    assert standings == [None]


def test_what_is_not_published_is_not_found(demo_store: Store) -> None:
    plant_project(demo_store, 44, (800,), published=False)
    assert 44 not in listed(demo_store)
    assert refusal(project, reading(demo_store), 2025, 44) == "not_found"
    assert 44 in listed(demo_store, person(demo_store, Role.LEADER))
    with demo_store.system().writing() as session:
        for candidate in session.scalars(select(Candidate).where(Candidate.congress_id == OWN)):
            candidate.published_at = None
    assert {one.stage for one in listed(demo_store, person(demo_store, Role.CLERK)).values()} == {
        "running",
        "finished",
    }


def test_a_project_of_another_year_or_of_none_is_not_found(demo_store: Store) -> None:
    assert refusal(project, reading(demo_store), 2025, 99) == "not_found"
    assert refusal(project, reading(demo_store), 2026, LAGGING) == "not_found"


def test_a_past_year_is_seen_as_of_its_end(demo_store: Store) -> None:
    found = page(demo_store, 1, year=2023)
    assert found.curve.as_of == MONTHS[11].replace(year=2023)
    assert found.graded[0].total == 309
    assert not found.ahead


def test_a_published_report_changes_the_list(demo_store: Store) -> None:
    before = listed(demo_store)[LAGGING].reported
    with demo_store.system().writing() as session:
        own = session.scalars(
            select(Report).join(Project, Project.id == Report.project_id).where(
                Project.congress_id == OWN, Project.number == LAGGING, Report.month == SEPTEMBER,
                Project.starts_on > SEPTEMBER - timedelta(days=300),
            )
        ).one()  # fmt: skip
        own.published_at = None
    assert before == SEPTEMBER
    assert listed(demo_store)[LAGGING].reported == MONTHS[7]
    assert listed(demo_store)[LAGGING].light == "grey"
