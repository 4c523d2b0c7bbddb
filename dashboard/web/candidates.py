"""The documents of candidates, `/candidate/<code>/<id>`: shown as pictures; the clerk sends one to a candidate."""

from uuid import UUID

import flask

from dashboard.commands.candidates import attach_document
from dashboard.gate import Call, allow
from dashboard.i18n import words
from dashboard.queries.candidates import candidate_document, candidate_told
from dashboard.reports.pictures import scanned
from dashboard.rules.refused import Refused
from dashboard.web.addresses import Address, read
from dashboard.web.context import Web, make_call
from dashboard.web.parts.candidates import documents_part
from dashboard.web.parts.notice import notice
from dashboard.web.sender import address_of
from dashboard.web.sessions import token_of
from dashboard.web.uploading import CANDIDATES, LARGEST_SCAN, body_of, language_asked, refused, shown

LONGEST_NAME = 200


def offer_candidates(server: flask.Flask, web: Web) -> None:
    """Let an application show the documents of candidates, and take new ones."""

    def document(code: str, item: str) -> flask.Response:
        environ = flask.request.environ
        web.rates.take(address_of(environ, web.settings.proxies), token_of(environ))
        found = candidate_document(_call(web, code, writes=False), _id(item))
        response = flask.make_response(found.body)
        response.headers["Content-Type"] = found.content_type
        # Nothing of it stays on a terminal.
        response.headers["Cache-Control"] = "no-store"
        return response

    def attach(code: str, item: str) -> flask.Response:
        language = language_asked()
        try:
            call = _call(web, code, writes=True, language=language)
            # Before the body is read: whoever may not attach a document sends nothing.
            allow(call, "candidate.describe")
            name = flask.request.args.get("name", "")[:LONGEST_NAME]
            attach_document(call, _id(item), name, scanned(body_of(LARGEST_SCAN)))
            told = candidate_told(call, _id(item))
        except Refused as error:
            return refused(error, language)
        say = words(language)
        return shown(documents_part(say, code, told), notice("green", say("candidates.attached")))

    server.add_url_rule(f"{CANDIDATES}<code>/<item>", "candidate_document", document)
    server.add_url_rule(f"{CANDIDATES}<code>/<item>", "candidate_attach", attach, methods=["POST"])


def _call(web: Web, code: str, *, writes: bool, language: str = "zh-CN") -> Call:
    if read(f"/{code}") != Address(code=code):
        raise Refused("not_found")
    return make_call(web, Address(language, code).path(), writes=writes)


def _id(item: str) -> UUID:
    try:
        return UUID(item)
    except ValueError as error:
        raise Refused("not_found") from error
