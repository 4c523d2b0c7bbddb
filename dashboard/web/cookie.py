"""The session's cookie: read by us alone, never by scripts, never sent from another site."""

from datetime import UTC, datetime, timedelta
from typing import Any

from dash import ctx

from dashboard.store.accounts import LIFETIME
from dashboard.web.context import Web
from dashboard.web.sessions import COOKIE


def put_cookie(web: Web, token: str, lifetime: timedelta = LIFETIME) -> None:
    """Put a session's token into the cookie of a callback's answer; an empty one ends it."""
    set_cookie(ctx.response, web, token, lifetime)


def set_cookie(response: Any, web: Web, token: str, lifetime: timedelta = LIFETIME) -> None:
    """Put a session's token into the cookie of any answer."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(lifetime.total_seconds()) if token else 0,
        httponly=True,
        samesite="Lax",
        secure=web.settings.env == "production",
        path="/",
        expires=None if token else datetime(1970, 1, 1, tzinfo=UTC),
    )
