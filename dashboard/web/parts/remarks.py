"""Deputies' remarks: a list of them, and one with its answers, its verdict and what may be done about it."""

import secrets
from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.commands.remarks import LONGEST, LONGEST_REASON
from dashboard.i18n import Words
from dashboard.rules.remark_frames import AnswerShown, RemarkShown
from dashboard.rules.remarks import AGAIN, ANSWERED, OPEN, OVERDUE
from dashboard.web.addresses import Address
from dashboard.web.parts.badge import toned
from dashboard.web.parts.card import card
from dashboard.web.parts.forms import button, field, text_area
from dashboard.web.parts.links import anchor
from dashboard.web.parts.text import Content, data

TONES = {OPEN: "grey", AGAIN: "amber", OVERDUE: "red", ANSWERED: "green"}


def remark_list(words: Words, rows: Sequence[RemarkShown], here: Address, of_week: bool = False) -> Component:
    """Return remarks under each other, each with its way, how it stands and the last answer.

    On the page of a week (`of_week`) they do not name it again.
    """
    return html.Ul([_item(words, row, here, of_week) for row in rows], className="said remarks")


def state_tags(words: Words, row: RemarkShown) -> list[Component]:
    """Return how a remark stands, whether an answer came late, and whether the public does not read it yet."""
    tags = [toned(words(f"remark.state.{row.state}"), TONES[row.state])]
    if row.is_late:
        tags.append(toned(words("remark.late"), "amber"))
    if row.answers and row.answers[-1].satisfied:
        tags.append(toned(words("remark.satisfied"), "green"))
    if not row.published:
        tags.append(toned(words("remark.unpublished"), "grey"))
    return tags


def _item(words: Words, row: RemarkShown, here: Address, of_week: bool) -> Component:
    way: list[Component | str] = [
        words.day(row.made),
        "｜",
        data(words, row.deputy),
        "｜",
        anchor(data(words, row.project), here.to("projects", row.number).path()),
    ]
    if row.week and row.week_title and not of_week:
        way += ["｜", anchor(data(words, row.week_title), here.to("weeks", row.week).path())]
    children = [
        html.P(way, className="remark-way"),
        html.P(
            [anchor(data(words, row.text), here.to("remarks", row.id).path()), *state_tags(words, row)],
            className="remark-text",
        ),
        html.P(_last(words, row), className="secondary"),
    ]
    return html.Li(children)


def _last(words: Words, row: RemarkShown) -> Content:
    told: list[Component | str] = []
    if row.answers:
        last = row.answers[-1]
        told += [words("remark.answer.on", day=words.day(last.given)), data(words, last.text)]
    if row.due is not None:
        told += [" " if told else "", words("remark.due", day=words.day(row.due))]
    return told


def remark_card(words: Words, row: RemarkShown, here: Address) -> Component:
    """Return what was said, by whom and on what."""
    who = anchor(data(words, row.deputy), here.to("deputies", row.seat).path())
    line: list[Component | str] = [words.day(row.made), "｜", who]
    if row.department and row.department_id:
        line += ["｜", words("remark.to"), data(words, row.department)]
    if row.week and row.week_title:
        line += ["｜", anchor(data(words, row.week_title), here.to("weeks", row.week).path())]
    due = html.P(words("remark.due", day=words.day(row.due)), className="secondary") if row.due else ""
    return card(
        words("remark.said"),
        [html.P(data(words, row.text), className="remark-said"), due],
        line,
        end=html.Span(state_tags(words, row), className="tags"),
    )


def answers_card(words: Words, row: RemarkShown) -> Component | None:
    """Return every version of the answer, the newest first, with the reason of each and the deputy's verdict."""
    if not row.answers:
        return None
    items = [_answer(words, one) for one in reversed(row.answers)]
    return card(words("remark.answers"), html.Ul(items, className="said"))


def _answer(words: Words, one: AnswerShown) -> Component:
    head: list[Component | str] = [
        words("remark.version", n=words.count(one.version)),
        "｜",
        words.day(one.given),
    ]
    if one.late:
        head += [" ", toned(words("remark.late"), "amber")]
    children = [html.P(head), html.P(data(words, one.text), className="remark-said")]
    if one.reason:
        children.append(html.P([words("remark.reason.told"), data(words, one.reason)], className="secondary"))
    if one.satisfied is not None and one.judged is not None:
        key = "remark.judged.yes" if one.satisfied else "remark.judged.no"
        told: list[Component | str] = [words(key, day=words.day(one.judged))]
        if one.judged_text:
            told.append(data(words, one.judged_text))
        children.append(html.P(told))
    return html.Li(children)


def answer_form(words: Words, row: RemarkShown) -> Component:
    """Return the department's form: the answer, and of a later version why there is one."""
    again = bool(row.answers)
    rows: list[Component] = [
        field("remark-answer-text", words("remark.answer.text"), text_area("remark-answer-text", LONGEST)),
        html.Div(
            field(
                "remark-answer-reason",
                words("remark.answer.reason"),
                text_area("remark-answer-reason", LONGEST_REASON),
                words("remark.answer.reason.help"),
            ),
            hidden=not again,
        ),
        # Pressing again after a lost answer repeats this id, and so is the same answer.
        dcc.Store(id="remark-answer-request", data=secrets.token_hex(16)),
        dcc.Store(id="remark-answer-seen", data=len(row.answers)),
        html.Div(button("remark-answer-send", words("remark.answer.send"), primary=True), className="acts"),
    ]
    title = words("remark.answer.again" if again else "remark.answer.title")
    return card(title, html.Div(rows, className="form"), words("remark.answer.line"))


def verdict_form(words: Words, row: RemarkShown) -> Component:
    """Return the asking deputy's form: satisfied, or not and why."""
    rows: list[Component] = [
        field(
            "remark-verdict-text",
            words("remark.verdict.text"),
            text_area("remark-verdict-text", LONGEST_REASON),
            words("remark.verdict.help"),
        ),
        dcc.Store(id="remark-verdict-version", data=row.answers[-1].version),
        html.Div(
            [
                button("remark-satisfied", words("remark.verdict.yes"), primary=True),
                button("remark-unsatisfied", words("remark.verdict.no")),
            ],
            className="acts",
        ),
    ]
    return card(words("remark.verdict.title"), html.Div(rows, className="form"), words("remark.verdict.line"))


def clerk_card(words: Words, row: RemarkShown, here: Address, publishes: bool, opens: bool) -> Component:
    """Return what the clerk or a leader may do about a remark: publish it, open a task that follows it."""
    acts: list[Component] = []
    if publishes and not row.published:
        acts.append(button("remark-publish", words("remark.publish"), primary=True))
    if opens:
        address = f"{here.to('tasks').path()}?remark={row.id}"
        acts.append(anchor(words("task.open"), address, "button"))
    line = words("remark.publish.line" if publishes and not row.published else "remark.follow.line")
    return card(words("remark.act.title"), html.Div(acts, className="acts"), line)
