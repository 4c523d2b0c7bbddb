"""Groups of projects side by side: a bar for the mean that was reported, a tick for the planned one."""

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.figures.ranking_rows import ranking_rows
from dashboard.i18n import Words
from dashboard.rules.chart_frames import Compared
from dashboard.rules.lights import plan_tone
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.empty import empty
from dashboard.web.parts.graph import pictured
from dashboard.web.parts.links import anchor
from dashboard.web.parts.ranking import track
from dashboard.web.parts.table import Cell, Column, folded_table, scrolled, table
from dashboard.web.parts.text import data

HEADS = (
    "compare.name",
    "compare.projects",
    "ranking.bar",
    "compare.planned",
    "ranking.actual",
    "ranking.gap",
)


def comparison_card(
    words: Words, rows: Sequence[Compared], told: tuple[str, str, str], address: Callable[[str], str]
) -> Component:
    """Return the card of groups in the order given; `told` is its id, its title and what is measured."""
    element_id, title, line = told
    if not rows:
        return card(title, empty(words("compare.none"), words("compare.none.since")))
    reach = max([10_000, *(share for row in rows for share in (row.actual, row.planned) if share)])
    columns = [Column(words(head), number=head not in {HEADS[0], HEADS[2]}) for head in HEADS]
    shown = [_row(words, row, reach, address) for row in rows]
    plain = [[cell for place, cell in enumerate(_cells(words, row)) if place != 2] for row in rows]
    behind = folded_table([one for place, one in enumerate(columns) if place != 2], plain, title)
    return card(
        title,
        pictured(
            scrolled(table(columns, shown, title), title, "comparison"),
            element_id,
            lambda: ranking_rows(rows, words, "light"),
        ),
        line,
        foot=foot(words, "".join([words("card.source"), words("source.reports")]), (), behind),
    )


def _row(words: Words, row: Compared, reach: int, address: Callable[[str], str]) -> list[Cell]:
    cells = _cells(words, row)
    name = cells[0]
    cells[0] = anchor(name, address(row.code)) if row.code else name
    cells[2] = track(words, row.actual, row.planned, reach)
    cells[5] = html.Span(words.gap(row.gap), className=f"gap-{plan_tone(row.light, row.gap)}")
    return cells


def _cells(words: Words, row: Compared) -> list[Cell]:
    actual = words("light.grey") if row.actual is None else words.share(row.actual)
    return [
        data(words, row.name),
        words.count(row.projects),
        "",
        words.share(row.planned),
        actual,
        words.gap(row.gap),
    ]
