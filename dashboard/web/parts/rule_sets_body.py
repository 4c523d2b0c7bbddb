"""The page of rule sets laid out: each with its values, and the forms to copy, change and approve."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.conduct_frames import RulesChosen, RuleSetShown
from dashboard.rules.roles import Role
from dashboard.rules.rule_sets import ADOPTION
from dashboard.web.parts.badge import toned
from dashboard.web.parts.card import card
from dashboard.web.parts.conduct_words import moment
from dashboard.web.parts.forms import button, choice, field, text_area, text_input
from dashboard.web.parts.notice import notice
from dashboard.web.parts.rounds_rules import rule_list, rule_name, rule_value
from dashboard.web.parts.rules_chosen import chosen_card, set_name


def rule_sets_part(
    words: Words, found: Sequence[RuleSetShown], role: Role, chosen: RulesChosen | None = None
) -> list[Component]:
    """Return every rule set of a kind: which holds, then the congress's own draft with the forms it waits for."""
    drafts = [one for one in found if one.is_draft]
    cards: list[Component] = [] if chosen is None else [chosen_card(words, found, chosen, role)]
    cards += [_draft_card(words, one, role) for one in drafts[:1]]
    if role is Role.CLERK:
        cards.append(_copy_card(words, found))
    return [*cards, *(_card(words, one) for one in found if one not in drafts[:1])]


def _subtitle(words: Words, one: RuleSetShown) -> str:
    if one.own_id is None:
        origin = words("rules.shipped")
    elif one.approved_at is None:
        origin = words("rules.draft")
    else:
        origin = words("rules.approved", when=moment(words, one.approved_at))
    if one.kind != ADOPTION:
        return words("rules.line.watching", reference=one.reference, origin=origin)
    return words("rules.line", reference=one.reference, origin=origin, used=words.count(one.used))


def _marks(words: Words, one: RuleSetShown) -> list[Component]:
    marks = []
    if one.is_draft:
        marks.append(toned(words("rules.tag.draft"), "grey"))
    if one.below_law:
        marks.append(toned(words("rules.tag.below"), "amber"))
    if one.fault is not None:
        marks.append(toned(words("rules.tag.fault"), "red"))
    return marks


def _below(words: Words, one: RuleSetShown) -> list[Component]:
    return [
        notice(
            "amber",
            words(reason.code, **{name: str(value) for name, value in reason.facts.items()}),
            words("conduct.warning.below.do"),
        )
        for reason in one.below_law
    ]


def _card(words: Words, one: RuleSetShown) -> Component:
    fold = html.Details(
        [html.Summary(words("rules.values")), rule_list(words, one.values)], className="conduct-more"
    )
    return card(
        set_name(words, one), [*_below(words, one), fold], _subtitle(words, one), end=_marks(words, one)
    )


def _draft_card(words: Words, one: RuleSetShown, role: Role) -> Component:
    body = _below(words, one)
    if one.fault is not None:
        names = words("summary.list").join(str(rule_name(words, name)) for name in one.fault.split())
        body.append(notice("red", words("rules.fault", names=names), words("rules.fault.do")))
    body.append(dcc.Store(id="rules-draft", data=str(one.own_id)))
    if role is Role.CLERK:
        body += [_choice_form(words, one), _source_form(words), *_drop_form(words, one)]
    if role is Role.LEADER:
        ready = one.fault is None
        line = "rules.approve.line" if one.kind == ADOPTION else "rules.approve.watching"
        body.append(html.P(words(line), className="secondary"))
        act = button("rules-approve", words("rules.approve"), primary=ready, disabled=not ready)
        body.append(html.Div(act, className="acts"))
    body.append(rule_list(words, one.values))
    return card(
        set_name(words, one),
        html.Div(body, className="rules-draft"),
        _subtitle(words, one),
        end=_marks(words, one),
    )


def _choice_form(words: Words, one: RuleSetShown) -> Component:
    """Return what can be chosen, each value of each rule in one list, and beside it what is typed."""
    there = [rule.name for rule in one.values]
    known = [*there, *sorted(one.optional - set(there))]
    options = {
        f"{name}={value}": words(
            "rules.choice" if name in there else "rules.choice.add",
            name=str(rule_name(words, name)),
            value=str(rule_value(words, name, value)),
        )
        for name in known
        for value in one.alternatives.get(name, ())
    }
    typed = {name: str(rule_name(words, name)) for name in one.written}
    rows = [
        field(
            "rules-choice",
            words("rules.choose"),
            choice("rules-choice", options, words("rules.choose"), None, words("rules.choose.none")),
        ),
        field(
            "rules-typed",
            words("rules.type"),
            choice("rules-typed", typed, words("rules.type"), None, words("rules.type.none")),
        ),
        field(
            "rules-text",
            words("rules.text"),
            text_input("rules-text", maxLength=20),
            words("rules.text.help" if one.kind == ADOPTION else "rules.text.watching"),
        ),
    ]
    return html.Div(rows, className="form")


def _drop_form(words: Words, one: RuleSetShown) -> list[Component]:
    """Return what can be taken out again, where something can."""
    there = [rule.name for rule in one.values if rule.name in one.optional]
    if not there:
        return []
    options = {name: str(rule_name(words, name)) for name in there}
    rows = [
        field(
            "rules-drop",
            words("rules.drop"),
            choice("rules-drop", options, words("rules.drop"), there[0]),
            words("rules.drop.help"),
        ),
        html.Div(button("rules-drop-send", words("rules.drop.send")), className="acts"),
    ]
    return [html.Div(rows, className="form")]


def _source_form(words: Words) -> Component:
    rows = [
        field(
            "rules-source",
            words("rules.source"),
            text_input("rules-source", maxLength=2000),
            words("rules.source.help"),
        ),
        field("rules-note", words("rules.note"), text_area("rules-note", 2000)),
        html.Div(
            [
                button("rules-save", words("rules.save"), primary=True),
                button("rules-discard", words("rules.discard")),
            ],
            className="acts",
        ),
    ]
    return html.Div(rows, className="form")


def _copy_card(words: Words, found: Sequence[RuleSetShown]) -> Component:
    options = {
        one.reference: words("conduct.rule_set.name", name=set_name(words, one), reference=one.reference)
        for one in found
        if not one.is_draft
    }
    rows = [
        field(
            "rules-base",
            words("rules.base"),
            choice("rules-base", options, words("rules.base"), next(iter(options))),
        ),
        html.Div(button("rules-copy", words("rules.copy")), className="acts"),
    ]
    return card(words("rules.own"), html.Div(rows, className="form"), words("rules.own.line"))
