"""The inspections of a cycle by month: day, title, project, who, and how each stands."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.inspection_frames import Listed
from dashboard.web.addresses import Address
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.inspection_words import state_tag, where
from dashboard.web.parts.links import anchor
from dashboard.web.parts.text import data


def agenda_card(words: Words, year: int, rows: Sequence[Listed], here: Address) -> Component:
    """Return the list, a heading for each month that has any."""
    parts: list[Component] = []
    for month, days in groupby(rows, key=lambda one: one.day.replace(day=1)):
        parts.append(html.H3(_month(words, month)))
        parts.append(html.Ul([agenda_item(words, one, here) for one in days], className="visits"))
    return card(
        words("inspection.list"),
        html.Div(parts, className="visit-agenda"),
        words("inspection.list.line", year=str(year)),
        foot=foot(words, words("inspection.source")),
    )


def agenda_item(words: Words, one: Listed, here: Address) -> Component:
    """Return one inspection as a row: its title leads to its page, where it has one."""
    title = data(words, one.title)
    if one.id is not None:
        title = anchor(title, here.to("inspections", one.id).path())
    words_of = [
        html.P(title, className="visit-title"),
        html.P(where(words, one, here), className="secondary"),
    ]
    if one.found:
        words_of.append(html.P(data(words, one.found), className="visit-said"))
    return html.Li(
        [
            html.Time(words.day_of_year(one.day), dateTime=one.day.isoformat()),
            html.Div(words_of),
            state_tag(words, one.state),
        ]
    )


def _month(words: Words, month: date) -> str:
    return words("inspection.month", month=words.month(month), year=str(month.year))
