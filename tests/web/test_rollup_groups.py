"""The roll-up parted by place, category and department, by number and by money; and the flags of the departments."""

import pytest

from tests.commands.people import COUNTY
from tests.web.visitor import Site, plain

PATH = f"/{COUNTY}/2025/townships"


@pytest.mark.parametrize(
    ("by", "title"), [("place", "按乡镇汇总"), ("category", "按类别汇总"), ("department", "按承办单位汇总")]
)
@pytest.mark.parametrize("weight", ["number", "money"])
def test_each_group_and_weight_opens_and_says_what_it_is(
    site: Site, by: str, title: str, weight: str
) -> None:
    told = plain(site.visitor().open(PATH, f"?by={by}&weight={weight}"))
    assert title in told
    assert ("按预算金额加权" in told) == (weight == "money")
    assert "合计" in told
    assert "不适用" not in told


def test_money_weighs_otherwise_than_number(site: Site) -> None:
    by_number, by_money = (
        plain(site.visitor().open(PATH, f"?by=category&weight={weight}")) for weight in ("number", "money")
    )
    assert by_number != by_money


def test_flags_stand_on_the_list_of_departments_for_those_who_may_see_ranks(site: Site) -> None:
    path = f"/{COUNTY}/2025/departments"
    told = plain(site.visitor("leader").open(path))
    assert "流动红旗" in told
    assert "黄牌" in told
    assert "流动红旗" not in plain(site.visitor().open(path))
    assert "流动红旗" not in plain(site.visitor("deputy").open(path))
    english = plain(site.visitor("clerk").open(f"/en{path}"))
    assert "Yellow card" in english
