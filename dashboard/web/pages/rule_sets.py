"""表决规则: the rule sets that rounds are voted by, and a congress's own."""

from uuid import UUID

from dash import Input, Output, State, html
from dash.development.base_component import Component
from pydantic import ValidationError

from dashboard.commands.rule_sets import (
    NewValue,
    approve_rule_set,
    copy_rule_set,
    drop_rule_value,
    edit_rule_set,
)
from dashboard.gate import Call
from dashboard.i18n import words
from dashboard.queries.rule_sets import rule_sets
from dashboard.rules.refused import Refused
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.heading import heading
from dashboard.web.parts.notice import notice
from dashboard.web.parts.rule_sets_body import rule_sets_part
from dashboard.web.parts.text import data
from dashboard.web.wiring import writes

Drawn = tuple[list[Component], Component, list[Component]]
DRAWN = (
    Output("notice", "children", allow_duplicate=True),
    Output("rules-told", "children", allow_duplicate=True),
    Output("rules-body", "children", allow_duplicate=True),
)


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return every rule set of the congress."""
    language = view.words
    found = rule_sets(call)
    name = call.place.name if call.place is not None else ""
    marks = [simulated(language)] if call.place is not None and call.place.simulated else []
    content = [
        heading(language("rules.title"), [data(language, name), "｜", language("rules.title.line")], marks),
        html.Div(id="rules-told"),
        html.Div(rule_sets_part(language, found, call.role), id="rules-body", className="stack"),
    ]
    return html.Div(content, className="slim conduct stack"), language("rules.title")


def _drawn(call: Call, told: str) -> Drawn:
    language = words(call.language)
    done = notice("green", language(f"rules.told.{told}"))
    return [], done, rule_sets_part(language, rule_sets(call), call.role)


@writes(*DRAWN, Input("rules-copy", "n_clicks"), State("rules-base", "value"))
def send_copy(call: Call, _clicks: int, reference: str | None) -> Drawn:
    """Copy a rule set as the congress's own."""
    copy_rule_set(call, reference or "")
    return _drawn(call, "copied")


@writes(
    *DRAWN,
    Input("rules-save", "n_clicks"),
    State("rules-draft", "data"),
    State("rules-choice", "value"),
    State("rules-typed", "value"),
    State("rules-text", "value"),
    State("rules-source", "value"),
    State("rules-note", "value"),
)
def send_value(
    call: Call,
    _clicks: int,
    draft: UUID,
    chosen: str | None,
    typed: str | None,
    text: str | None,
    source: str | None,
    note: str | None,
) -> Drawn:
    """Set one value of the own draft, chosen from the list or typed."""
    if bool(chosen) == bool(typed):
        raise Refused("rule_value_one")
    name, _, value = (chosen or "").partition("=") if chosen else (typed or "", "", text or "")
    given = {"name": name, "value": value, "source": source or "", "note": note or ""}
    try:
        new = NewValue.model_validate(given)
    except ValidationError as error:
        raise Refused("malformed") from error
    edit_rule_set(call, draft, new)
    return _drawn(call, "saved")


@writes(
    *DRAWN, Input("rules-drop-send", "n_clicks"), State("rules-draft", "data"), State("rules-drop", "value")
)
def send_drop(call: Call, _clicks: int, draft: UUID, name: str | None) -> Drawn:
    """Take a value that need not be there out of the own draft."""
    drop_rule_value(call, draft, name or "")
    return _drawn(call, "dropped")


@writes(*DRAWN, Input("rules-approve", "n_clicks"), State("rules-draft", "data"))
def send_approval(call: Call, _clicks: int, draft: UUID) -> Drawn:
    """Approve the own draft as a leader."""
    approve_rule_set(call, draft)
    return _drawn(call, "approved")


PAGE = Page("rule-sets", layout, ("voting",))
