"""Cards with the charts of the fourth stage: satisfaction of projects, ranks of departments over years."""

from dash import html
from dash.development.base_component import Component

from dashboard.figures.grade_bars import grade_bars
from dashboard.figures.grade_words import rate_text
from dashboard.figures.rank_curve import rank_curve
from dashboard.figures.rank_words import NONE, falls_text, rank_text, summarise_ranks
from dashboard.figures.summary import summarise_grades
from dashboard.i18n import Words
from dashboard.rules.frames import Grade
from dashboard.rules.grades import GRADES, ZHENHAI, grade
from dashboard.rules.judge_frames import Body, RankChart, Ranking
from dashboard.rules.rates import rate
from dashboard.web.parts.badge import tag
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.facts import Fact, facts
from dashboard.web.parts.graph import graph
from dashboard.web.parts.table import Cell, Column, folded_table
from dashboard.web.parts.text import Content, Sentence, data, printed


def body_card(element_id: str, body: Body, words: Words, theme: str, narrow: bool) -> Component:
    """Return the card of one body's marks of a year's projects: over all, and each project with its grade."""
    figure = grade_bars(body.grades, words, theme, narrow, roomy=True)
    summary = summarise_grades(body.grades, words)
    chart = graph(element_id, figure, words, summary, figure["layout"]["height"])
    subtitle: Content = [
        data(words, body.grades.body),
        "｜",
        words.day(body.day),
        "｜",
        words("archive.grades.formula"),
    ]
    source = printed(
        words, Sentence("assessment.source", {"day": words.day(body.day)}, {"body": body.grades.body})
    )
    return card(
        printed(words, grades_finding(words, body)),
        [*_overall(words, body), chart] if body.grades.rows else _overall(words, body),
        subtitle,
        end=[tag(words, "announced")] if body.announced else None,
        foot=foot(words, html.Span(source, className="source"), (), _grades_table(words, body, summary)),
    )


def grades_finding(words: Words, body: Body) -> Sentence:
    """Return how many projects were graded satisfied; where the rule of grades is not known, the plain name."""
    counts = [made for row in body.grades.rows if (made := _grade(body, row)) is not None]
    if not counts:
        return Sentence("assessment.plain")
    facts = {name: words.count(counts.count(name)) for name in GRADES} | {"n": words.count(len(counts))}
    if counts.count("satisfied") == len(counts):
        return Sentence("assessment.finding.all", facts)
    return Sentence(
        "assessment.finding.poor" if "dissatisfied" in counts else "assessment.finding.some", facts
    )


def _grade(body: Body, row: Grade) -> str | None:
    known = body.rule_set.partition("@")[0] == ZHENHAI
    return grade(row.satisfied, row.basically, row.total) if known else None


def _overall(words: Words, body: Body) -> list[Component]:
    if body.overall is None:
        return []
    marks = body.overall
    good = marks.satisfied + marks.basically
    after = f"{words.count(good)}/{words.count(marks.total)}"
    parts = [Fact(words("assessment.overall"), words.share(rate(good, marks.total)), after)]
    parts += [Fact(words(f"grades.{name}"), words.count(getattr(marks, name))) for name in GRADES]
    return [html.Div(facts(parts), className="overall")]


def _grades_table(words: Words, body: Body, summary: str) -> Component:
    heads = ("name", "satisfied", "basically", "dissatisfied", "total")
    columns = [Column(words(f"grades.table.{head}"), number=head != "name") for head in heads]
    columns += [Column(words("grades.rate"), number=True), Column(words("assessment.grade"))]
    rows: list[list[Cell]] = []
    for row in body.grades.rows:
        made = _grade(body, row)
        counts = (row.satisfied, row.basically, row.dissatisfied, row.total)
        rows.append(
            [
                data(words, row.name),
                *(words.count(n) for n in counts),
                rate_text(row, words),
                words(f"grades.{made}") if made else NONE,
            ]
        )
    return folded_table(columns, rows, summary)


def rank_card(
    element_id: str,
    ranking: Ranking,
    chart: RankChart,
    above: Component,
    below: Component,
    words: Words,
    theme: str,
    narrow: bool,
) -> Component:
    """Return the card of the curve of ranks, with its search above and, on a phone, the list of units below."""
    figure = rank_curve(chart, words, theme, narrow)
    summary = summarise_ranks(chart, words)
    plot = graph(element_id, figure, words, summary, figure["layout"]["height"])
    return card(
        words("rank.title", n=words.count(len(ranking.years))),
        [above, html.Div(plot, className="rank-plot"), below],
        rank_line(words, ranking),
        foot=foot(words, _rank_source(words, ranking), (), _rank_table(words, ranking, summary)),
        style="rank-card",
    )


def line_card(
    element_id: str, ranking: Ranking, chart: RankChart, words: Words, theme: str, onward: Component | None
) -> Component:
    """Return the card of one unit's line alone, in the small form."""
    figure = rank_curve(chart, words, theme, narrow=True)
    summary = summarise_ranks(chart, words)
    plot = graph(element_id, figure, words, summary, figure["layout"]["height"])
    body = [plot, html.P(onward)] if onward is not None else [plot]
    return card(
        words("rank.title", n=words.count(len(ranking.years))),
        body,
        rank_line(words, ranking),
        foot=foot(words, _rank_source(words, ranking), (), _rank_table(words, ranking, summary, chart)),
    )


def rank_line(words: Words, ranking: Ranking) -> str:
    """Return what is measured: how many units, of which years, what rank 1 is."""
    return words(
        "rank.line", n=words.count(ranking.count), first=str(ranking.years[0]), last=str(ranking.years[-1])
    )


def _rank_source(words: Words, ranking: Ranking) -> Component:
    facts = {"day": words.day(ranking.day)}
    return html.Span(
        printed(words, Sentence("rank.source", facts, {"body": ranking.source})), className="source"
    )


def _rank_table(words: Words, ranking: Ranking, summary: str, chart: RankChart | None = None) -> Component:
    """Return every line of a curve as a table; those merged into another say into which."""
    columns = [
        Column(words("rank.table.name")),
        *(Column(str(year), number=True) for year in ranking.years),
        Column(words("rank.table.change"), number=True),
        Column(words("rank.table.points"), number=True),
        Column(words("rank.table.note")),
    ]
    rows: list[list[Cell]] = []
    for one in chart.pinned if chart is not None else ranking.lines:
        if not one.name:
            continue
        note = words("rank.into", name=one.into) if one.into else falls_text(one, words) or NONE
        rows.append(
            [
                data(words, one.name),
                *(rank_text(rank, words) for rank in one.ranks),
                NONE if one.change is None else words.gap(one.change * 100).removesuffix(".0"),
                NONE if one.points is None else words.share(one.points, 2).rstrip("%"),
                note,
            ]
        )
    return folded_table(columns, rows, summary)
