"""The clerk's side of the hall: who is there, the code on the screen, codes to issue; turnout for leaders too."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.hall import MEANS, RUNNING
from dashboard.rules.hall_frames import Earlier, Quorum, SeatLine, Standing, Turnout
from dashboard.web.parts.card import card
from dashboard.web.parts.forms import button, choice, field, one_of, text_input
from dashboard.web.parts.hall_entry import packed
from dashboard.web.parts.hall_words import quorum_line
from dashboard.web.parts.pressing import pressing
from dashboard.web.parts.table import Column, scrolled, table
from dashboard.web.parts.text import aria, data

SAID = (
    "search", "found", "found_none", "all", "absent", "waiting", "present", "left", "do.in", "do.left", "do.back",
    "do.code", "code.out", "code.used", "no_phone", "failures",
)  # fmt: skip


def quorum_card(words: Words, quorum: Quorum, parts: Sequence[Turnout] | None) -> Component:
    """Return the bar of those there with the quorum's mark, and the delegations for who may see them."""
    body: list[Component] = [_bar(words, quorum)]
    if quorum.waiting:
        body.append(html.P(words.plural("hall.quorum.waiting", quorum.waiting), className="secondary"))
    if parts:
        columns = [
            Column(words("hall.col.delegation")),
            Column(words("hall.col.present"), number=True),
            Column(words("hall.col.entitled"), number=True),
            Column(words("hall.col.absent"), number=True),
        ]
        rows = [
            [
                data(words, one.delegation or "—"),
                words.count(one.present),
                words.count(one.entitled),
                words.count(one.entitled - one.present),
            ]
            for one in parts
        ]
        shown = table(columns, rows, words("hall.turnout"), dense=True)
        body.append(scrolled(shown, words("hall.turnout"), "hall-turnout"))
    return card(words("hall.quorum"), body, quorum_line(words, quorum))


def _bar(words: Words, quorum: Quorum) -> Component:
    whole = max(quorum.entitled, 1)
    told = aria(label=quorum_line(words, quorum))
    return html.Div(
        [
            html.Div(className="hall-bar-present", style={"width": f"{quorum.present / whole:.2%}"}),
            html.Div(className="hall-bar-needed", style={"left": f"{quorum.needed / whole:.2%}"}),
            html.Span(
                words("hall.quorum.mark", n=words.count(quorum.needed)),
                className="hall-bar-mark",
                style={"left": f"{quorum.needed / whole:.2%}"},
            ),
        ],
        className="hall-bar",
        role="img",
        **told,
    )


def seats_list(words: Words, lines: Sequence[SeatLine]) -> Component:
    """Return the list of seats as data, which assets/attendance.js draws and filters as one types."""
    rows = [
        [
            str(one.seat),
            one.name,
            one.delegation or "",
            one.state,
            one.code,
            one.failures,
            one.last_four is not None,
        ]
        for one in lines
    ]
    carried: dict[str, Any] = {
        "data-seats": packed(rows),
        "data-words": packed({name: words(f"hall.seats.{name}") for name in SAID}),
    }
    return html.Div(className="hall-seats", **carried)


def seats_card(words: Words, standing: Standing, seats: Component) -> Component:
    """Return the card of the list with its search; without a running round it is to be read only."""
    line = "hall.seats.line" if standing.state in RUNNING else "hall.seats.closed"
    search = field(
        "hall-search",
        words("hall.seats.search"),
        text_input("hall-search", kind="search", autoComplete="off"),
    )
    body = html.Div([search, html.Div(seats, id="hall-list")], className="hall-people")
    running: dict[str, Any] = {"data-running": "yes" if standing.state in RUNNING else "no"}
    return card(
        words("hall.seats.title"), html.Div([body, dcc.Store(id="hall-pressed")], **running), words(line)
    )


def screen_card(words: Words, standing: Standing, shown: tuple[str, int] | None) -> Component:
    """Return the code that the screen shows now, or the button that begins the check-in."""
    if standing.meeting_id is None:
        return card(words("hall.screen"), html.P(words("hall.no_meeting"), className="secondary"))
    if shown is None:
        begin = pressing(words("hall.screen.begin"), "begin", "hall-pressed", primary=True)
        return card(words("hall.screen"), html.Div(begin, className="acts"), words("hall.screen.none"))
    code, seconds = shown
    spaced = f"{code[:3]} {code[3:]}"
    body = html.P(spaced, className="hall-code-shown", **aria(label=" ".join(code)))
    return card(words("hall.screen"), body, words("hall.screen.line", seconds=words.count(seconds)))


def issue_card(words: Words, standing: Standing, lines: Sequence[SeatLine]) -> Component:
    """Return the form that issues codes: to whom, by which way; and how many are out."""
    if standing.meeting_id is None:
        return card(words("hall.issue"), html.P(words("hall.no_meeting"), className="secondary"))
    without = sum(one.last_four is None for one in lines)
    bare = sum(one.code == "none" and one.last_four is not None for one in lines)
    used = sum(one.code == "used" for one in lines)
    out = sum(one.code == "out" for one in lines)
    who = {
        "bare": words("hall.issue.bare", n=words.count(bare)),
        "all": words("hall.issue.all", n=words.count(len(lines) - without)),
    }
    means = {name: words(f"hall.means.{name}") for name in MEANS}
    body: list[Component] = [
        html.P(words("hall.issue.count", out=words.count(out), used=words.count(used)), className="secondary")
    ]
    if without:
        body.append(html.P(words.plural("hall.issue.without", without), className="hall-warns"))
    body += [
        html.H3(words("hall.issue.who"), className="hall-part"),
        one_of("issue-who", who, "bare" if bare else "all"),
        html.H3(words("hall.issue.means"), className="hall-part"),
        one_of("issue-means", means, "printed"),
        html.Div(button("issue-send", words("hall.issue.send"), primary=True), className="acts"),
        dcc.Store(id="hall-asks-origin", data=1),
        dcc.Store(id="hall-origin"),
    ]
    return card(words("hall.issue"), body, words("hall.issue.line"))


def contact_card(words: Words, lines: Sequence[SeatLine]) -> Component:
    """Return the form for the last four digits of a deputy's phone, those without any first."""
    order = sorted(lines, key=lambda one: one.last_four is not None)
    options = {
        str(one.seat): "｜".join(
            (
                one.name,
                one.delegation or "—",
                words("hall.contact.known" if one.last_four else "hall.contact.none"),
            )
        )
        for one in order
    }
    body = html.Div(
        [
            html.Div(
                [
                    choice(
                        "contact-seat", options, words("hall.contact.who"), empty=words("hall.contact.choose")
                    )
                ],
                className="field",
            ),
            field(
                "contact-digits",
                words("hall.contact.digits"),
                text_input(
                    "contact-digits", kind="tel", autoComplete="off", maxLength=8, inputMode="numeric"
                ),
            ),
            html.Div(button("contact-send", words("hall.contact.send")), className="acts"),
            html.Div(id="contact-told"),
        ],
        className="form",
    )
    return card(words("hall.contact"), body, words("hall.contact.line"))


def take_over_card(words: Words, rounds: Sequence[Earlier]) -> Component:
    """Return the form that takes over who is there from another round of the meeting, and what that does."""
    options = {
        str(one.round_id): words("hall.take_over.followed", title=one.title) if one.is_followed else one.title
        for one in rounds
    }
    first = next(iter(options))
    ways = [
        html.P(
            words("hall.take_over.there" if is_followed else "hall.take_over.waits"), className="secondary"
        )
        for is_followed in sorted({one.is_followed for one in rounds}, reverse=True)
    ]
    body = html.Div(
        [
            *ways,
            html.Div(
                choice("take-over-from", options, words("hall.take_over.from"), first), className="field"
            ),
            html.Div(button("take-over-send", words("hall.take_over.send")), className="acts"),
        ],
        className="form",
    )
    return card(words("hall.take_over"), body, words("hall.take_over.line"))
