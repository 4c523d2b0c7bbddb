"""What is pressed on the page of a remark: answered, judged, published."""

from uuid import UUID

from dash import Input, Output, State
from dash.development.base_component import Component
from pydantic import ValidationError

from dashboard.commands.remarks import (
    NewRemarkAnswer,
    Verdict,
    answer_remark,
    judge_answer,
    publish_remark,
)
from dashboard.gate import Call
from dashboard.i18n import Words, words
from dashboard.queries.remarks import remark_shown
from dashboard.rules.refused import Refused
from dashboard.rules.remark_frames import RemarkShown
from dashboard.rules.roles import Role, may
from dashboard.web import addresses
from dashboard.web.addresses import Address
from dashboard.web.context import PageState
from dashboard.web.parts.notice import notice
from dashboard.web.parts.remarks import answer_form, answers_card, clerk_card, remark_card, verdict_form
from dashboard.web.wiring import writes

Drawn = tuple[list[Component], Component]
DRAWN = (
    Output("remark-body", "children", allow_duplicate=True),
    Output("remark-told", "children", allow_duplicate=True),
)


def remark_body(call: Call, language: Words, row: RemarkShown, here: Address) -> list[Component]:
    """Return a remark with its answers and the forms of whoever reads it."""
    body: list[Component | None] = [remark_card(language, row, here), answers_card(language, row)]
    if row.inside and may(call.role, "remark.answer"):
        body.append(answer_form(language, row))
    is_own = call.role is Role.DEPUTY and row.inside
    if is_own and row.answers and row.answers[-1].satisfied is None:
        body.append(verdict_form(language, row))
    publishes, opens = may(call.role, "remark.publish"), may(call.role, "task.open")
    if publishes or opens:
        body.append(clerk_card(language, row, here, publishes, opens))
    return [one for one in body if one is not None]


@writes(
    *DRAWN,
    Input("remark-answer-send", "n_clicks"),
    State("remark-answer-text", "value"),
    State("remark-answer-reason", "value"),
    State("remark-answer-request", "data"),
    State("remark-answer-seen", "data"),
)
def answer(
    call: Call,
    _clicks: int,
    text: str | None,
    reason: str | None,
    request: str | None,
    seen: int,
    page: PageState,
) -> Drawn:
    """Answer the remark as its department, or answer it anew."""
    try:
        new = NewRemarkAnswer(
            remark_id=_remark(page), seen=seen, text=text or "", reason=reason or "", request_id=request or ""
        )
    except ValidationError as error:
        raise Refused("malformed") from error
    answer_remark(call, new)
    return _drawn(call, page, "answered")


@writes(
    *DRAWN,
    Input("remark-satisfied", "n_clicks"),
    State("remark-verdict-text", "value"),
    State("remark-verdict-version", "data"),
)
def satisfied(call: Call, _clicks: int, text: str | None, version: int, page: PageState) -> Drawn:
    """Say that the answer satisfies."""
    return _judged(call, page, version, text, satisfied=True)


@writes(
    *DRAWN,
    Input("remark-unsatisfied", "n_clicks"),
    State("remark-verdict-text", "value"),
    State("remark-verdict-version", "data"),
)
def unsatisfied(call: Call, _clicks: int, text: str | None, version: int, page: PageState) -> Drawn:
    """Say that the answer does not satisfy, and what is missing."""
    return _judged(call, page, version, text, satisfied=False)


@writes(*DRAWN, Input("remark-publish", "n_clicks"))
def publish(call: Call, _clicks: int, page: PageState) -> Drawn:
    """Publish the remark with its answers."""
    publish_remark(call, _remark(page))
    return _drawn(call, page, "published")


def _judged(call: Call, page: PageState, version: int, text: str | None, *, satisfied: bool) -> Drawn:
    try:
        given = Verdict(remark_id=_remark(page), version=version, satisfied=satisfied, text=text or "")
    except ValidationError as error:
        raise Refused("malformed") from error
    judge_answer(call, given)
    return _drawn(call, page, "satisfied" if satisfied else "unsatisfied")


def _drawn(call: Call, page: PageState, done: str) -> Drawn:
    language = words(call.language)
    here = addresses.read(page.path) or Address(call.language)
    body = remark_body(call, language, remark_shown(call, _remark(page)), here)
    return body, notice("green", language(f"remark.told.{done}"), language(f"remark.told.{done}.do"))


def _remark(page: PageState) -> UUID:
    """Return the remark that the page is about; its id is the address's, never the browser's."""
    return addresses.thing_on(page.path, "remarks")[1]
