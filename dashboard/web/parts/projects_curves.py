"""Every project's curve on one scale: plan grey, reports blue, a bar for what is behind, the last share printed."""

from collections.abc import Callable, Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.figures.curve_grid import curve_grid
from dashboard.figures.small_multiples import Scale, scale, small_curve
from dashboard.i18n import Words
from dashboard.rules.lights import is_late, plan_tone
from dashboard.rules.project_frames import NOT_CARRIED, Listed, Projects
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.graph import pictured
from dashboard.web.parts.light import light
from dashboard.web.parts.links import anchor
from dashboard.web.parts.projects_table import saved, source
from dashboard.web.parts.text import aria, data

Address = Callable[[Listed], str | None]
TICKS = 4
LEVEL = 5_000


def curves_card(words: Words, shown: Projects, rows: Sequence[Listed], address: Address) -> Component:
    """Return the small curves of the rows in the order given; what is not carried out is left out."""
    rows = [row for row in rows if row.stage not in NOT_CARRIED]
    axes = scale(rows)
    ticks = _ticks(rows)
    drawn = [_one(words, row, axes, ticks, address) for row in rows]
    return card(
        words("projects.curves.title"),
        pictured(
            html.Ul(drawn, className="smalls"),
            "projects-curves",
            lambda: curve_grid(rows, words, "light"),
        ),
        words("projects.curves.line"),
        foot=foot(words, source(words, shown, rows), (), saved(words, rows)),
    )


def _ticks(rows: Sequence[Listed]) -> list[date]:
    """Return the months under every curve: as many quarters as have room, the last month among them."""
    quarters = sorted({month.day for row in rows for month in row.months if month.day.month % 3 == 0})
    step = -(-len(quarters) // TICKS)
    return quarters[::-1][:: step or 1]


def _one(words: Words, row: Listed, axes: Scale, ticks: Sequence[date], address: Address) -> Component:
    href = address(row)
    name = data(words, row.short_name)
    head = html.Div(
        [
            light(words, row.light, word_shown=False),
            html.Strong(anchor(name, href) if href else name, title=row.name),
            html.Small(data(words, row.department) if row.department else ""),
        ],
        className="small-head",
    )
    told = words(
        "projects.curves.told",
        name=row.name,
        planned=words.share(row.planned),
        actual=words.share(row.actual),
        gap=words.gap(row.gap),
    )
    plot = html.Div(
        [*_grid(axes), *_lines(words, row, axes), *_months(words, axes, ticks)],
        className="small-plot",
        role="img",
        **aria(label=told),
    )
    return html.Li([head, plot])


def _grid(axes: Scale) -> list[Component]:
    marks = []
    for share in range(0, 10_001, LEVEL):
        place = {"top": f"{axes.y(share) * 100:.2f}%"}
        marks += [
            html.I(className="small-rule", style=place),
            html.Span(str(share // 100), className="small-level", style=place),
        ]
    return marks


def _lines(words: Words, row: Listed, axes: Scale) -> list[Component]:
    small = small_curve(row, axes)
    parts: list[Component] = [html.I(className="small-plan", style={"clipPath": small.plan})]
    if small.dot is None or small.share is None:
        parts.append(html.Span(words("curve.no_report"), className="small-none"))
        return parts
    x, y = small.dot
    spot = {"left": f"{x * 100:.2f}%", "top": f"{y * 100:.2f}%"}
    if row.gap is not None and is_late(row.light, row.gap) and row.actual == small.share:
        high = axes.y(row.actual - row.gap)
        bar = {"left": spot["left"], "top": f"{high * 100:.2f}%", "height": f"{(y - high) * 100:.2f}%"}
        parts.append(html.I(className=f"small-gap small-gap-{plan_tone(row.light, row.gap)}", style=bar))
    if small.actual:
        parts.append(html.I(className="small-actual", style={"clipPath": small.actual}))
    under = row.gap is not None and row.gap < 0 and x < 0.8
    parts += [
        html.I(className="small-dot", style=spot),
        html.Span(
            words.share(small.share), className="small-end under" if under else "small-end", style=spot
        ),
    ]
    return parts


def _months(words: Words, axes: Scale, ticks: Sequence[date]) -> list[Component]:
    return [
        html.Span(words.month(day), className="small-month", style={"left": f"{axes.x(day) * 100:.2f}%"})
        for day in ticks
    ]
