"""实事档案馆: what other places published, real facts each with its source."""

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.queries.reference import (
    Coverage,
    charted,
    coverage,
    published_curves,
    published_grades,
    published_tally,
)
from dashboard.web.charts import curve_card, grades_card, tally_card
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.facts import Fact, facts_card
from dashboard.web.parts.heading import heading


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the published curves, votes and satisfaction ballots, and plainly how much of it there is."""
    words, look = view.words, (view.words, view.theme, view.narrow)
    known = charted(call)
    curves = [
        curve_card(f"archive-curve-{place}-{number}", curve, *look, where=region)
        for place, (region, year) in enumerate(known.curves)
        for number, curve in enumerate(published_curves(call, region, year))
    ]
    tallies = [
        tally_card(f"archive-tally-{place}", published_tally(call, region, year), *look)
        for place, (region, year) in enumerate(known.tallies)
    ]
    grades = [
        grades_card(f"archive-grades-{place}", published_grades(call, region, year), *look, year=year)
        for place, (region, year) in enumerate(known.grades)
    ]
    content = html.Div(
        [
            heading(words("archive.heading"), words("archive.line")),
            _coverage(view, coverage(call)),
            _part(view, "curves", curves),
            _part(view, "tallies", tallies),
            _part(view, "grades", grades),
        ]
    )
    return content, words("archive.heading")


def _coverage(view: View, known: Coverage) -> Component:
    words = view.words
    row = [
        Fact(words("archive.regions"), words.count(known.regions)),
        Fact(words("archive.projects"), words.count(known.projects)),
        Fact(words("archive.elected"), words.count(known.elected)),
        Fact(words("archive.with_budget"), words.count(known.with_budget)),
        Fact(words("archive.with_votes"), words.count(known.with_votes)),
        Fact(words("archive.progress"), words.count(known.progress)),
        Fact(words("archive.ballots"), words.count(known.ballots)),
    ]
    return facts_card(row)


def _part(view: View, name: str, cards: list[Component]) -> Component:
    title = html.H2(view.words(f"archive.{name}.title"), className="part-title")
    line = html.P(view.words(f"archive.{name}.line"), className="secondary")
    return html.Section([title, line, html.Div(cards, className="pairs")])


PAGE = Page("archive", layout)
