"""What the rules of escalation ask for, as a card on the desk: the clerk proposes, a leader confirms or dismisses."""

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.queries.escalation import Asked
from dashboard.rules.reasons import Reason
from dashboard.rules.roles import Role
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.forms import button, field, one_of, text_area
from dashboard.web.parts.links import anchor
from dashboard.web.parts.table import Cell, Column, scrolled, table
from dashboard.web.parts.text import data

HEADS = ("kind", "project", "department", "reason", "owner", "due", "state")
LONGEST = 2000


def escalation_card(words: Words, rows: Sequence[Asked], role: Role, rules: str) -> Component:
    """Return what is asked for, with what the reader may do about it; `rules` is the address of the rules."""
    title = words("escalation.title")
    way = html.Div(anchor(words("escalation.rules"), rules), className="card-foot")
    if not rows:
        return card(title, empty(words("escalation.none"), words("escalation.none.since")), foot=way)
    columns = [Column(words(f"escalation.column.{head}")) for head in HEADS]
    lines: list[list[Cell]] = [_line(words, one) for one in rows]
    body: list[Component] = [scrolled(table(columns, lines, title), title)]
    fresh = sum(one.task_id is None for one in rows)
    if role is Role.CLERK and fresh:
        act = button("escalation-propose", words.plural("escalation.propose", fresh), primary=True)
        body.append(html.Div(html.Div(act, className="acts"), className="form"))
    waiting = [one for one in rows if one.state == "proposed"]
    if role is Role.LEADER and waiting:
        body.append(_decision(words, waiting))
    return card(title, body, words("escalation.line"), foot=way)


def reason_text(words: Words, reason: Reason) -> str:
    """Return why a task is asked for."""
    return words(reason.code, **{name: _written(words, name, value) for name, value in reason.facts.items()})


def _written(words: Words, name: str, value: int) -> str:
    if name == "month":
        # The name of a month is the same in every year.
        return words.month(date(2000, value, 1))
    if name == "points":
        return words.gap(value).lstrip("+")
    return words.count(value) if name == "months" else words.share(value)


def _line(words: Words, one: Asked) -> list[Cell]:
    return [
        words(f"escalation.kind.{one.kind}"),
        data(words, one.project),
        data(words, one.department) if one.department else "—",
        reason_text(words, one.reason) if one.reason else "—",
        words(f"role.{one.owner}") if one.owner else "—",
        words.day(one.due),
        words(f"escalation.state.{one.state or 'none'}"),
    ]


def _decision(words: Words, waiting: Sequence[Asked]) -> Component:
    options = {
        str(one.task_id): html.Span([f"{words(f'escalation.kind.{one.kind}')}｜", data(words, one.project)])
        for one in waiting
    }
    rows = [
        field(
            "escalation-choice",
            words("escalation.choose"),
            one_of("escalation-choice", options, next(iter(options))),
        ),
        field(
            "escalation-reason",
            words("escalation.reason"),
            text_area("escalation-reason", LONGEST),
            words("escalation.reason.help"),
        ),
        html.Div(
            [
                button("escalation-confirm", words("escalation.confirm"), primary=True),
                button("escalation-dismiss", words("escalation.dismiss")),
            ],
            className="acts",
        ),
    ]
    return html.Div(rows, className="form")
