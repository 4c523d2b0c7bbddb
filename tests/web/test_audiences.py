"""A member who neither prepares nor carries out a thing reads of it, on every page, what the public reads."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select, update

from dashboard.store.tables.congress import Department
from dashboard.store.tables.inquiry import Promise
from tests.commands.people import COUNTY, seats
from tests.web.conftest import Makes
from tests.web.planting import HIDDEN, OWN, leaks, plant
from tests.web.visitor import Site

YEAR = f"/{COUNTY}/2025"
PAGES = ("", "/orders", "/orders?candidate=98", "/projects", "/projects/3", "/inquiries", "/departments",
         "/assessments", "/townships", "/data", "/deputies")  # fmt: skip


@pytest.fixture(scope="module")
def planted(make_site: Makes) -> Site:
    site = make_site()
    plant(site.store)
    with site.store.system().writing() as session:
        # A planted verdict is no word that a page could tell; that of the own congress is told its members.
        session.execute(update(Promise).where(Promise.verdict.startswith(HIDDEN)).values(verdict="broken"))
    return site


def every_page(site: Site) -> Iterator[str]:
    yield from PAGES
    with site.store.system().reading() as session:
        departments = session.scalars(select(Department.id).where(Department.congress_id == OWN)).all()
    yield from (f"/departments/{one}" for one in departments[:12])
    yield f"/deputies/{seats(site.store)[0]}"


def text_of(site: Site, who: str, page: str) -> str:
    path, _, search = page.partition("?")
    answer = site.visitor(who).open(f"{YEAR}{path}", f"?{search}" if search else "")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("who", ["another department", "admin"])
def test_no_page_tells_who_does_not_prepare_it(planted: Site, who: str) -> None:
    # Of ranks a department is drawn the others' lines without their names.
    pages = [page for page in every_page(planted) if who == "admin" or page != "/assessments"]
    leaked = {page: leaks(text_of(planted, who, page)) for page in pages}
    assert {page: found for page, found in leaked.items() if found} == {}


def test_who_prepares_it_reads_it(planted: Site) -> None:
    for page in ("/projects", "/inquiries"):
        assert leaks(text_of(planted, "clerk", page)), HIDDEN
