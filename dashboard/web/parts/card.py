"""A card: the finding as title, what is measured under it, the body, and a foot that is never dropped."""

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.frames import Source
from dashboard.web.parts.links import Link, anchor, linked
from dashboard.web.parts.text import Content, aria, carried, data

PICTURES = ("PNG", "SVG")


def card(
    title: Content,
    body: Content,
    subtitle: Content | None = None,
    end: Content | None = None,
    foot: Component | None = None,
    onward: Link | None = None,
    element_id: str | None = None,
    style: str = "",
) -> Component:
    """Return a card; `end` stands at the title's right, `style` adds classes such as span-7.

    `onward` is the one way further that closes the card on a phone.
    """
    words: list[Component] = [html.H2(title, className="card-title")]
    if subtitle is not None:
        words.append(html.P(subtitle, className="card-subtitle"))
    head = [html.Div(words, className="card-words")]
    if end is not None:
        head.append(html.Div(end, className="card-end"))
    children: list[Component] = [html.Div(head, className="card-head"), html.Div(body, className="card-body")]
    if foot is not None:
        chart = _chart(body)
        if chart is not None:
            _offer(foot, chart)
        children.append(foot)
    if onward is not None:
        children.append(linked(onward, "wide-act"))
    named: dict[str, Any] = {"id": element_id} if element_id else {}
    return html.Section(children, className=f"card {style}".strip(), **named)


def source_line(words: Words, source: Source) -> Component:
    """Return where numbers come from and as of which day, linked where they are published."""
    text: Component | str = data(words, source.text)
    if source.address:
        text = anchor(text, source.address)
    line: list[Component | str] = [words("card.source"), text]
    if source.day:
        line.append(words("card.as_of", day=words.day(source.day)))
    return html.Span(line, className="source")


def foot(
    words: Words, source: Content = "", acts: Sequence[Link] = (), table: Component | None = None
) -> Component:
    """Return a card's foot: source at the left, at the right the table behind the chart and the acts."""
    children: list[Component] = [
        source if isinstance(source, Component) else html.Span(source, className="source")
    ]
    if table is not None:
        children += [behind(words, table), download(words)]
    if acts:
        children.append(html.Span([linked(link) for link in acts], className="card-acts"))
    return html.Div(children, className="card-foot")


def download(words: Words) -> Component:
    """Return the button that saves the table behind a chart as CSV with title and source; see assets/tables.js."""
    return html.Button(words("card.download"), type="button", className="download")


def _chart(body: Content) -> str | None:
    """Return the id of the chart on a card, None where there is none; it lies in no table and no list."""
    for one in body if isinstance(body, list | tuple) else [body]:
        if not isinstance(one, Component):
            continue
        chart: str | None = vars(one).get("data-chart")
        if chart is None and not isinstance(one, html.Table | html.Ul | html.Ol | html.Dl | html.Details):
            children = getattr(one, "children", None)
            chart = None if children is None else _chart(children)
        if chart is not None:
            return chart
    return None


def _offer(foot: Component, chart: str) -> None:
    """Put the buttons that save a chart as a picture beside the one that saves its table; see assets/pictures.js."""
    for place, one in enumerate(foot.children):
        if getattr(one, "className", None) == "download":
            foot.children[place + 1 : place + 1] = [
                html.Button(
                    kind, type="button", className="download", **carried(picture=chart, kind=kind.lower())
                )
                for kind in PICTURES
            ]
            return
        if isinstance(one, html.Div):
            _offer(one, chart)


def behind(words: Words, table: Component) -> Component:
    """Return the table behind a chart, folded until asked for."""
    summary = html.Summary(
        [
            html.Span(words("card.table"), className="when-closed"),
            html.Span(words("card.table_close"), className="when-open"),
        ]
    )
    told = aria(label=words("card.table"))
    return html.Details(
        [summary, html.Div(table, className="scroll", tabIndex="0", role="region", **told)],
        className="behind",
    )
