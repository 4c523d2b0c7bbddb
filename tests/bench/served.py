"""The product's own server, started as the product starts it, with routes beside it to compare with.

`/constant/<bytes>` answers bytes of that number, `/bare` is a Flask route that does nothing, `/forget` empties the
memories of the process, so that the next answer is made from the database. Asked with the header X-Cpu, an answer
says in it how many milliseconds of CPU it took. With BENCH_PLAIN
set the whole of plotly.js is served in the place of the partial bundle, and nothing is compressed.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

import flask
from granian import Granian
from plotly.offline import get_plotlyjs

from dashboard.config import Settings
from dashboard.web import serving
from dashboard.web.front import Front

Environ = dict[str, Any]
CPU, CPU_ASKED = "X-Cpu", "HTTP_X_CPU"
BUNDLE = "/assets/vendor/plotly-basic.min.js"


class Compared:
    """The product's application, and what it is compared with."""

    def __init__(self, product: Front) -> None:
        self._product = product
        self._constants: dict[str, bytes] = {}
        self._plain = get_plotlyjs().encode() if os.environ.get("BENCH_PLAIN") else None
        bare = flask.Flask("bare")
        bare.add_url_rule("/bare", view_func=lambda: "bare")
        self._bare = bare.wsgi_app

    def __call__(self, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        if path.startswith("/constant/"):
            return self._constant(path, start)
        if path == "/forget":
            return self._forget(start)
        if path == "/bare":
            return self._bare(environ, start)
        if self._plain is not None:
            environ.pop("HTTP_ACCEPT_ENCODING", None)
            if path == BUNDLE:
                start("200 OK", _headers("text/javascript", self._plain))
                return [self._plain]
        return self._timed(environ, start)

    def _timed(self, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        begun = time.thread_time()

        def told(status: str, headers: list[tuple[str, str]]) -> Any:
            return start(status, [*headers, (CPU, f"{(time.thread_time() - begun) * 1e3:.2f}")])

        return self._product(environ, told if CPU_ASKED in environ else start)

    def _constant(self, path: str, start: Callable[..., Any]) -> Iterable[bytes]:
        body = self._constants.get(path)
        if body is None:
            body = self._constants[path] = b"c" * int(path.rsplit("/", 1)[1])
        start("200 OK", _headers("application/json", body))
        return [body]

    def _forget(self, start: Callable[..., Any]) -> Iterable[bytes]:
        web = self._product._web
        for memory in (web.answers, web.ground.frames, web.ground.versions._known, web.sessions._seen):
            memory.clear()  # type: ignore[attr-defined]
        web.directory.forget()
        start("204 No Content", [])
        return []


def _headers(kind: str, body: bytes) -> list[tuple[str, str]]:
    return [("Content-Type", kind), ("Content-Length", str(len(body)))]


def application() -> Compared:
    """Make the application in a server process."""
    return Compared(serving.application())


def _compared(_target: str, **options: Any) -> Granian:
    return Granian("tests.bench.served:application", **options)


if __name__ == "__main__":
    serving.Granian = _compared
    sys.exit(serving.serve(Settings(), argparse.Namespace()))
