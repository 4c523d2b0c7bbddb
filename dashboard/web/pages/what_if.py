"""规则测算: what other rules would have made of a counted round's ballots; marked as analysis on every view of it."""

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.i18n import Words
from dashboard.queries.cycles import shown_year
from dashboard.queries.voting import rounds
from dashboard.queries.what_if import what_if
from dashboard.rules.what_if import PLACES, Alternative, Line, WhatIf
from dashboard.web.asked import Asked, asked
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated, toned
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.filters import Filter, filters
from dashboard.web.parts.heading import crumbs, heading
from dashboard.web.parts.links import Link, linked
from dashboard.web.parts.notice import notice
from dashboard.web.parts.table import NONE, Cell, Column, scrolled, table
from dashboard.web.parts.text import data

# As many beside each other as a page shows.
MOST = 3
FEN = 1_000_000
LARGEST = 10**9


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the rounds of the cycle, each leading to its analysis."""
    words = view.words
    found = rounds(call, shown_year(call)).rows
    links = [
        html.Li(linked(Link(row.title, view.address.to("what-if", row.round_id).path())))
        for row in found
        if row.purpose in {"adoption", "second", "runoff"}
    ]
    body = html.Ul(links, className="plain") if links else empty(words("what.none"), words("what.none.since"))
    head = heading(words("what.title"), words("what.line"), _marks(call, words))
    return html.Div([head, card(words("paper.rounds"), body)], className="slim"), words("what.title")


def one_round(call: Call, view: View) -> tuple[Component, str]:
    """Return the analysis of one round under the rules that the address asks for."""
    words = view.words
    here = asked(view.address.path(), view.search, {"places": None, "budget": None})
    places, budget = _places(here), _budget(here)
    found = what_if(call, view.item_id, places, budget)
    line = [data(words, found.title), *(["｜", data(words, found.meeting)] if found.meeting else [])]
    fields = [
        Filter("places", words("what.filter.places")),
        Filter("budget", words("what.filter.budget")),
    ]
    content = [
        crumbs(words, (Link(words("place.rounds"), view.address.to("rounds").path()),)),
        heading(words("what.title"), line, _marks(call, words)),
        notice("amber", words("what.analysis"), words("what.analysis.do")),
        filters(words, here, fields),
        *_not_understood(words, here, places, budget),
        card(
            words("what.compared"),
            [scrolled(_table(words, found), words("what.compared")), _findings(words, found)],
            words("what.compared.line"),
        ),
    ]
    return html.Div(content, className="stack what-if"), words("what.title")


def _places(here: Asked) -> tuple[int, ...]:
    """Return the numbers of places that are asked for: at most three, in their order."""
    parts = here.get("places").replace("，", ",").replace("、", ",").replace(" ", ",").split(",")
    numbers = {int(part) for part in parts if part.isdecimal() and part.isascii() and len(part) < 4}
    return tuple(sorted(numbers - {0})[:MOST])


def _budget(here: Asked) -> int | None:
    """Return the budget in fen; the address holds whole 万元."""
    text = here.get("budget").replace(",", "")
    whole = text.isdecimal() and text.isascii() and len(text) < 10
    return int(text) * FEN if whole and 0 < int(text) < LARGEST else None


def _not_understood(
    words: Words, here: Asked, places: tuple[int, ...], budget: int | None
) -> list[Component]:
    wrong = (here.get("places") and not places) or (here.get("budget") and budget is None)
    return [notice("grey", words("what.odd"), words("what.odd.do"))] if wrong else []


def _rule(words: Words, other: Alternative) -> str:
    if other.rule == PLACES:
        return words("what.rule.places", n=words.count(other.value))
    if other.value is not None:
        return words(f"what.rule.{other.rule}", sum=words.money(other.value))
    return words(f"what.rule.{other.rule}")


def _table(words: Words, found: WhatIf) -> Component:
    rules = [found.own, *found.others]
    columns = [
        Column(words("what.col.name")),
        Column(words("what.col.votes"), number=True),
        Column(words("what.col.sum"), number=True),
        *(Column(_rule(words, one)) for one in rules),
    ]
    rows = [_row(words, found, line, rules) for line in found.lines]
    return table(columns, rows, words("what.compared"), dense=True)


def _row(words: Words, found: WhatIf, line: Line, rules: list[Alternative]) -> list[Cell]:
    name = html.Span([f"{line.number} ", data(words, line.name)])
    cost = NONE if line.cost is None else words.money(line.cost)
    return [name, words.count(line.votes), cost, *(_cell(words, found, line, one) for one in rules)]


def _cell(words: Words, found: WhatIf, line: Line, one: Alternative) -> Cell:
    state = one.states.get(line.number)
    if state is None:
        return NONE
    said = words(f"what.state.{state}")
    if one is not found.own and line.number in found.changed(one):
        return toned(words("what.changed", state=said), "amber")
    return html.Span(said, className="what-chosen") if state == "chosen" else said


def _findings(words: Words, found: WhatIf) -> Component:
    return html.Ul([html.Li(_finding(words, found, one)) for one in found.others], className="what-findings")


def _finding(words: Words, found: WhatIf, other: Alternative) -> str:
    """Return in one sentence how another rule would have differed."""
    rule = _rule(words, other)
    if other.lacking:
        return words("what.finding.lacking", rule=rule, n=words.count(len(other.lacking)))
    tied = sum(state == "tied" for state in other.states.values())
    facts = {"rule": rule, "n": words.count(other.chosen), "tied": words.count(tied)}
    if other.needed is not None and other.needed != found.own.needed:
        facts["rule"] = words("what.finding.needed", rule=rule, needed=words.count(other.needed))
    changed = found.changed(other)
    if not changed and not tied:
        return words("what.finding.same", **facts)
    key = "what.finding.tied" if tied else "what.finding"
    return words(key, changed=words.count(len(changed)), **facts)


def _marks(call: Call, words: Words) -> list[Component]:
    marks = [toned(words("what.tag"), "amber")]
    if call.place is not None and call.place.simulated:
        marks.append(simulated(words))
    return marks


PAGE = Page("what-if", layout, ("voting", "orders"), item=one_round)
