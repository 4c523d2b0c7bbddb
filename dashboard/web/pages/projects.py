"""项目: a cycle's projects as a list, a heat map or small curves, and the page of one project."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.queries.cycles import shown_year
from dashboard.queries.project_list import project_list
from dashboard.rules.project_frames import Listed, Projects
from dashboard.rules.project_list import SORTS, STAGES, Wanted, chosen, from_behind, ordered
from dashboard.web.asked import Asked, asked
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.heading import heading
from dashboard.web.parts.light import LIGHTS
from dashboard.web.parts.links import Link
from dashboard.web.parts.paging import paging
from dashboard.web.parts.paging import shown as on_page
from dashboard.web.parts.projects_curves import curves_card
from dashboard.web.parts.projects_head import VIEWS, departments, finding, line, narrowing, views
from dashboard.web.parts.projects_heat import heat_card
from dashboard.web.parts.projects_table import project_table
from dashboard.web.parts.text import printed, spoken

TOPICS = ("progress", "voting", "orders", "inquiry", "supervision", "assessment", "cycle", "people")


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the projects of a cycle that the address asks for, in the view that it names."""
    words, year = view.words, shown_year(call)
    shown = project_list(call, year)
    here = asked(view.address.path(), view.search, _known(shown))
    rows = chosen(shown, Wanted(**{name: here.get(name) for name in Wanted.__slots__}))
    title = finding(words, shown)
    end = [
        views(words, here),
        *([simulated(words)] if call.place is not None and call.place.simulated else []),
    ]
    name = call.place.name if call.place is not None else ""
    content: list[Component | str] = [heading(printed(words, title), line(words, name, shown), end)]
    if shown.rows:
        content += [narrowing(words, here, shown), *_body(view, here, shown, rows)]
    else:
        content.append(_none(view, shown))
    return html.Div(content, className="projects-page"), spoken(words, title)


def _known(shown: Projects) -> dict[str, set[str] | None]:
    """Return what an address may ask of this cycle's list."""
    rows = shown.rows
    return {
        "q": None,
        "view": set(VIEWS),
        "sort": {sign + name for name in SORTS for sign in ("", "-")},
        "stage": set(STAGES),
        "light": set(LIGHTS),
        "category": {row.category for row in rows},
        "department": set(departments(rows)),
        "place": {one.code for one in shown.areas},
    }


def _body(view: View, here: Asked, shown: Projects, rows: Sequence[Listed]) -> list[Component | str]:
    words = view.words
    if not rows:
        clear = Link(words("filter.clear"), here.path)
        return [card(words("projects.list"), empty(words("filter.none"), words("filter.none.do"), clear))]
    charted = [row for row in rows if row.stage != "candidate"]
    wanted = here.get("view", VIEWS[0])
    if wanted != VIEWS[0] and not charted:
        since = empty(words("projects.no_months"), words("projects.no_months.since"))
        return [card(words(f"projects.view.{wanted}"), since)]

    def address(row: Listed) -> str | None:
        return None if row.stage == "candidate" else view.address.to("projects", row.number).path()

    if wanted == "heat":
        return [heat_card(words, shown, rows, address)]
    if wanted == "curves":
        inorder = ordered(rows, here.get("sort")) if here.get("sort") else from_behind(rows)
        return [curves_card(words, shown, inorder, address)]
    page = ordered(rows, here.get("sort", "number"))[on_page(here, len(rows))]
    table = project_table(words, here, shown, page, len(rows), address)
    return [table, paging(words, here, len(rows))]


def _none(view: View, shown: Projects) -> Component:
    """Return what will stand here once the cycle has projects."""
    words = view.words
    act = Link(words("place.orders"), view.address.to("orders").path())
    line = words("projects.none", year=str(shown.year))
    return card(words("place.projects"), empty(line, words("projects.none.since"), act))


PAGE = Page("projects", layout, TOPICS)
