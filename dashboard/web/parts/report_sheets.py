"""Reports by Excel: where the table of a month is taken away and handed in, and what a filled one would change."""

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.reports.report_sheets import head_of
from dashboard.reports.workbooks import LARGEST_WORKBOOK
from dashboard.rules.report_sheets import COLUMNS, SheetRead
from dashboard.web.parts.card import card
from dashboard.web.parts.links import anchor
from dashboard.web.parts.notice import notice
from dashboard.web.parts.papers import upload
from dashboard.web.parts.table import Cell, Column, scrolled, table
from dashboard.web.parts.text import aria, data

RESULT, ACCEPTED = "sheet-result", ".xlsx"


def sheets_card(words: Words, folder: str, months: Sequence[date], language: str) -> list[Component]:
    """Return the tables of the months that are due, and the place of what one of them gives; without any, nothing."""
    if not months:
        return []
    asked = "en" if language == "en" else "zh"
    columns = [Column(words(f"sheet.{name}")) for name in ("month", "take", "hand_in")]
    rows: list[list[Cell]] = []
    for month in months:
        address = f"{folder}/{month:%Y-%m}"
        link = anchor("Excel", f"{address}.xlsx?lang={asked}", fresh=True)
        rows.append(
            [
                words.month(month),
                link,
                _button(words, words("sheet.choose"), f"{address}?lang={asked}", primary=False),
            ]
        )
    title = words("sheet.card")
    body = scrolled(table(columns, rows, title, stacks=False), title)
    places = [
        html.Div(id=f"{RESULT}-told", **aria(live="polite")),
        html.Div(id=RESULT, **aria(live="polite")),
    ]
    return [
        card(title, [body, html.P(words("sheet.private"), className="secondary")], words("sheet.line")),
        *places,
    ]


def preview(words: Words, found: SheetRead, again: str) -> Component:
    """Return what a filled table would do: mistakes by cell, changes by field, and the way to submit it."""
    content: list[Component] = []
    if found.wrong:
        line = words.plural("sheet.wrong", len(found.wrong))
        content.append(notice("red", line, words("sheet.wrong.do")))
        content.append(_wrong(words, found))
    if found.changes:
        content.append(_changes(words, found))
    if found.unchanged:
        content.append(html.P(words.plural("sheet.same", found.unchanged), className="secondary"))
    if found.changes and not found.wrong:
        label = words("sheet.submit", n=words.count(len(found.changes)))
        content.append(html.P(words("sheet.submit.how")))
        content.append(html.Div(_button(words, label, again, primary=True), className="acts"))
    if not found.changes and not found.wrong:
        content.insert(
            0, notice("grey", words("refused.sheet_unchanged"), words("refused.sheet_unchanged.do"))
        )
    return card(words("sheet.preview"), html.Div(content, className="stack"))


def cell_name(row: int, column: int) -> str:
    """Return a cell's name as a spreadsheet writes it: D7; the table has fewer than 26 columns."""
    return f"{chr(64 + column)}{row}"


def _button(words: Words, label: str, address: str, *, primary: bool) -> Component:
    return upload(words, label, address, RESULT, ACCEPTED, LARGEST_WORKBOOK, primary)


def _wrong(words: Words, found: SheetRead) -> Component:
    columns = [Column(words(f"sheet.{name}")) for name in ("cell", "field", "what", "do")]
    rows: list[list[Cell]] = [
        [
            cell_name(one.row, one.column),
            head_of(words, COLUMNS[one.column - 1]),
            words(f"refused.{one.code}", **one.facts),
            words(f"refused.{one.code}.do", **one.facts),
        ]
        for one in found.wrong
    ]
    return scrolled(table(columns, rows, words("sheet.wrong.title")), words("sheet.wrong.title"))


def _changes(words: Words, found: SheetRead) -> Component:
    columns = [Column(words(f"sheet.{name}")) for name in ("project", "field", "now", "new")]
    rows: list[list[Cell]] = [
        [data(words, one.project.name), head_of(words, name), data(words, now), data(words, new)]
        for one in found.changes
        for name, (now, new) in one.fields.items()
    ]
    return scrolled(table(columns, rows, words("sheet.changes")), words("sheet.changes"))
