"""How deputies marked an answer: three bars, always satisfied, basically, dissatisfied, each with its count."""

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.grades import GRADES
from dashboard.rules.judge_frames import Marks
from dashboard.web.parts.inquiry_words import marks_text
from dashboard.web.parts.text import aria


def mark_bars(words: Words, marks: Marks | None) -> Component:
    """Return the three bars, of all who marked; before anyone did, the word for that."""
    if marks is None or not marks.total:
        return html.P(words("inquiry.unmarked"), className="secondary")
    counts = (marks.satisfied, marks.basically, marks.dissatisfied)
    rows = [_row(words, name, count, marks.total) for name, count in zip(GRADES, counts, strict=True)]
    return html.Div(
        [html.Dl(rows, className="marks"), html.P(marks_text(words, marks), className="secondary")]
    )


def _row(words: Words, name: str, count: int, total: int) -> Component:
    bar = html.Span(
        html.Span(className=f"grade grade-{name}", style={"width": f"{count * 100 / total:.2f}%"}),
        className="grade-track",
        **aria(hidden="true"),
    )
    number = [html.Strong(words.count(count)), html.Small(f"/{words.count(total)}")]
    return html.Div([html.Dt(words(f"grades.{name}")), html.Dd([bar, html.Span(number, className="number")])])
