"""What stands on the voting page of somebody who cannot vote now: why, and the one way onward."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.ballot_papers import BallotPaper
from dashboard.web.parts.forms import act
from dashboard.web.parts.links import Link, linked
from dashboard.web.parts.text import data
from dashboard.web.parts.vote_chrome import press
from dashboard.web.parts.vote_steps import door
from dashboard.web.parts.vote_words import bar_title

LIGHTS = {"off_roll": "red", "annulled": "red", "absent": "amber", "suspended": "amber", "paper": "blue"}


def closed_door(words: Words, paper: BallotPaper, name: str, hall: str) -> Component:
    """Return why a deputy cannot mark the list: the state of the round, the roll, the check-in."""
    at = words.clock(paper.closed_at) if paper.closed_at is not None else "—"
    line = words("vote.door.closed", at=at) if name == "closed" else words(f"vote.door.{name}")
    ways: list[Component] = []
    if name == "absent":
        ways = [
            press(words("vote.reload"), "vote-reload"),
            act(Link(words("vote.way.check_in"), hall), primary=True),
        ]
    return door(
        bar_title(words, paper.purpose),
        LIGHTS.get(name, "grey"),
        line,
        words(f"vote.door.{name}.do"),
        ways,
        data(words, paper.title),
    )


def refused_door(words: Words, code: str, onward: Mapping[str, str], *, terminal: bool) -> Component:
    """Return why somebody who is no deputy here, or has not signed in, sees no list."""
    ways = [
        act(Link(words(f"vote.way.{name}"), href), primary=place == len(onward) - 1)
        for place, (name, href) in enumerate(onward.items())
    ]
    light = "blue" if code == "sign_in_first" else "red"
    advice = words(f"vote.door.{code}.terminal" if terminal else f"vote.door.{code}.do")
    return door(words("vote.title"), light, words(f"vote.door.{code}"), advice, ways)


def waiting_list(
    words: Words, rounds: Sequence[tuple[UUID, str, str]], hrefs: Mapping[UUID, str]
) -> Component:
    """Return the rounds to choose from where there is not exactly one."""
    if not rounds:
        return door(words("vote.title"), "grey", words("vote.door.none"), words("vote.door.none.do"))
    items = [
        html.Li(
            [
                linked(Link(title, hrefs[identity], lang=None if words.is_chinese else "zh-CN")),
                html.Span(words(f"vote.running.{state}"), className="vote-sub"),
            ]
        )
        for identity, title, state in rounds
    ]
    return html.Div(html.Ul(items, className="vote-rounds"), className="vote-body")
