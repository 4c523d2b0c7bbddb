"""The documents of candidates, `/candidate/<code>/<id>`: shown as pictures; the clerk sends one to a candidate."""

import flask

from dashboard.commands.candidates import attach_document
from dashboard.gate import allow
from dashboard.i18n import words
from dashboard.queries.candidates import candidate_document, candidate_told
from dashboard.reports.pictures import scanned
from dashboard.rules.refused import Refused
from dashboard.web.addresses import id_of
from dashboard.web.context import Web, call_at
from dashboard.web.parts.candidates import documents_part
from dashboard.web.parts.notice import notice
from dashboard.web.sender import address_of
from dashboard.web.sessions import token_of
from dashboard.web.uploading import (
    CANDIDATES,
    LARGEST_SCAN,
    body_of,
    language_asked,
    name_sent,
    refused,
    shown,
)


def offer_candidates(server: flask.Flask, web: Web) -> None:
    """Let an application show the documents of candidates, and take new ones."""

    def document(code: str, item: str) -> flask.Response:
        environ = flask.request.environ
        web.rates.take(address_of(environ, web.settings.proxies), token_of(environ))
        found = candidate_document(call_at(web, code, writes=False), id_of(item))
        response = flask.make_response(found.body)
        response.headers["Content-Type"] = found.content_type
        # Nothing of it stays on a terminal.
        response.headers["Cache-Control"] = "no-store"
        return response

    def attach(code: str, item: str) -> flask.Response:
        language = language_asked()
        try:
            call = call_at(web, code, language, writes=True)
            # Before the body is read: whoever may not attach a document sends nothing.
            allow(call, "candidate.describe")
            name = name_sent()
            attach_document(call, id_of(item), name, scanned(body_of(LARGEST_SCAN)))
            told = candidate_told(call, id_of(item))
        except Refused as error:
            return refused(error, language)
        say = words(language)
        return shown(documents_part(say, code, told), notice("green", say("candidates.attached")))

    server.add_url_rule(f"{CANDIDATES}<code>/<item>", "candidate_document", document)
    server.add_url_rule(f"{CANDIDATES}<code>/<item>", "candidate_attach", attach, methods=["POST"])
