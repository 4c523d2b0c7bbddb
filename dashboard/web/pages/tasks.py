"""督办: the tasks of a cycle by kind, state and department, and the page of one."""

from collections.abc import Sequence
from uuid import UUID

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.i18n import DEFAULT, Words
from dashboard.i18n import words as words_of
from dashboard.queries.cycles import shown_year
from dashboard.queries.departments import departments
from dashboard.queries.desk import desk
from dashboard.queries.remarks import remark_shown
from dashboard.queries.tasks import task_list, task_shown
from dashboard.rules.refused import Refused
from dashboard.rules.roles import PREPARING, may
from dashboard.rules.task_frames import TaskShown, WantedTasks, chosen
from dashboard.rules.tasks import KINDS, OPEN, STATES
from dashboard.web import task_acts
from dashboard.web.asked import Asked, asked
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.filters import Filter, filters
from dashboard.web.parts.heading import crumbs, heading
from dashboard.web.parts.links import Link
from dashboard.web.parts.paging import ROWS, paging
from dashboard.web.parts.paging import shown as on_page
from dashboard.web.parts.tasks import Begun, opening_form, task_table
from dashboard.web.parts.text import aria, data, short_name
from dashboard.web.task_acts import task_body

# What is pressed on these pages, kept beside them.
ACTS = (task_acts,)


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the tasks that the address asks for, and to those who may open one the form."""
    words, year = view.words, shown_year(call)
    rows = task_list(call, year)
    here = asked(view.address.path(), view.search, _known(rows))
    found = chosen(rows, WantedTasks(**{name: here.get(name) for name in WantedTasks.__slots__}))
    title = _title(words, rows)
    line = [data(words, call.place.name if call.place else ""), "｜", words("task.line")]
    content: list[Component | str] = [
        heading(title, line, _marks(call, words)),
        filters(words, here, _fields(call, words, rows), kept=("remark",)),
        _list(view, found, rows, here),
        paging(words, here, len(found)),
    ]
    if may(call.role, "task.open"):
        form = _form(call, view, here)
        content += [html.Div(id="task-told-opening"), html.Div(form, id="task-opened")]
    return html.Div(content, className="tasks"), title


def one_task(call: Call, view: View) -> tuple[Component, str]:
    """Return one task with its reports and the forms of whoever reads it."""
    words, row = view.words, task_shown(call, view.item_id)
    content: list[Component] = [
        crumbs(words, (Link(words("place.tasks"), view.address.to("tasks").path()),)),
        heading(data(words, row.title), None, _marks(call, words)),
        html.Div(id="task-told", **aria(live="polite")),
        html.Div(task_body(call, words, row, view.address), id="task-body", className="stack"),
    ]
    return html.Div(content, className="slim"), row.title


def _marks(call: Call, words: Words) -> list[Component]:
    return [simulated(words)] if call.place is not None and call.place.simulated else []


def _title(words: Words, rows: Sequence[TaskShown]) -> str:
    """Return how many tasks are open and how many of these are overdue."""
    if not rows:
        return words("place.tasks")
    running, overdue = sum(row.state == OPEN for row in rows), sum(row.overdue for row in rows)
    key = "task.heading.overdue" if overdue else "task.heading.open" if running else "task.heading.done"
    return words.plural(key, len(rows), open=words.count(running), overdue=words.count(overdue))


def _known(rows: Sequence[TaskShown]) -> dict[str, set[str] | None]:
    """Return what an address may ask of this cycle's tasks; `remark` is what a new one is to follow."""
    return {
        "kind": set(KINDS),
        "state": {*STATES, "overdue"},
        "department": {row.department_id for row in rows if row.department_id},
        "remark": None,
    }


def _fields(call: Call, words: Words, rows: Sequence[TaskShown]) -> list[Filter]:
    names = {row.department_id: row.department for row in rows if row.department_id and row.department}
    # Those whom a task concerns read open ones alone.
    states = ("overdue", *STATES) if call.role in PREPARING else ("overdue",)
    fields = [
        Filter("kind", words("task.column.kind"), {one: words(f"task.kind.{one}") for one in KINDS}),
        Filter("state", words("task.column.state"), {one: words(f"task.state.{one}") for one in states}),
        Filter("department", words("task.column.department"), names),
    ]
    return [one for one in fields if one.options]


def _list(view: View, found: Sequence[TaskShown], rows: Sequence[TaskShown], here: Asked) -> Component:
    words = view.words
    if not found:
        none = ("filter.none", "filter.none.do") if rows else ("task.none", "task.none.since")
        return card(words("place.tasks"), empty(words(none[0]), words(none[1])))
    title = words.plural("task.found", len(found))
    return task_table(words, found[on_page(here, len(found), ROWS)], view.address, title)


def _form(call: Call, view: View, here: Asked) -> Component:
    projects = {str(one.project_id): one.name for one in desk(call).projects}
    names = {str(one.id): one.name for one in departments(call, shown_year(call))}
    return opening_form(view.words, projects, names, _begun(call, here.get("remark")))


def _begun(call: Call, remark: str) -> Begun:
    """Return what the form begins with where a remark led here; what is no remark of this congress begins empty."""
    try:
        row = remark_shown(call, UUID(remark))
    except (ValueError, Refused):
        return Begun()
    name = short_name(row.project)
    # The name of a task stands in the record: Chinese, as every name is.
    title = words_of(DEFAULT)("task.title.remark", project=name)
    return Begun(row.project_id, title, row.id, row.text)


PAGE = Page("tasks", layout, ("supervision", "progress"), item=one_task)
