"""The overview page laid out: the finding, four stages, what is behind, the curve, the votes, what to do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from dash import html
from dash.development.base_component import Component

from dashboard.figures.ranking_rows import ranking_rows
from dashboard.i18n import Words
from dashboard.rules.frames import Overview, Standing
from dashboard.rules.lights import is_late
from dashboard.web.parts.alerts import alerts
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import behind as behind_chart
from dashboard.web.parts.card import card, download, foot
from dashboard.web.parts.empty import empty
from dashboard.web.parts.forms import act
from dashboard.web.parts.graph import pictured
from dashboard.web.parts.heading import heading
from dashboard.web.parts.headline import overview_finding
from dashboard.web.parts.light import key
from dashboard.web.parts.links import Link, linked
from dashboard.web.parts.ranking import ranked, ranking
from dashboard.web.parts.strip import strip
from dashboard.web.parts.table import Cell, Column, folded_table
from dashboard.web.parts.text import Content, data, printed
from dashboard.web.parts.upcoming import upcoming


@dataclass(frozen=True, slots=True)
class OverviewLinks:
    """Where the overview leads: `project` makes an address from a project's id.

    `stages` leads from a stage's key, `acts` are the one or two things to do, the last of them the primary one.
    """

    project: Callable[[str], str]
    projects: str
    alerts: str | None = None
    stages: Mapping[str, str] = field(default_factory=dict)
    acts: Sequence[Link] = ()


def overview_body(
    words: Words,
    overview: Overview,
    curve_card: Component,
    tally_card: Component,
    links: OverviewLinks,
    chosen: str | None = None,
) -> Component:
    """Return the cards in order of reading; from 1200 pixels the curve stands left of the ranking."""
    return html.Div(
        [
            html.Div(_ranking(words, overview, links, chosen), className="area-ranking"),
            html.Div(curve_card, className="area-curve"),
            html.Div(tally_card, className="area-tally"),
            html.Div(_care(words, overview, links), className="area-care"),
            *([html.Div(_invitation(words, links.acts), className="area-acts")] if links.acts else []),
        ],
        className="overview",
    )


def overview_head(
    words: Words, overview: Overview, links: OverviewLinks, live: Component | None = None
) -> Component:
    """Return the finding and the four stages, which stand before everything else."""
    end = [*([live] if live else []), *([simulated(words)] if overview.simulated else [])]
    return html.Div(
        [
            heading(printed(words, overview_finding(words, overview)), _line(words, overview), end),
            strip(words, overview.stages, links.stages),
        ]
    )


def _line(words: Words, overview: Overview) -> Content:
    between = words("overview.between") if overview.as_of else ""
    line: list[Component | str] = [
        html.Span([data(words, overview.congress), between], className="off-phone")
    ]
    if overview.as_of:
        line.append(words("overview.as_of", day=words.day(overview.as_of)))
    if overview.published:
        published = words("overview.published", day=words.day_of_year(overview.published))
        line.append(html.Span(published, className="off-phone"))
    return line


def _ranking(words: Words, overview: Overview, links: OverviewLinks, chosen: str | None) -> Component:
    rows = overview.ranking
    if not rows:
        return card(words("ranking.title"), empty(words("ranking.none"), words("ranking.none.since")))
    behind = any(is_late(row.light, row.gap) for row in rows)
    title = [
        html.Span(words("ranking.title"), className="off-phone" if behind else None),
        html.Span(words("ranking.behind") if behind else "", className="on-phone"),
    ]
    month = words.month(overview.as_of) if overview.as_of else "—"
    subtitle = [
        html.Span(words("ranking.subtitle", month=month), className="off-phone"),
        html.Span(words("ranking.first_five"), className="on-phone"),
    ]
    every = html.Span(
        linked(Link(words("overview.all_projects"), links.projects)), className="card-acts off-phone"
    )
    below = html.Div(
        [
            key(words, overview.lights),
            html.Span(words("ranking.unit"), className="off-phone"),
            behind_chart(words, _exact(words, rows)),
            download(words),
            every,
        ],
        className="card-foot",
    )
    table = pictured(
        html.Div(ranking(words, rows, links.project, chosen)),
        "overview-ranking",
        lambda: ranking_rows(ranked(rows), words, "light"),
    )
    onward = Link(words("ranking.all", n=words.count(len(rows))), links.projects)
    return card(title, table, subtitle, foot=below, onward=onward)


def _exact(words: Words, rows: Sequence[Standing]) -> Component:
    """Return the ranking as a plain table, to be read and saved."""
    heads = ("ranking.name", "projects.column.department", "compare.planned", "ranking.actual", "ranking.gap")
    columns = [Column(words(head), number=place > 1) for place, head in enumerate(heads)]
    table: list[list[Cell]] = [
        [
            data(words, row.name),
            data(words, row.department) if row.department else "—",
            words.share(row.planned),
            words.share(row.actual),
            words.gap(row.gap),
        ]
        for row in ranked(rows)
    ]
    return folded_table(columns, table, words("ranking.caption"))


def _care(words: Words, overview: Overview, links: OverviewLinks) -> Component:
    body = [
        alerts(words, overview.alerts, links.project),
        html.Div(
            [html.H3(words("upcoming.title")), upcoming(words, overview.upcoming)], className="card-part"
        ),
    ]
    below = foot(words, acts=[Link(words("alert.all"), links.alerts)]) if links.alerts else None
    return card(words("alert.title"), body, words("alert.subtitle"), foot=below)


def _invitation(words: Words, acts: Sequence[Link]) -> Component:
    head = html.Div(
        [html.H2(words("invitation.title")), html.P(words("invitation.line"), className="card-subtitle")]
    )
    buttons = [act(link, primary=link is acts[-1]) for link in acts]
    return html.Section([head, html.Div(buttons, className="acts")], className="card invitation")
