"""The clerk's card beside a board: what the big screen shows, and which screens are let in."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.board import SHOWS, Control
from dashboard.web.parts.card import card
from dashboard.web.parts.forms import act, button, choice, field, one_of
from dashboard.web.parts.links import Link
from dashboard.web.parts.qr import qr_code
from dashboard.web.parts.text import aria, data


def control_card(words: Words, known: Control, preview: str) -> Component:
    """Return the control of a meeting's screen; `preview` is the address of this round's board as a screen."""
    rounds = {one.round_id: _round_line(words, one.title, one.purpose, one.state) for one in known.rounds}
    shown = {what: words(f"screen.shows.{what}") for what in SHOWS}
    form = html.Div(
        [
            field("screen-shows", words("screen.shows"), one_of("screen-shows", shown, known.shows)),
            field(
                "screen-round",
                words("screen.round"),
                choice(
                    "screen-round", rounds, words("screen.round"), known.round_id or next(iter(rounds), None)
                ),
                words("screen.round.help"),
            ),
            html.Div(
                [
                    button("screen-show", words("screen.show"), primary=True),
                    act(Link(words("screen.preview"), preview, fresh=True)),
                ],
                className="acts",
            ),
        ],
        className="form",
    )
    body = [dcc.Store(id="screen-meeting", data=str(known.meeting_id)), html.Div(id="screen-told")]
    line: list[Component | str] = [
        data(words, known.meeting),
        "｜",
        html.Span(screens_line(words, known.screens), id="screen-many"),
    ]
    return card(
        words("screen.control"),
        [*body, html.Div([form, _screens(words)], className="screen-halves")],
        line,
        element_id="screen-control",
    )


def let_in_told(words: Words, address: str, until: str) -> Component:
    """Return the address of a screen, told this once: to be typed, copied or scanned at the screen's computer."""
    return html.Div(
        [
            qr_code(address, words("screen.address")),
            html.Div(
                [
                    html.P(words("screen.address"), className="secondary"),
                    html.P(address, className="screen-address", **aria(label=words("screen.address"))),
                    html.P(words("screen.address.help", day=until), className="secondary"),
                ]
            ),
        ],
        className="screen-link",
    )


def screens_line(words: Words, many: int) -> str:
    """Return how many screens are let in."""
    return words.plural("screen.many", many) if many else words("screen.none")


def _screens(words: Words) -> Component:
    """Return the part that lets screens in and shuts them out."""
    return html.Div(
        [
            html.H3(words("screen.links")),
            html.P(words("screen.links.line"), className="secondary"),
            html.Div(
                [
                    button("screen-let-in", words("screen.let_in")),
                    button("screen-shut-out", words("screen.shut_out")),
                ],
                className="acts",
            ),
            html.Div(id="screen-new"),
        ],
        className="card-part",
    )


def _round_line(words: Words, title: str, purpose: str, state: str) -> str:
    return "｜".join((title, words(f"board.purpose.{purpose}"), words(f"board.state.{state}")))
