"""One's own account: password, appointments, sessions."""

from uuid import UUID

from dash import Input, Output, State, dcc, html
from dash.development.base_component import Component

from dashboard.commands.accounts import change_password, choose_appointment, sign_out
from dashboard.gate import Call
from dashboard.i18n import words
from dashboard.queries.accounts import OwnAccount, own_account
from dashboard.web import addresses
from dashboard.web.context import PageState, current
from dashboard.web.cookie import put_cookie
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.card import card
from dashboard.web.parts.forms import button, field, one_of, text_input
from dashboard.web.parts.heading import heading
from dashboard.web.parts.notice import notice
from dashboard.web.parts.text import data
from dashboard.web.wiring import writes


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the account's page; a first password must be changed before anything else opens."""
    account = own_account(call)
    cards = [_password(view, account)]
    if not account.must_change:
        if len(account.held) > 1:
            cards.append(_appointments(call, view, account))
        cards.append(_sessions(view))
    content = html.Div(
        [
            heading(data(view.words, account.name), view.words("account.line")),
            *cards,
            dcc.Location(id="account-done", refresh=True),
        ],
        className="slim",
    )
    return content, view.words("account.title")


def _password(view: View, account: OwnAccount) -> Component:
    words = view.words
    fields = [
        field(f"password-{name}", words(f"account.password.{name}"), text_input(
            f"password-{name}", kind="password", autoComplete="current-password" if name == "old" else "new-password"
        ))
        for name in ("old", "new", "repeated")
    ]  # fmt: skip
    body = [
        *([notice("amber", words("account.must_change"))] if account.must_change else []),
        html.Div(id="password-told"),
        *fields,
        html.Div(button("password-send", words("account.password.send"), primary=True), className="acts"),
    ]
    return card(
        words("account.password.title"), html.Div(body, className="form"), words("account.password.line")
    )


def _appointments(call: Call, view: View, account: OwnAccount) -> Component:
    words = view.words
    options = {str(held.id): f"{held.congress_name}｜{words(f'role.{held.role}')}" for held in account.held}
    chosen = one_of("appointment", options, str(call.actor.appointment_id))
    body = [chosen, html.Div(button("appointment-send", words("account.appointment.send")), className="acts")]
    return card(words("account.appointment.title"), body, words("account.appointment.line"))


def _sessions(view: View) -> Component:
    words = view.words
    buttons = [
        button("sign-out", words("account.sign_out")),
        button("sign-out-everywhere", words("account.sign_out_everywhere")),
    ]
    return card(
        words("account.sessions.title"), html.Div(buttons, className="acts"), words("account.sessions.line")
    )


@writes(
    Output("password-told", "children"),
    Input("password-send", "n_clicks"),
    State("password-old", "value"),
    State("password-new", "value"),
    State("password-repeated", "value"),
    common=True,
)
def change(
    call: Call, _clicks: int, old: str | None, new: str | None, repeated: str | None, page: PageState
) -> Component:
    """Change the password and end the other sessions."""
    current().sessions.forget([*change_password(call, old or "", new or "", repeated or ""), _own(call)])
    language = words(page.language)
    return notice("green", language("account.password.changed"), language("account.password.changed.do"))


@writes(
    Output("account-done", "href"),
    Input("appointment-send", "n_clicks"),
    State("appointment", "value"),
    common=True,
)
def choose(call: Call, _clicks: int, appointment: UUID, page: PageState) -> str:
    """Act under another appointment from now on."""
    held = choose_appointment(call, appointment)
    current().sessions.forget([_own(call)])
    return addresses.Address(page.language, held.congress_code).path()


@writes(Output("account-done", "href", allow_duplicate=True), Input("sign-out", "n_clicks"), common=True)
def leave(call: Call, _clicks: int, page: PageState) -> str:
    """End this session."""
    current().sessions.forget(sign_out(call))
    put_cookie(current(), "")
    return addresses.Address(page.language).path()


@writes(
    Output("account-done", "href", allow_duplicate=True),
    Input("sign-out-everywhere", "n_clicks"),
    common=True,
)
def leave_everywhere(call: Call, _clicks: int, page: PageState) -> str:
    """End every session of the account."""
    current().sessions.forget(sign_out(call, everywhere=True))
    put_cookie(current(), "")
    return addresses.Address(page.language).path()


def _own(call: Call) -> str:
    return call.actor.session_id or ""


PAGE = Page("account", layout)
