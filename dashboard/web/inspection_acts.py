"""What is pressed on the page of an inspection: findings saved, published, corrected, a visit cancelled."""

from dash import Input, Output, State
from dash.development.base_component import Component

from dashboard.commands.inspection_findings import correct_findings, record_findings
from dashboard.commands.inspections import cancel_inspection, publish_inspection
from dashboard.gate import Call
from dashboard.i18n import Words, words
from dashboard.queries.inspections import inspection
from dashboard.rules.refused import Refused
from dashboard.web.context import PageState
from dashboard.web.inspection_views import body_view, inspection_on
from dashboard.web.parts.inspection_words import state_tag
from dashboard.web.parts.notice import notice
from dashboard.web.wiring import writes

Drawn = tuple[list[Component], Component, Component, Component]
DRAWN = (
    # What was refused before is not so any more.
    Output("notice", "children", allow_duplicate=True),
    Output("inspection-told", "children", allow_duplicate=True),
    Output("inspection-state", "children", allow_duplicate=True),
    Output("inspection-body", "children", allow_duplicate=True),
)


@writes(
    *DRAWN[:-1],
    Output("inspection-seen", "value"),
    Input("inspection-record", "n_clicks"),
    State("inspection-text", "value"),
    State("inspection-seen", "value"),
)
def send_findings(
    call: Call, _clicks: int, text: str | None, seen: str | None, page: PageState
) -> tuple[list[Component], Component, Component, str]:
    """Keep what was found, for the clerk to publish; the form stays, since somebody may be writing on."""
    record_findings(call, inspection_on(page)[1], text or "", seen or "")
    language = words(call.language)
    one = inspection(call, inspection_on(page)[1])
    return [], _told(language, "recorded"), state_tag(language, one.state), one.findings[-1].text


@writes(*DRAWN, Input("inspection-publish", "n_clicks"), State("inspection-digest", "value"))
def send_publication(call: Call, _clicks: int, digest: str | None, page: PageState) -> Drawn:
    """Publish what the clerk has read."""
    publish_inspection(call, inspection_on(page)[1], digest or "")
    return _drawn(call, page, "published")


@writes(
    *DRAWN,
    Input("inspection-correct", "n_clicks"),
    State("inspection-corrected", "value"),
    State("inspection-why", "value"),
    State("inspection-version", "value"),
)
def send_correction(
    call: Call, _clicks: int, text: str | None, reason: str | None, version: str | None, page: PageState
) -> Drawn:
    """Publish a later version of what was found."""
    if version is None or not version.isdecimal() or len(version) > 4:
        raise Refused("malformed")
    correct_findings(call, inspection_on(page)[1], text or "", reason or "", int(version))
    return _drawn(call, page, "corrected")


@writes(*DRAWN, Input("inspection-cancel", "n_clicks"), State("inspection-reason", "value"))
def send_cancellation(call: Call, _clicks: int, reason: str | None, page: PageState) -> Drawn:
    """Cancel a planned visit."""
    cancel_inspection(call, inspection_on(page)[1], reason or "")
    return _drawn(call, page, "cancelled")


def _drawn(call: Call, page: PageState, told: str) -> Drawn:
    """Return the page drawn again after an act, under a notice of it."""
    here, inspection_id = inspection_on(page)
    language = words(call.language)
    one = inspection(call, inspection_id)
    return [], _told(language, told), state_tag(language, one.state), body_view(call, language, one, here)


def _told(language: Words, told: str) -> Component:
    return notice("green", language(f"inspection.told.{told}"), language(f"inspection.told.{told}.do"))
