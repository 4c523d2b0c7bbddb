"""The acts on a round's paper: handing sheets out, entering them, settling where two entries differ."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.paper_frames import PaperRound, Seat
from dashboard.rules.rounds import CHIEF
from dashboard.rules.sheets import Comparison
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.facts import Fact, facts
from dashboard.web.parts.forms import button, field, one_of, text_input
from dashboard.web.parts.notice import notice
from dashboard.web.parts.paper_entry import marks_text
from dashboard.web.parts.table import Cell, Column, table
from dashboard.web.parts.text import data


def numbers(words: Words, found: PaperRound) -> Component:
    """Return what is shown of paper to whom: sheets handed out; to a teller the own entry, to others both."""
    rows = [("paper.issued", len(found.issued))]
    if found.state == "closed" and found.entered is not None:
        rows += zip(("paper.entered.first", "paper.entered.second"), found.entered, strict=True)
    elif found.state == "closed" and found.own is not None:
        rows += [("paper.own.total", found.own.total), ("paper.own.entered", len(found.own.sheets))]
    row = [Fact(words(name), words.count(value), words("paper.sheets")) for name, value in rows]
    return html.Div(facts(row), className="card facts-card")


def hand_out_card(words: Words) -> Component:
    """Return the form that hands a deputy a sheet."""
    chosen = text_input("paper-seat", list="paper-seats", autoComplete="off")
    form = html.Div(
        [
            field("paper-seat", words("paper.hand_out.seat"), chosen, words("paper.hand_out.help")),
            html.Div(button("paper-hand-out", words("paper.hand_out"), primary=True), className="acts"),
        ],
        className="form",
    )
    return card(words("paper.hand_out.title"), form, words("paper.hand_out.line"))


def seats_offered(found: PaperRound) -> Component:
    """Return the names that the form offers while one is typed: beside it, since they change under it."""
    return html.Datalist([html.Option(value=one.label) for one in found.seats], id="paper-seats")


def issued_list(words: Words, issued: tuple[Seat, ...]) -> Component:
    """Return who has a sheet."""
    if not issued:
        return empty(words("paper.issued.none"), words("paper.issued.none.since"))
    columns = [Column(words("paper.col.deputy")), Column(words("paper.col.delegation"))]
    rows: list[list[Cell]] = [
        [data(words, one.name), data(words, one.delegation) if one.delegation else "—"] for one in issued
    ]
    return table(columns, rows, words("paper.issued"), stacks=False)


def compare_card(words: Words, found: PaperRound) -> Component:
    """Return how the two entries compare; before both are whole, only that they are awaited."""
    title, compared = words("paper.compare"), found.compared
    if compared is None:
        return card(title, empty(words("paper.compare.wait"), words("paper.compare.since")))
    if compared.is_settled:
        return card(title, _agreed(words, found, compared))
    if not found.differing:
        line = words("paper.compare.differ", n=words.count(len(compared.differing)))
        return card(title, notice("amber", line, words("paper.compare.differ.do")))
    return card(title, _differing(words, found), words("paper.settle.line"))


def totals_card(words: Words) -> Component:
    """Return what sends both tellers back to the pile."""
    told = notice("amber", words("paper.totals_differ"), words("paper.totals_differ.do"))
    return card(words("paper.compare"), told)


def _agreed(words: Words, found: PaperRound, compared: Comparison) -> list[Component]:
    """Return that the sheets can be mixed in, to the chief with the button, and whether they are too many."""
    line = words(
        "paper.compare.same", n=words.count(compared.sheets), settled=words.count(len(compared.settled))
    )
    body: list[Component] = [notice("green", line, words("paper.compare.same.do"))]
    if compared.sheets > len(found.issued):
        facts = {"n": words.count(compared.sheets), "issued": words.count(len(found.issued))}
        body.append(notice("amber", words("paper.over", **facts), words("paper.over.do")))
    if CHIEF in found.duties:
        body.append(html.Div(button("paper-seal", words("paper.seal"), primary=True), className="acts"))
    return body


def _differing(words: Words, found: PaperRound) -> Component:
    heads = ("sheet", "first", "second", "settled")
    columns = [Column(words(f"paper.col.{head}"), number=head == "sheet") for head in heads]
    rows: list[list[Cell]] = [
        [
            words.count(one.number),
            marks_text(words, one.first),
            marks_text(words, one.second),
            "—" if one.settled is None else marks_text(words, one.settled),
        ]
        for one in found.differing
    ]
    return table(columns, rows, words("paper.compare"))


def settle_card(words: Words, found: PaperRound) -> Component | None:
    """Return the form with which a scrutineer decides what a sheet says; None with nothing to decide."""
    if not found.differing or (found.compared is not None and found.compared.is_settled):
        return None
    waiting = {str(one.number): words("paper.sheet.number", n=one.number) for one in found.differing}
    next_open = next((str(one.number) for one in found.differing if one.settled is None), None)
    form = html.Div(
        [
            one_of("paper-settle-number", waiting, next_open),
            field(
                "paper-settle-typed",
                words("paper.typed"),
                text_input("paper-settle-typed", autoComplete="off"),
                words(f"paper.typed.{found.form}"),
            ),
            html.Div(button("paper-settle", words("paper.settle"), primary=True), className="acts"),
        ],
        className="form",
    )
    return card(words("paper.settle.title"), form)


def round_store(found: PaperRound) -> Component:
    """Return where the page keeps which round it is of."""
    return dcc.Store(id="paper-round", data=found.round_id)
