"""The sheet of a round as it is printed: the same for everyone, no number, no name."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.paper_frames import PaperRound, SheetLine
from dashboard.rules.sheets import sheet_text
from dashboard.web.parts.card import card
from dashboard.web.parts.qr import qr_code
from dashboard.web.parts.table import NONE
from dashboard.web.parts.text import aria, data

ANSWERS = ("for", "against", "abstain")


def sheet_card(words: Words, found: PaperRound, congress: str, simulated: bool) -> Component:
    """Return the card that holds one sheet and prints as many as are asked of the printer."""
    printing: dict[str, Any] = {"data-print": "sheet"}
    press = html.Button(words("paper.print"), type="button", className="button no-print", **printing)
    return card(
        words("paper.sheet"),
        _sheet(words, found, congress, simulated),
        words("paper.sheet.line"),
        end=press,
        style="sheet-card",
    )


def _sheet(words: Words, found: PaperRound, congress: str, simulated: bool) -> Component:
    head: list[Component] = [
        html.P(congress, className="sheet-congress"),
        html.P(data(words, found.title), className="sheet-title"),
        html.P(words(f"paper.sheet.{'practice' if found.purpose == 'practice' else 'ballot'}")),
    ]
    if simulated:
        head.append(html.P(words("tag.simulated"), className="sheet-mark"))
    text = sheet_text(found.round_id, found.version)
    code = html.Figure(
        [
            qr_code(text, words("paper.qr")),
            html.Figcaption(words("paper.version", n=words.count(found.version))),
        ]
    )
    return html.Div(
        [
            html.Div([html.Div(head), code], className="sheet-head"),
            _list(words, found),
            html.Ol([html.Li(line) for line in _how(words, found)], className="sheet-how"),
            html.P(words("paper.sheet.seal"), className="sheet-seal"),
        ],
        className="sheet",
    )


def _list(words: Words, found: PaperRound) -> Component:
    heads = ["number", "name", "department", "sum", "target"]
    columns = [words(f"paper.col.{head}") for head in heads]
    marks = (
        [words(f"paper.answer.{one}") for one in ANSWERS]
        if found.form == "item"
        else [words(f"paper.col.{found.form}")]
    )
    rows = [_row(words, one, len(marks)) for one in found.lines]
    return html.Table(
        [
            html.Caption(words("paper.sheet"), className="visually-hidden"),
            html.Thead(html.Tr([html.Th(head, scope="col") for head in [*columns, *marks]])),
            html.Tbody(rows),
        ],
        className="sheet-list",
    )


def _row(words: Words, one: SheetLine, boxes: int) -> Component:
    box = html.Span(className="sheet-box", **aria(hidden="true"))
    return html.Tr(
        [
            html.Td(str(one.number), className="number"),
            html.Th(data(words, one.name), scope="row"),
            html.Td(data(words, one.department) if one.department else NONE),
            html.Td(NONE if one.budget is None else words.money(one.budget), className="number"),
            html.Td(data(words, one.target) if one.target else NONE, className="sheet-target"),
            *(html.Td(box, className="sheet-mark-cell") for _ in range(boxes)),
        ]
    )


def _how(words: Words, found: PaperRound) -> list[str]:
    """Return how the sheet is filled in, and what makes it invalid."""
    facts = {"n": words.count(len(found.lines)), "most": words.count(found.most)}
    limited = found.form == "item" and found.most < len(found.lines)
    key = f"paper.how.{found.form}{'.exactly' if found.exactly else ''}{'.limited' if limited else ''}"
    secret = words("paper.how.secret" if found.secret else "paper.how.recorded")
    return [words(key, **facts), words("paper.how.unclear"), secret]
