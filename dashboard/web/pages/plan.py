"""项目计划: a project's plan filled in, approved and changed, by those whose work it is."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.queries.plans import plan_desk
from dashboard.rules.refused import Refused
from dashboard.web import plan_acts
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.heading import crumbs, heading
from dashboard.web.parts.links import Link
from dashboard.web.parts.text import Sentence, aria, data, printed, spoken
from dashboard.web.plan_views import Look, body_view, state_tag

# Importing it puts what is pressed on this page into the registry.
ACTS = (plan_acts,)


def layout(_call: Call, _view: View) -> tuple[Component, str]:
    """Say that nothing is here: a plan is reached from its project."""
    raise Refused("not_found")


def one_plan(call: Call, view: View) -> tuple[Component, str]:
    """Return the plan of one project."""
    words, desk = view.words, plan_desk(call, view.item_id)
    look = Look(words, view.theme, view.narrow, call.role)
    title = Sentence("plan.title", {}, {"name": desk.name})
    here = view.address.to("projects", desk.number)
    end: list[Component] = [html.Div(state_tag(words, desk), id="plan-state")]
    if call.place is not None and call.place.simulated:
        end.append(simulated(words))
    way = (
        Link(words("place.projects"), view.address.to("projects").path()),
        Link(desk.name, here.path(), lang=None),
    )
    line = [data(words, desk.voted.target), "｜", words("shell.cycle", year=str(desk.year))]
    content = [
        crumbs(words, way),
        heading(printed(words, title), line, end),
        html.Div(id="plan-told", **aria(live="polite")),
        html.Div(body_view(look, desk), id="plan-body", className="stack"),
        # What is pressed, what is to be laid out, what is typed: assets/plan.js fills them.
        dcc.Store(id="plan-pressed"),
        dcc.Store(id="plan-asked"),
        dcc.Store(id="plan-typed"),
    ]
    return html.Div(content, className="plan stack"), spoken(words, title)


PAGE = Page("plan", layout, ("progress",), item=one_plan)
