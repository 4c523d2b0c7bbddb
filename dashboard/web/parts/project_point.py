"""What stands behind a point of the curve: the month's shares, its report with evidence, what was asked in it."""

from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.progress import Plan, planned_share
from dashboard.rules.project_frames import ProjectPage, ReportMonth, Version
from dashboard.web.addresses import Address
from dashboard.web.asked import Asked
from dashboard.web.parts.badge import toned
from dashboard.web.parts.links import anchor
from dashboard.web.parts.report_files import file_list
from dashboard.web.parts.text import data

REPORT = "report"


def months_of(page: ProjectPage) -> dict[str, date]:
    """Return the months that an address may ask for, by their names in it."""
    curve = page.curve
    days = {*curve.planned_days, *curve.actual_days} - {curve.start}
    return {f"{day:%Y-%m}": day for day in sorted(days)}


def point_part(words: Words, page: ProjectPage, asked: Asked, here: Address, code: str) -> list[Component]:
    """Return what stands behind the month that the address asks for; nothing where it asks for none."""
    day = months_of(page).get(asked.get(REPORT))
    if day is None:
        return []
    report = next((one for one in page.reports if one.month == day), None)
    title = words("plan.months.of", year=str(day.year), month=words.month(day))
    head = html.Div(
        [
            html.H3(words("project.point.title", month=title)),
            anchor(words("project.point.close"), asked.href(report=None), "point-close"),
        ],
        className="point-head",
    )
    body: list[Component] = [head, _shares(words, page, day)]
    if report is not None and report.versions:
        body += _report(words, report, code)
    elif page.curve.start < day <= page.curve.as_of:
        body.append(html.P(words("project.point.silent"), className="secondary"))
    else:
        body.append(html.P(words("project.point.ahead"), className="secondary"))
    body += _asked(words, page, day, here)
    return [html.Section(body, className="point")]


def _shares(words: Words, page: ProjectPage, day: date) -> Component:
    """Return the month's planned, reported and promised share and what was paid, each with its name."""
    curve = page.curve
    plan = Plan(curve.start, curve.planned_finish, curve.planned_days, curve.planned, curve.stepped)
    planned = planned_share(plan, day)
    actual = dict(zip(curve.actual_days, curve.actual, strict=True)).get(day)
    told = [("planned", words.share(planned)), ("actual", words.share(actual))]
    if actual is not None:
        told.append(("gap", words.gap(actual - planned)))
    promised = dict(zip(curve.promise.days, curve.promise.shares, strict=True)) if curve.promise else {}
    # The promise begins at what was reported when it was made: that was none.
    if day in promised and promised[day] != actual:
        told.append(("promised", words.share(promised[day])))
    paid = dict(zip(page.money.days, page.money.paid, strict=True)).get(day) if page.money else None
    pairs = [html.Div([html.Dt(words(f"curve.table.{name}")), html.Dd(value)]) for name, value in told]
    if paid is not None:
        pairs.append(html.Div([html.Dt(words("project.fact.paid")), html.Dd(words.money(paid))]))
    return html.Dl(pairs, className="plan-facts")


def _report(words: Words, report: ReportMonth, code: str) -> list[Component]:
    newest = report.versions[0]
    received = [words("project.point.received", day=words.day(report.versions[-1].received))]
    if len(report.versions) > 1:
        received.append(words.plural("project.point.corrected", len(report.versions) - 1))
    marks = [toned(words(f"curve.mark.{mark}"), "amber") for mark in report.marks]
    line: list[Component | str] = ["｜".join(received)]
    for mark in marks:
        line += [" ", mark]
    body: list[Component] = [
        html.P(line, className="secondary"),
        html.P(data(words, newest.text)),
        *_more(words, newest),
    ]
    if newest.files:
        body.append(file_list(words, code, newest.files))
    elif newest.evidence:
        body.append(html.P(words("project.photos", n=words.count(newest.evidence)), className="secondary"))
    return body


def _more(words: Words, version: Version) -> list[Component]:
    told = (("project.problem", version.problem), ("project.next", version.next_text))
    return [html.P([words(key), data(words, text)], className="secondary") for key, text in told if text]


def _asked(words: Words, page: ProjectPage, day: date, here: Address) -> list[Component]:
    """Return what was asked about the project in that month, and where it stands whole."""
    rows: list[Component] = []
    for one in page.asked:
        held = one.inquiry_day
        if held is None or (held.year, held.month) != (day.year, day.month):
            continue
        way = anchor(words.day_of_year(held), here.to("inquiries", one.inquiry_id).path())
        said: list[Component | str] = [way, "｜", data(words, one.text)]
        said += [html.P([words("inquiry.promise"), data(words, promise.text)]) for promise in one.promises]
        rows.append(html.Div(said, className="notice notice-promised point-asked"))
    return rows
