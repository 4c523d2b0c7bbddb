"""The form of a monthly report: each field with the month before and the plan beside it, one column on a phone."""

import json
from collections.abc import Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.report_form import FIELDS, LONGEST_TYPED
from dashboard.rules.report_frames import DueMonth, ReportForm
from dashboard.web.parts.card import card
from dashboard.web.parts.forms import button
from dashboard.web.parts.links import anchor
from dashboard.web.parts.notice import notice
from dashboard.web.parts.papers import upload
from dashboard.web.parts.report_files import draft_files_list
from dashboard.web.parts.report_read import value
from dashboard.web.parts.report_words import TONES, amount, due_words, full_month
from dashboard.web.parts.table import NONE
from dashboard.web.parts.text import Content, Sentence, aria, carried, data, printed, spoken

MODULES = "/assets/report/form.mjs /assets/report/kept.mjs"
# What is said while the page and the server do not agree; the script fills it in.
SAID = ("saving", "unsaved", "lost", "restored", "clash")
BEFORE = ("share", "quantity", "paid", "started", "finished", "done", "next", "problem", "expected")
LONG = ("done", "next", "problem", "plan", "explanation", "reason")
Beside = Sequence[tuple[str, Content]]


def form(words: Words, code: str, one: ReportForm, actor: str, accept: str, most: int) -> Component:
    """Return the whole form; what is typed is saved by assets/report/form.mjs."""
    told: dict[str, Any] = carried(
        modules=MODULES,
        project=one.project_id,
        month=one.month.isoformat(),
        actor=actor,
        fields=json.dumps(dict(one.fields), ensure_ascii=False),
        seen=json.dumps(dict(one.seen)),
        words=json.dumps({name: words(f"report.save.{name}") for name in SAID}, ensure_ascii=False),
    )
    sections = [
        _section(words, "numbers", [_row(words, one, name) for name in ("share", "quantity", "paid")]),
        _section(
            words, "rates", [_row(words, one, name) for name in ("started", "finished")], "monthly-pair"
        ),
        _section(words, "texts", [_row(words, one, name) for name in ("done", "next", "problem")]),
        _section(words, "ahead", [_row(words, one, name) for name in ("leader", "expected")], "monthly-pair"),
        _section(words, "plan", [_row(words, one, name) for name in ("plan", "plan_share")]),
        _files(words, code, one, accept, most),
        _send(words, one),
        _dock(words, one),
    ]
    return html.Div(
        [html.Div(id="report-told"), *sections, dcc.Store(id="report-typed")],
        id="report-form",
        className="monthly-form",
        **told,
    )


def standing(words: Words, one: ReportForm) -> list[Component]:
    """Return what is to be known before writing: given back and why, waiting, or published and to be corrected."""
    found = []
    if one.returned_reason:
        reason = [words("report.returned.reason"), data(words, one.returned_reason)]
        found.append(notice("red", words("report.returned"), reason))
    elif one.state == "submitted":
        found.append(notice("amber", words("report.waits"), words("report.waits.do")))
    elif one.corrects:
        found.append(notice("amber", words("report.corrects"), words("report.corrects.do")))
    return found


def months_nav(words: Words, one: ReportForm, address: str) -> Component:
    """Return the project's months with how each stands, the one that is open marked."""
    items = [_month(words, month, one.month == month.month, address) for month in one.months]
    return html.Nav(html.Ul(items, className="monthly-months"), **aria(label=words("report.months")))


def _month(words: Words, month: DueMonth, is_open: bool, address: str) -> Component:
    state = "late" if month.late and month.state in {"missing", "draft"} else month.state
    tone = "red" if state == "late" else TONES[month.state]
    label = [
        html.Span(words.month(month.month)),
        html.Small(words(f"report.state.{state}"), className=f"monthly-state monthly-{tone}"),
    ]
    href = f"{address}?month={month.month:%Y-%m}"
    return html.Li(
        anchor(label, href, "current" if is_open else None), **(aria(current="page") if is_open else {})
    )


def _section(words: Words, name: str, rows: Sequence[Component], style: str = "") -> Component:
    return card(words(f"report.section.{name}"), html.Div(rows, className=f"monthly-rows {style}".strip()))


def _row(words: Words, one: ReportForm, name: str) -> Component:
    """Return one field: label, what is wrong with it, control, and beside it the month before and the plan."""
    place = f"report-{name}"
    label = _label(words, one, name)
    control = _control(one, name, place)
    beside = [
        html.Div([html.Dt(_beside_label(words, one, key)), html.Dd(shown)])
        for key, shown in _beside(words, one, name)
    ]
    return html.Div(
        [
            html.Label(printed(words, label), htmlFor=place),
            html.P(id=f"{place}-error", className="error monthly-error"),
            control,
            html.P(words(f"report.help.{name}"), id=f"{place}-help", className="help"),
            html.Dl(beside, className="monthly-beside") if beside else html.Span(hidden=True),
        ],
        className=f"field monthly-row{' monthly-long' if name in LONG else ''}",
        role="group",
        **aria(label=spoken(words, label), describedby=f"{place}-error {place}-help"),
    )


def _label(words: Words, one: ReportForm, name: str) -> Sentence:
    """Return a field's label; that of the amount says in what it is counted."""
    if name != "quantity":
        return Sentence(f"report.field.{name}")
    unit = one.target.unit
    told = {"names": {"unit": unit}} if unit else {"facts": {"unit": words("report.unit.none")}}
    return Sentence("report.field.quantity", **told)


def _control(one: ReportForm, name: str, place: str) -> Component:
    typed = one.fields.get(name, "")
    if name in LONG:
        rows = 2 if name in {"explanation", "reason"} else 4
        return dbc.Textarea(id=place, value=typed, className="control", maxLength=LONGEST_TYPED, rows=rows)
    # The keys of a telephone that has figures first; Dash knows no other name for them.
    keys: dict[str, Any] = {} if name in {"leader", "expected"} else {"inputMode": "decimal"}
    return dcc.Input(id=place, value=typed, type="text", className="control", **keys)


def _beside(words: Words, one: ReportForm, name: str) -> Beside:
    """Return what stands beside a field: what was said before, what the plan wants."""
    before, target = one.before, one.target
    rows: list[tuple[str, Content]] = []
    if before is not None and name in BEFORE:
        rows.append(("before", value(words, before, name, target)))
    wanted: dict[str, list[tuple[str, Content]]] = {
        "share": [("planned", words.share(target.planned))],
        "quantity": [("target", amount(words, target.quantity, target.unit))],
        "paid": [("planned", words.money(target.planned_money)), ("budget", words.money(target.budget))],
        "done": [("meant", data(words, before.plan) if before is not None and before.plan else NONE)],
        "plan_share": [("planned_next", words.share(target.planned_next))],
    }
    return [pair for pair in (*rows, *wanted.get(name, [])) if pair[1] != NONE]


def _beside_label(words: Words, one: ReportForm, key: str) -> str:
    """Return what stands beside a field: the month before by its name, it need not be the last one."""
    if key == "before" and one.before is not None:
        return words.month(one.before.month)
    return words(f"report.beside.{key}")


def _files(words: Words, code: str, one: ReportForm, accept: str, most: int) -> Component:
    language = "en" if not words.is_chinese else "zh"
    address = f"/attach/{code}/{one.project_id}/{one.month.isoformat()}?lang={language}"
    button_ = upload(words, words("report.files.add"), address, "report-files", accept, most, primary=False)
    # Several at once, each under its own name.
    for name, told in carried(many="1", named="1").items():
        setattr(button_, name, told)
    kept = one.saved_at is not None
    return card(
        words("report.section.files"),
        [
            html.Div(draft_files_list(words, code, one.attached, kept=kept), id="report-files"),
            html.Div(id="report-files-told", role="status"),
            html.Div(button_, className="acts"),
        ],
        words("report.files.line"),
        element_id="report-files-card",
    )


def _send(words: Words, one: ReportForm) -> Component:
    """Return the last step: what needs a second look, and why it is right all the same."""
    rows = [_row(words, one, "explanation")]
    if one.corrects:
        rows.append(_row(words, one, "reason"))
    else:
        # The script reads every field.
        rows.append(
            html.Div(dbc.Textarea(id="report-reason", value=one.fields.get("reason", "")), hidden=True)
        )
    return card(
        words("report.section.send"),
        [html.Div(id="report-warnings"), html.Div(rows, className="monthly-rows")],
        words("report.section.send.line", month=full_month(words, one.month)),
    )


def _dock(words: Words, one: ReportForm) -> Component:
    """Return what stays in sight below the form: whether what is typed is kept, and the button."""
    saved = words("report.save.none")
    if one.saved_at is not None:
        saved = words("report.save.saved", clock=words.clock(one.saved_at))
    state = [
        html.Span(id="report-saying", className="monthly-saying"),
        html.Span(html.Span(saved), id="report-saved"),
    ]
    return html.Div(
        [
            html.Div(state, className="monthly-saved", role="status"),
            button("report-send", words("report.send"), primary=True),
        ],
        className="monthly-dock",
    )


def every_error() -> tuple[str, ...]:
    """Return where the errors of the fields stand."""
    return tuple(f"report-{name}-error" for name in FIELDS)


def due_line(words: Words, one: ReportForm) -> str:
    """Return when the month is due."""
    stands = next((month for month in one.months if month.month == one.month), None)
    return due_words(words, stands) if stands else words("report.due", day=words.day_of_year(one.due))
