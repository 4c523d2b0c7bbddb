"""The front of the application: what needs no Flask is answered here, everything else is handed on.

Static files, health, the version polls of open pages, and public answers that still hold come from memory.
"""

import hashlib
import io
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from dashboard.cache import Bounded
from dashboard.i18n import words
from dashboard.reports.attachments import LARGEST_ATTACHMENT
from dashboard.reports.workbooks import LARGEST_WORKBOOK
from dashboard.rules.refused import Refused
from dashboard.rules.topics import MOST, PUBLIC_TOPICS
from dashboard.store.transactions import Store
from dashboard.web import addresses
from dashboard.web.boards import Boards
from dashboard.web.context import ACTOR, KEY, Answer, Basis, Web, badge
from dashboard.web.refusals import STATUS
from dashboard.web.security import CALLBACK, LARGEST_BODY, refuse_cross_site, refuse_large
from dashboard.web.sender import address_of
from dashboard.web.sessions import token_of
from dashboard.web.static import File, choose, encodings
from dashboard.web.uploading import ATTACH, CANDIDATES, LARGEST_BOX, LARGEST_SCAN, RECOUNT, SCANS, SHEETS

Environ = dict[str, Any]
Start = Callable[[str, list[tuple[str, str]]], Any]
Application = Callable[[Environ, Any], Iterable[bytes]]

LARGEST_KEY = 8 * 1024
LASTING = "public, max-age=31536000, immutable"
REASONS = {
    200: "200 OK",
    304: "304 Not Modified",
    400: "400 Bad Request",
    403: "403 Forbidden",
    404: "404 Not Found",
    411: "411 Length Required",
    413: "413 Content Too Large",
    503: "503 Service Unavailable",
}


class Front:
    """The WSGI application that Granian serves."""

    def __init__(
        self,
        inner: Application,
        web: Web,
        files: Mapping[str, File],
        headers: list[tuple[str, str]],
        is_ready: Callable[[], bool],
        boards: Boards,
    ) -> None:
        self._inner, self._web, self._files, self._headers = inner, web, files, headers
        self._is_ready, self._boards = is_ready, boards
        self._topics: Bounded[tuple[Any, tuple[str, ...]]] = Bounded(4096)

    @property
    def store(self) -> Store:
        """Return the store that the whole process works on: its writers take turns."""
        return self._web.ground.store

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer a request here, or hand it on."""
        path: str = environ["PATH_INFO"]
        try:
            length = refuse_large(environ, self._most(path, environ))
            refuse_cross_site(environ)
            if environ["REQUEST_METHOD"] == "GET":
                # A member's poll may name topics that are not public: it passes through the gate.
                if path.startswith("/live/") and not token_of(environ):
                    return self._live(path, environ, start)
                if path.startswith("/board/"):
                    return self._board(environ, start)
                if path in {"/health", "/ready"}:
                    return self._health(path, start)
                query = environ.get("QUERY_STRING")
                file = self._files.get(f"{path}?{query}" if query else path)
                if file is not None:
                    return self._file(file, environ, start)
            return self._page(path, length, environ, start)
        except Refused as refused:
            return self._refuse(refused, path, start)

    def _most(self, path: str, environ: Environ) -> int:
        """Return how large a body may be: a box or a scan is larger than what any form sends.

        A scan's, or an attachment's, is asked of the session first, so that nobody without one makes us read it.
        """
        sizes = {
            SCANS: LARGEST_SCAN, CANDIDATES: LARGEST_SCAN, ATTACH: LARGEST_ATTACHMENT, SHEETS: LARGEST_WORKBOOK,
        }  # fmt: skip
        if path.startswith(tuple(sizes)):
            actor = self._web.sessions.actor(token_of(environ), datetime.now(UTC))
            most = next(size for start, size in sizes.items() if path.startswith(start))
            return most if actor.account_id is not None else LARGEST_BODY
        return LARGEST_BOX if path == RECOUNT else LARGEST_BODY

    def _page(self, path: str, length: int, environ: Environ, start: Start) -> Iterable[bytes]:
        is_callback = path == CALLBACK
        token = token_of(environ)
        if length > LARGEST_KEY or (not is_callback and (token or environ["REQUEST_METHOD"] != "GET")):
            return self._inner(environ, start)
        if is_callback and environ.get("CONTENT_TYPE", "").partition(";")[0].strip() != "application/json":
            raise Refused("wrong_type")
        body = environ["wsgi.input"].read(length) if length else b""
        environ["wsgi.input"] = io.BytesIO(body)
        query = environ.get("QUERY_STRING") if not is_callback else ""
        key = (
            self._shared_by(token, body, environ) if token else (environ.get("HTTP_HOST"), path, query, body)
        )
        answer = self._web.answers.get(key) if key else None
        if answer is not None and self._web.holds(answer.basis):
            if token:
                self._web.rates.take(address_of(environ, self._web.settings.proxies), token)
            return self._answer(answer, environ, start)
        environ[KEY] = key
        return self._inner(environ, start)

    def _shared_by(self, token: str, body: bytes, environ: Environ) -> Hashable:
        """Return under what a member's answer is kept for all of the same role, None where that cannot be told.

        A page says who opened it: that name is left out where it is the sender's, and any other gives no key.
        """
        actor = environ[ACTOR] = self._web.sessions.actor(token, datetime.now(UTC))
        name = b'"%b"' % badge(actor).encode()
        if actor.account_id is None or body.count(name) != 1:
            return None
        # A byte that no text has, so that nothing sent can stand for a name that was left out.
        return (actor.role, actor.congress_id, actor.must_change, body.replace(name, b"\xff"))

    def _answer(self, answer: Answer, environ: Environ, start: Start) -> Iterable[bytes]:
        encoding, body = choose(answer.bodies, environ.get("HTTP_ACCEPT_ENCODING", ""))
        sent = answer.sent.get(encoding)
        if sent is None:
            sent = answer.sent[encoding] = [
                ("Content-Type", answer.content_type),
                ("Content-Length", str(len(body))),
                ("Cache-Control", answer.lasting),
                ("Vary", "Accept-Encoding, Cookie"),
                ("ETag", answer.etag),
                *self._headers,
                *([("Content-Encoding", encoding)] if encoding != "identity" else []),
                *([("Content-Disposition", answer.disposition)] if answer.disposition else []),
            ]
        if environ.get("HTTP_IF_NONE_MATCH") == answer.etag and environ["REQUEST_METHOD"] == "GET":
            start(REASONS[304], [one for one in sent if one[0] not in {"Content-Length", "Content-Encoding"}])
            return [b""]
        start(REASONS[200], sent)
        return [body]

    def _file(self, file: File, environ: Environ, start: Start) -> Iterable[bytes]:
        sent = [
            ("Cache-Control", LASTING if file.lasting else "no-cache"),
            ("ETag", file.etag),
            ("Vary", "Accept-Encoding"),
            *self._headers,
        ]
        if environ.get("HTTP_IF_NONE_MATCH") == file.etag:
            start(REASONS[304], sent)
            return [b""]
        encoding, body = choose(file.bodies, environ.get("HTTP_ACCEPT_ENCODING", ""))
        sent += [("Content-Type", file.content_type), ("Content-Length", str(len(body)))]
        if encoding != "identity":
            sent.append(("Content-Encoding", encoding))
        start(REASONS[200], sent)
        return [body]

    def _live(self, path: str, environ: Environ, start: Start) -> Iterable[bytes]:
        congress, topics = self._topic(path)
        etag = self._web.etag(self._web.ground.versions.stamp(congress, topics))
        sent = [("ETag", etag), ("Cache-Control", "no-cache"), *self._headers]
        if environ.get("HTTP_IF_NONE_MATCH") == etag:
            start(REASONS[304], sent)
            return [b""]
        start(REASONS[200], [("Content-Type", "text/plain"), ("Content-Length", "0"), *sent])
        return [b""]

    def _board(self, environ: Environ, start: Start) -> Iterable[bytes]:
        status, sent, body = self._boards.poll(environ)
        start(REASONS[status], [*sent, *self._headers])
        return [body]

    def _topic(self, path: str) -> tuple[Any, tuple[str, ...]]:
        known = self._topics.get((path, self._web.directory.current()))
        if known is None:
            _, _, code, *rest = path.split("/", 3)
            topics = tuple(rest[0].split("+")) if rest else ()
            listed = self._web.directory.find(code) if code else None
            # A topic that is not public answers as one that does not exist.
            if listed is None or not topics or len(topics) > MOST or not PUBLIC_TOPICS.issuperset(topics):
                raise Refused("not_found")
            known = (listed.id, topics)
            self._topics.put((path, self._web.directory.version), known)
        return known

    def _health(self, path: str, start: Start) -> Iterable[bytes]:
        if path == "/ready" and not self._is_ready():
            raise Refused("not_ready")
        start(REASONS[200], [("Content-Type", "text/plain"), ("Cache-Control", "no-store"), *self._headers])
        return [b"ok\n"]

    def _refuse(self, refused: Refused, path: str, start: Start) -> Iterable[bytes]:
        language = words(addresses.language_of(path))
        message, advice = (language(f"refused.{refused.code}{end}", **refused.facts) for end in ("", ".do"))
        body = orjson.dumps({"refused": refused.code, "message": message, "do": advice})
        status = STATUS[refused.code]
        sent = [
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(body))),
            ("Connection", "close"),
        ]
        start(REASONS.get(status, str(status)), [*sent, *self._headers])
        return [body]


def kept_answer(
    body: bytes,
    content_type: str,
    basis: Basis,
    lasting: str,
    etag: str | None = None,
    disposition: str | None = None,
) -> Answer:
    """Return an answer to be kept, compressed once; `lasting` is what its Cache-Control says.

    A file to be saved brings its own `etag` and `disposition`.
    """
    own = etag or f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    return Answer(encodings(body, quality=5), own, content_type, basis, lasting, disposition)
