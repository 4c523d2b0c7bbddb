"""Files of reports: sent to `/attach/<code>/<project>/<month>`, taken off at `/detach/…`, read at `/attachment/…`.

What is sent is looked through before it is kept, and only whoever writes the report's draft sends anything. What is
read is published, or is read by whom the report is shown to; everything else is not there.
"""

from datetime import date
from urllib.parse import quote
from uuid import UUID

import flask

from dashboard.commands.report_drafts import NewAttachment, attach, detach
from dashboard.gate import Call, allow
from dashboard.i18n import words
from dashboard.queries.attachments import attachment, draft_files, may_attach
from dashboard.reports.attachments import PDF
from dashboard.rules.refused import Refused
from dashboard.store.attachments import read_file
from dashboard.web.addresses import id_of
from dashboard.web.context import Web, call_at
from dashboard.web.parts.notice import notice
from dashboard.web.parts.report_files import draft_files_list
from dashboard.web.sender import address_of
from dashboard.web.sessions import token_of
from dashboard.web.uploading import ATTACH, answered, file_sent, shown


def offer_attachments(server: flask.Flask, web: Web) -> None:
    """Let an application take the files of reports and hand them out."""

    def put(code: str, project: str, month: str) -> flask.Response:
        return answered(lambda language: _attached(web, code, id_of(project), _day(month), language))

    def take_off(code: str, item: str) -> flask.Response:
        return answered(lambda language: _detached(web, code, id_of(item), language))

    def whole(code: str, item: str) -> flask.Response:
        return _file(web, code, item, preview=False)

    def preview(code: str, item: str) -> flask.Response:
        return _file(web, code, item, preview=True)

    server.add_url_rule(f"{ATTACH}<code>/<project>/<month>", "attach", put, methods=["POST"])
    server.add_url_rule("/detach/<code>/<item>", "detach", take_off, methods=["POST"])
    server.add_url_rule("/attachment/<code>/<item>", "attachment", whole)
    server.add_url_rule("/attachment/<code>/<item>/preview", "attachment_preview", preview)


def _attached(web: Web, code: str, project: UUID, month: date, language: str) -> flask.Response:
    call = call_at(web, code, language, writes=True)
    # Before the body is read: whoever may not attach anything sends nothing.
    allow(call, "report.draft")
    may_attach(call, project)
    file = file_sent(web.settings.var)
    attach(call, NewAttachment(project_id=project, month=month, **file.model_dump()))
    told = words(language)
    return _files(call, code, project, month, notice("green", told("report.files.kept", name=file.name)))


def _detached(web: Web, code: str, item: UUID, language: str) -> flask.Response:
    call = call_at(web, code, language, writes=True)
    project, month = detach(call, item)
    return _files(call, code, project, month, notice("grey", words(language)("report.files.removed")))


def _files(call: Call, code: str, project: UUID, month: date, told: object) -> flask.Response:
    files = draft_files(call, project, month)
    return shown(draft_files_list(words(call.language), code, files, kept=True), told)


def _file(web: Web, code: str, item: str, *, preview: bool) -> flask.Response:
    """Return a file: a picture to be seen, a PDF to be saved; nothing in it runs on a page of ours."""
    environ = flask.request.environ
    web.rates.take(address_of(environ, web.settings.proxies), token_of(environ))
    found = attachment(call_at(web, code, writes=False), id_of(item))
    digest = found.preview if preview else found.digest
    if digest is None:
        raise Refused("not_found")
    etag = f'"{digest}"'
    if flask.request.headers.get("If-None-Match") == etag:
        response = flask.make_response("", 304)
    else:
        response = flask.make_response(read_file(web.settings.var, digest))
        response.headers["Content-Type"] = found.media_type
        how = "attachment" if found.media_type == PDF else "inline"
        # A header is Latin; a name in Chinese is written as RFC 5987 says.
        response.headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(found.name, safe='')}"
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache" if found.is_public else "private, no-cache"
    return response


def _day(month: str) -> date:
    try:
        return date.fromisoformat(month)
    except ValueError as error:
        raise Refused("not_found") from error
