"""候选项目: what the deputies choose from, with the wishes behind each and what became of it."""

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.order_frames import Line
from dashboard.web.asked import Asked
from dashboard.web.parts.badge import toned
from dashboard.web.parts.candidates import documents_list, plan_text
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.empty import empty
from dashboard.web.parts.links import anchor
from dashboard.web.parts.orders_words import behind, outcome_word
from dashboard.web.parts.table import Cell, Column, folded_table
from dashboard.web.parts.text import Content, data

HEADS = (
    "number",
    "name",
    "category",
    "department",
    "budget",
    "place",
    "target",
    "wishes",
    "votes",
    "outcome",
)
NUMBERS = frozenset({"budget", "wishes", "votes"})
# Where an outcome leads: a page of projects or of rounds, and the one thing on it.
Leads = Callable[[str, object], str]


def candidates_card(
    words: Words, here: Asked, lines: Sequence[Line], leads: Leads, source: Content, code: str
) -> Component:
    """Return the list of candidates; `leads` makes an address from a page's name and the thing on it."""
    title = words("orders.candidates")
    if not lines:
        return card(title, empty(words("orders.candidates.none"), words("orders.candidates.none.since")))
    heads = [Column(words(f"orders.candidate.{head}"), number=head in NUMBERS) for head in HEADS]
    below = foot(words, source, (), folded_table(heads, [_row(words, line) for line in lines], title))
    body = html.Ol([_item(words, here, line, leads, code) for line in lines], className="candidates")
    return card(
        words("orders.candidates.n", n=words.count(len(lines))),
        body,
        words("orders.candidates.line"),
        foot=below,
    )


def candidate_card(words: Words, here: Asked, line: Line, leads: Leads, code: str) -> Component:
    """Return the one candidate whose wishes are listed."""
    one = html.Ol(_item(words, here, line, leads, code), className="candidates")
    return html.Section(one, className="card")


def _item(words: Words, here: Asked, line: Line, leads: Leads, code: str) -> Component:
    about: list[Component | str] = [data(words, line.target)]
    if line.place:
        about += ["｜", data(words, line.place)]
    tone = "blue" if line.project is not None else "grey"
    outcome: Component = toned(outcome_word(words, line), tone)
    if line.project is not None:
        outcome = anchor(outcome, leads("projects", line.project))
    elif line.round_id is not None:
        outcome = anchor(outcome, leads("rounds", line.round_id))
    votes = "" if line.votes is None else words("orders.candidate.votes_n", n=words.count(line.votes))
    return html.Li(
        [
            html.Span(str(line.number), className="candidate-number"),
            html.Strong(data(words, line.name), className="candidate-name"),
            html.Span(about, className="candidate-about"),
            html.Span(
                [data(words, line.department) if line.department else "—"], className="candidate-department"
            ),
            html.Span(words.money(line.budget), className="candidate-budget"),
            html.Span(
                anchor(words.plural("orders.candidate.wishes_n", line.wishes), behind(here, line.number)),
                className="candidate-wishes",
            ),
            html.Span([outcome, html.Small(votes)], className="candidate-outcome"),
            *_more(words, line, code),
        ]
    )


def _more(words: Words, line: Line, code: str) -> list[Component]:
    """Return what the voters were told beyond the line, folded, once a round on it is announced."""
    body: list[Component] = [html.P(plan_text(words, line.plan))] if line.plan else []
    if line.documents:
        body.append(documents_list(words, code, line.documents))
    if not body:
        return []
    face = html.Summary(
        [
            words("orders.candidate.more"),
            html.Span(["：", data(words, line.name)], className="visually-hidden"),
        ]
    )
    return [html.Details([face, *body], className="candidate-more")]


def _row(words: Words, line: Line) -> list[Cell]:
    return [
        str(line.number),
        data(words, line.name),
        data(words, line.category),
        data(words, line.department) if line.department else "—",
        words.money(line.budget),
        data(words, line.place) if line.place else "—",
        data(words, line.target),
        words.count(line.wishes),
        words.count(line.votes),
        outcome_word(words, line),
    ]
