"""查找人大: a congress by its name or its code, among however many there are."""

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.i18n import Words
from dashboard.queries.nation import nation, reported_year
from dashboard.queries.places import Found, found_congresses
from dashboard.web.addresses import Address
from dashboard.web.asked import asked
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.filters import Filter, filters
from dashboard.web.parts.heading import heading
from dashboard.web.parts.links import anchor
from dashboard.web.parts.nation import nation_card
from dashboard.web.parts.table import Cell, Column, scrolled, table


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the congresses that fit what the address asks for; where it asks for none, the provinces together."""
    words = view.words
    here = asked(view.address.path(), view.search, {"q": None})
    found, total = found_congresses(call, here.get("q"))
    title = words("congresses.heading" if here.get("q") else "congresses.all", n=words.count(total))
    form = filters(words, here, [Filter("q", words("congresses.query"))], kept=())
    content = [heading(title, words("congresses.line")), form, _card(view, found, total)]
    if not here.get("q"):
        year = reported_year(call)
        content.append(nation_card(words, nation(call, year) if year is not None else (), year))
    return html.Div(content, className="stack archive"), title


def _card(view: View, found: tuple[Found, ...], total: int) -> Component:
    words = view.words
    title = words("congresses.title")
    if not found:
        return card(title, empty(words("filter.none"), words("congresses.none.do")))
    heads = ("name", "code", "level", "above")
    columns = [Column(words(f"congresses.table.{head}")) for head in heads]
    rows = [_row(words, view.address.language, one) for one in found]
    more = words("congresses.more", shown=words.count(len(found)), n=words.count(total))
    line = more if total > len(found) else words("congresses.shown", n=words.count(total))
    return card(title, scrolled(table(columns, rows, title), title, "found"), line)


def _row(words: Words, language: str, one: Found) -> list[Cell]:
    at = 0 if words.is_chinese else 1
    name = one.name_zh if words.is_chinese else one.name_en
    named: list[Component | str] = [anchor(name, Address(language, one.code).path())]
    if one.simulated:
        named += [" ", simulated(words)]
    above = words("congresses.between").join(names[at] for names in one.above)
    return [html.Span(named), one.code, words(f"congresses.level.{one.level}"), above or "—"]


PAGE = Page("congresses", layout)
