"""Objecting to a published report on its project's page."""

import secrets
from uuid import UUID

from dash import Input, Output, State
from dash.development.base_component import Component
from pydantic import ValidationError

from dashboard.commands.objections import NewObjection, raise_objection
from dashboard.gate import Call
from dashboard.i18n import words
from dashboard.queries.cycles import shown_year
from dashboard.queries.objections import objections
from dashboard.rules.refused import Refused
from dashboard.web import addresses
from dashboard.web.context import PageState
from dashboard.web.parts.notice import notice
from dashboard.web.parts.objections import listed
from dashboard.web.wiring import writes


@writes(
    Output("objection-list", "children"),
    Output("objection-told", "children"),
    Output("objection-text", "value"),
    Output("objection-request", "data"),
    Input("objection-send", "n_clicks"),
    State("objection-report", "value"),
    State("objection-text", "value"),
    State("objection-request", "data"),
)
def object_to(
    call: Call, _clicks: int, report: UUID | None, text: str | None, request: str | None, page: PageState
) -> tuple[Component, Component, str, str]:
    """Object to the chosen report."""
    if report is None:
        raise Refused("objection_outcome")
    try:
        new = NewObjection(report_id=report, text=text or "", request_id=request or "")
    except ValidationError as error:
        raise Refused("malformed") from error
    raise_objection(call, new)
    language = words(call.language)
    address = addresses.read(page.path)
    number = (address.item if address is not None else None) or ""
    known = [one for one in objections(call, shown_year(call)) if str(one.number) == number]
    told = notice("green", language("objection.sent"), language("objection.sent.do"))
    return listed(language, known), told, "", secrets.token_hex(16)
