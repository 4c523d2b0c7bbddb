"""What is pressed while a round is prepared: its draft, list and officers, what the meeting adopted, the freeze."""

from datetime import date
from uuid import UUID

from dash import Input, State
from pydantic import ValidationError

from dashboard.commands.rounds_prepare import (
    Changes,
    Officers,
    check_round,
    choose_options,
    confirm_rules,
    discard_round,
    edit_round,
    name_officers,
    record_adoption,
    thaw_round,
)
from dashboard.gate import Call
from dashboard.queries.conduct_choices import choices
from dashboard.rules.refused import Refused
from dashboard.web.conduct_acts import DRAWN, Drawn, drawn
from dashboard.web.conduct_views import clock_day, round_of
from dashboard.web.context import PageState
from dashboard.web.typed import read_moment, read_numbers, read_seats
from dashboard.web.wiring import writes


@writes(
    *DRAWN,
    Input("draft-send", "n_clicks"),
    State("draft-title", "value"),
    State("draft-rules", "value"),
    State("draft-meeting", "value"),
    State("draft-places", "value"),
    State("draft-closes", "value"),
    State("draft-paper", "value"),
)
def send_draft(
    call: Call,
    _clicks: int,
    title: str | None,
    rule_set: str | None,
    meeting: str | None,
    places: str | None,
    closes: str | None,
    paper: bool | None,
    page: PageState,
) -> Drawn:
    """Save what the draft says of itself."""
    numbers = read_numbers(places)
    try:
        changes = Changes.model_validate(
            {
                "title": title or "",
                "rule_set": rule_set or "",
                "places": numbers[0] if numbers else None,
                "closes_at": read_moment(closes, clock_day(call)),
                "on_paper": bool(paper),
                "meeting_id": meeting or None,
            }
        )
    except ValidationError as error:
        raise Refused("draft_unreadable") from error
    edit_round(call, round_of(page)[1], changes)
    return drawn(call, page, "saved")


@writes(*DRAWN, Input("list-send", "n_clicks"), State("list-numbers", "value"))
def send_list(call: Call, _clicks: int, typed: str | None, page: PageState) -> Drawn:
    """Put candidates onto the list, by their numbers in the order of the ballot."""
    _, round_id = round_of(page)
    known = {one.number: one.candidate_id for one in choices(call, round_id).candidates}
    chosen: list[UUID] = []
    for number in read_numbers(typed):
        candidate = known.get(number)
        if candidate is None:
            raise Refused("candidate_unknown", number=number)
        if candidate in chosen:
            raise Refused("candidate_twice", number=number)
        chosen.append(candidate)
    choose_options(call, round_id, chosen)
    return drawn(call, page, "saved")


@writes(
    *DRAWN,
    Input("officers-send", "n_clicks"),
    State("officers-chief", "value"),
    State("officers-scrutineer", "value"),
    State("officers-teller", "value"),
)
def send_officers(
    call: Call,
    _clicks: int,
    chief: str | None,
    scrutineers: str | None,
    tellers: str | None,
    page: PageState,
) -> Drawn:
    """Name the officers by their names."""
    _, round_id = round_of(page)
    seats = choices(call, round_id).seats
    chiefs = read_seats(chief, seats)
    if len(chiefs) > 1:
        raise Refused("one_chief")
    try:
        named = Officers(
            chief=chiefs[0] if chiefs else None,
            scrutineers=read_seats(scrutineers, seats),
            tellers=read_seats(tellers, seats),
        )
    except ValidationError as error:
        raise Refused("malformed") from error
    name_officers(call, round_id, named)
    return drawn(call, page, "saved")


@writes(*DRAWN, Input("adopted-method", "n_clicks"), State("adopted-day", "value"))
def send_method(call: Call, _clicks: int, day: date | None, page: PageState) -> Drawn:
    """Record that the meeting adopted the way of voting."""
    record_adoption(call, round_of(page)[1], "method", day or call.today)
    return drawn(call, page, "saved")


@writes(*DRAWN, Input("adopted-officers", "n_clicks"), State("adopted-day", "value"))
def send_adopted(call: Call, _clicks: int, day: date | None, page: PageState) -> Drawn:
    """Record that the meeting adopted the scrutineers and tellers."""
    record_adoption(call, round_of(page)[1], "officers", day or call.today)
    return drawn(call, page, "saved")


@writes(*DRAWN, Input("confirm-send", "n_clicks"))
def send_confirmation(call: Call, _clicks: int, page: PageState) -> Drawn:
    """Confirm as a leader rules that stand below the law."""
    confirm_rules(call, round_of(page)[1])
    return drawn(call, page, "confirmed")


@writes(*DRAWN, Input("check-send", "n_clicks"))
def send_check(call: Call, _clicks: int, page: PageState) -> Drawn:
    """Freeze the round."""
    check_round(call, round_of(page)[1])
    return drawn(call, page, "checked")


@writes(*DRAWN, Input("thaw-send", "n_clicks"))
def send_thaw(call: Call, _clicks: int, page: PageState) -> Drawn:
    """Take the frozen round back into preparation."""
    thaw_round(call, round_of(page)[1])
    return drawn(call, page, "thawed")


@writes(*DRAWN, Input("discard-send", "n_clicks"), State("discard-reason", "value"))
def send_discard(call: Call, _clicks: int, reason: str | None, page: PageState) -> Drawn:
    """Give the draft up."""
    discard_round(call, round_of(page)[1], reason or "")
    return drawn(call, page, "discarded")
