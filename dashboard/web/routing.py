"""From the address to the page: who may open it, what stands around it, what it is called."""

from dash import ClientsideFunction, Dash, Input, Output, State, html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.i18n import words
from dashboard.rules.refused import Refused
from dashboard.web import addresses
from dashboard.web.addresses import Address
from dashboard.web.context import PageState, badge, current
from dashboard.web.pages import PAGES
from dashboard.web.pages.page import View
from dashboard.web.parts.heading import heading
from dashboard.web.parts.links import Link, linked
from dashboard.web.refusals import status_of
from dashboard.web.surroundings import alone, shared, surround
from dashboard.web.terminals import is_terminal, way_in
from dashboard.web.wiring import opens

REFUSED_PAGES = frozenset(
    {"not_found", "no_cycle", "sign_in_first", "not_allowed", "not_yours", "change_password_first"}
)


def client_side(app: Dash) -> None:
    """Put what runs in the browser onto an application: where it is, its theme, the window's title."""
    app.clientside_callback(
        ClientsideFunction("congress", "where"),
        Output("where", "data"),
        Input("url", "pathname"),
        Input("url", "search"),
        Input("look", "data"),
    )
    app.clientside_callback(
        ClientsideFunction("congress", "look"),
        Output("look", "data"),
        Input("theme-toggle", "n_clicks"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("congress", "remember"),
        Output("remembered", "data"),
        Input("overview-project", "value"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("congress", "point"),
        Output("project-point", "data"),
        Input("project-curve", "clickData"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("congress", "open"),
        Output("pointed", "data"),
        Input("overview-curve", "clickData"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("hall", "arrive"),
        Output("hall-code", "value"),
        Output("hall-request", "data"),
        Input("hall-fragment", "data"),
    )
    app.clientside_callback(
        ClientsideFunction("hall", "origin"), Output("hall-origin", "data"), Input("hall-asks-origin", "data")
    )
    app.clientside_callback(
        ClientsideFunction("paper", "form"),
        Output("paper-form", "children"),
        Output("paper-stamp", "data"),
        Input("paper-news", "data"),
        State("paper-stamp", "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("congress", "title"), Output("titled", "data"), Input("title", "data")
    )


@opens(Output("view", "children"), Output("page", "data"), Output("title", "data"), Input("where", "data"))
def show(call: Call, where: dict[str, object], page: PageState) -> tuple[Component, dict[str, object], str]:
    """Lay out the page of an address, or say why it cannot be shown and what to do."""
    address = addresses.read(page.path)
    view = View(
        words(call.language),
        address or Address(call.language),
        page.theme,
        page.narrow,
        str(where["search"])[:500],
        page,
    )
    page_of = PAGES.get(view.address.page)
    bare = page_of is not None and page_of.bare
    terminal = is_terminal(call, view.address, view.search)
    try:
        content, title = _laid_out(call, view, address)
    except Refused as refused:
        # What a page refuses for reasons of its own is told in its place; a request that is wrong stays one.
        if status_of(refused) is not None and refused.code not in REFUSED_PAGES:
            raise
        bare = False
        content, title = _instead(view, refused, way_in(call, current(), view.address) if terminal else None)
    state: dict[str, object] = {
        "path": page.path,
        "theme": page.theme,
        "narrow": page.narrow,
        "build": page.build,
        "actor": badge(call.actor),
    }
    if bare:
        return alone(view, content), state, title
    return (shared if terminal else surround)(call, view, content), state, title


def _laid_out(call: Call, view: View, address: Address | None) -> tuple[Component, str]:
    """Return the content and the title of an address's page, or of the one thing on it."""
    page = PAGES.get(address.page) if address is not None else None
    if address is None or page is None or (call.place is None and address.code is not None):
        raise Refused("not_found")
    if address.item is None:
        return page.layout(call, view)
    if page.item is None:
        raise Refused("not_found")
    return page.item(call, view)


def _instead(view: View, refused: Refused, hall: str | None) -> tuple[Component, str]:
    """Return the page that stands for one that cannot be shown, and the one way onward: of a terminal its hall."""
    code = refused.code
    line = view.words(f"refused.{code}", **refused.facts)
    ways = {
        "sign_in_first": ("shell.sign_in", Address(view.address.language, page="sign-in").path()),
        "change_password_first": (
            "account.password.title",
            Address(view.address.language, page="account").path(),
        ),
    }
    label, href = ways.get(code, ("state.home", Address(view.address.language).path()))
    if hall is not None:
        label, href = "hall.title", hall
    way = html.P(linked(Link(view.words(label), href), "button"), className="acts")
    content = html.Div(
        [heading(line, view.words(f"refused.{code}.do", **refused.facts)), way], className="slim"
    )
    return content, line
