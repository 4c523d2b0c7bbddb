"""纸质选票: a round's paper for its officers: printing, handing out, entering twice, settling."""

from typing import Any
from uuid import UUID

from dash import Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component

from dashboard.commands.paper import (
    NewSheet,
    NewTotal,
    enter_sheet,
    hand_out,
    seal_sheets,
    settle_sheet,
    state_total,
    withdraw_sheet,
)
from dashboard.gate import Call
from dashboard.i18n import Words, words
from dashboard.queries.cycles import shown_year
from dashboard.queries.paper import paper_round
from dashboard.queries.voting import rounds
from dashboard.rules.marks import read_marks
from dashboard.rules.paper_frames import PaperRound
from dashboard.rules.refused import Refused
from dashboard.rules.rounds import PRACTICE
from dashboard.rules.sheets import LONGEST_TYPED, MOST_SHEETS, read_typed
from dashboard.web.pages.page import Page, View
from dashboard.web.paper_views import PARTS, parts_of, stamp, work_view
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.heading import crumbs, heading
from dashboard.web.parts.links import Link, linked
from dashboard.web.parts.notice import notice
from dashboard.web.parts.paper_sheet import sheet_card
from dashboard.web.parts.paper_work import round_store
from dashboard.web.parts.text import data
from dashboard.web.watched import paper_live
from dashboard.web.wiring import reads, writes

UNREADABLE = "?"
ANSWERS = {"+": "paper.answer.for", "-": "paper.answer.against", "=": "paper.answer.abstain"}


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the rounds of the cycle, each leading to its paper."""
    word = view.words
    found = rounds(call, shown_year(call)).rows
    links = [
        html.Li(linked(Link(row.title, view.address.to("paper", row.round_id).path(), lang=None)))
        for row in found
    ]
    body = html.Ul(links, className="plain") if links else empty(word("paper.none"), word("paper.none.since"))
    head = heading(word("paper.title"), word("paper.line"), _marks(call, word))
    return html.Div([head, card(word("paper.rounds"), body)], className="slim"), word("paper.title")


def one_round(call: Call, view: View) -> tuple[Component, str]:
    """Return what the actor has to do with a round's paper."""
    word, found = view.words, paper_round(call, view.item_id)
    congress = call.place.name if call.place is not None else ""
    line = [data(word, found.title), *(["｜", data(word, found.meeting)] if found.meeting else [])]
    content: list[Component] = [
        crumbs(word, (Link(word("place.rounds"), view.address.to("rounds").path()),)),
        heading(word("paper.title"), line, [*_follows(call, word, found), *_marks(call, word)]),
        round_store(found),
        dcc.Store(id="paper-news"),
        html.Div(id="paper-told", role="status"),
    ]
    if not found.on_paper:
        content.append(notice("grey", word("paper.not_used"), word("paper.not_used.do")))
        return html.Div(content, className="slim"), word("paper.title")
    if found.purpose == PRACTICE:
        content.append(notice("grey", word("paper.practice"), word("paper.practice.do")))
    else:
        content.append(html.Div(work_view(word, found), id="paper-work"))
    content.append(sheet_card(word, found, congress, bool(call.place and call.place.simulated)))
    return html.Div(content, className="slim sheets"), word("paper.title")


@writes(
    Output("paper-work", "children"),
    Output("paper-told", "children"),
    Input("paper-hand-out", "n_clicks"),
    Input("paper-seat", "n_submit"),
    State("paper-seat", "value"),
    State("paper-round", "data"),
)
def give(
    call: Call, _clicks: int | None, _submits: int | None, chosen: str | None, round_id: UUID
) -> tuple[list[Component], Component]:
    """Hand the chosen deputy a sheet."""
    named = (chosen or "").strip()
    seats = [one for one in paper_round(call, round_id).seats if named in {one.label, one.name}]
    if len(seats) != 1:
        raise Refused("sheet_seat" if not seats else "sheet_seat_several", n=len(seats))
    hand_out(call, round_id, UUID(seats[0].membership_id))
    word = words(call.language)
    told = notice("green", word("paper.handed_out", name=seats[0].name), word("paper.handed_out.do"))
    return work_view(word, paper_round(call, round_id)), told


@writes(
    Output("paper-work", "children", allow_duplicate=True),
    Output("paper-told", "children", allow_duplicate=True),
    Input("paper-total-send", "n_clicks"),
    Input("paper-total", "n_submit"),
    State("paper-total", "value"),
    State("paper-round", "data"),
)
def count(
    call: Call, _clicks: int | None, _submits: int | None, total: str | None, round_id: UUID
) -> tuple[list[Component], Component]:
    """Keep how many sheets this teller counted."""
    counted = _number(total, refused="sheet_total", fewest=0)
    state_total(call, NewTotal(round_id=round_id, sheets=counted))
    word = words(call.language)
    told = notice("green", word("paper.total.kept", n=word.count(counted)), word("paper.total.kept.do"))
    return work_view(word, paper_round(call, round_id)), told


@reads(Output("paper-read", "children"), Input("paper-typed", "value"), State("paper-round", "data"))
def echo(call: Call, typed: str | None, round_id: UUID) -> str:
    """Say what was understood of what a teller types, before it is kept."""
    word = words(call.language)
    if not (typed or "").strip():
        return word("paper.read.blank")
    found = paper_round(call, round_id)
    try:
        marks = read_marks(found.form, read_typed(found.form, (typed or "")[: LONGEST_TYPED + 1]))
    except Refused as refused:
        return word(f"refused.{refused.code}", **refused.facts)
    if marks.unclear:
        return word("paper.unreadable")
    names = {line.number: line.name for line in found.lines}
    said = [
        word(f"paper.read.{found.form}", number=one.number, name=names.get(one.number, word("paper.read.off")),
             answer=word(ANSWERS[one.answer]) if one.answer else "", rank=one.rank)
        for one in marks.entries
    ]  # fmt: skip
    return word("summary.list").join(said)


@writes(
    Output("paper-work", "children", allow_duplicate=True),
    Output("paper-told", "children", allow_duplicate=True),
    Input("paper-enter", "n_clicks"),
    Input("paper-typed", "n_submit"),
    State("paper-number", "value"),
    State("paper-typed", "value"),
    State("paper-round", "data"),
)
def enter(
    call: Call,
    _clicks: int | None,
    _submits: int | None,
    number: str | None,
    typed: str | None,
    round_id: UUID,
) -> tuple[list[Component], Component]:
    """Keep one sheet in this teller's entry and go on to the next number."""
    return _entered(call, round_id, number, typed or "")


@writes(
    Output("paper-work", "children", allow_duplicate=True),
    Output("paper-told", "children", allow_duplicate=True),
    Input("paper-unclear", "n_clicks"),
    State("paper-number", "value"),
    State("paper-round", "data"),
)
def enter_unclear(
    call: Call, _clicks: int, number: str | None, round_id: UUID
) -> tuple[list[Component], Component]:
    """Keep a sheet that nobody can read."""
    return _entered(call, round_id, number, UNREADABLE)


@writes(
    Output("paper-work", "children", allow_duplicate=True),
    Output("paper-told", "children", allow_duplicate=True),
    Input("paper-withdraw", "n_clicks"),
    State("paper-withdraw-number", "value"),
    State("paper-round", "data"),
)
def withdraw(
    call: Call, _clicks: int, number: str | None, round_id: UUID
) -> tuple[list[Component], Component]:
    """Take a number back that this teller typed by mistake."""
    withdraw_sheet(call, round_id, _number(number))
    word = words(call.language)
    told = notice("green", word("paper.withdrawn", n=number), word("paper.withdrawn.do"))
    return work_view(word, paper_round(call, round_id)), told


@writes(
    Output("paper-work", "children", allow_duplicate=True),
    Output("paper-told", "children", allow_duplicate=True),
    Input("paper-settle", "n_clicks"),
    State("paper-settle-number", "value"),
    State("paper-settle-typed", "value"),
    State("paper-round", "data"),
)
def settle(
    call: Call, _clicks: int, number: str | None, typed: str | None, round_id: UUID
) -> tuple[list[Component], Component]:
    """Decide what stands on a sheet."""
    settle_sheet(
        call, NewSheet(round_id=round_id, number=_number(number), typed=(typed or "")[:LONGEST_TYPED])
    )
    word = words(call.language)
    told = notice("green", word("paper.settled", n=number), word("paper.settled.do"))
    return work_view(word, paper_round(call, round_id)), told


@writes(
    Output("paper-work", "children", allow_duplicate=True),
    Output("paper-told", "children", allow_duplicate=True),
    Input("paper-seal", "n_clicks"),
    State("paper-round", "data"),
)
def seal(call: Call, _clicks: int, round_id: UUID) -> tuple[list[Component], Component]:
    """Mix the sheets into the box."""
    seal_sheets(call, round_id)
    word = words(call.language)
    told = notice("green", word("paper.sealed"), word("paper.sealed.do"))
    return work_view(word, paper_round(call, round_id)), told


@reads(
    *(Output(f"paper-{name}", "children") for name in PARTS if name != "form"),
    Output("paper-news", "data"),
    Input("live", "data"),
    State("paper-stamp", "data"),
    State("paper-round", "data"),
    keeps=False,
)
def follow(call: Call, _version: str | None, known: str | None, round_id: UUID) -> tuple[Any, ...]:
    """Draw again what others changed; the form stays as it is typed into, unless it is another one now.

    The browser puts it there (assets/paper.js), where nothing was pressed meanwhile.
    """
    found = paper_round(call, round_id)
    head, told, form, lists = parts_of(words(call.language), found)
    now = stamp(found)
    news = no_update if now == known else {"known": known, "stamp": now, "form": form}
    return head, told, lists, news


def _entered(call: Call, round_id: UUID, number: str | None, typed: str) -> tuple[list[Component], Component]:
    sheet = NewSheet(round_id=round_id, number=_number(number), typed=typed[:LONGEST_TYPED])
    enter_sheet(call, sheet)
    word, found = words(call.language), paper_round(call, round_id)
    return work_view(word, found), notice(
        "green", word("paper.kept", n=sheet.number), _following(word, found)
    )


def _following(word: Words, found: PaperRound) -> str:
    """Return what follows once a sheet is entered: the next, waiting for the other, or nothing any more."""
    if found.compared is not None:
        return word("paper.kept.compared")
    if found.own is not None and found.own.is_whole:
        return word("paper.kept.last")
    return word("paper.kept.do")


def _number(typed: str | None, *, refused: str = "sheet_number", fewest: int = 1) -> int:
    text = (typed or "").strip()
    if not (text.isdecimal() and len(text) <= len(str(MOST_SHEETS)) and int(text) >= fewest):
        raise Refused(refused, most=MOST_SHEETS)
    return int(text)


def _follows(call: Call, word: Words, found: PaperRound) -> list[Component]:
    """Return what lets the page follow, where there is something to do on it."""
    if not found.on_paper or found.purpose == PRACTICE:
        return []
    return [paper_live(call, word, UUID(found.round_id))]


def _marks(call: Call, word: Words) -> list[Component]:
    return [simulated(word)] if call.place is not None and call.place.simulated else []


PAGE = Page("paper", layout, item=one_round)
