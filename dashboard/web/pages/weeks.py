"""集中监督周: the weeks of a cycle, opened by the clerk, and what one of them came to."""

import secrets
from uuid import UUID

from dash import Input, Output, State, html
from dash.development.base_component import Component
from pydantic import ValidationError

from dashboard.commands.weeks import NewWeek, open_week
from dashboard.gate import Call
from dashboard.i18n import words
from dashboard.queries.cycles import shown_year
from dashboard.queries.desk import desk
from dashboard.queries.remarks import remarks
from dashboard.queries.weeks import following, turnout, week_year, weeks
from dashboard.rules.refused import Refused
from dashboard.rules.remark_frames import RemarkShown
from dashboard.rules.roles import may
from dashboard.rules.typed_days import read_day
from dashboard.web import addresses
from dashboard.web.addresses import Address
from dashboard.web.context import PageState
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated, tag
from dashboard.web.parts.card import card
from dashboard.web.parts.heading import crumbs, heading
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.notice import notice
from dashboard.web.parts.remarks import remark_list
from dashboard.web.parts.text import aria, data
from dashboard.web.parts.weeks import (
    by_delegation,
    by_department,
    by_project,
    days,
    week_facts,
    week_form,
    week_list,
)
from dashboard.web.wiring import writes

SHOWN = 10


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the weeks of a cycle, and to the clerk the form that opens one."""
    words_ = view.words
    content: list[Component] = [
        heading(words_("place.weeks"), [words_("week.line")], _marks(call, view)),
        html.Div(id="week-told", **aria(live="polite")),
        html.Div(_listed(call, view.address), id="week-list"),
    ]
    if may(call.role, "week.open"):
        projects = {str(one.project_id): one.name for one in desk(call).projects}
        content.append(week_form(words_, projects))
    return html.Div(content, className="stack weeks"), words_("place.weeks")


def one_week(call: Call, view: View) -> tuple[Component, str]:
    """Return one week: what was remarked, what was answered, who took part, what followed."""
    words_, here = view.words, view.address
    # The address may name another cycle: its week is found there all the same.
    year = week_year(call, view.item_id)
    week = next(one for one in weeks(call, year) if one.id == str(view.item_id))
    rows = [one for one in remarks(call, year) if one.week == week.id]
    took_part = turnout(call, view.item_id) if may(call.role, "week.turnout") else None
    tasks_ = following(call, view.item_id) if may(call.role, "task.read") else None
    way = (
        Link(words_("place.remarks"), here.to("remarks").path()),
        Link(words_("place.weeks"), here.to("weeks").path()),
    )
    line: list[Component | str] = [days(words_, week), "｜"]
    line += [words_("week.about_all")] if not week.projects else _about(view, week.projects)
    marks = [tag(words_, week.stage(call.today)), *_marks(call, view)]
    content: list[Component | str] = [
        crumbs(words_, way),
        heading(data(words_, week.title), line, marks),
        week_facts(words_, rows, took_part),
        by_project(words_, rows, tasks_, here),
        _pair(by_department(words_, rows, here), by_delegation(words_, took_part) if took_part else ""),
        _remarks(view, rows, week.id),
    ]
    if not call.is_member:
        content.insert(3, html.P(words_("week.published_only"), className="secondary"))
    return html.Div([one for one in content if one != ""], className="stack weeks"), week.title


def _pair(*cards: Component | str) -> Component | str:
    """Return cards side by side where both are there."""
    known = [one for one in cards if one != ""]
    return html.Div(known, className="pairs") if len(known) > 1 else next(iter(known), "")


def _about(view: View, names: tuple[str, ...]) -> list[Component | str]:
    told: list[Component | str] = []
    for name in names:
        told += [view.words("summary.list"), data(view.words, name)] if told else [data(view.words, name)]
    return told


def _remarks(view: View, rows: list[RemarkShown], week: str) -> Component | str:
    if not rows:
        return ""
    words_, here = view.words, view.address
    every = anchor(words_("week.remarks"), f"{here.to('remarks').path()}?week={week}")
    return card(
        words_("week.remarks.title"), remark_list(words_, rows[:SHOWN], here, of_week=True), end=every
    )


def _listed(call: Call, here: Address) -> Component:
    year = shown_year(call)
    return week_list(words(call.language), weeks(call, year), remarks(call, year), call.today, here)


def _marks(call: Call, view: View) -> list[Component]:
    return [simulated(view.words)] if call.place is not None and call.place.simulated else []


@writes(
    Output("week-list", "children"),
    Output("week-told", "children"),
    Output("week-title", "value"),
    Output("week-request", "data"),
    Input("week-send", "n_clicks"),
    State("week-title", "value"),
    State("week-from", "value"),
    State("week-to", "value"),
    State("week-projects", "value"),
    State("week-publishes", "value"),
    State("week-request", "data"),
)
def open_one(
    call: Call,
    _clicks: int,
    title: str | None,
    first: str | None,
    last: str | None,
    projects: list[UUID] | None,
    publishes: list[str] | None,
    request: str | None,
    page: PageState,
) -> tuple[Component, Component, str, str]:
    """Open a supervision week."""
    try:
        new = NewWeek(
            year=shown_year(call),
            title=title or "",
            from_day=read_day(first or ""),
            to_day=read_day(last or ""),
            projects=tuple(projects or ()),
            publishes=bool(publishes),
            request_id=request or "",
        )
    except ValidationError as error:
        raise Refused("malformed") from error
    made = open_week(call, new)
    language = words(call.language)
    here = addresses.read(page.path) or Address(call.language)
    told = notice(
        "green",
        language("week.told"),
        anchor(language("week.told.go"), here.to("weeks", made).path()),
    )
    return _listed(call, here), told, "", secrets.token_hex(16)


PAGE = Page("weeks", layout, ("supervision", "progress"), item=one_week)
