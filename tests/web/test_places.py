"""The roll-up over townships and the deputies: everyone may read them, whatever is asked of them."""

import json

import pytest
from sqlalchemy import select

from dashboard.store.loading.gathering import key_of
from dashboard.store.tables.congress import Membership
from tests.commands.people import COUNTY, TOWNSHIP
from tests.web.visitor import Site, plain


def told(site: Site, path: str, search: str = "", who: str | None = None) -> str:
    answer = site.visitor(who).open(path, search)
    assert answer.status_code == 200
    return plain(answer)


def test_the_roll_up_lists_every_township_with_its_own_address(site: Site) -> None:
    page = told(site, f"/{COUNTY}/2025/townships")
    county = site.web.directory.find(COUNTY)
    assert county is not None
    below = site.web.directory.family(county).under
    assert below
    for one in below:
        assert f'"/{one.code}/2025"' in page


def test_a_township_is_led_to_its_county(site: Site) -> None:
    assert "没有更下一级的人大" in told(site, f"/{TOWNSHIP}/2025/townships")


@pytest.mark.parametrize("search", ["?sort=gap", "?sort=-paid", "?sort=-name", "?sort=age", "?sort=%00&x=y"])
def test_the_roll_up_is_sorted_as_the_address_says(site: Site, search: str) -> None:
    page = told(site, f"/{COUNTY}/2025/townships", search)
    assert ("不适用" in page) == ("age" in search or "%00" in search)


def test_deputies_are_found_by_name_and_delegation(site: Site) -> None:
    with site.store.system().reading() as session:
        seat = session.scalars(
            select(Membership)
            .where(Membership.congress_id == key_of("congress", COUNTY))
            .order_by(Membership.position)
        ).first()
    assert seat is not None
    found = told(site, f"/{COUNTY}/2025/deputies", f"?q={seat.name}&delegation={seat.delegation_id}")
    assert f"/{COUNTY}/2025/deputies/{seat.id}" in found
    assert "没有符合条件" in told(site, f"/{COUNTY}/2025/deputies", "?q=没有这个人")
    assert seat.name in told(site, f"/{COUNTY}/2025/deputies/{seat.id}")


def test_the_last_page_stands_for_every_later_one(site: Site) -> None:
    page = json.loads(told(site, f"/{COUNTY}/2025/deputies", "?page=999"))
    assert "没有符合条件" not in json.dumps(page, ensure_ascii=False)


def test_a_deputy_who_resigned_is_not_listed(site: Site) -> None:
    with site.store.system().reading() as session:
        gone = session.scalars(
            select(Membership).where(
                Membership.congress_id == key_of("congress", COUNTY), Membership.ended_on.is_not(None)
            )
        ).first()
    assert gone is not None
    assert str(gone.id) not in told(site, f"/{COUNTY}/2025/deputies", f"?q={gone.name}")
    assert "代表资格终止" in told(site, f"/{COUNTY}/2025/deputies/{gone.id}")


@pytest.mark.parametrize("item", ["nobody", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_deputy_is_not_found(site: Site, item: str) -> None:
    assert "没有找到这个页面" in told(site, f"/{COUNTY}/2025/deputies/{item}")


def test_a_deputy_of_another_congress_is_as_if_absent(site: Site) -> None:
    with site.store.system().reading() as session:
        other = session.scalars(
            select(Membership.id).where(Membership.congress_id == key_of("congress", TOWNSHIP))
        ).first()
    assert "没有找到这个页面" in told(site, f"/{COUNTY}/2025/deputies/{other}")
