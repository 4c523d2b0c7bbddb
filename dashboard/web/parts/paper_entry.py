"""A teller's own entry: the number of sheets first, then each sheet; corrections as long as nothing is compared."""

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.paper_frames import PaperRound
from dashboard.rules.sheets import Entry
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.forms import button, field, text_input
from dashboard.web.parts.notice import notice
from dashboard.web.parts.table import Cell, Column, table
from dashboard.web.parts.text import Content, data

LAST = 12


def entry_card(words: Words, found: PaperRound) -> Component | None:
    """Return what a teller has to do: count, then enter; None once both entries are compared."""
    if found.compared is not None:
        return None
    if found.own is not None:
        return _entering(words, found, found.own)
    if found.others_enter:
        told = notice("grey", words("refused.sheet_two_tellers"), words("refused.sheet_two_tellers.do"))
        return card(words("paper.enter.title"), told)
    form = html.Div(
        [_total(words, ""), _acts("paper-total-send", words("paper.total.send"))], className="form"
    )
    return card(words("paper.total.title"), form, words("paper.total.line"))


def marks_text(words: Words, marks: str) -> str:
    """Return the marks of a sheet as text: a blank sheet and one that nobody can read are said in words."""
    return {"": words("paper.blank"), "?": words("paper.unreadable")}.get(marks, marks)


def own_told(words: Words, found: PaperRound) -> list[Component]:
    """Return what stands in the way of a teller's own entry, or that it is whole: apart from what is being typed."""
    own = found.own
    if own is None or found.compared is not None:
        return []
    body: list[Component] = []
    if found.former is not None:
        line = words("paper.own.inherited", n=words.count(len(found.inherited)))
        body.append(notice("grey", [line, data(words, found.former)], words("paper.own.inherited.do")))
    if own.beyond:
        numbers = words("summary.list").join(str(number) for number in own.beyond)
        line = words("paper.own.beyond", numbers=numbers, n=words.count(own.total))
        body.append(notice("amber", line, words("paper.own.beyond.do")))
    if own.is_whole and not found.totals_differ:
        whole = words("paper.own.whole", n=words.count(own.total))
        body.append(notice("green", whole, words("paper.own.whole.do")))
    return body


def own_card(words: Words, found: PaperRound) -> Component | None:
    """Return the last sheets of a teller's own entry; None without one, and once both entries are compared."""
    if found.own is None or not found.own.total or found.compared is not None:
        return None
    return card(words("paper.own.title"), _own_list(words, found.own))


def _entering(words: Words, found: PaperRound, own: Entry) -> Component:
    body: list[Component] = [_sheet_form(words, found, own)] if own.total else []
    body.append(_corrections(words, own, opened=bool(own.beyond) or found.totals_differ))
    return card(words("paper.enter.title"), body, words("paper.enter.line"))


def _sheet_form(words: Words, found: PaperRound, own: Entry) -> Component:
    """Return the form of one sheet: the number written on it, the next that is missing, and its marks as typed."""
    following = str(own.missing[0]) if own.missing else ""
    return html.Div(
        [
            field(
                "paper-number",
                words("paper.number"),
                text_input("paper-number", following, inputMode="numeric", autoComplete="off"),
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


def _own_list(words: Words, own: Entry) -> Component:
    """Return the last sheets of a teller's own entry, the newest first."""
    if not own.sheets:
        return empty(words("paper.own.none"), words("paper.own.none.since"))
    columns = [Column(words("paper.col.sheet"), number=True), Column(words("paper.col.marks"))]
    last = sorted(own.sheets.items(), reverse=True)[:LAST]
    rows: list[list[Cell]] = [[words.count(number), marks_text(words, marks)] for number, marks in last]
    line = words("paper.own", n=words.count(len(own.sheets)), total=words.count(own.total))
    return html.Div(
        [
            html.P(line, className="secondary"),
            table(columns, rows, words("paper.enter.title"), stacks=False),
        ]
    )


def _corrections(words: Words, own: Entry, *, opened: bool) -> Component:
    """Return what takes a number back and what counts anew, folded away: rare, and never beside the next sheet."""
    rows: list[Component] = [html.Summary(words("paper.correct.ask"))]
    if own.sheets:
        wrong = text_input(
            "paper-withdraw-number",
            str(own.beyond[0]) if own.beyond else "",
            inputMode="numeric",
            autoComplete="off",
        )
        withdraw: list[Component] = [
            field("paper-withdraw-number", words("paper.withdraw.number"), wrong),
            _acts("paper-withdraw", words("paper.withdraw"), primary=False),
        ]
        rows.append(html.Div(withdraw, className="form"))
    total = [
        _total(words, str(own.total)),
        _acts("paper-total-send", words("paper.total.correct"), primary=False),
    ]
    rows.append(html.Div(total, className="form"))
    return html.Details(rows, open=opened, className="conduct-more")


def _total(words: Words, value: str) -> Component:
    control = text_input("paper-total", value, inputMode="numeric", autoComplete="off")
    advice: Content = words("paper.total.help")
    return field("paper-total", words("paper.total"), control, advice)


def _acts(element_id: str, label: str, primary: bool = True) -> Component:
    return html.Div(button(element_id, label, primary=primary), className="acts")
