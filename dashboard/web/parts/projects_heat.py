"""Where and when projects fell behind: every month's gap in a table of colours; on a phone a ranking with lines."""

from collections.abc import Callable, Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.figures.heat_cells import heat_cells, months_of, whole_points
from dashboard.figures.small_multiples import spark, spark_reach
from dashboard.i18n import Words
from dashboard.rules.lights import plan_tone
from dashboard.rules.project_frames import NOT_CARRIED, Listed, Month, Projects
from dashboard.rules.project_list import CUTS, from_behind, shade
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.graph import pictured
from dashboard.web.parts.light import light
from dashboard.web.parts.links import anchor
from dashboard.web.parts.made import made
from dashboard.web.parts.table import Cell, Column, folded_table, scrolled
from dashboard.web.parts.text import aria, data

Address = Callable[[Listed], str | None]


def heat_card(words: Words, shown: Projects, rows: Sequence[Listed], address: Address) -> Component:
    """Return the heat map of the rows, from behind to ahead; what is not carried out is left out."""
    rows = [row for row in from_behind(rows) if row.stage not in NOT_CARRIED]
    months = months_of(rows)
    subtitle = [words("projects.heat.line", month=words.month(shown.as_of) if shown.as_of else "—")]
    source = made(
        html.Span,
        [
            words("card.source"),
            words("projects.source"),
            words("card.as_of", day=words.day(shown.as_of)) if shown.as_of else "",
            "｜",
            words("projects.heat.rounded"),
        ],
        className="source",
    )
    return card(
        words("projects.heat.title"),
        pictured(
            html.Div([_wide(words, shown, rows, months, address), _narrow(words, rows, address)]),
            "projects-heat",
            lambda: heat_cells(rows, words, "light"),
        ),
        subtitle,
        end=_key(words),
        foot=foot(words, source, (), _behind(words, rows, months)),
    )


def _key(words: Words) -> Component:
    """Return what the colours mean: the cuts stand under the edges between them."""
    cuts = [
        made(html.Span, words.gap(cut)[:-2], style={"left": f"{(place + 1) * 100 / 7:.3f}%"})
        for place, cut in enumerate(CUTS)
    ]
    scale = made(
        html.Span,
        [
            made(html.Span, [html.I(className=f"heat-{n}") for n in range(1, 8)], className="heat-swatches"),
            made(html.Span, cuts, className="heat-cuts"),
        ],
        className="heat-scale",
    )
    return made(
        html.Span,
        [
            words("projects.heat.behind"),
            scale,
            words("projects.heat.ahead"),
            html.I(className="heat-missing"),
            words("light.grey"),
        ],
        className="heat-key",
    )


def _wide(
    words: Words, shown: Projects, rows: Sequence[Listed], months: Sequence[date], address: Address
) -> Component:
    head = [made(html.Th, words("ranking.name"), scope="col", className="heat-name")]
    for day in months:
        year = html.Small(day.year) if day.month == 1 and day.year != shown.year else ""
        style = "heat-now" if day == shown.as_of else None
        head.append(made(html.Th, [words.month(day), year], scope="col", className=style))
    head += [
        made(html.Th, words("ranking.actual"), scope="col"),
        made(html.Th, words("ranking.gap"), scope="col"),
    ]
    body = [_row(words, row, months, address) for row in rows]
    caption = html.Caption(words("projects.heat.caption"), className="visually-hidden")
    table = html.Table([caption, html.Thead(made(html.Tr, head)), html.Tbody(body)], className="heat")
    return scrolled(table, words("projects.heat.caption"), "heat-wide")


def _row(words: Words, row: Listed, months: Sequence[date], address: Address) -> Component:
    known = {month.day: month for month in row.months}
    cells: list[Component] = [made(html.Th, _name(words, row, address), scope="row", className="heat-name")]
    cells += [_cell(words, row, known.get(day)) for day in months]
    cells += [
        made(
            html.Td,
            words("light.grey") if row.actual is None else words.share(row.actual),
            className="number",
        ),
        made(html.Td, words.gap(row.gap), className=f"number gap-{plan_tone(row.light, row.gap)}"),
    ]
    return made(html.Tr, cells)


def _name(words: Words, row: Listed, address: Address, called: str | None = None) -> Component:
    href = address(row)
    name = data(words, called or row.name)
    return made(
        html.Span,
        [light(words, row.light, word_shown=False), anchor(name, href) if href else name],
        className="lit",
    )


def _cell(words: Words, row: Listed, month: Month | None) -> Component:
    """Return one month: its gap rounded on the colour of the exact value, or that it was not reported."""
    if month is None or not month.due:
        return made(html.Td, "", className="heat-future")
    if month.gap is None:
        began = row.start is None or month.day > row.start
        return made(
            html.Td, words("light.grey") if began else "", className="heat-missing" if began else None
        )
    return made(html.Td, whole_points(month.gap), className=f"heat-{shade(month.gap)}")


def _narrow(words: Words, rows: Sequence[Listed], address: Address) -> Component:
    """Return the phone's form: a row a project, its gaps as a line around the plan."""
    items, reach = [], spark_reach(rows)
    for row in rows:
        path = spark(row, reach)
        line = made(
            html.Span,
            made(html.Span, style={"clipPath": path}, className="spark-line") if path else "",
            className="spark",
            **aria(hidden="true"),
        )
        items.append(
            made(
                html.Li,
                [
                    _name(words, row, address, row.short_name),
                    line,
                    made(
                        html.Span,
                        words("light.grey") if row.actual is None else words.share(row.actual),
                        className="spark-share",
                    ),
                    made(
                        html.Span,
                        words.gap(row.gap),
                        className=f"spark-gap gap-{plan_tone(row.light, row.gap)}",
                    ),
                ],
            )
        )
    return html.Ul(items, className="sparks heat-narrow")


def _behind(words: Words, rows: Sequence[Listed], months: Sequence[date]) -> Component:
    """Return the exact gaps, to be read and saved."""
    columns = [Column(words("ranking.name")), *(Column(words.month(day), number=True) for day in months)]
    table: list[list[Cell]] = []
    for row in rows:
        known = {month.day: month for month in row.months}
        cells: list[Cell] = [data(words, row.name)]
        for day in months:
            month = known.get(day)
            cells.append("" if month is None or not month.due else words.gap(month.gap))
        table.append(cells)
    return folded_table(columns, table, words("projects.heat.caption"))
