"""What is due on a desk beside the reports: remarks to be answered and tasks, overdue ones first."""

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.remark_frames import RemarkShown
from dashboard.rules.task_frames import TaskShown
from dashboard.web.addresses import Address
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.remarks import remark_list
from dashboard.web.parts.tasks import task_table

MOST = 8


def remarks_due(words: Words, rows: Sequence[RemarkShown], here: Address) -> list[Component]:
    """Return the remarks that wait for an answer, or nothing."""
    if not rows:
        return []
    every = anchor(words("desk.remarks.all"), here.to("remarks").path())
    title = words.plural("desk.remarks.n", len(rows))
    shown = remark_list(words, rows[:MOST], here)
    return [card(title, shown, words("desk.remarks.line"), end=every)]


def tasks_due(words: Words, rows: Sequence[TaskShown], here: Address, opens: bool) -> list[Component]:
    """Return the tasks that are open or wait to be confirmed; without any, nothing but to who may open one."""
    way = here.to("tasks").path()
    if rows:
        every = anchor(words("desk.tasks.all"), way)
        return [task_table(words, rows[:MOST], here, words.plural("desk.tasks.n", len(rows)), every)]
    if not opens:
        return []
    since = empty(words("task.none"), words("task.none.since"), Link(words("task.open"), way))
    return [card(words("place.tasks"), since)]
