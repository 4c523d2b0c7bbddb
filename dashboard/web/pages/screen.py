"""会场大屏: its address opened as a page says what it is; as a screen (`?screen=1`) it is a document of its own."""

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.card import card
from dashboard.web.parts.heading import heading
from dashboard.web.parts.text import data


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return what the address of a screen is for, and who opens it."""
    words = view.words
    place = call.place.name if call.place is not None else ""
    told = [html.P(words("screen.page.line")), html.P(words("screen.page.do"), className="secondary")]
    head = heading(words("screen.page"), data(words, place))
    return html.Div([head, card(words("screen.control"), told)], className="slim"), words("screen.page")


PAGE = Page("screen", layout)
