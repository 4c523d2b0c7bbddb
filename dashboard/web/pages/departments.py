"""承办单位: what each department has in hand in a cycle, and one department over the years."""

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.queries.assessment import announced_ranking, ranking
from dashboard.queries.cycles import shown_year
from dashboard.queries.departments import department, departments
from dashboard.queries.flags import departments_flags
from dashboard.queries.progress import ranking as standings
from dashboard.rules.chart_frames import by_department, compared
from dashboard.rules.judge_frames import Duty, Record
from dashboard.rules.lights import DEFAULT_LIGHTS, STATES
from dashboard.rules.ranks import charted
from dashboard.rules.roles import may
from dashboard.web.addresses import Address
from dashboard.web.asked import Asked, asked
from dashboard.web.judge_charts import line_card
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card
from dashboard.web.parts.comparison import comparison_card
from dashboard.web.parts.department_list import (
    FIND,
    SORTS,
    department_rows,
    departments_finding,
    filtered,
)
from dashboard.web.parts.department_record import (
    headed,
    projects_card,
    questions_card,
    record_facts,
    record_finding,
)
from dashboard.web.parts.empty import empty
from dashboard.web.parts.filters import Filter, choice_of_views, filters
from dashboard.web.parts.flags_card import flags_card
from dashboard.web.parts.heading import crumbs, heading
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.rank_pins import PIN
from dashboard.web.parts.text import data, printed, spoken

TOPICS = ("progress", "inquiry", "assessment", "cycle")
COMPARE = ("compare",)


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return every department of the cycle, as the address filters and sorts them."""
    words, year = view.words, shown_year(call)
    known = departments(call, year)
    there = {name for one in known for name, _ in one.lights}
    # The gravest first, and only what some department has.
    lights = {name: words(f"light.{name}") for name in reversed(tuple(STATES)) if name in there}
    keys = {FIND: None, "light": lights, "sort": SORTS, "view": COMPARE}
    wanted = asked(view.address.path(), view.search, keys)
    rows = filtered(known, wanted)
    finding = departments_finding(words, known)
    form = filters(
        words,
        wanted,
        [Filter(FIND, words("department.find")), Filter("light", words("department.light"), lights)],
    )
    content = html.Div(
        [
            heading(
                printed(words, finding),
                _line(call, view, year),
                [choice_of_views(words, wanted, ("list", "compare"), "department.view"), *_marks(call, view)],
            ),
            *([] if wanted.get("view") else [form]),
            *([flags_card(words, departments_flags(call, year))] if may(call.role, "rank.read") else []),
            _comparison(call, view, known, year)
            if wanted.get("view")
            else _list(call, view, known, rows, year, wanted),
        ],
        className="stack",
    )
    return content, spoken(words, finding)


def _list(
    call: Call, view: View, known: tuple[Duty, ...], rows: list[Duty], year: int, wanted: Asked
) -> Component:
    words = view.words
    if not known:
        return card(
            words("place.departments"), empty(words("department.none"), words("department.none.since"))
        )
    if not rows:
        again = Link(words("filter.clear"), view.address.path())
        return card(words("place.departments"), empty(words("filter.none"), words("filter.none.do"), again))
    here = Address(view.address.language, call.place.code if call.place else None, year, "departments")
    title = words.plural("department.shown", len(rows))
    return card(title, department_rows(words, rows, wanted, here), words("department.measure"))


def _comparison(call: Call, view: View, known: tuple[Duty, ...], year: int) -> Component:
    """Return what the projects of each department have come to, side by side."""
    words = view.words
    groups = by_department(standings(call, year))
    codes = {name: one.id for one in known for name in (one.name, *one.former)}
    here = view.address.to("departments")
    return comparison_card(
        words,
        compared(groups, codes, DEFAULT_LIGHTS),
        ("department-comparison", words("department.compare.title"), words("department.compare.line")),
        lambda code: here.to("departments", code).path(),
    )


def item_layout(call: Call, view: View) -> tuple[Component, str]:
    """Return one department: its projects over the years, what it was asked and promised, its ranks."""
    words, year = view.words, shown_year(call)
    key = view.item_id
    record = department(call, key)
    here = Address(view.address.language, call.place.code if call.place else None, year, "departments")
    finding = record_finding(words, record)
    side = _ranks(call, view, record, year, here)
    main = [projects_card(words, record, here), questions_card(words, record, here)]
    cards = html.Div(main, className="stack")
    if side:
        cards = html.Div(
            [html.Div(main, className="span-8 stack"), html.Div(side, className="span-4 stack")],
            className="columns",
        )
    way = (
        Link(words("place.departments"), here.path()),
        Link(words("shell.cycle", year=str(year)), here.path()),
    )
    content = html.Div(
        [
            crumbs(words, way),
            heading(printed(words, finding), headed(words, record, here), _marks(call, view)),
            record_facts(words, record),
            cards,
        ]
    )
    return content, spoken(words, finding)


def _ranks(call: Call, view: View, record: Record, year: int, here: Address) -> list[Component]:
    """Return the department's line, where the reader may see it; another's line stays that department's own."""
    ranks = ranking(call, year) if may(call.role, "rank.read") else announced_ranking(call, year)
    if ranks is None:
        return []
    own = next(
        (one for one in ranks.lines if one.name and one.into is None and one.id == record.duty.id), None
    )
    if own is None:
        return []
    chart = charted(ranks, [own.key])
    path = f"{here.to('assessments').path()}?{PIN}={own.key}"
    onward = anchor(view.words("rank.among"), path)
    return [line_card("department-rank", ranks, chart, view.words, view.theme, onward)]


def _line(call: Call, view: View, year: int) -> list[Component | str]:
    place = call.place.name if call.place is not None else ""
    return [data(view.words, place), "｜", view.words("department.line", year=str(year))]


def _marks(call: Call, view: View) -> list[Component]:
    return [simulated(view.words)] if call.place is not None and call.place.simulated else []


PAGE = Page("departments", layout, TOPICS, item=item_layout)
