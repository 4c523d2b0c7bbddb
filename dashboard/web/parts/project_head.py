"""The head of one project's page: its name and light, who answers for it, the facts, its way."""

from fractions import Fraction
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.figures.curve_words import slip_text
from dashboard.i18n import Words
from dashboard.rules.earned_value import earned_value, hundredths
from dashboard.rules.lights import CANCELLED, plan_tone
from dashboard.rules.progress import Plan
from dashboard.rules.project_frames import ProjectPage
from dashboard.rules.project_way import Event, events
from dashboard.web.addresses import Address
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card
from dashboard.web.parts.facts import Fact, facts_card
from dashboard.web.parts.heading import crumbs
from dashboard.web.parts.light import light_tag
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.notice import notice
from dashboard.web.parts.text import Content, Sentence, data, printed
from dashboard.web.parts.way import Step, way

# Names of an event's facts that are shares, differences of shares, or days.
SHARES, GAPS, DAYS = {"rate", "share"}, {"gap"}, {"due"}


def project_head(words: Words, page: ProjectPage, here: Address, is_simulated: bool) -> list[Component]:
    """Return the way from the list, the name with its light, the responsible, and the button that prints."""
    listed = here.to("projects")
    category = page.row.category
    path = (
        Link(words("place.projects"), listed.path()),
        Link(words("shell.cycle", year=str(page.year))),
        Link(category, f"{listed.path()}?category={category}", lang=None if words.is_chinese else "zh-CN"),
    )
    # The light stands beside the title: the window is called by the name alone.
    named = html.Div(
        [html.H1(data(words, page.row.name)), light_tag(words, page.row.light)], className="named"
    )
    line = html.P(_line(words, page, here), className="secondary")
    end = [print_button(words), *([simulated(words)] if is_simulated else [])]
    parts = [html.Div([named, line], className="heading-words"), html.Div(end, className="heading-end")]
    return [crumbs(words, path), html.Div(parts, className="heading")]


def cancelled_part(words: Words, page: ProjectPage) -> Component | None:
    """Return who cancelled the project, when and by which document; nothing where it was not."""
    plan = page.plan()
    if page.row.stage != CANCELLED or plan is None:
        return None
    line = words(
        "project.cancelled.line",
        day=words.day(plan.decided_on or plan.approved),
        body=words(f"plan.body.{plan.decided_by}") if plan.decided_by else "—",
        document=plan.document or "—",
    )
    return notice("grey", line, words("project.cancelled.do"))


def print_button(words: Words) -> Component:
    """Return the button that prints the page, see assets/print.js; paper and a phone's dialogue have none."""
    marked: dict[str, Any] = {"data-print": "page"}
    return html.Button(words("project.print"), type="button", className="button print", **marked)


def _line(words: Words, page: ProjectPage, here: Address) -> Content:
    row = page.row
    told: list[list[Component | str]] = []
    if row.department and row.department_id:
        who = printed(words, Sentence("project.by", {}, {"department": row.department}))
        told.append([anchor(who, here.to("departments", row.department_id).path())])
    if page.leader:
        told.append([words("project.leader"), data(words, page.leader)])
    told.append([data(words, page.target)])
    if row.place:
        told.append([data(words, row.place)])
    line: list[Component | str] = []
    for one in told:
        line += ["｜", *one] if line else one
    return line


def project_facts(words: Words, page: ProjectPage) -> Component:
    """Return planned, actual, gap, index, forecast and money, as of the last month that counts for the project."""
    curve = page.curve
    last = curve.actual[-1] if len(curve.actual) > 1 else None
    month = words.month(curve.as_of)
    planned = last - curve.gap if last is not None and curve.gap is not None else page.row.planned
    row = [
        Fact(words("project.fact.planned", month=month), words.share(planned)),
        Fact(
            words("project.fact.actual"),
            html.Span(
                words("light.grey") if last is None else words.share(last),
                className="faint" if last is None else "actual-share",
            ),
        ),
        Fact(
            words("project.fact.gap"),
            html.Span(words.gap(curve.gap), className=f"gap-{plan_tone(curve.light, curve.gap)}"),
            words("project.points") if curve.gap is not None else None,
        ),
        _indexes(words, page, last),
        _finish(words, page),
        Fact(
            words("project.fact.paid"),
            words.money(curve.paid),
            f"/ {words.money(curve.budget)}" if curve.budget else None,
        ),
    ]
    return facts_card(row)


def _indexes(words: Words, page: ProjectPage, last: int | None) -> Fact:
    """Return SPI, and beside it CPI where it is known what was paid of which budget."""
    curve = page.curve
    plan = Plan(curve.start, curve.planned_finish, curve.planned_days, curve.planned, curve.stepped)
    found = earned_value(plan, curve.as_of, last, curve.paid, curve.budget)
    cost = found.cost_index
    after = words("project.fact.cost_index", index=_index(cost)) if cost is not None else None
    return Fact(words("project.fact.index"), _index(found.schedule_index), after)


def _index(value: Fraction | None) -> str:
    """Return an index with two decimals, half up."""
    parts = hundredths(value)
    return "—" if parts is None else f"{parts // 100}.{parts % 100:02d}"


def _finish(words: Words, page: ProjectPage) -> Fact:
    """Return when the project will be done, or in which month it was."""
    curve = page.curve
    forecast = curve.forecast
    if curve.is_done and forecast is not None:
        return Fact(words("project.fact.done"), words.month(forecast.finish), slip_text(forecast.slip, words))
    if forecast is None:
        return Fact(words("project.fact.finish"), "—")
    late = html.Span(
        slip_text(forecast.slip, words), className="gap-red" if forecast.slip > 0 else "gap-green"
    )
    return Fact(words("project.fact.finish"), words.day(forecast.finish), late)


def way_card(words: Words, page: ProjectPage) -> Component | None:
    """Return the way from a suggestion to acceptance; nothing where nothing has happened yet."""
    known = events(page)
    if not known:
        return None
    gone = sum(one.kind != "to-come" for one in known)
    steps = [_step(words, page.year, one) for one in known]
    title = words.plural("project.way", gone) if gone else words("project.way.none")
    return card(title, way(steps), style="way-card")


def _step(words: Words, year: int, event: Event) -> Step:
    if event.code == "ordered":
        day = words("project.way.month", year=str(event.day.year), month=words.month(event.day))
    else:
        day = words.day_of_year(event.day) if event.day.year == year else words.day(event.day)
    return Step(day, words(f"project.way.{event.code}"), html.Span(_note(words, event)), event.kind)


def _note(words: Words, event: Event) -> list[Component | str]:
    """Return what a step says beside its name: its facts, and where or by whom."""
    key = f"project.way.{event.code}.note"
    note: list[Component | str] = [words(key, **_facts(words, event))] if event.facts else []
    area, who = event.names.get("area"), event.names.get("who")
    if area and event.facts.get("here"):
        note += printed(words, Sentence("project.way.here", {"n": str(event.facts["here"])}, {"area": area}))
    if who:
        note.append(data(words, who))
    return note


def _facts(words: Words, event: Event) -> dict[str, str]:
    told = {}
    for name, value in event.facts.items():
        if name in GAPS:
            told[name] = words.gap(abs(value)).lstrip("+")  # type: ignore[arg-type]  # A gap is a whole number.
        elif name in SHARES:
            told[name] = words.share(value)  # type: ignore[arg-type]  # A share too.
        elif name in DAYS:
            told[name] = words.day_of_year(value)  # type: ignore[arg-type]  # These are days.
        else:
            told[name] = words.count(value) if isinstance(value, int) else str(value)
    return told
