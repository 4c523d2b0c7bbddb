"""Files that somebody sends: where they go, how large they may be, and how the answer is put onto the page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import flask

from dashboard.i18n import words
from dashboard.reports.attachments import LARGEST_ATTACHMENT, taken
from dashboard.rules.attached_files import KeptFile
from dashboard.rules.refused import Refused
from dashboard.store.attachments import keep_file
from dashboard.web.quick_json import quick_json
from dashboard.web.refusals import refusal_notice, status_of

RECOUNT, SCANS, ATTACH, CANDIDATES = "/recount/count", "/scan/", "/attach/", "/candidate/"
SHEETS = "/sheet/"
LONGEST_NAME = 200
LARGEST_BOX = 20 * 1024 * 1024
LARGEST_SCAN = 8 * 1024 * 1024


def language_asked() -> str:
    """Return the language in which the page that sends a file is written."""
    return "en" if flask.request.args.get("lang") == "en" else "zh-CN"


def body_of(most: int) -> bytes:
    """Return the whole body of a request, at most so many bytes."""
    flask.request.max_content_length = most
    return flask.request.get_data(cache=False)


def name_sent() -> str:
    """Return the name that a file is sent under, cut where it is longer than any that is kept."""
    return flask.request.args.get("name", "")[:LONGEST_NAME]


def file_sent(var: Path) -> KeptFile:
    """Look a file through that somebody sends to be attached, keep it and its small picture, and return it."""
    file = taken(body_of(LARGEST_ATTACHMENT), name_sent())
    digest = keep_file(var, file.body)
    small = keep_file(var, file.preview) if file.preview is not None else None
    return KeptFile(
        name=file.name, media_type=file.media_type, size=len(file.body), digest=digest, preview=small
    )


def answered(act: Callable[[str], flask.Response]) -> flask.Response:
    """Return what an act gives that is told the language; its refusal as the page shows it."""
    language = language_asked()
    try:
        return act(language)
    except Refused as error:
        return refused(error, language)


def shown(children: Any, told: Any = None) -> flask.Response:
    """Return what assets/upload.js puts onto the page: what the file gives, and what is said of it."""
    return _answered({"told": told, "children": children}, 200)


def refused(error: Refused, language: str) -> flask.Response:
    """Return a refusal as a notice for the page, with its status; what stood there stays."""
    flask.g.refused = error.code
    return _answered({"told": refusal_notice(error, words(language))}, status_of(error) or 422)


def _answered(answer: dict[str, Any], status: int) -> flask.Response:
    response = flask.make_response(quick_json(answer), status)
    response.headers["Content-Type"] = "application/json"
    response.headers["Cache-Control"] = "no-store"
    return response
