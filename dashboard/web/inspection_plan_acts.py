"""What is pressed on the page of all inspections: one more is planned."""

import secrets
from uuid import UUID

from dash import Input, Output, State
from dash.development.base_component import Component
from pydantic import ValidationError

from dashboard.commands.inspections import NewInspection, plan_inspection
from dashboard.gate import Call
from dashboard.i18n import words
from dashboard.queries.cycles import shown_year
from dashboard.queries.inspections import inspection
from dashboard.queries.supervision_groups import planning
from dashboard.rules.refused import Refused
from dashboard.rules.typed_days import read_day
from dashboard.web import addresses
from dashboard.web.context import PageState
from dashboard.web.parts.inspection_plan import NONE
from dashboard.web.parts.links import anchor
from dashboard.web.parts.notice import notice
from dashboard.web.parts.text import data
from dashboard.web.typed import read_seats
from dashboard.web.wiring import writes


@writes(
    Output("notice", "children", allow_duplicate=True),
    Output("visit-told", "children"),
    Output("visit-title", "value"),
    Output("visit-day", "value"),
    Output("visit-members", "value"),
    Output("visit-request", "data"),
    Input("visit-send", "n_clicks"),
    State("visit-project", "value"),
    State("visit-day", "value"),
    State("visit-title", "value"),
    State("visit-members", "value"),
    State("visit-delegation", "value"),
    State("visit-request", "data"),
)
def send_plan(
    call: Call,
    _clicks: int,
    project: UUID | None,
    day: str | None,
    title: str | None,
    members: str | None,
    delegation: str | None,
    request: str | None,
    page: PageState,
) -> tuple[list[Component], Component, str, str, str, str]:
    """Plan an inspection and say where it stands."""
    if project is None:
        raise Refused("inspection_project")
    # Without a project to plan for nobody can be named either: the command says why.
    seats = planning(call, shown_year(call)).seats
    given = {
        "project_id": project,
        "day": read_day(day or ""),
        "title": title or "",
        "members": read_seats(members, seats) if seats else [],
        "delegation_id": None if delegation in {None, NONE} else delegation,
        "request_id": request or "",
    }
    try:
        new = NewInspection.model_validate(given)
    except ValidationError as error:
        raise Refused("malformed") from error
    made = plan_inspection(call, new)
    language, one = words(call.language), inspection(call, made)
    here = addresses.read(page.path) or addresses.Address(call.language)
    told = notice(
        "green",
        language("inspection.told.planned", day=language.day(one.day)),
        anchor(data(language, one.title), here.to("inspections", made).path()),
    )
    return [], told, "", "", "", secrets.token_hex(16)
