"""项目进度榜: what is behind first; a bar for the reported share, a tick for the planned one."""

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.frames import Standing
from dashboard.rules.lights import plan_tone
from dashboard.web.parts.light import light
from dashboard.web.parts.links import anchor
from dashboard.web.parts.made import made
from dashboard.web.parts.text import aria, data, hidden

_WHOLE = 10_000


def ranked(rows: Sequence[Standing]) -> list[Standing]:
    """Return standings from the furthest behind to the furthest ahead, those without a gap last."""
    return sorted(rows, key=lambda row: (row.gap is None, row.gap or 0))


def ranking(
    words: Words, rows: Sequence[Standing], address: Callable[[str], str], chosen: str | None = None
) -> Component:
    """Return the ranking as a table of name, bar, share and gap; `address` leads from a project's id to its page."""
    reach = max([_WHOLE, *(share for row in rows for share in (row.actual, row.planned) if share)])
    body = [
        _row(words, row, address(row.project_id), reach, row.project_id == chosen) for row in ranked(rows)
    ]
    return html.Table(
        [
            html.Caption(words("ranking.caption"), className="visually-hidden"),
            html.Thead(_head(words, reach), role="rowgroup"),
            html.Tbody(body, role="rowgroup"),
        ],
        className="ranking",
        role="table",
    )


def _head(words: Words, reach: int) -> Component:
    scale = [made(html.Span, "0"), made(html.Span, "100%", style={"left": _place(_WHOLE, reach)})]
    bar = [
        hidden(words("ranking.bar")),
        made(html.Span, scale, className="track-scale", **aria(hidden="true")),
    ]
    return made(
        html.Tr,
        [
            made(html.Th, words("ranking.name"), className="name", scope="col", role="columnheader"),
            made(html.Th, bar, className="bar", scope="col", role="columnheader"),
            made(
                html.Th, words("ranking.actual"), className="actual number", scope="col", role="columnheader"
            ),
            made(html.Th, words("ranking.gap"), className="gap number", scope="col", role="columnheader"),
        ],
        role="row",
    )


def _row(words: Words, row: Standing, href: str, reach: int, chosen: bool) -> Component:
    name = made(html.Span, [light(words, row.light, word_shown=False), anchor(data(words, row.name), href)])
    actual = words("light.grey") if row.actual is None else words.share(row.actual)
    mark = aria(current="true") if chosen else {}
    return made(
        html.Tr,
        [
            made(html.Th, name, className="name", scope="row", role="rowheader"),
            made(html.Td, track(words, row.actual, row.planned, reach), className="bar", role="cell"),
            made(html.Td, actual, className="actual number", role="cell"),
            made(
                html.Td,
                words.gap(row.gap),
                className=f"gap number gap-{plan_tone(row.light, row.gap)}",
                role="cell",
            ),
        ],
        className="chosen" if chosen else None,
        role="row",
        **mark,
    )


def track(words: Words, actual: int | None, planned: int | None, reach: int = _WHOLE) -> Component:
    """Return the bar; a screen reader gets the planned share, which stands nowhere else in the row."""
    marks: list[Component] = [made(html.Span, className="track-full", style={"left": _place(_WHOLE, reach)})]
    if actual is not None:
        marks.append(made(html.Span, className="track-actual", style={"width": _place(actual, reach)}))
    if planned is not None:
        marks.append(made(html.Span, className="track-planned", style={"left": _place(planned, reach)}))
    told = words("ranking.planned", planned=words.share(planned))
    return made(html.Span, marks, className="track", role="img", title=told, **aria(label=told))


def _place(share: int, reach: int) -> str:
    return f"{share * 100 / reach:.2f}%"
