"""The files of a cycle and the search for a congress, on both databases: what is counted is what is taken away."""

import pytest

from dashboard.queries import data
from dashboard.queries.archive import archive_front
from dashboard.queries.data_sets import SETS
from dashboard.queries.places import MOST, found_congresses
from dashboard.rules.topics import PUBLIC_TOPICS
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, call_of, refusal


def test_every_file_has_the_rows_that_are_counted(loaded_store: Store) -> None:
    call = call_of(loaded_store, writes=False)
    counted = data.data_counts(call, 2025)
    assert [known.name for known, _ in counted] == list(SETS)
    for known, count in counted:
        found = data.data_rows(call, 2025, known.name)
        assert len(found.rows) == count
        assert found.whole
        assert all(len(row) == len(known.columns) for row in found.rows)
    for known, count in data.archive_counts(call):
        assert len(data.archive_rows(call, known.name).rows) == count
    assert sum(count for _, count in counted) > 1_000
    assert archive_front(call_of(loaded_store, code=None, writes=False)).coverage.projects == 421


def test_a_congress_is_found_with_the_areas_above_it(loaded_store: Store) -> None:
    call = call_of(loaded_store, code=None, writes=False)
    (first, *_), total = found_congresses(call, COUNTY)
    assert (first.code, first.level, first.simulated) == (COUNTY, "county", True)
    assert len(first.above) == 2
    assert total <= MOST
    assert found_congresses(call, "%")[1] == found_congresses(call, "_")[1] == 0
    assert found_congresses(call, first.name_en.lower())[1] == 1
    assert found_congresses(call, "")[1] == total


def test_columns_are_named_once_and_follow_public_topics() -> None:
    for known, _ in SETS.values():
        assert len(set(known.columns)) == len(known.columns)
        assert known.topics
        assert set(known.topics) <= PUBLIC_TOPICS


@pytest.mark.parametrize(("year", "name"), [(1999, "projects"), (2025, "nothing"), (2025, "")])
def test_a_year_or_a_name_that_nobody_knows_is_not_found(demo_store: Store, year: int, name: str) -> None:
    assert refusal(data.data_set, call_of(demo_store, writes=False), year, name) == "not_found"


def test_a_file_is_bounded(demo_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "MOST", 10)
    found = data.data_rows(call_of(demo_store, writes=False), 2025, "wishes")
    assert (len(found.rows), found.whole) == (10, False)
