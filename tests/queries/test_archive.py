"""The archive: what is matched, what is merged, what may be linked, and that nothing printed is computed anew."""

import csv
from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import event

from dashboard.gate import Ground
from dashboard.queries.archive import archive_front, archive_kind_shares, archive_place, archive_projects
from dashboard.queries.archive_shelf import Sources
from dashboard.rules import archive
from dashboard.rules.archive_frames import Way
from dashboard.store.loading.bulk import REFERENCE
from dashboard.store.tables.reference import ReferencePress
from dashboard.store.transactions import Store
from dashboard.store.versions import Versions
from tests.commands.people import call_of, refusal


def beside(store: Store, ground: Ground | None = None):
    return call_of(store, code=None, writes=False, ground=ground)


def test_coverage_is_that_of_the_files(demo_store: Store) -> None:
    with (REFERENCE / "projects.csv").open(encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    known = archive_front(beside(demo_store)).coverage
    stages = Counter(row["stage"] for row in rows)
    assert (known.projects, known.elected, known.candidates, known.listed) == (
        421,
        stages["elected"],
        stages["candidate"],
        stages["listed"],
    )
    assert known.with_budget == sum(bool(row["budget_wan_yuan"]) for row in rows)
    assert known.with_votes == sum(bool(row["votes_for"]) for row in rows)
    assert (known.progress, known.matched) == (207, 52)


def test_everything_counted_is_somewhere(demo_store: Store) -> None:
    front = archive_front(beside(demo_store))
    assert sum(one.projects for one in front.held) == front.coverage.projects
    assert sum(one.progress for one in front.held) == front.coverage.progress
    assert sum(one.funnels for one in front.held) == front.coverage.funnels
    assert front.kinds.elected + front.kinds.other + front.kinds.unknown == 421
    places = [archive_place(beside(demo_store), one.place, one.year) for one in front.held if one.year]
    assert sum(len(one.projects) for one in places) == 421


def test_prints_of_one_place_stand_together(demo_store: Store) -> None:
    """One source names the county without its city, another with it."""
    found = archive_place(beside(demo_store), "江苏省徐州市沛县张寨镇", 2022)
    assert (len(found.projects), len(found.ways)) == (8, 1)
    assert found.ways[0].chosen == 8


def test_a_listed_project_is_never_counted_as_voted(demo_store: Store) -> None:
    found = archive_place(beside(demo_store), "江苏省张家港市", 2022)
    assert {row.stage for row in found.projects} == {"listed"}
    assert found.tally is None
    assert archive_projects(beside(demo_store), None, None, "elected")
    assert all(row.stage == "elected" for row in archive_projects(beside(demo_store), None, None, "elected"))


def test_progress_is_matched_by_its_exact_name_only(demo_store: Store) -> None:
    found = archive_place(beside(demo_store), "浙江省杭州市临安区", 2022)
    names = {row.name for row in found.projects}
    assert all(row.matched == (row.name in names) for row in found.progress)
    wanzhou = archive_place(beside(demo_store), "重庆市万州区", 2024)
    assert sum(row.matched for row in wanzhou.progress) == 8
    best = next(row for row in wanzhou.projects if row.name == "城市交通缓堵保畅")
    assert (best.share, best.share_of) == (17660, "investment")


def test_an_inexact_number_keeps_its_text_and_a_place_its_inference(demo_store: Store) -> None:
    (way,) = archive_place(beside(demo_store), "四川省达州市大竹县", 2023).ways
    assert (way.collected, way.collected_text) == (None, "100余")
    years = {
        one.year: one.inferred
        for one in archive_front(beside(demo_store)).held
        if one.place == "山西省大同市"
    }
    assert years == {2022: False, 2023: True}


def test_a_misprinted_ballot_stays_and_is_flagged(demo_store: Store) -> None:
    (grades,) = archive_place(beside(demo_store), "浙江省宁海县", 2020).grades
    odd = [row for row in grades.rows if row.flag]
    assert [(row.satisfied, row.basically, row.dissatisfied, row.total) for row in odd] == [(95, 27, 0, 122)]


def test_a_place_or_a_year_that_nobody_knows_is_not_found(demo_store: Store) -> None:
    assert refusal(archive_place, beside(demo_store), "没有的县", None) == "not_found"
    assert refusal(archive_place, beside(demo_store), "浙江省宁海县", 1999) == "not_found"


def test_without_a_year_the_newest_with_projects_is_shown(demo_store: Store) -> None:
    assert archive_place(beside(demo_store), "浙江省宁海县", None).year == 2023
    assert archive_place(beside(demo_store), "浙江省杭州市", None).year == 2020
    assert archive_place(beside(demo_store), "上海市嘉定区", None).year is None


def test_the_files_are_read_once(demo_store: Store) -> None:
    ground, asked = Ground(demo_store, Versions(demo_store)), []

    def listen(_c, _cursor, statement, *_rest) -> None:
        if "reference_" in statement:
            asked.append(statement)

    event.listen(demo_store.reader, "before_cursor_execute", listen)
    for place in ("浙江省宁海县", "重庆市万州区", "江苏省新沂市"):
        archive_place(beside(demo_store, ground), place, None)
    archive_front(beside(demo_store, ground))
    archive_kind_shares(beside(demo_store, ground), "education", None)
    # Seven tables once, and which version of them is loaded at each question.
    assert len(asked) == 7 + 5


HOSTS = Sources.of(
    [
        ReferencePress(host="gov.cn", rule="official", match="suffix", name="政府网站"),
        ReferencePress(host="nh.cnnb.com.cn", rule="press", match="exact", name="宁海新闻网"),
    ]
)


@pytest.mark.parametrize(
    ("address", "text", "linked"),
    [
        ("http://www.linan.gov.cn/a", "www.linan.gov.cn", True),
        ("https://gov.cn/", "gov.cn", True),
        ("http://nh.cnnb.com.cn/x", "宁海新闻网", True),
        ("http://evil.nh.cnnb.com.cn/x", "evil.nh.cnnb.com.cn", False),
        ("http://www.linan.gov.cn.evil.com/a", "www.linan.gov.cn.evil.com", False),
        ("http://xgov.cn/", "xgov.cn", False),
        ("http://www.linan.gov.cn@evil.com/", "evil.com", False),
        ("https://wxredian.com/art?id=1", "wxredian.com", False),
        ("javascript:alert(1)//gov.cn", "javascript:alert(1)//gov.cn", False),
        ("http://[broken", "http://[broken", False),
        ("no-URL: 法制周报 2022-04-20", "法制周报 2022-04-20", False),
    ],
)
def test_only_official_and_named_hosts_are_linked(address: str, text: str, linked: bool) -> None:
    cited = HOSTS.cited(address)
    assert (cited.text, cited.link) == (text, address if linked else None)
    assert bool(cited.address) == address.startswith("http") or address.startswith("http://[")


def test_ratios_are_those_of_deputies_with_both_numbers(demo_store: Store) -> None:
    front = archive_front(beside(demo_store))
    assert len(front.ratios) == 20
    assert archive.usual_ratio(front.ratios) == (12, 10, 9)
    # A ballot of citizens is no vote of deputies.
    assert not [one for one in front.ratios if (one.candidates, one.chosen) == (23, 10)]
    assert (front.ratios[0].candidates, front.ratios[0].chosen) in {(20, 10), (2, 1)}


def test_there_is_no_usual_ratio_where_two_are_as_frequent(demo_store: Store) -> None:
    ratios = archive_front(beside(demo_store)).ratios[:4]
    assert archive.usual_ratio(()) is None
    assert archive.usual_ratio((ratios[2], ratios[3])) is None
    assert archive.usual_ratio((ratios[2], ratios[2], ratios[3], ratios[3])) is None


def test_ways_begin_with_suggestions(demo_store: Store) -> None:
    ways = archive_front(beside(demo_store)).ways
    assert [way.collected for way in ways][:3] == [46708, 14131, 1330]
    assert ways[-1].collected_text == "100余"
    bare: Way = replace(ways[0], collected=None, collected_text=None)
    assert archive.told_ways([bare]) == ()


def test_shares_of_a_kind_leave_out_short_lists(demo_store: Store) -> None:
    shares = archive_kind_shares(beside(demo_store), "education", None)
    assert all(one.total >= archive.FEWEST and 0 < one.count <= one.total for one in shares)
    assert [one.count / one.total for one in shares] == sorted(
        (one.count / one.total for one in shares), reverse=True
    )
