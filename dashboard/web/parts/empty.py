"""What stands where numbers will be: nothing yet, on their way, or not to be had."""

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.web.parts.links import Link, linked
from dashboard.web.parts.notice import notice
from dashboard.web.parts.text import Content


def empty(line: Content, since: Content, act: Link | None = None) -> Component:
    """Return what will be here, since when or from which date, and the one act that fills it."""
    children: list[Component] = [html.P(line, className="empty-line"), html.P(since)]
    if act is not None:
        children.append(html.P(linked(act, "button")))
    return html.Div(children, className="empty")


def loading(words: Words, height: int) -> Component:
    """Return grey bars of the height that the content will have; they show after 300 ms."""
    bars = [html.I() for _ in range(max(3, min(8, height // 40)))]
    return html.Div(
        [html.Span(words("state.loading"), className="visually-hidden"), *bars],
        className="loading",
        style={"height": f"{height}px"},
        role="status",
    )


def failed(words: Words, what: Content, holds: Content, retry: str) -> Component:
    """Return what failed, what still holds, and the way to try again."""
    again = linked(Link(words("state.retry"), retry, fresh=True), "button")
    return html.Div([notice("amber", what, holds), html.P(again, className="acts")], className="stack")
