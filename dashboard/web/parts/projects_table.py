"""The list of projects as a table; on a phone each row becomes a name with its numbers under it."""

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.lights import CANCELLED, plan_tone
from dashboard.rules.project_frames import Listed, Projects
from dashboard.web.asked import Asked
from dashboard.web.parts.badge import toned
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.light import light
from dashboard.web.parts.links import anchor
from dashboard.web.parts.table import Cell, Column, folded_table, sorting
from dashboard.web.parts.text import aria, data

Address = Callable[[Listed], str | None]
TONES = {"beyond": "grey", "failed": "grey", "tied": "amber", "chosen": "blue"}


def project_table(
    words: Words, asked: Asked, shown: Projects, rows: Sequence[Listed], total: int, address: Address
) -> Component:
    """Return the rows of one page of the list; `total` rows met the filters."""
    columns = _columns(words, asked)
    head = [
        html.Th(
            anchor(column.head, column.href) if column.href else column.head,
            scope="col",
            role="columnheader",
            className="number" if column.number else None,
            **(aria(sort=column.sorted) if column.sorted else {}),
        )
        for column in columns
    ]
    body = [_row(words, row, address) for row in rows]
    caption = html.Caption(words("projects.list"), className="visually-hidden")
    made = html.Table(
        [
            caption,
            html.Thead(html.Tr(head, role="row"), role="rowgroup"),
            html.Tbody(body, role="rowgroup"),
        ],
        className="rows projects",
        role="table",
    )
    return card(
        words("projects.list"),
        html.Div(made, className="scroll"),
        [words.plural("projects.found", total), "｜", words("projects.list.line")],
        foot=foot(words, source(words, shown, rows), (), saved(words, rows)),
    )


def source(words: Words, shown: Projects, rows: Sequence[Listed]) -> Component:
    """Return where the numbers of the list come from, and as of which day."""
    if all(row.stage == "candidate" for row in rows):
        return html.Span([words("card.source"), words("projects.source.candidates")], className="source")
    day = words("card.as_of", day=words.day(shown.as_of)) if shown.as_of else ""
    text = words("projects.source" if shown.as_of else "projects.source.none")
    return html.Span([words("card.source"), text, day], className="source")


def _columns(words: Words, asked: Asked) -> list[Column]:
    def head(name: str, number: bool = True, first: str = "desc") -> Column:
        return sorting(asked, name, words(f"projects.column.{name}"), number, first)

    return [
        head("number", first="asc"),
        head("name", number=False, first="asc"),
        head("money"),
        head("votes"),
        head("planned"),
        head("share"),
        head("gap", first="asc"),
        Column(words("projects.column.report"), number=True),
    ]


def _row(words: Words, row: Listed, address: Address) -> Component:
    href = address(row)
    name: Cell = data(words, row.name)
    mark = light(words, row.light, word_shown=False) if row.stage != "candidate" else ""
    under: list[Component | str] = [data(words, row.department)] if row.department else []
    under += ["｜", data(words, row.category)] if under else [data(words, row.category)]
    if row.place:
        under += ["｜", data(words, row.place)]
    title = html.Span(
        [
            mark,
            html.Span(
                [anchor(name, href) if href else name, html.Small(under)],
                className="project-name",
            ),
        ],
        className="lit",
    )
    cells: list[Component] = [html.Td(str(row.number), role="cell", className="cell-number number")]
    cells.append(html.Th(title, scope="row", role="rowheader", className="cell-name"))
    cells += [
        _cell("money", words.money(row.budget), words("projects.column.money")),
        _cell("votes", words.count(row.votes), words("projects.column.votes")),
    ]
    if row.stage == "candidate":
        state = row.outcome or "waiting"
        tag = toned(words(f"projects.outcome.{state}"), TONES.get(state, "grey"))
        cells.append(html.Td(tag, colSpan=4, role="cell", className="cell-outcome number"))
    elif row.stage == CANCELLED:
        tag = toned(words("light.cancelled"), "grey")
        cells.append(html.Td(tag, colSpan=4, role="cell", className="cell-outcome number"))
    else:
        actual = words("light.grey") if row.actual is None else words.share(row.actual)
        month = words.month(row.reported) if row.reported else words("projects.no_report")
        cells += [
            _cell("planned", words.share(row.planned), words("projects.column.planned")),
            _cell("share", actual, words("projects.column.share")),
            _cell(
                f"gap gap-{plan_tone(row.light, row.gap)}", words.gap(row.gap), words("projects.column.gap")
            ),
            _cell("report", month, words("projects.column.report")),
        ]
    return html.Tr(cells, role="row")


def _cell(style: str, told: Cell, label: str) -> Component:
    """Return a cell of numbers; on a phone, where the head is out of sight, its label stands before it."""
    return html.Td(
        [html.Span(label, className="cell-label", **aria(hidden="true")), told],
        role="cell",
        className=f"number cell-{style}",
    )


def saved(words: Words, rows: Sequence[Listed]) -> Component:
    """Return the same rows as a plain table, to be saved."""
    heads = ("number", "name", "department", "money", "votes", "planned", "share", "gap", "report")
    columns = [
        Column(words(f"projects.column.{head}"), number=head not in {"number", "name", "department"})
        for head in heads
    ]
    table: list[list[Cell]] = [
        [
            str(row.number),
            data(words, row.name),
            data(words, row.department) if row.department else "—",
            words.money(row.budget),
            words.count(row.votes),
            words.share(row.planned),
            words.share(row.actual),
            words.gap(row.gap),
            words.month(row.reported) if row.reported else "—",
        ]
        for row in rows
    ]
    return folded_table(columns, table, words("projects.list"))
