"""By which rule set of a kind projects are watched: what holds, what waits, and the forms to choose and confirm."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.i18n import DEFAULT, Words
from dashboard.rules.conduct_frames import RulesChosen, RuleSetShown
from dashboard.rules.roles import Role
from dashboard.web.parts.badge import toned
from dashboard.web.parts.card import card
from dashboard.web.parts.forms import button, choice, field
from dashboard.web.parts.notice import notice


def set_name(words: Words, one: RuleSetShown) -> str:
    """Return the name of a rule set in the reader's language."""
    return one.name.get(words.language) or one.name.get(DEFAULT, "")


def chosen_card(words: Words, found: Sequence[RuleSetShown], chosen: RulesChosen, role: Role) -> Component:
    """Return what holds of a kind, the choice that waits for a leader, and what the reader may do about it."""
    names = {
        one.reference: words("conduct.rule_set.name", name=set_name(words, one), reference=one.reference)
        for one in found
        if not one.is_draft
    }
    since = (
        words("rules.chosen.default")
        if chosen.since is None
        else words("rules.chosen.since", day=words.day(chosen.since))
    )
    body: list[Component] = []
    if chosen.waiting is not None:
        waiting = names.get(chosen.waiting, chosen.waiting)
        body.append(notice("amber", words("rules.waiting", name=waiting), words("rules.waiting.do")))
        body.append(dcc.Store(id="rules-waiting", data=str(chosen.waiting_id)))
        if role is Role.LEADER:
            acts = [
                button("rules-confirm", words("rules.confirm"), primary=True),
                button("rules-decline", words("rules.decline")),
            ]
            body.append(html.Div(acts, className="acts"))
    others = {reference: name for reference, name in names.items() if reference != chosen.reference}
    if role is Role.CLERK and others:
        picked = choice("rules-wanted", others, words("rules.wanted"), next(iter(others)))
        body.append(
            html.Div(
                [
                    field("rules-wanted", words("rules.wanted"), picked, words("rules.wanted.help")),
                    html.Div(button("rules-want", words("rules.want")), className="acts"),
                ],
                className="form",
            )
        )
    return card(
        words("rules.chosen", name=names.get(chosen.reference, chosen.reference)),
        body,
        since,
        end=[toned(words("rules.tag.holds"), "green")],
    )
