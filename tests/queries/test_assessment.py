"""Assessments: the newest published year, ranks for those who may see them, lines that go on through mergers."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import event, select, update

from dashboard.gate import PUBLIC, Call
from dashboard.queries.assessment import announced_ranking, ranking, satisfaction
from dashboard.rules.judge_frames import Ranked, Ranking
from dashboard.rules.roles import Role
from dashboard.store.tables.assessment import Assessment, AssessmentResult
from dashboard.store.transactions import Store
from tests.commands.people import call_of, person, refusal
from tests.queries.planting import (
    CONGRESS,
    forget_ranks,
    plant_departments,
    plant_ranks,
    plant_succession,
)

PUBLISHED = datetime(2024, 12, 30, tzinfo=UTC)


def reading(store: Store, role: Role = Role.PUBLIC, **how: UUID) -> Call:
    return call_of(store, PUBLIC if role is Role.PUBLIC else person(store, role, **how), writes=False)


def named(ranks: Ranking | None) -> dict[str, Ranked]:
    assert ranks is not None
    return {one.name: one for one in ranks.lines}


def statements(call: Call, function: object, *arguments: object) -> int:
    said: list[str] = []
    keep = lambda *given: said.append(given[2])  # noqa: E731 -- the listener is taken off by its name
    engine = call.ground.store.reader
    event.listen(engine, "before_cursor_execute", keep)
    function(call, *arguments)  # type: ignore[operator]
    event.remove(engine, "before_cursor_execute", keep)
    return len([one for one in said if one.startswith("SELECT") and "topic_version" not in one])


@pytest.fixture
def bare(demo_store: Store) -> Store:
    """The demonstration without its own ranks."""
    forget_ranks(demo_store)
    return demo_store


def test_while_this_years_is_to_come_the_year_before_is_shown_and_said(demo_store: Store) -> None:
    known = satisfaction(reading(demo_store), 2025)
    assert (known.cycle, known.year, known.planned) == (2025, 2024, date(2025, 12, 18))
    (body,) = known.bodies
    assert body.overall is not None
    assert (body.overall.satisfied, body.overall.basically, body.overall.total) == (214, 85, 311)
    assert len(body.grades.rows) == len(body.projects) == 10
    assert list(body.projects) == sorted(number for number in body.projects if number)


def test_a_judged_year_shows_its_own_and_announces_no_day(demo_store: Store) -> None:
    known = satisfaction(reading(demo_store), 2024)
    assert (known.year, known.planned) == (2024, None)


def test_before_the_first_assessment_there_is_none(demo_store: Store) -> None:
    known = satisfaction(reading(demo_store), 2022)
    assert (known.year, known.bodies, known.planned) == (None, (), None)


def test_a_result_that_is_not_published_is_shown_to_nobody(demo_store: Store) -> None:
    with demo_store.system().writing() as session:
        session.execute(
            update(Assessment)
            .where(
                Assessment.congress_id == CONGRESS, Assessment.year == 2024, Assessment.subject == "project"
            )
            .values(published_at=None)
        )
    for role in (Role.PUBLIC, Role.LEADER, Role.DEPUTY):
        assert satisfaction(reading(demo_store, role), 2024).year == 2023


def test_ranks_are_for_the_roles_that_may_read_them(demo_store: Store) -> None:
    for role in (Role.LEADER, Role.CLERK, Role.PRESIDIUM):
        ranks = ranking(reading(demo_store, role), 2025)
        assert ranks is not None
        assert (ranks.years, ranks.count, ranks.low) == ((2020, 2021, 2022, 2023, 2024), 53, 49)
    for role in (Role.DEPUTY, Role.COORDINATOR):
        assert refusal(ranking, reading(demo_store, role), 2025) == "not_allowed"
    assert refusal(ranking, reading(demo_store), 2025) == "sign_in_first"


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.DEPUTY, Role.LEADER])
def test_what_is_announced_is_nothing_until_ranks_are_published(bare: Store, role: Role) -> None:
    first, second = plant_departments(bare, ["甲局", "乙局"])
    plant_ranks(bare, 2023, {first: 1, second: 2}, published=PUBLISHED)
    plant_ranks(bare, 2024, {first: 2, second: 1})
    ranks = announced_ranking(reading(bare, role), 2025)
    assert ranks is not None
    assert ranks.years == (2023,)
    assert named(ranks)["甲局"].ranks == (1,)
    with bare.system().writing() as session:
        # An assessment that is published does not yet publish each result.
        session.execute(update(AssessmentResult).values(published_at=None))
    assert announced_ranking(reading(bare, role), 2025) is None


def test_a_department_sees_its_own_line_and_the_others_without_names(bare: Store) -> None:
    first, second, third = plant_departments(bare, ["甲局", "乙局", "丙局"])
    for n, year in enumerate(range(2021, 2025)):
        plant_ranks(bare, year, {first: 1 + n, second: 2 + n, third: 9 - n})
    ranks = ranking(reading(bare, Role.DEPARTMENT, department=second), 2025)
    assert ranks is not None
    assert ranks.own
    assert [one.name for one in ranks.lines if one.name] == ["乙局"]
    others = [one for one in ranks.lines if not one.name]
    assert len(others) == 2
    assert all(
        (one.id, one.points, one.marks, one.change, one.falls) == ("", None, None, None, 0) for one in others
    )
    assert not {str(first)[-12:], str(third)[-12:]} & {one.key for one in ranks.lines}
    # A leader's call after it gets no frame of the department's.
    assert set(named(ranking(reading(bare, Role.LEADER), 2025))) == {"甲局", "乙局", "丙局"}


def test_a_line_that_its_years_would_name_is_left_out_for_other_departments(bare: Store) -> None:
    """Who was founded, closed or merged when is public: an unnamed line that breaks there has a name."""
    first, second, small, late = plant_departments(bare, ["甲局", "乙局", "小局", "新设局"])
    plant_succession(bare, small, first, "merged")
    plant_ranks(bare, 2023, {first: 1, second: 2, small: 3})
    plant_ranks(bare, 2024, {first: 2, second: 1, late: 3})
    lines = {
        who: ranking(reading(bare, Role.DEPARTMENT, department=who), 2025).lines  # type: ignore[union-attr]
        for who in (second, late)
    }
    assert [(one.name, one.ranks) for one in lines[second]] == [("乙局", (2, 1)), ("", (1, 2))]
    assert [(one.name, one.ranks) for one in lines[late]] == [
        ("", (2, 1)),
        ("", (1, 2)),
        ("新设局", (None, 3)),
    ]
    whole = named(ranking(reading(bare, Role.LEADER), 2025))
    assert set(whole) == {"甲局", "乙局", "小局", "新设局"}


def test_frames_of_one_department_are_not_anothers(bare: Store) -> None:
    first, second = plant_departments(bare, ["甲局", "乙局"])
    plant_ranks(bare, 2024, {first: 1, second: 2})
    call = reading(bare, Role.DEPARTMENT, department=first)
    other = replace(call, actor=person(bare, Role.DEPARTMENT, department=second), topics={})
    shown = [[one.name for one in named(ranking(one, 2025)).values() if one.name] for one in (call, other)]
    assert shown == [["甲局"], ["乙局"]]


def test_a_line_goes_on_through_renaming_and_merger(bare: Store) -> None:
    old, new, small, big = plant_departments(bare, ["旧局", "新局", "小局", "大局"])
    plant_succession(bare, old, new, "renamed")
    plant_succession(bare, small, big, "merged")
    plant_ranks(bare, 2021, {old: 1, small: 2, big: 3})
    plant_ranks(bare, 2022, {old: 2, small: 3, big: 1})
    plant_ranks(bare, 2023, {new: 1, big: 2})
    lines = named(ranking(reading(bare, Role.LEADER), 2025))
    assert lines["新局"].ranks == (1, 2, 1)
    assert lines["新局"].former == ("旧局",)
    assert lines["大局"].ranks == (3, 1, 2)
    assert lines["小局"].ranks == (2, 3, 2)
    assert lines["小局"].into == "大局"
    assert "旧局" not in lines


def test_without_ranks_points_make_them_and_ties_share_one(bare: Store) -> None:
    first, second, third, fourth = plant_departments(bare, ["甲局", "乙局", "丙局", "丁局"])
    plant_ranks(bare, 2024, dict.fromkeys((first, second, third, fourth)), p0=9000, p1=8000, p2=8000, p3=7000)
    lines = named(ranking(reading(bare, Role.LEADER), 2025))
    assert {name: line.rank for name, line in lines.items()} == {"甲局": 1, "乙局": 2, "丙局": 2, "丁局": 4}


def test_only_the_last_five_years_up_to_the_cycle_are_drawn(bare: Store) -> None:
    (only,) = plant_departments(bare, ["甲局"])
    for year in range(2016, 2026):
        plant_ranks(bare, year, {only: 1})
    ranks = ranking(reading(bare, Role.LEADER), 2024)
    assert ranks is not None
    assert ranks.years == (2020, 2021, 2022, 2023, 2024)
    assert ranking(reading(bare, Role.LEADER), 2015) is None


def test_each_costs_few_statements_and_then_none(demo_store: Store) -> None:
    call = reading(demo_store, Role.LEADER)
    assert statements(call, satisfaction, 2025) <= 3
    assert statements(call, ranking, 2025) <= 3
    assert statements(call, ranking, 2025) == 0


def test_the_demonstrations_ranks_are_what_its_page_says(demo_store: Store) -> None:
    lines = named(ranking(reading(demo_store, Role.LEADER), 2025))
    with demo_store.system().reading() as session:
        published = session.scalars(
            select(AssessmentResult.published_at).where(AssessmentResult.department_id.is_not(None))
        )
        assert set(published) == {None}
    assert lines["县住房城乡建设局"].ranks == (18, 24, 31, 39, 47)
    assert lines["县住房城乡建设局"].falls == 4
    assert announced_ranking(reading(demo_store), 2025) is None
