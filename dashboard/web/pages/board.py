"""表决现场: the live board of a round for those who lead the meeting, and the clerk's hand on the big screen."""

from uuid import UUID

import flask
from dash import Input, Output, State, html
from dash.development.base_component import Component

from dashboard.commands.board import let_in, show, shut_out
from dashboard.gate import Call
from dashboard.i18n import Words, words
from dashboard.queries.board import board, boards, control, may_read
from dashboard.queries.cycles import shown_year
from dashboard.rules.board import Held
from dashboard.rules.refused import Refused
from dashboard.rules.roles import may
from dashboard.web.addresses import Address
from dashboard.web.context import current
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.board_body import board_body
from dashboard.web.parts.board_control import control_card, let_in_told, screens_line
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.heading import crumbs, heading
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.notice import notice
from dashboard.web.parts.table import Cell, Column, table
from dashboard.web.parts.text import data
from dashboard.web.sender import origin_of
from dashboard.web.wiring import writes


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the rounds of the cycle whose board may be looked at."""
    words = view.words
    rows = boards(call, shown_year(call))
    head = heading(
        words("board.title"), [data(words, _place(call)), "｜", words("board.line")], _marks(call, words)
    )
    body: Component = empty(words("board.none"), words("board.none.since"))
    if rows:
        columns = [Column(words(f"board.list.{name}")) for name in ("round", "purpose", "state", "meeting")]
        body = table(columns, [_line(view, row) for row in rows], words("board.title"))
    return html.Div([head, card(words("board.list"), body)], className="stack"), words("board.title")


def one_board(call: Call, view: View) -> tuple[Component, str]:
    """Return the live board of a round; for the clerk what the big screen shows stands beside it."""
    words, round_id = view.words, view.item_id
    leading = may_read(call, round_id)
    found = board(call, round_id)
    poll = f"/board/{view.address.code}/{round_id}?lang={view.address.language}"
    line: list[Component | str] = [data(words, _place(call)), "｜", words("board.line")]
    content = [
        crumbs(words, (Link(words("board.title"), view.address.to("board").path()),)),
        heading(data(words, found.title), line, _marks(call, words)),
        board_body(found, words, poll, leading=leading),
    ]
    if may(call.role, "board.control"):
        known = control(call, round_id)
        if known is not None:
            content.append(control_card(words, known, f"{view.address.path()}?screen=1"))
    return html.Div(content, className="stack"), found.title


@writes(
    Output("screen-told", "children"),
    Input("screen-show", "n_clicks"),
    State("screen-meeting", "data"),
    State("screen-shows", "value"),
    State("screen-round", "value"),
)
def put_on_screen(
    call: Call, _clicks: int, meeting: UUID | None, shows: str | None, round_id: UUID | None
) -> Component:
    """Put on the big screen what the clerk chose."""
    if meeting is None or shows is None:
        raise Refused("malformed")
    show(call, meeting, shows, round_id)
    language = words(call.language)
    what = language(f"screen.shows.{shows}")
    return notice("green", language("screen.shown", what=what), language("screen.shown.do"))


@writes(
    Output("screen-new", "children"),
    Output("screen-many", "children"),
    Input("screen-let-in", "n_clicks"),
    State("screen-meeting", "data"),
)
def let_screen_in(call: Call, _clicks: int, meeting: UUID | None) -> tuple[Component, str]:
    """Make the link of one more screen and tell it this once, as an address and as a QR code."""
    if meeting is None:
        raise Refused("malformed")
    made = let_in(call, meeting)
    code = call.place.code if call.place is not None else None
    origin = origin_of(flask.request.environ, current().settings.env == "production")
    path = Address(call.language, code, page="screen").path()
    address = f"{origin}{path}?screen=1#{made.token}"
    language = words(call.language)
    told = let_in_told(language, address, language.day(made.ends))
    return told, screens_line(language, made.screens)


@writes(
    Output("screen-new", "children", allow_duplicate=True),
    Output("screen-many", "children", allow_duplicate=True),
    Input("screen-shut-out", "n_clicks"),
    State("screen-meeting", "data"),
)
def shut_screens_out(call: Call, _clicks: int, meeting: UUID | None) -> tuple[Component, str]:
    """Revoke the links of all screens of the meeting."""
    if meeting is None:
        raise Refused("malformed")
    shut_out(call, meeting)
    language = words(call.language)
    return notice("green", language("screen.shut"), language("screen.shut.do")), screens_line(language, 0)


def _line(view: View, row: Held) -> list[Cell]:
    words = view.words
    title = anchor(data(words, row.title), view.address.to("board", row.round_id).path())
    state = words(f"board.state.{row.state}")
    return [title, words(f"board.purpose.{row.purpose}"), state, data(words, row.meeting or "—")]


def _place(call: Call) -> str:
    return call.place.name if call.place is not None else ""


def _marks(call: Call, words: Words) -> list[Component]:
    return [simulated(words)] if call.place is not None and call.place.simulated else []


PAGE = Page("board", layout, item=one_board)
