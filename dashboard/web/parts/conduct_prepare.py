"""The first steps of a round as forms: what it says of itself, its list, its officers, what the meeting adopted."""

from datetime import date, timedelta

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.conduct_frames import Choices, Conduct, Officer, RuleSetChoice
from dashboard.rules.roles import Role
from dashboard.rules.rounds import ADOPTION, CHIEF, DRAFT, FOLLOWING, PRACTICE, SCRUTINEER, TELLER
from dashboard.web.parts.conduct_body import listed, titled
from dashboard.web.parts.conduct_words import reasons
from dashboard.web.parts.forms import button, choice, field, text_area, text_input
from dashboard.web.parts.notice import notice
from dashboard.web.parts.table import Cell, Column, table
from dashboard.web.parts.text import data

DAYS_BACK = 7


def prepare_step(words: Words, one: Conduct, known: Choices | None, closes: str) -> list[Component]:
    """Return the draft as forms to the clerk, as a table to the others."""
    body = [titled(words("conduct.list"), _list(words, one))]
    if one.state == DRAFT and known is not None:
        body = [titled(words("conduct.draft"), _draft_form(words, one, known, closes)), *body]
        if one.purpose == ADOPTION:
            body.append(_list_form(words, one, known))
        body.append(titled(words("conduct.officers"), _officers_form(words, one)))
    elif one.officers:
        body.append(titled(words("conduct.officers"), _officers(words, one)))
    return body


def rule_set_name(words: Words, found: RuleSetChoice) -> str:
    """Return a rule set's name in the page's language with its reference."""
    name = found.name.get(words.language) or next(iter(found.name.values()), "")
    return words("conduct.rule_set.name", name=name, reference=found.reference)


def _draft_form(words: Words, one: Conduct, known: Choices, closes: str) -> Component:
    given = one.purpose in FOLLOWING
    sets = {
        found.reference: rule_set_name(words, found)
        for found in known.rule_sets
        if not given or found.reference == one.rule_set
    }
    meetings = {str(key): name for key, name in known.meetings}
    chosen = str(one.meeting_id) if one.meeting_id else None
    paper = dbc.Checkbox(id="draft-paper", value=one.on_paper, label=words("conduct.paper"))
    rows = [
        field("draft-title", words("conduct.title"), text_input("draft-title", one.title, maxLength=200)),
        field(
            "draft-rules",
            words("conduct.rule_set"),
            choice("draft-rules", sets, words("conduct.rule_set"), one.rule_set),
            words("conduct.given.help" if given else "conduct.rule_set.help"),
        ),
        field(
            "draft-meeting",
            words("conduct.meeting"),
            choice(
                "draft-meeting", meetings, words("conduct.meeting"), chosen, words("conduct.meeting.none")
            ),
        ),
        field(
            "draft-places",
            words("conduct.places"),
            text_input(
                "draft-places", str(one.places or ""), inputMode="numeric", maxLength=3, readOnly=given
            ),
            words("conduct.given.help") if given else None,
        ),
        field(
            "draft-closes",
            words("conduct.closes"),
            text_input("draft-closes", closes, maxLength=20),
            words("conduct.closes.help"),
        ),
        paper,
        html.Div(button("draft-send", words("conduct.save")), className="acts"),
    ]
    return html.Div(rows, className="form")


def _list(words: Words, one: Conduct) -> Component:
    if not one.entries:
        return html.P(words("conduct.list.none"), className="secondary")
    columns = [Column(words(f"conduct.list.{head}"), number=head == "budget") for head in _heads(one)]
    rows: list[list[Cell]] = []
    for entry in one.entries:
        cells: list[Cell] = [str(entry.number), data(words, entry.name)]
        if one.purpose == ADOPTION:
            cells += [data(words, entry.department or "—"), words.money(entry.budget)]
        rows.append(cells)
    return html.Div(table(columns, rows, words("conduct.list"), dense=True), className="conduct-list")


def _heads(one: Conduct) -> list[str]:
    return ["number", "name", *(["department", "budget"] if one.purpose == ADOPTION else [])]


def _list_form(words: Words, one: Conduct, known: Choices) -> Component:
    numbers = {entry.candidate_id: entry.number for entry in known.candidates}
    listed_now = " ".join(str(numbers.get(entry.candidate_id, "")) for entry in one.entries)
    rows = [
        field(
            "list-numbers",
            words("conduct.list.choose"),
            text_input("list-numbers", listed_now, inputMode="numeric", maxLength=1000),
            words("conduct.list.choose.help", n=words.count(len(known.candidates))),
        ),
        html.Div(button("list-send", words("conduct.list.save")), className="acts"),
    ]
    return html.Div(rows, className="form")


def _officers_form(words: Words, one: Conduct) -> Component:
    def names(duty: str) -> str:
        return words("summary.list").join(
            _full_name(words, officer) for officer in one.officers if officer.duty == duty
        )

    rows = [
        field(
            f"officers-{duty}",
            words(f"conduct.duty.{duty}"),
            text_input(f"officers-{duty}", names(duty), maxLength=500),
            words("conduct.officers.help") if duty == CHIEF else None,
        )
        for duty in (CHIEF, SCRUTINEER, TELLER)
    ]
    rows.append(html.Div(button("officers-send", words("conduct.officers.save")), className="acts"))
    return html.Div(rows, className="form")


def _full_name(words: Words, officer: Officer) -> str:
    if not officer.delegation:
        return officer.name
    return words("conduct.officer", name=officer.name, delegation=officer.delegation)


def _officers(words: Words, one: Conduct) -> Component:
    items = [
        html.Li(
            [
                html.Span(words(f"conduct.duty.{officer.duty}"), className="secondary"),
                html.Strong(data(words, officer.name)),
                html.Span(data(words, officer.delegation or ""), className="secondary"),
                *([] if officer.has_account else [html.Span(words("conduct.officer.no_account"))]),
            ]
        )
        for officer in one.officers
    ]
    return html.Ul(items, className="conduct-officers")


def adopt_step(words: Words, one: Conduct, role: Role, today: date) -> list[Component]:
    """Return what the meeting adopted, what is missing, what weakens secrecy, and the freeze."""
    body: list[Component] = []
    if one.state == DRAFT:
        if role is Role.CLERK and one.purpose != PRACTICE:
            body.append(titled(words("conduct.adoption"), _adoption_form(words, today)))
        if one.officers and role is not Role.CLERK:
            body.append(titled(words("conduct.officers"), _officers(words, one)))
        body += problems_part(words, one)
    elif one.officers:
        body.append(_officers(words, one))
    if one.warnings:
        body.append(titled(words("conduct.warnings"), listed(_warnings(words, one), "amber")))
    if one.below_law:
        body += _confirmation(words, one, role)
    if role is Role.CLERK and one.state == DRAFT:
        ready = not one.problems
        freeze = button("check-send", words("conduct.check"), primary=ready, disabled=not ready)
        body.append(html.Div([freeze], className="acts"))
        body.append(_discard(words))
    return body


def problems_part(words: Words, one: Conduct) -> list[Component]:
    """Return the named problems that stand in the way, or that none does."""
    if not one.problems:
        advice = "conduct.problems.none.do" if one.state == DRAFT else "conduct.problems.none.open"
        return [notice("green", words("conduct.problems.none"), words(advice))]
    title = words("conduct.problems", n=words.count(len(one.problems)))
    return [titled(title, listed(reasons(words, one.problems), "red"))]


def _warnings(words: Words, one: Conduct) -> list[tuple[str, str]]:
    below = {reason.code for reason in one.below_law}
    advice = words("conduct.warning.below.do")
    told = [found for found in one.warnings if found.code not in below]
    under = [
        (words(found.code, **{name: str(value) for name, value in found.facts.items()}), advice)
        for found in one.below_law
    ]
    return [*reasons(words, told), *under]


def _confirmation(words: Words, one: Conduct, role: Role) -> list[Component]:
    if one.is_confirmed:
        return [notice("grey", words("conduct.confirmed"), words("conduct.confirmed.line"))]
    if role is Role.LEADER and one.state == DRAFT:
        act = button("confirm-send", words("conduct.confirm"), primary=True)
        return [
            notice("amber", words("conduct.confirm.line"), words("conduct.confirm.do")),
            html.Div(act, className="acts"),
        ]
    return []


def _adoption_form(words: Words, today: date) -> Component:
    days = [today - timedelta(days=back) for back in range(DAYS_BACK)]
    options = {day.isoformat(): words.day(day) for day in days}
    rows = [
        field(
            "adopted-day",
            words("conduct.adopted.day"),
            choice("adopted-day", options, words("conduct.adopted.day"), today.isoformat()),
        ),
        html.Div(
            [
                button("adopted-method", words("conduct.adopted.method")),
                button("adopted-officers", words("conduct.adopted.officers")),
            ],
            className="acts",
        ),
    ]
    return html.Div(rows, className="form")


def _discard(words: Words) -> Component:
    rows = [
        field("discard-reason", words("conduct.reason"), text_area("discard-reason", 500)),
        html.Div(button("discard-send", words("conduct.discard")), className="acts"),
    ]
    summary = html.Summary(words("conduct.discard.ask"))
    return html.Details([summary, html.Div(rows, className="form")], className="conduct-more")
