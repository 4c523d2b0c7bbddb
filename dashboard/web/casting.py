"""Votes as plain requests, so that a lost answer can be asked for again with the same receipt.

`POST /vote/<code>/<round>` casts, `POST /vote/<code>/<round>/change` changes, `POST /receipt` looks up. All take and
give JSON; what is answered was committed before. A receipt stands in a body alone: never in a path, query or log.
"""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar
from uuid import UUID

import flask
import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dashboard.commands import voting
from dashboard.commands.voting import NewVote
from dashboard.gate import Call
from dashboard.i18n import DEFAULT, LOCALES, Words, words
from dashboard.queries.receipts import look_up
from dashboard.rules.refused import Refused
from dashboard.store.casting import Cast
from dashboard.web import addresses
from dashboard.web.context import Web, badge, make_call
from dashboard.web.errors import language_of_request
from dashboard.web.refusals import STATUS
from dashboard.web.sender import address_of
from dashboard.web.sessions import token_of

LARGEST = 8 * 1024
# Where none stands here, what was asked for stands against what is there.
STATUSES = STATUS | {
    "sign_in_first": 401, "not_allowed": 403, "change_password_first": 403, "signed_out": 401,
    "not_on_roll": 403, "not_present": 403, "change_not_allowed": 403, "receipt_unknown": 404,
}  # fmt: skip
CONFLICT = 409
Command = Callable[[Call, UUID, NewVote], Cast]


class SentVote(NewVote):
    """A vote as a page sends it: `actor` is whom the page was opened by, where it says so."""

    actor: Annotated[str, Field(max_length=36)] | None = None


class SentReceipt(BaseModel):
    """A receipt to look up."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)

    receipt: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", repr=False)]


Sent = TypeVar("Sent", SentVote, SentReceipt)


def take_votes(server: flask.Flask, web: Web) -> None:
    """Let an application take votes, changes and receipts."""

    def cast(code: str, round_id: str) -> flask.Response:
        return _answered(lambda: _vote(web, voting.cast, code, round_id))

    def change(code: str, round_id: str) -> flask.Response:
        return _answered(lambda: _vote(web, voting.change, code, round_id))

    def find() -> flask.Response:
        return _answered(lambda: _found(web))

    for rule, view in (("/vote/<code>/<round_id>", cast), ("/vote/<code>/<round_id>/change", change)):
        server.add_url_rule(rule, f"vote_{view.__name__}", view, methods=["POST"])
    server.add_url_rule("/receipt", "receipt_find", find, methods=["POST"])


def _answered(answer: Callable[[], dict[str, Any]]) -> flask.Response:
    """Return what a function gives as JSON, and a refusal with its sentence and what to do."""
    try:
        told, status = answer(), 200
    except Refused as refused:
        say = _words()
        told = {
            "refused": refused.code,
            "message": say(f"refused.{refused.code}", **refused.facts),
            "do": say(f"refused.{refused.code}.do", **refused.facts),
        }
        status = STATUSES.get(refused.code, CONFLICT)
    return flask.Response(orjson.dumps(told), status, mimetype="application/json")


def _words() -> Words:
    """Return the words of the reader: as the query says, else as the browser does."""
    language = flask.request.args.get("lang")
    return words(language if language in LOCALES else language_of_request())


def _read(model: type[Sent]) -> Sent:
    request = flask.request
    if not request.is_json:
        raise Refused("wrong_type")
    if (request.content_length or 0) > LARGEST:
        raise Refused("too_large", limit=LARGEST // 1024)
    try:
        return model.model_validate_json(request.get_data(cache=False))
    except ValidationError:
        # Not `from`: nothing of what was sent goes on.
        raise Refused("malformed") from None


def _vote(web: Web, command: Command, code: str, round_id: str) -> dict[str, Any]:
    vote = _read(SentVote)
    address = addresses.read(f"/{code}")
    # A page's name or a language is no congress, though it leads to one.
    if address is None or address.code != code:
        raise Refused("not_found")
    call = make_call(web, address.path(), writes=True)
    if vote.actor is not None and vote.actor != badge(call.actor):
        raise Refused("signed_out")
    if command is voting.change:
        web.rates.changes.take(token_of(flask.request.environ) or "")
    done = command(call, _key(round_id), vote)
    told = {"state": done.state, "title": done.title, "at": words(DEFAULT).clock(call.now)}
    return told if done.marks is None else told | {"marks": done.marks}


def _key(text: str) -> UUID:
    """Return the id that an address names, written in the one way that ours are."""
    try:
        key = UUID(text)
    except ValueError:
        raise Refused("not_found") from None
    if str(key) != text:
        raise Refused("not_found")
    return key


def _found(web: Web) -> dict[str, Any]:
    environ = flask.request.environ
    web.rates.lookups.take(address_of(environ, web.settings.proxies))
    sent = _read(SentReceipt)
    found = look_up(make_call(web, "/receipt", writes=False, common=True), bytes.fromhex(sent.receipt))
    told: dict[str, Any] = {
        "state": found.state,
        "code": found.code,
        "congress": found.congress,
        "round": str(found.round_id),
        "title": found.title,
    }
    listed = web.directory.find(found.code)
    if listed is not None and listed.provenance == "simulated":
        told["simulated"] = True
    if found.reason is not None:
        told["reason"] = _words()(found.reason.code, **found.reason.facts)
    return told if found.marks is None else told | {"marks": found.marks}
