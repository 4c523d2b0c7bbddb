"""Projects as OC4IDS: valid, complete, exact, published rows only, and simulated said in every file."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard.gate import PUBLIC
from dashboard.queries.open_projects import open_projects
from dashboard.reports.open_projects import package_of, project_of
from dashboard.rules.open_projects import OpenMilestone, OpenProject, OpenProjects, OpenReport, reached, stage
from dashboard.rules.roles import Role
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, TOWNSHIP, call_of, person, refusal
from tests.oc4ids import codes, validator
from tests.web.planting import leaks, plant


def found_of(store: Store, code: str = COUNTY, year: int = 2025, actor: Any = PUBLIC) -> OpenProjects:
    return open_projects(call_of(store, actor, code, writes=False), year)


def written(store: Store, code: str = COUNTY, year: int = 2025) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(package_of(found_of(store, code, year)))
    return told


def test_every_package_and_every_project_is_valid(demo_store: Store) -> None:
    package, project = validator("project-package"), validator("project")
    seen = 0
    for code, year in ((COUNTY, 2023), (COUNTY, 2024), (COUNTY, 2025), (TOWNSHIP, 2025)):
        found = found_of(demo_store, code, year)
        package.validate(json.loads(package_of(found)))
        for one in found.projects:
            body = project_of(found, one.number)
            assert body is not None
            project.validate(json.loads(body))
            seen += 1
    assert seen >= 30


def test_the_schema_is_really_asked() -> None:
    """A validator that finds nothing in anything would let every file pass."""
    assert list(validator("project").iter_errors({"id": "1", "status": "running"}))
    assert list(validator("project-package").iter_errors({"projects": []}))
    wrong = {
        "uri": "urn:x", "publishedDate": "2025-01-01T00:00:00Z", "version": "0.9", "publisher": {"name": "x"},
        "projects": [{"title": "no id"}],
    }  # fmt: skip
    assert list(validator("project-package").iter_errors(wrong))


def test_a_project_tells_what_was_planned_and_what_was_reported(demo_store: Store) -> None:
    document = written(demo_store)
    assert document["provenance"] == "模拟数据"
    assert {one["provenance"] for one in document["projects"]} == {"模拟数据"}
    found = {one.number: one for one in found_of(demo_store).projects}
    for one in document["projects"]:
        row = found[int(one["id"].rpartition("-")[2])]
        assert one["budget"]["amount"] == {"amount": row.budget // 100, "currency": "CNY"}  # type: ignore[operator]
        metrics = {metric["id"]: metric["observations"] for metric in one["metrics"]}
        assert metrics.keys() <= codes("metricID")
        assert [each["measure"] for each in metrics["physicalProgress"]] == [
            report.share / 100 for report in row.reports
        ]
        assert [each["value"]["amount"] for each in metrics["financialProgress"]] == [
            report.paid / 100 for report in row.reports if report.paid is not None
        ]
        (physical, *_) = one["forecasts"]
        assert physical["id"] == "physicalProgress"
        assert physical["observations"][-1]["measure"] == 100
        assert {step["status"] for step in one.get("milestones", [])} <= codes("milestoneStatus")
    assert any(one.get("milestones") for one in document["projects"])


def test_a_day_is_the_one_of_here(demo_store: Store) -> None:
    """Read in Greenwich, a day that begins here still names its date first."""
    one = written(demo_store)["projects"][0]
    assert one["period"] == {
        "startDate": "2025-01-01T00:00:00+08:00",
        "endDate": f"{found_of(demo_store).projects[0].due_on}T00:00:00+08:00",
    }


def test_what_is_not_published_is_not_told_to_members_either(demo_store: Store) -> None:
    plant(demo_store)
    public = package_of(found_of(demo_store))
    assert leaks(public.decode()) == []
    for role in (Role.CLERK, Role.LEADER):
        assert package_of(found_of(demo_store, actor=person(demo_store, role, COUNTY))) == public
    assert refusal(open_projects, call_of(demo_store, writes=False), 1999) == "not_found"
    assert project_of(found_of(demo_store), 999) is None


REPORTS = (
    OpenReport(date(2025, 3, 31), 2000, 10_000_00, "一"),
    OpenReport(date(2025, 6, 30), 10_000, None, "二"),
    OpenReport(date(2025, 7, 31), 10_500, 33_333_33, "三"),
)
ONE = OpenProject(
    3, "桥", "交通出行", "一座桥", None, None, None, (), date(2025, 1, 1), date(2025, 12, 31), "running",
    100_000_00, 90_000_00, (), (), REPORTS, None,
)  # fmt: skip


def told(**changes: Any) -> dict[str, Any]:
    found = OpenProjects(
        "00000000-0000-0000-0000-000000000001", "330100", "某县", 2025, False, date(2025, 10, 10),
        (replace(ONE, **changes),),
    )  # fmt: skip
    validator("project-package").validate(json.loads(package_of(found)))
    one: dict[str, Any] = json.loads(package_of(found))["projects"][0]
    return one


def test_completion_is_the_month_from_which_on_it_is_whole() -> None:
    one = told()
    assert one["status"] == "completion"
    assert one["completion"] == {
        "endDate": "2025-06-30T00:00:00+08:00",
        "finalValue": {"amount": 33333.33, "currency": "CNY"},
        "finalScope": "二",
    }
    money = one["metrics"][1]["observations"][-1]
    assert (money["value"]["amount"], money["measure"]) == (33333.33, 33.33)
    # Above the whole stays above the whole.
    assert one["metrics"][0]["observations"][-1]["measure"] == 105
    assert "90000" in one["budget"]["description"]


def test_a_correction_that_falls_back_takes_the_completion_back() -> None:
    fallen = (*REPORTS, OpenReport(date(2025, 8, 31), 9_000, None, "四"))
    one = told(reports=fallen)
    assert (one["status"], "completion" in one) == ("implementation", False)


def test_a_project_without_anything_is_still_valid() -> None:
    one = told(reports=(), budget=None, starts_on=date(2025, 11, 1))
    assert one["status"] == "preparation"
    assert not {"metrics", "forecasts", "milestones", "completion", "budget", "parties"} & one.keys()


@pytest.mark.parametrize(
    ("due", "share", "expected"),
    [
        (date(2025, 6, 30), 2000, ("met", date(2025, 3, 31))),
        (date(2025, 7, 31), 10_600, ("notMet", None)),
        (date(2025, 8, 31), 10_600, ("scheduled", None)),
    ],
)
def test_a_milestone_is_met_by_the_reported_share(due: date, share: int, expected: object) -> None:
    step = OpenMilestone("1", "完工", due, share, None)
    assert reached(step, REPORTS, date(2025, 10, 10)) == expected


def test_a_cancelled_project_says_so() -> None:
    assert stage(replace(ONE, state="cancelled"), date(2025, 10, 10)) == "cancelled"
