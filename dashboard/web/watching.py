"""The version polls that need a permission: what is not public is answered to members only, to others as absent."""

from collections.abc import Callable
from uuid import UUID

import flask

from dashboard.gate import Call, allow
from dashboard.rules.refused import Refused
from dashboard.rules.topics import DESK, MOST, PUBLIC_TOPICS
from dashboard.web.addresses import Address
from dashboard.web.context import Web, make_call
from dashboard.web.watched import conduct_etag, paper_etag


def watch(server: flask.Flask, web: Web) -> None:
    """Let members poll the topics of their desk; public topics are answered by the front."""

    def live(code: str, topics: str) -> flask.Response:
        wanted = tuple(topics.split("+"))
        call = make_call(web, Address(code=code).path(), writes=False)
        if len(wanted) > MOST or not (PUBLIC_TOPICS | {DESK}).issuperset(wanted):
            raise Refused("not_found")
        try:
            allow(call, "desk.read" if DESK in wanted else "topic.read")
        except Refused as refused:
            raise Refused("not_found") from refused
        return _versioned(web.etag(web.ground.versions.stamp(call.congress_id, wanted)))

    def conducted(code: str, round_id: UUID) -> flask.Response:
        return _followed(web, conduct_etag, code, round_id)

    def on_paper(code: str, round_id: UUID) -> flask.Response:
        return _followed(web, paper_etag, code, round_id)

    server.add_url_rule("/live/<code>/<topics>", "live", live)
    server.add_url_rule("/conduct/live/<code>/<uuid:round_id>", "conduct_live", conducted)
    server.add_url_rule("/paper/live/<code>/<uuid:round_id>", "paper_live", on_paper)


def _followed(
    web: Web, version: Callable[[Web, Call, UUID], str], code: str, round_id: UUID
) -> flask.Response:
    """Return the version of a round for who has a part in it, to others as if there were none."""
    call = make_call(web, Address(code=code).path(), writes=False)
    try:
        etag = version(web, call, round_id)
    except Refused as refused:
        raise Refused("not_found") from refused
    return _versioned(etag)


def _versioned(etag: str) -> flask.Response:
    """Return an empty answer that says whether the version is still the one that the page knows."""
    response = flask.make_response("", 304 if flask.request.headers.get("If-None-Match") == etag else 200)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return response
