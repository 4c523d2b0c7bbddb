"""Every committed CSV reads, and every kind of bad file is refused with its place and reason."""

import hashlib
import json
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dashboard.store.loading import (
    shapes_cycle,
    shapes_people,
    shapes_progress,
    shapes_published,
    shapes_supervision,
)
from dashboard.store.loading.rows import BadRow, Row, money, read_rows, rows_of

DATA = Path(__file__).parents[2] / "data"
MODULES = (shapes_cycle, shapes_people, shapes_progress, shapes_published, shapes_supervision)
SHAPES = {
    shape
    for module in MODULES
    for shape in vars(module).values()
    if isinstance(shape, type) and issubclass(shape, Row)
}
FILES = sorted((shape for shape in SHAPES if shape.file), key=lambda shape: shape.file)
HEADER = "congress,project,month,planned_percent,planned_wan_yuan"
GOOD = "990121,2025-01,2025-03,12.5,3.000001"


def plan(*lines: str, header: str = HEADER) -> list[shapes_progress.PlanMonth]:
    return rows_of("\n".join([header, *lines, ""]).encode(), "plans.csv", shapes_progress.PlanMonth)


def refusal(raw: bytes, shape: type[Row] = shapes_progress.PlanMonth) -> BadRow:
    with pytest.raises(BadRow) as refused:
        rows_of(raw, "plans.csv", shape)
    assert refused.value.file == "plans.csv"
    return refused.value


@pytest.mark.parametrize("shape", FILES, ids=lambda shape: shape.file)
def test_committed_file_reads(shape: type[Row]) -> None:
    assert read_rows(DATA / shape.file, shape)


def test_every_committed_csv_has_a_shape() -> None:
    found = {
        path.relative_to(DATA).as_posix()
        for folder in ("reference", "demo")
        for path in (DATA / folder).glob("*.csv")
    }
    assert found == {shape.file for shape in FILES}


def test_every_shape_has_a_key_among_its_fields() -> None:
    for shape in FILES:
        assert shape.key
        assert set(shape.key) <= set(shape.model_fields)


def test_units_are_exact() -> None:
    (row,) = plan(GOOD)
    assert (row.share, row.money, row.month) == (1250, 3_000_001, date(2025, 3, 31))
    assert plan("990121,2025-01,2024-02,185.7,0")[0].share == 18570
    assert plan("990121,2025-01,2024-02,185.7,0")[0].month == date(2024, 2, 29)
    assert money("281682.60") == int(Decimal("281682.60") * 1_000_000)


def test_bom_crlf_quotes_and_column_order_are_accepted() -> None:
    raw = '\ufeffproject,congress,planned_wan_yuan,month,planned_percent\r\n"2025-01",990121,1,2025-03,5\r\n'
    (row,) = rows_of(raw.encode(), "plans.csv", shapes_progress.PlanMonth)
    assert (row.project, row.share) == ("2025-01", 500)


def test_quoted_cells_keep_commas_quotes_and_line_ends() -> None:
    raw = 'congress,day,kind,text,who,project\n990121,2025-10-20,meeting,"a,""b""\nc",,\n'
    (row,) = rows_of(raw.encode(), "calendar.csv", shapes_cycle.CalendarDay)
    assert (row.text, row.who) == ('a,"b"\nc', None)
    assert refusal(f"{raw}990121,2025-13-01,meeting,x,,\n".encode(), shapes_cycle.CalendarDay).line == 4


def test_inexact_number_keeps_its_text() -> None:
    rows = read_rows(DATA / "reference/funnel.csv", shapes_published.PublishedFunnel)
    dazhu = next(row for row in rows if row.region == "四川省大竹县")
    assert (dazhu.clues, dazhu.clues_text) == (None, "100余")
    datong = next(row for row in rows if row.region == "山西省大同市")
    assert (datong.clues, datong.clues_text) == (1330, "1330")


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("990121,2025-01,2025-13,5,1", "month", "not_a_month"),
        ("990121,2025-01,2025-3,5,1", "month", "not_a_month"),
        ("990121,2025-01,2025-03,-5,1", "planned_percent", "negative"),
        ("990121,2025-01,2025-03,5.001,1", "planned_percent", "finer_than_basis_point"),
        ("990121,2025-01,2025-03,5%,1", "planned_percent", "not_a_number"),
        ("990121,2025-01,2025-03,1e3,1", "planned_percent", "not_a_number"),
        ("990121,2025-01,2025-03,NaN,1", "planned_percent", "not_a_number"),
        ("990121,2025-01,2025-03,５,1", "planned_percent", "not_a_number"),
        ("990121,2025-01,2025-03,5,0.0000001", "planned_wan_yuan", "finer_than_fen"),
        ("990121,2025-01,2025-03,5,9999999999999", "planned_wan_yuan", "not_a_number"),
        ("990121,,2025-03,5,1", "project", "empty"),
        ("990121,  ,2025-03,5,1", "project", "empty"),
        ("990121,a b,2025-03,5,1", "project", "not_a_code"),
        ("990121,2025-01,2025-03,5", None, "cell_count"),
        ("990121,2025-01,2025-03,5,1,2", None, "cell_count"),
        ("", None, "cell_count"),
        ('990121,20"25-01,2025-03,5,1', None, "stray_quote"),
        ('990121,"2025-01,2025-03,5,1', None, "stray_quote"),
        ('990121,"2025"-01,2025-03,5,1', None, "stray_quote"),
        ("990121,2025\r-01,2025-03,5,1", None, "stray_return"),
        ("990121,2025\0-01,2025-03,5,1", None, "nul_byte"),
    ],
)
def test_bad_line_is_refused(line: str, column: str | None, reason: str) -> None:
    refused = refusal(f"{HEADER}\n{GOOD}\n{line}\n".encode())
    assert (refused.line, refused.column, refused.reason) == (3, column, reason)


@pytest.mark.parametrize(
    ("header", "column", "reason"),
    [
        (HEADER.replace(",", ";"), None, "wrong_delimiter"),
        (HEADER.replace(",", "\t"), None, "wrong_delimiter"),
        (HEADER.removesuffix(",planned_wan_yuan"), "planned_wan_yuan", "missing_column"),
        (HEADER + ",note", "note", "unknown_column"),
        (HEADER + ",month", "month", "duplicate_column"),
    ],
)
def test_bad_header_is_refused(header: str, column: str | None, reason: str) -> None:
    refused = refusal(f"{header}\n".encode())
    assert (refused.line, refused.column, refused.reason) == (1, column, reason)


@pytest.mark.parametrize(
    "value", ["2023-02-30", "2月30日", "2023-2-3", "20230203", "2023-W01-1", "0000-01-01"]
)
def test_impossible_date_is_refused(value: str) -> None:
    raw = f"congress,day,kind,text,who,project\n990121,{value},meeting,x,,\n".encode()
    refused = refusal(raw, shapes_cycle.CalendarDay)
    assert (refused.column, refused.reason, refused.facts["value"]) == ("day", "not_a_date", value)


def test_duplicate_key_names_the_first_line() -> None:
    refused = refusal(f"{HEADER}\n{GOOD}\n{GOOD}\n".encode())
    assert (refused.line, refused.reason, refused.facts["first_line"]) == (3, "duplicate_key", 2)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_other_encodings_are_refused(encoding: str) -> None:
    raw = "congress,day,kind,text,who,project\n990121,2025-10-20,meeting,测评,,\n".encode(encoding)
    assert refusal(raw, shapes_cycle.CalendarDay).reason == "not_utf8"


def test_word_outside_the_list_and_inexact_negative_are_refused() -> None:
    header = "congress,day,kind,text,who,project\n"
    assert (
        refusal(f"{header}990121,2025-10-20,party,x,,\n".encode(), shapes_cycle.CalendarDay).reason
        == "not_in_list"
    )
    funnel = ",".join(shapes_published.PublishedFunnel.columns())
    cells = {"region": "x", "source_url": "x", "year": "2025", "level": "x", "clues_collected": "-5"}
    line = ",".join(cells.get(name, "") for name in shapes_published.PublishedFunnel.columns())
    assert refusal(f"{funnel}\n{line}\n".encode(), shapes_published.PublishedFunnel).reason == "negative"


def test_empty_file_is_refused_and_a_header_alone_is_not() -> None:
    assert refusal(b"").reason == "empty_file"
    assert plan() == []


def test_every_published_region_is_placed_in_the_tree() -> None:
    areas = {row.code: row for row in read_rows(DATA / "reference/areas.csv", shapes_published.Area)}
    assert all(row.parent is None or row.parent in areas for row in areas.values())
    regions = {row.region: row for row in read_rows(DATA / "reference/regions.csv", shapes_published.Region)}
    assert all(row.code is None or row.code in areas for row in regions.values())
    for shape in (item for item in FILES if issubclass(item, shapes_published.Published)):
        assert {row.region for row in read_rows(DATA / shape.file, shape)} <= set(regions)


def test_boxes_hold_what_the_rounds_announce() -> None:
    for row in read_rows(DATA / "demo/rounds.csv", shapes_cycle.Round):
        raw = (DATA / "demo/boxes" / row.box).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == row.box_digest
        box = json.loads(raw)
        assert (
            json.dumps(box, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n" == raw.decode()
        )
        assert f"{box['rule_set']['key']}@{box['rule_set']['version']}" == row.rule_set
        assert [box[name] for name in ("entitled", "present", "issued", "recovered")] == [
            row.entitled, row.present, row.issued, row.recovered,
        ]  # fmt: skip
        marks = [ballot["marks"].split() for ballot in box["ballots"]]
        valid = [chosen for chosen in marks if len(chosen) <= row.places]
        assert (len(valid), len(marks) - len(valid)) == (row.valid, row.invalid)
        assert [ballot["id"] for ballot in box["ballots"]] == sorted(
            {ballot["id"] for ballot in box["ballots"]}
        )
        if (row.congress, row.id) == ("990121", "2025-adoption"):
            votes = Counter(int(number) for chosen in valid for number in chosen)
            totals = [298, 291, 286, 279, 274, 268, 261, 252, 243, 229, 196, 141]
            assert [votes[number] for number in range(1, 13)] == totals


def test_demonstration_refers_only_to_what_it_has() -> None:
    rows = {shape.file.removeprefix("demo/"): read_rows(DATA / shape.file, shape) for shape in FILES}
    areas = {row.code for row in rows["reference/areas.csv"]}
    assert {row.area for name in ("orders.csv", "congresses.csv") for row in rows[name]} <= areas
    targets = {"project": "projects.csv", "department": "departments.csv", "delegation": "delegations.csv"}
    known = {field: {(row.congress, row.id) for row in rows[file]} for field, file in targets.items()}
    for file, found in rows.items():
        for field, ids in known.items():
            if file.startswith("reference/") or field not in type(found[0]).model_fields:
                continue
            assert {(row.congress, getattr(row, field)) for row in found if getattr(row, field)} <= ids, (
                file,
                field,
            )


def test_demonstration_tells_its_story() -> None:
    reports = read_rows(DATA / "demo/reports.csv", shapes_progress.Report)
    plans = read_rows(DATA / "demo/plans.csv", shapes_progress.PlanMonth)
    september = date(2025, 9, 30)
    actual = {row.project: row for row in reports if row.congress == "990121" and row.month == september}
    planned = {row.project: row.share for row in plans if row.month == september}
    gaps = sorted(
        ((row.share, row.share - planned[name]) for name, row in actual.items()), key=lambda pair: -pair[1]
    )
    assert gaps == [
        (10500, 2000), (9120, 1620), (8400, 400), (7300, 300), (7650, 150),
        (7700, -100), (7000, -200), (6820, -680), (7150, -850), (5800, -1800),
    ]  # fmt: skip
    assert sum(row.paid for row in actual.values()) == 21_320 * 1_000_000
    old = {
        row.month.month: row.share for row in reports if (row.congress, row.project) == ("990121", "2025-03")
    }
    assert old == {1: 400, 2: 700, 3: 1400, 5: 2600, 6: 2600, 7: 3800, 8: 4800, 9: 5800}
    deputies = read_rows(DATA / "demo/deputies.csv", shapes_people.Deputy)
    # Two of 2025's roll left it since, and two by-elections filled their seats; two had left before.
    states = Counter(row.state for row in deputies if row.congress == "990121")
    assert states == {"in_office": 319, "by_elected": 2, "suspended": 1, "resigned": 3}


@pytest.mark.parametrize(
    "path", sorted((DATA / "reference/rule_sets").glob("*.json")), ids=lambda path: path.stem
)
def test_rule_set_file_names_itself_and_its_sources(path: Path) -> None:
    found = json.loads(path.read_text(encoding="utf-8"))
    assert path.stem == f"{found['key']}@{found['version']}"
    assert set(found) == {"key", "version", "kind", "name", "values"}
    assert set(found["name"]) == {"zh-CN", "en"}
    for value in found["values"].values():
        assert set(value) == {"value", "source", "note"}
        assert value["source"]
