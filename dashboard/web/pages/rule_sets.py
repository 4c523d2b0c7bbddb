"""规则: the rule sets that rounds are voted by and projects are watched by, and a congress's own."""

from uuid import UUID

from dash import Input, Output, State, dcc, html
from dash.development.base_component import Component
from pydantic import ValidationError

from dashboard.commands.rule_sets import (
    NewValue,
    approve_rule_set,
    copy_rule_set,
    discard_rule_set,
    drop_rule_value,
    edit_rule_set,
)
from dashboard.commands.rules_in_force import choose_rules, confirm_rules, decline_rules
from dashboard.gate import Call
from dashboard.i18n import Words, words
from dashboard.queries.rule_sets import rule_sets, rules_chosen
from dashboard.rules.refused import Refused
from dashboard.rules.rule_sets import ADOPTION
from dashboard.rules.supervision_rules import DEFAULTS, DUE_DAY
from dashboard.rules.working_days import are_days_off_known
from dashboard.web.asked import Asked, asked
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.filters import told
from dashboard.web.parts.heading import heading
from dashboard.web.parts.links import Link, listed
from dashboard.web.parts.notice import notice
from dashboard.web.parts.rule_sets_body import rule_sets_part
from dashboard.web.parts.text import aria, data
from dashboard.web.wiring import writes

Drawn = tuple[list[Component], Component, list[Component]]
DRAWN = (
    Output("notice", "children", allow_duplicate=True),
    Output("rules-told", "children", allow_duplicate=True),
    Output("rules-body", "children", allow_duplicate=True),
)
KINDS = (ADOPTION, *DEFAULTS)
SHOWN = State("rules-kind", "data")


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return every rule set of one kind, and the way to the other kinds."""
    language = view.words
    here = asked(view.address.path(), view.search, {"kind": KINDS})
    kind = here.get("kind", ADOPTION)
    name = call.place.name if call.place is not None else ""
    marks = [simulated(language)] if call.place is not None and call.place.simulated else []
    title = language(f"rules.kind.{kind}")
    content = [
        heading(title, [data(language, name), "｜", language("rules.title.line")], marks),
        *told(language, here),
        _kinds(language, here, kind),
        dcc.Store(id="rules-kind", data=kind),
        html.Div(id="rules-told"),
        html.Div(_part(call, language, kind), id="rules-body", className="stack"),
    ]
    return html.Div(content, className="slim conduct stack"), title


def _kinds(language: Words, here: Asked, shown: str) -> Component:
    """Return the way to the rules of each kind."""
    ways = tuple(
        Link(
            language(f"rules.kind.{kind}"),
            here.href(kind=None if kind == ADOPTION else kind),
            current=kind == shown,
        )
        for kind in KINDS
    )
    return html.Nav(listed(ways), className="order-views", **aria(label=language("rules.kinds")))


def _part(call: Call, language: Words, kind: str) -> list[Component]:
    if kind not in KINDS:
        raise Refused("not_found")
    chosen = None if kind == ADOPTION else rules_chosen(call, kind)
    return [
        *_days_off(call, language, kind),
        *rule_sets_part(language, rule_sets(call, kind), call.role, chosen),
    ]


def _days_off(call: Call, language: Words, kind: str) -> list[Component]:
    """Say that a year to come is not announced yet: until then weekends alone are days off."""
    unknown = [year for year in (call.today.year, call.today.year + 1) if not are_days_off_known(year)]
    if kind != DUE_DAY or not unknown:
        return []
    return [notice("grey", language("rules.days_off", year=str(unknown[0])), language("rules.days_off.do"))]


def _drawn(call: Call, kind: str, done: str) -> Drawn:
    language = words(call.language)
    return [], notice("green", language(f"rules.told.{done}")), _part(call, language, kind)


@writes(*DRAWN, Input("rules-copy", "n_clicks"), State("rules-base", "value"), SHOWN)
def send_copy(call: Call, _clicks: int, reference: str | None, kind: str) -> Drawn:
    """Copy a rule set as the congress's own."""
    copy_rule_set(call, reference or "")
    return _drawn(call, kind, "copied")


@writes(
    *DRAWN,
    Input("rules-save", "n_clicks"),
    State("rules-draft", "data"),
    State("rules-choice", "value"),
    State("rules-typed", "value"),
    State("rules-text", "value"),
    State("rules-source", "value"),
    State("rules-note", "value"),
    SHOWN,
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
    kind: str,
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
    return _drawn(call, kind, "saved")


@writes(
    *DRAWN,
    Input("rules-drop-send", "n_clicks"),
    State("rules-draft", "data"),
    State("rules-drop", "value"),
    SHOWN,
)
def send_drop(call: Call, _clicks: int, draft: UUID, name: str | None, kind: str) -> Drawn:
    """Take a value that need not be there out of the own draft."""
    drop_rule_value(call, draft, name or "")
    return _drawn(call, kind, "dropped")


@writes(*DRAWN, Input("rules-discard", "n_clicks"), State("rules-draft", "data"), SHOWN)
def send_discard(call: Call, _clicks: int, draft: UUID, kind: str) -> Drawn:
    """Take the own draft away."""
    discard_rule_set(call, draft)
    return _drawn(call, kind, "discarded")


@writes(*DRAWN, Input("rules-approve", "n_clicks"), State("rules-draft", "data"), SHOWN)
def send_approval(call: Call, _clicks: int, draft: UUID, kind: str) -> Drawn:
    """Approve the own draft as a leader."""
    approve_rule_set(call, draft)
    return _drawn(call, kind, "approved")


@writes(*DRAWN, Input("rules-want", "n_clicks"), State("rules-wanted", "value"), SHOWN)
def send_choice(call: Call, _clicks: int, reference: str | None, kind: str) -> Drawn:
    """Choose the rule set by which projects are watched."""
    choose_rules(call, reference or "")
    return _drawn(call, kind, "chosen")


@writes(*DRAWN, Input("rules-confirm", "n_clicks"), State("rules-waiting", "data"), SHOWN)
def send_confirmation(call: Call, _clicks: int, choice: UUID, kind: str) -> Drawn:
    """Confirm the choice that waits, as a leader."""
    confirm_rules(call, choice)
    return _drawn(call, kind, "confirmed")


@writes(*DRAWN, Input("rules-decline", "n_clicks"), State("rules-waiting", "data"), SHOWN)
def send_refusal(call: Call, _clicks: int, choice: UUID, kind: str) -> Drawn:
    """Decline the choice that waits, as a leader."""
    decline_rules(call, choice)
    return _drawn(call, kind, "declined")


PAGE = Page("rule-sets", layout, ("voting",))
