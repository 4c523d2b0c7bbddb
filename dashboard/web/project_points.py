"""A press on a point of a project's curve: what stands behind it is shown under it, and the address keeps it."""

from dash import Input, Output, State
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.i18n import Words, words
from dashboard.queries.cycles import shown_year
from dashboard.queries.project import project
from dashboard.rules.project_frames import ProjectPage
from dashboard.rules.refused import Refused
from dashboard.web import addresses
from dashboard.web.addresses import Address
from dashboard.web.asked import Asked, asked
from dashboard.web.context import PageState
from dashboard.web.parts.project_point import months_of, point_part
from dashboard.web.wiring import reads


def wanted_of(address: Address, search: str, page: ProjectPage) -> Asked:
    """Return what an address asks of a project's page: the month whose report is open, the money under the curve."""
    return asked(address.path(), search, {"report": set(months_of(page)), "money": {"1"}})


def shown_point(
    call: Call, address: Address, language: Words, page: ProjectPage, wanted: Asked
) -> list[Component]:
    """Return what stands behind the point that an address asks for."""
    code = call.place.code if call.place is not None else ""
    return point_part(language, page, wanted, address, code)


@reads(Output("point-shown", "children"), Input("project-point", "data"), State("url", "search"))
def show_point(call: Call, month: str | None, search: str | None, state: PageState) -> list[Component]:
    """Show what stands behind the point of the curve that was pressed."""
    address = addresses.read(state.path)
    if address is None or address.page != "projects" or not (address.item or "").isdecimal():
        raise Refused("not_found")
    page = project(call, shown_year(call), int(address.item or ""))
    here = wanted_of(address, search or "", page)
    pressed = Asked(here.path, {**here.values, "report": (month or "")[:7]})
    return shown_point(call, address, words(state.language), page, pressed)
