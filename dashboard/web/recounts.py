"""Counting an uploaded box again: one plain request whose body is the file; nothing of it is stored or logged."""

import flask

from dashboard.gate import allow
from dashboard.i18n import words
from dashboard.queries.boxes import round_of_box
from dashboard.rules.box_recounts import BoxRecount
from dashboard.rules.refused import Refused
from dashboard.web.addresses import Address
from dashboard.web.context import Web, make_call
from dashboard.web.parts.recount_body import box_recounted, file_recounted
from dashboard.web.uploading import LARGEST_BOX, RECOUNT, body_of, language_asked, refused, shown
from dashboard.work.recounting import recount_uploaded


def offer_recounts(server: flask.Flask, web: Web) -> None:
    """Let an application count the files that are sent to it."""

    def count() -> flask.Response:
        language = language_asked()
        try:
            call = make_call(web, Address(language, page="recount").path(), writes=False, common=True)
            allow(call, "box.recount")
            raw = body_of(LARGEST_BOX)
            if not raw.strip():
                raise Refused("recount_empty")
            found = recount_uploaded(raw)
            told = words(language)
            if isinstance(found, BoxRecount):
                return shown(box_recounted(told, found, round_of_box(call, found.digest)), [])
            known = None if found.box is None else round_of_box(call, found.box)
            return shown(file_recounted(told, found, known), [])
        except Refused as error:
            return refused(error, language)

    server.add_url_rule(RECOUNT, "recount", count, methods=["POST"])
