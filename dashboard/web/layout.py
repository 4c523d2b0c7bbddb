"""The one layout of every page: stores, the notice, and the place that the routing fills."""

from dash import dcc, html
from dash.development.base_component import Component

INDEX = """<!DOCTYPE html>
<html lang="zh-CN">
  <head>
    {%metas%}
    <title>{%title%}</title>
    <link rel="icon" type="image/svg+xml" href="/assets/favicon.svg">
    <script src="/assets/theme.js"></script>
    {%css%}
  </head>
  <body>
    {%app_entry%}
    {%config%}
    {%scripts%}
    {%renderer%}
  </body>
</html>"""


def layout(build: str) -> Component:
    """Return the layout that every visitor gets: no data in it, so it may be kept by anyone."""
    return html.Div(
        [
            dcc.Location(id="url", refresh="callback-nav"),
            # The browser's own part: theme, width, and the address as the routing reads it.
            dcc.Store(id="client"),
            dcc.Store(id="build", data=build),
            # The server's part, added to every callback by the wiring.
            dcc.Store(id="page"),
            dcc.Store(id="live"),
            dcc.Store(id="title"),
            html.Div(id="shell"),
            html.Div(id="notice", **{"aria-live": "polite"}),
            html.Main(id="main", tabIndex=-1),
            html.Div(id="foot"),
        ],
        id="app",
    )
