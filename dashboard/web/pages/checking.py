"""审核月报: what the clerk publishes or gives back, the objections that wait, the months that nobody reported."""

from typing import Any
from uuid import UUID

from dash import Input, Output, State, html
from dash.development.base_component import Component
from pydantic import ValidationError

from dashboard.commands.objections import NewAnswer, answer_objection
from dashboard.commands.progress import publish_reports, return_reports
from dashboard.gate import Call
from dashboard.i18n import Words, words
from dashboard.queries.bulletins import bulletin_months
from dashboard.queries.cycles import shown_year
from dashboard.queries.report_check import checking
from dashboard.rules.refused import Refused
from dashboard.rules.roles import may
from dashboard.rules.topics import DESK
from dashboard.web import addresses
from dashboard.web.context import PageState
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.bulletins import bulletin_links
from dashboard.web.parts.heading import heading
from dashboard.web.parts.notice import notice
from dashboard.web.parts.report_check import choosing, missing_card, objections_card, waiting_cards
from dashboard.web.parts.text import data
from dashboard.web.watched import live_state
from dashboard.web.wiring import reads, writes

Drawn = tuple[list[Component], Component]
DRAWN = (
    Output("check-body", "children", allow_duplicate=True),
    Output("check-told", "children", allow_duplicate=True),
)


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return what waits to be checked."""
    words_ = view.words
    body = _body(call, view.address)
    marks = [live_state(call, words_, (DESK, "progress"))]
    if call.place is not None and call.place.simulated:
        marks.append(simulated(words_))
    line = [data(words_, call.place.name if call.place is not None else ""), "｜", words_("check.line")]
    content: list[Component] = [
        heading(words_("check.title"), line, marks),
        html.Div(id="check-told"),
        html.Div(id="check-news"),
        html.Div(body, id="check-body"),
        *bulletin_card(call, words_),
    ]
    return html.Div(content, className="slim checking"), words_("check.title")


def bulletin_card(call: Call, language: Words) -> list[Component]:
    """Return the bulletins of the cycle's months, for whom they are for."""
    if not may(call.role, "bulletin.read") or call.place is None:
        return []
    year = shown_year(call)
    return bulletin_links(language, f"/bulletin/{call.place.code}/{year}", bulletin_months(call, year))


@reads(Output("check-news", "children"), Input("live", "data"))
def follow(call: Call, _version: str | None) -> Component:
    """Say that something came; the list is drawn again when it is asked for, so that no choice is lost."""
    language = words(call.language)
    return notice("grey", language("check.news"), language("check.news.do"))


@writes(*DRAWN, Input("publish-send", "n_clicks"), State("publish-choice", "value"))
def publish(call: Call, _clicks: int, chosen: list[UUID] | None, page: PageState) -> Drawn:
    """Publish the chosen reports."""
    n = publish_reports(call, tuple(chosen or ()))
    return _drawn(call, page, "check.published", n)


@writes(
    *DRAWN,
    Input("return-send", "n_clicks"),
    State("publish-choice", "value"),
    State("return-reason", "value"),
)
def give_back(
    call: Call, _clicks: int, chosen: list[UUID] | None, reason: str | None, page: PageState
) -> Drawn:
    """Give the chosen reports back to their departments."""
    n = return_reports(call, tuple(chosen or ()), reason or "")
    return _drawn(call, page, "check.returned", n)


@writes(
    *DRAWN,
    Input("answer-send", "n_clicks"),
    State("objection-choice", "value"),
    State("objection-outcome", "value"),
    State("objection-answer", "value"),
)
def answer(
    call: Call, _clicks: int, objection: UUID | None, outcome: str | None, text: str | None, page: PageState
) -> Drawn:
    """Answer the chosen objection."""
    if objection is None or not outcome:
        raise Refused("objection_outcome")
    try:
        given: dict[str, Any] = {"objection_id": objection, "outcome": outcome, "text": text or ""}
        answer_objection(call, NewAnswer(**given))
    except ValidationError as error:
        raise Refused("malformed") from error
    return _drawn(call, page, "check.answered", 1)


def _drawn(call: Call, page: PageState, key: str, n: int) -> Drawn:
    language = words(call.language)
    here = addresses.read(page.path) or addresses.Address(call.language)
    return _body(call, here), notice("green", language.plural(key, n), language(f"{key}.do"))


def _body(call: Call, here: addresses.Address) -> list[Component]:
    language, found = words(call.language), checking(call, shown_year(call))
    code = call.place.code if call.place is not None else ""

    def project(number: int) -> str:
        return here.to("projects", number).path()

    parts = [
        *waiting_cards(language, code, found.waiting, project),
        choosing(language, found.waiting) if may(call.role, "report.publish") else None,
        objections_card(language, found.objections, acts=may(call.role, "objection.answer")),
        missing_card(language, found.missing, project),
    ]
    return [one for one in parts if one is not None]


PAGE = Page("checking", layout, ("progress",))
