"""Files of inspections: sent to `/attach/<code>/inspection/<id>`, taken off at `/detach/<code>/inspection/<id>`.

They are looked through and kept as those of reports are, and read where those are: `/attachment/<code>/<id>`.
"""

from uuid import UUID

import flask

from dashboard.commands.inspection_findings import NewPicture, attach_picture, detach_picture
from dashboard.gate import Call, allow
from dashboard.i18n import words
from dashboard.queries.inspections import inspection, inspection_files
from dashboard.rules.inspections import INSPECTION
from dashboard.rules.refused import Refused
from dashboard.web.addresses import id_of
from dashboard.web.context import Web, call_at
from dashboard.web.parts.inspection_acts import FILES
from dashboard.web.parts.notice import notice
from dashboard.web.parts.report_files import files_part
from dashboard.web.uploading import ATTACH, answered, file_sent, shown


def offer_inspection_files(server: flask.Flask, web: Web) -> None:
    """Let an application take the files of inspections."""

    def put(code: str, item: str) -> flask.Response:
        return answered(lambda language: _attached(web, code, id_of(item), language))

    def take_off(code: str, item: str) -> flask.Response:
        return answered(lambda language: _detached(web, code, id_of(item), language))

    server.add_url_rule(f"{ATTACH}<code>/{INSPECTION}/<item>", "inspection_attach", put, methods=["POST"])
    server.add_url_rule(
        f"/detach/<code>/{INSPECTION}/<item>", "inspection_detach", take_off, methods=["POST"]
    )


def _attached(web: Web, code: str, item: UUID, language: str) -> flask.Response:
    call = call_at(web, code, language, writes=True)
    # Before the body is read: whoever may not attach anything sends nothing.
    allow(call, "inspection.record")
    if not inspection(call, item).may_record:
        raise Refused("not_yours")
    file = file_sent(web.settings.var)
    attach_picture(call, NewPicture(inspection_id=item, **file.model_dump()))
    told = words(language)("report.files.kept", name=file.name)
    return _files(call, code, item, notice("green", told))


def _detached(web: Web, code: str, item: UUID, language: str) -> flask.Response:
    call = call_at(web, code, language, writes=True)
    made = detach_picture(call, item)
    return _files(call, code, made, notice("grey", words(language)("report.files.removed")))


def _files(call: Call, code: str, item: UUID, told: object) -> flask.Response:
    files = inspection_files(call, item)
    return shown(files_part(words(call.language), code, files, FILES, f"/detach/{code}/{INSPECTION}"), told)
