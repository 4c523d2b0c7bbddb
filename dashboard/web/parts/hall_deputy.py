"""A deputy's side of the hall: checking in, waiting, the way to the vote; a scrutineer's list of what to confirm."""

from itertools import groupby

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.hall import RUNNING
from dashboard.rules.hall_frames import (
    ABSENT,
    LEFT,
    PRESENT,
    WAITING,
    CodeSince,
    Review,
    Standing,
    WaitingSeat,
)
from dashboard.web.parts.card import card
from dashboard.web.parts.forms import act, button, field, text_input
from dashboard.web.parts.hall_words import own_finding
from dashboard.web.parts.links import Link
from dashboard.web.parts.notice import notice
from dashboard.web.parts.pressing import pressing
from dashboard.web.parts.text import data, spoken

STORE = "review-pressed"
SHOWN = "review-shown"
"""The seats that the list shows: one press confirms those whom the scrutineer has read, and no others."""
LIGHTS = {PRESENT: "green", WAITING: "amber", LEFT: "grey"}


def own_card(words: Words, standing: Standing, vote: str) -> Component:
    """Return what the deputy does now: type the code of the screen, wait, or go on to the vote."""
    if standing.state not in RUNNING or standing.own is None:
        line = "hall.own.draft.do" if standing.state == "draft" else "hall.own.over.do"
        return notice("grey", words(line.removesuffix(".do")), words(line))
    if standing.own == PRESENT:
        return _there(words, standing, vote)
    if standing.own not in {ABSENT, WAITING, LEFT}:
        return notice("red", words("hall.own.not_on_roll"), words("hall.own.not_on_roll.do"))
    told = []
    if standing.own in LIGHTS:
        told.append(
            notice(
                LIGHTS[standing.own],
                spoken(words, own_finding(standing)),
                words(f"hall.own.{standing.own}.do"),
            )
        )
    return card(words("hall.check_in"), [*told, _check_in_form(words, standing)], words("hall.check_in.line"))


def state_of(standing: Standing) -> str:
    """Return what a page was drawn from: while it is the same, what is typed must not be lost."""
    return f"{standing.state}.{standing.own}"


def _there(words: Words, standing: Standing, vote: str) -> Component:
    lines: list[Component] = [
        notice(
            "green",
            words(f"hall.own.present.{standing.state}"),
            words(f"hall.own.present.{standing.state}.do"),
        )
    ]
    if standing.state == "open":
        go = act(Link(words("hall.vote"), vote), primary=True)
        lines.append(html.P(go, className="acts hall-vote"))
    return card(words("hall.checked_in"), lines, data(words, standing.title))


def _check_in_form(words: Words, standing: Standing) -> Component:
    code = text_input("check-in-code", kind="tel", autoComplete="off", maxLength=12, inputMode="numeric")
    # At the seat, the code that opened this session says enough; the button is there for who came by it.
    seat = button("check-in-seat", words("hall.check_in.seat"), primary=True)
    form = html.Div(
        [
            field("check-in-code", words("hall.screen_code"), code, words("hall.screen_code.help")),
            html.Div(
                button("check-in-send", words("hall.check_in.send"), primary=not standing.sits_at_code),
                className="acts",
            ),
        ],
        className="form hall-check-in",
    )
    by_seat = html.Div(seat, className="acts hall-by-seat", hidden=not standing.sits_at_code)
    return html.Div([by_seat, form])


def review_card(words: Words, review: Review) -> Component:
    """Return what a scrutineer confirms or takes back, and the codes that went out since the freeze."""
    others = [str(one.seat) for one in review.waiting if not one.is_own]
    title = words.plural("hall.review.some", len(others)) if others else words("hall.review.none")
    body: list[Component] = [dcc.Store(id=SHOWN, data=others)]
    if len(others) > 1:
        every = words("hall.confirm.every", n=words.count(len(others)))
        body += [
            html.P(words("hall.confirm.every.line"), className="secondary"),
            html.Div(pressing(every, "confirm_every", STORE), className="acts"),
        ]
    if review.waiting:
        rows = [
            html.Li(
                [
                    html.Span([html.Strong(data(words, one.name)), *_where(words, one.delegation)]),
                    html.Span(_confirming(words, one), className="acts"),
                ]
            )
            for one in review.waiting
        ]
        body.append(html.Ul(rows, className="hall-review"))
    body.append(html.H3(words("hall.codes_since"), className="hall-part"))
    body.append(
        _codes(words, review.codes)
        if review.codes
        else html.P(words("hall.codes_since.none"), className="secondary")
    )
    return card(title, body, words("hall.review.line"))


def _confirming(words: Words, one: WaitingSeat) -> list[Component]:
    if one.is_own:
        return [html.Span(words("refused.check_in_own"), className="secondary")]
    return [
        pressing(words(f"hall.{name}"), name, STORE, str(one.seat), one.name)
        for name in ("confirm", "refuse")
    ]


def _codes(words: Words, codes: tuple[CodeSince, ...]) -> Component:
    """Return each batch of codes with its time, how it was handed out and how many, its names folded.

    Those of another meeting name it.
    """
    batches = [
        (batch, list(group))
        for batch, group in groupby(codes, key=lambda one: (one.issued_at, one.means, one.other_meeting))
    ]
    return html.Ul(
        [
            html.Li(
                html.Details(
                    [
                        html.Summary(
                            words.plural(
                                "hall.codes_since.batch",
                                len(group),
                                time=words.clock(issued_at),
                                means=words(f"hall.means.{means}"),
                            )
                        ),
                        *_of_other(words, other),
                        html.P(data(words, "、".join(one.name for one in group)), className="hall-names"),
                    ],
                    open=len(group) == 1 or other is not None,
                )
            )
            for (issued_at, means, other), group in batches
        ],
        className="hall-batches",
    )


def _of_other(words: Words, meeting: str | None) -> list[Component]:
    if meeting is None:
        return []
    return [html.P([words("hall.codes_since.other"), data(words, meeting)], className="secondary")]


def _where(words: Words, delegation: str | None) -> list[Component]:
    return [html.Span(data(words, delegation), className="secondary")] if delegation else []


def review_store() -> Component:
    """Return where assets/attendance.js puts what a scrutineer pressed."""
    return dcc.Store(id=STORE)
