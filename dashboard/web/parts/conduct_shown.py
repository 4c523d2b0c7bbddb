"""What stands under the steps: acts on voters' ways in, delegations, papers, the rounds before and after."""

from collections.abc import Callable, Sequence
from uuid import UUID

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.conduct_frames import Conduct
from dashboard.rules.rounds import PRACTICE
from dashboard.web.parts.card import card
from dashboard.web.parts.conduct_words import act_name, moment, side
from dashboard.web.parts.empty import empty
from dashboard.web.parts.links import anchor
from dashboard.web.parts.table import Cell, Column, table
from dashboard.web.parts.text import data


def shown_card(words: Words, one: Conduct) -> Component:
    """Return every act since the freeze that touched a voter's way in: what scrutineers look after."""
    title = words("conduct.shown")
    if not one.shown:
        return card(title, empty(words("conduct.shown.none"), words("conduct.shown.none.since")))
    columns = [Column(words(f"conduct.shown.{head}")) for head in ("what", "who", "when", "by")]
    rows: list[list[Cell]] = []
    for act in one.shown:
        whom: Cell = data(words, act.name) if act.name else "—"
        if act.name and act.comes:
            whom = data(words, f"{act.name} → {act.comes}")
        if act.count is not None:
            whom = words("conduct.shown.count", n=words.count(act.count))
        rows.append([act_name(words, act.kind), whom, moment(words, act.at), side(words, act.role)])
    return card(title, table(columns, rows, title), words("conduct.shown.line"))


def groups_part(words: Words, one: Conduct) -> list[Component]:
    """Return who is there by delegation, to whom that is told."""
    if not one.groups:
        return []
    columns = [Column(words("conduct.groups.name"))]
    columns += [Column(words(f"fact.{head}"), number=True) for head in ("entitled", "present")]
    rows: list[list[Cell]] = [
        [data(words, group.name or "—"), words.count(group.entitled), words.count(group.present)]
        for group in one.groups
    ]
    return [table(columns, rows, words("conduct.groups"), dense=True)]


def around_part(words: Words, one: Conduct, address: Callable[[UUID], str]) -> list[Component]:
    """Return the ways to the round that this one follows from, and to those that follow from it."""
    ways: list[Component] = []
    if one.before is not None:
        ways.append(html.P(anchor(words("conduct.before"), address(one.before))))
    for key, title, _state in one.after:
        ways.append(html.P([words("conduct.after"), anchor(data(words, title), address(key))]))
    return ways


def papers_part(words: Words, one: Conduct) -> list[Component]:
    """Return the documents of the round, by name."""
    return [
        html.P([data(words, paper.number or ""), data(words, paper.name), moment(words, paper.made_at)])
        for paper in one.papers
    ]


def ways_part(
    words: Words, one: Conduct, pages: Sequence[str], address: Callable[[str], str]
) -> list[Component]:
    """Return the ways to the other pages of a round: its hall, its live board, its result."""
    if one.purpose == PRACTICE and pages == ("rounds",):
        return []
    return [
        html.P(
            [anchor(words(f"conduct.way.{page}"), address(page)) for page in pages], className="conduct-ways"
        )
    ]
