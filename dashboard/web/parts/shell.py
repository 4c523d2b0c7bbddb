"""What stands around every page: header with its menus, the place for the content, foot."""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.web.parts.links import Link, anchor, linked, listed
from dashboard.web.parts.text import Content, aria, hidden


@dataclass(frozen=True, slots=True)
class Head:
    """What the header shows.

    `brand` is the name with the address of the overview, `short` the name that a phone has room for, `congress`
    and `year` the chosen ones with all others as children, `language` the same page in the other language,
    `account` a sign-in link or, with children, a menu.
    """

    brand: Link
    places: tuple[Link, ...]
    congress: Link
    year: Link
    language: Link
    account: Link
    short: str | None = None


def shell(
    words: Words, head: Head, content: Content, foot_line: Content = "", foot: tuple[Link, ...] = ()
) -> Component:
    """Return a whole page: header, #main with the content, foot."""
    return html.Div(
        [
            html.A(words("shell.skip"), href="#main", className="skip"),
            header(words, head),
            html.Main(content, id="main", className="page", tabIndex="-1"),
            html.Footer(
                [html.Span(foot_line), html.Nav(listed(foot), **aria(label=words("shell.foot")))],
                className="foot",
            ),
        ]
    )


def header(words: Words, head: Head) -> Component:
    """Return the header; under 992 pixels all but the name and the year folds into one menu without script."""
    return html.Header(
        html.Div(
            [
                anchor(_brand(head), head.brand.href or "/", "brand"),
                menu(head.year, words("shell.year"), "years"),
                html.Details(_bars(words), className="fold"),
                html.Div([_places(words, head.places), _tools(words, head)], className="fold-panel"),
            ],
            className="head-line",
        ),
        className="head" if words.is_chinese else "head early",
    )


def menu(chosen: Link, purpose: str, style: str = "") -> Component:
    """Return a menu that opens without script, its face the chosen one; nothing where nothing can be chosen."""
    if not chosen.children:
        return html.Span()
    face = html.Summary([hidden(purpose), html.Span(chosen.label, lang=chosen.lang)])
    return html.Details([face, listed(chosen.children, "menu-list")], className=f"menu {style}".strip())


def _brand(head: Head) -> list[Component]:
    brand = head.brand
    full = [html.Span(brand.label, className="off-phone"), html.Span(head.short, className="on-phone")]
    name = full if head.short else brand.label
    return [
        html.Span(className="mark", **aria(hidden="true")),
        html.Span(name, className="brand-name", lang=brand.lang),
    ]


def _bars(words: Words) -> Component:
    return html.Summary(
        [hidden(words("shell.menu")), html.Span(className="fold-lines", **aria(hidden="true"))]
    )


def _places(words: Words, places: tuple[Link, ...]) -> Component:
    return html.Nav(listed(places), className="places", **aria(label=words("shell.places")))


def _tools(words: Words, head: Head) -> Component:
    account = head.account
    return html.Div(
        [
            menu(head.congress, words("shell.congress"), "congresses"),
            linked(head.language, "head-plain"),
            theme_button(words),
            menu(account, words("shell.account"))
            if account.children
            else linked(account, "head-plain head-strong"),
        ],
        className="tools",
    )


def theme_button(words: Words) -> Component:
    """Return #theme-toggle, which names the theme that a press brings."""
    return html.Button(
        [
            html.Span(words("shell.dark"), className="when-light"),
            html.Span(words("shell.light"), className="when-dark"),
        ],
        id="theme-toggle",
        className="head-plain",
        type="button",
        n_clicks=0,
    )
