"""候选项目材料: what voters are told of each candidate: the plan, and documents until the round is frozen."""

from typing import Annotated, Literal
from uuid import UUID

from dash import Input, Output, State, html
from dash.development.base_component import Component
from pydantic import BaseModel, ConfigDict, Field

from dashboard.commands.candidates import remove_document, write_plan
from dashboard.gate import Call
from dashboard.i18n import words
from dashboard.queries.candidates import candidate_told, candidates_of
from dashboard.queries.cycles import shown_year
from dashboard.rules.refused import Refused
from dashboard.rules.roles import may
from dashboard.web import addresses
from dashboard.web.context import PageState
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.candidates import DOCUMENTS, PRESSED, candidate_part, documents_part, list_part
from dashboard.web.parts.card import card
from dashboard.web.parts.heading import crumbs, heading
from dashboard.web.parts.links import Link
from dashboard.web.parts.notice import notice
from dashboard.web.parts.text import data
from dashboard.web.uploading import CANDIDATES
from dashboard.web.wiring import writes


class Pressed(BaseModel):
    """Which document is to be removed; `n` makes each press another."""

    model_config = ConfigDict(extra="forbid")

    act: Literal["remove"]
    seat: UUID
    n: Annotated[int, Field(ge=0)]


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the candidates of the cycle, each with the way to what is told of it."""
    language = view.words
    title, year = language("candidates.title"), shown_year(call)
    found = candidates_of(call, year)
    leads = {str(one.id): view.address.to("candidates", one.id).path() for one in found}
    line = language("candidates.line", year=str(year))
    listed = card(language("candidates.list"), list_part(language, found, leads))
    return html.Div([heading(title, line, _marks(call, view)), listed], className="slim stack"), title


def one_candidate(call: Call, view: View) -> tuple[Component, str]:
    """Return what is told of one candidate."""
    language, told = view.words, candidate_told(call, view.item_id)
    line: list[Component | str] = [language("vote.number", n=told.number)]
    for part in (told.department, told.place, told.target):
        line += ["｜", data(language, part)] if part else []
    way = Link(language("candidates.title"), view.address.to("candidates").path())
    code = call.place.code if call.place is not None else ""
    short = "en" if view.address.language == "en" else "zh"
    address = f"{CANDIDATES}{code}/{told.id}?lang={short}"
    content = [
        crumbs(language, (way,)),
        heading(data(language, told.name), line, _marks(call, view)),
        html.Div(id="candidate-told"),
        *candidate_part(language, code, told, address, writes=may(call.role, "candidate.describe")),
    ]
    return html.Div(content, className="slim stack"), told.name


@writes(
    Output("candidate-told", "children"),
    Input("candidate-save", "n_clicks"),
    State("candidate-plan", "value"),
)
def save(call: Call, _clicks: int, plan: str | None, page: PageState) -> Component:
    """Write the plan of the candidate of the page."""
    write_plan(call, _candidate(page), plan or "")
    language = words(call.language)
    return notice("green", language("candidates.saved"), language("candidates.saved.do"))


@writes(
    Output(f"{DOCUMENTS}-told", "children"),
    Output(DOCUMENTS, "children"),
    Input(PRESSED, "data"),
)
def remove(call: Call, pressed: Pressed | None, page: PageState) -> tuple[Component, Component]:
    """Remove the document that was pressed."""
    if pressed is None:
        raise Refused("malformed")
    remove_document(call, pressed.seat)
    language, code = words(call.language), call.place.code if call.place is not None else ""
    told = candidate_told(call, _candidate(page))
    return notice("green", language("candidates.removed")), documents_part(language, code, told)


def _candidate(page: PageState) -> UUID:
    return addresses.thing_on(page.path, PAGE.name)[1]


def _marks(call: Call, view: View) -> list[Component]:
    return [simulated(view.words)] if call.place is not None and call.place.simulated else []


PAGE = Page("candidates", layout, ("orders", "voting"), item=one_candidate)
