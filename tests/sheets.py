"""A month's table as somebody fills it in with a spreadsheet program: read, changed by cell, saved."""

import io
from collections.abc import Callable
from typing import Any

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from dashboard.reports.report_sheets import HEAD_ROW
from dashboard.rules.report_sheets import column_of

Fill = Callable[[list[list[Any]]], object]


def filled(body: bytes, fill: Fill) -> bytes:
    """Return a table as somebody saves it after filling in its rows below the heads."""
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(body))
        .get_sheet_by_index(0)
        .to_python(skip_empty_area=False)
    )
    fill(rows[HEAD_ROW + 1 :])
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            sheet.write(row, column, text)
    book.close()
    return out.getvalue()


def row_of(rows: list[list[Any]], number: int) -> list[Any]:
    """Return the row of the project with this number."""
    return next(row for row in rows if str(row[0]) == str(number))


def typing(number: int, /, **typed: object) -> Fill:
    """Return what fills in columns of one project by their names."""

    def fill(rows: list[list[Any]]) -> None:
        for name, text in typed.items():
            row_of(rows, number)[column_of(name) - 1] = text

    return fill
