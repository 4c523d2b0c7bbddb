"""A month of inspections as a calendar: a table of weeks, each day that has one leads to it."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.inspection_frames import Listed
from dashboard.web.addresses import Address
from dashboard.web.asked import Asked
from dashboard.web.parts.card import card
from dashboard.web.parts.inspection_words import TONES
from dashboard.web.parts.links import anchor
from dashboard.web.parts.text import aria, hidden

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def months_nav(words: Words, asked: Asked, year: int, rows: Sequence[Listed]) -> Component:
    """Return the year and its months, each with how many inspections it has; the one shown is marked."""
    chosen = asked.get("month")
    items = [_month(words("inspection.months.all"), asked.href(month=None), len(rows), not chosen)]
    for number in range(1, 13):
        first = date(year, number, 1)
        n = sum(one.day.month == number for one in rows)
        name = f"{first:%Y-%m}"
        if n or name == chosen:
            items.append(_month(words.month(first), asked.href(month=name), n, name == chosen))
    return html.Nav(html.Ul(items, className="visit-months"), **aria(label=words("inspection.months")))


def _month(name: str, href: str, n: int, is_open: bool) -> Component:
    label = [html.Span(name), html.Small(str(n))]
    mark = aria(current="page") if is_open else {}
    return html.Li(anchor(label, href, "current" if is_open else None), **mark)


def calendar_card(
    words: Words, asked: Asked, month: date, rows: Sequence[Listed], today: date, here: Address
) -> Component:
    """Return one month as a card; the months beside it are one press away, within the year."""
    title = words("inspection.month", month=words.month(month), year=str(month.year))
    by_day: dict[date, list[Listed]] = defaultdict(list)
    for one in rows:
        by_day[one.day].append(one)
    names = [words(f"inspection.weekday.{name}") for name in WEEK]
    head = html.Tr([html.Th(name, scope="col", role="columnheader") for name in names], role="row")
    weeks = [
        html.Tr(
            [
                _cell(words, day, by_day[day] if day.month == month.month else [], month, today, here)
                for day in week
            ],
            role="row",
        )
        for week in Calendar().monthdatescalendar(month.year, month.month)
    ]
    table = html.Table(
        [
            html.Caption(title, className="visually-hidden"),
            html.Thead(head, role="rowgroup"),
            html.Tbody(weeks, role="rowgroup"),
        ],
        className="visit-calendar",
        role="table",
    )
    beside = [
        anchor(words(f"inspection.month.{way}"), asked.href(month=f"{other:%Y-%m}"), "visit-turn")
        for way, other in (("before", month - timedelta(days=1)), ("after", month + timedelta(days=31)))
        if other.year == month.year
    ]
    return card(title, table, words("inspection.calendar.line"), end=beside)


def _cell(
    words: Words, day: date, rows: Sequence[Listed], month: date, today: date, here: Address
) -> Component:
    if day.month != month.month:
        return html.Td("", className="visit-out", role="cell")
    number = str(day.day)
    mark = aria(current="date") if day == today else {}
    if not rows:
        return html.Td(html.Span(number), className="visit-plain", role="cell", **mark)
    told = [words.day_of_year(day), *(one.title for one in rows)]
    linked = next((one for one in rows if one.id is not None), None)
    face = [
        html.Span(number, **aria(hidden="true")),
        html.Span(
            [html.I(className=f"visit-dot visit-{TONES[one.state]}") for one in rows],
            className="visit-dots",
            **aria(hidden="true"),
        ),
        hidden(words("summary.list").join(told)) if words.is_chinese else _spoken(words, day, rows),
    ]
    if linked is None:
        return html.Td(html.Span(face, className="visit-day"), role="cell", **mark)
    link = anchor(face, here.to("inspections", linked.id).path(), "visit-day")
    return html.Td(link, role="cell", **mark)


def _spoken(words: Words, day: date, rows: Sequence[Listed]) -> Component:
    titles = [html.Span(one.title, lang="zh-CN") for one in rows]
    return html.Span([words.day_of_year(day), " ", *titles], className="visually-hidden")
