"""The desk of the person signed in: what waits, and the acts of the role."""

import secrets
from uuid import UUID

from dash import Input, Output, State, dcc, html
from dash.development.base_component import Component

from dashboard.commands.supervision import NewRemark, remark
from dashboard.gate import Call
from dashboard.i18n import Words, words
from dashboard.queries.desk import Desk, desk
from dashboard.queries.own_rounds import rounds_due
from dashboard.queries.plans import plans_waiting
from dashboard.queries.remarks import remarks_waiting
from dashboard.queries.report_due import reports_due
from dashboard.queries.tasks import tasks_due
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role, may
from dashboard.rules.topics import DESK
from dashboard.web import addresses
from dashboard.web.context import PageState
from dashboard.web.desk_visits import visit_cards
from dashboard.web.escalation_acts import escalation_part
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card
from dashboard.web.parts.desk_due import remarks_due as remarks_due_card
from dashboard.web.parts.desk_due import tasks_due as tasks_due_card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.forms import act, button, choice, field, text_area
from dashboard.web.parts.heading import heading
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.notice import notice
from dashboard.web.parts.own import rounds_card
from dashboard.web.parts.plan_list import plans_card
from dashboard.web.parts.remarks import remark_list
from dashboard.web.parts.report_due import due_card
from dashboard.web.parts.table import Cell, Column, table
from dashboard.web.parts.text import data
from dashboard.web.watched import live_state
from dashboard.web.wiring import reads, writes

SAID = 20


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the desk of the role in which one acts here."""
    words = view.words
    known = desk(call)
    cards: list[Component] = []
    due = rounds_due(call)
    if due:
        here = view.address
        cards.append(rounds_card(words, due, lambda page, item: here.to(page, item).path()))
    waiting = plans_waiting(call) if may(call.role, "plan.read") else ()
    if waiting:
        cards.append(plans_card(words, waiting, lambda project: view.address.to("plan", project).path()))
    if may(call.role, "report.submit"):
        here = view.address
        every = Link(words("report.all"), here.to("report").path())
        cards.append(
            due_card(words, reports_due(call, call.year), lambda item: here.to("report", item).path(), every)
        )
    cards += _supervision(call, view)
    if known.watches:
        cards.append(html.Div(_waiting_card(words, known, view.address), id="desk-waiting"))
    cards += visit_cards(call, words, view.address)
    cards += escalation_part(call)
    if may(call.role, "remark.add"):
        cards += [_remark_card(view, known), html.Div(_said_card(call, view.address), id="desk-said")]
    if not cards:
        cards.append(empty(words("desk.nothing"), words("desk.nothing.since")))
    marks = [simulated(words)] if call.place is not None and call.place.simulated else []
    if known.watches:
        marks.insert(0, live_state(call, words, (DESK, "progress")))
    head = heading(words("desk.title"), [words(f"role.{call.role}"), "｜", data(words, _place(call))], marks)
    return html.Div([head, html.Div(id="desk-told"), *cards], className="slim"), words("desk.title")


@reads(Output("desk-waiting", "children"), Input("live", "data"))
def follow(call: Call, _version: str | None, page: PageState) -> Component:
    """Draw the list again: a department submitted, or another clerk published."""
    here = addresses.read(page.path) or addresses.Address(call.language)
    return _waiting_card(words(call.language), desk(call), here)


@writes(
    Output("desk-said", "children"),
    Output("desk-told", "children"),
    Output("remark-text", "value"),
    Output("remark-request", "data"),
    Input("remark-send", "n_clicks"),
    State("remark-project", "value"),
    State("remark-text", "value"),
    State("remark-request", "data"),
)
def send_remark(
    call: Call,
    _clicks: int,
    project: UUID | None,
    text: str | None,
    request: str | None,
    page: PageState,
) -> tuple[Component, Component, str, str]:
    """Record the signed-in deputy's remark on a project and say what follows."""
    if project is None:
        raise Refused("remark_project")
    due = remark(call, NewRemark(project_id=project, text=(text or "")[:4000], request_id=request or ""))
    language = words(call.language)
    told = notice(
        "green", language("desk.remark.sent"), language("desk.remark.sent.do", day=language.day(due))
    )
    here = addresses.read(page.path) or addresses.Address(call.language)
    return _said_card(call, here), told, "", secrets.token_hex(16)


def _supervision(call: Call, view: View) -> list[Component]:
    """Return the remarks that wait for an answer and the tasks, for those who see to them."""
    if call.role is Role.DEPUTY:
        return []
    words_, here = view.words, view.address
    due = tasks_due(call) if may(call.role, "task.read") else ()
    waits = remarks_waiting(call) if may(call.role, "task.read") else ()
    return [
        *remarks_due_card(words_, waits, here),
        *tasks_due_card(words_, due, here, may(call.role, "task.open")),
    ]


def _place(call: Call) -> str:
    return call.place.name if call.place is not None else ""


def _projects(view: View, known: Desk, element_id: str) -> Component:
    options = {str(one.project_id): one.name for one in known.projects}
    chosen = next(iter(options)) if len(options) == 1 else None
    return choice(element_id, options, view.words("desk.project"), chosen, view.words("desk.choose_project"))


def _waiting_card(words: Words, known: Desk, here: addresses.Address) -> Component:
    """Return what waits to be checked, with the way to where it is."""
    check = Link(words("desk.check"), here.to("checking").path())
    if not known.waiting:
        none = empty(words("desk.waiting.none"), words("desk.waiting.none.since"), check)
        return card(words("desk.waiting.title"), none)
    heads = ("project", "month", "share", "received")
    columns = [Column(words(f"desk.waiting.{head}"), number=head == "share") for head in heads]
    rows: list[list[Cell]] = [
        [data(words, one.project), words.month(one.month), words.share(one.share), words.day(one.received)]
        for one in known.waiting
    ]
    title = words.plural("desk.waiting.n", len(rows))
    return card(title, table(columns, rows, title), words("desk.waiting.line"), foot=_foot(check))


def _foot(check: Link) -> Component:
    return html.Div(act(check, primary=True), className="acts desk-check")


def _remark_card(view: View, known: Desk) -> Component:
    words = view.words
    rows = [
        field("remark-project", words("desk.project"), _projects(view, known, "remark-project")),
        field(
            "remark-text",
            words("desk.remark.text"),
            text_area("remark-text", 4000),
        ),
        # Pressing again after a lost answer repeats this id, and so is the same remark.
        dcc.Store(id="remark-request", data=secrets.token_hex(16)),
        html.Div(button("remark-send", words("desk.remark.send"), primary=True), className="acts"),
    ]
    return card(words("desk.remark.title"), html.Div(rows, className="form"), words("desk.remark.line"))


def _said_card(call: Call, here: addresses.Address) -> Component:
    """Return the deputy's own remarks, those that wait first, each with the way to its answer."""
    language, own = words(call.language), remarks_waiting(call)
    if not own:
        none = empty(language("desk.said.none"), language("desk.said.none.since"))
        return card(language("desk.said.title"), none)
    every = anchor(language("desk.remarks.all"), here.to("remarks").path())
    return card(language("desk.said.title"), remark_list(language, own[:SAID], here), end=every)


PAGE = Page("desk", layout, ("progress", "supervision"))
