"""The overview of one congress and cycle: public, live."""

from urllib.parse import parse_qs
from uuid import UUID

from dash import Input, Output, State, html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.i18n import words
from dashboard.queries.cycles import shown_year
from dashboard.queries.overview import TOPICS, overview
from dashboard.queries.own import own
from dashboard.queries.progress import curve, ranking
from dashboard.rules.frames import Overview, Standing
from dashboard.rules.roles import may
from dashboard.rules.topics import DESK
from dashboard.web import addresses
from dashboard.web.charts import curve_card, tally_card
from dashboard.web.context import PageState
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.forms import choice
from dashboard.web.parts.headline import overview_finding
from dashboard.web.parts.links import Link
from dashboard.web.parts.overview_body import OverviewLinks, overview_body, overview_head
from dashboard.web.parts.own import own_card
from dashboard.web.parts.text import spoken
from dashboard.web.watched import live_state
from dashboard.web.wiring import reads

CHOSEN = "overview-project"
STAGE_PAGES = {"collect": "orders", "choose": "rounds", "deliver": "projects", "judge": "assessments"}


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the overview with the project that the address names, else the one furthest behind.

    A member's own matters stand between the stages and the rest, in a place of their own: the rest is the same for
    everyone of a role and is kept so.
    """
    year = shown_year(call)
    shown = overview(call, year)
    chosen = _chosen(shown.ranking, parse_qs(view.search.removeprefix("?")).get("project", [""])[0])
    head, body = _drawn(call, view, shown, chosen)
    own_place = html.Div(_own(call, view, year), id="overview-own")
    content = html.Div(
        [html.Div(head, id="overview-head"), own_place, html.Div(body, id="overview-body")]
        if call.is_member
        else [html.Div(head, id="overview-head"), html.Div(body, id="overview-body")]
    )
    return content, spoken(view.words, overview_finding(view.words, shown))


@reads(
    Output("overview-head", "children"),
    Output("overview-body", "children"),
    Input("live", "data"),
    State(CHOSEN, "value"),
    by_role=True,
)
def refresh(
    call: Call, _version: str | None, chosen: str | None, page: PageState
) -> tuple[Component, Component]:
    """Draw the overview again: something changed."""
    view = _view(page)
    shown = overview(call, shown_year(call))
    return _drawn(call, view, shown, _chosen(shown.ranking, chosen or ""))


@reads(Output("overview-own", "children"), Input("live", "data"), keeps=False)
def refresh_own(call: Call, _version: str | None, page: PageState) -> Component | None:
    """Draw a member's own matters again: something changed."""
    return _own(call, _view(page), shown_year(call))


@reads(Output("curve-card", "children"), Input(CHOSEN, "value"), by_role=True)
def choose(call: Call, chosen: str, page: PageState) -> Component:
    """Draw the curve of the project that was chosen."""
    view = _view(page)
    rows = ranking(call, shown_year(call))
    return _curve(call, view, rows, _chosen(rows, chosen))


def _view(page: PageState) -> View:
    address = addresses.read(page.path) or addresses.Address()
    return View(words(page.language), address, page.theme, page.narrow, "", page)


def _chosen(rows: tuple[Standing, ...], wanted: str) -> str | None:
    """Return the project wanted if it is one of the ranking's, else the one furthest behind."""
    ids = [row.project_id for row in rows]
    if wanted in ids:
        return wanted
    reported = [(row.gap, row.project_id) for row in rows if row.gap is not None]
    return min(reported)[1] if reported else next(iter(ids), None)


def _own(call: Call, view: View, year: int) -> Component | None:
    """Return the card of what concerns the person; the public has none."""
    if not may(call.role, "desk.read"):
        return None
    known = own(call, year)
    here = addresses.Address(view.address.language, call.place.code if call.place else None, year)
    if known is None:
        return None
    return own_card(
        view.words,
        known,
        lambda number: here.to("projects", number).path(),
        here.to("desk").path(),
        lambda page, item: here.to(page, item).path(),
    )


def _drawn(call: Call, view: View, shown: Overview, chosen: str | None) -> tuple[Component, Component]:
    year = shown_year(call)
    here = addresses.Address(view.address.language, call.place.code if call.place else None, year)
    votes = (
        tally_card("overview-tally", shown.tally, view.words, view.theme, view.narrow, announced=True)
        if shown.tally is not None
        else _nothing(view, "overview.no_tally")
    )
    links = OverviewLinks(
        project=lambda project: f"{here.path()}?project={project}",
        projects=here.to("projects").path(),
        stages={stage: here.to(page).path() for stage, page in STAGE_PAGES.items()},
        acts=(
            Link(view.words("overview.elsewhere"), addresses.Address(here.language, page="archive").path()),
        ),
    )
    curve_place = html.Div(_curve(call, view, shown.ranking, chosen), id="curve-card")
    live = live_state(call, view.words, (*TOPICS, DESK) if may(call.role, "desk.read") else TOPICS)
    return overview_head(view.words, shown, links, live), overview_body(
        view.words, shown, curve_place, votes, links, chosen
    )


def _curve(call: Call, view: View, rows: tuple[Standing, ...], chosen: str | None) -> Component:
    if chosen is None:
        return _nothing(view, "overview.no_projects")
    options = {row.project_id: row.name for row in rows}
    picker = choice(CHOSEN, options, view.words("overview.choose"), chosen)
    frame = curve(call, UUID(chosen))
    number = next(row.number for row in rows if row.project_id == chosen)
    here = addresses.Address(view.address.language, call.place.code if call.place else None, shown_year(call))
    own = here.to("projects", number).path()
    acts = (Link(view.words("overview.project"), own),)
    return curve_card(
        "overview-curve",
        frame,
        view.words,
        view.theme,
        view.narrow,
        end=picker,
        acts=acts,
        opens=f"{own}?report=",
    )


def _nothing(view: View, key: str) -> Component:
    return card(view.words(f"{key}.title"), empty(view.words(key), view.words(f"{key}.since")))


PAGE = Page("overview", layout, TOPICS)
