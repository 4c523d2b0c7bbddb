"""What is published of one place in one year: its projects, what became of them, and where all of it was read."""

from collections.abc import Callable, Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.archive_frames import Figure, Listing, Node, PlaceYear, Way
from dashboard.web.parts.archive_cited import cited, placed, stage_tag, year_text
from dashboard.web.parts.card import card
from dashboard.web.parts.facts import Fact, facts, facts_card
from dashboard.web.parts.table import Cell, Column, scrolled, table
from dashboard.web.parts.text import data

Address = Callable[[str, int | None], str]
_WHOLE = 10_000


def facts_of(words: Words, shown: PlaceYear) -> Component:
    """Return how many rows of each kind are known of the place's year."""
    projects = shown.projects
    stages = [
        Fact(words(f"archive.stage.{stage}"), words.count(sum(row.stage == stage for row in projects)))
        for stage in ("candidate", "elected", "listed")
    ]
    ballots = sum(len(one.rows) for one in shown.grades)
    return facts_card(
        [
            *stages,
            Fact(words("archive.with_budget"), words.count(sum(row.budget is not None for row in projects))),
            Fact(words("archive.with_votes"), words.count(sum(row.votes is not None for row in projects))),
            Fact(
                words("archive.progress"),
                words.count(len(shown.progress)),
                words("archive.matched", n=words.count(sum(row.matched for row in shown.progress))),
            ),
            Fact(words("archive.ballots"), words.count(ballots)),
        ]
    )


def projects_table(
    words: Words, rows: Sequence[Listing], caption: str, address: Address | None = None
) -> Component:
    """Return published projects; a column of which no row knows anything is left out.

    With an `address` each row also names its place and year and leads there.
    """
    heads = ["name", "stage", "category"]
    heads += [
        name
        for name, known in (
            ("budget", any(row.budget is not None for row in rows)),
            ("department", any(row.department for row in rows)),
            ("votes", any(row.votes is not None or row.voting is not None for row in rows)),
            ("share", any(row.share is not None for row in rows)),
        )
        if known
    ]
    columns = [
        Column(words(f"archive.table.{head}"), number=head in {"budget", "votes", "share"}) for head in heads
    ]
    if address is not None:
        columns.insert(1, Column(words("archive.held.place")))
    columns.append(Column(words("archive.ways.source")))
    cells = [_project(words, row, heads, address) for row in rows]
    return scrolled(table(columns, cells, caption), caption, "facts-table")


def _project(words: Words, row: Listing, heads: Sequence[str], address: Address | None) -> list[Cell]:
    told: dict[str, Callable[[], Cell]] = {
        "name": lambda: data(words, row.name),
        "stage": lambda: stage_tag(words, row.stage),
        "category": lambda: _category(words, row),
        "budget": lambda: words.money(row.budget),
        "department": lambda: data(words, row.department or "—"),
        "votes": lambda: _votes(words, row),
        "share": lambda: _share(words, row),
    }
    cells = [told[head]() for head in heads]
    if address is not None:
        place = placed(words, row.place, row.inferred, address(row.place, row.year))
        cells.insert(1, html.Span([place, html.Small(year_text(words, row.year), className="quiet")]))
    return [*cells, cited(words, row.cited)]


def _category(words: Words, row: Listing) -> Cell:
    if row.category is None:
        return "—"
    if not row.guessed:
        return data(words, row.category)
    return html.Span([data(words, row.category), html.Small(words("archive.guessed"), className="quiet")])


def _votes(words: Words, row: Listing) -> str:
    if row.votes is None and row.voting is None:
        return "—"
    if row.votes is None:
        return words("archive.voting", n=words.count(row.voting))
    if row.voting is None:
        return words.count(row.votes)
    return words("archive.votes", votes=words.count(row.votes), n=words.count(row.voting))


def _share(words: Words, row: Listing) -> Cell:
    if row.share is None:
        return "—"
    small = html.Small(words(f"archive.share_of.{row.share_of}"), className="quiet")
    return html.Span([words.share(row.share), small])


def progress_cards(words: Words, rows: Sequence[Figure]) -> list[Component]:
    """Return the published figures: shares of the task, shares of the investment, and what is told in words.

    The two shares mean different things and never share a scale.
    """
    groups = {
        key: [row for row in rows if (row.share_of if row.share is not None else None) == key]
        for key in ("task", "investment", None)
    }
    return [_progress(words, key or "words", found) for key, found in groups.items() if found]


def _progress(words: Words, key: str, rows: Sequence[Figure]) -> Component:
    with_share, with_sum = key != "words", any(row.invested is not None for row in rows)
    columns = [Column(words("archive.table.name")), Column(words("archive.table.month"))]
    if with_share:
        columns += [Column(words("archive.table.bar")), Column(words("archive.table.share"), number=True)]
    if with_sum:
        columns.append(Column(words("archive.table.invested"), number=True))
    columns += [Column(words(f"archive.table.{name}")) for name in ("note", "matched")]
    columns.append(Column(words("archive.ways.source")))
    reach = max([_WHOLE, *(row.share or 0 for row in rows)])
    ordered = sorted(rows, key=lambda row: (-(row.month or date.min).toordinal(), -(row.share or 0)))
    cells = []
    for row in ordered:
        line: list[Cell] = [data(words, row.name), _month(words, row.month)]
        if with_share:
            line += [bar(row.share or 0, reach), words.share(row.share, 2 if (row.share or 0) % 10 else 1)]
        if with_sum:
            line.append(words.money(row.invested))
        match = words("archive.match.yes" if row.matched else "archive.match.no")
        matched = html.Span(match, className="unbroken")
        line += [_note(words, row.note), matched, cited(words, row.cited)]
        cells.append(line)
    title = words(f"archive.progress.{key}")
    if with_share:
        done = sum((row.share or 0) >= _WHOLE for row in rows)
        title = words(f"archive.progress.{key}.finding", n=words.count(len(rows)), done=words.count(done))
    return card(
        title,
        scrolled(table(columns, cells, title), title, "facts-table"),
        words(f"archive.progress.{key}.line"),
    )


def _note(words: Words, note: str | None) -> Component:
    return html.Span(data(words, note) if note else "—", className="archive-note" if note else None)


def _month(words: Words, month: date | None) -> Component:
    if month is None:
        return html.Span(words("archive.no_month"), className="unbroken")
    text = words("archive.month", year=month.year, month=words.month(month))
    return html.Span(text, className="unbroken")


def bar(share: int, reach: int) -> Component:
    """Return a share as a bar with the mark of 100 %; its number stands beside it."""
    marks = [
        html.Span(className="track-full", style={"left": f"{_WHOLE * 100 / reach:.2f}%"}),
        html.Span(className="track-actual", style={"width": f"{share * 100 / reach:.2f}%"}),
    ]
    return html.Span(marks, className="track")


def nodes_card(words: Words, nodes: Sequence[Node]) -> Component:
    """Return the published planned nodes."""
    columns = [
        Column(words("archive.table.name")),
        Column(words("archive.table.due")),
        Column(words("archive.table.planned"), number=True),
        Column(words("archive.table.note")),
        Column(words("archive.ways.source")),
    ]
    rows: list[list[Cell]] = [
        [
            data(words, node.name),
            _month(words, node.month),
            words.share(node.share),
            _note(words, node.note),
            cited(words, node.cited),
        ]
        for node in nodes
    ]
    title = words("archive.nodes.title")
    return card(
        title,
        scrolled(table(columns, rows, title), title, "facts-table"),
        words("archive.nodes.line"),
    )


def way_card(words: Words, way: Way) -> Component:
    """Return how many suggestions became candidates and projects, each number as printed."""
    collected = way.collected_text if way.collected is None else words.count(way.collected)
    row = [
        Fact(words("archive.ways.collected"), data(words, collected or "—")),
        Fact(words("archive.ways.steps"), way.steps or "—"),
        Fact(words("archive.ways.candidates"), words.count(way.candidates)),
        Fact(words("archive.ways.chosen"), words.count(way.chosen)),
        Fact(words("archive.ways.deputies"), words.count(way.deputies)),
    ]
    method = [data(words, way.method)] if way.method else [words("archive.ways.no_method")]
    return card(
        words("archive.way.title"),
        facts(row),
        [words("archive.ways.method"), *method],
        foot=html.Div(
            html.Span([words("card.source"), cited(words, way.cited)], className="source"),
            className="card-foot",
        ),
    )
