"""The one layout of every page: stores, the notice, and the place that the routing fills."""

from dash import dcc, html
from dash.development.base_component import Component


def layout() -> Component:
    """Return the layout that every visitor gets: no data in it, so it may be kept by anyone."""
    return html.Div(
        [
            dcc.Location(id="url", refresh="callback-nav"),
            # What the browser knows: address, theme, width. The routing reads it.
            dcc.Store(id="where"),
            # The theme after a press of the button, None before.
            dcc.Store(id="look"),
            # What the server adds: the state that the wiring demands of every callback.
            dcc.Store(id="page"),
            dcc.Store(id="title"),
            dcc.Store(id="titled"),
            dcc.Store(id="remembered"),
            dcc.Store(id="pointed"),
            # The newest version number of the page's topics, set by live.js.
            dcc.Store(id="live"),
            html.Div(id="view"),
        ],
        id="app",
    )
