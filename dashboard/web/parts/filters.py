"""Choosing what a list shows: a form whose answer is an address that can be sent on and printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.web.asked import ALL, Asked
from dashboard.web.parts.links import anchor
from dashboard.web.parts.notice import notice
from dashboard.web.parts.text import aria


@dataclass(frozen=True, slots=True)
class Filter:
    """One field: a choice where it has `options` (value to label), else a text to search for."""

    name: str
    label: str
    options: Mapping[str, str] = field(default_factory=dict)


def filters(
    words: Words, asked: Asked, fields: Sequence[Filter], kept: Sequence[str] = ("sort",)
) -> Component:
    """Return the form; without scripts it is sent as it is, with them assets/filters.js follows each choice.

    `kept` names the keys that no field shows and that a new choice keeps.
    """
    shown = [_field(words, asked, one) for one in fields]
    hidden = [
        dcc.Input(type="hidden", name=name, value=asked.get(name), id=f"filter-{name}")
        for name in kept
        if asked.get(name)
    ]
    acts: list[Component] = [html.Button(words("filter.send"), type="submit", className="button")]
    if any(asked.get(one.name) for one in fields):
        clear: dict[str, str | None] = {one.name: None for one in fields}
        acts.append(anchor(words("filter.clear"), asked.href(**clear)))
    form = html.Form(
        [*shown, *hidden, html.Div(acts, className="filter-acts")],
        className="filters",
        method="get",
        action=asked.path,
        role="search",
        **aria(label=words("filter.form")),
    )
    return html.Div([*told(words, asked), form])


def told(words: Words, asked: Asked) -> list[Component]:
    """Return the notice that an address asks for something this version does not know, or nothing."""
    if not asked.dropped:
        return []
    return [
        notice("grey", words("filter.dropped", names="、".join(asked.dropped)), words("filter.dropped.do"))
    ]


def _field(words: Words, asked: Asked, one: Filter) -> Component:
    element, value = f"filter-{one.name}", asked.get(one.name)
    label = html.Label(one.label, htmlFor=element)
    if one.options:
        options = [{"label": words("filter.all"), "value": ALL}]
        options += [{"label": text, "value": key} for key, text in one.options.items()]
        control: Any = dbc.Select(
            id=element, name=one.name, options=options, value=value or ALL, className="control"
        )
    else:
        control = dcc.Input(
            id=element, name=one.name, value=value, type="search", className="control", maxLength=100
        )
    return html.Div([label, control], className="filter")


def choice_of_views(words: Words, asked: Asked, names: Sequence[str], key: str) -> Component:
    """Return the views of a page as links, the one shown marked; the first is what stands at the plain address."""
    now = asked.get("view", names[0])
    items = []
    for name in names:
        label = words(f"{key}.{name}")
        link = (
            html.Span(label, className="current", **aria(current="page"))
            if name == now
            else anchor(label, asked.href(view=None if name == names[0] else name))
        )
        items.append(html.Li(link))
    return html.Nav(html.Ul(items), className="project-views", **aria(label=words("projects.views")))
