"""What is pressed on the card of escalation: the clerk proposes what the rules ask for, a leader decides."""

from uuid import UUID

from dash import Input, Output, State, html
from dash.development.base_component import Component

from dashboard.commands.escalation import confirm_task, dismiss_task, propose_tasks
from dashboard.gate import Call
from dashboard.i18n import words
from dashboard.queries.cycles import shown_year
from dashboard.queries.escalation import escalation
from dashboard.rules.refused import Refused
from dashboard.rules.roles import may
from dashboard.rules.supervision_rules import ESCALATION
from dashboard.web.addresses import Address
from dashboard.web.parts.escalation_card import escalation_card
from dashboard.web.parts.notice import notice
from dashboard.web.wiring import writes

DRAWN = (
    Output("escalation", "children", allow_duplicate=True),
    Output("desk-told", "children", allow_duplicate=True),
)
Drawn = tuple[Component, Component]


def escalation_part(call: Call) -> list[Component]:
    """Return the card for those who may see it."""
    if not may(call.role, "escalation.read"):
        return []
    return [html.Div(_card(call), id="escalation")]


def _card(call: Call) -> Component:
    code = call.place.code if call.place is not None else None
    rules = f"{Address(call.language, code, page='rule-sets').path()}?kind={ESCALATION}"
    return escalation_card(words(call.language), escalation(call), call.role, rules)


@writes(*DRAWN, Input("escalation-propose", "n_clicks"))
def propose(call: Call, _clicks: int) -> Drawn:
    """Propose what the rules ask for."""
    made = propose_tasks(call, shown_year(call))
    language = words(call.language)
    return _card(call), notice("green", language.plural("escalation.told.proposed", made))


@writes(*DRAWN, Input("escalation-confirm", "n_clicks"), State("escalation-choice", "value"))
def confirm(call: Call, _clicks: int, task: UUID | None) -> Drawn:
    """Confirm the chosen task as a leader."""
    if task is None:
        raise Refused("task_not_chosen")
    confirm_task(call, task)
    return _card(call), notice("green", words(call.language)("escalation.told.confirmed"))


@writes(
    *DRAWN,
    Input("escalation-dismiss", "n_clicks"),
    State("escalation-choice", "value"),
    State("escalation-reason", "value"),
)
def dismiss(call: Call, _clicks: int, task: UUID | None, reason: str | None) -> Drawn:
    """Dismiss the chosen task as a leader, with a reason."""
    if task is None:
        raise Refused("task_not_chosen")
    dismiss_task(call, task, reason or "")
    return _card(call), notice("green", words(call.language)("escalation.told.dismissed"))
