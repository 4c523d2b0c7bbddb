"""Plain requests of the hall: leaving a shared terminal, and the version that open pages of a round's hall poll.

`POST /hall/leave` ends the session and its cookie; `GET /hall/live/<code>/<round>` answers as `/live/…` does.
"""

import time
from uuid import UUID

import flask

from dashboard.commands.accounts import sign_out
from dashboard.gate import Call, allow
from dashboard.queries.attendance import attendance_mark
from dashboard.rules.hall import STEP_SECONDS
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.web import addresses
from dashboard.web.context import Web, make_call
from dashboard.web.cookie import set_cookie

FRESH_SECONDS = 1.0


def serve_hall(server: flask.Flask, web: Web) -> None:
    """Let an application answer the plain requests of the hall."""

    def leave() -> flask.Response:
        call = make_call(web, "/", writes=True, common=True)
        if call.actor.role is not Role.PUBLIC:
            web.sessions.forget(sign_out(call))
        onward = flask.request.form.get("next", "")
        response = flask.redirect(onward, 303) if _is_ours(onward) else flask.make_response("", 204)
        set_cookie(response, web, "")
        return flask.make_response(response)

    def live(code: str, round_id: UUID) -> flask.Response:
        call = make_call(web, addresses.Address(code=code).path(), writes=False)
        etag = hall_etag(web, call, round_id)
        response = flask.make_response("", 304 if flask.request.headers.get("If-None-Match") == etag else 200)
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = "private, no-cache"
        return response

    server.add_url_rule("/hall/leave", "hall_leave", leave, methods=["POST"])
    server.add_url_rule("/hall/live/<code>/<uuid:round_id>", "hall_live", live)


def hall_etag(web: Web, call: Call, round_id: UUID) -> str:
    """Return the version of a round's hall for whoever asks; who may not see it is told that it is not there.

    All deputies of a hall ask every second or two: what they follow is read once a second, and changes with the
    round and with what clerk and scrutineers do, not with every colleague who comes. The clerk's changes with the
    code on the screen as well.
    """
    try:
        allow(call, "check_in.read")
    except Refused as refused:
        raise Refused("not_found") from refused
    if not call.is_member:
        raise Refused("not_found")
    whole = call.role is not Role.DEPUTY
    key = (call.congress_id, round_id, whole)
    known = web.hall_marks.get(key)
    if known is None or time.monotonic() - known[0] > FRESH_SECONDS:
        known = (time.monotonic(), attendance_mark(call, round_id, whole))
        web.hall_marks.put(key, known)
    step = int(call.now.timestamp()) // STEP_SECONDS if call.role is Role.CLERK else 0
    return f'"{web.build[:8]}.{known[1]}.{step}"'


def _is_ours(wanted: str) -> bool:
    path = wanted.partition("?")[0]
    return path.startswith("/") and "//" not in path and "\\" not in path and addresses.read(path) is not None
