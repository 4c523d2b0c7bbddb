"""视察: a cycle's inspections by month and project, and one of them with what was found."""

from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.queries.cycles import shown_year
from dashboard.queries.inspections import inspection, inspections
from dashboard.queries.supervision_groups import planning
from dashboard.rules.inspection_frames import Inspections, Listed, Planning
from dashboard.rules.refused import Refused
from dashboard.rules.roles import may
from dashboard.web import inspection_acts, inspection_plan_acts
from dashboard.web.addresses import Address
from dashboard.web.asked import Asked, asked
from dashboard.web.inspection_views import body_view
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.filters import Filter, filters
from dashboard.web.parts.heading import crumbs, heading
from dashboard.web.parts.inspection_calendar import calendar_card, months_nav
from dashboard.web.parts.inspection_list import agenda_card
from dashboard.web.parts.inspection_plan import plan_card
from dashboard.web.parts.inspection_words import list_finding, state_tag
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.text import aria, data, printed, spoken

# What is sent from these pages, kept beside them.
ACTS = (inspection_acts, inspection_plan_acts)
TOPICS = ("supervision", "progress", "cycle")


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the inspections of the cycle that the address asks for: all of a year, or of one month."""
    words, year = view.words, shown_year(call)
    known = inspections(call, year)
    address = _here(call, view, year)
    form = planning(call, year) if may(call.role, "supervision.form") else None
    projects = _projects(known, form)
    here = asked(view.address.path(), view.search, _known(known, projects))
    rows = [one for one in known.rows if _fits(one, here)]
    finding = list_finding(words, known)
    line = [
        data(words, call.place.name if call.place is not None else ""),
        "｜",
        words("inspection.line", year=str(year)),
    ]
    content: list[Component | str] = [heading(printed(words, finding), line, _marks(call, view))]
    if known.rows:
        content += [_filters(view, here, known, projects), months_nav(words, here, year, rows)]
    content.append(_body(view, here, known, rows, address))
    if form is not None and form.projects:
        content.append(plan_card(words, form, here.get("project")))
    return html.Div(content, className="visits-page"), spoken(words, finding)


def _projects(known: Inspections, form: Planning | None) -> dict[str, str]:
    """Return by number the projects that have inspections, and those for which one can be planned."""
    found = {one.number: one.project for one in known.rows if one.number is not None and one.project}
    found |= {one.number: one.name for one in form.projects} if form is not None else {}
    return {str(number): found[number] for number in sorted(found)}


def _known(known: Inspections, projects: dict[str, str]) -> dict[str, set[str] | None]:
    return {
        "month": {f"{known.year}-{number:02d}" for number in range(1, 13)},
        "project": set(projects),
        "delegation": {one.delegation for one in known.rows if one.delegation},
    }


def _fits(one: Listed, here: Asked) -> bool:
    """Tell whether an inspection is of the project and the delegation that are asked for."""
    project, delegation = here.get("project"), here.get("delegation")
    return project in {"", str(one.number)} and delegation in {"", one.delegation}


def _filters(view: View, here: Asked, known: Inspections, projects: dict[str, str]) -> Component:
    words = view.words
    delegations = {one.delegation: one.delegation for one in known.rows if one.delegation}
    fields = [
        Filter("project", words("inspection.filter.project"), projects),
        Filter("delegation", words("inspection.filter.delegation"), delegations),
    ]
    return filters(words, here, fields, ("month",))


def _body(view: View, here: Asked, known: Inspections, rows: list[Listed], address: Address) -> Component:
    words, wanted = view.words, here.get("month")
    listed = [one for one in rows if wanted in {"", f"{one.day:%Y-%m}"}]
    if not known.rows:
        none = empty(words("inspection.none"), words("inspection.none.since"))
        return card(words("inspection.list"), none)
    if not listed:
        clear = Link(words("filter.clear"), here.path)
        agenda = card(words("inspection.list"), empty(words("filter.none"), words("filter.none.do"), clear))
    else:
        agenda = agenda_card(words, known.year, listed, address)
    month = _month(wanted, known, rows)
    calendar = calendar_card(words, here, month, rows, known.today, address)
    return html.Div(
        [html.Div(agenda, className="span-8 stack"), html.Div(calendar, className="span-4 stack")],
        className="columns",
        id="visit-list",
    )


def _month(wanted: str, known: Inspections, rows: list[Listed]) -> date:
    """Return the first of the month that the calendar shows: that asked for, else today's, else the last with any."""
    if wanted:
        return date.fromisoformat(f"{wanted}-01")
    if known.today.year == known.year:
        return known.today.replace(day=1)
    return rows[-1].day.replace(day=1) if rows else date(known.year, 1, 1)


def one_inspection(call: Call, view: View) -> tuple[Component, str]:
    """Return one inspection: who goes, what was found, what may be done about it."""
    words = view.words
    one = inspection(call, view.item_id)
    if one.year != shown_year(call):
        raise Refused("not_found")
    here = _here(call, view, one.year)
    line = [
        words.day(one.day),
        "｜",
        anchor(data(words, one.project), here.to("projects", one.number).path()),
        *(["｜", data(words, one.delegation)] if one.delegation else []),
    ]
    content = [
        crumbs(
            words,
            (
                Link(words("place.inspections"), here.path()),
                Link(words("shell.cycle", year=str(one.year)), here.path()),
            ),
        ),
        heading(
            data(words, one.title),
            line,
            [html.Div(state_tag(words, one.state), id="inspection-state"), *_marks(call, view)],
        ),
        html.Div(id="inspection-told", **aria(live="polite")),
        html.Div(body_view(call, words, one, here), id="inspection-body"),
    ]
    return html.Div(content, className="visit-page"), one.title


def _here(call: Call, view: View, year: int) -> Address:
    return Address(view.address.language, call.place.code if call.place else None, year, "inspections")


def _marks(call: Call, view: View) -> list[Component]:
    return [simulated(view.words)] if call.place is not None and call.place.simulated else []


PAGE = Page("inspections", layout, TOPICS, item=one_inspection)
