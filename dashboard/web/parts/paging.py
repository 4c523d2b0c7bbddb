"""The pages of a long list."""

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.web.asked import PAGE, Asked
from dashboard.web.parts.links import anchor
from dashboard.web.parts.text import aria

ROWS = 50
AROUND = 2


def paging(words: Words, asked: Asked, total: int, rows: int = ROWS) -> Component | str:
    """Return the links to the pages of a list; nothing where one page holds all."""
    last = -(-total // rows)
    if last <= 1:
        return ""
    here = min(asked.page, last)
    near = [n for n in range(1, last + 1) if n in {1, last} or abs(n - here) <= AROUND]
    items: list[Component] = []
    for place, number in enumerate(near):
        if place and number > near[place - 1] + 1:
            items.append(html.Li("…", **aria(hidden="true")))
        items.append(_item(words, asked, number, here))
    first = (here - 1) * rows + 1
    span = words(
        "paging.span",
        first=words.count(first),
        last=words.count(min(here * rows, total)),
        total=words.count(total),
    )
    return html.Nav(
        [html.Span(span), html.Ul(items)], className="paging", **aria(label=words("paging.label"))
    )


def shown(asked: Asked, total: int, rows: int = ROWS) -> slice:
    """Return which rows stand on the page asked for; past the end it is the last one."""
    here = min(asked.page, max(1, -(-total // rows)))
    return slice((here - 1) * rows, here * rows)


def _item(words: Words, asked: Asked, number: int, here: int) -> Component:
    if number == here:
        return html.Li(html.Span(words.count(number), **aria(current="page")), className="current")
    href = asked.href()
    joint = "&" if "?" in href else "?"
    return html.Li(anchor(words.count(number), f"{href}{joint}{PAGE}={number}"))
