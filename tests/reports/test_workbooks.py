"""Workbooks that somebody sends: text as it was typed, formulas and archives larger than they say refused unread."""

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from xlsxwriter import Workbook

from dashboard.reports.workbooks import LARGEST_UNPACKED, read_workbook
from tests.commands.people import refusal


def book(fill: Callable[[Any], object]) -> bytes:
    out = io.BytesIO()
    made = Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    fill(made.add_worksheet())
    made.close()
    return out.getvalue()


def packed_with(extra: bytes) -> bytes:
    good, out = book(lambda sheet: sheet.write_number(0, 0, 1)), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            made.writestr(name, given.read(name))
        made.writestr("xl/media/large.bin", extra)
    return out.getvalue()


def test_cells_are_read_as_they_would_be_typed() -> None:
    def fill(sheet: Any) -> None:
        sheet.write_string(0, 0, "=1+1")
        sheet.write_number(0, 1, 60)
        sheet.write_number(1, 0, 1234567.25)
        sheet.write_datetime(1, 1, date(2025, 12, 31))

    assert read_workbook(book(fill)) == [["=1+1", "60"], ["1234567.25", "2025-12-31"]]


def test_a_formula_is_named_by_its_cell_and_not_read() -> None:
    with pytest.raises(Exception, match="sheet_formula") as caught:
        read_workbook(book(lambda sheet: sheet.write_formula(6, 3, '=HYPERLINK("http://x")', None, "58")))
    assert caught.value.facts == {"row": 7, "column": "D"}  # type: ignore[attr-defined]


@pytest.mark.parametrize(("row", "column"), [(1_048_575, 0), (0, 16_383)])
def test_a_cell_far_out_is_refused(row: int, column: int) -> None:
    assert refusal(read_workbook, book(lambda sheet: sheet.write_number(row, column, 1))) == "sheet_wide"


def test_a_bomb_is_refused_by_what_it_declares_and_by_what_it_is() -> None:
    size = 3 * LARGEST_UNPACKED
    bomb = packed_with(b"\0" * size)
    assert len(bomb) < 200_000
    assert refusal(read_workbook, bomb) == "sheet_bomb"
    told = struct.pack("<I", size)
    assert bomb.count(told) == 2
    assert refusal(read_workbook, bomb.replace(told, struct.pack("<I", 100))) == "sheet_bomb"
    assert (
        refusal(read_workbook, packed_with(b"").replace(b"PK\x05\x06", b"PK\x05\x07")) == "sheet_unreadable"
    )


@pytest.mark.parametrize("body", [b"", b"MZ\x90\x00", b"PK\x05\x06" + b"\0" * 18, b"\xd0\xcf\x11\xe0" * 200])
def test_what_is_no_workbook_is_refused(body: bytes) -> None:
    assert refusal(read_workbook, body) == "sheet_unreadable"
