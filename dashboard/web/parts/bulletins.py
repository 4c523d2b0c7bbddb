"""The bulletins of a cycle's months, as the page that checks its reports offers them."""

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.web.parts.card import card
from dashboard.web.parts.links import anchor
from dashboard.web.parts.table import Cell, Column, scrolled, table


def bulletin_links(words: Words, folder: str, months: Sequence[date]) -> list[Component]:
    """Return the card with each month's files; without a month that is reported there is none."""
    if not months:
        return []
    columns = [Column(words("bulletin.column.month")), Column(words("bulletin.files"))]
    rows: list[list[Cell]] = [
        [
            words.month(month),
            html.Span([_file(words, folder, month, kind) for kind in ("docx", "xlsx")], className="files"),
        ]
        for month in months
    ]
    title = words("bulletin.card")
    return [card(title, scrolled(table(columns, rows, title, stacks=False), title), words("bulletin.line"))]


def _file(words: Words, folder: str, month: date, kind: str) -> Component:
    link = anchor(words(f"bulletin.{kind}"), f"{folder}/{month:%Y-%m}.{kind}", fresh=True)
    return html.Span(
        [link, " "], title=words("bulletin.file", month=words.month(month), kind=words(f"bulletin.{kind}"))
    )
