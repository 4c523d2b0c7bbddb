"""What two do together, as forms: the proposal of one, and the assent of the other."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.conduct_frames import Conduct, Waiting
from dashboard.rules.roles import Role
from dashboard.rules.rounds import CHECKED, CHIEF, TOGETHER, may
from dashboard.web.parts.card import card
from dashboard.web.parts.conduct_words import moment, side
from dashboard.web.parts.forms import button, field, one_of, text_input
from dashboard.web.parts.text import Content, data


def is_one_of_two(role: Role, one: Conduct) -> bool:
    """Tell whether the asker is the clerk or this round's chief scrutineer."""
    return role is Role.CLERK or one.duty == CHIEF


def proposable(one: Conduct) -> list[str]:
    """Return the acts that can be proposed now: the ordinary one first, annulling last."""
    found = [kind for kind in TOGETHER if may(kind, one.state, one.purpose)]
    if one.state == CHECKED and one.problems:
        found.remove("open")
    return found


def assent_card(words: Words, one: Conduct, role: Role) -> list[Component]:
    """Return what waits: for the other of the two the form to assent, for who proposed it the way back."""
    if not one.waiting or not is_one_of_two(role, one):
        return []
    options = {str(waits.consent_id): _told(words, waits) for waits in one.waiting}
    others = [waits for waits in one.waiting if not waits.is_own_side]
    body: list[Component] = [one_of("assent-choice", options, next(iter(options)))]
    acts = [button("assent-withdraw", words("conduct.withdraw"))]
    if others:
        body.append(_password(words, "assent-password", words("conduct.assent.help")))
        acts.insert(0, button("assent-send", words("conduct.assent"), primary=True))
    body.append(html.Div(acts, className="acts"))
    title = words("conduct.waiting.theirs" if others else "conduct.waiting.own")
    return [
        card(title, html.Div(body, className="form"), words("conduct.waiting.line"), style="conduct-waits")
    ]


def _told(words: Words, waits: Waiting) -> Component:
    told: list[Component | str] = [
        html.Strong(words(f"conduct.kind.{waits.kind}")),
        html.Span(
            words("conduct.waiting.by", who=side(words, waits.side), when=moment(words, waits.proposed_at)),
            className="secondary",
        ),
    ]
    if waits.reason:
        told.append(html.Span([words("conduct.waiting.reason"), data(words, waits.reason)]))
    return html.Span(told, className="conduct-waiting")


def propose_form(words: Words, one: Conduct, role: Role, kinds: Sequence[str]) -> list[Component]:
    """Return the form with which one of the two proposes an act; none to others, none while a proposal waits."""
    wanted = [kind for kind in kinds if kind in proposable(one)]
    if one.waiting or not wanted or not is_one_of_two(role, one):
        return []
    options: dict[str, Component | str] = {
        kind: html.Span(
            [html.Strong(words(f"conduct.kind.{kind}")), html.Span(words(f"conduct.kind.{kind}.line"))],
            className="conduct-waiting",
        )
        for kind in wanted
    }
    rows: list[Component] = [one_of("propose-kind", options, wanted[0])]
    reason = text_input("propose-reason", maxLength=500)
    rows.append(field("propose-reason", words("conduct.reason"), reason, words("conduct.reason.help")))
    rows.append(_password(words, "propose-password", words("conduct.propose.help")))
    rows.append(html.Div(button("propose-send", words("conduct.propose"), primary=True), className="acts"))
    return [html.Div(rows, className="form")]


def _password(words: Words, element_id: str, advice: Content) -> Component:
    control = text_input(element_id, kind="password", autoComplete="current-password")
    return field(element_id, words("conduct.password"), control, advice)
