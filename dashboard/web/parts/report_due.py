"""What is due: each project and month with its day, what is late first."""

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.report_frames import DueMonth
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.light import light
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.report_words import due_words
from dashboard.web.parts.text import Sentence, data, printed

# What waits for the department; what waits for the clerk stands after it.
LIGHTS = {"returned": "red", "objected": "red", "submitted": "grey"}


def due_card(
    words: Words, due: Sequence[DueMonth], address: Callable[[str], str], every: Link | None = None
) -> Component:
    """Return the reports that are due, each leading to its form."""
    own = [one for one in due if one.state != "submitted"]
    waiting = [one for one in due if one.state == "submitted"]
    late = sum(bool(one.late) for one in own)
    if not due:
        return card(
            words("report.due.none.title"), empty(words("report.due.none"), words("report.due.none.since"))
        )
    key = "report.due.late" if late else "report.due.some"
    facts = {"n": words.count(len(own)), "late": words.count(late)}
    title = printed(words, Sentence(key if own else "report.due.waits", facts))
    items = [_item(words, one, address) for one in (*own, *waiting)]
    end = anchor(every.label, every.href or "/") if every is not None else None
    body = html.Ul(items, className="care monthly-due")
    return card(title, body, words("report.due.line"), end=end, element_id="report-due")


def _item(words: Words, one: DueMonth, address: Callable[[str], str]) -> Component:
    colour = LIGHTS.get(one.state) or ("red" if one.late else "amber" if one.soon else "grey")
    line = printed(
        words, Sentence("report.due.item", {"month": words.month(one.month)}, {"project": one.name})
    )
    why: list[Component | str] = [words(f"report.state.{one.state}")]
    if one.state not in {"submitted", "objected"}:
        why += ["｜", due_words(words, one)]
    if one.reason:
        why += ["｜", words("report.returned.reason"), data(words, one.reason)]
    return html.Li(
        [
            light(words, colour, word_shown=False),
            html.Span(
                anchor(line, f"{address(one.project_id)}?month={one.month:%Y-%m}"), className="care-line"
            ),
            html.Span(why, className="care-why"),
        ]
    )
