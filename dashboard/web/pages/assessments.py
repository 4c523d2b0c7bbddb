"""验单: how the congress judged the year's projects, and for those who may see them the departments' ranks."""

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.queries.assessment import announced_ranking, ranking, satisfaction
from dashboard.queries.cycles import shown_year
from dashboard.queries.departments import departments
from dashboard.rules.grades import ZHENHAI
from dashboard.rules.judge_frames import Ranked, Ranking, Satisfaction
from dashboard.rules.ranks import charted
from dashboard.rules.rates import rate
from dashboard.rules.roles import may
from dashboard.web.addresses import Address
from dashboard.web.asked import Asked, asked
from dashboard.web.judge_charts import body_card, grades_finding, rank_card, rank_line
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.filters import told
from dashboard.web.parts.heading import heading
from dashboard.web.parts.inquiry_words import marks_text
from dashboard.web.parts.notice import notice
from dashboard.web.parts.rank_cards import movers_card, rank_finding, rank_list, unit_card
from dashboard.web.parts.rank_pins import FIND, KNOWN, PIN, Pins, pin_bar, pins_asked
from dashboard.web.parts.text import Sentence, data, printed, spoken

TOPICS = ("assessment", "progress", "inquiry", "cycle")


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the cycle's assessments; who may read ranks reads those first."""
    words, year = view.words, shown_year(call)
    known = satisfaction(call, year)
    ranks = ranking(call, year) if may(call.role, "rank.read") else announced_ranking(call, year)
    wanted = asked(view.address.path(), view.search, KNOWN if ranks is not None else {})
    finding = rank_finding(words, ranks) if ranks is not None else _finding(view, known)
    line = [data(words, call.place.name if call.place else ""), "｜"]
    line.append(rank_line(words, ranks) if ranks is not None else _line(view, known))
    marks = [simulated(words)] if call.place is not None and call.place.simulated else []
    content = html.Div(
        [
            heading(printed(words, finding), line, marks),
            *told(words, wanted),
            *(_ranks(call, view, ranks, wanted, year) if ranks is not None else []),
            *_projects(view, known, headed=ranks is not None),
        ]
    )
    return content, spoken(words, finding)


def _finding(view: View, known: Satisfaction) -> Sentence:
    """Return the rate over all of the year shown; without any assessment, when it will be."""
    words = view.words
    rated = next((body for body in known.bodies if body.overall is not None and body.overall.total), None)
    if rated is not None and rated.overall is not None:
        good = rated.overall.satisfied + rated.overall.basically
        facts = {"year": str(known.year), "rate": words.share(rate(good, rated.overall.total))}
        graded = grades_finding(words, rated)
        if graded.facts:
            return Sentence("assessment.finding.rated", {**facts, "graded": spoken(words, graded)})
        return Sentence("assessment.finding.rate", facts)
    if known.planned is not None:
        return Sentence("assessment.finding.planned", {"day": words.day(known.planned)})
    return Sentence("assessment.finding.none", {"year": str(known.cycle)})


def _line(view: View, known: Satisfaction) -> str:
    """Return what is measured, with the rate's numerator, denominator and formula."""
    words = view.words
    measured = words("assessment.line", year=str(known.year or known.cycle))
    rated = next((body.overall for body in known.bodies if body.overall and body.overall.total), None)
    return f"{measured}｜{marks_text(words, rated)}" if rated is not None else measured


def _projects(view: View, known: Satisfaction, headed: bool) -> list[Component]:
    """Return what each body found of the projects, and how grades are made; or what will stand here."""
    words = view.words
    parts: list[Component] = []
    if headed:
        parts.append(
            html.H2(words("assessment.title", year=str(known.year or known.cycle)), className="part-title")
        )
    if known.planned is not None and known.bodies:
        parts.append(
            notice(
                "grey",
                words("assessment.to_come", year=str(known.cycle), day=words.day(known.planned)),
                words("assessment.to_come.shown", year=str(known.year)),
            )
        )
    if not known.bodies:
        since = words("assessment.none.since")
        if known.planned is not None:
            since = words("assessment.none.day", day=words.day(known.planned))
        return [*parts, card(words("assessment.plain"), empty(words("assessment.none"), since))]
    cards = [
        body_card(f"assessment-{n}", body, words, view.theme, view.narrow)
        for n, body in enumerate(known.bodies)
    ]
    rules = sorted({body.rule_set for body in known.bodies})
    side = html.Div([_rule(view, one) for one in rules], className="span-4 stack")
    return [*parts, html.Div([html.Div(cards, className="span-8 stack"), side], className="columns")]


def _rule(view: View, rule_set: str) -> Component:
    """Return how grades are made, in words; a rule set of another name is named alone."""
    words = view.words
    if rule_set.partition("@")[0] != ZHENHAI:
        return card(words("assessment.rule"), html.P(words("assessment.rule.other", name=rule_set)))
    rows = [
        html.Li(words(f"assessment.rule.zhenhai.{name}"))
        for name in ("satisfied", "basically", "dissatisfied")
    ]
    source = html.P(
        [words("assessment.rule.source"), words("assessment.rule.version", name=rule_set)],
        className="secondary",
    )
    body = [html.Ul(rows, className="rule-list"), html.P(words("assessment.rule.zhenhai.half")), source]
    return card(words("assessment.rule"), body)


def _ranks(call: Call, view: View, ranks: Ranking, wanted: Asked, year: int) -> list[Component]:
    """Return the curve with its search, beside it the pinned units and who moved most."""
    words = view.words
    own = tuple(one.key for one in ranks.lines if one.name and one.into is None) if ranks.own else ()
    pins = Pins(own) if ranks.own else pins_asked(wanted, ranks.lines)
    chart = charted(ranks, pins.keys)

    def pinning(one: Ranked) -> str:
        keys = pins.keys if one.key in pins.keys or pins.full else (*pins.keys, one.key)
        if pins.full and one.key not in pins.keys:
            # A fifth takes the place of the first.
            keys = (*pins.keys[1:], one.key)
        return wanted.href(**{PIN: ",".join(keys), FIND: None})

    above = (
        html.P(words("rank.own"), className="secondary") if ranks.own else pin_bar(words, wanted, pins, chart)
    )
    listed = html.Div() if ranks.own else rank_list(words, chart, pinning)
    main = rank_card("rank-curve", ranks, chart, above, listed, words, view.theme, view.narrow)
    here = Address(view.address.language, call.place.code if call.place else None, year, "departments")
    duties = {one.id: one for one in departments(call, year)} if call.is_member else {}
    cards = [
        unit_card(words, one, tone, ranks, duties.get(one.id), here.to("departments", one.id).path())
        for one, tone in zip(chart.pinned, chart.tones, strict=True)
    ]
    if not ranks.own:
        cards.append(movers_card(words, ranks, pinning))
    return [
        html.Div(
            [html.Div(main, className="span-9 rank-main"), html.Div(cards, className="span-3 stack")],
            className="columns rank-columns",
        )
    ]


PAGE = Page("assessments", layout, TOPICS)
