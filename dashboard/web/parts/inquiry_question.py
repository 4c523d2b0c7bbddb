"""One question of an inquiry: who asked whom about what, the answer, the marks, the promise beside what followed."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.judge_frames import Asked, PromiseMade
from dashboard.web.addresses import Address
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.inquiry_marks import mark_bars
from dashboard.web.parts.inquiry_words import promise_tags
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.table import Cell, Column, folded_table, scrolled, table
from dashboard.web.parts.text import Content, data


def question_card(
    words: Words, one: Asked, here: Address, chart: Component | None, summary: str
) -> Component:
    """Return the card of one question; `chart` is its project's curve, whose sentence is `summary`."""
    left: list[Component] = [_answer(words, one), *(_promise(words, promise) for promise in one.promises)]
    right: list[Component] = [
        html.Div([html.H3(words("inquiry.marks")), mark_bars(words, one.marks)], className="marked")
    ]
    if chart is not None:
        right.append(html.Div([html.H3(words("inquiry.curve")), chart]))
    body = html.Div(
        [html.Div(left, className="answered"), html.Div(right, className="judged")], className="question-body"
    )
    acts = []
    if one.project_number is not None:
        acts.append(Link(words("inquiry.project"), here.to("projects", one.project_number).path()))
    months = _months(words, one.promises)
    behind = folded_table(*months, summary) if months and chart is not None else None
    return card(
        html.Span([html.Span(words("inquiry.number", n=one.number), className="question-number"),
                   html.Span(data(words, one.text), className="question")]),
        body,
        who(words, one, here),
        foot=foot(words, words("inquiry.source", day=words.day(one.inquiry_day)), acts, behind),
        element_id=f"question-{one.number}",
        style="question-card",
    )  # fmt: skip


def who(words: Words, one: Asked, here: Address, own: bool = False) -> Content:
    """Return who asked which department about which project and month; its `own` page does not lead to itself."""
    line: list[Component | str] = []
    if one.delegation:
        line += [data(words, one.delegation), words("inquiry.asks")]
    department = data(words, one.department)
    line.append(department if own else anchor(department, here.to("departments", one.department_id).path()))
    if one.project:
        name = data(words, one.project)
        shown = (
            name
            if one.project_number is None
            else anchor(name, here.to("projects", one.project_number).path())
        )
        line += ["｜", shown]
    if one.about:
        line += ["｜", words("inquiry.about", month=words.month(one.about))]
    return line


def _answer(words: Words, one: Asked) -> Component:
    if one.answer is None:
        return html.P(words("inquiry.unanswered"), className="secondary")
    speaker: list[Component | str] = [words("inquiry.answer"), data(words, one.official or one.department)]
    return html.Div(
        [html.P(speaker, className="secondary"), html.P(data(words, one.answer))], className="answer"
    )


def _promise(words: Words, promise: PromiseMade) -> Component:
    """Return a promise with its day, where it stands, and its months."""
    head: list[Component | str] = [
        html.Strong([words("inquiry.promise"), data(words, promise.text)]),
        *promise_tags(words, promise),
    ]
    said: list[Component] = [html.P(head, className="promise-line")]
    said.append(
        html.P(
            words("inquiry.promise.days", asked=words.day(promise.asked), due=words.day(promise.due)),
            className="secondary",
        )
    )
    if reached := _reached(words, promise):
        said.append(html.P(reached))
    if promise.months:
        columns, rows = _table(words, promise)
        said.append(
            scrolled(table(columns, rows, words("inquiry.months"), dense=True), words("inquiry.months"))
        )
    return html.Div(said, className="promise")


def _reached(words: Words, promise: PromiseMade) -> str:
    """Return the last month that was both promised and reported, as it was promised and as it came."""
    known = [(month, share, actual) for month, share, actual in promise.months if actual is not None]
    if not known:
        return words("inquiry.promise.nothing_yet") if promise.months else ""
    month, share, actual = known[-1]
    return words(
        "inquiry.promise.reached",
        month=words.month(month),
        promised=words.share(share),
        actual=words.share(actual),
    )


def _table(words: Words, promise: PromiseMade) -> tuple[list[Column], list[list[Cell]]]:
    """Return the promised months side by side, what was reported under them."""
    columns = [
        Column(words("inquiry.months.head")),
        *(Column(words.month(month), number=True) for month, _, _ in promise.months),
    ]
    promised: list[Cell] = [
        words("curve.table.promised"),
        *(words.share(share) for _, share, _ in promise.months),
    ]
    actual: list[Cell] = [
        words("curve.table.actual"),
        *(words.share(share) for _, _, share in promise.months),
    ]
    gaps: list[Cell] = [
        words("curve.table.gap"),
        *(words.gap(None if known is None else known - share) for _, share, known in promise.months),
    ]
    return columns, [promised, actual, gaps]


def _months(words: Words, promises: Sequence[PromiseMade]) -> tuple[list[Column], list[list[Cell]]] | None:
    """Return the promised months under one another, as they are saved."""
    rows: list[list[Cell]] = [
        [
            words.month(month),
            words.share(share),
            words.share(actual),
            words.gap(None if actual is None else actual - share),
        ]
        for promise in promises
        for month, share, actual in promise.months
    ]
    heads = ("month", "promised", "actual", "gap")
    return (
        ([Column(words(f"curve.table.{head}"), number=head != "month") for head in heads], rows)
        if rows
        else None
    )
