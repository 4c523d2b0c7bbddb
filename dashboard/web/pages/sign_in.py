"""Signing in: the one page that asks for a password."""

from urllib.parse import parse_qs

import flask
from dash import Input, Output, State, dcc, html
from dash.development.base_component import Component

from dashboard.commands.accounts import Credentials, sign_in
from dashboard.gate import Call
from dashboard.rules.refused import Refused
from dashboard.web import addresses
from dashboard.web.context import PageState, current
from dashboard.web.cookie import put_cookie
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.card import card
from dashboard.web.parts.forms import button, field, text_input
from dashboard.web.parts.heading import heading
from dashboard.web.sender import address_of
from dashboard.web.wiring import writes


def layout(_call: Call, view: View) -> tuple[Component, str]:
    """Return the form; it goes on to the page that asked for it."""
    words = view.words
    onward = _onward(parse_qs(view.search.removeprefix("?")).get("next", [""])[0])
    form = html.Div(
        [
            field("sign-in-name", words("sign_in.name"), text_input("sign-in-name", autoComplete="username")),
            field(
                "sign-in-password",
                words("sign_in.password"),
                text_input("sign-in-password", kind="password", autoComplete="current-password"),
                words("sign_in.help"),
            ),
            html.Div(button("sign-in-send", words("sign_in.send"), primary=True), className="acts"),
            dcc.Store(id="sign-in-next", data=onward),
            dcc.Location(id="sign-in-done", refresh=True),
        ],
        className="form",
    )
    content = html.Div([heading(words("sign_in.title")), card(words("sign_in.card"), form)], className="slim")
    return content, words("sign_in.title")


@writes(
    Output("sign-in-done", "href"),
    Input("sign-in-send", "n_clicks"),
    Input("sign-in-password", "n_submit"),
    State("sign-in-name", "value"),
    State("sign-in-password", "value"),
    State("sign-in-next", "data"),
    common=True,
)
def send(
    call: Call,
    _clicks: int | None,
    _submits: int | None,
    name: str | None,
    password: str | None,
    onward: str | None,
    page: PageState,
) -> str:
    """Open a session, put its token into the cookie, and go on to where the person wanted to be."""
    web = current()
    if not name or not password:
        raise Refused("sign_in_empty")
    address = address_of(flask.request.environ, web.settings.proxies)
    given = Credentials(name=name[:80], password=password[:400], address=address, pepper=web.settings.pepper)
    signed = sign_in(call, given)
    if isinstance(signed, Refused):
        raise signed
    put_cookie(web, signed.token)
    here = addresses.read(page.path) or addresses.Address()
    if signed.must_change:
        return addresses.Address(here.language, page="account").path()
    if onward := _onward(onward or ""):
        return onward
    return addresses.Address(here.language, signed.held.congress_code if signed.held else None).path()


def _onward(wanted: str) -> str:
    """Return where to go on to if it is a page of ours, else nothing: no other host, no script."""
    path = wanted.split("?", 1)[0]
    return wanted if path.startswith("/") and addresses.read(path) is not None and "//" not in path else ""


PAGE = Page("sign-in", layout)
