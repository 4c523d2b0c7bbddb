"""The departments of a cycle as a table that is searched, filtered and sorted by its address."""

from collections.abc import Callable, Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.judge_frames import Duty
from dashboard.rules.lights import tones
from dashboard.rules.rates import rate
from dashboard.web.addresses import Address
from dashboard.web.asked import Asked
from dashboard.web.parts.light import counted
from dashboard.web.parts.links import anchor
from dashboard.web.parts.table import Cell, Column, scrolled, sorting, table
from dashboard.web.parts.text import Sentence, data

FIND = "find"
_BY: Mapping[str, Callable[[Duty], int]] = {
    "projects": lambda one: one.projects,
    "reports": lambda one: -1 if rate(one.on_time, one.due) is None else (rate(one.on_time, one.due) or 0),
    "answered": lambda one: one.answered,
    "promised": lambda one: one.promised,
}
SORTS = tuple(sign + name for name in ("name", *_BY) for sign in ("", "-"))


def departments_finding(words: Words, known: Sequence[Duty]) -> Sentence:
    """Return how many departments carry how many projects, and who has one behind."""
    carrying = [one for one in known if one.projects]
    if not carrying:
        return Sentence("department.finding.none", {"n": words.count(len(known))})
    red = [one for one in carrying if tones(one.lit())["red"]]
    facts = {
        "n": words.count(len(carrying)),
        "projects": words.count(sum(one.projects for one in carrying)),
        "red": words.count(len(red)),
    }
    if len(red) == 1:
        return Sentence("department.finding.one", facts, {"name": red[0].name})
    return Sentence("department.finding.red" if red else "department.finding.steady", facts)


def filtered(known: Sequence[Duty], asked: Asked) -> list[Duty]:
    """Return the departments that an address asks for, in its order; at first those with projects in hand."""
    find, light = asked.get(FIND), asked.get("light")
    rows = [
        one
        for one in known
        if (not find or any(find in name for name in (one.name, one.short_name, *one.former)))
        and (not light or dict(one.lights).get(light))
    ]
    sort = asked.get("sort", "-projects")
    if sort.removeprefix("-") == "name":
        return sorted(rows, key=lambda one: one.position, reverse=sort.startswith("-"))
    value, sign = _BY[sort.removeprefix("-")], -1 if sort.startswith("-") else 1
    return sorted(rows, key=lambda one: (sign * value(one), one.position))


def department_rows(words: Words, rows: Sequence[Duty], asked: Asked, here: Address) -> Component:
    """Return the table; on a phone it is moved sideways, its names stay."""
    columns = [
        sorting(asked, "name", words("department.name")),
        sorting(asked, "projects", words("department.projects"), first="desc"),
        sorting(asked, "reports", words("department.reports"), number=True, first="desc"),
        sorting(asked, "answered", words("department.answered"), number=True, first="desc"),
        sorting(asked, "promised", words("department.promised"), number=True, first="desc"),
    ]
    if not asked.get("sort"):
        columns[1] = Column(columns[1].head, sorted="descending", href=asked.href(sort="projects"))
    body = [_row(words, one, here) for one in rows]
    return scrolled(
        table(columns, body, words("place.departments")), words("place.departments"), "department-list"
    )


def _row(words: Words, one: Duty, here: Address) -> list[Cell]:
    name: list[Component | str] = [anchor(data(words, one.name), here.to("departments", one.id).path())]
    if one.former:
        said = [words("department.former"), data(words, words("summary.list").join(one.former))]
        name.append(html.Small(said, className="former"))
    return [
        html.Span(name),
        counted(words, dict(one.lights)) if one.projects else "—",
        reports(words, one),
        words.count(one.answered) if one.answered else "—",
        words.count(one.promised) if one.promised else "—",
    ]


def reports(words: Words, one: Duty) -> Component | str:
    """Return how many of the reports due came in time, as a share with its two numbers."""
    if not one.due:
        return "—"
    share = words.share(rate(one.on_time, one.due))
    return html.Span([f"{one.on_time}/{one.due}", html.Small(share)], className="with-share")
