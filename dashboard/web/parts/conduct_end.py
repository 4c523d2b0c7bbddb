"""The last steps of a round: the count with what it came to, the signatures, the report, the announcement."""

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.figures.tally_words import state_words
from dashboard.i18n import Words
from dashboard.rules.conduct_frames import Conduct, Outcome
from dashboard.rules.frames import Bar
from dashboard.rules.roles import Role
from dashboard.rules.rounds import (
    ANNOUNCED,
    CHIEF,
    CLOSED,
    COUNTED,
    REPORTED,
    RUNOFF,
    SCRUTINEER,
    SIGNED,
    TELLER,
    UNDECIDED,
)
from dashboard.web.parts.badge import toned
from dashboard.web.parts.conduct_body import titled
from dashboard.web.parts.conduct_words import moment
from dashboard.web.parts.forms import button, field, text_area, text_input
from dashboard.web.parts.links import Link, linked
from dashboard.web.parts.notice import notice
from dashboard.web.parts.rounds_body import corrections_part
from dashboard.web.parts.rounds_words import TONES, reason_text
from dashboard.web.parts.text import aria, data

COUNTING = frozenset({CHIEF, SCRUTINEER})
_SENTENCE = ("entitled", "present", "issued", "recovered", "valid", "invalid")


def count_step(words: Words, one: Conduct, role: Role, paper: str) -> list[Component]:
    """Return the result to whom it is due, and the second count; `paper` leads to the entry of sheets."""
    body: list[Component] = []
    if one.state == CLOSED and not one.is_sealed:
        way = linked(Link(words("conduct.paper.go"), paper), "button")
        body += [
            notice("amber", words("conduct.paper.open"), words("conduct.paper.open.do")),
            html.Div(way, className="acts"),
        ]
        return body
    if one.result is None:
        body.append(html.P(words("conduct.result.hidden"), className="secondary"))
    else:
        body += _result(words, one)
    if one.state == CLOSED and (role is Role.CLERK or one.duty in COUNTING):
        body.append(html.P(words("conduct.recount.line"), className="secondary"))
        body.append(
            html.Div(button("recount-send", words("conduct.recount"), primary=True), className="acts")
        )
    return body


def _result(words: Words, one: Conduct) -> list[Component]:
    assert one.result is not None
    tally = one.result.tally
    counts = {name: words.count(getattr(tally, name)) for name in _SENTENCE}
    body: list[Component] = [
        html.P(words("round.attendance.sentence", **counts), className="round-sentence"),
    ]
    if one.outcome is not None:
        facts = {name: words.count(value) for name, value in one.outcome.reason.facts.items()}
        light = "green" if one.outcome.state == "decided" else "amber"
        body.append(notice(light, words(one.outcome.reason.code, **facts)))
    states = state_words(tally, words)
    items = [
        _line(words, bar, reason_text(words, outcome, bar.state), states[bar.state])
        for bar, outcome in zip(tally.bars, one.result.outcomes, strict=True)
    ]
    body.append(html.Ol(items, className="conduct-result", **aria(label=words("conduct.result"))))
    body += _digest(words, one)
    return body


def _line(words: Words, bar: Bar, why: str, state: str) -> Component:
    """Return one item of the count: its number, its name with the reason, its votes, what it came to."""
    votes: list[Component | str] = [html.Strong(words.count(bar.votes))]
    if bar.against is not None:
        split = {"against": words.count(bar.against), "abstained": words.count(bar.abstained)}
        votes.append(html.Span(words("conduct.result.split", **split), className="secondary"))
    return html.Li(
        [
            html.Span(str(bar.number), className="result-number"),
            html.Span([html.Strong(data(words, bar.name)), html.Span(why, className="secondary")]),
            html.Span(votes, className="result-votes"),
            toned(state, TONES.get(bar.state, "grey")),
        ]
    )


def _digest(words: Words, one: Conduct) -> list[Component]:
    if one.digest is None:
        return []
    grouped = " ".join(one.digest[at : at + 8] for at in range(0, len(one.digest), 8))
    return [
        html.P(words("round.box.digest"), className="secondary"),
        html.P(html.Code(grouped), className="digest"),
    ]


def sign_step(words: Words, one: Conduct) -> list[Component]:
    """Return who has signed, and to a scrutineer who has not the form that signs."""
    signing = [officer for officer in one.officers if officer.duty != TELLER]
    items = [
        html.Li(
            [
                html.Span(words(f"conduct.duty.{officer.duty}"), className="secondary"),
                html.Strong(data(words, officer.name)),
                html.Span(
                    moment(words, officer.signed_at) if officer.signed_at else words("conduct.unsigned"),
                    className="secondary",
                ),
            ]
        )
        for officer in signing
    ]
    body: list[Component] = [html.Ul(items, className="conduct-officers")]
    if one.state == COUNTED and one.duty in COUNTING and one.digest is not None:
        control = text_input("sign-password", kind="password", autoComplete="current-password")
        rows = [
            *_digest(words, one),
            field("sign-password", words("conduct.password"), control, words("conduct.sign.help")),
            # What is signed is the digest that was shown, not the one that is there when the button is pressed.
            dcc.Store(id="sign-digest", data=one.digest),
            html.Div(button("sign-send", words("conduct.sign"), primary=True), className="acts"),
        ]
        body.append(html.Div(rows, className="form"))
    return body


def report_step(words: Words, one: Conduct, role: Role) -> list[Component]:
    """Return the report to the presidium, which a clerk makes."""
    body: list[Component] = [html.P(words("conduct.step.report.line"), className="secondary")]
    if one.state == SIGNED and role is Role.CLERK:
        body.append(
            html.Div(button("report-send-presidium", words("conduct.report"), primary=True), className="acts")
        )
    return body


def announce_step(words: Words, one: Conduct, role: Role) -> list[Component]:
    """Return a second tie to be decided, the announcement, its corrections, and the round that follows."""
    body: list[Component] = []
    outcome = one.outcome
    settled = one.result.settled if one.result is not None else ()
    open_tie = one.purpose == RUNOFF and outcome is not None and outcome.state == "tied" and not settled
    if one.state == REPORTED and role is Role.PRESIDIUM:
        if open_tie and outcome is not None:
            body.append(titled(words("conduct.settle"), _settle_form(words, one, outcome)))
        else:
            body.append(_announce_form(words))
    if one.announcement:
        body.append(html.P([words("conduct.announced"), data(words, one.announcement)]))
    body += corrections_part(words, one.result.corrections if one.result is not None else ())
    if one.state == ANNOUNCED and role is Role.PRESIDIUM:
        body.append(_correct_form(words))
    return body or [html.P(words("conduct.step.announce.line"), className="secondary")]


def _settle_form(words: Words, one: Conduct, outcome: Outcome) -> Component:
    names = {entry.number: entry.name for entry in one.entries}
    options = [
        {"label": html.Span([f"{number} ", data(words, names.get(number, ""))]), "value": number}
        for number in outcome.tied
    ]
    rows = [
        html.P(words("conduct.settle.line", n=words.count(outcome.open_places)), className="secondary"),
        dbc.Checklist(id="settle-numbers", options=options, value=[], className="choices"),
        html.Div(button("settle-send", words("conduct.settle.send"), primary=True), className="acts"),
    ]
    return html.Div(rows, className="form")


def _announce_form(words: Words) -> Component:
    rows = [
        field(
            "announce-text",
            words("conduct.announcement"),
            text_input("announce-text", maxLength=200),
            words("conduct.announcement.help"),
        ),
        html.P(words("conduct.announce.line"), className="secondary"),
        html.Div(button("announce-send", words("conduct.announce"), primary=True), className="acts"),
    ]
    return html.Div(rows, className="form")


def _correct_form(words: Words) -> Component:
    rows = [
        field("correct-text", words("conduct.correct.text"), text_input("correct-text", maxLength=200)),
        field("correct-reason", words("conduct.reason"), text_area("correct-reason", 500)),
        html.Div(button("correct-send", words("conduct.correct")), className="acts"),
    ]
    summary = html.Summary(words("conduct.correct.ask"))
    return html.Details([summary, html.Div(rows, className="form")], className="conduct-more")


def following(one: Conduct) -> str | None:
    """Return which round follows from this one's outcome, None where none does or one was drafted."""
    if one.is_followed:
        return None
    if one.state == "annulled":
        return "repeat"
    outcome = one.outcome
    if outcome is None or one.state not in {REPORTED, ANNOUNCED}:
        return None
    if outcome.state == "tied" and one.purpose != RUNOFF:
        return "runoff"
    if outcome.state == "short" and outcome.second:
        return "second"
    return "repeat" if outcome.state in UNDECIDED else None


def follow_part(words: Words, one: Conduct, role: Role) -> list[Component]:
    """Return the act that drafts the round which follows from this one."""
    kind = following(one)
    if kind is None or role is not Role.CLERK:
        return []
    act = button("follow-send", words(f"conduct.follow.{kind}.send"))
    return [
        html.Div(
            [
                notice("amber", words(f"conduct.follow.{kind}"), words("conduct.follow.line")),
                dcc.Store(id="follow-kind", data=kind),
                html.Div(act, className="acts"),
            ],
            className="conduct-follow",
        )
    ]
