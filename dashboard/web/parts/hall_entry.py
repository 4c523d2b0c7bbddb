"""The way into the hall: a code and four digits in two large fields, and what goes on for who is in."""

import json
from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.hall_frames import Going
from dashboard.web.parts.badge import toned
from dashboard.web.parts.forms import button, field, text_input
from dashboard.web.parts.links import anchor
from dashboard.web.parts.text import data

TONES = {"open": "running", "suspended": "amber", "checked": "ended"}


def entry_form(words: Words, *, terminal: bool) -> Component:
    """Return the form; assets/attendance.js fills the code in from the address's fragment, which nobody is sent."""
    code = text_input(
        "hall-code",
        autoComplete="off",
        maxLength=300,
        placeholder=words("hall.code.sample"),
        spellCheck="false",
    )
    digits = text_input("hall-digits", kind="tel", autoComplete="off", maxLength=8, inputMode="numeric")
    return html.Div(
        [
            field("hall-code", words("hall.code"), code, words("hall.code.help")),
            field("hall-digits", words("hall.digits"), digits, words("hall.digits.help")),
            html.Div(button("hall-send", words("hall.enter"), primary=True), className="acts"),
            dcc.Store(id="hall-fragment", data=1),
            dcc.Store(id="hall-request"),
            dcc.Store(id="hall-terminal", data=terminal),
            dcc.Location(id="hall-done", refresh=True),
        ],
        className="form hall-entry",
    )


def going_list(words: Words, rows: Sequence[tuple[Going, str]]) -> Component:
    """Return the rounds that go on, each with its state and the way to it."""
    return html.Ul(
        [
            html.Li(
                [
                    anchor([html.Strong(data(words, one.title)), html.Span(words("hall.go"))], href),
                    html.Span(
                        [
                            toned(words(f"hall.state.{one.state}"), TONES[one.state]),
                            *([data(words, one.meeting)] if one.meeting else []),
                        ],
                        className="secondary",
                    ),
                ]
            )
            for one, href in rows
        ],
        className="hall-going",
    )


def leave_form(words: Words, onward: str, *, terminal: bool) -> Component:
    """Return the button that ends the session and goes back to the way in, where the next deputy may be waiting."""
    hidden: dict[str, Any] = {"type": "hidden", "name": "next", "value": onward}
    return html.Form(
        [
            dcc.Input(**hidden),
            html.Button(
                words("hall.leave.next" if terminal else "hall.leave"), type="submit", className="button"
            ),
        ],
        action="/hall/leave",
        method="POST",
        className="hall-leave",
    )


def packed(value: object) -> str:
    """Return what assets/attendance.js reads from an attribute."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
