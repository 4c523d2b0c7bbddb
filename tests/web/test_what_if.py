"""The page of the analysis says on every view that it is none of the result."""

import pytest

from tests.rounds import adoption
from tests.web.visitor import Site, plain

COUNTY = "990121"


@pytest.mark.parametrize("query", ["", "?places=8,12&budget=20000", "?places=0&budget=-3", "?places=二&x=1"])
def test_it_is_marked_as_analysis(site: Site, query: str) -> None:
    path = f"/{COUNTY}/2025/what-if/{adoption(site.store, COUNTY).id}"
    told = plain(site.visitor("leader").open(path, query))
    assert "仅供分析，不是票决结果" in told
    assert "模拟数据" in told
    assert "过半数以实到代表为基数" in told


def test_what_was_typed_wrong_is_told(site: Site) -> None:
    path = f"/{COUNTY}/2025/what-if/{adoption(site.store, COUNTY).id}"
    assert "没有看懂填写的数字" in plain(site.visitor("leader").open(path, "?places=二"))
    assert "没有看懂填写的数字" not in plain(site.visitor("leader").open(path, "?places=8"))
