"""What the page of a project shows of visits and its group to members: those planned, and the clerk's form."""

from uuid import UUID

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.i18n import Words
from dashboard.queries.inspections import inspections
from dashboard.queries.supervision_groups import group, planning
from dashboard.rules.inspection_frames import Listed
from dashboard.rules.inspections import CANCELLED, PUBLISHED
from dashboard.rules.project_frames import ProjectPage
from dashboard.rules.roles import Role, may
from dashboard.web.addresses import Address
from dashboard.web.parts.group_form import group_form
from dashboard.web.parts.links import Link


def visits_told(call: Call, page: ProjectPage) -> tuple[Listed, ...]:
    """Return the visits to a project that are not published, for those who may read them."""
    if not call.is_member:
        return ()
    own = inspections(call, page.year).rows
    return tuple(
        one
        for one in own
        if one.number == page.row.number and one.id is not None and one.state not in {PUBLISHED, CANCELLED}
    )


def visits_ways(call: Call, words: Words, page: ProjectPage, here: Address) -> tuple[Link, ...]:
    """Return the way to all inspections of the project, and to the form for who may plan one."""
    path = f"{here.to('inspections').path()}?project={page.row.number}"
    known = page.visits or any(one.kind == "inspection" for one in page.ahead)
    ways = [Link(words("inspection.all"), path if known else here.to("inspections").path())]
    if _may_plan(call, page):
        ways.append(Link(words("project.visits.plan"), f"{path}#visit-plan"))
    return tuple(ways)


def _may_plan(call: Call, page: ProjectPage) -> bool:
    if call.role is Role.CLERK:
        return True
    if not may(call.role, "inspection.plan"):
        return False
    return page.curve.project_id in {one.id for one in planning(call, page.year).projects}


def group_part(call: Call, words: Words, page: ProjectPage) -> Component | None:
    """Return the clerk's form of the supervision group."""
    if not may(call.role, "group.set"):
        return None
    form = group_form(words, group(call, UUID(page.curve.project_id)))
    return html.Div(form, id="group-body")
