"""From a screen's cookie to its meeting; a revoked token is known in every process within a second."""

import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import flask

from dashboard.cache import Bounded
from dashboard.gate import Actor
from dashboard.rules.refused import Refused
from dashboard.store.passwords import token_digest
from dashboard.store.screens import LiveScreen, live_screen
from dashboard.store.transactions import Store
from dashboard.web.context import Web

COOKIE = "screen"
# Sent with the polls of the board and with nothing else: pages stay the same for everyone.
PATH = "/board"
FRESH_SECONDS = 1.0
LONGEST_TOKEN = 100
_TOKEN = re.compile(rf"(?:^|[;\s]){COOKIE}\s*=\s*\"?([\w-]+)")


def screen_token_of(environ: Mapping[str, Any]) -> str | None:
    """Return the screen's token that a request carries."""
    found = _TOKEN.search(environ.get("HTTP_COOKIE", ""))
    return found[1] if found else None


class Screens:
    """The screens that this process has seen lately."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: Bounded[tuple[float, LiveScreen]] = Bounded(1024)

    def actor(self, token: str | None, now: datetime) -> Actor | None:
        """Return the screen that holds a token, as the public that may read one meeting's board; None without."""
        live = self.live(token, now)
        return None if live is None else Actor(congress_id=live.congress_id, meeting_id=live.meeting_id)

    def live(self, token: str | None, now: datetime) -> LiveScreen | None:
        """Return what a token opens; None where it opens nothing (any more)."""
        if not token:
            return None
        digest = token_digest(token)
        seen = self._seen.get(digest)
        if seen is not None and time.monotonic() - seen[0] < FRESH_SECONDS and seen[1].expires_at > now:
            return seen[1]
        with self._store.system().reading() as session:
            live = live_screen(session, digest, now)
        if live is None:
            self._seen.drop(digest)
        else:
            self._seen.put(digest, (time.monotonic(), live))
        return live


def let_screens_in(server: flask.Flask, web: Web, screens: Screens) -> None:
    """Let a browser exchange the token in its address's fragment for a cookie that no script reads."""

    def enter() -> flask.Response:
        body = flask.request.get_json(silent=True)
        token = body.get("token") if isinstance(body, dict) and body.keys() == {"token"} else None
        if not isinstance(token, str) or len(token) > LONGEST_TOKEN:
            raise Refused("malformed")
        now = datetime.now(UTC)
        live = screens.live(token, now)
        if live is None:
            raise Refused("not_found")
        response = flask.make_response({"state": "let_in"})
        response.set_cookie(
            COOKIE,
            token,
            max_age=int((live.expires_at - now).total_seconds()),
            httponly=True,
            samesite="Strict",
            secure=web.settings.env == "production",
            path=PATH,
        )
        return response

    server.add_url_rule("/screen", "screen", enter, methods=["POST"])
