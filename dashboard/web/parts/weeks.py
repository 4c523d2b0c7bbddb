"""Supervision weeks: their list, the form that opens one, and what one of them came to."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.commands.weeks import LONGEST_TITLE
from dashboard.i18n import Words
from dashboard.rules.remark_frames import RemarkShown, TasksFollowing, TurnoutRow, WeekShown, counted
from dashboard.web.addresses import Address
from dashboard.web.parts.badge import tag, toned
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.facts import Fact, facts_card
from dashboard.web.parts.forms import button, field, text_input
from dashboard.web.parts.links import anchor
from dashboard.web.parts.table import NONE, Cell, Column, scrolled, table
from dashboard.web.parts.text import data

HEADS = ("remarks", "answered", "overdue", "late")


def week_list(
    words: Words, held: Sequence[WeekShown], rows: Sequence[RemarkShown], today: date, here: Address
) -> Component:
    """Return the weeks of a cycle with what each came to so far."""
    title = words("week.list")
    if not held:
        return card(title, empty(words("week.none"), words("week.none.since")))
    columns = [Column(words("week.column.title")), Column(words("week.column.days"))]
    columns += [Column(words(f"week.column.{head}"), number=True) for head in HEADS]
    lines: list[list[Cell]] = []
    for one in held:
        own = counted([row for row in rows if row.week == one.id])
        name = html.Span(
            [anchor(data(words, one.title), here.to("weeks", one.id).path()), tag(words, one.stage(today))],
            className="lit",
        )
        lines.append(
            [name, days(words, one), *_numbers(words, own.remarks, own.answered, own.overdue, own.late)]
        )
    return card(title, scrolled(table(columns, lines, title), title), words("week.list.line"))


def days(words: Words, week: WeekShown) -> str:
    """Return the days of a week."""
    return words("week.days", first=words.day(week.from_day), last=words.day_of_year(week.to_day))


def _numbers(words: Words, *numbers: int) -> list[Cell]:
    return [words.count(n) if n else NONE for n in numbers]


def week_form(words: Words, projects: Mapping[str, str]) -> Component:
    """Return the clerk's form: title, days, projects, and whether remarks are public once answered."""
    chosen = dbc.Checklist(
        id="week-projects",
        options=[{"label": data(words, name), "value": key} for key, name in projects.items()],
        value=[],
        className="choices",
    )
    publishes = dbc.Checklist(
        id="week-publishes", options=[{"label": words("week.publishes"), "value": "yes"}], value=[]
    )
    rows: list[Component] = [
        field("week-title", words("week.title"), text_input("week-title", maxLength=LONGEST_TITLE)),
        field("week-from", words("week.from"), text_input("week-from"), words("week.day.help")),
        field("week-to", words("week.to"), text_input("week-to")),
        field("week-projects", words("week.projects"), chosen, words("week.projects.help")),
        field("week-publishes", words("week.publishing"), publishes),
        dcc.Store(id="week-request", data=secrets.token_hex(16)),
        html.Div(button("week-send", words("week.open"), primary=True), className="acts"),
    ]
    return card(words("week.form"), html.Div(rows, className="form"), words("week.form.line"))


def week_facts(words: Words, rows: Sequence[RemarkShown], turnout: Sequence[TurnoutRow] | None) -> Component:
    """Return what a week came to: remarks, answered, overdue, late, and of how many deputies."""
    own = counted(rows)
    told = [
        Fact(words(f"week.column.{head}"), words.count(getattr(own, head)))
        for head in ("remarks", "answered", "overdue", "late")
    ]
    if turnout is not None:
        deputies, seats = sum(one.deputies for one in turnout), sum(one.seats for one in turnout)
        after = words("week.of_seats", n=words.count(seats))
        told.append(Fact(words("week.column.deputies"), words.count(deputies), after))
    return facts_card(told)


def by_project(
    words: Words, rows: Sequence[RemarkShown], tasks: Mapping[int, TasksFollowing] | None, here: Address
) -> Component:
    """Return what was remarked on each project; for those who supervise, the tasks that followed."""
    title = words("week.by_project")
    if not rows:
        return card(title, empty(words("week.silent"), words("week.silent.since")))
    groups: dict[int, list[RemarkShown]] = {}
    for row in sorted(rows, key=lambda one: one.number):
        groups.setdefault(row.number, []).append(row)
    columns = [Column(words("remark.filter.project")), Column(words("remark.filter.department"))]
    columns += [Column(words(f"week.column.{head}"), number=True) for head in HEADS]
    columns += [Column(words("week.column.tasks"), number=True)] if tasks is not None else []
    lines: list[list[Cell]] = []
    for number, group in groups.items():
        own = counted(group)
        line: list[Cell] = [
            anchor(data(words, group[0].project), here.to("projects", number).path()),
            data(words, group[0].department) if group[0].department else NONE,
            *_numbers(words, own.remarks, own.answered, own.overdue, own.late),
        ]
        if tasks is not None:
            line.append(_following(words, tasks.get(number)))
        lines.append(line)
    return card(title, scrolled(table(columns, lines, title), title))


def _following(words: Words, found: TasksFollowing | None) -> Cell:
    if found is None:
        return NONE
    facts = {"n": words.count(found.tasks), "done": words.count(found.done)}
    return toned(words("week.tasks", **facts), "green" if found.done == found.tasks else "amber")


def by_department(words: Words, rows: Sequence[RemarkShown], here: Address) -> Component | str:
    """Return what each department had to answer and answered."""
    groups: dict[tuple[str, str], list[RemarkShown]] = {}
    for row in rows:
        if row.department_id and row.department:
            groups.setdefault((row.department, row.department_id), []).append(row)
    if not groups:
        return ""
    title = words("week.by_department")
    columns = [Column(words("remark.filter.department"))]
    columns += [Column(words(f"week.column.{head}"), number=True) for head in HEADS]
    lines: list[list[Cell]] = []
    for (name, key), group in sorted(groups.items(), key=lambda one: (-len(one[1]), one[0][0])):
        own = counted(group)
        numbers = _numbers(words, own.remarks, own.answered, own.overdue, own.late)
        lines.append([anchor(data(words, name), here.to("departments", key).path()), *numbers])
    return card(title, scrolled(table(columns, lines, title), title))


def by_delegation(words: Words, rows: Sequence[TurnoutRow]) -> Component:
    """Return how many deputies of each delegation took part."""
    title = words("week.by_delegation")
    heads = ("seats", "deputies", "remarks")
    columns = [Column(words("week.column.delegation"))]
    columns += [Column(words(f"week.column.{head}"), number=True) for head in heads]
    lines: list[list[Cell]] = [
        [data(words, one.delegation), *_numbers(words, one.seats, one.deputies, one.remarks)] for one in rows
    ]
    return card(
        title, scrolled(table(columns, lines, title, stacks=False), title), words("week.by_delegation.line")
    )
