"""A place to go to, and how it is printed: inside the app without a new page load, elsewhere as a plain link."""

from dataclasses import dataclass
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.web.parts.made import made
from dashboard.web.parts.text import Content, aria


@dataclass(frozen=True, slots=True)
class Link:
    """A label and its address; `children` makes a tree, `fresh` asks for a full page load (another language, a file).

    A label that is data on an English page carries its `lang`.
    """

    label: str
    href: str | None = None
    current: bool = False
    children: tuple["Link", ...] = ()
    lang: str | None = None
    fresh: bool = False


def anchor(content: Content, href: str, style: str | None = None, fresh: bool = False) -> Component:
    """Return a link around ready content."""
    if href.startswith("/") and not fresh:
        return made(dcc.Link, content, href=href, className=style)
    # Another site is not told from which page it is opened.
    away: dict[str, Any] = {"rel": "noreferrer"} if href.startswith(("http://", "https://")) else {}
    return made(html.A, content, href=href, className=style, **away)


def linked(link: Link, style: str | None = None) -> Component:
    """Return a link by its label; without an address, the label alone."""
    content: Content = html.Span(link.label, lang=link.lang) if link.lang else link.label
    if link.href is None:
        return html.Span(content, className=f"{style or ''} nowhere".strip())
    return anchor(content, link.href, style, link.fresh)


def listed(links: tuple[Link, ...], style: str | None = None) -> Component:
    """Return links as a list, each with the list of what lies under it."""
    return html.Ul([_item(link) for link in links], className=style)


def _item(link: Link) -> Component:
    children = [linked(link, "current" if link.current else None)]
    if link.children:
        children.append(listed(link.children))
    mark = aria(current="page") if link.current else {}
    return html.Li(children, className="current" if link.current else None, **mark)
