"""The form of a plan: what kind of change, the target, who carries it out, when what is due, a preview."""

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.plan_frames import PlanDesk
from dashboard.rules.plans import BASES, KINDS, ORIGINAL
from dashboard.web.parts.card import card
from dashboard.web.parts.forms import errors
from dashboard.web.parts.plan_controls import (
    Wrong,
    chosen,
    control_id,
    hidden_input,
    labelled,
    line_input,
    press,
    text_input,
)
from dashboard.web.parts.plan_rows import milestones_part, months_part
from dashboard.web.parts.plan_words import problem_text
from dashboard.web.parts.text import carried
from dashboard.web.typed_plan import Typed

FORM = "plan-form"


def plan_form(
    words: Words, desk: PlanDesk, typed: Typed, wrong: Wrong, preview: Component, is_clerk: bool
) -> list[Component]:
    """Return the form with what is typed in it, each problem at its field and all of them at the top."""
    first = desk.force is None
    parts: list[Component] = []
    if wrong:
        parts.append(_summary(words, wrong))
    if not first:
        parts.append(
            card(words("plan.part.change"), _change(words, typed, wrong), words("plan.part.change.line"))
        )
    parts += [
        card(
            words("plan.part.target"),
            _target(words, desk, typed, wrong, first),
            words("plan.part.target.line"),
        ),
        card(words("plan.part.people"), _people(words, desk, typed, wrong, is_clerk)),
        card(
            words("plan.part.schedule"),
            _schedule(words, desk, typed, wrong),
            words("plan.part.schedule.line"),
        ),
        html.Div(preview, id="plan-preview"),
        _acts(words, first),
    ]
    return parts


def _summary(words: Words, wrong: Wrong) -> Component:
    told = [(control_id(name), problem_text(words, one)) for name, one in wrong.items()]
    return errors(words.plural("plan.wrong", len(told)), told)


def _change(words: Words, typed: Typed, wrong: Wrong) -> Component:
    kinds = {kind: words(f"plan.kind.{kind}.long") for kind in KINDS}
    rows = [
        labelled(words, "kind", chosen("kind", typed, kinds), wrong, words("plan.kind.help")),
        labelled(words, "reason", text_input("reason", typed, 500, 3), wrong),
    ]
    return html.Div(rows, className="form")


def _target(words: Words, desk: PlanDesk, typed: Typed, wrong: Wrong, first: bool) -> Component:
    voted = words("plan.voted.line", target=desk.voted.target, sum=words.money(desk.voted.budget))
    fixed: dict[str, Any] = {"readOnly": True} if first else {}
    target = (
        line_input("target", typed, maxLength=500, **fixed) if first else text_input("target", typed, 500)
    )
    money: dict[str, Any] = {"readOnly": True} if first and desk.voted.budget is not None else {}
    rows = [
        html.P(voted, className="secondary"),
        labelled(words, "target", target, wrong, words("plan.field.target.help") if first else None),
        html.Div(
            [
                labelled(
                    words, "quantity", line_input("quantity", typed, inputMode="decimal", maxLength=20), wrong
                ),
                labelled(words, "unit", line_input("unit", typed, maxLength=20), wrong),
                labelled(
                    words,
                    "budget",
                    line_input("budget", typed, inputMode="decimal", maxLength=24, **money),
                    wrong,
                ),
            ],
            className="plan-row",
        ),
    ]
    return html.Div(rows, className="form wide")


def _people(words: Words, desk: PlanDesk, typed: Typed, wrong: Wrong, is_clerk: bool) -> Component:
    names = {str(key): name for key, name in desk.departments.items()}
    if is_clerk:
        lead = chosen("department", typed, names)
    else:
        own = typed.get("department", "")
        lead = html.Div(
            [hidden_input("department", own), html.P(names.get(own, "—"), id=control_id("department"))]
        )
    rows = [
        labelled(words, "leader", line_input("leader", typed, maxLength=40), wrong),
        labelled(words, "department", lead, wrong),
        labelled(
            words,
            "partners",
            line_input("partners", typed, maxLength=500),
            wrong,
            words("plan.partners.help"),
        ),
    ]
    return html.Div(rows, className="form")


def _schedule(words: Words, desk: PlanDesk, typed: Typed, wrong: Wrong) -> Component:
    bases = {basis: words(f"plan.basis.{basis}") for basis in BASES}
    rows = [
        html.Div(
            [
                labelled(words, "due", line_input("due", typed, maxLength=20), wrong, words("plan.day.help")),
                labelled(words, "basis", chosen("basis", typed, bases), wrong),
            ],
            className="plan-row",
        ),
        html.Div(milestones_part(words, typed, wrong), id="plan-steps"),
        html.Div(months_part(words, desk, typed, wrong), id="plan-months"),
    ]
    return html.Div(rows, className="form wide")


def _acts(words: Words, first: bool) -> Component:
    key = "plan.submit" if first else "plan.submit.change"
    return html.Div(
        [press(words, "save", "plan.save"), press(words, "submit", key, primary=True)],
        className="acts plan-acts",
    )


def wrapped(content: Sequence[Component], kind: str = ORIGINAL, basis: str = "linear") -> Component:
    """Return what is sent together; the kind and the basis chosen show what belongs to them."""
    return html.Form(list(content), id=FORM, className="stack plan-form", **carried(kind=kind, basis=basis))
