"""Flags of the departments: by the last quarter, for those who may see ranks, a department its own alone."""

from datetime import date

import pytest

from dashboard.queries.flags import departments_flags
from dashboard.rules.roles import Role
from dashboard.store.transactions import Store
from tests.commands.people import call_of, person, projects, refusal

YEAR = 2025


def test_the_third_quarter_of_the_demonstration(demo_store: Store) -> None:
    found = departments_flags(call_of(demo_store, person(demo_store, Role.LEADER), writes=False), YEAR)
    assert found.month == date(2025, 9, 30)
    gaps = [row.gap for row in found.rows]
    assert gaps == sorted(gaps, reverse=True)
    given = {row.name: row.flag for row in found.rows if row.flag is not None}
    assert given["县住房城乡建设局"] == "yellow_card"
    assert sum(flag == "red_flag" for flag in given.values()) >= 3


def test_a_department_reads_its_own_alone_and_the_public_nothing(demo_store: Store) -> None:
    own = projects(demo_store)[2].department_id
    actor = person(demo_store, Role.DEPARTMENT, department=own)
    found = departments_flags(call_of(demo_store, actor, writes=False), YEAR)
    assert [row.department_id for row in found.rows] == [str(own)]
    deputy = call_of(demo_store, person(demo_store, Role.DEPUTY), writes=False)
    assert refusal(departments_flags, deputy, YEAR) == "not_allowed"


@pytest.mark.parametrize("year", [2023, 2024])
def test_earlier_cycles_are_judged_at_their_end(demo_store: Store, year: int) -> None:
    found = departments_flags(call_of(demo_store, person(demo_store, Role.CLERK), writes=False), year)
    assert found.month == date(year, 12, 31)
    assert found.rows
