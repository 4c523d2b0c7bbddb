"""The papers of a round as files, `/document/<code>/<id>`, and the way in for a scan, `/scan/<code>/<round id>`."""

from urllib.parse import quote

import flask

from dashboard.commands.documents import attach_scan
from dashboard.gate import allow
from dashboard.i18n import words
from dashboard.queries.documents import paper_body, papers_of
from dashboard.reports.pictures import scanned
from dashboard.rules.refused import Refused
from dashboard.web.addresses import id_of
from dashboard.web.context import Web, call_at
from dashboard.web.parts.notice import notice
from dashboard.web.parts.papers import papers_list
from dashboard.web.sender import address_of
from dashboard.web.sessions import token_of
from dashboard.web.uploading import LARGEST_SCAN, SCANS, body_of, language_asked, refused, shown


def offer_documents(server: flask.Flask, web: Web) -> None:
    """Let an application hand out the papers of rounds, and take the scan of a signed report."""

    def document(code: str, item: str) -> flask.Response:
        environ = flask.request.environ
        web.rates.take(address_of(environ, web.settings.proxies), token_of(environ))
        found = paper_body(call_at(web, code, writes=False), id_of(item))
        response = flask.make_response(found.body)
        response.headers["Content-Type"] = found.content_type
        # A header is Latin; a name in Chinese is written as RFC 5987 says.
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"
        response.headers["Cache-Control"] = "private, no-cache"
        return response

    def scan(code: str, item: str) -> flask.Response:
        language = language_asked()
        try:
            call = call_at(web, code, language, writes=True)
            # Before the body is read: whoever may not attach a scan sends nothing.
            allow(call, "document.make")
            picture = scanned(body_of(LARGEST_SCAN))
            attach_scan(call, id_of(item), picture)
            kept = papers_of(call, id_of(item))
        except Refused as error:
            return refused(error, language)
        told = words(language)
        return shown(papers_list(told, code, kept), notice("green", told("papers.scan.kept")))

    server.add_url_rule("/document/<code>/<item>", "document", document)
    server.add_url_rule(f"{SCANS}<code>/<item>", "scan", scan, methods=["POST"])
