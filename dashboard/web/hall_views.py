"""What a round's hall shows to each role, as its page lays it out and as its callbacks draw it again."""

from uuid import UUID

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.i18n import Words
from dashboard.queries.attendance import earlier_rounds, review, seat_lines, turnout
from dashboard.queries.hall import check_in_code
from dashboard.rules.hall import RUNNING
from dashboard.rules.hall_frames import Standing
from dashboard.rules.roles import may
from dashboard.web.addresses import Address
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.hall_clerk import (
    contact_card,
    issue_card,
    quorum_card,
    screen_card,
    seats_card,
    seats_list,
    take_over_card,
)
from dashboard.web.parts.hall_deputy import own_card, review_card, state_of
from dashboard.web.parts.hall_words import finding
from dashboard.web.parts.heading import heading
from dashboard.web.parts.terminal import marked
from dashboard.web.parts.text import data, printed
from dashboard.web.watched import hall_live


def head_view(call: Call, words: Words, known: Standing) -> Component:
    """Return the head: where the deputy stands, for others whether enough are there."""
    line: list[Component | str] = [data(words, known.title)]
    if known.meeting:
        line += ["｜", data(words, known.meeting)]
    marks = [simulated(words)] if call.place is not None and call.place.simulated else []
    return heading(
        printed(words, finding(words, known)), line, [hall_live(call, words, known.round_id), *marks]
    )


def own_view(call: Call, words: Words, known: Standing, here: Address, *, terminal: bool) -> Component:
    """Return a deputy's head and card, with what they were drawn from."""
    vote = marked(here.to("vote", known.round_id).path(), terminal=terminal)
    return html.Div(
        [
            head_view(call, words, known),
            own_card(words, known, vote),
            dcc.Store(id="hall-own-state", data=state_of(known)),
        ]
    )


def review_view(call: Call, words: Words, round_id: UUID) -> Component:
    """Return a scrutineer's card."""
    return review_card(words, review(call, round_id))


def numbers_view(call: Call, words: Words, known: Standing) -> Component:
    """Return the quorum, with the delegations for who may see them."""
    parts = turnout(call, known.round_id) if may(call.role, "check_in.turnout") else None
    return quorum_card(words, known.quorum, parts) if known.quorum is not None else html.Div()


def list_view(call: Call, words: Words, round_id: UUID) -> Component:
    """Return the clerk's list."""
    return seats_list(words, seat_lines(call, round_id))


def screen_view(call: Call, words: Words, known: Standing) -> Component:
    """Return the code on the screen."""
    return screen_card(words, known, check_in_code(call, known.meeting_id) if known.meeting_id else None)


def clerk_view(call: Call, words: Words, known: Standing) -> Component:
    """Return the clerk's whole page under its head."""
    lines = seat_lines(call, known.round_id)
    aside: list[Component] = [
        html.Div(numbers_view(call, words, known), id="hall-numbers"),
        html.Div(screen_view(call, words, known), id="hall-screen"),
    ]
    if known.state in RUNNING:
        earlier = earlier_rounds(call, known.round_id)
        aside += [take_over_card(words, earlier)] if earlier else []
    codes = html.Div(
        [html.Div(issue_card(words, known, lines), id="hall-issue"), contact_card(words, lines)],
        className="hall-codes",
    )
    people = [seats_card(words, known, seats_list(words, lines)), codes]
    return html.Div(
        [html.Div(people, className="span-8 stack"), html.Div(aside, className="span-4 stack")],
        className="columns",
    )
