"""What may be done about an inspection: findings written, files sent, published, corrected, cancelled."""

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.reports.attachments import ACCEPTED, LARGEST_ATTACHMENT
from dashboard.rules.inspection_frames import Inspection
from dashboard.rules.inspections import INSPECTION, LONGEST_FINDINGS, LONGEST_REASON
from dashboard.web.parts.card import card
from dashboard.web.parts.forms import button, field, text_area
from dashboard.web.parts.papers import upload
from dashboard.web.parts.report_files import files_part
from dashboard.web.parts.text import carried, typed
from dashboard.web.uploading import ATTACH

FILES = "visit-files"


def record_card(words: Words, code: str, one: Inspection) -> Component:
    """Return the form of who went: what was found, and the pictures."""
    said = one.findings[-1].text if one.findings else ""
    area = dbc.Textarea(
        id="inspection-text", className="control", maxLength=LONGEST_FINDINGS, rows=6, value=said
    )
    language = "zh" if words.is_chinese else "en"
    send = upload(
        words, words("report.files.add"), f"{ATTACH}{code}/{INSPECTION}/{one.id}?lang={language}", FILES,
        ACCEPTED, LARGEST_ATTACHMENT, primary=False,
    )  # fmt: skip
    # Several at once, each under its own name.
    for name, told in carried(many="1", named="1").items():
        setattr(send, name, told)
    rows = [
        field(
            "inspection-text",
            words("inspection.record.text"),
            typed(area),
            words("inspection.record.text.help"),
        ),
        _carried("inspection-seen", said),
        html.Div(
            button("inspection-record", words("inspection.record.send"), primary=True), className="acts"
        ),
    ]
    files = [
        html.H3(words("inspection.record.files")),
        html.Div(files_part(words, code, one.files, FILES, f"/detach/{code}/{INSPECTION}"), id=FILES),
        html.Div(id=f"{FILES}-told", role="status"),
        html.Div(send, className="acts"),
        html.P(words("report.files.line"), className="help"),
    ]
    return card(
        words("inspection.record"),
        [
            html.Div(rows, className="form wide"),
            html.Div(files, className="visit-send", id="inspection-files"),
        ],
        words("inspection.record.line"),
    )


def publish_part(words: Words, one: Inspection) -> Component:
    """Return the button that publishes what the clerk has read."""
    return html.Div(
        [
            _carried("inspection-digest", one.digest or ""),
            button("inspection-publish", words("inspection.publish"), primary=True),
        ],
        className="acts visit-publish",
    )


def correct_part(words: Words, one: Inspection) -> Component:
    """Return the folded form of a correction: the text that holds, and why it is changed."""
    last = one.findings[-1]
    area = dbc.Textarea(
        id="inspection-corrected", className="control", maxLength=LONGEST_FINDINGS, rows=6, value=last.text
    )
    rows = [
        field("inspection-corrected", words("inspection.correct.text"), typed(area)),
        field(
            "inspection-why", words("inspection.correct.reason"), text_area("inspection-why", LONGEST_REASON),
            words("inspection.correct.help"),
        ),
        _carried("inspection-version", str(last.version)),
        html.Div(button("inspection-correct", words("inspection.correct.send")), className="acts"),
    ]  # fmt: skip
    return _folded(words("inspection.correct"), rows)


def cancel_part(words: Words) -> Component:
    """Return the folded form that cancels a planned inspection."""
    rows = [
        field(
            "inspection-reason",
            words("inspection.cancel.reason"),
            text_area("inspection-reason", LONGEST_REASON),
        ),
        html.Div(button("inspection-cancel", words("inspection.cancel.send")), className="acts"),
    ]
    return _folded(words("inspection.cancel"), rows)


def _folded(label: str, rows: list[Component]) -> Component:
    return html.Details(
        [html.Summary(label), html.Div(rows, className="form wide")], className="visit-more card visit-folded"
    )


def _carried(element_id: str, value: str) -> Component:
    """Return a value that the form carries unseen: what it was filled in from."""
    return dcc.Input(id=element_id, type="hidden", value=value)
