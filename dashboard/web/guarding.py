"""What happens around every request that reaches Flask: checked before, marked, kept and logged after."""

import secrets
import time

import flask
import orjson
import structlog
from dash import Dash

from dashboard.rules.refused import Refused
from dashboard.web.context import KEY, Basis, Web
from dashboard.web.errors import answer_errors
from dashboard.web.front import kept_answer
from dashboard.web.security import CALLBACK, Shapes
from dashboard.web.sender import address_of
from dashboard.web.sessions import token_of
from dashboard.web.static import choose

log = structlog.get_logger()
SLOW_MILLISECONDS = 500
# As JSON writes the one character that PostgreSQL takes in no text.
NUL = b"\\u0000"


def guard(app: Dash, web: Web, fixed: list[tuple[str, str]]) -> None:
    """Let an application check every request before it runs, and give every answer its headers."""
    server: flask.Flask = app.server
    shapes = Shapes(app)

    def before() -> None:
        flask.g.started = time.perf_counter()
        flask.g.request_id = secrets.token_hex(6)
        if flask.request.method != "POST":
            return
        environ = flask.request.environ
        web.rates.take(address_of(environ, web.settings.proxies), token_of(environ))
        if flask.request.path == CALLBACK:
            if not flask.request.is_json:
                raise Refused("wrong_type")
            body = flask.request.get_data(cache=True)
            if NUL in body:
                raise Refused("malformed")
            try:
                shapes.check(orjson.loads(body))
            except orjson.JSONDecodeError as error:
                raise Refused("malformed") from error

    def after(response: flask.Response) -> flask.Response:
        for name, value in fixed:
            response.headers[name] = value
        response.headers.setdefault("Cache-Control", "no-store")
        _keep(web, response)
        _log(response)
        return response

    server.before_request(before)
    server.after_request(after)
    answer_errors(server)


def _keep(web: Web, response: flask.Response) -> None:
    key = flask.request.environ.get(KEY)
    basis: Basis | None = flask.g.get("basis")
    if key is None or basis is None or response.status_code != 200 or "Set-Cookie" in response.headers:
        return
    if flask.g.get("refused") is not None:
        return
    # What a member was sent lies in no other memory than ours.
    lasting = "no-store" if token_of(flask.request.environ) else "no-cache"
    file = (response.headers.get("ETag"), response.headers.get("Content-Disposition"))
    answer = kept_answer(response.get_data(), response.content_type or "", basis, lasting, *file)
    web.answers.put(key, answer)
    encoding, body = choose(answer.bodies, flask.request.headers.get("Accept-Encoding", ""))
    if encoding != "identity":
        response.set_data(body)
        response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding, Cookie"


def _log(response: flask.Response) -> None:
    milliseconds = round((time.perf_counter() - flask.g.get("started", time.perf_counter())) * 1000, 1)
    if response.status_code >= 400 or milliseconds > SLOW_MILLISECONDS:
        log.info(
            "request",
            request=flask.g.get("request_id"),
            method=flask.request.method,
            rule=str(flask.request.url_rule),
            status=response.status_code,
            ms=milliseconds,
        )
