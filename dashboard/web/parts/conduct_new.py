"""The form with which a clerk begins a round."""

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.conduct_frames import Choices
from dashboard.rules.rounds import ADOPTION, PRACTICE
from dashboard.web.parts.card import card
from dashboard.web.parts.conduct_prepare import rule_set_name
from dashboard.web.parts.forms import button, choice, field, one_of, text_input

# What most congresses vote by: up to as many marks as there are places.
USUAL = "adoption-mark@1"


def new_card(words: Words, known: Choices) -> Component:
    """Return the form: what for, under which rules, at which meeting."""
    purposes: dict[str, Component | str] = {
        purpose: html.Span(
            [html.Strong(words(f"conduct.new.{purpose}")), html.Span(words(f"conduct.new.{purpose}.line"))],
            className="conduct-waiting",
        )
        for purpose in (ADOPTION, PRACTICE)
    }
    sets = {found.reference: rule_set_name(words, found) for found in known.rule_sets}
    meetings = {str(key): name for key, name in known.meetings}
    rows = [
        one_of("new-purpose", purposes, ADOPTION),
        field(
            "new-rules",
            words("conduct.rule_set"),
            choice("new-rules", sets, words("conduct.rule_set"), USUAL if USUAL in sets else None),
        ),
        field(
            "new-meeting",
            words("conduct.meeting"),
            choice(
                "new-meeting", meetings, words("conduct.meeting"), next(iter(meetings), None),
                words("conduct.meeting.none"),
            ),
        ),
        _meeting(words),
        html.Div(button("new-send", words("conduct.new.send"), primary=True), className="acts"),
        html.Div(id="new-told"),
    ]  # fmt: skip
    fold = html.Details(
        [html.Summary(words("conduct.new.ask")), html.Div(rows, className="form")], className="conduct-more"
    )
    return card(words("conduct.new"), fold, words("conduct.new.line"), style="conduct")


def _meeting(words: Words) -> Component:
    """Return the form that enters a meeting which is not on the list."""
    rows = [
        field(
            "meeting-name",
            words("conduct.meeting.name"),
            text_input("meeting-name", maxLength=200),
            words("conduct.meeting.name.help"),
        ),
        field(
            "meeting-opens",
            words("conduct.meeting.opens"),
            text_input("meeting-opens", maxLength=10),
            words("conduct.meeting.day.help"),
        ),
        field("meeting-closes", words("conduct.meeting.closes"), text_input("meeting-closes", maxLength=10)),
        html.Div(button("meeting-send", words("conduct.meeting.send")), className="acts"),
        html.Div(id="new-meeting-told"),
    ]
    summary = html.Summary(words("conduct.meeting.ask"))
    return html.Details([summary, html.Div(rows, className="form")], className="conduct-more")
