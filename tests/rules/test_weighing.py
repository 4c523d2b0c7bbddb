"""Roll-ups: by number, money or given weight, and the whole is its parts whatever they are parted by."""

from hypothesis import given
from hypothesis import strategies as st

from dashboard.rules.weighing import MONEY, NUMBER, Share, Weighed, grouped, together, weigh

BRIDGE = Share(8000, 7500, budget=300)
SCHOOL = Share(4000, 7500, budget=100, given=4)
SILENT = Share(None, 7500, budget=5000)


def test_by_number_by_money_and_by_a_given_weight() -> None:
    rows = [BRIDGE, SCHOOL, SILENT]
    by_number = together(weigh(one) for one in [Share(8000, 7500), Share(4000, 7500), SILENT])
    assert (by_number.actual, by_number.planned, by_number.gap) == (6000, 7500, -1500)
    assert (by_number.projects, by_number.reported) == (3, 2)
    by_money = together(weigh(one, MONEY) for one in rows)
    assert (by_money.actual, by_money.planned) == (7000, 7500)
    by_weight = together(weigh(one) for one in rows)
    assert by_weight.actual == 4800


def test_no_report_is_no_value_and_no_weight_is_left_out() -> None:
    assert weigh(SILENT) == Weighed(projects=1)
    assert weigh(Share(5000, 5000), MONEY) == Weighed(projects=1, reported=1, left_out=1)
    nothing = together([weigh(SILENT)])
    assert (nothing.actual, nothing.planned, nothing.gap) == (None, None, None)
    assert together([]) == Weighed()


def test_over_the_whole_stays_over_the_whole() -> None:
    found = together([weigh(Share(12_000, 10_000)), weigh(Share(10_000, 10_000))])
    assert (found.actual, found.gap) == (11_000, 1_000)


rows = st.lists(
    st.tuples(
        st.builds(
            Share,
            st.none() | st.integers(0, 20_000),
            st.integers(0, 10_000),
            st.none() | st.integers(0, 10**13),
            st.integers(0, 100),
        ),
        st.sampled_from(["教育", "医疗", "交通"]),
        st.sampled_from(["教育局", "住建局", "交通局", "卫健局"]),
        st.sampled_from(["990121", "990121100", "990121101"]),
    ),
    max_size=30,
)


@given(rows, st.sampled_from([NUMBER, MONEY]), st.integers(1, 3))
def test_a_whole_is_the_sum_of_its_parts_whatever_they_are_parted_by(
    found: list[tuple[Share, str, str, str]], by: str, key: int
) -> None:
    whole = together(weigh(row[0], by) for row in found)
    parts = grouped(found, lambda row: str(row[key]), lambda row: weigh(row[0], by))
    assert together(parts.values()) == whole
    assert set(parts) == {row[key] for row in found}
    # Parted twice, by two things at once, it is the same again.
    twice = grouped(found, lambda row: row[1] + row[3], lambda row: weigh(row[0], by))
    assert together(twice.values()) == whole
    if whole.actual is not None:
        known = [row[0].actual for row in found if row[0].actual is not None]
        assert min(known) <= whole.actual <= max(known)
