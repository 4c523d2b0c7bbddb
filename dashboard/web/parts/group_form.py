"""The form of a project's supervision group, for the clerk: names as they are typed or pasted."""

from collections import Counter

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.conduct_frames import Seat
from dashboard.rules.inspection_frames import Group
from dashboard.web.parts.forms import button, field, text_input
from dashboard.web.parts.text import data, typed

LONGEST_NAMES = 2_000


def group_form(words: Words, group: Group, *, is_open: bool = False) -> Component:
    """Return the folded form, filled in with the group as it stands; two of one name are told apart."""
    often = Counter(one.name for one in group.seats)
    others = [one for one in group.members if group.head is None or one.seat != group.head.seat]
    members = words("summary.list").join(_name(words, one, often) for one in others)
    head = _name(words, group.head, often) if group.head is not None else ""
    area = dbc.Textarea(
        id="group-members", className="control", maxLength=LONGEST_NAMES, rows=3, value=members
    )
    rows: list[Component] = [
        field(
            "group-head",
            words("group.head"),
            text_input("group-head", head, maxLength=80),
            words("group.head.help"),
        ),
        field(
            "group-members",
            words("group.members"),
            typed(area),
            words("group.members.help"),
        ),
        # The project, and the group that the form was filled in from.
        dcc.Input(id="group-project", type="hidden", value=group.project_id),
        dcc.Input(id="group-seen", type="hidden", value=group.seen),
        html.Div(button("group-send", words("group.send")), className="acts"),
    ]
    if group.ended:
        ended = words("summary.list").join(group.ended)
        rows.insert(0, html.P([words("group.ended"), data(words, ended)], className="secondary"))
    return html.Details(
        [html.Summary(words("group.set")), html.Div(rows, className="form wide")],
        className="visit-more",
        open=is_open,
    )


def _name(words: Words, seat: Seat, often: Counter[str]) -> str:
    if often[seat.name] < 2 or not seat.delegation:
        return seat.name
    return words("conduct.officer", name=seat.name, delegation=seat.delegation)
