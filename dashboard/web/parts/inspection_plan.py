"""The form that plans an inspection: project, day, title, who goes."""

import secrets

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.inspection_frames import Planning
from dashboard.rules.inspections import LONGEST_TITLE
from dashboard.web.parts.card import card
from dashboard.web.parts.forms import button, choice, field, text_area, text_input

LONGEST_NAMES = 2_000
# What the list of delegations sends for none of them.
NONE = "none"


def plan_card(words: Words, known: Planning, project: str | None) -> Component:
    """Return the card; `project` is the number of the one that the address has chosen."""
    options = {one.id: one.name for one in known.projects}
    numbered = {str(one.number): one.id for one in known.projects}
    chosen = numbered.get(project or "") or (next(iter(options)) if len(options) == 1 else None)
    delegations = dict(known.delegations)
    rows = [
        field(
            "visit-project",
            words("inspection.plan.project"),
            choice(
                "visit-project", options, words("inspection.plan.project"), chosen,
                words("inspection.plan.choose_project"),
            ),
        ),
        field(
            "visit-day",
            words("inspection.plan.day"),
            text_input("visit-day", maxLength=20),
            words("inspection.plan.day.help"),
        ),
        field(
            "visit-title",
            words("inspection.plan.title"),
            text_input("visit-title", maxLength=LONGEST_TITLE),
            words("inspection.plan.title.help"),
        ),
        field(
            "visit-delegation",
            words("inspection.plan.delegation"),
            choice(
                "visit-delegation", {NONE: words("inspection.plan.no_delegation"), **delegations},
                words("inspection.plan.delegation"), NONE,
            ),
        ),
        field(
            "visit-members",
            words("inspection.plan.members"),
            text_area("visit-members", LONGEST_NAMES),
            words("inspection.plan.members.help"),
        ),
        # Pressing again after a lost answer repeats this id, and so is the same inspection.
        dcc.Store(id="visit-request", data=secrets.token_hex(16)),
        html.Div(button("visit-send", words("inspection.plan.send"), primary=True), className="acts"),
    ]  # fmt: skip
    return card(
        words("inspection.plan"),
        [html.Div(id="visit-told"), html.Div(rows, className="form")],
        words("inspection.plan.line"),
        element_id="visit-plan",
    )
