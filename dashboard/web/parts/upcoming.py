"""近期日程: dates to come, what happens and for whom."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.frames import Upcoming
from dashboard.web.parts.text import data


def upcoming(words: Words, rows: Sequence[Upcoming]) -> Component:
    """Return the dates to come in the order given."""
    if not rows:
        return html.P(words("upcoming.none"), className="secondary")
    return html.Ul([_item(words, row) for row in rows], className="dates")


def _item(words: Words, row: Upcoming) -> Component:
    return html.Li(
        [
            html.Time(words.day_of_year(row.day), dateTime=row.day.isoformat()),
            html.Span(data(words, row.text)),
            html.Span(data(words, row.who) if row.who else "", className="who"),
        ]
    )
