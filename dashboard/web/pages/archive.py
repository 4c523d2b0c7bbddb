"""实事档案馆: what other places published, real facts each with its source."""

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.i18n import Words
from dashboard.queries.archive import archive_front, archive_kind_shares, archive_place, archive_projects
from dashboard.rules.archive import kind_years
from dashboard.rules.archive_frames import Front, Listing, PlaceYear
from dashboard.web import charts
from dashboard.web.archive_charts import kinds_card, ratios_card, shares_card, years_card
from dashboard.web.asked import Asked, asked
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.archive_cited import inferred_tag, sources_card, year_text
from dashboard.web.parts.archive_front import SORTS, VIEWS, charted_card, coverage_card, held_card, ways_card
from dashboard.web.parts.archive_place import (
    facts_of,
    nodes_card,
    progress_cards,
    projects_table,
    way_card,
)
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.empty import empty
from dashboard.web.parts.filters import Filter, filters
from dashboard.web.parts.heading import crumbs, heading
from dashboard.web.parts.links import Link, linked
from dashboard.web.parts.notice import notice
from dashboard.web.parts.paging import paging, shown
from dashboard.web.parts.text import Sentence, aria, printed, spoken

STAGES = ("elected", "candidate", "listed")
WHOLE = "/download/archive/projects.csv"


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return one place's year where the address names one, else the projects it asks for, else the comparisons."""
    front = archive_front(call)
    here = _asked(view, front)
    place, year = here.get("region"), int(here.get("year") or 0) or None
    if place:
        return _place(call, view, front, here, place, year)
    if here.get("category") or here.get("stage") or year:
        return _found(call, view, front, here, year)
    return _front(view, front, here)


def _asked(view: View, front: Front) -> Asked:
    known = {
        "region": {one.place for one in front.held},
        "year": {str(one.year) for one in front.held if one.year},
        "category": {row.kind for row in front.kinds.rows},
        "stage": STAGES,
        "sort": SORTS,
        "show": VIEWS,
    }
    return asked(view.address.path(), view.search, known)


def _filters(view: View, front: Front, here: Asked) -> Component:
    words = view.words
    places = sorted({one.place for one in front.held})
    years = sorted({one.year for one in front.held if one.year}, reverse=True)
    return filters(
        words,
        here,
        [
            Filter("region", words("archive.filter.region"), {place: place for place in places}),
            Filter("year", words("archive.filter.year"), {str(year): str(year) for year in years}),
            Filter(
                "category",
                words("archive.filter.category"),
                {row.kind: words(f"archive.kind.{row.kind}") for row in front.kinds.rows},
            ),
            Filter(
                "stage", words("archive.filter.stage"), {one: words(f"archive.stage.{one}") for one in STAGES}
            ),
        ],
        kept=(),
    )


def _to(view: View, place: str, year: int | None) -> str:
    """Return the address of a place's year."""
    empty_asked = Asked(view.address.path(), {})
    return empty_asked.href(region=place, year=str(year) if year else None)


def _span(words: Words, front: Front) -> str:
    """Return the years that the published facts are of."""
    years = [one.year for one in front.held if one.year]
    return words("archive.span", first=min(years), last=max(years)) if years else "—"


def _front(view: View, front: Front, here: Asked) -> tuple[Component, str]:
    words, look = view.words, (view.words, view.theme, view.narrow)
    known, span = front.coverage, _span(words, front)
    title = words("archive.heading", places=words.count(known.places), elected=words.count(known.elected))
    kinds = [row.kind for row in front.kinds.rows]

    def to(place: str, year: int | None) -> str:
        return _to(view, place, year)

    whole = Link(words("archive.whole"), WHOLE, fresh=True)
    content = [
        heading(title, words("archive.line")),
        _filters(view, front, here),
        coverage_card(words, known),
        html.Div(
            [
                html.Div(
                    [kinds_card(front.kinds, *look, span), ways_card(words, front.ways, to)],
                    className="stack",
                ),
                html.Div(
                    [ratios_card(front.ratios, *look, span), charted_card(words, front.held, to)],
                    className="stack",
                ),
            ],
            className="pairs archive-pairs",
        ),
        held_card(words, front.held, kinds, here, to, whole),
    ]
    return html.Div(content, className="stack archive"), title


def _found(call: Call, view: View, front: Front, here: Asked, year: int | None) -> tuple[Component, str]:
    """Return the projects of all places that the address asks for, and for a category how places compare."""
    words = view.words
    kind = here.get("category") or None
    rows = archive_projects(call, year, kind, here.get("stage") or None)
    places = len({(row.place, row.year) for row in rows})
    title = words("archive.found", n=words.count(len(rows)), places=words.count(places))
    content = [heading(title, words("archive.line")), _filters(view, front, here)]
    shares = archive_kind_shares(call, kind, year) if kind else ()
    if kind and shares:
        content.append(shares_card(kind, shares, words, view.theme, view.narrow, _span(words, front)))
    content.append(_listing(view, here, rows, words("archive.found.title")))
    return html.Div(content, className="stack archive"), title


def _listing(view: View, here: Asked, rows: tuple[Listing, ...], title: str) -> Component:
    words = view.words
    if not rows:
        return card(title, empty(words("filter.none"), words("filter.none.do")))

    def to(place: str, year: int | None) -> str:
        return _to(view, place, year)

    page = rows[shown(here, len(rows))]
    whole = Link(words("archive.whole"), WHOLE, fresh=True)
    return card(
        title,
        [projects_table(words, page, title, to), paging(words, here, len(rows))],
        words("archive.projects.line"),
        foot=foot(words, words("archive.rows_source"), (whole,)),
    )


def _place(
    call: Call, view: View, front: Front, here: Asked, place: str, year: int | None
) -> tuple[Component, str]:
    """Return everything published of one place in one year."""
    words = view.words
    known = {one.year for one in front.held if one.place == place}
    found = archive_place(call, place, year if year in known else None)
    title = _finding(words, found)
    way = (Link(words("place.archive"), view.address.path()), Link(place, lang="zh-CN"))
    line: list[Component | str] = [words("archive.place.line")]
    if found.inferred:
        line += [" ", inferred_tag(words)]
    content: list[Component] = [
        crumbs(words, way),
        heading(printed(words, title), line),
        _filters(view, front, here),
    ]
    if year is not None and year not in known:
        content.append(
            notice(
                "grey",
                words("archive.other_year", year=year, shown=year_text(words, found.year)),
                words("archive.other_year.do"),
            )
        )
    if len(found.years) > 1:
        content.append(_years(view, found))
    years = kind_years(front.held, place)
    content += [
        facts_of(words, found),
        *_rows(view, here, found),
        *([years_card(years, words, view.theme, view.narrow)] if years is not None else []),
        sources_card(words, found.sources),
    ]
    return html.Div(content, className="stack archive"), spoken(words, title)


def _finding(words: Words, found: PlaceYear) -> Sentence:
    """Return what is known of a place's year: what was voted in, else what stood or was only listed."""
    facts = {"year": year_text(words, found.year)}
    names = {"place": found.place}
    way = next(iter(found.ways), None)
    chosen = sum(row.stage == "elected" for row in found.projects)
    if way is not None and way.candidates is not None and (way.chosen or 0) > chosen > 0:
        facts |= {"n": words.count(chosen), "chosen": words.count(way.chosen)}
        return Sentence("archive.place.partly", facts | {"candidates": words.count(way.candidates)}, names)
    for stage in STAGES:
        count = sum(row.stage == stage for row in found.projects)
        if count:
            return Sentence(f"archive.place.{stage}", facts | {"n": words.count(count)}, names)
    return Sentence("archive.place.plain", facts, names)


def _years(view: View, found: PlaceYear) -> Component:
    """Return the years of which anything is published of this place."""
    items = []
    for year in found.years:
        text, current = year_text(view.words, year), year == found.year
        mark = aria(current="true") if current else {}
        link = linked(Link(text, None if year is None else _to(view, found.place, year)))
        items.append(html.Li(link, className="current" if current else None, **mark))
    return html.Nav(
        html.Ul(items, className="archive-views"),
        className="years-known",
        **aria(label=view.words("archive.years")),
    )


def _rows(view: View, here: Asked, found: PlaceYear) -> list[Component]:
    words, look = view.words, (view.words, view.theme, view.narrow)
    parts: list[Component] = []
    if found.projects:
        kind, stage = here.get("category"), here.get("stage")
        rows = tuple(
            row
            for row in found.projects
            if (not kind or row.kind == kind) and (not stage or row.stage == stage)
        )
        title = words("archive.projects.title", n=words.count(len(rows)))
        body = (
            projects_table(words, rows, title)
            if rows
            else empty(words("filter.none"), words("filter.none.do"))
        )
        parts.append(card(title, body, words("archive.projects.line")))
    if found.tally is not None:
        parts.append(charts.tally_card("archive-tally", found.tally, *look))
    parts += [way_card(words, way) for way in found.ways]
    curves = [
        charts.curve_card(f"archive-curve-{number}", curve, *look, where=found.place)
        for number, curve in enumerate(found.curves)
    ]
    if curves:
        parts.append(html.Div(curves, className="pairs"))
    parts += progress_cards(words, found.progress)
    if found.nodes:
        parts.append(nodes_card(words, found.nodes))
    parts += [
        charts.grades_card(f"archive-grades-{number}", grades, *look, year=found.year)
        for number, grades in enumerate(found.grades)
    ]
    return parts


PAGE = Page("archive", layout)
