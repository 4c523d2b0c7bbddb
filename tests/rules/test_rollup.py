"""A roll-up adds what each congress keeps: means over those that reported its last month, and over nobody else."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dashboard.rules.rollup import Kept, sums

AUGUST, SEPTEMBER = date(2025, 8, 31), date(2025, 9, 30)


def kept(
    congress: str = "1", share: int | None = 5000, planned: int = 5000, month: date | None = SEPTEMBER
) -> Kept:
    return Kept(congress, 1, "桥", None, 100, 40, share, planned if share is not None else None, month)


def test_a_congress_is_lit_at_its_own_last_month() -> None:
    """One congress reported August only, the other September: neither makes the other late."""
    found = sums([kept("1", month=AUGUST), kept("2"), kept("2", month=AUGUST)])
    assert [one.light for one in found.lit] == ["green", "green", "grey"]
    assert (found.reported, found.month) == (2, SEPTEMBER)


def test_the_means_are_of_those_that_reported() -> None:
    found = sums(
        [kept(share=2001, planned=5000), kept(share=3000, planned=5000), kept(share=None, month=None)]
    )
    assert (found.actual, found.planned, found.gap, found.reported, found.projects) == (
        2501,
        5000,
        -2499,
        2,
        3,
    )
    assert found.lights == {"red": 2, "amber": 0, "grey": 1, "green": 0, "blue": 0}


def test_what_was_finished_before_the_last_month_stays_finished() -> None:
    assert [one.light for one in sums([kept(share=10_000, month=AUGUST), kept()]).lit] == ["blue", "green"]


def test_nothing_reported_is_no_value() -> None:
    found = sums([kept(share=None, month=None)])
    assert (found.actual, found.planned, found.gap, found.month) == (None, None, None, None)
    assert sums([]).projects == 0


@given(
    st.lists(st.tuples(st.sampled_from("123"), st.integers(0, 12_000), st.integers(0, 10_000)), max_size=20)
)
def test_every_project_has_one_light_and_sums_add_up(rows: list[tuple[str, int, int]]) -> None:
    projects = [kept(congress, share, planned) for congress, share, planned in rows]
    found = sums(projects)
    assert sum(found.lights.values()) == len(rows) == len(found.lit)
    apart = [sums([one for one in projects if one.congress == code]) for code in "123"]
    assert sum(one.projects for one in apart) == found.projects
    assert sum(one.paid or 0 for one in apart) == (found.paid or 0)
