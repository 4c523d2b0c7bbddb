"""A clerk begins a round on the page of rounds, on the cycle's candidates or to practise; and enters a meeting."""

from dash import Input, Output, State
from dash.development.base_component import Component
from pydantic import ValidationError

from dashboard.commands.meetings import NewMeeting, add_meeting
from dashboard.commands.rounds_prepare import NewRound, draft_round
from dashboard.gate import Call
from dashboard.i18n import words
from dashboard.queries.conduct_choices import choices
from dashboard.queries.cycles import shown_year
from dashboard.rules.refused import Refused
from dashboard.web import addresses
from dashboard.web.context import PageState
from dashboard.web.parts.links import anchor
from dashboard.web.parts.notice import notice
from dashboard.web.typed import read_day
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


@writes(
    Output("new-meeting-told", "children"),
    Output("new-meeting", "options"),
    Output("new-meeting", "value"),
    Input("meeting-send", "n_clicks"),
    State("meeting-name", "value"),
    State("meeting-opens", "value"),
    State("meeting-closes", "value"),
)
def send_meeting(
    call: Call, _clicks: int, name: str | None, opens: str | None, closes: str | None
) -> tuple[Component, list[dict[str, str]], str]:
    """Enter a meeting, and choose it for the round."""
    given = {"name": name or "", "opens_on": read_day(opens), "closes_on": read_day(closes)}
    try:
        new = NewMeeting.model_validate(given)
    except ValidationError as error:
        raise Refused("malformed") from error
    made = add_meeting(call, new)
    options = [{"label": label, "value": str(key)} for key, label in choices(call).meetings]
    return notice("green", words(call.language)("conduct.meeting.made")), options, str(made)
