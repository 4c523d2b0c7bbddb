"""Another teller for one who dropped out: the clerk's form, and what a scrutineer confirms."""

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.conduct_frames import Conduct
from dashboard.rules.roles import Role
from dashboard.rules.rounds import CHIEF, REPLACING, SCRUTINEER, TELLER
from dashboard.web.parts.card import card
from dashboard.web.parts.conduct_words import moment
from dashboard.web.parts.forms import button, field, one_of, text_input
from dashboard.web.parts.text import data


def replacing_card(words: Words, one: Conduct) -> list[Component]:
    """Return what waits for a scrutineer: to a scrutineer with the form to confirm it."""
    if not one.replacing:
        return []
    options = {
        str(waits.consent_id): html.Span(
            [
                html.Strong(data(words, f"{waits.leaves} → {waits.comes}")),
                html.Span(moment(words, waits.proposed_at), className="secondary"),
                html.Span([words("conduct.waiting.reason"), data(words, waits.reason)]),
            ],
            className="conduct-waiting",
        )
        for waits in one.replacing
    }
    body: list[Component] = [one_of("replacing-choice", options, next(iter(options)))]
    if one.duty in {CHIEF, SCRUTINEER}:
        typed = text_input("replacing-password", kind="password", autoComplete="current-password")
        body.append(field("replacing-password", words("conduct.password"), typed))
        confirms = button("replacing-send", words("conduct.replacing.send"), primary=True)
        body.append(html.Div(confirms, className="acts"))
    form = html.Div(body, className="form")
    return [card(words("conduct.replacing"), form, words("conduct.replacing.line"), style="conduct-waits")]


def replace_form(words: Words, one: Conduct, role: Role) -> list[Component]:
    """Return, folded away, the clerk's form for another teller; none where there is none to replace."""
    tellers = {
        str(officer.seat): data(words, officer.name) for officer in one.officers if officer.duty == TELLER
    }
    if role is not Role.CLERK or not tellers or one.state not in REPLACING or one.is_sealed or one.replacing:
        return []
    rows = [
        html.P(words("conduct.replace.leaves")),
        one_of("replace-leaves", tellers, next(iter(tellers))),
        field(
            "replace-comes",
            words("conduct.replace.comes"),
            text_input("replace-comes", maxLength=200, autoComplete="off"),
            words("conduct.replace.comes.help"),
        ),
        field(
            "replace-reason",
            words("conduct.reason"),
            text_input("replace-reason", maxLength=500),
            words("conduct.replace.reason.help"),
        ),
        field(
            "replace-password",
            words("conduct.password"),
            text_input("replace-password", kind="password", autoComplete="current-password"),
        ),
        html.Div(button("replace-send", words("conduct.replace.send")), className="acts"),
    ]
    summary = html.Summary(words("conduct.replace.ask"))
    return [html.Details([summary, html.Div(rows, className="form")], className="conduct-more")]
