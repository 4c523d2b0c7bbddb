"""办理一轮表决: one round from its draft to its announcement, for those who prepare, hold and count it."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.queries.conduct import conduct
from dashboard.rules.refused import Refused
from dashboard.web import conduct_acts, conduct_drafts, conduct_tellers
from dashboard.web.conduct_views import body_view, head_view, stamp
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.conduct_words import finding
from dashboard.web.parts.heading import crumbs
from dashboard.web.parts.links import Link
from dashboard.web.parts.text import aria, spoken

# Importing them puts what is pressed on this page into the registry.
ACTS = (conduct_acts, conduct_drafts, conduct_tellers)


def layout(_call: Call, _view: View) -> tuple[Component, str]:
    """Say that nothing is here: a round's own address leads to it."""
    raise Refused("not_found")


def one_round(call: Call, view: View) -> tuple[Component, str]:
    """Return the life of one round."""
    words = view.words
    one = conduct(call, view.item_id)
    here = view.address
    content = [
        crumbs(words, (Link(words("place.rounds"), here.to("rounds").path()),)),
        html.Div(head_view(call, words, one), id="conduct-head", className="stack"),
        html.Div(id="conduct-told", **aria(live="polite")),
        html.Div(body_view(call, words, one, here), id="conduct-body", className="stack"),
        # What the steps were drawn from: they are drawn again only when it changed.
        dcc.Store(id="conduct-stamp", data=stamp(one)),
    ]
    return html.Div(content, className="slim conduct stack"), spoken(words, finding(words, one))


PAGE = Page("conduct", layout, ("voting",), item=one_round)
