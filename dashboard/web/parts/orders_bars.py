"""Bars of counts as plain HTML: a name, a bar, the count, its share. They need no script and print as they stand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.figures.row_bars import Heads, RowBar, row_bars
from dashboard.i18n import Words
from dashboard.rules.order_frames import STEPS, Funnel, Slice
from dashboard.rules.rates import rate
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.graph import pictured
from dashboard.web.parts.links import anchor
from dashboard.web.parts.orders_words import funnel_finding
from dashboard.web.parts.table import Cell, Column, folded_table
from dashboard.web.parts.text import Content, aria


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: its name, its count or None where it is not known, the count in words, a quieter word after it."""

    name: Content
    count: int | None
    written: str
    after: str = ""
    href: str | None = None


def bars(rows: Sequence[Row], element_id: str) -> Component:
    """Return the bars, the longest as wide as there is room."""
    longest = max((row.count or 0 for row in rows), default=0) or 1
    made = html.Ol([_bar(row, longest) for row in rows], className="bars")
    return pictured(made, element_id, lambda: _drawing(rows, longest))


def _drawing(rows: Sequence[Row], longest: int) -> dict[str, Any]:
    """Return the bars as a figure, for pictures."""
    drawn = [RowBar(_plain(row.name), "", (row.count or 0,), (row.written,), row.after, ()) for row in rows]
    return row_bars(drawn, longest, Heads("", ""), "light", False)


def _plain(name: Content) -> str:
    """Return a name without the mark of its language."""
    return name if isinstance(name, str) else str(getattr(name, "children", ""))


def _bar(row: Row, longest: int) -> Component:
    filled = (
        html.I(style={"width": f"{(row.count or 0) * 100 / longest:.2f}%"}, **aria(hidden="true"))
        if row.count
        else ""
    )
    name = anchor(row.name, row.href) if row.href else row.name
    return html.Li(
        [
            html.Span(name, className="bar-name"),
            html.Span(filled, className="bar-track"),
            html.Strong(row.written),
            html.Span(row.after, className="bar-after"),
        ]
    )


def funnel_card(words: Words, funnel: Funnel, source: Content) -> Component:
    """Return the funnel from wishes to projects: every step with its number and what it is of all collected."""
    rows, table = [], []
    for step in STEPS:
        count: int | None = getattr(funnel, step)
        written = "—" if count is None else words(f"orders.step.{step}.n", n=words.count(count))
        after = share(words, count, funnel.collected)
        rows.append(Row(words(f"orders.step.{step}"), count, written, after))
        table.append([words(f"orders.step.{step}"), words.count(count), after])
    heads = [
        Column(words(f"orders.table.{head}"), number=head != "step") for head in ("step", "count", "share")
    ]
    title = funnel_finding(words, funnel)
    below = foot(words, source, (), folded_table(heads, table, title))
    return card(title, bars(rows, "orders-funnel"), words("orders.funnel.line"), foot=below, style="span-7")


def slices_card(
    words: Words,
    what: str,
    slices: Sequence[Slice],
    named: Callable[[Slice], Component | str],
    href: Callable[[Slice], str],
    source: Content,
    style: str,
) -> Component:
    """Return how wishes fall apart by category, area or channel; each name leads to its wishes."""
    total = sum(one.count for one in slices)
    rows = [
        Row(
            named(one),
            one.count,
            words.count(one.count),
            share(words, one.count, total),
            href(one) if one.key else None,
        )
        for one in slices
    ]
    table: list[list[Cell]] = [
        [named(one), words.count(one.count), share(words, one.count, total)] for one in slices
    ]
    heads = [Column(words(f"orders.table.{head}"), number=head != what) for head in (what, "count", "share")]
    title = _most(words, what, slices, named, total)
    caption = words(f"orders.by.{what}")
    below = foot(words, source, (), folded_table(heads, table, caption))
    return card(title, bars(rows, f"orders-{what}"), words(f"orders.by.{what}.line"), foot=below, style=style)


def share(words: Words, count: int | None, total: int | None) -> str:
    """Return a count's share of a total, rounded half up; a dash where either is not known."""
    return words.share(None if count is None or total is None else rate(count, total))


def _most(
    words: Words, what: str, slices: Sequence[Slice], named: Callable[[Slice], Component | str], total: int
) -> Content:
    """Return which part is the greatest, or the plain name where two are."""
    if not slices or (len(slices) > 1 and slices[0].count == slices[1].count):
        return words(f"orders.by.{what}")
    most = words("orders.by.most", n=words.count(slices[0].count), share=share(words, slices[0].count, total))
    return [named(slices[0]), most]
