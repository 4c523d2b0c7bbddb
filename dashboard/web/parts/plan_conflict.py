"""Two people on one draft: what the other saved beside what one typed oneself, and the choice between them."""

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.plan_frames import PlanDesk
from dashboard.web.parts.conduct_words import moment
from dashboard.web.parts.notice import notice
from dashboard.web.parts.plan_controls import press
from dashboard.web.parts.table import Cell, Column, scrolled, table
from dashboard.web.parts.text import data
from dashboard.web.typed_plan import Typed

OWN = frozenset({"revision", "plan", "shown"})


def conflict_part(words: Words, desk: PlanDesk, theirs: Typed, mine: Typed) -> Component:
    """Return every field in which both differ, and the two ways to go on: one's own text still stands in the form."""
    rows = [
        [_name(words, name), _shown(words, old), _shown(words, new)]
        for name, old, new in _differing(theirs, mine)
    ]
    columns = [
        Column(words("plan.conflict.field")),
        Column(words("plan.conflict.theirs")),
        Column(words("plan.conflict.mine")),
    ]
    waits = desk.under_way
    who = (
        words(f"role.{waits.edited_by}")
        if waits is not None and waits.edited_by
        else words("plan.conflict.somebody")
    )
    at = moment(words, waits.edited_at) if waits is not None and waits.edited_at else ""
    caption = words("plan.conflict.caption")
    told: list[Component] = [
        notice("red", words("plan.conflict.line", who=who, at=at), words("plan.conflict.do")),
    ]
    if rows:
        told.append(scrolled(table(columns, rows, caption), caption))
    shown = str(waits.revision) if waits is not None else "0"
    acts = [
        press(words, "keep", "plan.conflict.keep", shown=shown),
        press(words, "take", "plan.conflict.take"),
    ]
    return html.Div([*told, html.Div(acts, className="acts")], className="stack")


def _differing(theirs: Typed, mine: Typed) -> Iterator[tuple[str, str, str]]:
    for name in dict.fromkeys([*theirs, *mine]):
        old, new = theirs.get(name, "").strip(), mine.get(name, "").strip()
        entered = (
            not name.endswith(".share") or not name.startswith("months.") or mine.get("basis") == "entered"
        )
        if name not in OWN and entered and old != new:
            yield name, old, new


def _name(words: Words, name: str) -> Cell:
    """Return what a field is called; one of a row names its row as well."""
    group, _, rest = name.partition(".")
    if group == "milestones":
        place, _, part = rest.partition(".")
        return words("plan.conflict.step", n=words.count(int(place) + 1), part=words(f"plan.step.{part}"))
    if group == "months":
        month, _, part = rest.partition(".")
        return words("plan.conflict.month", month=month, part=words(f"plan.months.{part}"))
    return words(f"plan.field.{name}")


def _shown(words: Words, text: str) -> Cell:
    return data(words, text) if text else "—"
