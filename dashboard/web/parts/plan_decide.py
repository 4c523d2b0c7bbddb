"""What is to be done with a plan that was handed in: approve it, record a decision on it, return it, take it back."""

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.plan_frames import PlanDesk, UnderWay
from dashboard.rules.plans import GOVERNMENT, ORIGINAL
from dashboard.rules.roles import Role, may
from dashboard.web.parts.card import card
from dashboard.web.parts.plan_controls import chosen, hidden_input, labelled, line_input, press, text_input
from dashboard.web.parts.plan_words import bodies_text
from dashboard.web.typed_plan import Typed


def decide_part(words: Words, desk: PlanDesk, waits: UnderWay, role: Role, typed: Typed) -> list[Component]:
    """Return the forms that the reader's role has for what was handed in; nothing where it waits for others."""
    parts: list[Component] = []
    if waits.kind == ORIGINAL:
        if may(role, "plan.approve"):
            parts.append(_approve(words, typed))
    elif GOVERNMENT in waits.bodies and may(role, "plan.record_approval"):
        parts.append(_record(words, waits, (GOVERNMENT,), typed))
    elif may(role, "plan.record_decision"):
        able = tuple(body for body in waits.bodies if body != GOVERNMENT)
        if able:
            parts.append(_record(words, waits, able, typed))
    if parts:
        parts.append(_return(words, typed))
    if desk.fills:
        line = html.P(words("plan.withdraw.line"), className="secondary")
        parts.append(html.Div([line, html.Div(press(words, "withdraw", "plan.withdraw"), className="acts")]))
    return parts


def _approve(words: Words, _typed: Typed) -> Component:
    act = html.Div(press(words, "approve", "plan.approve", primary=True), className="acts")
    return card(words("plan.approve.title"), act, words("plan.approve.line"))


def _record(words: Words, waits: UnderWay, bodies: tuple[str, ...], typed: Typed) -> Component:
    """Return the form that records who decided, on which day, by which document, and why."""
    given = {"decided_reason": waits.reason} | dict(typed)
    by_government = bodies == (GOVERNMENT,)
    rows: list[Component] = []
    if len(bodies) > 1:
        options = {body: words(f"plan.body.{body}") for body in bodies}
        rows.append(labelled(words, "body", chosen("body", given, options), {}))
    else:
        rows.append(hidden_input("body", bodies[0]))
    rows += [
        labelled(
            words, "document", line_input("document", given, maxLength=80), {}, words("plan.document.help")
        ),
        labelled(words, "day", line_input("day", given, maxLength=20), {}, words("plan.day.help")),
    ]
    if not by_government:
        rows.append(labelled(words, "decided_reason", text_input("decided_reason", given, 500, 3), {}))
    verb = "approval" if by_government else "decision"
    rows.append(html.Div(press(words, verb, f"plan.record.{verb}", primary=True), className="acts"))
    title = words("plan.record.title", body=bodies_text(words, bodies))
    return card(title, html.Div(rows, className="form"), words(f"plan.record.{verb}.line"))


def _return(words: Words, typed: Typed) -> Component:
    rows = [
        labelled(words, "returned", text_input("returned", typed, 500, 3), {}),
        html.Div(press(words, "return", "plan.return"), className="acts"),
    ]
    summary = html.Summary(words("plan.return.ask"))
    return html.Details([summary, html.Div(rows, className="form")], className="plan-more")
