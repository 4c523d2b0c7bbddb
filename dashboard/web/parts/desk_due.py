"""What is due on a desk beside the reports: remarks to be answered and tasks, overdue ones first."""

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.remark_frames import RemarkShown
from dashboard.rules.task_frames import TaskShown
from dashboard.web.addresses import Address
from dashboard.web.parts.card import card
from dashboard.web.parts.links import Link
from dashboard.web.parts.remarks import remark_list
from dashboard.web.parts.tasks import task_table

MOST = 8


def remarks_due(words: Words, rows: Sequence[RemarkShown], here: Address) -> list[Component]:
    """Return the remarks that wait for an answer, or nothing."""
    if not rows:
        return []
    every = Link(words("desk.remarks.all"), here.to("remarks").path())
    title = words.plural("desk.remarks.n", len(rows))
    shown = remark_list(words, rows[:MOST], here)
    return [card(title, shown, words("desk.remarks.line"), onward=every)]


def tasks_due(words: Words, rows: Sequence[TaskShown], here: Address) -> list[Component]:
    """Return the tasks that are open or wait to be confirmed, or nothing."""
    if not rows:
        return []
    every = Link(words("desk.tasks.all"), here.to("tasks").path())
    return [task_table(words, rows[:MOST], here, words.plural("desk.tasks.n", len(rows)), every)]
