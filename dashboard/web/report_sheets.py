"""A month's reports by Excel: `/sheet/<code>/<year>/<month>.xlsx` goes out, and comes back without .xlsx.

What is sent is read in memory and forgotten: first it is told what it would change; with `?send=` and the digest of
that file it is submitted, all of it or nothing.
"""

import hashlib
from datetime import date
from urllib.parse import quote
from uuid import UUID

import flask

from dashboard.commands.progress import NewReport, submit_reports
from dashboard.gate import Call, allow
from dashboard.i18n import words
from dashboard.queries.report_sheets import checked_sheet, report_sheet
from dashboard.reports.bulletin_sheets import XLSX
from dashboard.reports.report_sheets import report_xlsx, sheet_rows
from dashboard.reports.workbooks import LARGEST_WORKBOOK
from dashboard.rules.refused import Refused
from dashboard.rules.report_sheets import SheetRead
from dashboard.web.context import Web, call_at
from dashboard.web.parts.notice import notice
from dashboard.web.parts.report_sheets import preview
from dashboard.web.sender import address_of
from dashboard.web.sessions import token_of
from dashboard.web.uploading import SHEETS, body_of, language_asked, refused, shown


def offer_report_sheets(server: flask.Flask, web: Web) -> None:
    """Let an application hand out the table of a month's reports, and take it back."""

    def out(code: str, year: str, month: str) -> flask.Response:
        environ = flask.request.environ
        web.rates.take(address_of(environ, web.settings.proxies), token_of(environ))
        language = language_asked()
        call = call_at(web, code, language, writes=False)
        with call.snapshot():
            sheet = report_sheet(call, _year(year), _month(month))
        told = words(language)
        response = flask.make_response(report_xlsx(told, sheet))
        name = f"{told('sheet.name')}-{month}.xlsx"
        response.headers["Content-Type"] = XLSX
        # A header is Latin; a name in Chinese is written as RFC 5987 says.
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        response.headers["Cache-Control"] = "no-store"
        return response

    def back(code: str, year: str, month: str) -> flask.Response:
        language = language_asked()
        try:
            call = call_at(web, code, language, writes=True)
            # Before the body is read: whoever may not submit anything sends nothing.
            allow(call, "report.submit")
            return _taken(call, code, _year(year), _month(month))
        except Refused as error:
            return refused(error, language)

    server.add_url_rule(f"{SHEETS}<code>/<year>/<month>.xlsx", "report_sheet", out)
    server.add_url_rule(f"{SHEETS}<code>/<year>/<month>", "report_sheet_back", back, methods=["POST"])


def _taken(call: Call, code: str, year: int, month: date) -> flask.Response:
    language, body = words(call.language), body_of(LARGEST_WORKBOOK)
    digest, sent = hashlib.sha256(body).hexdigest(), flask.request.args.get("send")
    if sent is not None and sent != digest:
        raise Refused("sheet_not_same")
    found = checked_sheet(call, year, month, sheet_rows(body))
    if sent is not None and not found.wrong:
        n = len(submit_reports(call, _reports(found, month)))
        return shown(
            [], notice("green", language("sheet.sent", n=language.count(n)), language("sheet.sent.do"))
        )
    asked = "en" if call.language == "en" else "zh"
    again = f"{SHEETS}{code}/{year}/{month:%Y-%m}?lang={asked}&send={digest}"
    return shown(preview(language, found, again), [])


def _reports(found: SheetRead, month: date) -> list[NewReport]:
    return [
        NewReport(
            project_id=UUID(one.project.project_id), month=month, revision=one.project.revision,
            follows=one.project.version, **one.values,
        )
        for one in found.changes
    ]  # fmt: skip


def _year(typed: str) -> int:
    if not (typed.isascii() and typed.isdecimal() and len(typed) == 4):
        raise Refused("not_found")
    return int(typed)


def _month(typed: str) -> date:
    try:
        return date.fromisoformat(f"{typed}-01")
    except ValueError as error:
        raise Refused("not_found") from error
