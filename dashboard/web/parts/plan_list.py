"""The plans that wait for a person, as they stand on the desk."""

from collections.abc import Callable, Sequence
from uuid import UUID

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.plan_frames import Waits
from dashboard.web.parts.card import card
from dashboard.web.parts.links import anchor
from dashboard.web.parts.table import Cell, Column, table
from dashboard.web.parts.text import data


def plans_card(words: Words, waiting: Sequence[Waits], address: Callable[[UUID], str]) -> Component:
    """Return what is to be done with which plan, each with the way to it."""
    columns = [Column(words(f"desk.plans.{head}")) for head in ("project", "kind", "act", "since")]
    rows: list[list[Cell]] = [
        [
            anchor(data(words, one.name), address(one.project_id)),
            words(f"plan.kind.{one.kind}"),
            words(f"desk.plans.act.{one.act}"),
            words.day(one.since) if one.since else "—",
        ]
        for one in waiting
    ]
    title = words("desk.plans.title")
    return card(
        title, html.Div(table(columns, rows, title)), words("desk.plans.line"), element_id="desk-plans"
    )
