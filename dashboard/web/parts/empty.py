"""What stands where numbers will be."""

from dash import html
from dash.development.base_component import Component

from dashboard.web.parts.links import Link, linked
from dashboard.web.parts.text import Content


def empty(line: Content, since: Content, act: Link | None = None) -> Component:
    """Return what will be here, since when or from which date, and the one act that fills it."""
    children: list[Component] = [html.P(line, className="empty-line"), html.P(since)]
    if act is not None:
        children.append(html.P(linked(act, "button")))
    return html.Div(children, className="empty")
