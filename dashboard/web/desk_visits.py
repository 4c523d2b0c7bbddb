"""What the desk shows of supervision on the spot: own projects and visits, for the clerk those to be published."""

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.i18n import Words
from dashboard.queries.cycles import shown_year
from dashboard.queries.inspections import inspections_due
from dashboard.queries.own import own
from dashboard.rules.refused import Refused
from dashboard.rules.roles import Role
from dashboard.web.addresses import Address
from dashboard.web.parts.card import card
from dashboard.web.parts.inspection_list import agenda_item
from dashboard.web.parts.links import Link
from dashboard.web.parts.own import projects_list


def visit_cards(call: Call, words: Words, here: Address) -> list[Component]:
    """Return the cards of a deputy or the clerk; nothing for other roles, before the first cycle, or without any."""
    if call.role not in {Role.DEPUTY, Role.CLERK}:
        return []
    try:
        year = shown_year(call)
    except Refused as refused:
        if refused.code != "no_cycle":
            raise
        return []
    cards = []
    known = own(call, year) if call.role is Role.DEPUTY else None
    if known is not None and known.projects:
        rows = projects_list(words, known.projects, lambda number: here.to("projects", number).path())
        cards.append(card(words("desk.supervised"), rows, words("desk.supervised.line")))
    due = inspections_due(call, year)
    if due:
        goes = call.role is Role.DEPUTY
        title = words("desk.visits" if goes else "desk.visits.clerk")
        line = words("desk.visits.line" if goes else "desk.visits.clerk.line")
        rows = html.Ul([agenda_item(words, one, here) for one in due], className="visits")
        every = Link(words("inspection.all"), here.to("inspections").path())
        cards.append(card(title, rows, line, onward=every))
    return cards
