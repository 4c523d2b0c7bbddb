"""The progress ranking of a cycle's projects, and the ranking by how late each is expected to finish."""

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.figures.curve_words import range_text, slip_text
from dashboard.figures.ranking_rows import ranking_rows, slip_rows
from dashboard.i18n import Words
from dashboard.rules.chart_frames import Slipping, Slips, slips
from dashboard.rules.frames import Forecast, Standing
from dashboard.rules.lights import plan_tone
from dashboard.rules.project_frames import NOT_CARRIED, Listed, Projects
from dashboard.rules.project_list import from_behind
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.graph import pictured
from dashboard.web.parts.light import light
from dashboard.web.parts.links import anchor
from dashboard.web.parts.projects_table import saved, source
from dashboard.web.parts.ranking import ranking
from dashboard.web.parts.table import Cell, Column, folded_table
from dashboard.web.parts.text import Content, Sentence, aria, data, hidden, printed, short_name

Address = Callable[[Listed], str | None]


def rank_card(words: Words, shown: Projects, rows: Sequence[Listed], address: Address) -> Component:
    """Return the progress ranking: the furthest behind first, a bar for what was reported, a tick for the plan."""
    rows = [row for row in from_behind(rows) if row.stage not in NOT_CARRIED]
    ways = {str(row.number): address(row) or "" for row in rows}
    standings = [
        Standing(str(row.number), row.name, row.department, row.planned, row.actual, row.gap, row.light)
        for row in rows
    ]
    month = words.month(shown.as_of) if shown.as_of else "—"
    return card(
        words("projects.rank.title"),
        pictured(
            html.Div(ranking(words, standings, lambda number: ways[number]), className="whole-ranking"),
            "projects-rank",
            lambda: ranking_rows(rows, words, "light"),
        ),
        [words("ranking.subtitle", month=month), "｜", words("ranking.unit")],
        foot=foot(words, source(words, shown, rows), (), saved(words, rows)),
    )


def slip_card(words: Words, shown: Projects, rows: Sequence[Listed], address: Address) -> Component:
    """Return the slip ranking: the latest first, a dot for the forecast's finish, a line for its range."""
    frame = slips(rows)
    head = html.Tr(
        [
            _head(words("ranking.name"), "name"),
            _head([hidden(words("projects.slip.scale")), _scale(words, frame)], "bar"),
            _head(words("projects.slip.finish"), "actual number"),
            _head(words("projects.slip.days"), "gap number"),
        ],
        role="row",
    )
    body = [_row(words, one, frame, address) for one in frame.rows]
    table = html.Table(
        [
            html.Caption(words("projects.slip.caption"), className="visually-hidden"),
            html.Thead(head, role="rowgroup"),
            html.Tbody(body, role="rowgroup"),
        ],
        className="ranking slips",
        role="table",
    )
    listed = [one.row for one in frame.rows]
    return card(
        printed(words, slip_finding(words, frame)),
        pictured(
            html.Div(table, className="whole-ranking"),
            "projects-slip",
            lambda: slip_rows(frame, words, "light"),
        ),
        words("projects.slip.line"),
        foot=foot(words, source(words, shown, listed), (), _behind(words, frame)),
    )


def slip_finding(words: Words, frame: Slips) -> Sentence:
    """Return how many projects are expected to be late, and which of them by how many days."""
    late, known = frame.late(), [one for one in frame.rows if one.forecast is not None]
    if not known:
        return Sentence("projects.slip.unknown")
    if not late:
        return Sentence("projects.slip.none", {"total": words.count(len(known))})
    first = late[0]
    facts = {
        "n": words.count(len(late)),
        "total": words.count(len(known)),
        "slip": slip_text(first.forecast.slip, words) if first.forecast else "",
    }
    name = first.row.short_name or short_name(first.row.name)
    return Sentence("projects.slip.one" if len(late) == 1 else "projects.slip.most", facts, {"name": name})


def _head(told: Content, style: str) -> Component:
    return html.Th(told, className=style, scope="col", role="columnheader")


def _scale(words: Words, frame: Slips) -> Component:
    """Return the head of the scale: where the planned finish stands."""
    mark = html.Span(words("projects.slip.planned"), style={"left": _percent(frame.place(0))})
    return html.Span(mark, className="slip-scale", **aria(hidden="true"))


def _row(words: Words, one: Slipping, frame: Slips, address: Address) -> Component:
    row, href = one.row, address(one.row)
    name = data(words, row.name)
    named = html.Span([light(words, row.light, word_shown=False), anchor(name, href) if href else name])
    told = one.forecast
    style = plan_tone(row.light, row.gap) if one.is_late else "none"
    return html.Tr(
        [
            html.Th(named, className="name", scope="row", role="rowheader"),
            html.Td(_track(words, told, frame), className="bar", role="cell"),
            html.Td(words.day(told.finish) if told else "—", className="actual number", role="cell"),
            html.Td(_days(words, one), className=f"gap number gap-{style}", role="cell"),
        ],
        role="row",
    )


def _days(words: Words, one: Slipping) -> str:
    if one.forecast is None:
        return "—"
    told = slip_text(one.forecast.slip, words)
    return words("projects.slip.done", slip=told) if one.row.is_done else told


def _track(words: Words, told: Forecast | None, frame: Slips) -> Component:
    """Return the scale with the planned finish, the range and the forecast; done is a filled dot."""
    marks = [html.Span(className="slip-planned", style={"left": _percent(frame.place(0))})]
    label = words("projects.slip.no_forecast")
    if told is not None:
        low, high, at = (frame.place(days) for days in (told.slip_earliest, told.slip_latest, told.slip))
        label = range_text(told.slip_earliest, told.slip_latest, words).text
        marks += [
            html.Span(className="slip-range", style={"left": _percent(low), "width": _percent(high - low)}),
            html.Span(className="slip-dot", style={"left": _percent(at)}),
        ]
    return html.Span(marks, className="slip-track", role="img", title=label, **aria(label=label))


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%"


def _behind(words: Words, frame: Slips) -> Component:
    heads = ("name", "light", "planned", "finish", "days", "earliest", "latest")
    columns = [Column(words("ranking.name"))]
    columns += [Column(words(f"projects.slip.{head}"), number=head != "light") for head in heads[1:]]
    rows: list[list[Cell]] = []
    for one in frame.rows:
        told = one.forecast
        cells: list[Cell] = [data(words, one.row.name), words(f"light.{one.row.light}")]
        if told is None:
            cells += ["—"] * 5
        else:
            planned = told.finish.fromordinal(told.finish.toordinal() - told.slip)
            cells += [words.day(planned), words.day(told.finish)]
            cells += [words.count(days) for days in (told.slip, told.slip_earliest, told.slip_latest)]
        rows.append(cells)
    return folded_table(columns, rows, words("projects.slip.caption"))
