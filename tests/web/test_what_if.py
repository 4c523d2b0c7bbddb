"""The page of the analysis says on every view that it is none of the result."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from dashboard.store.tables.voting import Count
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


def parts(node: Any, kind: str) -> Iterator[Any]:
    """Yield the parts of one kind of what Dash is told to show."""
    if isinstance(node, list):
        for one in node:
            yield from parts(one, kind)
    elif isinstance(node, dict):
        if node.get("type") == kind:
            yield node
        for one in node.values():
            yield from parts(one, kind)


def said(node: Any) -> str:
    """Return the words of a part."""
    if isinstance(node, list):
        return "".join(map(said, node))
    return said(node["props"].get("children")) if isinstance(node, dict) else str(node or "")


def test_the_difference_is_shown_project_by_project(site: Site) -> None:
    """Ten were chosen; with eight places the ninth and the tenth by votes are not, and nobody else changes."""
    round_ = adoption(site.store, COUNTY)
    with site.store.system().reading() as session:
        counts = session.scalars(
            select(Count).where(Count.round_id == round_.id).order_by(Count.votes.desc(), Count.number)
        ).all()
    assert [one.state for one in counts] == ["chosen"] * 10 + ["beyond", "failed"]
    answer = site.visitor("leader").open(f"/{COUNTY}/2025/what-if/{round_.id}", "?places=8,10")
    (table,) = parts(answer.json, "Table")
    head, *rows = ([said(cell) for cell in row["props"]["children"]] for row in parts(table, "Tr"))
    own, eight, ten = (head.index(name) for name in ("原规则", "应选8项", "应选10项"))
    shown = {row[0].split()[0]: row for row in rows}
    assert len(shown) == 12
    for place, one in enumerate(counts, start=1):
        row, result = shown[str(one.number)], "入选" if place <= 10 else "未入选"
        assert row[own] == row[ten] == result
        assert row[eight] == ("变化：未入选" if place in {9, 10} else result)
    assert "应选8项：入选8项，有2项与原结果不同。" in plain(answer)
    assert "应选10项：入选10项，与原结果相同。" in plain(answer)
