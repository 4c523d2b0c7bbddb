"""督办: a list of tasks, the form that opens one, and one task with its reports and its end."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.commands.tasks import LONGEST, LONGEST_NAME, LONGEST_TITLE
from dashboard.i18n import Words
from dashboard.rules.task_frames import TaskShown
from dashboard.rules.tasks import DISMISSED, DONE, OPEN, OWNERS, PROPOSED, SIX
from dashboard.web.addresses import Address
from dashboard.web.parts.badge import toned
from dashboard.web.parts.card import card
from dashboard.web.parts.escalation_card import reason_text
from dashboard.web.parts.facts import Fact, facts
from dashboard.web.parts.forms import button, choice, field, text_area, text_input
from dashboard.web.parts.links import anchor
from dashboard.web.parts.table import NONE, Cell, Column, scrolled, table
from dashboard.web.parts.text import data

HEADS = ("title", "kind", "project", "department", "owner", "due", "state")
TONES = {PROPOSED: "amber", OPEN: "blue", DONE: "green", DISMISSED: "grey"}


@dataclass(frozen=True, slots=True)
class Begun:
    """What the form of a new task begins with: what a remark or a project that led here says."""

    project: str | None = None
    title: str = ""
    remark: str | None = None
    remark_text: str | None = None
    kind: str = SIX[0]


def task_table(
    words: Words, rows: Sequence[TaskShown], here: Address, title: str, end: Component | None = None
) -> Component:
    """Return tasks as a table; on a phone each stands as a block."""
    columns = [Column(words(f"task.column.{head}")) for head in HEADS]
    lines: list[list[Cell]] = [_line(words, row, here) for row in rows]
    shown = scrolled(table(columns, lines, title), title)
    return card(title, shown, words("task.order"), end=end, style="task-list")


def _line(words: Words, row: TaskShown, here: Address) -> list[Cell]:
    project: Cell = NONE
    if row.project and row.number is not None:
        project = anchor(data(words, row.project), here.to("projects", row.number).path())
    return [
        anchor(data(words, row.title), here.to("tasks", row.id).path()),
        words(f"task.kind.{row.kind}"),
        project,
        data(words, row.department) if row.department else NONE,
        _owner(words, row),
        words.day(row.due),
        state_tag(words, row),
    ]


def state_tag(words: Words, row: TaskShown) -> Component:
    """Return how a task stands; one that is open and past its day says that instead."""
    if row.overdue:
        return toned(words("task.state.overdue"), "red")
    return toned(words(f"task.state.{row.state}"), TONES[row.state])


def _owner(words: Words, row: TaskShown) -> Cell:
    if row.led_by:
        return data(words, row.led_by)
    return words(f"role.{row.owner}") if row.owner else NONE


def task_card(words: Words, row: TaskShown, here: Address) -> Component:
    """Return what a task asks for, of whom and by when, and why."""
    told = [
        Fact(words("task.column.kind"), words(f"task.kind.{row.kind}")),
        Fact(words("task.column.department"), data(words, row.department) if row.department else NONE),
        Fact(words("task.column.owner"), _owner(words, row)),
        Fact(words("task.column.due"), words.day(row.due)),
    ]
    body: list[Component] = [html.Div(facts(told), className="facts-card")]
    if row.text:
        body.append(html.P(data(words, row.text), className="remark-said"))
    if row.reason:
        body.append(html.P(reason_text(words, row.reason)))
    if row.project and row.number is not None:
        way = anchor(data(words, row.project), here.to("projects", row.number).path())
        body.append(html.P([words("task.about"), way], className="secondary"))
    if row.remark and row.remark_text:
        way = anchor(data(words, row.remark_text), here.to("remarks", row.remark).path())
        body.append(html.P([words("task.from_remark"), way], className="secondary"))
    opened = words("task.opened", day=words.day(row.opened)) if row.opened else None
    return card(words("task.asks"), body, opened, end=state_tag(words, row))


def reports_card(words: Words, row: TaskShown) -> Component | None:
    """Return what the department reported, the newest first, and what it came to."""
    if not row.reports and not row.note:
        return None
    items = [
        html.Li([html.P(words("task.reported", day=words.day(one.given))), html.P(data(words, one.text))])
        for one in reversed(row.reports)
    ]
    if row.note:
        key = "task.closed.dismissed" if row.state == DISMISSED else "task.closed.done"
        told = words(key, day=words.day(row.closed)) if row.closed else words(f"task.state.{row.state}")
        items.insert(0, html.Li([html.P(told), html.P(data(words, row.note))]))
    return card(words("task.reports"), html.Ul(items, className="said"))


def report_form(words: Words, row: TaskShown) -> Component:
    """Return the department's form: what was done."""
    rows: list[Component] = [
        field("task-report-text", words("task.report.text"), text_area("task-report-text", LONGEST)),
        dcc.Store(id="task-report-request", data=secrets.token_hex(16)),
        html.Div(button("task-report-send", words("task.report.send"), primary=True), className="acts"),
    ]
    title = words("task.report.again" if row.reports else "task.report.title")
    return card(title, html.Div(rows, className="form"), words("task.report.line"))


def closing_form(words: Words) -> Component:
    """Return the form by which an open task is closed, with what it came to."""
    rows: list[Component] = [
        field("task-close-note", words("task.close.note"), text_area("task-close-note", LONGEST)),
        html.Div(button("task-close-send", words("task.close.send"), primary=True), className="acts"),
    ]
    return card(words("task.close.title"), html.Div(rows, className="form"), words("task.close.line"))


def decision_form(words: Words) -> Component:
    """Return the leader's form on a proposed task: confirm it, or dismiss it with a reason."""
    rows: list[Component] = [
        field(
            "task-dismiss-reason",
            words("escalation.reason"),
            text_area("task-dismiss-reason", LONGEST),
            words("escalation.reason.help"),
        ),
        html.Div(
            [
                button("task-confirm", words("escalation.confirm"), primary=True),
                button("task-dismiss", words("escalation.dismiss")),
            ],
            className="acts",
        ),
    ]
    return card(words("task.decide.title"), html.Div(rows, className="form"), words("task.decide.line"))


def opening_form(
    words: Words, projects: Mapping[str, str], departments: Mapping[str, str], begun: Begun
) -> Component:
    """Return the form that opens a task of one of six kinds."""
    kinds = {one: words(f"task.kind.{one}.long") for one in SIX}
    owners = {one: words(f"role.{one}") for one in OWNERS}
    asks = {
        name: words(f"task.column.{name}")
        for name in ("kind", "project", "department", "title", "owner", "due")
    }
    lead, none = words("task.department.lead"), words("task.project.none")
    rows: list[Component] = [
        field("task-kind", asks["kind"], choice("task-kind", kinds, asks["kind"], begun.kind)),
        field(
            "task-project",
            asks["project"],
            choice("task-project", projects, asks["project"], begun.project, none),
        ),
        field(
            "task-department",
            asks["department"],
            choice("task-department", departments, asks["department"], None, lead),
            words("task.department.help"),
        ),
        field("task-title", asks["title"], text_input("task-title", begun.title, maxLength=LONGEST_TITLE)),
        field("task-text", words("task.text"), text_area("task-text", LONGEST)),
        field("task-owner", asks["owner"], choice("task-owner", owners, asks["owner"], OWNERS[1])),
        field(
            "task-led",
            words("task.led"),
            text_input("task-led", maxLength=LONGEST_NAME),
            words("task.led.help"),
        ),
        field("task-due", asks["due"], text_input("task-due"), words("week.day.help")),
        dcc.Store(id="task-remark", data=begun.remark),
        dcc.Store(id="task-request", data=secrets.token_hex(16)),
        html.Div(button("task-send", words("task.open"), primary=True), className="acts"),
    ]
    line = words("task.open.line")
    follows = []
    if begun.remark_text:
        told = [words("task.from_remark"), data(words, begun.remark_text)]
        follows.append(html.P(told, className="secondary remark-said"))
    body = html.Div([*follows, html.Div(rows, className="form")])
    return card(words("task.open"), body, line, element_id="task-opening")
