"""The announced seal of a round and its published box as plain files, for browsers that check a ballot themselves.

No receipt is asked for: whose ballot is looked for is known to the browser alone.
"""

from uuid import UUID

import flask
import orjson

from dashboard.gate import Call
from dashboard.queries.announced_box import announced_seal, public_box
from dashboard.rules.refused import Refused
from dashboard.web.addresses import Address
from dashboard.web.context import Web, make_call
from dashboard.web.sender import address_of
from dashboard.web.sessions import token_of


def offer_seals(server: flask.Flask, web: Web) -> None:
    """Let an application answer what was announced of a round's box."""

    def seal(code: str, round_id: str) -> flask.Response:
        call, identity = _asked(web, code, round_id)
        found = announced_seal(call, identity)
        body = orjson.dumps(
            {
                "digest": found.digest,
                "announcement": found.announcement,
                "options": {str(number): name for number, name in found.options},
                "box": f"/vote/{code}/{round_id}/box.json" if found.is_public else None,
            }
        )
        return flask.Response(body, mimetype="application/json")

    def box(code: str, round_id: str) -> flask.Response:
        call, identity = _asked(web, code, round_id)
        return flask.Response(public_box(call, identity), mimetype="application/json")

    server.add_url_rule("/vote/<code>/<round_id>/seal", "vote_seal", seal)
    server.add_url_rule("/vote/<code>/<round_id>/box.json", "vote_box", box)


def _asked(web: Web, code: str, round_id: str) -> tuple[Call, UUID]:
    environ = flask.request.environ
    web.rates.take(address_of(environ, web.settings.proxies), token_of(environ))
    try:
        return make_call(web, Address(code=code).path(), writes=False), UUID(round_id)
    except ValueError as error:
        raise Refused("not_found") from error
