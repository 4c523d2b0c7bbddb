"""The cards with hall codes, to be printed and cut: eight on a sheet of A4, shown once."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.hall import grouped
from dashboard.rules.hall_frames import Card, Issued
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card
from dashboard.web.parts.notice import notice
from dashboard.web.parts.qr import qr_code
from dashboard.web.parts.text import aria, data


def sheet(
    words: Words, issued: Issued, congress: str, meeting: str, address: str, is_simulated: bool
) -> Component:
    """Return the sheet of cards; the code stands in the fragment of the QR code's address: no server is sent it."""
    told: list[Component] = [notice("amber", words("hall.sheet.once"), words("hall.sheet.once.do"))]
    if issued.without_phone:
        names = words("hall.sheet.join").join(issued.without_phone)
        told.append(
            notice("red", words.plural("hall.issue.without", len(issued.without_phone)), data(words, names))
        )
    printing: dict[str, Any] = {"data-print": "yes"}
    acts = html.Div(
        html.Button(words("hall.sheet.print"), type="button", className="button button-primary", **printing),
        className="acts",
    )
    cards = [_card(words, one, (congress, meeting), address, is_simulated) for one in issued.cards]
    body = [
        html.Div([*told, acts], className="no-print hall-sheet-told"),
        html.Ul(cards, className="hall-cards", **aria(label=words("hall.sheet"))),
    ]
    return card(words.plural("hall.sheet.title", len(cards)), body, style="hall-sheet")


def _digits(words: Words, one: Card) -> list[Component]:
    if one.simulated_digits is None:
        return []
    return [
        html.P(words("hall.sheet.simulated_digits", digits=one.simulated_digits), className="hall-card-head")
    ]


def _card(words: Words, one: Card, head: tuple[str, str], address: str, is_simulated: bool) -> Component:
    code = grouped(one.code)
    return html.Li(
        [
            html.Div(
                [
                    html.P(data(words, head[0]), className="hall-card-head"),
                    html.P(data(words, head[1]), className="hall-card-head"),
                    html.P(
                        [
                            html.Strong(data(words, one.name)),
                            *([simulated(words)] if is_simulated else []),
                        ],
                        className="hall-card-name",
                    ),
                    html.P(data(words, one.delegation or ""), className="hall-card-head"),
                    html.P(code, className="hall-card-code"),
                    *_digits(words, one),
                ],
                className="hall-card-words",
            ),
            qr_code(f"{address}#{code}", words("hall.sheet.qr", name=one.name)),
            html.P(words("hall.sheet.how"), className="hall-card-how"),
        ],
        className="hall-card",
    )
