"""The invented nation holds together: its sums are those of its reports, and every page of it opens."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select

from dashboard.store.sums import refresh_all
from dashboard.store.tables import Base
from dashboard.store.tables.areas import Area
from dashboard.store.tables.progress import CongressMonth, ProjectState, Report
from dashboard.store.transactions import Store
from tests.bench.places import NATIONAL, places, untold
from tests.bench.scale import REFUSALS
from tests.bulk.conftest import Opened
from tests.bulk.filling import _batches, fill
from tests.bulk.nation import BLOCK, FIRST_PROVINCE, Nation
from tests.bulk.people import token_of
from tests.conftest import NOW
from tests.statements import heard

SMALL = Nation(6, cycles=2)
MOST_READS = 19


def kept(store: Store, table: type[Base], congress: object) -> list[tuple[Any, ...]]:
    columns = table.__table__.columns
    with store.system().reading() as session:
        rows = session.execute(select(*columns).where(columns.congress_id == congress))
        return sorted(tuple(row) for row in rows)


def test_the_sums_are_those_of_the_reports(store: Store) -> None:
    """What the generator keeps is what publishing each report would have kept."""
    fill(store, SMALL, NOW)
    for one in SMALL.all:
        before = [kept(store, table, one.id) for table in (ProjectState, CongressMonth)]
        with store.system().writing() as session:
            refresh_all(session, one.id)
        assert [kept(store, table, one.id) for table in (ProjectState, CongressMonth)] == before
        assert len(before[0]) == SMALL.cycles * SMALL.projects


def test_a_project_has_as_many_reports_as_months(store: Store) -> None:
    filled = fill(store, SMALL, NOW)
    assert filled["reports"] == SMALL.congresses * SMALL.cycles * SMALL.projects * SMALL.months
    with store.system().reading() as session:
        each = session.scalars(select(func.count(Report.id)).group_by(Report.congress_id)).all()
        waiting = session.scalar(select(func.count(Report.id)).where(Report.published_at.is_(None)))
    assert set(each) == {SMALL.cycles * SMALL.projects * SMALL.months}
    assert waiting == SMALL.congresses


def test_it_is_the_same_at_every_filling() -> None:
    first, second = (list(_batches(Nation(3, cycles=1), NOW)) for _ in range(2))
    assert [list(one.rows) for one in first] == [list(one.rows) for one in second]


@pytest.mark.parametrize(("size", "levels"), [(30, (1, 1, 3, 25)), (300, (1, 10, 30, 259))])
def test_the_tree_of_its_congresses(size: int, levels: tuple[int, ...]) -> None:
    every = Nation(size).all
    counted = [
        sum(one.level == level for one in every) for level in ("province", "city", "county", "township")
    ]
    assert tuple(counted) == levels
    assert len({one.code for one in every}) == size
    known: set[str | None] = {None}
    for one in every:
        assert one.parent in known
        known.add(one.code)


def test_its_codes_are_no_real_places(loaded_store: Store) -> None:
    with loaded_store.system().reading() as session:
        real = {code[:2] for code in session.scalars(select(Area.code))}
    assert real & {one.code[:2] for one in Nation(3_000).all} == set()
    assert FIRST_PROVINCE + 3_000 // BLOCK // 10 <= 99


def test_every_page_of_it_opens(open_nation: Callable[[Nation], Opened]) -> None:
    """As the public and as the congress's leader: none is refused, none fails."""
    assert untold() == set()
    opened, luck = open_nation(SMALL), Random(7)
    for one in (SMALL.all[0], SMALL.all[2], SMALL.all[-1]):
        for place in places():
            path, search = place.path(SMALL, one, luck), place.search(luck)
            if place.is_file:
                assert opened.file(path).status_code == 200, path
                continue
            for token in (token_of(one), None) if place.is_public else (token_of(one),):
                answer = opened.page(path, search, token)
                assert answer.status_code == 200, (place.name, answer.text)
                title = answer.json["response"]["title"]["data"]  # type: ignore[index]
                assert title not in REFUSALS, (place.name, path)


def test_no_page_grows_with_the_other_congresses(open_nation: Callable[[Nation], Opened]) -> None:
    """The same county's pages ask the same of the database and are as long, whatever else it holds."""
    small, large = open_nation(Nation(BLOCK, cycles=1)), open_nation(Nation(2 * BLOCK, cycles=1))
    county = next(one for one in small.nation.all if one.level == "county")
    for place in places():
        path = place.path(small.nation, county, Random(7))
        token = None if place.is_public else token_of(county)
        if place.is_file:
            continue
        (few, short), (many, long) = (_asked(one, path, "", token) for one in (small, large))
        assert many == few, place.name
        # A list of all congresses says how many there are.
        assert place.page in NATIONAL or long == short, place.name


def test_the_overview_reads_so_much_and_no_more(open_nation: Callable[[Nation], Opened]) -> None:
    """Whoever adds a statement to the page that everyone opens first does it on purpose."""
    opened = open_nation(SMALL)
    said, _ = _asked(opened, f"/{SMALL.all[2].code}/2025", "", None)
    assert len(said) <= MOST_READS, "\n".join(said)


def _asked(opened: Opened, path: str, search: str, token: str | None) -> tuple[list[str], int]:
    """Return what the database is asked for a page of which nothing is kept, and how long the answer is."""
    # What stays in a process for good is there after the first.
    opened.page(path, search, token)
    opened.forget()
    with heard(opened.web.ground.store) as said:
        answer = opened.page(path, search, token)
    assert answer.status_code == 200
    # Versions are read five times a second, a session once, and whether a congress was founded is asked twice a
    # minute: each may fall into the page or not.
    timed = ("topic_versions", "sign_in_sessions.expires_at", "max(congresses.created_at)")
    return [one for one in said if not any(part in one for part in timed)], len(answer.data)
