"""会场: the way in by a one-time code, and one round's hall for deputies, scrutineers, clerk and leaders."""

import flask
from dash import Input, Output, State, dcc, html
from dash.development.base_component import Component
from pydantic import ValidationError

from dashboard.commands.hall import Entry, enter
from dashboard.gate import Call, allow
from dashboard.i18n import Words, words
from dashboard.queries.attendance import standing
from dashboard.queries.hall import going_on
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.web import addresses, hall_acts, hall_reviews
from dashboard.web.asked import asked
from dashboard.web.context import PageState, current
from dashboard.web.cookie import put_cookie
from dashboard.web.hall_views import clerk_view, head_view, numbers_view, own_view, review_view
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.filters import told
from dashboard.web.parts.hall_deputy import review_store
from dashboard.web.parts.hall_entry import entry_form, going_list, leave_form
from dashboard.web.parts.heading import crumbs, heading
from dashboard.web.parts.links import Link
from dashboard.web.parts.terminal import marked
from dashboard.web.parts.text import data
from dashboard.web.sender import address_of
from dashboard.web.terminals import is_terminal
from dashboard.web.watched import live_state
from dashboard.web.wiring import reads, writes

QUERY = {"terminal": {"1"}}
# What is pressed in a round's hall is wired there.
assert hall_acts
assert hall_reviews


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the way in: the form for a code, and for who is in what goes on; `terminal=1` marks a shared one."""
    words = view.words
    allow(call, "hall.read")
    here = asked(view.address.path(), view.search, QUERY)
    terminal = is_terminal(call, view.address, view.search)
    line = [data(words, call.place.name if call.place is not None else "")]
    marks = [simulated(words)] if call.place is not None and call.place.simulated else []
    if not call.is_member:
        form = card(words("hall.entry"), entry_form(words, terminal=terminal), words("hall.entry.line"))
        content = [heading(words("hall.title"), line, marks), *told(words, here), form]
    else:
        marks.insert(0, live_state(call, words, ("voting",)))
        content = [
            heading(words("hall.title"), line, marks),
            *told(words, here),
            html.Div(_inside(call, view.address, view.words, terminal), id="hall-going"),
            leave_form(words, marked(view.address.path(), terminal=terminal), terminal=terminal),
            dcc.Store(id="hall-terminal", data=terminal),
        ]
    return html.Div(content, className="slim hall-page"), words("hall.title")


@reads(Output("hall-going", "children"), Input("live", "data"), State("hall-terminal", "data"))
def follow(call: Call, _version: str | None, terminal: bool | None, page: PageState) -> Component:
    """Draw again what goes on: a round was frozen, opened or closed."""
    here = addresses.read(page.path) or addresses.Address()
    return _inside(call, here, words(call.language), bool(terminal))


@writes(
    Output("hall-done", "href"),
    Input("hall-send", "n_clicks"),
    Input("hall-digits", "n_submit"),
    State("hall-code", "value"),
    State("hall-digits", "value"),
    State("hall-request", "data"),
    State("hall-terminal", "data"),
)
def send(
    call: Call,
    _clicks: int | None,
    _submits: int | None,
    code: str | None,
    digits: str | None,
    request: str | None,
    terminal: bool | None,
    page: PageState,
) -> str:
    """Open a session by a code, and go on to the vote, to the check-in, or to waiting for a round."""
    web = current()
    try:
        entry = Entry(
            code=code or "",
            last_four=digits or "",
            request=request or "",
            address=address_of(flask.request.environ, web.settings.proxies),
            terminal=bool(terminal),
            pepper=web.settings.pepper,
        )
    except ValidationError:
        # Not `from`: nothing of what was typed goes on.
        raise Refused("malformed") from None
    entered = enter(call, entry)
    if isinstance(entered, Refused):
        raise entered
    web.sessions.forget(list(entered.ended))
    put_cookie(web, entered.token, entered.lifetime)
    here = addresses.read(page.path) or addresses.Address()
    onward = here.to("hall", entered.round_id)
    if entered.is_open and entered.is_present:
        onward = here.to("vote", entered.round_id)
    return marked(onward.path(), terminal=bool(terminal))


def one_round(call: Call, view: View) -> tuple[Component, str]:
    """Return a round's hall: a deputy checks in and goes on to the vote, the clerk sees who is there."""
    words, known = view.words, standing(call, view.item_id)
    terminal = is_terminal(call, view.address, view.search)
    way = crumbs(words, (Link(words("hall.title"), view.address.to("hall").path()),))
    if call.role is Role.DEPUTY:
        content: list[Component] = [
            html.Div(own_view(call, words, known, view.address, terminal=terminal), id="hall-own"),
            dcc.Store(id="hall-terminal", data=terminal),
        ]
        if known.is_scrutineer:
            content += [html.Div(review_view(call, words, known.round_id), id="hall-review"), review_store()]
        if terminal:
            way_out = marked(view.address.to("hall").path(), terminal=True)
            content.append(leave_form(words, way_out, terminal=True))
        else:
            content.insert(0, way)
        return html.Div(content, className="slim hall-page"), words("hall.check_in")
    head = html.Div(head_view(call, words, known), id="hall-head")
    if call.role is Role.CLERK:
        above = [html.Div(id="hall-told"), html.Div(id="hall-issued")]
        content = [way, head, *above, clerk_view(call, words, known)]
        return html.Div(content, className="hall-page hall-desk"), words("hall.attendance")
    numbers = html.Div(numbers_view(call, words, known), id="hall-numbers")
    return html.Div([way, head, numbers], className="slim hall-page"), words("hall.attendance")


def _inside(call: Call, here: addresses.Address, language: Words, terminal: bool) -> Component:
    rows = going_on(call)
    if not rows:
        return card(
            language("hall.going"), empty(language("hall.going.none"), language("hall.going.none.since"))
        )
    ways = [(one, marked(here.to("hall", one.round_id).path(), terminal=terminal)) for one in rows]
    listed = going_list(language, ways)
    return card(language("hall.going"), listed, language("hall.going.line"))


PAGE = Page("hall", layout, ("voting",), item=one_round)
