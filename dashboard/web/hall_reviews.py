"""What a scrutineer presses in a round's hall: check-ins by hand are confirmed, one or all, or taken back."""

from uuid import UUID

from dash import Input, Output, State
from dash.development.base_component import Component

from dashboard.commands.attendance import confirm_check_in
from dashboard.gate import Call
from dashboard.i18n import words
from dashboard.rules.refused import Refused
from dashboard.web.context import PageState
from dashboard.web.hall_acts import Pressed, reading, round_of
from dashboard.web.hall_views import review_view
from dashboard.web.wiring import reads, writes

# No congress has more seats: the National People's Congress has fewer than 3,000.
MOST_SEATS = 4000


@writes(
    Output("hall-review", "children", allow_duplicate=True),
    Input("review-pressed", "data"),
    State("review-shown", "data"),
)
def confirm(call: Call, pressed: Pressed | None, shown: list[UUID] | None, page: PageState) -> Component:
    """Confirm a check-in by hand as a scrutineer, or take it back; or confirm all that the list shows."""
    _, round_id = round_of(page)
    if pressed is not None and pressed.act == "confirm_every" and shown:
        confirm_check_in(call, round_id, shown[:MOST_SEATS])
    elif pressed is not None and pressed.act in {"confirm", "refuse"} and isinstance(pressed.seat, UUID):
        confirm_check_in(call, round_id, [pressed.seat], is_there=pressed.act == "confirm")
    else:
        raise Refused("malformed")
    return review_view(reading(call), words(call.language), round_id)


@reads(Output("hall-review", "children", allow_duplicate=True), Input("live", "data"))
def follow_review(call: Call, _version: str | None, page: PageState) -> Component:
    """Draw a scrutineer's list again."""
    return review_view(call, words(call.language), round_of(page)[1])
