"""Setting a project's supervision group on the page of the project."""

from uuid import UUID

from dash import Input, Output, State, html
from dash.development.base_component import Component

from dashboard.commands.supervision_groups import NewGroup, set_group
from dashboard.gate import Call
from dashboard.i18n import words
from dashboard.queries.cycles import shown_year
from dashboard.queries.project import project as project_page
from dashboard.queries.supervision_groups import group
from dashboard.rules.refused import Refused
from dashboard.web import addresses
from dashboard.web.context import PageState
from dashboard.web.parts.group_form import group_form
from dashboard.web.parts.notice import notice
from dashboard.web.parts.project_talk import people_rows
from dashboard.web.typed import read_seats
from dashboard.web.wiring import writes


@writes(
    Output("notice", "children", allow_duplicate=True),
    Output("people-rows", "children"),
    Output("group-body", "children"),
    Input("group-send", "n_clicks"),
    State("group-project", "value"),
    State("group-head", "value"),
    State("group-members", "value"),
    State("group-seen", "value"),
)
def send_group(
    call: Call,
    _clicks: int,
    project: UUID,
    head: str | None,
    members: str | None,
    seen: str | None,
    page: PageState,
) -> tuple[list[Component], Component, list[Component]]:
    """Save the group whose names were typed, and draw it again."""
    known = group(call, project).seats
    heads = read_seats(head, known)
    if len(heads) != 1:
        raise Refused("group_one_head")
    new = NewGroup(
        project_id=project, members=read_seats(members, known), head=heads[0], seen=(seen or "")[:64]
    )
    n = set_group(call, new)
    language = words(call.language)
    told = notice("green", language.plural("group.told", n), language("group.told.do"))
    here = addresses.read(page.path) or addresses.Address(call.language)
    number = here.item or ""
    if here.page != "projects" or not number.isdecimal():
        raise Refused("malformed")
    shown = project_page(call, shown_year(call), int(number))
    form = group_form(language, group(call, project))
    return [], html.Div(people_rows(language, shown, here)), [told, form]
