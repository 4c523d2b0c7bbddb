"""What is pressed on the pages of tasks: opened, reported on, closed, confirmed, dismissed."""

from typing import Any
from uuid import UUID

from dash import Input, Output, State
from dash.development.base_component import Component
from pydantic import ValidationError

from dashboard.commands.escalation import close_task, confirm_task, dismiss_task
from dashboard.commands.tasks import NewTask, NewTaskReport, open_task, report_task
from dashboard.gate import Call
from dashboard.i18n import Words, words
from dashboard.queries.tasks import task_shown
from dashboard.rules.refused import Refused
from dashboard.rules.roles import may
from dashboard.rules.task_frames import TaskShown
from dashboard.rules.tasks import OPEN, PROPOSED
from dashboard.rules.typed_days import read_day
from dashboard.web import addresses
from dashboard.web.addresses import Address
from dashboard.web.context import PageState
from dashboard.web.parts.links import anchor
from dashboard.web.parts.notice import notice
from dashboard.web.parts.tasks import closing_form, decision_form, report_form, reports_card, task_card
from dashboard.web.wiring import writes

Drawn = tuple[list[Component], Component]
DRAWN = (
    Output("task-body", "children", allow_duplicate=True),
    Output("task-told", "children", allow_duplicate=True),
)


def task_body(call: Call, language: Words, row: TaskShown, here: Address) -> list[Component]:
    """Return a task with its reports and the forms of whoever reads it."""
    body: list[Component | None] = [task_card(language, row, here), reports_card(language, row)]
    if row.state == OPEN and may(call.role, "task.report"):
        body.append(report_form(language, row))
    if row.state == OPEN and may(call.role, "task.close"):
        body.append(closing_form(language))
    if row.state == PROPOSED and may(call.role, "escalation.decide"):
        body.append(decision_form(language))
    return [one for one in body if one is not None]


@writes(
    Output("task-opened", "children"),
    Output("task-told-opening", "children"),
    Input("task-send", "n_clicks"),
    State("task-kind", "value"),
    State("task-project", "value"),
    State("task-department", "value"),
    State("task-remark", "data"),
    State("task-title", "value"),
    State("task-text", "value"),
    State("task-owner", "value"),
    State("task-led", "value"),
    State("task-due", "value"),
    State("task-request", "data"),
)
def open_one(
    call: Call,
    _clicks: int,
    kind: str | None,
    project: str | None,
    department: str | None,
    remark: str | None,
    title: str | None,
    text: str | None,
    owner: str | None,
    led_by: str | None,
    due: str | None,
    request: str | None,
    page: PageState,
) -> tuple[list[Component], Component]:
    """Open a task of supervision; the form gives way to the way to it."""
    known: dict[str, Any] = {
        "kind": kind, "project_id": project or None, "department_id": department or None, "remark_id": remark,
        "title": title or "", "text": text or "", "owner": owner, "led_by": led_by or "",
        "due_on": read_day(due or ""), "request_id": request or "",
    }  # fmt: skip
    try:
        new = NewTask(**known)
    except ValidationError as error:
        raise Refused("malformed") from error
    made = open_task(call, new)
    language = words(call.language)
    here = addresses.read(page.path) or Address(call.language)
    way = anchor(language("task.told.opened.do"), here.to("tasks", made).path())
    return [], notice("green", language("task.told.opened"), way)


@writes(
    *DRAWN,
    Input("task-report-send", "n_clicks"),
    State("task-report-text", "value"),
    State("task-report-request", "data"),
)
def report(call: Call, _clicks: int, text: str | None, request: str | None, page: PageState) -> Drawn:
    """Report on the task as its department."""
    try:
        new = NewTaskReport(task_id=_task(page), text=text or "", request_id=request or "")
    except ValidationError as error:
        raise Refused("malformed") from error
    report_task(call, new)
    return _drawn(call, page, "reported")


@writes(*DRAWN, Input("task-close-send", "n_clicks"), State("task-close-note", "value"))
def close(call: Call, _clicks: int, note: str | None, page: PageState) -> Drawn:
    """Close the task with what it came to."""
    close_task(call, _task(page), note or "")
    return _drawn(call, page, "closed")


@writes(*DRAWN, Input("task-confirm", "n_clicks"))
def confirm(call: Call, _clicks: int, page: PageState) -> Drawn:
    """Confirm the proposed task as a leader."""
    confirm_task(call, _task(page))
    return _drawn(call, page, "confirmed")


@writes(*DRAWN, Input("task-dismiss", "n_clicks"), State("task-dismiss-reason", "value"))
def dismiss(call: Call, _clicks: int, reason: str | None, page: PageState) -> Drawn:
    """Dismiss the proposed task as a leader, with a reason."""
    dismiss_task(call, _task(page), reason or "")
    return _drawn(call, page, "dismissed")


def _drawn(call: Call, page: PageState, done: str) -> Drawn:
    language = words(call.language)
    here = addresses.read(page.path) or Address(call.language)
    body = task_body(call, language, task_shown(call, _task(page)), here)
    return body, notice("green", language(f"task.told.{done}"), language(f"task.told.{done}.do"))


def _task(page: PageState) -> UUID:
    """Return the task that the page is about; its id is the address's, never the browser's."""
    return addresses.thing_on(page.path, "tasks")[1]
