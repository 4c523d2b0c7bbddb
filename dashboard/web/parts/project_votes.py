"""A project's place in the vote: every candidate a dot on the line of all deputies, the threshold marked."""

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.project_frames import Stood
from dashboard.web.addresses import Address
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.empty import empty
from dashboard.web.parts.links import Link
from dashboard.web.parts.table import Cell, Column, folded_table
from dashboard.web.parts.text import aria, data

# How near two labels may stand over the line, as a share of it.
NEAR = 0.36


def votes_card(words: Words, stood: Stood | None, here: Address) -> Component:
    """Return the card of the vote; a project without one says why there is none."""
    if stood is None:
        return card(
            words("project.votes.title"),
            empty(words("project.votes.none"), words("project.votes.none.since")),
        )
    title = words(
        "project.votes.finding",
        votes=words.count(stood.votes),
        n=words.count(len(stood.others)),
        place=words.count(stood.place),
    )
    body: list[Component] = [_strip(words, stood)]
    if stood.again is not None:
        told = words("project.votes.again", votes=words.count(stood.again))
        body.append(html.P([told, words(f"tally.state.{stood.state}")], className="secondary"))
    line: list[Component | str] = [words("project.votes.line")]
    if stood.day is not None:
        line += ["｜", words.day(stood.day)]
    source = html.Span(
        [words("card.source"), data(words, stood.announcement or stood.title)], className="source"
    )
    acts = (Link(words("project.votes.round"), here.to("rounds", stood.round_id).path()),)
    return card(title, body, line, foot=foot(words, source, acts, _table(words, stood)))


def _strip(words: Words, stood: Stood) -> Component:
    reach = stood.entitled or max([votes for _, votes, _ in stood.others] + [stood.threshold or 1])
    dots = [_dot(words, one, reach) for one in stood.others if one[1] != stood.votes]
    own = {"left": _place(stood.votes, reach)}
    label = words("project.votes.own", votes=words.count(stood.votes), place=words.count(stood.place))
    # The label stands inside the line, on the side where there is more room.
    side = "vote-own left" if stood.votes * 2 > reach else "vote-own"
    marks: list[Component] = [
        html.I(className="vote-line"),
        *dots,
        html.I(className="vote-dot own", style=own),
        html.Span(label, className=side, style=own),
        html.Span("0", className="vote-zero"),
        html.Span(
            words("tally.entitled" if stood.entitled else "project.votes.most", n=words.count(reach)),
            className="vote-all",
        ),
    ]
    if stood.threshold is not None:
        near = abs(stood.votes - stood.threshold) / reach < NEAR and stood.votes > stood.threshold
        spot = {"left": _place(stood.threshold, reach)}
        told = words("project.votes.threshold", n=words.count(stood.threshold))
        marks += [
            html.I(className="vote-threshold", style=spot),
            html.Span(told, className="vote-named under" if near else "vote-named", style=spot),
        ]
    told = words("project.votes.told", votes=words.count(stood.votes), place=words.count(stood.place))
    return html.Div(marks, className="vote-strip", role="img", **aria(label=told))


def _dot(words: Words, one: tuple[str, int, str], reach: int) -> Component:
    name, votes, state = one
    chosen = "chosen" if state in {"chosen", "tied"} else "not"
    title = words("summary.bar", name=name, votes=words.count(votes), state=words(f"tally.state.{state}"))
    return html.I(className=f"vote-dot {chosen}", style={"left": _place(votes, reach)}, title=title)


def _place(votes: int, reach: int) -> str:
    return f"{votes * 100 / max(reach, 1):.2f}%"


def _table(words: Words, stood: Stood) -> Component:
    columns = [
        Column(words("tally.table.name")),
        Column(words("tally.table.votes"), number=True),
        Column(words("tally.table.state")),
    ]
    rows: list[list[Cell]] = [
        [data(words, name), words.count(votes), words(f"tally.state.{state}")]
        for name, votes, state in stood.others
    ]
    return folded_table(columns, rows, words("project.votes.title"))
