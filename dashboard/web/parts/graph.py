"""A chart in its frame: fixed height, no mode bar, no cloud, and a sentence for those who do not see it."""

from collections.abc import Callable
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
    led = carried(chart=element_id, **({"opens": opens} if opens else {}))
    return html.Div(
        chart, className="graph", style={"height": f"{height}px"}, role="img", **aria(label=summary), **led
    )


def pictured(chart: Component, element_id: str, draw: Callable[[], dict[str, Any]]) -> Component:
    """Return a chart made of rows and cells that can be taken away as the figure which `draw` makes when asked."""
    made: Any = chart
    made.id = element_id
    setattr(made, "data-chart", element_id)
    # No property of Dash's: it is not sent, and stays on the server.
    made.draw = draw
    return chart


def drawing_of(chart: Component) -> dict[str, Any] | None:
    """Return the figure that stands for a chart made of rows and cells, None where it has none."""
    draw: Callable[[], dict[str, Any]] | None = getattr(chart, "draw", None)
    return draw() if draw is not None else None
