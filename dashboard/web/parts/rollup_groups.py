"""The roll-up parted otherwise: by place, category or department, each project weighing one or as much as its sum."""

from collections.abc import Callable, Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.figures.ranking_rows import ranking_rows
from dashboard.i18n import Words
from dashboard.queries.rollup import Rollup
from dashboard.rules.chart_frames import compared
from dashboard.rules.lights import light, plan_tone
from dashboard.rules.rollup import Lit, weighed
from dashboard.rules.weighing import NUMBER, WEIGHTS, Weighed, grouped, together
from dashboard.web.asked import Asked
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.graph import pictured
from dashboard.web.parts.links import Link, listed
from dashboard.web.parts.table import Cell, Column, folded_table, scrolled, table
from dashboard.web.parts.text import aria, data

PLACE, CATEGORY, DEPARTMENT = "place", "category", "department"
GROUPS = (PLACE, CATEGORY, DEPARTMENT)
HEADS = ("group", "projects", "reported", "planned", "actual", "gap")


def rollup_groups(words: Words, known: Rollup, here: Asked) -> Component:
    """Return the card of the groups, the furthest behind first, and under them all of them together."""
    by, weight = here.get("by", CATEGORY), here.get("weight", NUMBER)
    parts = grouped(known.together.lit, _group(known, by), lambda one: weighed(one, weight))
    without = words("rollup.group.none")
    named = {name or without: part for name, part in parts.items()}
    ordered = compared(named, {}, known.lights)
    told = {name: data(words, name) if name != without else without for name in named}
    whole = together(parts.values())
    rows = [_row(words, known, told[one.name], named[one.name]) for one in ordered]
    plain = [_plain(words, told[one.name], named[one.name]) for one in ordered]
    plain.append(_plain(words, words("rollup.group.together"), whole))
    rows.append(_row(words, known, html.Strong(words("rollup.group.together")), whole))
    columns = [Column(words(f"rollup.group.{head}"), number=head != "group") for head in HEADS]
    title = words(f"rollup.groups.{by}")
    ways = [_ways(words, here, "by", GROUPS, by), _ways(words, here, "weight", WEIGHTS, weight)]
    left = [words("rollup.left_out", n=words.count(whole.left_out))] if whole.left_out else []
    return card(
        title,
        [
            *ways,
            pictured(
                scrolled(table(columns, rows, title), title),
                "rollup-groups",
                lambda: ranking_rows(ordered, words, "light"),
            ),
        ],
        words(f"rollup.weight.{weight}.line"),
        foot=foot(
            words,
            "".join([words("card.source"), words("source.reports"), *left]),
            (),
            folded_table(columns, plain, title),
        ),
    )


def _ways(words: Words, here: Asked, key: str, names: Sequence[str], chosen: str) -> Component:
    """Return the ways to part the sum, or to weigh it, the one that is shown marked."""
    links = tuple(
        Link(words(f"rollup.{key}.{name}"), here.href(**{key: name}), current=name == chosen)
        for name in names
    )
    return html.Nav(listed(links), className="order-views", **aria(label=words(f"rollup.{key}")))


def _group(known: Rollup, by: str) -> Callable[[Lit], str]:
    names: Mapping[str, str] = {part.code: part.name for part in known.parts}
    of: Mapping[str, Callable[[Lit], str]] = {
        PLACE: lambda one: names[one.kept.congress],
        CATEGORY: lambda one: one.kept.category,
        DEPARTMENT: lambda one: one.kept.department or "",
    }
    return of[by]


def _plain(words: Words, name: Cell, part: Weighed) -> list[Cell]:
    numbers = [words.count(part.projects), words.count(part.reported), words.share(part.planned)]
    return [name, *numbers, words.share(part.actual), words.gap(part.gap)]


def _row(words: Words, known: Rollup, name: Cell, part: Weighed) -> list[Cell]:
    shown = light(part.actual, part.planned, known.lights)
    return [
        name,
        words.count(part.projects),
        words.count(part.reported),
        words.share(part.planned),
        words.share(part.actual),
        html.Span(words.gap(part.gap), className=f"gap-{plan_tone(shown, part.gap)}"),
    ]
