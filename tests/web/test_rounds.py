"""The pages of rounds: what is announced is told in full, what is not is not told."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from dashboard.store.loading.gathering import key_of
from dashboard.store.tables.voting import RoundOption
from tests.commands.people import COUNTY, TOWNSHIP
from tests.rounds import ITEM, Tie, adoption, plant_round, plant_tie
from tests.web.conftest import Makes
from tests.web.visitor import Site, plain

LIST = f"/{TOWNSHIP}/2025/rounds"
LONG = "名称特别长的民生实事项目" * 7


@pytest.fixture(scope="module")
def voted(make_site: Makes) -> tuple[Site, Tie]:
    """A site whose township had a tie, and has a round that is not announced."""
    site = make_site()
    tie = plant_tie(site.store)
    plant_round(site.store, state="open", title="尚未公布的一轮")
    plant_round(site.store, state="announced", title="已作结论而未发布的一轮")
    with site.store.system().writing() as session:
        session.execute(
            update(RoundOption)
            .where(RoundOption.congress_id == key_of("congress", TOWNSHIP), RoundOption.number == 1)
            .values(name=LONG)
        )
    site.raise_topics(key_of("congress", TOWNSHIP), "voting")
    return site, tie


def told(site: Site, path: str, who: str | None = None) -> str:
    answer = site.visitor(who).open(path)
    assert answer.status_code == 200
    return plain(answer)


def test_the_list_tells_each_announced_round_and_leads_to_it(voted: tuple[Site, Tie]) -> None:
    site, tie = voted
    page = told(site, LIST)
    assert f"{LIST}/{tie.first}" in page
    assert f"{LIST}/{tie.runoff}" in page
    assert "2025年度2轮票决：5项候选，入选3项" in page


def test_the_public_is_not_told_of_a_round_before_its_announcement(voted: tuple[Site, Tie]) -> None:
    site, _ = voted
    for path in (LIST, f"/en{LIST}", f"/{TOWNSHIP}/2025"):
        for page in (told(site, path), told(site, path, "clerk"), site.visitor().ask(path).text):
            assert "的一轮" not in page
            assert ITEM not in page


def test_a_member_is_told_that_it_exists_and_how_it_stands(voted: tuple[Site, Tie]) -> None:
    site, _ = voted
    page = told(site, LIST, "township clerk")
    assert "尚未公布的一轮" in page
    assert "正在投票" in page
    assert "已投票，待公布" in page
    own = [
        found
        for found in re.findall(rf"{LIST}/[0-9a-f-]+", page)
        if ITEM in told(site, found, "township clerk")
    ]
    assert own == []


def test_one_round_tells_why_by_which_rules_and_how_to_check(voted: tuple[Site, Tie]) -> None:
    site, _ = voted
    row = adoption(site.store, COUNTY)
    page = told(site, f"/{COUNTY}/2025/rounds/{row.id}")
    assert "应到代表321名，实到312名；发出选票312张，收回312张，其中有效票309张，无效票3张。" in page
    assert "全体代表321名×1/2＝160.5，须超过此数，即161票。" in page
    assert "得141票，不足161票" in page
    assert f'"/{COUNTY}/2025/projects/10"' in page
    assert row.box_digest is not None
    assert row.box_digest[:8] in page
    assert "在任且未停止执行职务的全体代表" in page
    assert "过半数：正好一半不通过。" in page
    english = told(site, f"/en/{COUNTY}/2025/rounds/{row.id}")
    assert "161 votes" in english
    assert "Exactly" not in english


def test_a_tie_and_its_run_off_lead_to_each_other(voted: tuple[Site, Tie]) -> None:
    site, tie = voted
    first, runoff = (told(site, f"{LIST}/{one}") for one in (tie.first, tie.runoff))
    assert f'"{LIST}/{tie.runoff}"' in first
    assert f'"{LIST}/{tie.first}"' in runoff
    assert "再次表决不设通过线" in runoff
    assert LONG in first


@pytest.mark.parametrize("item", ["nobody", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_round_is_not_found(voted: tuple[Site, Tie], item: str) -> None:
    assert "没有找到这个页面" in told(voted[0], f"{LIST}/{item}")


def test_a_cycle_that_has_not_voted_says_when_it_will(voted: tuple[Site, Tie]) -> None:
    page = told(voted[0], f"/{COUNTY}/2026/rounds")
    assert "2026年度尚未票决" in page
    assert "定单阶段为2025年11月20日—2026年1月20日" in page


def test_a_round_that_was_published_but_not_announced_stays_closed(voted: tuple[Site, Tie]) -> None:
    site, _ = voted
    planted = plant_round(site.store, state="closed", published_at=datetime(2025, 1, 9, tzinfo=UTC))
    site.raise_topics(key_of("congress", TOWNSHIP), "voting")
    assert "没有找到这个页面" in told(site, f"{LIST}/{planted}")
    assert "没有找到这个页面" not in told(site, f"{LIST}/{planted}", "township clerk")
