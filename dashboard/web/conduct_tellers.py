"""What is pressed where a teller drops out: the clerk's proposal, and a scrutineer's confirmation."""

from uuid import UUID

from dash import Input, State
from pydantic import ValidationError

from dashboard.commands.tellers import Replacement, confirm_replacement, propose_replacement
from dashboard.gate import Call
from dashboard.queries.conduct_choices import choices
from dashboard.rules.refused import Refused
from dashboard.web.conduct_acts import DRAWN, Drawn, drawn, passed
from dashboard.web.conduct_views import round_of
from dashboard.web.context import PageState
from dashboard.web.typed import read_seats
from dashboard.web.wiring import writes


@writes(
    *DRAWN,
    Input("replace-send", "n_clicks"),
    State("replace-leaves", "value"),
    State("replace-comes", "value"),
    State("replace-reason", "value"),
    State("replace-password", "value"),
)
def send_replacement(
    call: Call,
    _clicks: int,
    leaves: str | None,
    comes: str | None,
    reason: str | None,
    password: str | None,
    page: PageState,
) -> Drawn:
    """Propose another teller, by name."""
    _, round_id = round_of(page)
    named = read_seats(comes, choices(call, round_id).seats)
    if len(named) != 1:
        raise Refused("teller_one_comes")
    try:
        new = Replacement.model_validate(
            {
                "round_id": round_id, "leaves": leaves, "comes": named[0],
                "reason": reason or "", "password": password or "",
            }
        )  # fmt: skip
    except ValidationError as error:
        raise Refused("malformed") from error
    passed(propose_replacement(call, new))
    return drawn(call, page, "replacing")


@writes(
    *DRAWN,
    Input("replacing-send", "n_clicks"),
    State("replacing-choice", "value"),
    State("replacing-password", "value"),
)
def send_confirmed(
    call: Call, _clicks: int, chosen: UUID | None, password: str | None, page: PageState
) -> Drawn:
    """Confirm as a scrutineer that another teller takes over."""
    if chosen is None:
        raise Refused("consent_over")
    passed(confirm_replacement(call, chosen, password or ""))
    return drawn(call, page, "replaced")
