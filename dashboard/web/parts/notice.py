"""A notice: what happened in one bold line, what to do in the next. Toasts are not used."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.web.parts.light import shape
from dashboard.web.parts.text import Content


def notice(
    light: str, line: Content, advice: Content | None = None, element_id: str | None = None
) -> Component:
    """Return a notice on the ground of a light (or `promised`); a red one is read out at once, others in turn."""
    words: list[Component] = [html.P(line, className="notice-line")]
    if advice is not None:
        words.append(html.P(advice))
    symbol = [] if light == "promised" else [shape(light)]
    named: dict[str, Any] = {"id": element_id} if element_id else {}
    return html.Div(
        [*symbol, html.Div(words)],
        className=f"notice notice-{light}",
        role="alert" if light == "red" else "status",
        **named,
    )
