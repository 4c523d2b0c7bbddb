"""The list of screened wishes: filters, sortable heads, what became of each; on a phone one under the other."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.order_frames import Picture, Wish
from dashboard.web.asked import Asked
from dashboard.web.parts.filters import Filter, filters
from dashboard.web.parts.links import anchor
from dashboard.web.parts.orders_words import became, channel_text, channel_word, state_text
from dashboard.web.parts.table import Column, sorting
from dashboard.web.parts.text import aria, data

HEADS = ("number", "text", "category", "area", "channel", "day", "state")
SORTED = frozenset(HEADS) - {"text"}


def wish_filters(words: Words, here: Asked, shown: Picture) -> Component:
    """Return the form: a search, and a choice for each of category, area, channel and what became of it."""
    fields = [
        Filter("q", words("orders.search")),
        Filter("category", words("orders.table.category"), {one.key: one.name for one in shown.categories}),
        Filter("area", words("orders.table.area"), {one.key: one.name for one in shown.areas if one.key}),
        Filter(
            "channel",
            words("orders.table.channel"),
            {one.key: channel_text(words, one.key) for one in shown.channels},
        ),
        Filter(
            "state",
            words("orders.table.state"),
            {one.key: state_text(words, one.key) for one in shown.states},
        ),
        Filter(
            "candidate",
            words("orders.table.candidate"),
            {str(one.number): f"{one.number} {one.name}" for one in shown.candidates},
        ),
    ]
    # A choice of nothing to choose from would only be in the way.
    return filters(
        words, here, [one for one in fields if one.options or one.name == "q"], kept=("sort", "show")
    )


def wish_table(words: Words, here: Asked, rows: Sequence[Wish], caption: str) -> Component:
    """Return the wishes of one page; every head but that of the text sorts by it."""
    heads = [_head(words, here, name) for name in HEADS]
    return html.Table(
        [
            html.Caption(caption, className="visually-hidden"),
            html.Thead(html.Tr(heads, role="row"), role="rowgroup"),
            html.Tbody([_row(words, here, row) for row in rows], role="rowgroup"),
        ],
        className="rows wishes",
        role="table",
    )


def _head(words: Words, here: Asked, name: str) -> Component:
    label = words(f"orders.table.{name}")
    column = sorting(here, name, label) if name in SORTED else Column(label)
    head = anchor(column.head, column.href) if column.href else column.head
    order = aria(sort=column.sorted) if column.sorted else {}
    return html.Th(head, scope="col", role="columnheader", className=f"wish-{name}", **order)


def _row(words: Words, here: Asked, wish: Wish) -> Component:
    cells: dict[str, Component | str] = {
        "text": data(words, wish.text),
        "category": data(words, wish.category),
        "area": wish.area or "—",
        "channel": channel_word(words, wish.channel),
        "day": words.day(wish.day),
        "state": became(words, here, wish),
    }
    number = html.Th(words.count(wish.number), scope="row", role="rowheader", className="wish-number")
    return html.Tr(
        [number, *(html.Td(cell, role="cell", className=f"wish-{name}") for name, cell in cells.items())],
        role="row",
    )
