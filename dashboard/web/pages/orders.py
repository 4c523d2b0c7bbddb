"""群众点单: what citizens asked for in a cycle, what was made of it, and every screened wish."""

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.i18n import Words
from dashboard.queries.cycles import shown_year
from dashboard.queries.orders import TOPICS, picture, wishes
from dashboard.rules.order_frames import SORTS, Picture, Slice, Wanted, Wishes
from dashboard.web.asked import PAGE as PAGE_KEY
from dashboard.web.asked import Asked, asked
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated, tag
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.filters import told
from dashboard.web.parts.heading import heading
from dashboard.web.parts.links import Link, anchor, listed
from dashboard.web.parts.orders_bars import funnel_card, slices_card
from dashboard.web.parts.orders_candidates import Leads, candidate_card, candidates_card
from dashboard.web.parts.orders_list import wish_filters, wish_table
from dashboard.web.parts.orders_words import channel_word, list_finding, picture_finding, span
from dashboard.web.parts.paging import ROWS, paging
from dashboard.web.parts.table import scrolled
from dashboard.web.parts.text import Sentence, aria, data, printed, spoken

FILTERS = ("q", "category", "area", "channel", "state", "candidate")
SHOW, LIST = "show", "wishes"


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the stage as a whole, or the list of wishes where the address asks for any."""
    year = shown_year(call)
    shown = picture(call, year, not view.words.is_chinese)
    here = asked(view.address.path(), view.search, _known(shown))
    if here.values:
        title, body = _list(call, view, shown, here)
    else:
        title, body = picture_finding(view.words, shown), _whole(call, view, shown, here)
    content = [*_head(call, view, shown, here, title), *body]
    return html.Div(content, className="stack orders"), spoken(view.words, title)


def _known(shown: Picture) -> dict[str, set[str] | None]:
    """Return what an address of this page may ask for."""
    return {
        "q": None,
        "category": {one.key for one in shown.categories},
        "area": {one.key for one in shown.areas if one.key},
        "channel": {one.key for one in shown.channels},
        "state": {one.key for one in shown.states},
        "candidate": {str(line.number) for line in shown.candidates},
        "sort": {sign + name for name in SORTS for sign in ("", "-")},
        SHOW: {LIST},
    }


def _head(call: Call, view: View, shown: Picture, here: Asked, title: Sentence) -> list[Component]:
    """Return the finding, the way between the stage and its list, and above the stage what is collected now."""
    words = view.words
    line: list[Component | str] = [data(words, call.place.name if call.place is not None else "")]
    end: list[Component] = []
    if shown.collecting is not None:
        line += ["｜", span(words, shown.collecting)]
        end.append(tag(words, shown.collecting.state))
    if call.place is not None and call.place.simulated:
        end.append(simulated(words))
    ways = (
        Link(words("orders.view.whole"), here.path, current=not here.values),
        Link(
            words("orders.view.list", n=words.count(shown.published)),
            f"{here.path}?{SHOW}={LIST}",
            current=bool(here.values),
        ),
    )
    views = html.Nav(listed(ways), className="order-views", **aria(label=words("orders.views")))
    return [
        heading(printed(words, title), line, end),
        views,
        *([] if here.values else [*told(words, here), *_running(view, shown)]),
    ]


def _running(view: View, shown: Picture) -> list[Component]:
    """Return the notice that another cycle collects wishes now."""
    running, words = shown.running, view.words
    if running is None or view.address.code is None:
        return []
    way = view.address.within(view.address.code, running.year).to("orders").path()
    line = words("orders.running", year=str(running.year))
    go = anchor(words("orders.running.go", year=str(running.year)), way)
    return [
        html.P([html.Strong(line), html.Span(span(words, running)), go], className="collecting", role="note")
    ]


def _source(call: Call, words: Words, shown: Picture) -> Component:
    text = [words("card.source"), words("orders.source")]
    if shown.collecting is not None:
        text.append(words("card.as_of", day=words.day(min(shown.collecting.closes, call.today))))
    return html.Span(text, className="source")


def _whole(call: Call, view: View, shown: Picture, here: Asked) -> list[Component]:
    """Return the funnel, how the wishes fall apart, and the candidates."""
    words, source = view.words, _source(call, view.words, shown)
    cards = [funnel_card(words, shown.funnel, source)]
    if not shown.published:
        waits = card(words("orders.by.category"), empty(*_unscreened(words, shown)), style="span-5")
        return [html.Div([*cards, waits], className="columns"), _candidates(call, view, shown, here, source)]

    def part(what: str, slices: tuple[Slice, ...], style: str) -> Component:
        def named(one: Slice) -> Component | str:
            if what == "channel":
                return channel_word(words, one.key)
            return (one.name if what == "area" else data(words, one.name)) or words("orders.nowhere")

        return slices_card(
            words, what, slices, named, lambda one: here.href(**{what: one.key}), source, style
        )

    cards.append(part("channel", shown.channels, "span-5"))
    pair = [part("category", shown.categories, "span-6"), part("area", shown.areas, "span-6")]
    return [
        html.Div(cards, className="columns"),
        _candidates(call, view, shown, here, source),
        html.Div(pair, className="columns"),
    ]


def _candidates(call: Call, view: View, shown: Picture, here: Asked, source: Component) -> Component:
    return candidates_card(view.words, here, shown.candidates, _leads(view), source, _code(call))


def _code(call: Call) -> str:
    return call.place.code if call.place is not None else ""


def _leads(view: View) -> Leads:
    return lambda page, item: view.address.to(page, item).path()


def _list(call: Call, view: View, shown: Picture, here: Asked) -> tuple[Sentence, list[Component]]:
    """Return one page of the wishes with its filters; past the last page the first stands."""
    words, english = view.words, not view.words.is_chinese
    wanted = Wanted(
        **{name: here.get(name) for name in FILTERS if name != "candidate"},
        candidate=int(here.get("candidate")) if here.get("candidate") else None,
        sort=here.get("sort"),
    )
    found = wishes(call, shown.year, english, wanted, (here.page - 1) * ROWS, ROWS)
    if here.page > 1 and not found.rows:
        here = Asked(
            here.path, {name: value for name, value in here.values.items() if name != PAGE_KEY}, here.dropped
        )
        found = wishes(call, shown.year, english, wanted, 0, ROWS)
    title = list_finding(words, shown, wanted, found.total)
    body: list[Component] = []
    line = next((one for one in shown.candidates if one.number == wanted.candidate), None)
    if line is not None:
        body.append(candidate_card(words, here, line, _leads(view), _code(call)))
    if not shown.published:
        return title, [*told(words, here), card(words("orders.list"), empty(*_unscreened(words, shown)))]
    return title, [wish_filters(words, here, shown), *body, _page(view, here, found)]


def _page(view: View, here: Asked, found: Wishes) -> Component:
    words, title = view.words, view.words("orders.list")
    if not found.rows:
        return card(title, empty(words("filter.none"), words("filter.none.do")))
    table = wish_table(words, here, found.rows, title)
    return card(
        title,
        [scrolled(table, title), paging(words, here, found.total)],
        words("orders.list.line"),
    )


def _unscreened(words: Words, shown: Picture) -> tuple[str, str]:
    """Return what will stand where no wish is published yet, and from when on."""
    if shown.collecting is None:
        return words("orders.unscreened"), words("orders.unscreened.since")
    return words("orders.unscreened"), words(
        "orders.unscreened.when", closes=words.day(shown.collecting.closes)
    )


PAGE = Page("orders", layout, TOPICS)
