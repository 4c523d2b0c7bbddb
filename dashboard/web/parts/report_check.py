"""What the clerk checks: reports beside the month before, with what is odd about them; objections; missing months."""

from collections.abc import Callable, Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.figures.quality_words import quality_advice, quality_text
from dashboard.i18n import Words
from dashboard.rules.report_form import LINE
from dashboard.rules.report_frames import Checked, DueMonth, Objection
from dashboard.web.parts.badge import toned
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.forms import button, field, one_of
from dashboard.web.parts.links import anchor
from dashboard.web.parts.report_files import file_list
from dashboard.web.parts.report_read import compared
from dashboard.web.parts.report_words import due_words, full_month
from dashboard.web.parts.table import Cell, Column, table
from dashboard.web.parts.text import Sentence, data, printed

OUTCOMES = ("upheld", "partly", "rejected")
TONES = {"upheld": "red", "partly": "amber", "rejected": "grey"}
Address = Callable[[int], str]


def waiting_cards(words: Words, code: str, waiting: Sequence[Checked], address: Address) -> list[Component]:
    """Return a card for each report that waits, in the order in which they came."""
    if not waiting:
        since = empty(words("check.waiting.none"), words("check.waiting.none.since"))
        return [card(words("check.waiting.title"), since)]
    return [_waiting(words, code, one, address) for one in waiting]


def choosing(words: Words, waiting: Sequence[Checked]) -> Component | None:
    """Return what publishes or gives back the chosen ones; those without warnings are chosen beforehand."""
    if not waiting:
        return None
    options = [{"label": _label(words, one), "value": one.report_id} for one in waiting]
    plain = [one.report_id for one in waiting if not one.warnings]
    chosen = dbc.Checklist(
        id="publish-choice", options=options, value=plain, className="choices check-choices"
    )
    reason = dbc.Textarea(id="return-reason", className="control", maxLength=LINE, rows=2)
    body = [
        chosen,
        html.Div(button("publish-send", words("check.publish"), primary=True), className="acts"),
        html.Div(
            [
                field("return-reason", words("check.return.reason"), reason, words("check.return.help")),
                html.Div(button("return-send", words("check.return")), className="acts"),
            ],
            className="form check-return",
        ),
    ]
    return card(words("check.choose"), body, words("check.choose.line"), style="check-choose")


def objections_card(words: Words, objections: Sequence[Objection], *, acts: bool) -> Component:
    """Return the objections of a cycle, those not answered first, with the way to answer one."""
    if not objections:
        since = empty(words("check.objections.none"), words("check.objections.none.since"))
        return card(words("check.objections"), since)
    open_ones = [one for one in objections if one.outcome is None]
    title = (
        words.plural("check.objections.open", len(open_ones)) if open_ones else words("check.objections.done")
    )
    body: list[Component] = [
        html.Ul([objection_item(words, one) for one in objections], className="objections")
    ]
    if acts and open_ones:
        options: dict[str, Component | str] = {one.id: _objection_label(words, one) for one in open_ones}
        outcomes: dict[str, Component | str] = {name: words(f"objection.outcome.{name}") for name in OUTCOMES}
        answer = dbc.Textarea(id="objection-answer", className="control", maxLength=2000, rows=3)
        body.append(
            html.Div(
                [
                    html.H3(words("check.answer"), className="part-title"),
                    one_of("objection-choice", options, open_ones[0].id if len(open_ones) == 1 else None),
                    one_of("objection-outcome", outcomes),
                    field("objection-answer", words("check.answer.text"), answer, words("check.answer.help")),
                    html.Div(button("answer-send", words("check.answer.send")), className="acts"),
                ],
                className="form",
            )
        )
    return card(title, body, words("check.objections.line"))


def objection_item(words: Words, one: Objection) -> Component:
    """Return one objection with what became of it."""
    facts = {"month": full_month(words, one.month), "share": words.share(one.share)}
    head: list[Component | str] = printed(words, Sentence("objection.to", facts, {"project": one.project}))
    who: list[Component | str] = [words("objection.raised", day=words.day(one.raised))]
    if one.by:
        who += ["｜", data(words, one.by)]
    children: list[Component] = [
        html.P([html.Strong(head), _state(words, one)]),
        html.P(data(words, one.text)),
        html.P(who, className="secondary"),
    ]
    if one.answer:
        said = [words("objection.answer", day=words.day(one.answered)), data(words, one.answer)]
        children.append(html.P(said, className="objection-answer"))
    return html.Li(children)


def missing_card(words: Words, missing: Sequence[DueMonth], address: Address) -> Component | None:
    """Return the months that nobody has reported, the latest first."""
    if not missing:
        return None
    columns = [
        Column(words(f"check.missing.{name}")) for name in ("project", "month", "due", "department", "state")
    ]
    rows: list[list[Cell]] = [
        [
            anchor(data(words, one.name), address(one.number)),
            full_month(words, one.month),
            toned(due_words(words, one), "red") if one.late else due_words(words, one),
            data(words, one.department) if one.department else "—",
            words(f"report.state.{one.state}"),
        ]
        for one in missing
    ]
    title = words.plural("check.missing", len(missing))
    return card(title, table(columns, rows, title), words("check.missing.line"))


def _waiting(words: Words, code: str, one: Checked, address: Address) -> Component:
    names = {"project": one.project}
    title = printed(words, Sentence("check.report", {"month": full_month(words, one.said.month)}, names))
    line: list[Component | str] = [data(words, one.department) if one.department else "—"]
    line += ["｜", words("check.received", day=words.day(one.received))]
    if one.version > 1:
        line += ["｜", words("check.version", n=words.count(one.version))]
    marks = [toned(words.plural("report.late", one.late), "red")] if one.late else []
    body: list[Component] = [compared(words, one.said, one.before, one.target)]
    if one.warnings:
        items = [
            html.Li([html.Strong(quality_text(words, each)), html.Span(quality_advice(words, each))])
            for each in one.warnings
        ]
        body.append(html.Ul(items, className="warnings check-warnings"))
    for key, text in (("check.explanation", one.explanation), ("check.reason", one.reason)):
        if text:
            body.append(html.P([html.Strong(words(key)), data(words, text)], className="check-said"))
    if one.attached:
        body.append(file_list(words, code, one.attached))
    elif one.warnings:
        body.append(html.P(words("check.no_files"), className="secondary"))
    body.append(html.P(anchor(words("check.project"), address(one.number)), className="secondary"))
    return card(title, body, line, end=marks or None, style="check-report")


def _label(words: Words, one: Checked) -> Component:
    facts = {"month": words.month(one.said.month), "share": words.share(one.said.share)}
    label: list[Component | str] = printed(words, Sentence("check.label", facts, {"project": one.project}))
    if one.warnings:
        label.append(toned(words.plural("check.warned", len(one.warnings)), "amber"))
    return html.Span(label)


def _objection_label(words: Words, one: Objection) -> Component:
    facts = {"month": words.month(one.month), "share": words.share(one.share)}
    return html.Span(printed(words, Sentence("objection.to", facts, {"project": one.project})))


def _state(words: Words, one: Objection) -> Component:
    if one.outcome is None:
        return toned(words("objection.outcome.open"), "amber")
    return toned(words(f"objection.outcome.{one.outcome}"), TONES[one.outcome])
