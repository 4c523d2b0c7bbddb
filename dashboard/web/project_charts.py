"""The charts of one project's page: its curve with the months aligned under it, and its money."""

from datetime import date, timedelta
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.figures.money_steps import money_steps
from dashboard.figures.progress_curve import progress_curve
from dashboard.figures.summary import summarise_curve
from dashboard.i18n import Words
from dashboard.rules.frames import Curve
from dashboard.rules.lights import BEHIND, LightRules, light, plan_tone
from dashboard.rules.progress import Plan, month_ends, planned_share
from dashboard.rules.project_frames import Money, ProjectPage
from dashboard.rules.project_way import meaning
from dashboard.rules.report_quality import MARKS
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.empty import empty
from dashboard.web.parts.graph import graph
from dashboard.web.parts.table import Cell, Column, folded_table
from dashboard.web.parts.text import Content

Row = tuple[str, list[str], list[str]]
# More months than this have no room under the chart; they stand in the table behind it.
MOST = 20
# A difference of money under a percentage point is none.
EVEN = 100


def curve_card(page: ProjectPage, words: Words, theme: str, narrow: bool, inside: bool) -> Component:
    """Return the progress curve with its months under it; `inside` tells a reader who belongs to the congress."""
    curve = page.curve
    figure = progress_curve(curve, words, theme, narrow, lane=False)
    told = meaning(curve, inside)
    title = words(f"project.curve.{told.code}", **_facts(words, told.facts))
    summary = summarise_curve(curve, words)
    body: list[Component] = [graph("project-curve", figure, words, summary, figure["layout"]["height"])]
    months = _months(curve)
    if len(months) <= MOST:
        body.append(_aligned(curve, months, figure, words))
    subtitle: list[Component | str] = [words("curve.subtitle"), "｜", _plan(page, words)]
    source = html.Span(
        [
            words("card.source"),
            words("source.reports"),
            words("card.as_of", day=words.day(curve.as_of)) if len(curve.actual) > 1 else "",
        ],
        className="source",
    )
    return card(title, body, subtitle, foot=foot(words, source, (), _folded(curve, months, words)))


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


def _aligned(curve: Curve, months: list[date], figure: dict[str, Any], words: Words) -> Component:
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
        _line(name, cells, looks, words) for name, cells, looks in _rows(curve, months, words, whole=True)
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


def _line(name: str, cells: list[str], looks: list[str], words: Words) -> Component:
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


def money_card(money: Money | None, words: Words, theme: str, narrow: bool) -> Component:
    """Return what was paid against what was planned, both of the year's sum."""
    if money is None:
        since = empty(words("project.money.none"), words("project.money.none.since"))
        return card(words("project.money.title"), since)
    figure = money_steps(money, words, theme, narrow)
    title = _money_title(money, words)
    chart = graph("project-money", figure, words, _money_told(money, words), figure["layout"]["height"])
    columns = [
        Column(words(f"project.money.column.{head}"), number=head != "month")
        for head in ("month", "planned", "paid", "share")
    ]
    rows: list[list[Cell]] = [
        [
            words.month(day),
            words.money(planned),
            words.money(paid),
            words.share(money.share(paid)) if paid is not None else "—",
        ]
        for day, planned, paid in zip(money.days, money.planned, money.paid, strict=True)
    ]
    source = html.Span(
        [
            words("card.source"),
            words("projects.source"),
            words("card.as_of", day=words.day(money.as_of)) if money.as_of else "",
        ],
        className="source",
    )
    behind = folded_table(columns, rows, title)
    subtitle = words("project.money.line", sum=words.money(money.budget))
    return card(title, chart, subtitle, foot=foot(words, source, (), behind))


def _money_gap(money: Money) -> int | None:
    """Return paid minus planned at the last month paid, in basis points of the year's sum."""
    last = money.last()
    if last is None:
        return None
    planned = dict(zip(money.days, money.planned, strict=True))[last[0]]
    return None if planned is None else money.share(last[1]) - money.share(planned)


def _money_title(money: Money, words: Words) -> str:
    last, gap = money.last(), _money_gap(money)
    if last is None:
        return words("project.money.unpaid")
    if gap is None:
        return words("project.money.paid", share=words.share(money.share(last[1])))
    if abs(gap) < EVEN:
        return words("project.money.even")
    told = words.gap(abs(gap)).lstrip("+")
    return words("project.money.less" if gap < 0 else "project.money.more", gap=told)


def _money_told(money: Money, words: Words) -> Any:
    """Return the chart in words: its title and the last sum."""
    last = money.last()
    if last is None:
        return _money_title(money, words)
    paid: Content = words(
        "project.money.told",
        title=_money_title(money, words),
        month=words.month(last[0]),
        sum=words.money(last[1]),
        all=words.money(money.budget),
    )
    return paid
