"""Candidates as the clerk prepares them: their list, one's plan and documents."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.candidates import LONGEST_PLAN, Attached, Told
from dashboard.web.parts.badge import toned
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.forms import button, field, text_area
from dashboard.web.parts.links import anchor
from dashboard.web.parts.notice import notice
from dashboard.web.parts.papers import upload
from dashboard.web.parts.pressing import pressing
from dashboard.web.parts.table import Cell, Column, table
from dashboard.web.parts.text import data
from dashboard.web.uploading import CANDIDATES, LARGEST_SCAN

DOCUMENTS, PRESSED = "candidate-documents", "candidate-pressed"
HEADS = ("number", "name", "department", "plan", "documents")


def address_of(code: str, document: object) -> str:
    """Return where a document is shown."""
    return f"{CANDIDATES}{code}/{document}"


def documents_list(words: Words, code: str, papers: Sequence[Attached]) -> Component:
    """Return documents by name, each leading to its picture."""
    ways = [html.Li(anchor(data(words, one.name), address_of(code, one.id), fresh=True)) for one in papers]
    return html.Ul(ways, className="candidate-papers")


def plan_text(words: Words, plan: str) -> Component:
    """Return a plan, its lines as they were written."""
    return html.Span(data(words, plan), className="candidate-plan")


def list_part(words: Words, found: Sequence[Told], leads: dict[str, str]) -> Component:
    """Return the candidates of a cycle, with what is told of each so far; `leads` has an address by id."""
    if not found:
        return empty(words("candidates.none"), words("candidates.none.since"))
    columns = [Column(words(f"candidates.{head}"), number=head == "documents") for head in HEADS]
    rows: list[list[Cell]] = [
        [
            str(one.number),
            anchor(data(words, one.name), leads[str(one.id)]),
            data(words, one.department or "—"),
            words("candidates.plan.there" if one.plan else "candidates.plan.missing"),
            words.count(len(one.documents)),
        ]
        for one in found
    ]
    return table(columns, rows, words("candidates.title"))


def documents_part(words: Words, code: str, told: Told) -> Component:
    """Return a candidate's documents, each to be removed until the freeze."""
    if not told.documents:
        return empty(words("candidates.documents.none"), words("candidates.documents.none.since"))
    rows = [
        html.Li(
            [
                anchor(data(words, one.name), address_of(code, one.id), fresh=True),
                *(
                    []
                    if told.is_frozen
                    else [pressing(words("candidates.remove"), "remove", PRESSED, str(one.id), one.name)]
                ),
            ]
        )
        for one in told.documents
    ]
    return html.Ul(rows, className="candidate-documents")


def candidate_part(words: Words, code: str, told: Told, address: str, *, writes: bool) -> list[Component]:
    """Return one candidate: its plan and its documents, as forms to the clerk until the freeze."""
    is_open = writes and not told.is_frozen
    frozen = [notice("grey", words("candidates.frozen"), words("candidates.frozen.do"))]
    plan: Component = plan_text(words, told.plan) if told.plan else html.P(words("candidates.plan.missing"))
    if is_open:
        area = text_area("candidate-plan", LONGEST_PLAN, told.plan or "")
        rows = [
            field("candidate-plan", words("candidates.plan.text"), area, words("candidates.plan.help")),
            html.Div(button("candidate-save", words("candidates.save"), primary=True), className="acts"),
        ]
        plan = html.Div(rows, className="form")
    papers: list[Component] = [
        html.Div(id=f"{DOCUMENTS}-told"),
        html.Div(documents_part(words, code, told), id=DOCUMENTS),
    ]
    if is_open:
        send = upload(
            words, words("candidates.attach"), address, DOCUMENTS, "image/jpeg,image/png", LARGEST_SCAN,
            primary=False, named=True,
        )  # fmt: skip
        papers += [
            html.P(words("candidates.attach.line"), className="secondary"),
            html.Div(send, className="acts"),
        ]
    tag = [toned(words("candidates.tag.frozen"), "ended")] if told.is_frozen else None
    return [
        *(frozen if told.is_frozen else []),
        card(words("candidates.plan"), plan, end=tag),
        card(words("candidates.documents"), papers),
        dcc.Store(id=PRESSED),
    ]
