"""The monthly bulletin as a file: `/bulletin/<code>/<year>/<month>.<docx|xlsx>`, the month as 2025-09."""

from collections.abc import Callable, Mapping
from datetime import date
from urllib.parse import quote

import flask

from dashboard.i18n import DEFAULT, words
from dashboard.queries.bulletins import bulletin
from dashboard.reports.bulletin_documents import bulletin_docx, title_of
from dashboard.reports.bulletin_sheets import XLSX, bulletin_xlsx
from dashboard.reports.round_documents import DOCX
from dashboard.rules.bulletins import Bulletin
from dashboard.rules.refused import Refused
from dashboard.web.context import Web, call_at
from dashboard.web.sender import address_of
from dashboard.web.sessions import token_of

KINDS: Mapping[str, tuple[str, Callable[[Bulletin], bytes]]] = {
    "docx": (DOCX, bulletin_docx),
    "xlsx": (XLSX, bulletin_xlsx),
}


def offer_bulletins(server: flask.Flask, web: Web) -> None:
    """Let an application hand out the bulletin of a month."""

    def answered(code: str, year: str, month: str, kind: str) -> flask.Response:
        environ = flask.request.environ
        web.rates.take(address_of(environ, web.settings.proxies), token_of(environ))
        if kind not in KINDS:
            raise Refused("not_found")
        call = call_at(web, code, writes=False)
        with call.snapshot():
            found = bulletin(call, _year(year), _month(month))
        content_type, made = KINDS[kind]
        response = flask.make_response(made(found))
        name = f"{title_of(words(DEFAULT), found)}.{kind}"
        response.headers["Content-Type"] = content_type
        # A header is Latin; a name in Chinese is written as RFC 5987 says.
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        response.headers["Cache-Control"] = "no-store"
        return response

    server.add_url_rule("/bulletin/<code>/<year>/<month>.<kind>", "bulletin", answered)


def _year(typed: str) -> int:
    if not (typed.isascii() and typed.isdecimal() and len(typed) == 4):
        raise Refused("not_found")
    return int(typed)


def _month(typed: str) -> date:
    try:
        return date.fromisoformat(f"{typed}-01")
    except ValueError as error:
        raise Refused("not_found") from error
