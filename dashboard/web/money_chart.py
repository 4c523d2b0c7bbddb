"""The card of a project's money: what was paid against what was planned, in its own place or under the curve."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.figures.money_steps import money_steps
from dashboard.i18n import Words
from dashboard.rules.project_frames import Money
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.empty import empty
from dashboard.web.parts.graph import graph
from dashboard.web.parts.table import Cell, Column, folded_table
from dashboard.web.parts.text import Content

# A difference of money under a percentage point is none.
EVEN = 100


def money_card(
    money: Money | None, words: Words, theme: str, narrow: bool, under: dict[str, Any] | None = None
) -> Component:
    """Return what was paid against what was planned, both of the year's sum; `under` a curve, month under month."""
    if money is None:
        since = empty(words("project.money.none"), words("project.money.none.since"))
        return card(words("project.money.title"), since)
    figure = money_steps(money, words, theme, narrow, under)
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
