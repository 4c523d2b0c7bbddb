"""What the archive opens with: how much there is, the ways from suggestions to projects, the table of places."""

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.archive_frames import Coverage, Held, Way
from dashboard.web.asked import Asked
from dashboard.web.parts.archive_cited import cited, placed, year_text
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.facts import Fact, facts_card
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.paging import paging, shown
from dashboard.web.parts.table import Cell, Column, scrolled, sorting, table
from dashboard.web.parts.text import Sentence, aria, data, printed

Address = Callable[[str, int | None], str]
HAS = (
    "funnels",
    "candidates",
    "elected",
    "listed",
    "with_budget",
    "with_votes",
    "progress",
    "ballots",
    "milestones",
)
CHARTED = ("milestones", "with_votes", "ballots")
VIEWS = ("has", "kinds")
SORTS = frozenset(sign + name for name in ("place", "year", *HAS) for sign in ("", "-"))


def coverage_card(words: Words, known: Coverage) -> Component:
    """Return plainly how many places and rows there are, and how many of them have money, votes, progress."""
    of_projects = words("archive.of_projects", n=words.count(known.projects))
    return facts_card(
        [
            Fact(
                words("archive.places"), words.count(known.places), words("archive.in_years", n=known.years)
            ),
            Fact(words("archive.projects"), words.count(known.projects)),
            Fact(words("archive.stage.elected"), words.count(known.elected), of_projects),
            Fact(words("archive.with_budget"), words.count(known.with_budget), of_projects),
            Fact(words("archive.with_votes"), words.count(known.with_votes), of_projects),
            Fact(
                words("archive.progress"),
                words.count(known.progress),
                words("archive.matched", n=words.count(known.matched)),
            ),
            Fact(words("archive.ballots"), words.count(known.ballots)),
        ]
    )


def ways_card(words: Words, ways: Sequence[Way], address: Address) -> Component:
    """Return what became of the suggestions, place by place; an inexact number stays as it is printed."""
    heads = ("place", "collected", "steps", "candidates", "chosen", "source")
    numbers = {"collected", "candidates", "chosen"}
    columns = [Column(words(f"archive.ways.{head}"), number=head in numbers) for head in heads]
    rows: list[list[Cell]] = [
        [
            html.Span(
                [
                    placed(words, way.place, way.inferred, address(way.place, way.year)),
                    html.Small(year_text(words, way.year), className="quiet"),
                ]
            ),
            data(words, way.collected_text or "—") if way.collected is None else words.count(way.collected),
            way.steps or "—",
            words.count(way.candidates),
            words.count(way.chosen),
            cited(words, way.cited),
        ]
        for way in ways
    ]
    caption = words("archive.ways.title")
    return card(
        printed(words, _finding(words, ways)),
        scrolled(table(columns, rows, caption), caption),
        words("archive.ways.line"),
    )


def _finding(words: Words, ways: Sequence[Way]) -> Sentence:
    """Return the largest number of suggestions that deputies' chosen projects came from."""
    whole = [way for way in ways if way.collected is not None and way.chosen and way.voters == "deputies"]
    if not whole:
        return Sentence("archive.ways.title")
    first = whole[0]
    facts = {
        "year": year_text(words, first.year),
        "collected": words.count(first.collected),
        "chosen": words.count(first.chosen),
    }
    return Sentence("archive.ways.finding", facts, {"place": first.place})


def charted_card(words: Words, held: Sequence[Held], address: Address) -> Component:
    """Return the places whose numbers are enough for charts of their own."""
    rows = []
    for name in CHARTED:
        links = [
            html.Li(
                [
                    placed(words, one.place, one.inferred, address(one.place, one.year)),
                    html.Small(year_text(words, one.year), className="quiet"),
                ]
            )
            for one in held
            if getattr(one, name)
        ]
        if links:
            rows.append(html.Div([html.Dt(words(f"archive.charted.{name}")), html.Dd(html.Ul(links))]))
    return card(
        words("archive.charted.title"), html.Dl(rows, className="charted"), words("archive.charted.line")
    )


def held_card(
    words: Words, held: Sequence[Held], kinds: Sequence[str], asked: Asked, address: Address, whole: Link
) -> Component:
    """Return the table of places and years: what each has, or its projects by kind."""
    by_kind = asked.get("show") == "kinds"
    listed = [one for one in held if one.projects] if by_kind else list(held)
    rows = sorted_held(listed, asked.get("sort"))
    columns = [
        sorting(asked, "place", words("archive.held.place")),
        sorting(asked, "year", words("archive.held.year"), number=True, first="desc"),
    ]
    columns += (
        [Column(words(f"archive.kind.short.{kind}"), number=True) for kind in kinds]
        if by_kind
        else [sorting(asked, name, words(f"archive.held.{name}"), number=True, first="desc") for name in HAS]
    )
    cells = [_row(words, one, kinds if by_kind else None, address) for one in rows[shown(asked, len(rows))]]
    caption = words("archive.held.kinds" if by_kind else "archive.held.title")
    return card(
        caption,
        [
            scrolled(table(columns, cells, caption), caption, "held"),
            paging(words, asked, len(rows)),
        ],
        words("archive.held.kinds.line" if by_kind else "archive.held.line"),
        end=_views(words, asked),
        foot=foot(words, words("archive.rows_source"), (whole,)),
        element_id="places",
    )


def sorted_held(held: Sequence[Held], wanted: str) -> list[Held]:
    """Return places and years as asked; those without a year stand last in their direction."""
    name, downward = wanted.removeprefix("-"), wanted.startswith("-")
    if name in {"", "place"}:
        return sorted(held, key=lambda one: one.place, reverse=downward)
    return sorted(held, key=lambda one: getattr(one, name) or 0, reverse=downward)


def _views(words: Words, asked: Asked) -> Component:
    links = []
    for view in VIEWS:
        text, current = words(f"archive.held.view.{view}"), (asked.get("show") or "has") == view
        href = asked.href(show=None if view == "has" else view, sort=None)
        mark = aria(current="true") if current else {}
        links.append(html.Li(anchor(text, href), className="current" if current else None, **mark))
    return html.Ul(links, className="archive-views")


def _row(words: Words, one: Held, kinds: Sequence[str] | None, address: Address) -> list[Cell]:
    place = placed(words, one.place, one.inferred, address(one.place, one.year))
    counts = dict(one.kinds)
    numbers = [counts.get(kind, 0) for kind in kinds] if kinds else [getattr(one, name) for name in HAS]
    return [place, year_text(words, one.year), *(words.count(n) if n else "—" for n in numbers)]
