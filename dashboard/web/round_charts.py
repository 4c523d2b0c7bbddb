"""The card of one round's votes on its own page: the bars, how clear the result was, the table with every reason."""

from dash.development.base_component import Component

from dashboard.figures.summary import summarise_tally
from dashboard.figures.tally_bars import tally_bars
from dashboard.figures.tally_words import state_words
from dashboard.i18n import Words
from dashboard.rules.frames import Tally
from dashboard.rules.round_frames import Outcome, RoundResult
from dashboard.web.parts.card import card, foot, source_line
from dashboard.web.parts.graph import graph
from dashboard.web.parts.rounds_words import reason_text, votes_finding
from dashboard.web.parts.table import Cell, Column, folded_table
from dashboard.web.parts.text import data


def votes_card(element_id: str, result: RoundResult, words: Words, theme: str, narrow: bool) -> Component:
    """Return the card of a round's votes; attendance stands on the page, not here."""
    tally = result.tally
    figure = tally_bars(tally, words, theme, narrow)
    chart = graph(element_id, figure, words, summarise_tally(tally, words), figure["layout"]["height"])
    return card(
        votes_finding(words, tally),
        chart,
        _rule(words, tally),
        foot=foot(words, source_line(words, tally.source), (), _table(tally, result.outcomes, words)),
        style="span-7",
    )


def _rule(words: Words, tally: Tally) -> str:
    places = words.count(tally.places)
    if tally.runoff:
        return words("round.votes.runoff", places=places)
    if tally.threshold is None or tally.entitled is None:
        return words("round.votes.unit")
    entitled, threshold = words.count(tally.entitled), words.count(tally.threshold)
    return words("tally.rule", threshold=threshold, entitled=entitled, places=places)


def _table(tally: Tally, outcomes: tuple[Outcome, ...], words: Words) -> Component:
    split = any(bar.against is not None or bar.abstained is not None for bar in tally.bars)
    heads = ["number", "name", "votes", *(["against", "abstained"] if split else []), "state", "reason"]
    numbers = {"votes", "against", "abstained"}
    columns = [Column(words(f"round.table.{head}"), number=head in numbers) for head in heads]
    states = state_words(tally, words)
    rows: list[list[Cell]] = []
    for bar, outcome in zip(tally.bars, outcomes, strict=True):
        counts: list[Cell] = [words.count(bar.votes)]
        if split:
            counts += [words.count(bar.against), words.count(bar.abstained)]
        why = reason_text(words, outcome, bar.state)
        rows.append([str(bar.number), data(words, bar.name), *counts, states[bar.state], why])
    return folded_table(columns, rows, summarise_tally(tally, words))
