"""The places of a live board on a page, which assets/board-page.js fills again with every poll."""

from typing import Any

import orjson
from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.board import FEWEST, Board
from dashboard.web.parts.board_words import board_told
from dashboard.web.parts.card import card
from dashboard.web.parts.text import aria

# What the scripts of the board say by themselves, whatever the server answers or does not.
SAID = ("left", "soon", "over", "lost", "ended", "waiting", "product")
CHECKING = ("check_in.code", "check_in.how", "check_in.next")


def words_said(words: Words, names: tuple[str, ...]) -> str:
    """Return the words that a script says, as it reads them."""
    return orjson.dumps({name.replace(".", "_"): words(f"board.{name}") for name in names}).decode()


def board_body(board: Board, words: Words, address: str, *, leading: bool) -> Component:
    """Return a round's board as it is now; who is `leading` is told the turnout of delegations."""
    carried: dict[str, Any] = {
        "data-address": address,
        "data-words": words_said(words, SAID),
        "data-first": orjson.dumps(board_told(board, words)).decode(),
    }
    cards = [_now(words), _result(words)]
    if leading:
        cards.append(_delegations(words))
    return html.Div(cards, id="board", className="stack board", **carried)


def _now(words: Words) -> Component:
    """Return the card of this moment: who is there, what came back, for how long the round is open."""
    time = html.Div(
        [html.Span(className="time-label"), html.Span(className="time")], className="board-time", role="timer"
    )
    body = [
        html.Dl(className="facts board-figures"),
        html.Div(
            [
                html.Div(
                    [html.Span(className="gauge-label"), html.Span(className="gauge-text")],
                    className="gauge-line",
                ),
                html.Div(html.Div(className="gauge-fill"), className="gauge-track"),
            ],
            className="board-meter",
        ),
        html.P(className="board-quorum"),
        html.P(className="board-lost", role="status"),
    ]
    title = html.Span(words("board.waiting"), className="board-finding")
    return card(title, body, html.Span(className="board-under"), end=time, style="board-now")


def _result(words: Words) -> Component:
    """Return the card of the votes, out of sight until they may be seen."""
    body = [html.P(className="board-live"), html.Div(className="opts")]
    made: Any = card(words("board.votes"), body, html.Span(className="board-valid"), style="board-result")
    made.hidden = True
    return made


def _delegations(words: Words) -> Component:
    numbers = [words(f"board.figure.{name}") for name in ("entitled", "present")]
    numbers += [words("board.voted"), words("board.share")]
    heads = [html.Th(head, scope="col", className="number") for head in numbers]
    row = html.Tr([html.Th(words("board.delegation"), scope="col"), *heads])
    table = html.Table(
        [
            html.Caption(words("board.delegations"), className="visually-hidden"),
            html.Thead(row),
            html.Tbody(),
        ],
        className="rows board-delegations",
    )
    held = html.Div(
        table, className="scroll", tabIndex="0", role="region", **aria(label=words("board.delegations"))
    )
    return card(words("board.delegations"), held, words("board.delegations.line", n=FEWEST))
