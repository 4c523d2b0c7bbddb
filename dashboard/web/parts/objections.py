"""Objections on a project's page: what may be objected to now, and what became of earlier ones."""

import secrets
from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.report_frames import Objection, Objectionable
from dashboard.web.parts.card import card
from dashboard.web.parts.forms import button, choice, field
from dashboard.web.parts.report_check import objection_item
from dashboard.web.parts.report_words import full_month


def project_objections(
    words: Words, known: Sequence[Objection], open_ones: Sequence[Objectionable]
) -> Component | None:
    """Return the card of a project's objections, None for a person who has none and may raise none."""
    if not known and not open_ones:
        return None
    body: list[Component] = [
        html.Div(id="objection-told"),
        html.Div(listed(words, known), id="objection-list"),
    ]
    if open_ones:
        body.append(_form(words, open_ones))
    return card(words("objection.title"), body, words("objection.line"), element_id="objections")


def listed(words: Words, known: Sequence[Objection]) -> Component:
    """Return the objections that the person may read."""
    if not known:
        return html.P(words("objection.none"), className="secondary")
    return html.Ul([objection_item(words, one) for one in known], className="objections")


def _form(words: Words, open_ones: Sequence[Objectionable]) -> Component:
    options = {
        one.report_id: words(
            "objection.open", month=full_month(words, one.month), day=words.day_of_year(one.until)
        )
        for one in open_ones
    }
    chosen = choice("objection-report", options, words("objection.month"), open_ones[0].report_id)
    text = dbc.Textarea(id="objection-text", className="control", maxLength=2000, rows=3)
    rows = [
        field("objection-report", words("objection.month"), chosen),
        field("objection-text", words("objection.text"), text, words("objection.text.help")),
        # Pressing again after a lost answer repeats this id, and so is the same objection.
        dcc.Store(id="objection-request", data=secrets.token_hex(16)),
        html.Div(button("objection-send", words("objection.send")), className="acts"),
    ]
    return html.Div(rows, className="form")
