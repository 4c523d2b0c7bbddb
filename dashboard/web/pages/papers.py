"""票决文书: a round's papers for those inside: shown, made, taken away, printed, a signed one scanned."""

from typing import Literal
from uuid import UUID

from dash import Input, Output, State, html
from dash.development.base_component import Component

from dashboard.commands.documents import keep_papers
from dashboard.gate import Call
from dashboard.i18n import Words, words
from dashboard.queries.cycles import shown_year
from dashboard.queries.documents import Kept, issued_announcement, papers_of
from dashboard.queries.round_papers import round_paper
from dashboard.queries.voting import rounds
from dashboard.reports.round_papers import made_papers
from dashboard.reports.round_sheets import minutes_text, report_text
from dashboard.reports.round_texts import announcement_text
from dashboard.rules.roles import may
from dashboard.rules.round_papers import ANNOUNCEMENT, MADE_IN, MINUTES, REPORT, RoundPaper, Sheet
from dashboard.web import addresses
from dashboard.web.context import PageState
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.forms import button, one_of
from dashboard.web.parts.heading import crumbs, heading
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.notice import notice
from dashboard.web.parts.papers import announcement_card, papers_list, print_button, sheet, upload
from dashboard.web.parts.text import data
from dashboard.web.uploading import LARGEST_SCAN, SCANS
from dashboard.web.wiring import writes

LIST, SHOWN = "papers-list", "papers-shown"
ORDER = (REPORT, MINUTES, ANNOUNCEMENT)


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the rounds of the cycle, each with the way to its papers."""
    language = view.words
    title = language("papers.title")
    found = rounds(call, shown_year(call)).rows
    items = [
        html.Li(anchor(data(language, row.title), view.address.to("papers", row.round_id).path()))
        for row in found
    ]
    body = html.Ul(items, className="plain-list") if items else empty(language("papers.no_round"), "")
    content = [
        heading(title, language("papers.line"), _marks(call, language)),
        card(language("papers.rounds"), body),
    ]
    return html.Div(content, className="slim"), title


def one_round(call: Call, view: View) -> tuple[Component, str]:
    """Return the papers of one round, and each as it is printed: what the round has come to last stands first."""
    language = view.words
    paper = round_paper(call, view.item_id)
    kept = papers_of(call, view.item_id)
    title = language("papers.title")
    head = heading(title, data(language, paper.title), _marks(call, language))
    way = Link(language("papers.round"), view.address.to("rounds", view.item_id).path())
    content = [
        html.Div(crumbs(language, (way,)), className="no-print"),
        html.Div(head, className="no-print"),
        html.Div(_papers(call, view, paper, kept), className="no-print"),
        html.Div(_shown(call, language, paper, view.item_id), id=SHOWN, className="stack"),
    ]
    return html.Div(content, className="stack papers"), title


def _papers(call: Call, view: View, paper: RoundPaper, kept: tuple[Kept, ...]) -> Component:
    language, code = view.words, call.place.code if call.place is not None else ""
    known = [html.Div(id=f"{LIST}-told"), html.Div(papers_list(language, code, kept), id=LIST)]
    listed = card(language("papers.list"), known, language("papers.list.line"))
    kinds = [kind for kind in ORDER if paper.state in MADE_IN[kind]]
    if not may(call.role, "document.make") or not kinds:
        return listed
    acts = card(language("papers.make.title"), html.Div(_acts(view, code, kinds), className="form"))
    return html.Div(
        [html.Div(listed, className="span-8"), html.Div(acts, className="span-4")], className="columns"
    )


def _acts(view: View, code: str, kinds: list[str]) -> list[Component]:
    """Return how a paper is made, and how the scan of the signed report is attached."""
    language = view.words
    address = f"{SCANS}{code}/{view.item_id}?lang={'en' if view.address.language == 'en' else 'zh'}"
    scan = upload(
        language, language("papers.scan"), address, LIST, "image/jpeg,image/png", LARGEST_SCAN, primary=False
    )
    return [
        html.P(language("papers.make.line"), className="secondary"),
        one_of("paper-kind", {kind: language(f"papers.kind.{kind}") for kind in kinds}, kinds[-1]),
        html.Div(button("paper-make", language("papers.make"), primary=True), className="acts"),
        html.P(language("papers.scan.line"), className="secondary papers-scan"),
        html.Div(scan, className="acts"),
    ]


def _shown(call: Call, language: Words, paper: RoundPaper, round_id: UUID) -> list[Component]:
    """Return the announcement, the minutes and the count report, each from the state on in which it is made."""
    found: list[Component] = []
    if paper.state in MADE_IN[ANNOUNCEMENT]:
        issued = issued_announcement(call, round_id)
        text = announcement_text(paper) if issued is None else issued.text
        code = call.place.code if call.place is not None else ""
        file = None if issued is None else f"/document/{code}/{issued.file}"
        found.append(announcement_card(language, text, file, printed=True))
    if paper.state in MADE_IN[MINUTES]:
        found.append(_sheet_card(language, MINUTES, minutes_text(paper), paper.congress))
    return [*found, _sheet_card(language, REPORT, report_text(paper), paper.congress)]


def _sheet_card(language: Words, kind: str, text: Sheet, congress: str) -> Component:
    """Return the minutes or the count report, laid out as the paper that is signed by hand."""
    return card(
        language(f"papers.kind.{kind}"),
        sheet(text, congress),
        language(f"papers.{kind}.line"),
        end=print_button(language),
        style="printed-sheet",
    )


@writes(
    Output(f"{LIST}-told", "children"),
    Output(LIST, "children"),
    Output(SHOWN, "children"),
    Input("paper-make", "n_clicks"),
    State("paper-kind", "value"),
)
def make(
    call: Call, _clicks: int, kind: Literal["report", "minutes", "announcement"], page: PageState
) -> tuple[Component, Component, list[Component]]:
    """Make a paper of the round as it stands, and keep it with its digest in the record."""
    language = words(page.language)
    round_id = _round_of(page)
    paper = round_paper(call, round_id)
    keep_papers(call, round_id, made_papers(kind, paper), paper.stands_on)
    told = notice(
        "green", language("papers.made", kind=language(f"papers.kind.{kind}")), language("papers.made.do")
    )
    code = call.place.code if call.place is not None else ""
    listed = papers_list(language, code, papers_of(call, round_id))
    return told, listed, _shown(call, language, paper, round_id)


def _round_of(page: PageState) -> UUID:
    return addresses.thing_on(page.path, "papers")[1]


def _marks(call: Call, language: Words) -> list[Component]:
    return [simulated(language)] if call.place is not None and call.place.simulated else []


PAGE = Page("papers", layout, ("voting",), item=one_round)
