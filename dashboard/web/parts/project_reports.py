"""A project's monthly reports with their marks and corrections; to some members also those that wait."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.project_frames import ProjectPage, ReportMonth, Version
from dashboard.rules.report_quality import MARKS
from dashboard.web.parts.badge import toned
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.empty import empty
from dashboard.web.parts.report_files import file_list
from dashboard.web.parts.report_words import amount
from dashboard.web.parts.text import Content, data

# So many months stand open; earlier ones are folded.
OPEN = 12
TONES = {"published": "", "submitted": "amber", "returned": "red"}
DOUBTS = tuple(mark for mark in MARKS if mark != "missing")
HEADS = ("month", "received", "share", "text", "evidence", "marks", "state")


def reports_card(words: Words, page: ProjectPage, waiting: Sequence[ReportMonth], code: str) -> Component:
    """Return the reports, those that wait first, then the newest month first."""
    months = page.reports
    if not months and not waiting:
        return card(
            words("project.reports.title"),
            empty(words("project.reports.none"), words("project.reports.none.since")),
        )
    rows = [_waiting(words, page, month, version, code) for month in waiting for version in month.versions]
    rows += [_month(words, page, one, code) for one in months[:OPEN]]
    body: list[Component] = [_table(words, rows)]
    if months[OPEN:]:
        earlier = _table(words, [_month(words, page, one, code) for one in months[OPEN:]])
        summary = html.Summary(words.plural("project.reports.earlier", len(months) - OPEN))
        body.append(html.Details([summary, earlier], className="earlier"))
    return card(
        _title(words, months),
        body,
        words("project.reports.line"),
        foot=foot(words, [words("card.source"), words("projects.source")]),
        style="reports-card",
    )


def _title(words: Words, months: Sequence[ReportMonth]) -> str:
    """Return how many reports there are, how many are missing and how many need a second look."""
    n = sum(bool(one.versions) for one in months)
    missing = len(months) - n
    doubtful = sum(bool(set(one.marks) & set(DOUBTS)) for one in months)
    parts = [words.plural("project.reports.n", n)]
    if missing:
        parts.append(words("project.reports.missing", n=words.count(missing)))
    if doubtful:
        parts.append(words("project.reports.doubtful", n=words.count(doubtful)))
    return words("project.comma").join(parts)


def _table(words: Words, rows: Sequence[Component]) -> Component:
    head = [
        html.Th(
            words(f"project.reports.column.{name}"),
            scope="col",
            role="columnheader",
            className="number" if name == "share" else None,
        )
        for name in HEADS
    ]
    return html.Table(
        [
            html.Caption(words("project.reports.title"), className="visually-hidden"),
            html.Thead(html.Tr(head, role="row"), role="rowgroup"),
            html.Tbody(list(rows), role="rowgroup"),
        ],
        className="rows reports",
        role="table",
    )


def _row(
    words: Words,
    month: ReportMonth,
    cells: tuple[Content, Content, Content, Content, Content, Content],
    style: str = "",
) -> Component:
    name = words.month(month.month)
    made: list[Component] = [html.Th(name, scope="row", role="rowheader", className="report-month")]
    made += [
        html.Td(cell, role="cell", className=f"report-{head}{' number' if head == 'share' else ''}")
        for head, cell in zip(HEADS[1:], cells, strict=True)
    ]
    return html.Tr(made, role="row", className=style or None)


def _month(words: Words, page: ProjectPage, month: ReportMonth, code: str) -> Component:
    if not month.versions:
        grey = toned(words("light.grey"), "red")
        silent = words("project.reports.silent")
        return _row(words, month, ("—", words("light.grey"), silent, "", grey, "—"), "report-silent")
    newest = month.versions[0]
    text: list[Component | str] = [html.P(data(words, newest.text)), *_more(words, page, newest)]
    text += [_before(words, newest, older, code) for older in month.versions[1:]]
    marks = [_mark(words, mark, month) for mark in DOUBTS if mark in month.marks]
    state = words("project.state.corrected" if len(month.versions) > 1 else "project.state.published")
    first = month.versions[-1]
    cells = (
        words.day_of_year(first.received) if first.received.year == page.year else words.day(first.received),
        words.share(newest.share),
        text,
        _evidence(words, newest, code),
        marks or "",
        state,
    )
    return _row(words, month, cells)


def _evidence(words: Words, version: Version, code: str) -> Content:
    """Return what is attached; of reports whose files were never here, how many there were."""
    if version.files:
        return file_list(words, code, version.files)
    return words("project.photos", n=words.count(version.evidence)) if version.evidence else "—"


def _mark(words: Words, mark: str, month: ReportMonth) -> Component:
    if mark == "late" and month.days_late:
        return toned(words.plural("project.late", month.days_late), "amber")
    return toned(words(f"curve.mark.{mark}"), "amber")


def _more(words: Words, page: ProjectPage, version: Version) -> list[Component]:
    """Return what a report says beside its main text: numbers, problems, and what comes next."""
    parts: list[Component] = []
    numbers = _numbers(words, page, version)
    if numbers:
        parts.append(html.P(list(numbers), className="secondary"))
    plan = version.said.plan if version.said is not None else None
    for key, text in (
        ("project.problem", version.problem),
        ("project.next", version.next_text),
        ("project.coming", plan),
    ):
        if text:
            parts.append(html.P([words(key), data(words, text)], className="secondary"))
    return parts


def _numbers(words: Words, page: ProjectPage, version: Version) -> Sequence[Component | str]:
    """Return the numbers of a report that have no column of their own; none where it names none."""
    said, plan = version.said, page.plan()
    if said is None:
        return []
    told: dict[str, Component | str | None] = {
        "quantity": None
        if said.quantity is None
        else amount(words, said.quantity, plan.content.unit if plan else None),
        "started": None if said.started is None else words.share(said.started),
        "finished": None if said.finished is None else words.share(said.finished),
        "expected": None if said.expected is None else words.day(said.expected),
        "plan_share": None if said.plan_share is None else words.share(said.plan_share),
    }
    shown: list[Component | str] = []
    for name, value in told.items():
        if value is not None:
            shown += ["｜"] if shown else []
            shown += [f"{words(f'report.name.{name}')} ", value]
    return shown


def _before(words: Words, newest: Version, older: Version, code: str) -> Component:
    """Return a version that was corrected, as it was published, with the reason why it no longer holds."""
    line: list[Component | str] = [
        html.Strong(words("project.correction", old=words.share(older.share), new=words.share(newest.share)))
    ]
    if newest.reason:
        line += [words("project.correction.reason"), data(words, newest.reason)]
    first: list[Component | str] = [words("project.correction.first"), data(words, older.text)]
    body: list[Component] = [html.P(line), html.P(first, className="secondary")]
    if older.files:
        body.append(file_list(words, code, older.files))
    return html.Div(body, className="correction")


def _waiting(words: Words, page: ProjectPage, month: ReportMonth, version: Version, code: str) -> Component:
    """Return a report that the public does not see yet, and what it would change."""
    text: list[Component | str] = [html.P(data(words, version.text)), *_more(words, page, version)]
    if version.reason:
        text.append(
            html.P([words("project.correction.reason"), data(words, version.reason)], className="secondary")
        )
    state = toned(words(f"project.state.{version.state}"), TONES[version.state])
    cells = (
        words.day_of_year(version.received),
        words.share(version.share),
        text,
        _evidence(words, version, code),
        toned(words("project.inside"), "grey"),
        state,
    )
    return _row(words, month, cells, "report-waiting")
