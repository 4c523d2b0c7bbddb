"""The acts on a round's paper: handing sheets out, entering them, settling where two entries differ."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.paper_frames import PaperRound, Seat
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.facts import Fact, facts
from dashboard.web.parts.forms import button, field, one_of, text_input
from dashboard.web.parts.notice import notice
from dashboard.web.parts.table import Cell, Column, table
from dashboard.web.parts.text import Content, data

LAST = 12


def numbers(words: Words, found: PaperRound) -> Component:
    """Return what is shown of paper to everyone who works on it: sheets handed out, and entered by each teller."""
    first, second = found.entered
    row = [Fact(words("paper.issued"), words.count(len(found.issued)), words("paper.sheets"))]
    if found.state == "closed":
        row += [
            Fact(words("paper.entered.first"), words.count(first), words("paper.sheets")),
            Fact(words("paper.entered.second"), words.count(second), words("paper.sheets")),
        ]
    return html.Div(facts(row), className="card facts-card")


def hand_out_card(words: Words, found: PaperRound) -> Component:
    """Return the form that hands a deputy a sheet, with those who have one."""
    names = [html.Option(value=one.label) for one in found.seats]
    chosen = text_input("paper-seat", list="paper-seats", autoComplete="off")
    form = html.Div(
        [
            html.Datalist(names, id="paper-seats"),
            field("paper-seat", words("paper.hand_out.seat"), chosen, words("paper.hand_out.help")),
            html.Div(button("paper-hand-out", words("paper.hand_out"), primary=True), className="acts"),
        ],
        className="form",
    )
    return card(
        words("paper.hand_out.title"), [form, issued_list(words, found.issued)], words("paper.hand_out.line")
    )


def issued_list(words: Words, issued: tuple[Seat, ...]) -> Component:
    """Return who has a sheet."""
    if not issued:
        return empty(words("paper.issued.none"), words("paper.issued.none.since"))
    columns = [Column(words("paper.col.deputy")), Column(words("paper.col.delegation"))]
    rows: list[list[Cell]] = [
        [data(words, one.name), data(words, one.delegation) if one.delegation else "—"] for one in issued
    ]
    return table(columns, rows, words("paper.issued"), stacks=False)


def enter_card(words: Words, found: PaperRound) -> Component:
    """Return the form of one teller: the number written on the sheet, and its marks as they are typed."""
    following = max(found.own, default=0) + 1
    form = html.Div(
        [
            field(
                "paper-number",
                words("paper.number"),
                text_input("paper-number", str(following), inputMode="numeric", autoComplete="off"),
                words("paper.number.help"),
            ),
            field(
                "paper-typed",
                words("paper.typed"),
                text_input("paper-typed", autoComplete="off"),
                words(f"paper.typed.{found.form}"),
            ),
            html.Div(id="paper-read", className="sheet-read", role="status"),
            html.Div(
                [
                    button("paper-unclear", words("paper.unclear")),
                    button("paper-enter", words("paper.enter"), primary=True),
                ],
                className="acts",
            ),
        ],
        className="form",
    )
    return card(words("paper.enter.title"), [form, own_list(words, found)], words("paper.enter.line"))


def own_list(words: Words, found: PaperRound) -> Component:
    """Return the last sheets of a teller's own entry, the newest first."""
    if not found.own:
        return empty(words("paper.own.none"), words("paper.own.none.since"))
    columns = [Column(words("paper.col.sheet"), number=True), Column(words("paper.col.marks"))]
    last = sorted(found.own.items(), reverse=True)[:LAST]
    rows: list[list[Cell]] = [[words.count(number), marks_text(words, marks)] for number, marks in last]
    return html.Div(
        [
            html.P(words("paper.own", n=words.count(len(found.own))), className="secondary"),
            table(columns, rows, words("paper.enter.title"), stacks=False),
        ]
    )


def marks_text(words: Words, marks: str) -> str:
    """Return the marks of a sheet as text: a blank sheet and one that nobody can read are said in words."""
    return {"": words("paper.blank"), "?": words("paper.unreadable")}.get(marks, marks)


def compare_card(words: Words, found: PaperRound) -> Component:
    """Return how the two entries compare; before both are whole, only that they are awaited."""
    if found.compared is None:
        return card(words("paper.compare"), empty(words("paper.compare.wait"), words("paper.compare.since")))
    compared = found.compared
    if compared.is_settled:
        same = notice(
            "green",
            words("paper.compare.same", n=words.count(compared.sheets)),
            words("paper.compare.same.do"),
        )
        press = html.Div(button("paper-seal", words("paper.seal"), primary=True), className="acts")
        return card(words("paper.compare"), [same, press] if "chief" in found.duties else same)
    if not found.differing:
        line = words("paper.compare.differ", n=words.count(len(compared.differing)))
        return card(words("paper.compare"), notice("amber", line, words("paper.compare.differ.do")))
    return card(words("paper.compare"), _settling(words, found), words("paper.settle.line"))


def _settling(words: Words, found: PaperRound) -> Content:
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
    waiting = {str(one.number): words("paper.sheet.number", n=one.number) for one in found.differing}
    form = html.Div(
        [
            one_of("paper-settle-number", waiting, next(iter(waiting))),
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
    return [table(columns, rows, words("paper.compare")), form]


def round_store(found: PaperRound) -> Component:
    """Return where the page keeps which round it is of."""
    return dcc.Store(id="paper-round", data=found.round_id)
