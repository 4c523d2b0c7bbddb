"""From the cookie to the actor; an ended session is known at once here, in other processes within a second."""

import re
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dashboard.cache import Bounded
from dashboard.gate import PUBLIC, Actor
from dashboard.rules.roles import Role
from dashboard.store.accounts import Live, live_session
from dashboard.store.passwords import token_digest
from dashboard.store.transactions import Store

COOKIE = "session"
FRESH_SECONDS = 1.0
_TOKEN = re.compile(rf"(?:^|[;\s]){COOKIE}\s*=\s*\"?([\w-]+)")


def token_of(environ: Mapping[str, Any]) -> str | None:
    """Return the session's token that a request carries."""
    found = _TOKEN.search(environ.get("HTTP_COOKIE", ""))
    return found[1] if found else None


class Sessions:
    """The sessions that this process has seen lately."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: Bounded[tuple[float, Live]] = Bounded(4096)

    def actor(self, token: str | None, now: datetime) -> Actor:
        """Return who holds a token: the public where it holds none that lives."""
        if not token:
            return PUBLIC
        digest = token_digest(token)
        seen = self._seen.get(digest)
        if seen is not None and time.monotonic() - seen[0] < FRESH_SECONDS and seen[1].expires_at > now:
            return _actor(seen[1])
        with self._store.system().glancing() as connection:
            live = live_session(connection, digest, now)
        if live is None:
            self._seen.drop(digest)
            return PUBLIC
        self._seen.put(digest, (time.monotonic(), live))
        return _actor(live)

    def forget(self, digests: list[str]) -> None:
        """Look these sessions up again at their next use."""
        for digest in digests:
            self._seen.drop(digest)


def _actor(live: Live) -> Actor:
    held = live.held
    return Actor(
        role=Role(held.role) if held else Role.PUBLIC,
        account_id=live.account_id,
        appointment_id=held.id if held else None,
        congress_id=held.congress_id if held else None,
        membership_id=held.membership_id if held else None,
        department_id=held.department_id if held else None,
        session_id=live.session_id,
        name=live.display_name,
        must_change=live.must_change,
        at_terminal=live.at_terminal,
    )
