"""开放数据: what can be taken away of a cycle and of the published facts, with the meaning of each column."""

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.i18n import Words
from dashboard.queries.cycles import shown_year
from dashboard.queries.data import TOPICS, Counted, archive_counts, data_counts
from dashboard.rules.data_frames import Dataset
from dashboard.web.asked import asked
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card
from dashboard.web.parts.data_words import about_set
from dashboard.web.parts.filters import told
from dashboard.web.parts.forms import act
from dashboard.web.parts.heading import heading
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.table import Cell, Column, scrolled, table
from dashboard.web.parts.text import aria, data

KINDS = ("csv", "json")


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the files of the cycle and of the archive, each with its rows, its columns and its addresses."""
    words, year = view.words, shown_year(call)
    sets, facts = data_counts(call, year), archive_counts(call)
    code = call.place.code if call.place is not None else ""
    mark = [simulated(words)] if call.place is not None and call.place.simulated else []
    title = words("data.heading", files=words.count(len(sets)), rows=words.count(sum(n for _, n in sets)))
    line = [data(words, call.place.name if call.place else ""), "｜", words("shell.cycle", year=str(year))]
    line += ["｜", words("data.as_of", day=words.day(call.today))]
    content = [
        heading(title, line, mark),
        *told(words, asked(view.address.path(), view.search, {})),
        _card(words, sets, "data.set", f"/download/{code}/{year}", _terms(call, words, year)),
        _events(words, f"/download/{code}/{year}/vote-events.json"),
        # A cycle that has no projects yet has no package of them.
        *([_projects(words, f"/download/{code}/{year}/oc4ids.json")] if _many(sets, "projects") else []),
        _card(words, facts, "data.archive", "/download/archive", words("data.terms.archive")),
        _reading(words),
    ]
    return html.Div(content, className="stack data-page"), title


def _many(files: Counted, name: str) -> int:
    """Return how many rows the file of a name has."""
    return next((count for dataset, count in files if dataset.name == name), 0)


def _terms(call: Call, words: Words, year: int) -> str:
    return about_set(words, call, year, "projects").terms


def _card(words: Words, files: Counted, key: str, folder: str, terms: str) -> Component:
    columns = [
        Column(words("data.table.name")),
        Column(words("data.table.rows"), number=True),
        Column(words("data.table.files")),
    ]
    rows: list[list[Cell]] = [
        [
            _name(words, dataset, key, folder),
            words.count(count),
            html.Span([_link(words, dataset, key, folder, kind) for kind in KINDS], className="files"),
        ]
        for dataset, count in files
    ]
    title = words(f"{key}.title")
    return card(
        title,
        scrolled(table(columns, rows, title, stacks=False), title),
        words(f"{key}.intro"),
        foot=html.Div(html.Span(terms, className="source"), className="card-foot"),
    )


def _events(words: Words, address: str) -> Component:
    """Return the announced rounds as vote events of Popolo, for who reads votes of many assemblies."""
    body = [
        html.P(words("data.events.what")),
        html.P(words("data.events.votes"), className="secondary"),
        html.Div(act(Link(words("data.events.take"), address, fresh=True)), className="box-acts"),
    ]
    return card(words("data.events"), body, words("data.events.line"))


def _projects(words: Words, address: str) -> Component:
    """Return the projects as OC4IDS, for who reads projects of many places."""
    body = [
        html.P(words("data.oc4ids.what")),
        html.P(
            [words("data.oc4ids.one"), html.Code(address.replace(".json", "/1.json"))], className="secondary"
        ),
        html.Div(act(Link(words("data.oc4ids.take"), address, fresh=True)), className="box-acts"),
    ]
    return card(words("data.oc4ids"), body, words("data.oc4ids.line"))


def _link(words: Words, dataset: Dataset, key: str, folder: str, kind: str) -> Component:
    label = words("data.download", name=words(f"{key}.{dataset.name}"), kind=kind.upper())
    link = anchor(kind.upper(), f"{folder}/{dataset.name}.{kind}", fresh=True)
    return html.Span(link, title=label, **aria(label=label), role="group")


def _name(words: Words, dataset: Dataset, key: str, folder: str) -> Component:
    """Return a file's name, what one row of it is, and, folded, what each column holds."""
    name = f"{key}.{dataset.name}"
    columns = [
        html.Div([html.Dt(column), html.Dd(words(f"data.column.{column}"))])
        for column in (*dataset.columns, "provenance")
    ]
    return html.Div(
        [
            html.Strong(words(name)),
            html.P(words(f"{name}.line"), className="secondary"),
            html.Details(
                [
                    html.Summary(words("data.columns", n=words.count(len(columns)))),
                    html.Dl(columns, className="dictionary"),
                    html.P(
                        [words("data.address"), html.Code(f"{folder}/{dataset.name}.csv")],
                        className="secondary",
                    ),
                ]
            ),
        ],
        className="file",
    )


def _reading(words: Words) -> Component:
    lines = [html.Li(words(f"data.reading.{name}")) for name in ("csv", "json", "codes", "blocked")]
    return card(words("data.reading.title"), html.Ul(lines, className="plain-list"), words("data.units"))


PAGE = Page("data", layout, TOPICS)
