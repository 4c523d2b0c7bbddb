"""The head of a page: the finding, the line of source and date, badges at the right."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.web.parts.links import Link, listed
from dashboard.web.parts.text import Content, aria


def heading(title: Content, line: Content | None = None, end: Sequence[Component] = ()) -> Component:
    """Return a page's h1 with the line under it and what stands at its right."""
    words: list[Component] = [html.H1(title)]
    if line is not None:
        words.append(html.P(line, className="secondary"))
    children = [html.Div(words, className="heading-words")]
    if end:
        children.append(html.Div(list(end), className="heading-end"))
    return html.Div(children, className="heading")


def crumbs(words: Words, way: tuple[Link, ...]) -> Component:
    """Return the way from the list to this page, to stand above its heading."""
    return html.Nav(listed(way, "crumbs"), **aria(label=words("shell.crumbs")))
