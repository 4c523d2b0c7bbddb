"""A report as it is read before it is published: what was said, beside the month before."""

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.report_form import FIELDS
from dashboard.rules.report_frames import ReportForm, Said, Target
from dashboard.web.parts.card import card
from dashboard.web.parts.report_files import file_list
from dashboard.web.parts.report_words import amount
from dashboard.web.parts.table import Cell, Column, scrolled, table
from dashboard.web.parts.text import data

TEXTS = ("done", "next", "problem", "leader", "plan")


def read_card(words: Words, code: str, one: ReportForm) -> Component:
    """Return the draft of a month as it stands now."""
    rows = [
        html.Div([html.Dt(words(f"report.name.{name}")), html.Dd(data(words, one.fields[name]))])
        for name in FIELDS
        if one.fields.get(name)
    ]
    body: list[Component] = [html.Dl(rows, className="monthly-read")]
    if one.attached:
        body.append(file_list(words, code, one.attached))
    line = (
        words("report.save.saved", clock=words.clock(one.saved_at))
        if one.saved_at
        else words("report.save.none")
    )
    return card(words("report.read.title"), body, line)


def compared(words: Words, said: Said, before: Said | None, target: Target) -> Component:
    """Return a report beside the one published before it and beside the plan, a row a field that somebody filled."""
    head = words.month(before.month) if before is not None else words("check.before.none")
    columns = [
        Column(words("check.column.field")),
        Column(head),
        Column(words("check.column.now", month=words.month(said.month))),
        Column(words("check.column.planned")),
    ]
    rows: list[list[Cell]] = []
    for name in FIELDS[:-2]:
        was = value(words, before, name, target) if before is not None else "—"
        now = value(words, said, name, target)
        if name != "share" and now == "—" and was == "—":
            continue
        rows.append([words(f"report.name.{name}"), was, now, _planned(words, name, target)])
    return scrolled(table(columns, rows, words("check.compared")), words("check.compared"))


def value(words: Words, said: Said, name: str, target: Target) -> Cell:
    """Return one field of a report in words."""
    if name in TEXTS:
        text = getattr(said, name)
        return data(words, text) if text else "—"
    if name == "expected":
        return words.day(said.expected)
    if name == "paid":
        return words.money(said.paid)
    if name == "quantity":
        return amount(words, said.quantity, target.unit)
    return words.share(getattr(said, name))


def _planned(words: Words, name: str, target: Target) -> Cell:
    known: dict[str, Cell] = {
        "share": words.share(target.planned),
        "paid": words.money(target.planned_money),
        "quantity": amount(words, target.quantity, target.unit),
        "plan_share": words.share(target.planned_next),
    }
    return known.get(name, "")
