"""A congress is found by its code, and what stands around it is its own family, not the nation."""

from datetime import UTC, datetime

import pytest

from dashboard.queries.congresses import (
    congress_of,
    congress_with,
    family_of,
    newest_founding,
)
from dashboard.store.loading.gathering import key_of
from dashboard.store.tables.areas import Area
from dashboard.store.tables.congress import Congress
from dashboard.store.transactions import Store
from tests.commands.people import COUNTY, TOWNSHIP, call_of
from tests.conftest import NOW


def found(store: Store, code: str, name: str = "新镇_100%") -> None:
    """Found a congress under the county of the demonstration, as the command line does."""
    with store.system().writing() as session:
        session.add(
            Area(code=code, level="township", name_zh=name, name_en="New 100% Town", parent_code=COUNTY)
        )
        session.flush()
        session.add(
            Congress(
                id=key_of("congress", code), code=code, area_code=code, parent_id=key_of("congress", COUNTY),
                level="township", name_zh=f"{name}人民代表大会", name_en="New 100% Town People's Congress",
                provenance="own", created_at=datetime.now(UTC),
            )
        )  # fmt: skip


def test_a_congress_is_found_by_code_and_by_id(loaded_store: Store) -> None:
    call = call_of(loaded_store, code=None, writes=False)
    township = congress_of(call, TOWNSHIP)
    assert township is not None
    assert (township.code, township.level) == (TOWNSHIP, "township")
    assert congress_with(call, township.id) == township
    assert congress_of(call, "110101") is None


def test_without_a_code_it_is_the_first_county(loaded_store: Store) -> None:
    call = call_of(loaded_store, code=None, writes=False)
    first = congress_of(call, None)
    assert first is not None
    assert first.code == COUNTY


def test_without_a_county_it_is_the_first_there_is(store: Store) -> None:
    call = call_of(store, code=None, writes=False)
    assert congress_of(call, None) is None
    with store.system().writing() as session:
        session.add(Area(code="830101101", level="township", name_zh="镇", name_en="Town"))
        session.flush()
        session.add(
            Congress(
                id=key_of("congress", "one"), code="830101101", area_code="830101101", level="township",
                name_zh="镇人大", name_en="Town", provenance="own", created_at=NOW,
            )
        )  # fmt: skip
    first = congress_of(call, None)
    assert first is not None
    assert first.code == "830101101"
    # Without a county above it stands alone.
    alone = family_of(call, first)
    assert (alone.head, alone.under, alone.above) == (first, (), ())


@pytest.mark.parametrize("code", [COUNTY, TOWNSHIP])
def test_a_family_is_a_county_with_its_townships(loaded_store: Store, code: str) -> None:
    call = call_of(loaded_store, code=None, writes=False)
    one = congress_of(call, code)
    assert one is not None
    family = family_of(call, one)
    assert family.head.code == COUNTY
    assert TOWNSHIP in [other.code for other in family.under]
    assert {other.parent_id for other in family.under} == {family.head.id}
    assert [other.code for other in family.under] == sorted(other.code for other in family.under)
    assert [(area.code, area.congress) for area in family.above] == [("990000", None), ("990100", None)]


def test_a_founding_shows(loaded_store: Store) -> None:
    call = call_of(loaded_store, code=None, writes=False)
    before, county = newest_founding(call), congress_of(call, COUNTY)
    assert county is not None
    known = len(family_of(call, county).under)
    found(loaded_store, "990121999")
    after = newest_founding(call)
    assert before is not None
    assert after is not None
    assert after > before
    assert len(family_of(call, county).under) == known + 1
