"""The rows of a plan's form: its milestones, and a row for every month to its last day."""

from datetime import date
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.plan_frames import PlanDesk
from dashboard.web.parts.plan_controls import Wrong, ask, control_id, line_input
from dashboard.web.parts.plan_words import problem_text
from dashboard.web.parts.table import scrolled
from dashboard.web.typed_plan import MOST_ROWS, STEP, Typed, day_or_none, months_to, rows_of


def milestones_part(words: Words, typed: Typed, wrong: Wrong, more: int = 1) -> list[Component]:
    """Return the milestones as rows, and so many empty ones."""
    rows = [_step(words, place, typed, wrong) for place in range(min(rows_of(typed) + more, MOST_ROWS))]
    problem = wrong.get("milestones")
    told = [html.P(problem_text(words, problem), className="error")] if problem is not None else []
    return [
        html.H3(words("plan.milestones"), id=control_id("milestones")),
        *told,
        html.Ol(rows, className="plan-steps"),
        html.P(words("plan.milestones.help"), className="help"),
        html.Div(ask(words, "row", "plan.milestones.more"), className="acts"),
    ]


def _step(words: Words, place: int, typed: Typed, wrong: Wrong) -> Component:
    cells = []
    for part in STEP:
        name = f"milestones.{place}.{part}"
        more: dict[str, Any] = (
            {"inputMode": "decimal", "maxLength": 8} if part == "share" else {"maxLength": 80}
        )
        cells.append(_cell(words, name, f"plan.step.{part}", typed, wrong, f"plan-step-{part}", **more))
    return html.Li(cells)


def _cell(
    words: Words, name: str, key: str, typed: Typed, wrong: Wrong, style: str, **more: Any
) -> Component:
    """Return one field of a row: its label stands above it, its problem under the label."""
    problem = wrong.get(name)
    told: list[Component] = []
    if problem is not None:
        told.append(html.P(problem_text(words, problem), className="error", id=f"{control_id(name)}-error"))
    label = html.Label(words(key), htmlFor=control_id(name))
    look = f"field {style}{' wrong' if problem is not None else ''}"
    return html.Div([label, *told, line_input(name, typed, **more)], className=look)


def months_part(words: Words, desk: PlanDesk, typed: Typed, wrong: Wrong) -> list[Component]:
    """Return a row for every month to the last day of the plan: its share where it is entered, its money."""
    months = months_to(desk.start, day_or_none(typed.get("due", "")))
    if not months:
        return [html.P(words("plan.months.none"), className="help")]
    head = html.Tr(
        [
            html.Th(words("plan.months.month"), scope="col"),
            html.Th(words("plan.months.share"), scope="col", className="plan-share number"),
            html.Th(words("plan.months.money"), scope="col", className="number"),
        ]
    )
    paid = _paid(desk)
    rows = [_month(words, desk, end, typed, wrong, end in paid) for end in months]
    table = html.Table(
        [
            html.Caption(words("plan.months"), className="visually-hidden"),
            html.Thead(head),
            html.Tbody(rows),
        ],
        className="rows plan-months",
    )
    return [
        html.H3(words("plan.months")),
        html.P(words("plan.months.help"), className="help"),
        scrolled(table, words("plan.months")),
        html.Div(ask(words, "spread", "plan.months.spread"), className="acts"),
    ]


def _month(words: Words, desk: PlanDesk, end: date, typed: Typed, wrong: Wrong, is_paid: bool) -> Component:
    """Return the row of a month; one that is over cannot be changed."""
    name, is_over = f"months.{end:%Y-%m}", end in desk.past
    label = words.month(end)
    if end.year != desk.start.year:
        label = words("plan.months.of", year=str(end.year), month=label)
    over = html.Small(words("plan.months.over")) if is_over else ""
    share = _number(words, f"{name}.share", typed, wrong, is_over, label)
    money = _number(words, f"{name}.money", typed, wrong, is_paid, label)
    return html.Tr(
        [
            html.Th([label, over], scope="row"),
            html.Td(share, className="plan-share number"),
            html.Td(money, className="number"),
        ]
    )


def _paid(desk: PlanDesk) -> set[date]:
    """Return the months over whose planned money stays as it was."""
    known = desk.force.content.months if desk.force is not None else ()
    return {one.month for one in known if one.month in desk.past and one.money is not None}


def _number(words: Words, name: str, typed: Typed, wrong: Wrong, is_fixed: bool, month: str) -> Component:
    problem, part = wrong.get(name), name.rpartition(".")[2]
    fixed: dict[str, Any] = {"readOnly": True} if is_fixed else {}
    told = words(f"plan.months.{part}.of", month=month)
    made: list[Component] = [
        html.Label(told, htmlFor=control_id(name), className="visually-hidden"),
        line_input(name, typed, inputMode="decimal", maxLength=20, **fixed),
    ]
    if problem is not None:
        made.insert(0, html.P(problem_text(words, problem), className="error"))
    return html.Div(made, className="field wrong" if problem is not None else "field")
