"""The words of a report's values, where they stand beside what is typed and where they are checked."""

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.report_frames import DueMonth
from dashboard.rules.typed_numbers import write_quantity
from dashboard.web.parts.text import data

# How a month's report stands, and in which colour that is said.
TONES = {
    "missing": "grey",
    "draft": "grey",
    "submitted": "amber",
    "returned": "red",
    "objected": "red",
    "published": "green",
}


def amount(words: Words, thousandths: int | None, unit: str | None) -> Component | str:
    """Return an amount with its unit, which is typed and therefore Chinese."""
    if thousandths is None:
        return "—"
    whole, _, fraction = write_quantity(thousandths).partition(".")
    number = f"{words.count(int(whole))}{'.' + fraction if fraction else ''}"
    if words.is_chinese or not unit:
        return number + (unit or "")
    return html.Span([number, " ", data(words, unit)])


def full_month(words: Words, month: object) -> str:
    """Return a month with its year."""
    year, number = (getattr(month, name) for name in ("year", "month"))
    return words("report.month", year=year, month=words.month(month), number=number)  # type: ignore[arg-type]  # A day.


def due_words(words: Words, one: DueMonth) -> str:
    """Return when a report is due, or by how many days it is late."""
    if one.late:
        return words.plural("report.late", one.late)
    return words("report.due.soon" if one.soon else "report.due", day=words.day_of_year(one.due))
