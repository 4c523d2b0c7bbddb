"""A month's reports as .xlsx, one row a project: what goes out, and the same file filled and read again."""

import io
from collections.abc import Mapping, Sequence

from xlsxwriter import Workbook

from dashboard.i18n import LOCALES, Words, words
from dashboard.reports.workbooks import read_workbook
from dashboard.rules.refused import Refused
from dashboard.rules.report_sheets import BASE, COLUMNS, NAME, NUMBER, ReportSheet

# Text cells take a percentage, a sum or a day as it is typed; no text is run as a formula or followed as a link.
PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# Above the heads: title and month, 模拟数据 or actual, and how the table is filled.
HEAD_ROW = 3
NARROW, WIDE = 12, 32
WIDE_COLUMNS = {NAME, "done", "next", "problem", "plan", "reason", "explanation"}
FIXED = {NUMBER, NAME, BASE}


def report_xlsx(language: Words, sheet: ReportSheet) -> bytes:
    """Return the table of a month; number, name and base are not to be changed and stand on grey."""
    out = io.BytesIO()
    book = Workbook(out, PLAIN)
    mark = language("tag.simulated" if sheet.simulated else "data.own")
    page = book.add_worksheet(language("sheet.name"))
    typed = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
    fixed = book.add_format({"num_format": "@", "bg_color": "#EEEEEE", "valign": "top", "border": 1})
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1})
    title = language(
        "sheet.title", congress=sheet.congress, month=language.month(sheet.month), year=str(sheet.year)
    )
    for place, line in enumerate((title, mark, language("sheet.how"))):
        page.write_string(place, 0, line)
    for column, name in enumerate(COLUMNS):
        page.set_column(column, column, WIDE if name in WIDE_COLUMNS else NARROW)
        page.write_string(HEAD_ROW, column, head_of(language, name), head)
    for row, one in enumerate(sheet.projects, start=HEAD_ROW + 1):
        texts = {**one.fields, NUMBER: str(one.number), NAME: one.name, BASE: one.base}
        for column, name in enumerate(COLUMNS):
            page.write_string(row, column, texts.get(name, ""), fixed if name in FIXED else typed)
    page.freeze_panes(HEAD_ROW + 1, 2)
    page.set_header(f"&R{mark}")
    page.set_landscape()
    book.close()
    return out.getvalue()


def head_of(language: Words, name: str) -> str:
    """Return the head of a column."""
    return language(f"sheet.column.{name}" if name in FIXED else f"report.field.{name}")


def sheet_rows(body: bytes) -> Sequence[tuple[int, Mapping[str, str]]]:
    """Return the rows of a filled table with their places, counted from 1; refuse a file that is no such table."""
    rows = read_workbook(body)
    found = [text.strip() for text in rows[HEAD_ROW][: len(COLUMNS)]] if len(rows) > HEAD_ROW else []
    # Whoever works in the other language has filled the same table.
    if found not in [[head_of(words(one), name) for name in COLUMNS] for one in LOCALES]:
        raise Refused("sheet_other")
    return [
        (place, dict(zip(COLUMNS, row, strict=False)))
        for place, row in enumerate(rows[HEAD_ROW + 1 :], start=HEAD_ROW + 2)
    ]
