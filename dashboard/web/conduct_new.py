"""A clerk begins a round on the page of rounds: on the cycle's candidates, or to practise."""

from dash import Input, Output, State
from dash.development.base_component import Component
from pydantic import ValidationError

from dashboard.commands.rounds_prepare import NewRound, draft_round
from dashboard.gate import Call
from dashboard.i18n import words
from dashboard.queries.cycles import shown_year
from dashboard.rules.refused import Refused
from dashboard.web import addresses
from dashboard.web.context import PageState
from dashboard.web.parts.links import anchor
from dashboard.web.parts.notice import notice
from dashboard.web.wiring import writes


@writes(
    Output("new-told", "children"),
    Input("new-send", "n_clicks"),
    State("new-purpose", "value"),
    State("new-rules", "value"),
    State("new-meeting", "value"),
)
def send_new(
    call: Call,
    _clicks: int,
    purpose: str | None,
    rule_set: str | None,
    meeting: str | None,
    page: PageState,
) -> Component:
    """Draft a round, and say where it is prepared."""
    here = addresses.read(page.path)
    if here is None:
        raise Refused("malformed")
    given = {
        "year": shown_year(call),
        "purpose": purpose,
        "rule_set": rule_set or "",
        "meeting_id": meeting or None,
    }
    try:
        new = NewRound.model_validate(given)
    except ValidationError as error:
        raise Refused("malformed") from error
    made = draft_round(call, new)
    language = words(call.language)
    way = anchor(language("conduct.new.go"), here.to("conduct", made).path())
    return notice("green", language("conduct.new.made"), [way])
