"""人大代表: the deputies by delegation, and one deputy's public work."""

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.i18n import Words
from dashboard.queries.cycles import shown_year
from dashboard.queries.deputies import Deputies, Deputy, deputies, deputy
from dashboard.web.asked import asked
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.filters import Filter, filters
from dashboard.web.parts.heading import crumbs, heading
from dashboard.web.parts.light import light
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.paging import ROWS, paging
from dashboard.web.parts.table import Cell, Column, scrolled, table
from dashboard.web.parts.text import data

TOPICS = ("people", "progress", "inquiry", "supervision", "cycle")


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the list of deputies with a search by name and a choice of the delegation."""
    words, year = view.words, shown_year(call)
    every = deputies(call, year, "", "", 0, 0)
    known = {"q": None, "delegation": {str(one.id) for one in every.delegations}}
    here = asked(view.address.path(), view.search, known)
    first = (here.page - 1) * ROWS
    found = deputies(call, year, here.get("q"), here.get("delegation"), first, ROWS)
    if first and not found.rows:
        here = asked(view.address.path(), here.href().partition("?")[2], known)
        found = deputies(call, year, here.get("q"), here.get("delegation"), 0, ROWS)
    options = {
        str(one.id): words("deputy.delegation.option", name=one.name, n=words.count(one.deputies))
        for one in every.delegations
    }
    fields = [Filter("q", words("deputy.search")), Filter("delegation", words("deputy.delegation"), options)]
    title = words("deputy.title", n=words.count(every.total), delegations=words.count(len(every.delegations)))
    line: list[Component | str] = [data(words, call.place.name if call.place else "")]
    if every.term is not None:
        line += ["｜", words("deputy.term", n=words.count(every.term))]
    content = [
        heading(title, [*line, "｜", words("deputy.line")], _marks(call, words)),
        filters(words, here, fields, kept=()),
        _list(view, found),
        paging(words, here, found.total),
    ]
    return html.Div(content), title


def one_deputy(call: Call, view: View) -> tuple[Component, str]:
    """Return one deputy: what is supervised, asked and remarked."""
    words = view.words
    known = deputy(call, view.item_id)
    way = (Link(words("place.deputies"), view.address.to("deputies").path()),)
    line: list[Component | str] = [words("deputy.term", n=words.count(known.term))]
    if known.delegation:
        line += ["｜", data(words, known.delegation)]
    if known.ended:
        line += ["｜", words("deputy.ended", day=words.day(known.ended))]
    content = [
        crumbs(words, way),
        heading(data(words, known.name), line, _marks(call, words)),
        _supervised(view, known),
        _asked(view, known),
        _remarked(view, known),
    ]
    return html.Div(content, className="stack"), known.name


def _marks(call: Call, words: Words) -> list[Component]:
    return [simulated(words)] if call.place is not None and call.place.simulated else []


def _list(view: View, found: Deputies) -> Component:
    words = view.words
    title = words("deputy.list")
    if not found.rows:
        none = (
            ("filter.none", "filter.none.do") if found.delegations else ("deputy.none", "deputy.none.since")
        )
        return card(title, empty(words(none[0]), words(none[1])))
    rows: list[list[Cell]] = [
        [
            anchor(data(words, one.name), view.address.to("deputies", one.id).path()),
            data(words, one.delegation) if one.delegation else "—",
            words.count(one.supervises) if one.supervises else "—",
        ]
        for one in found.rows
    ]
    columns = [
        Column(words("deputy.table.name")),
        Column(words("deputy.delegation")),
        Column(words("deputy.table.supervises"), number=True),
    ]
    shown = table(columns, rows, title, stacks=False)
    return card(title, scrolled(shown, title), words("deputy.list.line"))


def _supervised(view: View, known: Deputy) -> Component:
    words, title = view.words, view.words("deputy.supervised")
    if not known.supervised:
        return card(title, empty(words("deputy.supervised.none"), words("deputy.supervised.since")))
    rows: list[list[Cell]] = [
        [
            html.Span(
                [
                    light(words, one.light, word_shown=False),
                    anchor(data(words, one.name), _project(view, one.year, one.number)),
                ],
                className="lit",
            ),
            words("shell.cycle", year=str(one.year)),
            words("deputy.heads") if one.heads else words("deputy.member"),
            words.share(one.share),
        ]
        for one in known.supervised
    ]
    columns = [
        Column(words("rollup.behind.project")),
        Column(words("deputy.table.year")),
        Column(words("deputy.table.duty")),
        Column(words("rollup.table.actual"), number=True),
    ]
    return card(title, scrolled(table(columns, rows, title), title))


def _asked(view: View, known: Deputy) -> Component:
    words, title = view.words, view.words("deputy.asked")
    if not known.asked:
        return card(title, empty(words("deputy.asked.none"), words("deputy.asked.since")))
    items = [
        html.Li(
            [
                html.Time(words.day(one.day), dateTime=one.day.isoformat()),
                anchor(data(words, one.text), _in(view, one.year, "inquiries", one.inquiry)),
                html.Span(),
            ]
        )
        for one in known.asked
    ]
    return card(title, html.Ul(items, className="dates"))


def _remarked(view: View, known: Deputy) -> Component:
    words, title = view.words, view.words("deputy.remarked")
    if not known.remarked:
        return card(title, empty(words("deputy.remarked.none"), words("deputy.remarked.since")))
    items = []
    for one in known.remarked:
        answer = (
            [words("deputy.answer"), data(words, one.answer)]
            if one.answer
            else words("deputy.unanswered", day=words.day(one.due))
        )
        said = html.P(
            [words.day(one.day), "｜", anchor(data(words, one.project), _project(view, one.year, one.number))]
        )
        items.append(html.Li([said, html.P(data(words, one.text)), html.P(answer, className="secondary")]))
    return card(title, html.Ul(items, className="said"))


def _project(view: View, year: int, number: int) -> str:
    return _in(view, year, "projects", number)


def _in(view: View, year: int, page: str, item: object) -> str:
    """Return the address of a thing of another cycle."""
    assert view.address.code is not None
    return view.address.within(view.address.code, year).to(page, item).path()


PAGE = Page("deputies", layout, TOPICS, item=one_deputy)
