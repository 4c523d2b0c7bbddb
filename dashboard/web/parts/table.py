"""Plain tables: a head, rows, numbers at the right."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.web.asked import Asked
from dashboard.web.parts.links import anchor
from dashboard.web.parts.text import Content, aria

Cell = Component | str
NONE = "—"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, whether it holds numbers, how it is sorted (ascending, descending, or not).

    `href` is the address that sorts by it.
    """

    head: Content
    number: bool = False
    sorted: str | None = None
    href: str | None = None


def table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    caption: str,
    dense: bool = False,
    stacks: bool = True,
) -> Component:
    """Return a table whose first column names its rows; the caption is read out, not shown.

    On a phone each row stands as a block, its cells under their heads, where the table `stacks`; a dense one, and
    one that is narrow enough, stays as it is.
    """
    stacks = stacks and not dense
    head = html.Tr([_head(column) for column in columns], role="row")
    body = [
        html.Tr(
            [
                _cell(column, cell, n == 0, stacks)
                for n, (column, cell) in enumerate(zip(columns, row, strict=True))
            ],
            role="row",
        )
        for row in rows
    ]
    return html.Table(
        [
            html.Caption(caption, className="visually-hidden"),
            html.Thead(head, role="rowgroup"),
            html.Tbody(body, role="rowgroup"),
        ],
        className=f"rows{' rows-dense' if dense else ''}{' stacks' if stacks else ''}",
        role="table",
    )


def scrolled(content: Component, label: str, style: str = "") -> Component:
    """Return a table in a place that scrolls sideways where it is too wide, by the keyboard too."""
    return html.Div(
        content, className=f"scroll {style}".strip(), tabIndex="0", role="region", **aria(label=label)
    )


def sorting(asked: Asked, name: str, head: Content, number: bool = False, first: str = "asc") -> Column:
    """Return a column whose head sorts by it: at first in the order `first`, pressed again the other way round.

    The address holds it as `sort=<name>` (ascending) or `sort=-<name>` (descending).
    """
    up, down = name, f"-{name}"
    now = asked.get("sort")
    other = down if now == up or (now != down and first == "desc") else up
    order = {up: "ascending", down: "descending"}.get(now)
    return Column(head, number, order, asked.href(sort=other))


def folded_table(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], caption: str) -> Component:
    """Return a table that assets/tables.js builds when its place is opened: a page of charts draws without them.

    Cells are text, or data marked with its language.
    """
    told = {
        "caption": caption,
        "heads": [{"text": column.head, "number": column.number} for column in columns],
        "rows": [[_told(cell) for cell in row] for row in rows],
    }
    carried: dict[str, Any] = {"data-table": json.dumps(told, ensure_ascii=False, separators=(",", ":"))}
    return html.Div(**carried)


def _told(cell: Cell) -> str | dict[str, str]:
    if isinstance(cell, str):
        return cell
    shown: Any = cell
    return {"text": str(shown.children), "lang": str(shown.lang)}


def _head(column: Column) -> Component:
    order = aria(sort=column.sorted) if column.sorted else {}
    head = anchor(column.head, column.href) if column.href else column.head
    style = "number" if column.number else None
    return html.Th(head, scope="col", className=style, role="columnheader", **order)


def _cell(column: Column, cell: Cell, first: bool, stacks: bool) -> Component:
    style = "number" if column.number else None
    if first:
        return html.Th(cell, scope="row", className=style, role="rowheader")
    told: dict[str, Any] = {}
    if stacks and isinstance(column.head, str):
        told["data-head"] = column.head
    if stacks and cell in ("", NONE):
        style = f"{style or ''} nothing".strip()
    return html.Td(cell, className=style, role="cell", **told)
