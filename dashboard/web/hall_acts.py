"""What is pressed in a round's hall: checking in, the clerk's list, issuing codes."""

import re
from dataclasses import replace
from typing import Annotated, Any, Literal
from uuid import UUID

import flask
from dash import Input, Output, State, no_update
from dash.development.base_component import Component
from pydantic import BaseModel, ConfigDict, Field

from dashboard.commands.attendance import (
    begin,
    check_in_by_hand,
    check_in_self,
    record_leave,
    record_return,
    take_over,
)
from dashboard.commands.hall import issue_codes, set_last_four
from dashboard.gate import Call
from dashboard.i18n import Words, words
from dashboard.queries.attendance import seat_lines, standing
from dashboard.rules.hall import PRINTED, SCREEN
from dashboard.rules.hall_frames import Standing
from dashboard.rules.refused import Refused
from dashboard.web import addresses
from dashboard.web.context import PageState, current
from dashboard.web.hall_views import (
    head_view,
    list_view,
    numbers_view,
    own_view,
    screen_view,
)
from dashboard.web.parts.hall_clerk import issue_card
from dashboard.web.parts.hall_deputy import state_of
from dashboard.web.parts.hall_sheet import sheet
from dashboard.web.parts.notice import notice
from dashboard.web.wiring import reads, writes

ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]{1,200}")
# What the clerk's page is drawn from again after each act.
DRAWN = ("hall-head", "hall-numbers", "hall-list", "hall-screen")


class Pressed(BaseModel):
    """What assets/attendance.js says was pressed, on which seat; `n` makes each press another."""

    model_config = ConfigDict(extra="forbid")

    act: Literal["in", "left", "back", "code", "begin", "confirm", "refuse", "confirm_every"]
    seat: UUID | Literal[""]
    n: Annotated[int, Field(ge=0)]


def round_of(page: PageState) -> tuple[addresses.Address, UUID]:
    """Return the address of a page about one round, and the round."""
    return addresses.thing_on(page.path, "hall")


@writes(
    Output("hall-own", "children", allow_duplicate=True),
    Input("check-in-send", "n_clicks"),
    Input("check-in-code", "n_submit"),
    State("check-in-code", "value"),
    State("hall-terminal", "data"),
)
def check_in(
    call: Call,
    _clicks: int | None,
    _submits: int | None,
    code: str | None,
    terminal: bool | None,
    page: PageState,
) -> Component:
    """Check the signed-in deputy in by the code on the screen."""
    here, round_id = round_of(page)
    refused = check_in_self(call, round_id, (code or "")[:20], current().settings.pepper)
    if refused is not None:
        raise refused
    return _own(call, here, round_id, terminal)


@writes(
    Output("hall-own", "children", allow_duplicate=True),
    Input("check-in-seat", "n_clicks"),
    State("hall-terminal", "data"),
)
def check_in_at_seat(call: Call, _clicks: int, terminal: bool | None, page: PageState) -> Component:
    """Check the signed-in deputy in by the code at the seat."""
    here, round_id = round_of(page)
    check_in_self(call, round_id, None, current().settings.pepper)
    return _own(call, here, round_id, terminal)


@reads(
    Output("hall-own", "children", allow_duplicate=True),
    Input("live", "data"),
    State("hall-own-state", "data"),
    State("hall-terminal", "data"),
)
def follow_own(
    call: Call, _version: str | None, drawn: str | None, terminal: bool | None, page: PageState
) -> Any:
    """Draw a deputy's page again where the round or the deputy stands elsewhere now; what is typed stays."""
    here, round_id = round_of(page)
    known = standing(call, round_id)
    if state_of(known) == drawn:
        return no_update
    return own_view(call, words(call.language), known, here, terminal=bool(terminal))


@reads(
    Output("hall-head", "children", allow_duplicate=True),
    Output("hall-numbers", "children", allow_duplicate=True),
    Input("live", "data"),
)
def follow_numbers(call: Call, _version: str | None, page: PageState) -> tuple[Component, Component]:
    """Draw the quorum again."""
    known, language = standing(call, round_of(page)[1]), words(call.language)
    return head_view(call, language, known), numbers_view(call, language, known)


@reads(
    Output("hall-list", "children", allow_duplicate=True),
    Output("hall-screen", "children", allow_duplicate=True),
    Input("live", "data"),
)
def follow_list(call: Call, _version: str | None, page: PageState) -> tuple[Component, Component]:
    """Draw the clerk's list and the code on the screen again."""
    known, language = standing(call, round_of(page)[1]), words(call.language)
    return list_view(call, language, known.round_id), screen_view(call, language, known)


@writes(
    *(Output(name, "children", allow_duplicate=True) for name in DRAWN),
    Output("hall-issued", "children", allow_duplicate=True),
    Input("hall-pressed", "data"),
    State("hall-origin", "data"),
)
def press(call: Call, pressed: Pressed | None, origin: str | None, page: PageState) -> tuple[Any, ...]:
    """Do what the clerk pressed in the list: check in, leave, return, a new code, the code of the screen."""
    here, round_id = round_of(page)
    if pressed is None:
        raise Refused("malformed")
    language, known = words(call.language), standing(reading(call), round_id)
    issued: Any = no_update
    if pressed.act == "begin":
        begin(call, _meeting(known))
    elif not isinstance(pressed.seat, UUID):
        raise Refused("malformed")
    elif pressed.act == "code":
        issued = _issued(call, language, known, [pressed.seat], SCREEN, here, origin)
    elif pressed.act in SEAT_ACTS:
        SEAT_ACTS[pressed.act](call, round_id, pressed.seat)
    else:
        raise Refused("malformed")
    return (*_drawn(call, language, round_id), issued)


SEAT_ACTS = {"in": check_in_by_hand, "left": record_leave, "back": record_return}


@writes(
    *(Output(name, "children", allow_duplicate=True) for name in DRAWN),
    Output("hall-issue", "children", allow_duplicate=True),
    Output("hall-issued", "children", allow_duplicate=True),
    Input("issue-send", "n_clicks"),
    State("issue-who", "value"),
    State("issue-means", "value"),
    State("hall-origin", "data"),
)
def issue(
    call: Call, _clicks: int, who: str | None, means: str | None, origin: str | None, page: PageState
) -> tuple[Any, ...]:
    """Issue codes to all, or to those who have none yet, and show the cards, once."""
    here, round_id = round_of(page)
    language, known = words(call.language), standing(reading(call), round_id)
    wanted = None
    if who != "all":
        lines = seat_lines(reading(call), round_id)
        wanted = [one.seat for one in lines if one.code == "none" and one.last_four is not None]
        if not wanted:
            raise Refused("hall_all_have_codes")
    issued = _issued(call, language, known, wanted, means or PRINTED, here, origin)
    form = issue_card(language, known, seat_lines(reading(call), round_id))
    return (*_drawn(call, language, round_id), form, issued)


@writes(
    Output("contact-told", "children"),
    Input("contact-send", "n_clicks"),
    State("contact-seat", "value"),
    State("contact-digits", "value"),
)
def change_contact(call: Call, _clicks: int, seat: UUID | None, digits: str | None) -> Component:
    """Put the last four digits of a deputy's phone on file."""
    if seat is None:
        raise Refused("hall_contact_whose")
    set_last_four(call, seat, (digits or "")[:20])
    language = words(call.language)
    return notice("green", language("hall.contact.sent"), language("hall.contact.sent.do"))


@writes(
    *(Output(name, "children", allow_duplicate=True) for name in DRAWN),
    Output("hall-told", "children", allow_duplicate=True),
    Input("take-over-send", "n_clicks"),
    State("take-over-from", "value"),
)
def take(call: Call, _clicks: int, earlier: UUID | None, page: PageState) -> tuple[Any, ...]:
    """Take over who is there from an earlier round of the same meeting."""
    _, round_id = round_of(page)
    if earlier is None:
        raise Refused("malformed")
    language = words(call.language)
    taken = take_over(call, round_id, earlier)
    told = notice("green", language.plural("hall.take_over.done", taken.many))
    if taken.waits:
        told = notice(
            "amber",
            language.plural("hall.take_over.written", taken.many),
            language("hall.take_over.written.do"),
        )
    return (*_drawn(call, language, round_id), told)


def reading(call: Call) -> Call:
    """Return the same call to read by: what is only drawn must not keep those who vote from writing."""
    return replace(call, writes=False)


def _own(call: Call, here: addresses.Address, round_id: UUID, terminal: bool | None) -> Component:
    read = reading(call)
    with read.snapshot():
        known = standing(read, round_id)
        return own_view(read, words(call.language), known, here, terminal=bool(terminal))


def _drawn(call: Call, language: Words, round_id: UUID) -> tuple[Component, ...]:
    read = reading(call)
    with read.snapshot():
        known = standing(read, round_id)
        return (
            head_view(read, language, known),
            numbers_view(read, language, known),
            list_view(read, language, round_id),
            screen_view(read, language, known),
        )


def _issued(
    call: Call,
    language: Words,
    known: Standing,
    seats: list[UUID] | None,
    means: str,
    here: addresses.Address,
    origin: str | None,
) -> Component:
    """Issue codes and return their sheet; the address on the cards is the one that the clerk's browser uses."""
    web = current()
    issued = issue_codes(call, _meeting(known), seats, means, web.settings.pepper)
    web.sessions.forget(list(issued.ended))
    host = origin if origin is not None and ORIGIN.fullmatch(origin) else flask.request.host_url.rstrip("/")
    address = host + addresses.Address(code=here.code, page="hall").path()
    simulated = call.place is not None and call.place.simulated
    name = call.place.name if call.place is not None else ""
    return sheet(language, issued, name, known.meeting or "", address, simulated)


def _meeting(known: Standing) -> UUID:
    if known.meeting_id is None:
        raise Refused("hall_no_meeting")
    return known.meeting_id
