"""代表意见: the remarks of a cycle, which of them wait for an answer, and the page of one."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.i18n import Words
from dashboard.queries.cycles import shown_year
from dashboard.queries.remarks import remark_shown, remarks
from dashboard.queries.weeks import weeks
from dashboard.rules.remark_frames import RemarkShown, WantedRemarks, WeekShown, chosen
from dashboard.rules.remarks import OVERDUE, WAITING
from dashboard.web import remark_acts
from dashboard.web.asked import Asked, asked
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.filters import Filter, filters
from dashboard.web.parts.heading import crumbs, heading
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.paging import paging
from dashboard.web.parts.paging import shown as on_page
from dashboard.web.parts.remarks import remark_list
from dashboard.web.parts.text import Sentence, aria, data, printed, spoken
from dashboard.web.remark_acts import remark_body

# What is pressed on the page of a remark, kept beside it.
ACTS = (remark_acts,)
STATES = ("open", "overdue", "answered")
ROWS = 20


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the remarks that the address asks for, what waits first."""
    words, year = view.words, shown_year(call)
    rows, held = remarks(call, year), weeks(call, year)
    here = asked(view.address.path(), view.search, _known(rows, held))
    found = chosen(rows, WantedRemarks(**{name: here.get(name) for name in WantedRemarks.__slots__}))
    title = _title(words, rows)
    line = [data(words, call.place.name if call.place else ""), "｜", words("remark.line")]
    content: list[Component | str] = [
        heading(title, line, _marks(call, words)),
        _weeks(words, held, view),
        filters(words, here, _fields(words, rows, held), kept=()),
        _list(view, found, rows, here),
        paging(words, here, len(found), ROWS),
    ]
    return html.Div(content), title


def one_remark(call: Call, view: View) -> tuple[Component, str]:
    """Return one remark with its answers and the forms of whoever reads it."""
    words, row = view.words, remark_shown(call, view.item_id)
    title = Sentence("remark.on", {}, {"project": row.project})
    way = (
        Link(words("place.remarks"), view.address.to("remarks").path()),
        Link(row.project, view.address.to("projects", row.number).path(), lang=_lang(words)),
    )
    content: list[Component] = [
        crumbs(words, way),
        heading(printed(words, title), None, _marks(call, words)),
        html.Div(id="remark-told", **aria(live="polite")),
        html.Div(remark_body(call, words, row, view.address), id="remark-body", className="stack"),
    ]
    return html.Div(content, className="slim"), spoken(words, title)


def _lang(words: Words) -> str | None:
    return None if words.is_chinese else "zh-CN"


def _marks(call: Call, words: Words) -> list[Component]:
    return [simulated(words)] if call.place is not None and call.place.simulated else []


def _title(words: Words, rows: Sequence[RemarkShown]) -> str:
    """Return how many remarks there are, how many wait and how many of these are overdue."""
    if not rows:
        return words("place.remarks")
    waiting = sum(row.state in WAITING for row in rows)
    overdue = sum(row.state == OVERDUE for row in rows)
    key = "remark.title.overdue" if overdue else "remark.title.waiting" if waiting else "remark.title.done"
    facts = {"waiting": words.count(waiting), "overdue": words.count(overdue)}
    return words.plural(key, len(rows), **facts)


def _known(rows: Sequence[RemarkShown], held: Sequence[WeekShown]) -> dict[str, set[str] | None]:
    """Return what an address may ask of this cycle's remarks."""
    return {
        "state": set(STATES),
        "project": {str(row.number) for row in rows},
        "department": {row.department_id for row in rows if row.department_id},
        "week": {one.id for one in held},
    }


def _fields(words: Words, rows: Sequence[RemarkShown], held: Sequence[WeekShown]) -> list[Filter]:
    projects = {
        str(row.number): f"{row.number} {row.project}" for row in sorted(rows, key=lambda one: one.number)
    }
    departments = {row.department_id: row.department for row in rows if row.department_id and row.department}
    fields = [
        Filter("state", words("remark.filter.state"), {one: words(f"remark.filter.{one}") for one in STATES}),
        Filter("project", words("remark.filter.project"), projects),
        Filter("department", words("remark.filter.department"), departments),
    ]
    if held:
        fields.append(Filter("week", words("place.weeks"), {one.id: one.title for one in held}))
    return [one for one in fields if one.options]


def _weeks(words: Words, held: Sequence[WeekShown], view: View) -> Component:
    """Return the way to the supervision weeks."""
    here = view.address
    links = [anchor(words("week.all"), here.to("weeks").path())]
    links += [anchor(data(words, one.title), here.to("weeks", one.id).path()) for one in held[:3]]
    told: list[Component | str] = []
    for link in links:
        told += ["｜", link] if told else [link]
    return html.P(told, className="secondary remark-weeks")


def _list(view: View, found: Sequence[RemarkShown], rows: Sequence[RemarkShown], here: Asked) -> Component:
    words = view.words
    if not found:
        none = ("filter.none", "filter.none.do") if rows else ("remark.none", "remark.none.since")
        return card(words("place.remarks"), empty(words(none[0]), words(none[1])))
    shown = found[on_page(here, len(found), ROWS)]
    title = words.plural("remark.found", len(found))
    return card(title, remark_list(words, shown, view.address), words("remark.order"))


PAGE = Page("remarks", layout, ("supervision", "progress"), item=one_remark)
