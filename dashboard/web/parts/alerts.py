"""需要关注: what needs care, red before amber before grey, each with its reason and who acts next."""

from collections.abc import Callable, Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.frames import Alert
from dashboard.rules.lights import tone
from dashboard.web.parts.light import light
from dashboard.web.parts.links import anchor
from dashboard.web.parts.text import Sentence, data, printed, short_name

_ORDER = ("red", "amber", "grey", "green", "blue")
_SHARES = frozenset({"actual", "planned", "promised"})
_MONTHS = frozenset({"month", "month_before"})


def alerts(words: Words, rows: Sequence[Alert], address: Callable[[str], str]) -> Component:
    """Return what needs care in order of weight; the rule's order holds within one light."""
    if not rows:
        return html.P(words("alert.none"), className="secondary")
    ordered = sorted(rows, key=lambda alert: _ORDER.index(tone(alert.light)))
    return html.Ul([_item(words, alert, address) for alert in ordered], className="care")


def _item(words: Words, alert: Alert, address: Callable[[str], str]) -> Component:
    line = printed(words, sentence(words, alert, f"alert.{alert.code}"))
    reason = printed(words, sentence(words, alert, f"alert.{alert.code}.reason"))
    title = anchor(line, address(alert.project_id)) if alert.project_id else html.Span(line)
    children = [
        light(words, alert.light, word_shown=False),
        html.Span(title, className="care-line"),
        html.Span(reason, className="care-why"),
    ]
    if alert.who:
        children.append(html.Span(data(words, alert.who), className="care-who"))
    return html.Li(children)


def sentence(words: Words, alert: Alert, key: str) -> Sentence:
    """Return an alert's facts written for people: shares, gaps, months, days, counts; text stays data."""
    facts: dict[str, str] = {}
    names: dict[str, str] = {}
    for name, value in alert.facts.items():
        if isinstance(value, str):
            names[name] = short_name(value) if name == "project" else value
        else:
            facts[name] = _written(words, name, value)
    return Sentence(key, facts, names)


def _written(words: Words, name: str, value: object) -> str:
    if isinstance(value, date):
        return words.month(value) if name in _MONTHS else words.day_of_year(value)
    if isinstance(value, int):
        if name == "gap":
            return words.gap(abs(value)).lstrip("+")
        return words.share(value) if name in _SHARES else words.count(value)
    return "—" if value is None else str(value)
