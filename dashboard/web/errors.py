"""How errors are answered: in the reader's language, as a page or as JSON, never with anything internal."""

from html import escape
from typing import Any

import flask
import structlog
from dash.exceptions import DependencyException
from werkzeug.exceptions import HTTPException

from dashboard.i18n import DEFAULT, words
from dashboard.rules.refused import Refused
from dashboard.web import addresses
from dashboard.web.refusals import STATUS
from dashboard.web.security import CALLBACK, LARGEST_BODY

log = structlog.get_logger()
CODES = {404: "not_found", 405: "malformed", 411: "length_needed", 413: "too_large", 415: "wrong_type"}
PAGE = """<!DOCTYPE html>
<html lang="{lang}">
  <head>
    <meta charset="UTF-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{line}</title>
    <style>
      body {{ margin: 15vh auto; max-width: 36em; padding: 0 16px; font: 16px/26px sans-serif; }}
      h1 {{ font-size: 23px; line-height: 32px; }}
    </style>
  </head>
  <body><h1>{line}</h1><p>{advice}</p><p><a href="{home}">{way}</a></p></body>
</html>
"""


def answer_errors(server: flask.Flask) -> None:
    """Let an application answer refusals, HTTP errors and bugs in our words."""
    server.register_error_handler(Refused, _refused)
    server.register_error_handler(HTTPException, _http_error)
    # Dash raises it for a script that no library has: anyone may ask for one, so it is no bug of ours.
    server.register_error_handler(DependencyException, lambda _error: _told("not_found", 404, {}))
    server.register_error_handler(Exception, _bug)


def language_of_request() -> str:
    """Return the reader's language: the page's if it is known, else the path's, else what the browser asks for."""
    known: str | None = flask.g.get("language")
    if known is not None:
        return known
    path = flask.request.path
    if path != CALLBACK and addresses.read(path) is not None:
        return addresses.language_of(path)
    if addresses.language_of(path) != DEFAULT:
        return "en"
    return "en" if flask.request.accept_languages.best_match(["zh-CN", "zh", "en"]) == "en" else DEFAULT


def _told(code: str, status: int, facts: dict[str, object]) -> flask.Response:
    flask.g.refused = code
    language = language_of_request()
    line = words(language)(f"refused.{code}", **facts)
    if flask.request.method == "GET" and "text/html" in flask.request.headers.get("Accept", ""):
        page = PAGE.format(
            lang=language,
            line=escape(line),
            advice=escape(words(language)(f"refused.{code}.do", **facts)),
            home=addresses.Address(language).path(),
            way=escape(words(language)("state.home")),
        )
        return flask.make_response(page, status)
    advice = words(language)(f"refused.{code}.do", **facts)
    return flask.make_response(flask.jsonify({"refused": code, "message": line, "do": advice}), status)


def _refused(refused: Refused) -> flask.Response:
    return _told(refused.code, STATUS.get(refused.code, 400), refused.facts)


def _http_error(error: HTTPException) -> Any:
    if error.response is not None:
        return error.response
    if error.code is None or error.code >= 500:
        return _bug(error)
    facts: dict[str, object] = {"limit": LARGEST_BODY // 1024} if error.code == 413 else {}
    return _told(CODES.get(error.code, "malformed"), error.code, facts)


def _bug(error: Exception) -> flask.Response:
    log.error("bug", request=flask.g.get("request_id"), rule=str(flask.request.url_rule), exc_info=error)
    return _told("server_error", 500, {"request": flask.g.get("request_id", "-")})
