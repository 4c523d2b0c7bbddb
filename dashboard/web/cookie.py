"""The session's cookie: read by us alone, never by scripts, never sent from another site."""

from datetime import UTC, datetime

from dash import ctx

from dashboard.store.accounts import LIFETIME
from dashboard.web.context import Web
from dashboard.web.sessions import COOKIE


def put_cookie(web: Web, token: str) -> None:
    """Put a session's token into the cookie of the answer; an empty one ends it."""
    ctx.response.set_cookie(
        COOKIE,
        token,
        max_age=int(LIFETIME.total_seconds()) if token else 0,
        httponly=True,
        samesite="Lax",
        secure=web.settings.env == "production",
        path="/",
        expires=None if token else datetime(1970, 1, 1, tzinfo=UTC),
    )
