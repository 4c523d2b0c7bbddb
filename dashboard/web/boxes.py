"""Sealed boxes to take away: `/box/<code>/<round id>.<json|csv|pb>`, the first exactly as it was sealed."""

from collections.abc import Callable, Mapping

import flask

from dashboard.queries.boxes import Sealed, sealed_box
from dashboard.rules.boxes import box_csv, box_pb, read_box
from dashboard.rules.refused import Refused
from dashboard.web.addresses import id_of
from dashboard.web.context import Web, call_at
from dashboard.web.sender import address_of
from dashboard.web.sessions import token_of

KINDS: Mapping[str, tuple[str, Callable[[Sealed], str]]] = {
    "json": ("application/json; charset=utf-8", lambda box: box.body),
    "csv": ("text/csv; charset=utf-8", lambda box: box_csv(read_box(box.body.encode()))),
    "pb": ("text/plain; charset=utf-8", lambda box: box_pb(read_box(box.body.encode()))),
}


def offer_boxes(server: flask.Flask, web: Web) -> None:
    """Let an application hand out boxes to those whom the rule set of their round names."""

    def box(code: str, item: str, kind: str) -> flask.Response:
        environ = flask.request.environ
        web.rates.take(address_of(environ, web.settings.proxies), token_of(environ))
        if kind not in KINDS:
            raise Refused("not_found")
        call, round_id = call_at(web, code, writes=False), id_of(item)
        sealed = sealed_box(call, round_id)
        content_type, written = KINDS[kind]
        etag = f'"{sealed.digest}.{kind}"'
        if flask.request.headers.get("If-None-Match") == etag:
            response = flask.make_response("", 304)
        else:
            response = flask.make_response(written(sealed).encode())
            response.headers["Content-Type"] = content_type
            response.headers["Content-Disposition"] = f'attachment; filename="box-{code}-{round_id}.{kind}"'
        response.headers["ETag"] = etag
        # Asked again each time: a session that ended opens no box out of the browser's memory.
        response.headers["Cache-Control"] = "private, no-cache"
        return response

    server.add_url_rule("/box/<code>/<item>.<kind>", "box", box)
