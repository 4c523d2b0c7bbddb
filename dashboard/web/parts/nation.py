"""全国汇总: every province's congresses together, by their published standing."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.queries.nation import Province
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.empty import empty
from dashboard.web.parts.ranking import track
from dashboard.web.parts.table import Cell, Column, folded_table, scrolled, table

HEADS = ("name", "congresses", "projects", "bar", "actual", "planned", "done", "behind")


def nation_card(words: Words, rows: Sequence[Province], year: int | None) -> Component:
    """Return the table of provinces with their projects and means; plainly nothing where nobody has reported."""
    title = words("nation.title")
    if not rows or year is None:
        return card(title, empty(words("nation.none"), words("nation.none.since")))
    columns = [Column(words(f"nation.{head}"), number=head not in {"name", "bar"}) for head in HEADS]
    shown: list[list[Cell]] = [_row(words, row) for row in rows]
    plain = [[cell for place, cell in enumerate(row) if HEADS[place] != "bar"] for row in shown]
    for line, row in zip(shown, rows, strict=True):
        if row.simulated:
            line[0] = html.Span([line[0], " ", simulated(words)])
    heads = [column for place, column in enumerate(columns) if HEADS[place] != "bar"]
    return card(
        title,
        scrolled(table(columns, shown, title), title, "rollup"),
        words("nation.line", year=str(year)),
        foot=foot(words, words("nation.source"), (), folded_table(heads, plain, title)),
    )


def _row(words: Words, row: Province) -> list[Cell]:
    name = (row.name_zh if words.is_chinese else row.name_en) or "—"
    return [
        name,
        words.count(row.congresses),
        words.count(row.projects)
        + (words("rollup.cancelled", n=words.count(row.cancelled)) if row.cancelled else ""),
        track(words, row.actual, row.planned),
        words.share(row.actual),
        words.share(row.planned),
        words.count(row.done),
        words.count(row.behind),
    ]
