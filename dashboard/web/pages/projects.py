"""项目: a cycle's projects as a list, rankings, a heat map, money or small curves, and the page of one project."""

from collections.abc import Sequence
from uuid import UUID

from dash import html
from dash.development.base_component import Component

from dashboard.figures.progress_curve import progress_curve
from dashboard.gate import Call
from dashboard.queries.cycles import shown_year
from dashboard.queries.objections import objections, open_to_objections
from dashboard.queries.plans import plan_desk
from dashboard.queries.project import project, waiting
from dashboard.queries.project_list import project_list
from dashboard.rules.project_frames import NOT_CARRIED, Listed, ProjectPage, Projects
from dashboard.rules.project_list import SORTS, STAGES, Wanted, chosen, from_behind, ordered
from dashboard.rules.refused import Refused
from dashboard.rules.roles import may
from dashboard.web import group_acts, objection_acts
from dashboard.web.asked import Asked, asked
from dashboard.web.money_chart import money_card
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.filters import told
from dashboard.web.parts.heading import heading
from dashboard.web.parts.light import LIGHTS
from dashboard.web.parts.links import Link
from dashboard.web.parts.objections import project_objections
from dashboard.web.parts.paging import paging
from dashboard.web.parts.paging import shown as on_page
from dashboard.web.parts.project_head import cancelled_part, project_facts, project_head, way_card
from dashboard.web.parts.project_plan import grades_card, plan_card
from dashboard.web.parts.project_reports import reports_card
from dashboard.web.parts.project_talk import asked_card, people_card, said_card, visits_card
from dashboard.web.parts.project_votes import votes_card
from dashboard.web.parts.projects_curves import curves_card
from dashboard.web.parts.projects_head import VIEWS, departments, finding, line, narrowing, views
from dashboard.web.parts.projects_heat import heat_card
from dashboard.web.parts.projects_money import works_card
from dashboard.web.parts.projects_rank import rank_card, slip_card
from dashboard.web.parts.projects_table import project_table
from dashboard.web.parts.text import printed, spoken
from dashboard.web.project_charts import curve_card
from dashboard.web.project_points import shown_point, wanted_of
from dashboard.web.project_visits import group_part, visits_told, visits_ways

# What is sent from the page of a project, kept beside it.
ACTS = (objection_acts, group_acts)
# The views that are made of rows, whatever the look of the page.
CARDS = {"rank": rank_card, "slip": slip_card, "heat": heat_card}
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
    charted = [row for row in rows if row.stage not in NOT_CARRIED]
    wanted = here.get("view", VIEWS[0])
    if wanted != VIEWS[0] and not charted:
        since = empty(words("projects.no_months"), words("projects.no_months.since"))
        return [card(words(f"projects.view.{wanted}"), since)]

    def address(row: Listed) -> str | None:
        return None if row.stage == "candidate" else view.address.to("projects", row.number).path()

    if wanted == "money":
        return [works_card(words, shown, rows, address, view.theme, view.narrow)]
    if wanted in CARDS:
        return [CARDS[wanted](words, shown, rows, address)]
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


def one_project(call: Call, view: View) -> tuple[Component, str]:
    """Return the page of the project whose number in the cycle the address names."""
    words, item = view.words, view.address.item or ""
    if not item.isdecimal() or str(int(item)) != item:
        raise Refused("not_found")
    page = project(call, shown_year(call), int(item))
    held = waiting(call, UUID(page.curve.project_id)) if may(call.role, "desk.read") else ()
    here = view.address.to("projects")
    look = (words, view.theme, view.narrow)
    wanted = wanted_of(view.address, view.search, page)
    money = _money(view, page, wanted)
    side = [
        *([] if wanted.get("money") else [money]),
        votes_card(words, page.stood, here),
        asked_card(words, page, here),
    ]
    rest = [
        grades_card(words, page),
        visits_card(words, page, here, visits_told(call, page), visits_ways(call, words, page, here)),
        said_card(words, page, here),
        people_card(words, page, here, group_part(call, words, page)),
    ]
    content = [
        html.Div(project_head(words, page, here, call.place is not None and call.place.simulated)),
        *told(words, wanted),
        cancelled_part(words, page),
        project_facts(words, page),
        way_card(words, page),
        html.Div(
            [
                html.Div(
                    [
                        curve_card(
                            page,
                            *look,
                            call.is_member,
                            wanted,
                            shown_point(call, view.address, words, page, wanted),
                        ),
                        *([money] if wanted.get("money") else []),
                        plan_card(words, page, *_plan_way(call, view, page)),
                    ],
                    className="span-8 stack",
                ),
                html.Div(side, className="span-4 stack"),
            ],
            className="columns",
        ),
        reports_card(words, page, held, call.place.code if call.place is not None else ""),
        _objections(call, view, page),
        html.Div([one for one in rest if one is not None], className="pairs"),
    ]
    return html.Div([one for one in content if one is not None], className="project"), page.row.name


def _money(view: View, page: ProjectPage, wanted: Asked) -> Component:
    """Return the card of the money, drawn under the curve where the address asks for it."""
    look = (view.words, view.theme, view.narrow)
    under = progress_curve(page.curve, *look, lane=False) if wanted.get("money") else None
    return money_card(page.money, *look, under)


def _plan_way(call: Call, view: View, page: ProjectPage) -> tuple[Link | None, str | None]:
    """Return the way to the plan's own page for those whose work it is, and what is under way there."""
    if not may(call.role, "plan.read"):
        return None, None
    project, words = UUID(page.curve.project_id), view.words
    try:
        desk = plan_desk(call, project)
    except Refused as refused:
        if refused.code != "not_yours":
            raise
        return None, None
    waits = desk.under_way
    told = (
        words(f"project.plan.under_way.{waits.state}", kind=words(f"plan.kind.{waits.kind}"))
        if waits
        else None
    )
    key = "project.plan.go.fill" if desk.force is None else "project.plan.go"
    return Link(words(key), view.address.to("plan", project).path()), told


def _objections(call: Call, view: View, page: ProjectPage) -> Component | None:
    """Return the objections to the project's reports, for those who may raise or read them."""
    if not may(call.role, "objection.read"):
        return None
    identity = UUID(page.curve.project_id)
    return project_objections(
        view.words, objections(call, page.year, identity), open_to_objections(call, identity)
    )


PAGE = Page("projects", layout, TOPICS, item=one_project)
