"""A row of facts: a word over a number."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.frames import Tally
from dashboard.web.parts.text import Content

_ATTENDANCE = ("entitled", "present", "issued", "recovered", "valid", "invalid")


@dataclass(frozen=True, slots=True)
class Fact:
    """A label, its value, and a small word after the value."""

    label: str
    value: Content
    after: Content | None = None


def facts(row: Sequence[Fact]) -> Component:
    """Return facts side by side."""
    return html.Dl([_fact(fact) for fact in row], className="facts")


def facts_card(row: Sequence[Fact]) -> Component:
    """Return the facts that open a page about one thing."""
    return html.Div(facts(row), className="card facts-card")


def attendance(words: Words, tally: Tally) -> Component:
    """Return the fixed row 应到 实到 发出 收回 有效 无效 of a round; what the source does not print is a dash."""
    return facts([Fact(words(f"fact.{name}"), words.count(getattr(tally, name))) for name in _ATTENDANCE])


def _fact(fact: Fact) -> Component:
    value: list[Component | str] = (
        [fact.value] if isinstance(fact.value, Component | str) else list(fact.value)
    )
    if fact.after is not None:
        value.append(html.Small(fact.after))
    return html.Div([html.Dt(fact.label), html.Dd(value)])
