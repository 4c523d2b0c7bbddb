"""Where a published fact was read: linked where its host is official or named press, else as text."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.archive_frames import Cited
from dashboard.web.parts.badge import toned
from dashboard.web.parts.card import card
from dashboard.web.parts.links import anchor
from dashboard.web.parts.text import data

STAGE_TONES = {"elected": "blue", "candidate": "grey", "listed": "listed"}


def cited(words: Words, source: Cited) -> Component:
    """Return a source as a row has room for it; without an address it says so."""
    text = data(words, source.text)
    if source.link is not None:
        return html.Span(anchor(text, source.link), className="cited")
    if not source.address:
        return html.Span([text, html.Small(words("archive.no_address"))], className="cited")
    return html.Span(text, className="cited", title=source.address)


def sources_card(words: Words, sources: Sequence[tuple[Cited, int]]) -> Component:
    """Return every source in full, with how many rows were read there."""
    rows = [
        html.Li([_whole(words, source), html.Span(words.plural("archive.rows", count), className="quiet")])
        for source, count in sources
    ]
    return card(
        words("archive.sources.title"), html.Ul(rows, className="sources"), words("archive.sources.line")
    )


def _whole(words: Words, source: Cited) -> Component:
    if not source.address:
        return html.Span([data(words, source.text), words("archive.no_address")])
    address: Component | str = source.address
    if source.link is not None:
        address = anchor(source.address, source.link)
    # The address that a text gives is the name of a host where nothing better is known.
    if source.text in source.address:
        return html.Span(address, className="address")
    return html.Span([data(words, source.text), " ", html.Span(address, className="address")])


def stage_tag(words: Words, stage: str) -> Component:
    """Return how a published project stands: put to the vote, voted in, or on a list that shows no vote."""
    return toned(words(f"archive.stage.{stage}"), STAGE_TONES[stage])


def inferred_tag(words: Words) -> Component:
    """Return the mark of a place that the source does not name and that was inferred."""
    return html.Span(
        words("archive.inferred"), className="tag tag-amber", title=words("archive.inferred.why")
    )


def placed(words: Words, place: str, inferred: bool, href: str | None = None) -> Component:
    """Return a place by its name, with the mark where it was inferred."""
    name: Component | str = data(words, place)
    children: list[Component | str] = [anchor(name, href) if href else name]
    if inferred:
        children += [" ", inferred_tag(words)]
    return html.Span(children)


def year_text(words: Words, year: int | None) -> str:
    """Return a year, or that the source prints none."""
    return words("archive.no_year") if year is None else str(year)
