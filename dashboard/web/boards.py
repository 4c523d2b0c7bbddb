"""The live board in front of Flask: polled by every viewer, read from the database at most once a second.

`/board/<code>/<round id>` is for members whom the table of roles lets read it and for the screens of its meeting,
`/board/<code>/screen` for what the clerk has a screen show. The version is a digest of what is shown, so it is
another one as soon as one more has voted; casting raises no topic and touches no counter for it.
"""

import hashlib
import re
import threading
import time
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import orjson

from dashboard.cache import Bounded
from dashboard.gate import Actor, Call
from dashboard.i18n import DEFAULT, LOCALES, words
from dashboard.queries.board import board, may_read, shown
from dashboard.rules.board import Code
from dashboard.rules.refused import Refused
from dashboard.web.addresses import Address
from dashboard.web.context import Web
from dashboard.web.parts.board_words import board_told, shown_told
from dashboard.web.parts.qr import qr_picture
from dashboard.web.screens import Screens, screen_token_of
from dashboard.web.sender import origin_of
from dashboard.web.sessions import token_of
from dashboard.web.static import choose, encodings

FRESH_SECONDS = 1.0
CLOCK = "X-Clock"
SCREEN = "screen"
_PATH = re.compile(r"/board/([0-9]{6,12})/(screen|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
Environ = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """One poll's address: the congress, the round or None for what the screen shows, the language, for the hall."""

    code: str
    round_id: UUID | None
    language: str
    hall: bool
    origin: str


@dataclass(frozen=True)
class Kept:
    """One board as it is sent, for all who see the same, with the second in which it was read."""

    read_at: float
    etag: str
    bodies: dict[str, bytes]
    sent: dict[str, list[tuple[str, str]]] = field(default_factory=dict, compare=False)


class Boards:
    """The boards that are polled now, each as it was a second ago at most."""

    def __init__(self, web: Web, screens: Screens) -> None:
        self._web, self._screens = web, screens
        self._asked: Bounded[Asked] = Bounded(4096)
        # Who may read a board, asked again every second: a poll comes every 0.4 s.
        self._may: Bounded[tuple[float, bool]] = Bounded(8192)
        self._kept: Bounded[Kept] = Bounded(1024)
        self._locks: Bounded[threading.Lock] = Bounded(1024)

    def poll(self, environ: Environ) -> tuple[int, list[tuple[str, str]], bytes]:
        """Return status, headers and body for one poll: 304 where the viewer has what is shown now."""
        asked = self._read(environ)
        now = datetime.now(UTC)
        call = self._call(asked, environ, now)
        kept = self._board(asked, call)
        clock = (CLOCK, str(int(now.timestamp() * 1000)))
        if environ.get("HTTP_IF_NONE_MATCH") == kept.etag:
            return 304, [("ETag", kept.etag), ("Cache-Control", "no-store"), clock], b""
        encoding, body = choose(kept.bodies, environ.get("HTTP_ACCEPT_ENCODING", ""))
        sent = kept.sent.get(encoding)
        if sent is None:
            sent = kept.sent[encoding] = [
                ("Content-Type", "application/json"),
                ("Content-Length", str(len(body))),
                ("Cache-Control", "no-store"),
                ("ETag", kept.etag),
                *([("Content-Encoding", encoding)] if encoding != "identity" else []),
            ]
        return 200, [*sent, clock], body

    def _read(self, environ: Environ) -> Asked:
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        origin = origin_of(environ, self._web.settings.env == "production")
        key = (path, query[:100], origin)
        asked = self._asked.get(key)
        if asked is None:
            found = _PATH.fullmatch(path)
            if found is None:
                raise Refused("not_found")
            given = parse_qs(query)
            language = given.get("lang", [DEFAULT])[0]
            asked = Asked(
                found[1],
                None if found[2] == SCREEN else UUID(found[2]),
                language if language in LOCALES else DEFAULT,
                given.get("screen") == ["1"],
                origin,
            )
            self._asked.put(key, asked)
        return asked

    def _call(self, asked: Asked, environ: Environ, now: datetime) -> Call:
        """Return the call of a member, or of a screen where no member asks or the screen itself is asked for."""
        listed = self._web.directory.find(asked.code)
        if listed is None:
            raise Refused("not_found")
        actor: Actor | None = None
        if asked.round_id is not None:
            actor = self._web.sessions.actor(token_of(environ), now)
        if actor is None or actor.congress_id != listed.id:
            actor = self._screens.actor(screen_token_of(environ), now)
        # Of another congress, of nobody: it is as if there were no such board.
        if actor is None or actor.congress_id != listed.id:
            raise Refused("not_found")
        return Call(self._web.ground, actor, listed.place(asked.language), None, now, asked.language)

    def _board(self, asked: Asked, call: Call) -> Kept:
        if asked.round_id is None:
            return self._fresh(
                (asked.code, call.actor.meeting_id, asked.language, asked.origin),
                lambda: shown_told(shown(call), words(asked.language), partial(_picture, asked)),
            )
        leading = self._leads(asked.round_id, call) and not asked.hall
        round_id = asked.round_id
        return self._fresh(
            (asked.code, round_id, leading, asked.language),
            lambda: board_told(board(call, round_id, hall=not leading), words(asked.language)),
        )

    def _leads(self, round_id: UUID, call: Call) -> bool:
        """Tell whether the caller is told who voted by delegation; to who may not look there is no such round."""
        who = call.actor.appointment_id or call.actor.meeting_id
        key = (who, call.actor.must_change, call.congress_id, round_id)
        known = self._may.get(key)
        if known is None or time.monotonic() - known[0] >= FRESH_SECONDS:
            asked_at = time.monotonic()
            try:
                known = (asked_at, may_read(call, round_id))
            except Refused as refused:
                raise Refused("not_found") from refused
            self._may.put(key, known)
        return known[1]

    def _fresh(self, key: Hashable, make: Callable[[], dict[str, Any]]) -> Kept:
        """Return a board of this second: one thread reads it, the others go on with the last one."""
        kept = self._kept.get(key)
        if kept is not None and time.monotonic() - kept.read_at < FRESH_SECONDS:
            return kept
        lock = self._locks.get(key)
        if lock is None:
            lock = threading.Lock()
            self._locks.put(key, lock)
        if not lock.acquire(blocking=kept is None):
            assert kept is not None
            return kept
        try:
            again = self._kept.get(key)
            if again is not None and time.monotonic() - again.read_at < FRESH_SECONDS:
                return again
            return self._read_anew(key, again, make)
        finally:
            lock.release()

    def _read_anew(self, key: Hashable, before: Kept | None, make: Callable[[], dict[str, Any]]) -> Kept:
        read_at = time.monotonic()
        try:
            body = orjson.dumps(make())
        except Refused as refused:
            raise Refused("not_found") from refused
        etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        if before is not None and before.etag == etag:
            kept = Kept(read_at, etag, before.bodies, before.sent)
        else:
            kept = Kept(read_at, etag, encodings(body, quality=4))
        self._kept.put(key, kept)
        return kept


@lru_cache(maxsize=64)
def _picture(asked: Asked, code: Code) -> str:
    """Return the QR code that leads to checking in with a code, which stands in the fragment of the address."""
    path = Address(asked.language, asked.code, page="hall", item=code.round_id).path()
    return qr_picture(f"{asked.origin}{path}#{code.digits}")
