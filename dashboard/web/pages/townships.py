"""乡镇汇总: a county beside its townships, from the sums that each congress publishes."""

from collections import Counter

from dash import html
from dash.development.base_component import Component

from dashboard.figures.ranking_rows import ranking_rows
from dashboard.gate import Call
from dashboard.i18n import Words
from dashboard.queries.cycles import shown_year
from dashboard.queries.rollup import Part, Rollup, rollup
from dashboard.rules.chart_frames import Compared
from dashboard.rules.lights import BEHIND, STEADY, LightRules, is_late, plan_tone
from dashboard.rules.lights import light as lit
from dashboard.rules.rollup import Lit, Sums
from dashboard.rules.weighing import WEIGHTS
from dashboard.web.addresses import Address
from dashboard.web.asked import Asked, asked
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.empty import empty
from dashboard.web.parts.facts import Fact, facts_card
from dashboard.web.parts.filters import told
from dashboard.web.parts.graph import pictured
from dashboard.web.parts.heading import heading
from dashboard.web.parts.light import counted, key, light
from dashboard.web.parts.links import anchor
from dashboard.web.parts.ranking import track
from dashboard.web.parts.rollup_groups import GROUPS, rollup_groups
from dashboard.web.parts.table import Cell, Column, folded_table, scrolled, sorting, table
from dashboard.web.parts.text import Sentence, data, printed, spoken

TOPICS = ("progress", "cycle")
SORTS = {name: (name, f"-{name}") for name in ("name", "projects", "actual", "gap", "paid")}


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the table of the congresses below with their lights, and what is behind in any of them."""
    words, year = view.words, shown_year(call)
    known = rollup(call, year)
    below = [part for part in known.parts if not part.own]
    sorts = {one for pair in SORTS.values() for one in pair}
    here = asked(view.address.path(), view.search, {"sort": sorts, "by": GROUPS, "weight": WEIGHTS})
    end = [simulated(words)] if call.place is not None and call.place.simulated else []
    if not below:
        content = [heading(words("place.townships"), _line(call, words, year), end), _none(call, view)]
        return html.Div(content), words("place.townships")
    title = _finding(words, known, below)
    content = [
        heading(printed(words, title), _line(call, words, year), end),
        *told(words, here),
        _together(words, known, below),
        _table(view, year, known, here),
        rollup_groups(words, known, here),
        _behind(view, year, known),
    ]
    return html.Div(content, className="stack"), spoken(words, title)


def _line(call: Call, words: Words, year: int) -> list[Component | str]:
    name = call.place.name if call.place is not None else ""
    return [data(words, name), "｜", words("shell.cycle", year=str(year)), "｜", words("rollup.line")]


def _none(call: Call, view: View) -> Component:
    """Say that nothing lies below; a township is led to the county that it belongs to."""
    words = view.words
    if call.place is not None and call.place.level == "township":
        return card(words("rollup.none.title"), empty(words("rollup.township"), words("rollup.township.do")))
    return card(words("rollup.none.title"), empty(words("rollup.none"), words("rollup.none.since")))


def _finding(words: Words, known: Rollup, below: list[Part]) -> Sentence:
    """Return how many projects keep their plan in how many congresses, and where most are behind."""
    lights = _tones(known.together)
    facts = {
        "n": words.count(len(below)),
        "projects": words.count(known.together.projects),
        "steady": words.count(sum(lights[name] for name in STEADY)),
        "behind": words.count(sum(lights[name] for name in BEHIND)),
    }
    if known.together.month is None:
        return Sentence("rollup.finding.unreported", facts)
    worst = max(known.parts, key=lambda part: sum(_tones(part.sums)[name] for name in BEHIND))
    most = sum(_tones(worst.sums)[name] for name in BEHIND)
    if most == 0:
        return Sentence("rollup.finding.steady", facts)
    return Sentence("rollup.finding.behind", facts | {"most": words.count(most)}, {"name": worst.name})


def _tones(sums: Sums) -> Counter[str]:
    """Return how many projects stand to their plan in each tone."""
    found: Counter[str] = Counter()
    for one in sums.lit:
        found[plan_tone(one.light, one.gap)] += 1
    return found


def _together(words: Words, known: Rollup, below: list[Part]) -> Component:
    all_of = known.together
    money = words("rollup.paid", budget=words.money(all_of.budget)) if all_of.budget else None
    return facts_card(
        [
            Fact(words("rollup.congresses"), words.count(len(below))),
            Fact(words("rollup.projects"), words.count(all_of.projects)),
            Fact(
                words("rollup.actual"),
                words.share(all_of.actual),
                words("rollup.of", n=words.count(all_of.reported)),
            ),
            Fact(words("rollup.planned"), words.share(all_of.planned)),
            Fact(words("rollup.gap"), words.gap(all_of.gap), words("rollup.points")),
            Fact(words("rollup.money"), words.money(all_of.paid), money),
        ]
    )


def _table(view: View, year: int, known: Rollup, here: Asked) -> Component:
    words = view.words
    columns = [
        sorting(here, "name", words("rollup.table.name")),
        Column(words("rollup.table.lights")),
        sorting(here, "projects", words("rollup.table.projects"), number=True, first="desc"),
        Column(words("rollup.table.bar")),
        sorting(here, "actual", words("rollup.table.actual"), number=True, first="desc"),
        sorting(here, "gap", words("rollup.table.gap"), number=True),
        sorting(here, "paid", words("rollup.table.paid"), number=True, first="desc"),
    ]
    parts = _sorted(known.parts, here.get("sort"))
    rows: list[list[Cell]] = [_row(view, year, part, known.lights) for part in parts]
    plain = [_plain(words, part) for part in parts]
    caption = words("rollup.table.title")
    heads = [
        Column(words(f"rollup.table.{name}"), number=name not in {"name", "lights"})
        for name in ("name", "lights", "projects", "planned", "actual", "gap", "paid")
    ]
    source = [words("card.source"), words("source.reports")]
    if known.together.month is not None:
        source.append(words("card.as_of", day=words.day(known.together.month)))
    return card(
        caption,
        pictured(
            scrolled(table(columns, rows, caption), caption, "rollup"),
            "townships-comparison",
            lambda: ranking_rows([_compared(part, known.lights) for part in parts], words, "light"),
        ),
        words("rollup.table.line"),
        foot=html.Div(
            [key(words, known.lights), foot(words, "".join(source), (), folded_table(heads, plain, caption))],
            className="feet",
        ),
    )


def _compared(part: Part, lights: LightRules) -> Compared:
    """Return a congress as a ranking draws it."""
    own = part.sums
    shown = lit(own.actual, own.planned, lights)
    return Compared(part.name, part.code, own.planned, own.actual, own.gap, shown, own.projects, own.reported)


def _plain(words: Words, part: Part) -> list[Cell]:
    """Return a line of the table behind, in words and numbers alone."""
    lights = [
        words("light.counted", word=words(f"light.short.{colour}"), n=words.count(n))
        for colour, n in part.sums.lights.items()
        if n
    ]
    return [
        part.name,
        "、".join(lights),
        words.count(part.sums.projects),
        words.share(part.sums.planned),
        words.share(part.sums.actual),
        words.gap(part.sums.gap),
        words.money(part.sums.paid),
    ]


def _row(view: View, year: int, part: Part, lights: LightRules) -> list[Cell]:
    words, sums = view.words, part.sums
    path = Address(view.address.language, part.code, year).path()
    name: list[Component | str] = [anchor(part.name, path)]
    if part.own:
        name.append(html.Small(words("rollup.own")))
    mean = lit(sums.actual, sums.planned, lights)
    return [
        html.Span(name),
        counted(words, sums.lights) if sums.projects else words("rollup.no_projects"),
        words.count(sums.projects),
        track(words, sums.actual, sums.planned),
        words.share(sums.actual) if sums.projects else "—",
        html.Span(words.gap(sums.gap), className=f"gap-{plan_tone(mean, sums.gap)}"),
        words.money(sums.paid),
    ]


def _sorted(parts: tuple[Part, ...], wanted: str) -> list[Part]:
    """Return the parts as asked, the address's own congress first where nothing is; what is not known stands last."""
    if not wanted:
        return sorted(parts, key=lambda part: (not part.own, part.code))
    name, downward = wanted.removeprefix("-"), wanted.startswith("-")
    if name == "name":
        return sorted(parts, key=lambda part: part.code, reverse=downward)

    def value(part: Part) -> int | None:
        found: int | None = getattr(part.sums, name)
        return found

    known = sorted(
        (one for one in parts if value(one) is not None), key=lambda part: value(part) or 0, reverse=downward
    )
    return [*known, *(one for one in parts if value(one) is None)]


def _behind(view: View, year: int, known: Rollup) -> Component:
    """Return what is behind anywhere, the furthest first, each linked to its project."""
    words = view.words
    names = {part.code: part.name for part in known.parts}
    behind = sorted(
        (one for one in known.together.lit if is_late(one.light, one.gap)),
        key=lambda one: (one.gap or 0, one.kept.congress),
    )
    rows = [_lit_row(view, year, one, names[one.kept.congress]) for one in behind]
    title = words("rollup.behind.title", n=words.count(len(behind)))
    if not rows:
        return card(
            words("rollup.behind.none"), html.P(words("rollup.behind.none.line"), className="secondary")
        )
    columns = [
        Column(words("rollup.behind.project")),
        Column(words("rollup.table.name")),
        Column(words("rollup.behind.department")),
        Column(words("rollup.table.actual"), number=True),
        Column(words("rollup.table.gap"), number=True),
    ]
    return card(title, scrolled(table(columns, rows, title), title), words("rollup.behind.line"))


def _lit_row(view: View, year: int, one: Lit, place: str) -> list[Cell]:
    words, kept = view.words, one.kept
    path = Address(view.address.language, kept.congress, year).to("projects", kept.number).path()
    name = [light(words, one.light, word_shown=False), anchor(data(words, kept.name), path)]
    return [
        html.Span(name, className="lit"),
        place,
        data(words, kept.department) if kept.department else "—",
        words.share(kept.share),
        html.Span(words.gap(one.gap), className=f"gap-{plan_tone(one.light, one.gap)}"),
    ]


PAGE = Page("townships", layout, TOPICS)
