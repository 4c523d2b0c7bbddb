"""A chart in its frame: fixed height, no mode bar, no cloud, and a sentence for those who do not see it."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.figures.theme import graph_config
from dashboard.i18n import Words
from dashboard.web.parts.text import aria, carried


def graph(
    element_id: str,
    figure: dict[str, Any],
    words: Words,
    summary: str,
    height: int = 400,
    opens: str | None = None,
) -> Component:
    """Return a chart of the given height in pixels; `summary` is its title with the last values.

    `opens` is the address that a press on a point leads to, its month (2025-06) to be added.
    """
    config: Any = graph_config(words)  # Dash types it as a dictionary of its own.
    chart = dcc.Graph(
        id=element_id,
        figure=figure,
        responsive=True,
        style={"height": f"{height}px"},
        config=config,
    )
    led = carried(opens=opens) if opens else {}
    return html.Div(
        chart, className="graph", style={"height": f"{height}px"}, role="img", **aria(label=summary), **led
    )
