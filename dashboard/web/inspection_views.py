"""The page of an inspection drawn from its query, at its opening and again after every act."""

from uuid import UUID

from dash import html
from dash.development.base_component import Component

from dashboard.gate import Call
from dashboard.i18n import Words
from dashboard.rules.inspection_frames import Inspection
from dashboard.rules.inspections import HELD, PUBLISHED
from dashboard.rules.roles import may
from dashboard.web import addresses
from dashboard.web.addresses import Address
from dashboard.web.context import PageState
from dashboard.web.parts.inspection_acts import cancel_part, correct_part, publish_part, record_card
from dashboard.web.parts.inspection_body import files_card, findings_card, going_card, standing
from dashboard.web.parts.notice import notice


def inspection_on(page: PageState) -> tuple[Address, UUID]:
    """Return the address of an open page of an inspection, and the inspection."""
    return addresses.thing_on(page.path, "inspections")


def body_view(call: Call, words: Words, one: Inspection, here: Address) -> Component:
    """Return everything under the heading: what is known, and the acts of who looks at it."""
    code = call.place.code if call.place is not None else ""
    writes = one.may_record and one.day <= one.today
    left: list[Component | None] = [*standing(words, one)]
    if writes:
        left.append(record_card(words, code, one))
    else:
        if one.may_record:
            left.append(
                notice("grey", words("inspection.own", day=words.day(one.day)), words("inspection.own.do"))
            )
        left += [findings_card(words, one), files_card(words, code, one)]
    if one.state == HELD and may(call.role, "inspection.publish"):
        left.append(publish_part(words, one))
    if one.state == PUBLISHED and may(call.role, "inspection.correct"):
        left.append(correct_part(words, one))
    if one.may_cancel:
        left.append(cancel_part(words))
    return html.Div(
        [
            html.Div([one for one in left if one is not None], className="span-8 stack"),
            html.Div(going_card(words, one, here), className="span-4 stack"),
        ],
        className="columns",
    )
