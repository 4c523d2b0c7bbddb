"""The papers of a round on a page: their list, the announcement, minutes and count report as they are printed."""

from collections.abc import Iterable, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import DEFAULT, SHANGHAI, Words
from dashboard.queries.documents import Kept
from dashboard.rules.round_papers import Announcement, Section, Sheet
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.forms import act
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.table import Cell, Column, table
from dashboard.web.parts.text import data


def papers_list(words: Words, code: str, kept: Sequence[Kept]) -> Component:
    """Return the papers of a round, the newest first, each with the digest that the record states."""
    if not kept:
        return empty(words("papers.none"), words("papers.none.since"))
    columns = [Column(words(f"papers.table.{head}")) for head in ("name", "kind", "made", "digest", "state")]
    rows = [_row(words, code, one) for one in kept]
    return table(columns, rows, words("papers.list"))


def _row(words: Words, code: str, one: Kept) -> list[Cell]:
    day = words.day(one.made_at.astimezone(SHANGHAI).date())
    name = anchor(data(words, one.name), f"/document/{code}/{one.id}", fresh=True)
    state = words("papers.public" if one.published_at is not None else "papers.inside")
    return [
        html.Span(name),
        words(f"papers.kind.{one.kind}"),
        f"{day} {words.clock(one.made_at)}",
        html.Code(one.digest[:16], title=one.digest),
        state,
    ]


def print_button(words: Words) -> Component:
    """Return the button that prints the paper of its card alone; see assets/print.js."""
    carried: dict[str, Any] = {"data-print": "yes"}
    return html.Button(words("papers.print"), type="button", className="button", **carried)


def announcement_card(
    words: Words, text: Announcement, file: str | None, *, printed: bool = False
) -> Component:
    """Return an announcement as it was issued; the paper is in Chinese on every page.

    One that is `printed` stands among the papers that are, and carries its mark on the sheet.
    """
    marks = [simulated(words)] if text.mark and not printed else []
    mark = [html.P([html.Span(), html.Span(text.mark)], className="paper-mark")] if printed else []
    body = [
        html.Div(
            [
                *mark,
                html.P(text.title, className="paper-title"),
                *([html.P(text.number, className="paper-number")] if text.number else []),
                *_paragraphs(text.paragraphs),
                html.Ol([html.Li(one) for one in text.items], className="paper-items"),
                *_paragraphs(text.closing),
                html.P(text.issuer, className="paper-issuer"),
                html.P(text.day, className="paper-day"),
                html.Div([html.P(one) for one in text.notes], className="paper-notes"),
            ],
            className="paper sheet" if printed else "paper",
            lang=DEFAULT,
        ),
        *(
            [html.Div(act(Link(words("papers.take"), file, fresh=True)), className="box-acts")]
            if file
            else []
        ),
    ]
    line = words("papers.announcement.line" if file else "papers.announcement.draft")
    end = print_button(words) if printed else marks or None
    return card(words("papers.announcement"), body, line, end=end, style="printed-sheet" if printed else "")


def sheet(text: Sheet, congress: str) -> Component:
    """Return minutes or a count report as printed on A4, with lines for signatures by hand."""
    # A phone shows why under the row: what is no table to its layout stays one by its roles.
    head = html.Tr([html.Th(one, scope="col", role="columnheader") for one in text.heads], role="row")
    rows = [html.Tr([html.Td(one, role="cell") for one in row], role="row") for row in text.rows]
    parts = [html.Thead(head, role="rowgroup"), html.Tbody(rows, role="rowgroup")]
    style = "paper-table paper-reasoned" if text.reasoned else "paper-table"
    return html.Div(
        [
            html.P([html.Span(congress), html.Span(text.mark)], className="paper-mark"),
            html.P(text.title, className="paper-title"),
            html.P(text.subtitle, className="paper-number"),
            *_sections(text.before),
            html.Table(parts, className=style, role="table"),
            *_sections(text.after),
            html.Div(
                [html.P([one, html.Span(className="paper-line")]) for one in text.signatures],
                className="paper-signing",
            ),
            html.P(text.day, className="paper-day"),
            html.Div([html.P(one) for one in text.notes], className="paper-notes"),
        ],
        className="paper sheet",
        lang=DEFAULT,
    )


def _sections(sections: Iterable[Section]) -> list[Component]:
    found: list[Component] = []
    for section in sections:
        if section.heading:
            found.append(html.P(section.heading, className="paper-heading"))
        found += _paragraphs(section.lines)
    return found


def _paragraphs(lines: Iterable[str]) -> list[Component]:
    return [html.P(one, className="paper-text") for one in lines]


def upload(
    words: Words,
    label: str,
    address: str,
    into: str,
    accept: str,
    most: int,
    primary: bool = True,
    named: bool = False,
) -> Component:
    """Return a button that sends a file to an address and puts the answer into a place; see assets/upload.js.

    What is said of the file comes into the place of that name with `-told` at its end. `named` sends its name too.
    """
    carried: dict[str, Any] = {
        "data-upload": address,
        "data-into": into,
        "data-told": f"{into}-told",
        "data-accept": accept,
        "data-most": str(most),
        "data-large": words("upload.large", most=most // 1024 // 1024),
        "data-sending": words("upload.sending"),
        "data-lost": words("upload.lost"),
        **({"data-named": "yes"} if named else {}),
    }
    style = "button button-primary" if primary else "button"
    return html.Button(label, type="button", className=style, **carried)
