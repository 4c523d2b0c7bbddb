"""One round in the list of a cycle: what it came to, who was there, where its votes and rules stand."""

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.rates import rate
from dashboard.rules.round_frames import ANNOUNCED, RoundLine
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.facts import Fact, facts
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.rounds_words import awaited_key, purpose_word, round_finding, state_tag
from dashboard.web.parts.text import aria, data, printed


def round_card(words: Words, line: RoundLine, href: str, conduct: str | None = None) -> Component:
    """Return the card of one round; of one that is not announced its state alone. `conduct` is where it is held."""
    subtitle: list[Component | str] = [purpose_word(words, line)]
    if line.day is not None:
        subtitle += ["｜", words.day(line.day)]
    if line.meeting:
        subtitle += ["｜", data(words, line.meeting)]
    acts = [Link(words("round.open"), href)]
    if conduct is not None:
        acts.append(Link(words("conduct.go"), conduct))
    source: list[Component | str] = []
    if line.announcement:
        source = [words("card.source"), data(words, line.announcement)]
    below = foot(words, html.Span(source, className="source"), acts)
    body = (
        _body(words, line)
        if line.state == ANNOUNCED
        else html.P(words(awaited_key(line)), className="secondary")
    )
    title = anchor(printed(words, round_finding(words, line)), href)
    return card(title, body, subtitle, end=state_tag(words, line), foot=below, style="round-card")


def _body(words: Words, line: RoundLine) -> Component:
    row = [
        Fact(words("fact.entitled"), words.count(line.entitled)),
        Fact(words("fact.present"), words.count(line.present), _rate(words, line)),
    ]
    if line.candidates:
        row.append(Fact(words("round.fact.candidates"), words.count(line.candidates)))
        row.append(Fact(words("round.fact.places"), words.count(line.places)))
        row.append(Fact(words("round.fact.chosen"), words.count(line.chosen), _pips(line)))
    return facts(row)


def _rate(words: Words, line: RoundLine) -> str | None:
    if not line.entitled or line.present is None:
        return None
    return words.share(rate(line.present, line.entitled))


def _pips(line: RoundLine) -> Component:
    squares = [html.I(className="chosen" if n < line.chosen else None) for n in range(line.candidates)]
    return html.Span(squares, className="pips", **aria(hidden="true"))
