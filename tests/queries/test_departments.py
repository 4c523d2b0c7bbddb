"""Departments: lights, reports on time, questions; former names; a record over the years."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select, update

from dashboard.queries.departments import department, departments
from dashboard.rules.judge_frames import Duty
from dashboard.rules.roles import Role
from dashboard.store.loading.gathering import key_of
from dashboard.store.tables.congress import Department
from dashboard.store.tables.keys import new_id
from dashboard.store.tables.progress import Project, ProjectPartner, Report
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, refusal
from tests.queries.planting import CONGRESS, plant_departments, plant_succession
from tests.queries.test_assessment import reading, statements

HOUSING, SCHOOLS = key_of("departments", COUNTY, "zj"), key_of("departments", COUNTY, "jy")
RENOVATION = key_of("projects", COUNTY, "2025-03")


def duty(store: Store, key: UUID, role: Role = Role.PUBLIC) -> Duty:
    return next(one for one in departments(reading(store, role), 2025) if one.id == str(key))


def test_what_each_has_in_hand(demo_store: Store) -> None:
    known = departments(reading(demo_store), 2025)
    assert len(known) == 53
    assert [one.position for one in known] == sorted(one.position for one in known)
    assert sum(one.projects for one in known) == 10
    housing = duty(demo_store, HOUSING)
    # One month is missing, one came late.
    assert (housing.lights, housing.on_time, housing.due, housing.answered, housing.promised) == (
        (("red", 1),), 7, 9, 1, 1,
    )  # fmt: skip
    assert duty(demo_store, SCHOOLS).on_time == duty(demo_store, SCHOOLS).due == 9


def test_a_correction_is_no_delay_and_an_unpublished_report_is_none(demo_store: Store) -> None:
    with demo_store.system().writing() as session:
        first = session.scalars(
            select(Report).where(Report.project_id == RENOVATION, Report.month == date(2025, 3, 31))
        ).one()
        columns = [column.key for column in Report.__mapper__.columns]
        values = {name: getattr(first, name) for name in columns}
        session.add(Report(**{**values, "id": new_id(), "version": 9, "received_on": date(2025, 8, 1)}))
    assert duty(demo_store, HOUSING).on_time == 7
    with demo_store.system().writing() as session:
        session.execute(update(Report).where(Report.id == first.id).values(published_at=None))
    assert duty(demo_store, HOUSING).on_time == 6
    assert duty(demo_store, HOUSING, Role.LEADER).on_time == 6


def test_a_department_that_became_another_stands_under_it(demo_store: Store) -> None:
    (merged,) = plant_departments(demo_store, ["县并入局"], to_day=date(2024, 12, 31))
    plant_succession(demo_store, merged, HOUSING)
    with demo_store.system().writing() as session:
        session.execute(update(Project).where(Project.id == RENOVATION).values(department_id=merged))
    known = {one.id: one for one in departments(reading(demo_store), 2025)}
    assert str(merged) not in known
    assert known[str(HOUSING)].projects == 1
    assert "县并入局" in known[str(HOUSING)].former
    record = department(reading(demo_store), merged)
    assert record.successor == (str(HOUSING), "县住房城乡建设局")
    assert [one.number for one in record.projects] == [3]


def test_departments_that_lead_round_in_a_circle_do_not_hang(demo_store: Store) -> None:
    first, second = plant_departments(demo_store, ["甲局", "乙局"])
    plant_succession(demo_store, first, second)
    plant_succession(demo_store, second, first)
    assert len(departments(reading(demo_store), 2025)) == 53
    assert department(reading(demo_store), first).duty.name == "甲局"


def test_one_that_was_gone_or_not_yet_there_is_not_listed(demo_store: Store) -> None:
    gone, later = plant_departments(demo_store, ["已撤局", "将设局"])
    with demo_store.system().writing() as session:
        session.execute(update(Department).where(Department.id == gone).values(to_day=date(2024, 12, 31)))
        session.execute(update(Department).where(Department.id == later).values(from_day=date(2026, 1, 1)))
    ids = {one.id for one in departments(reading(demo_store), 2025)}
    assert not {str(gone), str(later)} & ids


def test_an_unpublished_project_is_nobodys_in_public(demo_store: Store) -> None:
    with demo_store.system().writing() as session:
        session.execute(update(Project).where(Project.id == RENOVATION).values(published_at=None))
    assert duty(demo_store, HOUSING).projects == 0
    assert duty(demo_store, HOUSING, Role.CLERK).projects == 1
    assert 3 not in [
        one.number for one in department(reading(demo_store), HOUSING).projects if one.year == 2025
    ]


def test_a_record_goes_over_the_years_and_tells_leading_from_sharing(demo_store: Store) -> None:
    with demo_store.system().writing() as session:
        session.add(ProjectPartner(congress_id=CONGRESS, project_id=RENOVATION, department_id=SCHOOLS))
    record = department(reading(demo_store), SCHOOLS)
    years = [one.year for one in record.projects]
    assert years == sorted(years, reverse=True)
    assert {one.leads for one in record.projects if one.number == 3 and one.year == 2025} == {False}
    assert record.duty.projects == sum(one.leads for one in record.projects)


def test_another_congress_and_the_unknown_are_not_found(demo_store: Store) -> None:
    assert refusal(department, reading(demo_store), new_id()) == "not_found"
    township = key_of("departments", "990121100", "jf")
    assert refusal(department, reading(demo_store), township) == "not_found"


@pytest.mark.parametrize(
    ("function", "most", "given"), [(departments, 7, (2025,)), (department, 9, (HOUSING,))]
)
def test_few_statements_and_then_none(
    demo_store: Store, function: object, most: int, given: tuple[object, ...]
) -> None:
    call = reading(demo_store)
    assert 0 < statements(call, function, *given) <= most
    assert statements(call, function, *given) == 0
