"""Cards with a chart: the figure, its sentence, the table behind it, its source; one function a kind."""

from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.figures.grade_bars import grade_bars
from dashboard.figures.progress_curve import progress_curve
from dashboard.figures.summary import summarise_curve, summarise_grades, summarise_tally
from dashboard.figures.tally_bars import tally_bars
from dashboard.i18n import Words
from dashboard.rules.frames import Curve, Grades, Source, Tally
from dashboard.rules.progress import Plan, planned_share
from dashboard.web.parts.badge import tag
from dashboard.web.parts.card import card, foot, source_line
from dashboard.web.parts.facts import attendance
from dashboard.web.parts.graph import graph
from dashboard.web.parts.headline import curve_finding, tally_finding
from dashboard.web.parts.links import Link
from dashboard.web.parts.table import Cell, Column, folded_table
from dashboard.web.parts.text import Content, data, printed


def curve_card(
    element_id: str,
    curve: Curve,
    words: Words,
    theme: str,
    narrow: bool,
    end: Content | None = None,
    acts: tuple[Link, ...] = (),
    where: str | None = None,
    opens: str | None = None,
) -> Component:
    """Return the card of one project's progress curve; `where` names the place of a published one.

    `opens` is where a press on a point leads, its month to be added.
    """
    figure = progress_curve(curve, words, theme, narrow)
    subtitle: list[Component | str] = [words("curve.subtitle")]
    if where:
        subtitle += ["｜", data(words, where)]
    if curve.department:
        subtitle += ["｜", data(words, curve.department)]
    if curve.budget is not None:
        subtitle += ["｜", words("curve.budget", sum=words.money(curve.budget))]
    return card(
        printed(words, curve_finding(words, curve)),
        graph(element_id, figure, words, summarise_curve(curve, words), figure["layout"]["height"], opens),
        subtitle,
        end=end,
        foot=foot(words, _source(words, curve.source), acts, _curve_table(curve, words)),
    )


def tally_card(
    element_id: str, tally: Tally, words: Words, theme: str, narrow: bool, announced: bool = False
) -> Component:
    """Return the card of one round's votes, with the fixed sentence of its attendance where it is known."""
    figure = tally_bars(tally, words, theme, narrow)
    chart = graph(element_id, figure, words, summarise_tally(tally, words), figure["layout"]["height"])
    body: list[Component] = [attendance(words, tally)] if tally.issued is not None else []
    marks = [*([tag(words, "announced")] if announced else [])]
    return card(
        printed(words, tally_finding(words, tally)),
        [*body, chart],
        _rule(words, tally),
        end=marks or None,
        foot=foot(words, _source(words, tally.source), (), _tally_table(tally, words)),
    )


def grades_card(
    element_id: str, grades: Grades, words: Words, theme: str, narrow: bool, year: int | None = None
) -> Component:
    """Return the card of satisfaction ballots; the formula of every rate stands under the title."""
    figure = grade_bars(grades, words, theme, narrow)
    return card(
        [data(words, grades.title), *([words("archive.grades.year", year=str(year))] if year else [])],
        graph(element_id, figure, words, summarise_grades(grades, words), figure["layout"]["height"]),
        [data(words, grades.body), "｜", words("archive.grades.formula")],
        foot=foot(words, _source(words, grades.source), (), _grades_table(grades, words)),
    )


def _rule(words: Words, tally: Tally) -> Content:
    if tally.threshold is None or tally.entitled is None:
        return words("tally.rule.unknown")
    return words(
        "tally.rule",
        threshold=words.count(tally.threshold),
        entitled=words.count(tally.entitled),
        places=words.count(tally.places),
    )


def _source(words: Words, source: Source) -> Content:
    line: list[Component | str] = []
    if source.text == "reports":
        day = words("card.as_of", day=words.day(source.day)) if source.day else ""
        line += [words("card.source"), words("source.reports"), day]
    else:
        line.append(source_line(words, source))
    return html.Span(line, className="source")


def _curve_table(curve: Curve, words: Words) -> Component:
    plan = Plan(curve.start, curve.planned_finish, curve.planned_days, curve.planned, curve.stepped)
    actual = dict(zip(curve.actual_days, curve.actual, strict=True))
    promised = dict(zip(curve.promise.days, curve.promise.shares, strict=True)) if curve.promise else {}
    marks = dict(curve.marks)
    months: list[date] = sorted({*curve.planned_days, *curve.actual_days, *promised} - {curve.start})
    rows: list[list[Cell]] = []
    for month in months:
        planned, share = planned_share(plan, month), actual.get(month)
        gap = share - planned if share is not None else None
        said = "、".join(words(f"curve.mark.{mark}") for mark in marks.get(month, ()))
        rows.append(
            [
                words.month(month),
                words.share(planned),
                words.share(share),
                words.share(promised.get(month)),
                words.gap(gap),
                said or "—",
            ]
        )
    heads = ("month", "planned", "actual", "promised", "gap", "marks")
    columns = [Column(words(f"curve.table.{head}"), number=head not in {"month", "marks"}) for head in heads]
    return folded_table(columns, rows, summarise_curve(curve, words))


def _tally_table(tally: Tally, words: Words) -> Component:
    heads = ("number", "name", "votes", "state")
    columns = [Column(words(f"tally.table.{head}"), number=head == "votes") for head in heads]
    rows: list[list[Cell]] = [
        [str(bar.number), data(words, bar.name), words.count(bar.votes), words(f"tally.state.{bar.state}")]
        for bar in tally.bars
    ]
    return folded_table(columns, rows, summarise_tally(tally, words))


def _grades_table(grades: Grades, words: Words) -> Component:
    heads = ("name", "satisfied", "basically", "dissatisfied", "total", "note")
    columns = [Column(words(f"grades.table.{head}"), number=head not in {"name", "note"}) for head in heads]
    rows: list[list[Cell]] = [
        [
            data(words, row.name),
            words.count(row.satisfied),
            words.count(row.basically),
            words.count(row.dissatisfied),
            words.count(row.total),
            words("grades.as_printed") if row.flag else "—",
        ]
        for row in grades.rows
    ]
    return folded_table(columns, rows, summarise_grades(grades, words))
