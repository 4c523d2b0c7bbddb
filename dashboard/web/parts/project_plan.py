"""By what a project is measured and how it was judged: versions of its plan, milestones, grades."""

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.plan_frames import PlanVersion
from dashboard.rules.project_frames import Graded, ProjectPage
from dashboard.rules.project_frames import Step as Milestone
from dashboard.rules.rates import rate
from dashboard.web.parts.badge import toned
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.links import Link
from dashboard.web.parts.notice import notice
from dashboard.web.parts.plan_versions import months_beside, side_by_side, sides
from dashboard.web.parts.plan_words import quantity_text
from dashboard.web.parts.table import Cell, Column, table
from dashboard.web.parts.text import Content, aria, data


def plan_card(
    words: Words, page: ProjectPage, way: Link | None = None, waits: str | None = None
) -> Component:
    """Return the plan in force with its milestones, and every version side by side where there are several.

    `way` leads those whose work it is to the plan's own page; `waits` tells them what is under way there.
    """
    force = page.plan()
    if force is None or not force.months:
        line: Content = words("project.plan.calendar.line")
    else:
        line = words("project.plan.line", n=words.count(len(force.months)), due=words.day(force.due))
    body: list[Component] = [html.P(line)]
    if waits is not None:
        body.append(notice("amber", waits))
    if force is not None:
        body.append(_facts(words, force))
    if page.steps:
        body.append(_steps(words, page))
    beside: list[Component] = []
    if len(page.plans) > 1:
        columns, caption = sides(words, page.voted, page.plans), words("plan.sides")
        beside = [side_by_side(words, columns, caption), months_beside(words, columns, caption)]
    acts = (way,) if way is not None else ()
    return card(
        words("project.plan.title"),
        [html.Div(body, className="talk"), *beside],
        foot=foot(words, words("project.plan.source"), acts),
        element_id="plan",
    )


def _facts(words: Words, force: PlanVersion) -> Component:
    """Return what the plan in force says beside its months."""
    content = force.content
    told: list[tuple[str, Content]] = [
        ("quantity", quantity_text(words, content)),
        ("budget", words.money(content.budget)),
        ("due", words.day(force.due)),
        ("leader", data(words, content.leader) if content.leader else ""),
        ("lead", data(words, force.lead) if force.lead else ""),
        ("partners", data(words, words("summary.list").join(force.partners)) if force.partners else ""),
    ]
    pairs = [
        html.Div([html.Dt(words(f"plan.side.{name}")), html.Dd(value)])
        for name, value in told
        if value and value != "—"
    ]
    return html.Dl(pairs, className="plan-facts")


def _steps(words: Words, page: ProjectPage) -> Component:
    columns = [
        Column(words("project.step.name")),
        Column(words("project.step.share"), number=True),
        Column(words("project.step.due")),
        Column(words("project.step.state")),
    ]
    rows: list[list[Cell]] = [
        [
            html.Span(
                [data(words, one.name), html.Small(data(words, one.evidence)) if one.evidence else ""],
                className="project-name",
            ),
            words.share(one.share),
            words.day_of_year(one.due) if one.due.year == page.year else words.day(one.due),
            _reached(words, page, one),
        ]
        for one in page.steps
    ]
    return table(columns, rows, words("project.plan.title"))


def _reached(words: Words, page: ProjectPage, one: Milestone) -> Component:
    if one.reached is not None:
        late = one.reached > one.due
        key = "project.step.late" if late else "project.step.reached"
        return toned(words(key, month=words.month(one.reached)), "amber" if late else "blue")
    if one.due < page.today:
        return toned(words("project.step.overdue"), "red")
    return toned(words("project.to_come"), "grey")


def grades_card(words: Words, page: ProjectPage) -> Component | None:
    """Return how the project was graded at the year's end; nothing before that."""
    if not page.graded:
        return None
    body = [_graded(words, one) for one in page.graded]
    day = page.graded[0].day
    source = [words("card.source"), data(words, page.graded[0].body), words("card.as_of", day=words.day(day))]
    return card(
        _title(words, page.graded[0]),
        html.Div(body, className="talk"),
        words("project.graded.line"),
        foot=foot(words, html.Span(source, className="source")),
    )


def _title(words: Words, one: Graded) -> str:
    good = one.satisfied + one.basically
    return words(
        "project.graded.title",
        rate=words.share(rate(good, one.total)),
        n=words.count(good),
        total=words.count(one.total),
    )


def _graded(words: Words, one: Graded) -> Component:
    counts = (("satisfied", one.satisfied), ("basically", one.basically), ("dissatisfied", one.dissatisfied))
    bar = html.Div(
        [
            html.I(className=f"grade-{name}", style={"width": f"{count * 100 / max(one.total, 1):.2f}%"})
            for name, count in counts
        ],
        className="graded-bar",
        **aria(hidden="true"),
    )
    told = [
        html.Span(
            [
                html.I(className=f"graded-key grade-{name}"),
                words(f"grades.{name}"),
                " ",
                html.Strong(words.count(n)),
            ]
        )
        for name, n in counts
    ]
    return html.Div(
        [html.P(data(words, one.body), className="secondary"), bar, html.P(told, className="graded-key-line")]
    )
