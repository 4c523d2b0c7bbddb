"""The live state of a page: its word, and the address that assets/live.js polls."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words


def live(words: Words, address: str, etag: str | None = None) -> Component:
    """Return #live-state and #live-topic; with the `etag` it was drawn from a page misses no change.

    The page needs a dcc.Store with the id `live`, whose data is then the newest version number.
    """
    state: dict[str, Any] = {"data-live": words("live.on"), "data-stale": words("live.stale")}
    topic: dict[str, Any] = {"data-address": address}
    if etag:
        topic["data-etag"] = etag
    return html.Span(
        [
            html.Span(words("live.on"), id="live-state", className="live", role="status", **state),
            html.Span(id="live-topic", hidden=True, **topic),
        ]
    )
