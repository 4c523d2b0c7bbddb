"""Files: what a spreadsheet and a program read back is what was given, and says what it is."""

import csv
import io
import json
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from dashboard.reports.tables import WRITERS, csv_of, json_of
from dashboard.rules.data_frames import About, Dataset, Rows

ABOUT = About(
    "月报", "某县，2025年度", "来源：甲,乙", "截至今日", "可自由使用", "模拟数据", ("金额单位为元",)
)
SET = Dataset("reports", ("number", "text", "actual_percent", "paid_yuan", "day", "closed_on", "id", "yes"))
ROW = (
    3, "一,二\n“三”", 18570, 3_000_001, date(2025, 9, 30), datetime(2025, 1, 16, 17, tzinfo=UTC), UUID(int=7),
    True,
)  # fmt: skip


def read(raw: bytes) -> tuple[list[list[str]], list[str]]:
    text = raw.decode("utf-8-sig")
    notes = [line for line in text.split("\r\n") if line.startswith("# ")]
    body = text[: text.index("# ")] if notes else text
    return list(csv.reader(io.StringIO(body, newline=""))), notes


def test_csv_reads_back_with_units_and_its_marks() -> None:
    raw = csv_of(Rows(SET, [ROW]), ABOUT)
    assert raw.startswith(b"\xef\xbb\xbfnumber,")
    (head, row), notes = read(raw)
    assert head == [*SET.columns, "provenance"]
    # 17 o'clock in Greenwich is the next day in Shanghai.
    assert row == [
        "3", "一,二\n“三”", "185.7", "30000.01", "2025-09-30", "2025-01-17", str(UUID(int=7)), "true", "模拟数据",
    ]  # fmt: skip
    assert "# 模拟数据" in notes
    assert "# 来源：甲,乙" in notes


def test_json_says_the_same() -> None:
    told = json.loads(json_of(Rows(SET, [ROW], whole=False), ABOUT))
    assert told["about"]["provenance"] == "模拟数据"
    assert (told["about"]["count"], told["about"]["complete"]) == (1, False)
    assert told["about"]["columns"] == [*SET.columns, "provenance"]
    (row,) = told["rows"]
    assert (row["actual_percent"], row["paid_yuan"], row["provenance"]) == (185.7, 30000.01, "模拟数据")


@pytest.mark.parametrize("kind", WRITERS)
def test_a_file_without_rows_still_says_what_it_is(kind: str) -> None:
    text = WRITERS[kind](Rows(SET, []), ABOUT).decode("utf-8-sig")
    for word in ("月报", "某县", "模拟数据", "可自由使用", "金额单位为元", "actual_percent"):
        assert word in text


@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＠A1"]
)
def test_a_formula_is_led_by_an_apostrophe_in_csv_alone(text: str) -> None:
    given = Rows(Dataset("x", ("text",)), [(text,)])
    raw = csv_of(given, ABOUT).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(raw.split("provenance\r\n", 1)[1], newline="")))[0] == f"'{text}"
    assert json.loads(json_of(given, ABOUT))["rows"][0]["text"] == text


@pytest.mark.parametrize(
    ("points", "shown"), [(0, 0), (9167, 91.67), (10_000, 100), (-1800, -18), (1, 0.01), (None, None)]
)
def test_a_share_is_exact_per_cent_and_a_negative_number_stays_a_number(
    points: int | None, shown: float | None
) -> None:
    given = Rows(Dataset("x", ("actual_percent",)), [(points,)])
    assert json.loads(json_of(given, ABOUT))["rows"][0]["actual_percent"] == shown
    assert f"\r\n{'' if shown is None else shown},".encode() in csv_of(given, ABOUT)
