"""The controls of a plan's form: each has a name, by which assets/plan.js gathers what is typed into one value."""

from collections.abc import Mapping
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.plan_problems import Problem
from dashboard.web.parts.forms import field
from dashboard.web.parts.plan_words import problem_text
from dashboard.web.parts.text import Content, carried
from dashboard.web.typed_plan import Typed

Wrong = Mapping[str, Problem]


def control_id(name: str) -> str:
    """Return the id of a field, to which its problem leads."""
    return f"plan-{name.replace('.', '-')}"


def press(words: Words, verb: str, key: str, primary: bool = False, **more: str) -> Component:
    """Return a button that sends the form with a verb."""
    style = "button button-primary" if primary else "button"
    return html.Button(words(key), type="button", className=style, **carried(**{"plan-press": verb, **more}))


def ask(words: Words, verb: str, key: str) -> Component:
    """Return a button that lets the server lay out a part of the form anew, and writes nothing."""
    return html.Button(words(key), type="button", className="button", **carried(**{"plan-ask": verb}))


def line_input(name: str, typed: Typed, **more: Any) -> Component:
    """Return a line of text of the form."""
    given: dict[str, Any] = {"maxLength": 200, "autoComplete": "off"} | more
    return dcc.Input(
        id=control_id(name), name=name, value=typed.get(name, ""), type="text", className="control", **given
    )


def text_input(name: str, typed: Typed, longest: int, rows: int = 2) -> Component:
    """Return several lines of text of the form."""
    return dbc.Textarea(
        id=control_id(name),
        name=name,
        value=typed.get(name, ""),
        maxLength=longest,
        rows=rows,
        className="control",
    )


def chosen(name: str, typed: Typed, options: Mapping[str, str]) -> Component:
    """Return a list of the form to choose from."""
    choices = [{"label": text, "value": key} for key, text in options.items()]
    return dbc.Select(
        id=control_id(name), name=name, options=choices, value=typed.get(name) or None, className="control"
    )


def labelled(
    words: Words, name: str, control: Component, wrong: Wrong, advice: Content | None = None
) -> Component:
    """Return a field with its label, and above it what is wrong with it."""
    problem = wrong.get(name)
    told = problem_text(words, problem) if problem is not None else None
    return field(control_id(name), words(f"plan.field.{name}"), control, advice, told)


def hidden_input(name: str, value: str) -> Component:
    """Return a value that the form carries unseen."""
    return dcc.Input(name=name, type="hidden", value=value)
