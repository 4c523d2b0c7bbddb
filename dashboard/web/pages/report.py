"""填报月报: what a department has to report, and the form of one project and month."""

from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.queries.cycles import shown_year
from dashboard.queries.desk import desk
from dashboard.queries.report_due import reports_due
from dashboard.queries.report_form import report_form
from dashboard.reports.attachments import ACCEPTED, LARGEST_ATTACHMENT
from dashboard.rules.progress import month_end
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role, may
from dashboard.web import report_acts
from dashboard.web.asked import asked
from dashboard.web.context import badge
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card
from dashboard.web.parts.heading import crumbs, heading
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.notice import notice
from dashboard.web.parts.report_due import due_card
from dashboard.web.parts.report_form import due_line, form, months_nav, standing
from dashboard.web.parts.report_read import read_card
from dashboard.web.parts.report_sheets import sheets_card
from dashboard.web.parts.report_words import full_month
from dashboard.web.parts.text import Sentence, data, printed, spoken
from dashboard.web.uploading import SHEETS

# What is sent from the form, kept beside it.
ACTS = (report_acts,)


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return what the department has to report in this cycle."""
    words = view.words
    if not may(call.role, "report.submit"):
        raise Refused("sign_in_first" if call.role is Role.PUBLIC else "not_allowed")
    here = view.address
    due = due_card(words, reports_due(call, call.year), lambda item: here.to("report", item).path())
    links = [
        html.Li(anchor(data(words, one.name), here.to("report", one.project_id).path()))
        for one in desk(call).projects
    ]
    own = card(words("report.own"), html.Ul(links, className="monthly-own"), words("report.own.line"))
    months = sorted({one.month for one in reports_due(call, call.year)}, reverse=True)
    code, year = call.place.code if call.place is not None else "", shown_year(call)
    sheets = sheets_card(words, f"{SHEETS}{code}/{year}", months, here.language)
    head = heading(words("report.due.title"), [data(words, _place(call))], _marks(call, view))
    return html.Div([head, due, *sheets, *([own] if links else [])], className="slim"), words(
        "report.due.title"
    )


def one_report(call: Call, view: View) -> tuple[Component, str]:
    """Return the form of a project's month; to the clerk what stands in it so far."""
    words, here = view.words, view.address
    one = report_form(call, view.item_id, _month(view))
    facts = {"month": full_month(words, one.month)}
    title = Sentence(f"report.title.{'corrects' if one.corrects else 'fill'}", facts, {"project": one.name})
    line = [
        due_line(words, one),
        "｜",
        data(words, one.department or _place(call)),
        "｜",
        data(words, one.target.target),
    ]
    way = (
        Link(words("place.desk"), here.to("desk").path()),
        Link(words("report.project"), here.to("projects", one.number).path()),
    )
    code = call.place.code if call.place is not None else ""
    months = months_nav(words, one, here.path())
    content: list[Component] = [
        crumbs(words, way),
        heading(printed(words, title), line, _marks(call, view)),
    ]
    if may(call.role, "report.draft"):
        written = form(words, code, one, badge(call.actor), ACCEPTED, LARGEST_ATTACHMENT)
        content.append(html.Div([months, *standing(words, one), written], id="report-body"))
    else:
        told = notice("grey", words("report.read"), words("report.read.do"))
        content += [months, told, read_card(words, code, one)]
    return html.Div(content, className="slim monthly"), spoken(words, title)


def _month(view: View) -> date | None:
    """Return the month that the address asks for; one that cannot be read is told as not there."""
    wanted = asked(view.address.path(), view.search, {"month": None}).get("month")
    if not wanted:
        return None
    try:
        return month_end(date.fromisoformat(f"{wanted}-01"))
    except ValueError as error:
        raise Refused("not_found") from error


def _place(call: Call) -> str:
    return call.place.name if call.place is not None else ""


def _marks(call: Call, view: View) -> list[Component]:
    return [simulated(view.words)] if call.place is not None and call.place.simulated else []


PAGE = Page("report", layout, ("progress",), item=one_report)
