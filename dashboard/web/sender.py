"""Where a request came from."""

import flask

from dashboard.web.context import Web


def address_of(web: Web) -> str:
    """Return the sender's address: the one that the first trusted proxy saw, else the connection's."""
    chain = flask.request.headers.get("X-Forwarded-For", "").split(",")
    hops = web.settings.proxies
    if hops and len(chain) >= hops and chain[-hops].strip():
        return chain[-hops].strip()
    return flask.request.remote_addr or ""
