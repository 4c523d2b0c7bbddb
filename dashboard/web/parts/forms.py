"""Forms: a label above, help under, an error that says what to do, and never a typed value lost."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.web.parts.light import shape
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.text import Content, aria

Kind = Literal["text", "password", "email", "tel", "number", "search", "url"]


def text_input(element_id: str, value: str = "", kind: Kind = "text", **attributes: Any) -> Component:
    """Return a line of text."""
    return dcc.Input(id=element_id, value=value, type=kind, className="control", **attributes)


def field(
    element_id: str,
    label: str,
    control: Component,
    advice: Content | None = None,
    error: Content | None = None,
) -> Component:
    """Return a control with its label, its help, and above it what is wrong, with ids <id>-help and <id>-error."""
    children: list[Component] = [html.Label(label, htmlFor=element_id)]
    described: list[str] = []
    if error is not None:
        described.append(f"{element_id}-error")
        children.append(html.P([shape("red"), html.Span(error)], id=described[-1], className="error"))
    children.append(control)
    if advice is not None:
        described.append(f"{element_id}-help")
        children.append(html.P(advice, id=described[-1], className="help"))
    told = aria(label=label, describedby=" ".join(described)) if described else aria(label=label)
    return html.Div(children, className="field" if error is None else "field wrong", role="group", **told)


def errors(line: Content, wrong: Sequence[tuple[str, str]]) -> Component:
    """Return the summary at the top of a form: each error leads to its field by id."""
    items = [html.Li(anchor(text, f"#{target}")) for target, text in wrong]
    body = html.Div([html.P(line, className="notice-line"), html.Ul(items, className="error-list")])
    return html.Div([shape("red"), body], className="notice notice-red", role="alert", tabIndex="-1")


def choice(
    element_id: str,
    options: Mapping[str, str],
    label: str,
    value: str | None = None,
    empty: str | None = None,
) -> Component:
    """Return the platform's own list to choose from: a thumb, a keyboard and a screen reader know how to use it."""
    choices = [{"label": text, "value": key} for key, text in options.items()]
    named: dict[str, Any] = {"placeholder": empty} if empty else {}
    select = dbc.Select(id=element_id, options=choices, value=value, className="control", **named)
    return html.Div(
        [html.Label(label, htmlFor=element_id, className="visually-hidden"), select], className="picker"
    )


def text_area(element_id: str, longest: int, value: str = "") -> Component:
    """Return several lines of text."""
    return dbc.Textarea(id=element_id, className="control", maxLength=longest, rows=5, value=value)


def one_of(element_id: str, options: Mapping[str, Component | str], value: str | None = None) -> Component:
    """Return a list of which one is chosen, every choice in sight."""
    choices = [{"label": text, "value": key} for key, text in options.items()]
    return dbc.RadioItems(id=element_id, options=choices, value=value, className="choices")


def button(element_id: str, label: str, primary: bool = False, disabled: bool = False) -> Component:
    """Return a button; a view has one primary button."""
    style = "button button-primary" if primary else "button"
    return html.Button(label, id=element_id, className=style, disabled=disabled, type="button", n_clicks=0)


def act(link: Link, primary: bool = False) -> Component:
    """Return a link that looks like a button."""
    return anchor(link.label, link.href or "/", "button button-primary" if primary else "button", link.fresh)
