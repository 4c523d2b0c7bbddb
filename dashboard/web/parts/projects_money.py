"""Money against work: the chart of all projects, and under it each of them with both shares."""

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.figures.work_money import summarise, work_money
from dashboard.i18n import Words
from dashboard.rules.chart_frames import EVEN, Work, Works, works
from dashboard.rules.project_frames import Listed, Projects
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.empty import empty
from dashboard.web.parts.graph import graph
from dashboard.web.parts.light import light
from dashboard.web.parts.links import anchor
from dashboard.web.parts.projects_table import source
from dashboard.web.parts.table import Cell, Column, folded_table, scrolled, table
from dashboard.web.parts.text import Sentence, data, printed

Address = Callable[[Listed], str | None]
HEADS = ("name", "money", "work", "ahead")


def works_card(
    words: Words, shown: Projects, rows: Sequence[Listed], address: Address, theme: str, narrow: bool
) -> Component:
    """Return the card of money against work; what has no sum, no payment or no report is named, not drawn."""
    frame = works(rows)
    listed = table(_columns(words), _rows(words, frame, address), words("works.title"), stacks=False)
    under: list[Component] = [scrolled(listed, words("works.title"), "works-list")]
    if frame.unknown:
        under.append(_unknown(words, frame, address))
    if not frame.rows:
        return card(words("works.title"), [empty(words("works.none"), words("works.none.since")), *under[1:]])
    figure = work_money(frame, words, theme, narrow)
    chart = graph("projects-money", figure, words, summarise(frame, words), figure["layout"]["height"])
    return card(
        printed(words, works_finding(words, frame)),
        html.Div([chart, html.Div(under)], className="works"),
        words("works.line"),
        foot=foot(words, source(words, shown, rows), (), _behind(words, frame)),
    )


def works_finding(words: Words, frame: Works) -> Sentence:
    """Return whose money runs furthest ahead of its work, or behind it, else that both go together."""
    apart = frame.apart()
    if not apart:
        return Sentence("works.even", {"n": words.count(len(frame.rows))})
    first = max(apart, key=lambda one: abs(one.ahead))
    facts = {"n": words.count(len(apart)), "gap": words.share(abs(first.ahead))[:-1]}
    key = "works.finding.money" if first.ahead > EVEN else "works.finding.work"
    return Sentence(key, facts, {"name": first.row.short_name})


def _columns(words: Words) -> list[Column]:
    return [Column(words(f"works.column.{head}"), number=head != "name") for head in HEADS]


def _rows(words: Words, frame: Works, address: Address) -> list[list[Cell]]:
    return [[_name(words, one.row, address), *_shares(words, one)] for one in frame.rows]


def _shares(words: Words, one: Work) -> list[Cell]:
    return [words.share(one.money), words.share(one.work), words.gap(one.ahead)]


def _name(words: Words, row: Listed, address: Address) -> Component:
    href, name = address(row), data(words, row.short_name)
    mark = light(words, row.light, word_shown=False)
    return html.Span([mark, anchor(name, href) if href else name], className="lit")


def _unknown(words: Words, frame: Works, address: Address) -> Component:
    """Name what has no point, so that nothing seems forgotten."""
    names: list[Component | str] = []
    for row in frame.unknown:
        href, name = address(row), data(words, row.short_name)
        names += [anchor(name, href) if href else name, words("summary.list")]
    return html.P([words("works.unknown"), *names[:-1]], className="secondary")


def _behind(words: Words, frame: Works) -> Component:
    columns = [*_columns(words), Column(words("works.column.paid"), number=True)]
    columns.append(Column(words("works.column.budget"), number=True))
    rows: list[list[Cell]] = [
        [
            data(words, one.row.name),
            *_shares(words, one),
            words.money(one.row.paid),
            words.money(one.row.budget),
        ]
        for one in frame.rows
    ]
    return folded_table(columns, rows, words("works.title"))
