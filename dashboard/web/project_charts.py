"""The charts of one project's page: its curve with the months aligned under it, and its money."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.figures.progress_curve import progress_curve
from dashboard.figures.summary import summarise_curve
from dashboard.i18n import Words
from dashboard.rules.frames import Curve
from dashboard.rules.lights import BEHIND, LightRules, light, plan_tone
from dashboard.rules.progress import Plan, month_ends, planned_share
from dashboard.rules.project_frames import ProjectPage
from dashboard.rules.project_way import meaning
from dashboard.rules.report_quality import MARKS
from dashboard.web.asked import Asked
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.graph import graph
from dashboard.web.parts.links import anchor
from dashboard.web.parts.table import Cell, Column, folded_table

Row = tuple[str, list[str], list[str]]
# More months than this have no room under the chart; they stand in the table behind it.
MOST = 20


def curve_card(
    page: ProjectPage,
    words: Words,
    theme: str,
    narrow: bool,
    inside: bool,
    asked: Asked,
    point: Sequence[Component] = (),
) -> Component:
    """Return the progress curve with its months under it; `inside` tells a reader who belongs to the congress.

    A press on a point, or on a month's share, opens what stands behind it (`point`); the address keeps it.
    """
    curve = page.curve
    figure = progress_curve(curve, words, theme, narrow, lane=False)
    told = meaning(curve, inside)
    title = words(f"project.curve.{told.code}", **_facts(words, told.facts))
    summary = summarise_curve(curve, words)
    opens = f"{asked.path}?report="
    body: list[Component] = [
        graph("project-curve", figure, words, summary, figure["layout"]["height"], opens)
    ]
    months = _months(curve)
    if len(months) <= MOST:
        body.append(_aligned(curve, months, figure, words, asked))
    body += [
        html.Div(list(point), id="point-shown"),
        dcc.Store(id="project-point", data=asked.get("report") or None),
    ]
    subtitle: list[Component | str] = [words("curve.subtitle"), "｜", _plan(page, words)]
    source = html.Span(
        [
            words("card.source"),
            words("source.reports"),
            words("card.as_of", day=words.day(curve.as_of)) if len(curve.actual) > 1 else "",
        ],
        className="source",
    )
    end = _money_way(page, words, asked)
    return card(title, body, subtitle, end=end, foot=foot(words, source, (), _folded(curve, months, words)))


def _money_way(page: ProjectPage, words: Words, asked: Asked) -> Component | None:
    """Return the way that puts the money under the curve, month under month, or back to its own place."""
    if page.money is None:
        return None
    shown = bool(asked.get("money"))
    key = "project.money.away" if shown else "project.money.under"
    return anchor(words(key), asked.href(money=None if shown else "1"), "curve-money")


def _facts(words: Words, facts: dict[str, object]) -> dict[str, str]:
    told = {}
    for name, value in facts.items():
        if name == "month" and isinstance(value, date):
            told[name] = words.month(value)
        elif name == "gap" and isinstance(value, int):
            told[name] = words.gap(abs(value)).lstrip("+")
        else:
            told[name] = words.count(value) if isinstance(value, int) else str(value)
    return told


def _plan(page: ProjectPage, words: Words) -> str:
    """Return by what the project is measured: its own plan, or equal parts of the calendar."""
    plan = page.plan()
    if plan is None or not plan.months:
        return words("project.plan.calendar")
    if plan.number > 1:
        return words("project.plan.version", n=words.count(plan.number))
    return words("project.plan.own")


def _months(curve: Curve) -> list[date]:
    """Return the month ends of the chart that have something to say."""
    days = {*curve.planned_days, *curve.actual_days, *(curve.promise.days if curve.promise else ())}
    return list(month_ends(curve.start, max(days)))


def _rows(curve: Curve, months: list[date], words: Words, whole: bool) -> list[Row]:
    """Return each row of the months with its values and their looks; `whole` leaves the decimals out."""
    plan = Plan(curve.start, curve.planned_finish, curve.planned_days, curve.planned, curve.stepped)
    actual = dict(zip(curve.actual_days, curve.actual, strict=True))
    marks = dict(curve.marks)
    planned = {day: planned_share(plan, day) for day in months}
    gaps = {day: share - planned[day] for day in months if (share := actual.get(day)) is not None}

    def written(share: int | None) -> str:
        if share is None:
            return "—"
        return str((share + 50) // 100) if whole else words.share(share)

    ends = [day for day in months if day <= curve.planned_finish or day in actual]
    rows: list[Row] = [
        ("planned", [written(planned[day]) if day in ends else "" for day in months], []),
        ("actual", [written(actual[day]) if day in actual else "" for day in months], []),
    ]
    if curve.promise is not None:
        # The curve begins at what was reported when it was promised: that was no promise.
        own = dict(zip(curve.promise.days, curve.promise.shares, strict=True))
        own = {day: share for day, share in own.items() if actual.get(day) != share}
        rows.append(("promised", [written(own.get(day)) if day in own else "" for day in months], []))
    rows.append(
        (
            "gap",
            [_gap(gaps.get(day), words, whole) if day in actual else "" for day in months],
            [_tone(actual.get(day), planned[day], curve.lights) for day in months],
        )
    )
    said = [_word(marks.get(day, ()), day in actual and day > curve.start, words) for day in months]
    looks = [
        "mark-missing" if "missing" in marks.get(day, ()) else "mark-doubt" if day in marks else ""
        for day in months
    ]
    return [*rows, ("marks", said, looks)]


def _word(marks: tuple[str, ...], reported: bool, words: Words) -> str:
    first = next((mark for mark in MARKS if mark in marks), None)
    if first is not None:
        return words(f"curve.mark.{first}")
    return words("project.on_time") if reported else ""


def _gap(gap: int | None, words: Words, whole: bool) -> str:
    if gap is None or not whole:
        return words.gap(gap)
    points = (abs(gap) + 50) // 100
    return "0" if not points else f"{'+' if gap > 0 else '−'}{points}"


def _tone(actual: int | None, planned: int, lights: LightRules) -> str:
    """Return how a month's gap looks: plain where the month goes as it should."""
    gap = None if actual is None else actual - planned
    shown = plan_tone(light(actual, planned, lights), gap)
    return f"gap-{shown}" if shown in BEHIND else ""


def _aligned(
    curve: Curve, months: list[date], figure: dict[str, Any], words: Words, asked: Asked
) -> Component:
    """Return the months as a table whose columns stand under those of the chart."""
    margin, axis = figure["layout"]["margin"], figure["layout"]["xaxis"]["range"]
    days = (date.fromisoformat(axis[1]) - date.fromisoformat(axis[0])).days
    span = (months[-1] + timedelta(days=1) - curve.start).days
    style = {
        "--left": f"{margin['l']:g}px",
        "--right": f"{margin['r']:g}px",
        "--part": f"{span / days / len(months):.5f}",
        "--months": str(len(months)),
    }
    head = html.Tr(
        [
            html.Th(words("curve.table.month"), scope="col", role="columnheader"),
            *(html.Th(words.month(day), scope="col", role="columnheader") for day in months),
        ],
        role="row",
    )
    body = [
        _line(name, _led(name, cells, months, words, asked), looks, words)
        for name, cells, looks in _rows(curve, months, words, whole=True)
    ]
    return html.Table(
        [
            html.Caption(words("project.months"), className="visually-hidden"),
            html.Thead(head, className="visually-hidden", role="rowgroup"),
            html.Tbody(body, role="rowgroup"),
        ],
        className="aligned",
        role="table",
        style=style,
    )


def _led(
    name: str, cells: list[str], months: list[date], words: Words, asked: Asked
) -> Sequence[Component | str]:
    """Return the cells of a row; each reported share leads to what stands behind it."""
    if name != "actual":
        return cells
    return [
        html.Span(
            anchor(cell, asked.href(report=f"{day:%Y-%m}"), "point-way"),
            title=words("project.point.open", month=words.month(day)),
        )
        if cell
        else ""
        for cell, day in zip(cells, months, strict=True)
    ]


def _line(name: str, cells: Sequence[Component | str], looks: list[str], words: Words) -> Component:
    looks = looks or [""] * len(cells)
    return html.Tr(
        [
            html.Th(words(f"curve.table.{name}"), scope="row", role="rowheader"),
            *(
                html.Td(cell, role="cell", className=look or None)
                for cell, look in zip(cells, looks, strict=True)
            ),
        ],
        role="row",
        className=f"aligned-{name}",
    )


def _folded(curve: Curve, months: list[date], words: Words) -> Component:
    """Return the months under one another with their exact values, to be read and saved."""
    rows = _rows(curve, months, words, whole=False)
    heads = [Column(words("curve.table.month"))]
    heads += [Column(words(f"curve.table.{name}"), number=name != "marks") for name, _, _ in rows]
    table: list[list[Cell]] = [
        [words.month(day), *(cells[place] or "—" for _, cells, _ in rows)] for place, day in enumerate(months)
    ]
    return folded_table(heads, table, words("project.months"))
