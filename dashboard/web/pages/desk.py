"""The desk of the person signed in: what waits, and the acts of the role."""

import secrets
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from dash import Input, Output, State, dcc, html
from dash.development.base_component import Component
from pydantic import ValidationError

from dashboard.commands.progress import NewReport, publish_report, submit_report
from dashboard.commands.supervision import NewRemark, remark
from dashboard.gate import Call
from dashboard.i18n import Words, words
from dashboard.queries.desk import Desk, desk
from dashboard.queries.own_rounds import rounds_due
from dashboard.rules.progress import month_ends
from dashboard.rules.refused import Refused
from dashboard.rules.roles import may
from dashboard.rules.topics import DESK
from dashboard.web.escalation_acts import escalation_part
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.forms import button, choice, field, one_of, text_area, text_input
from dashboard.web.parts.heading import heading
from dashboard.web.parts.notice import notice
from dashboard.web.parts.own import rounds_card
from dashboard.web.parts.table import Cell, Column, scrolled, table
from dashboard.web.parts.text import data
from dashboard.web.watched import live_state
from dashboard.web.wiring import reads, writes

LONGEST_NUMBER = 12


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the desk of the role in which one acts here."""
    words = view.words
    known = desk(call)
    cards: list[Component] = []
    due = rounds_due(call)
    if due:
        here = view.address
        cards.append(rounds_card(words, due, lambda page, item: here.to(page, item).path()))
    if may(call.role, "report.submit"):
        cards.append(_report_card(call, view, known))
    if known.watches:
        cards.append(
            html.Div(_waiting_card(words, known, acts=may(call.role, "report.publish")), id="desk-waiting")
        )
    cards += escalation_part(call)
    if may(call.role, "remark.add"):
        cards += [_remark_card(view, known), html.Div(_said_card(words, known), id="desk-said")]
    if not cards:
        cards.append(empty(words("desk.nothing"), words("desk.nothing.since")))
    marks = [simulated(words)] if call.place is not None and call.place.simulated else []
    if known.watches:
        marks.insert(0, live_state(call, words, (DESK, "progress")))
    head = heading(words("desk.title"), [words(f"role.{call.role}"), "｜", data(words, _place(call))], marks)
    return html.Div([head, html.Div(id="desk-told"), *cards], className="slim"), words("desk.title")


@reads(Output("desk-waiting", "children"), Input("live", "data"))
def follow(call: Call, _version: str | None) -> Component:
    """Draw the list again: a department submitted, or another clerk published."""
    return _waiting_card(words(call.language), desk(call), acts=may(call.role, "report.publish"))


@writes(
    Output("desk-told", "children"),
    Input("report-send", "n_clicks"),
    State("report-project", "value"),
    State("report-month", "value"),
    State("report-share", "value"),
    State("report-paid", "value"),
    State("report-done", "value"),
    State("report-reason", "value"),
)
def send_report(
    call: Call,
    _clicks: int,
    project: UUID | None,
    month: date | None,
    share: str | None,
    paid: str | None,
    done: str | None,
    reason: str | None,
) -> Component:
    """Submit a department's monthly report to the clerk."""
    if project is None or month is None or not (done or "").strip():
        raise Refused("report_incomplete")
    try:
        new = NewReport(
            project_id=project,
            month=month,
            share=_scaled(share, 100, "report_share"),
            paid=_scaled(paid, 1_000_000, "report_money") if (paid or "").strip() else None,
            done_text=done or "",
            reason=reason or "",
        )
    except ValidationError as error:
        raise Refused("report_share") from error
    submit_report(call, new)
    language = words(call.language)
    return notice("green", language("desk.report.sent"), language("desk.report.sent.do"))


@writes(
    Output("desk-waiting", "children", allow_duplicate=True),
    Output("desk-told", "children", allow_duplicate=True),
    Input("publish-send", "n_clicks"),
    State("publish-choice", "value"),
)
def publish(call: Call, _clicks: int, report: UUID | None) -> tuple[Component, Component]:
    """Publish the chosen report."""
    if report is None:
        raise Refused("report_not_chosen")
    publish_report(call, report)
    language = words(call.language)
    told = notice("green", language("desk.published"), language("desk.published.do"))
    return _waiting_card(language, desk(call), acts=True), told


@writes(
    Output("desk-said", "children"),
    Output("desk-told", "children", allow_duplicate=True),
    Output("remark-text", "value"),
    Output("remark-request", "data"),
    Input("remark-send", "n_clicks"),
    State("remark-project", "value"),
    State("remark-text", "value"),
    State("remark-request", "data"),
)
def send_remark(
    call: Call, _clicks: int, project: UUID | None, text: str | None, request: str | None
) -> tuple[Component, Component, str, str]:
    """Record the signed-in deputy's remark on a project and say what follows."""
    if project is None:
        raise Refused("remark_project")
    due = remark(call, NewRemark(project_id=project, text=(text or "")[:4000], request_id=request or ""))
    language = words(call.language)
    told = notice(
        "green", language("desk.remark.sent"), language("desk.remark.sent.do", day=language.day(due))
    )
    return _said_card(language, desk(call)), told, "", secrets.token_hex(16)


def _scaled(text: str | None, scale: int, code: str) -> int:
    """Read a number as people type it (full-width digits, thousands separators) into basis points or fen."""
    plain = (text or "").strip().replace(",", "").replace("，", "").rstrip("%％")
    try:
        value = Decimal(plain) * scale
    except InvalidOperation as error:
        raise Refused(code) from error
    if (
        len(plain) > LONGEST_NUMBER
        or not value.is_finite()
        or value != value.to_integral_value()
        or value < 0
    ):
        raise Refused(code)
    return int(value)


def _place(call: Call) -> str:
    return call.place.name if call.place is not None else ""


def _projects(view: View, known: Desk, element_id: str) -> Component:
    options = {str(one.project_id): one.name for one in known.projects}
    chosen = next(iter(options)) if len(options) == 1 else None
    return choice(element_id, options, view.words("desk.project"), chosen, view.words("desk.choose_project"))


def _report_card(call: Call, view: View, known: Desk) -> Component:
    words = view.words
    if not known.projects:
        return empty(words("desk.no_projects"), words("desk.no_projects.since"))
    months = [month for month in month_ends(date(call.today.year, 1, 1), call.today) if month <= call.today]
    options = {month.isoformat(): words.month(month) for month in reversed(months)}
    rows = [
        field("report-project", words("desk.project"), _projects(view, known, "report-project")),
        field(
            "report-month",
            words("desk.month"),
            choice("report-month", options, words("desk.month"), next(iter(options), None)),
        ),
        field(
            "report-share",
            words("desk.share"),
            text_input("report-share", inputMode="decimal"),
            words("desk.share.help"),
        ),
        field(
            "report-paid",
            words("desk.paid"),
            text_input("report-paid", inputMode="decimal"),
            words("desk.paid.help"),
        ),
        field(
            "report-done",
            words("desk.done"),
            text_area("report-done", 2000),
        ),
        field("report-reason", words("desk.reason"), text_input("report-reason"), words("desk.reason.help")),
        html.Div(button("report-send", words("desk.report.send"), primary=True), className="acts"),
    ]
    return card(words("desk.report.title"), html.Div(rows, className="form"), words("desk.report.line"))


def _waiting_card(words: Words, known: Desk, *, acts: bool) -> Component:
    if not known.waiting:
        return card(
            words("desk.waiting.title"), empty(words("desk.waiting.none"), words("desk.waiting.none.since"))
        )
    heads = ("project", "month", "share", "before", "text")
    columns = [Column(words(f"desk.waiting.{head}"), number=head in {"share", "before"}) for head in heads]
    rows: list[list[Cell]] = [
        [
            data(words, one.project),
            words.month(one.month),
            words.share(one.share),
            words.share(one.before),
            data(words, one.text),
        ]
        for one in known.waiting
    ]
    body: list[Component] = [
        scrolled(table(columns, rows, words("desk.waiting.title")), words("desk.waiting.title"))
    ]
    if acts:
        options = {
            str(one.report_id): html.Span(
                [data(words, one.project), f"｜{words.month(one.month)}｜{words.share(one.share)}"]
            )
            for one in known.waiting
        }
        chosen = one_of("publish-choice", options, next(iter(options)))
        body += [
            chosen,
            html.Div(button("publish-send", words("desk.publish"), primary=True), className="acts"),
        ]
    return card(words("desk.waiting.title"), body, words("desk.waiting.line"))


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


def _said_card(words: Words, known: Desk) -> Component:
    if not known.remarks:
        return card(words("desk.said.title"), empty(words("desk.said.none"), words("desk.said.none.since")))
    columns = [Column(words(f"desk.said.{head}")) for head in ("project", "text", "due")]
    rows: list[list[Cell]] = [
        [data(words, one.project), data(words, one.text), words.day(one.due)] for one in known.remarks
    ]
    return card(words("desk.said.title"), table(columns, rows, words("desk.said.title")))


PAGE = Page("desk", layout, ("progress", "supervision"))
