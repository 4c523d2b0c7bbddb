"""A published file with anything wrong is refused with its place and reason, and what was loaded stays."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from dashboard.store.loading.reference import load_reference
from dashboard.store.loading.rows import BadRow
from dashboard.store.tables.reference import LoadedFile, ReferenceProgress, ReferenceRegion
from dashboard.store.transactions import Store
from tests.store.asking import ask, counts

Change = Callable[[str], str]
LINAN = "浙江省杭州市临安区,2022,新建成婴幼儿照护服务成长驿站7家"


def replaced(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert text.count(old) == 1, text.count(old)
        return text.replace(old, new)

    return change


def doubled(begin: str) -> Change:
    def change(text: str) -> str:
        line = next(line for line in text.splitlines() if line.startswith(begin))
        return f"{text.rstrip()}\n{line}\n"

    return change


# File, change, line (None: the last), column, reason.
BAD: dict[str, tuple[str, Change, int | None, str | None, str]] = {
    "wrong delimiter": ("projects", lambda text: text.replace(",", ";"), 1, None, "wrong_delimiter"),
    "missing column": ("progress", replaced("share_of,", ""), 1, "share_of", "missing_column"),
    "unknown column": ("funnel", replaced("voters,", "voters,who,"), 1, "who", "unknown_column"),
    "duplicate key": ("satisfaction", doubled("浙江省宁海县,2020,城南消防站工程"), None, "region", "duplicate_key"),
    "30 February": ("plan_milestones", replaced(f"{LINAN},2022-03", f"{LINAN},2月30日"), 2, "due", "not_a_month"),
    "month 13": ("plan_milestones", replaced(f"{LINAN},2022-03", f"{LINAN},2022-13"), 2, "due", "not_a_month"),
    "a day": ("plan_milestones", replaced(f"{LINAN},2022-03", f"{LINAN},2022-02-30"), 2, "due", "not_a_month"),
    "negative share": (
        "plan_milestones",
        replaced(f"{LINAN},2022-03,28.6", f"{LINAN},2022-03,-28.6"),
        2,
        "planned_percent",
        "negative",
    ),
    "region unknown": ("funnel", replaced("\n浙江省永嘉县,", "\n浙江省永嘉市,"), 17, "region", "unknown_region"),
    "region without area": ("regions", replaced(",341881,", ",341899,"), 13, "code", "unknown_area"),
    "announced": ("projects", replaced("埠镇,2021,elected", "埠镇,2021,announced"), 50, "stage", "not_in_list"),
    "category unknown": ("categories", replaced("\n交通,", "\n交通的,"), None, "category", "unknown_category"),
    "share of what": ("progress", replaced("2023-10,40,task", "2023-10,40,"), 2, "share_of", "empty"),
    "empty file": ("press", lambda _text: "", 1, None, "empty_file"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_whole(demo_store: Store, now: datetime, files: Path, kind: str) -> None:
    name, change, line, column, reason = BAD[kind]
    path = files / "reference" / f"{name}.csv"
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    before, digests = counts(demo_store), ask(demo_store, select(LoadedFile.digest))
    with pytest.raises(BadRow) as refused:
        load_reference(demo_store, now, files / "reference")
    found = refused.value
    assert (found.column, found.reason) == (column, reason)
    # The row that names an unknown category stands in another file than the table of categories.
    assert found.file == ("reference/projects.csv" if name == "categories" else f"reference/{name}.csv")
    if line is not None:
        assert found.line == line
    # All or nothing: neither rows nor the memory of what was loaded have changed.
    assert counts(demo_store) == before
    assert ask(demo_store, select(LoadedFile.digest)) == digests


def test_a_bom_and_other_line_ends_change_nothing(demo_store: Store, now: datetime, files: Path) -> None:
    before = counts(demo_store)
    path = files / "reference" / "projects.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_text("utf-8").replace("\n", "\r\n").encode())
    assert load_reference(demo_store, now, files / "reference")["reference_projects"] == 421
    assert counts(demo_store) == before
    assert load_reference(demo_store, now, files / "reference") == {}


def test_a_share_says_of_what_it_is(demo_store: Store) -> None:
    rows = ask(demo_store, select(ReferenceProgress))
    assert all((row.share is None) == (row.share_of is None) for row in rows)
    # No source prints a sum beside a share of the task: a share that stands beside a sum is the investment's.
    assert all(
        row.share_of == "investment" for row in rows if row.share is not None and row.invested is not None
    )


def test_prints_of_one_place_share_its_name(demo_store: Store) -> None:
    names = {row.name: row.plain_name for row in ask(demo_store, select(ReferenceRegion))}
    assert names["江苏省沛县张寨镇"] == names["江苏省徐州市沛县张寨镇"]
    assert names["四川省大竹县"] == names["四川省达州市大竹县"]
