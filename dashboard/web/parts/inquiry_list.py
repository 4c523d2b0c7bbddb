"""The inquiries of a cycle as cards, each with its questions in order."""

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.judge_frames import Asked, Session
from dashboard.web.addresses import Address
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.inquiry_question import who
from dashboard.web.parts.inquiry_words import kind_word, marks_text, promise_tags, state_tag
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.text import Content, data


def session_card(words: Words, session: Session, here: Address) -> Component:
    """Return the card of one inquiry: what was asked, how each answer was marked, what was promised."""
    path = here.to("inquiries", session.id).path()
    body: Component = html.Ol([_item(words, one, here, path) for one in session.questions], className="asked")
    if not session.questions:
        body = html.P(words("inquiry.no_questions"), className="secondary")
    return card(
        anchor(data(words, session.title), path),
        body,
        when(words, session),
        end=[state_tag(words, session.state)],
        foot=foot(
            words,
            words("inquiry.source", day=words.day(session.day)),
            [Link(words("inquiry.open"), path)],
        ),
    )


def when(words: Words, session: Session) -> Content:
    """Return kind, day and place of an inquiry."""
    line: list[Component | str] = [kind_word(words, session.kind), "｜", words.day(session.day)]
    if session.place:
        line += ["｜", data(words, session.place)]
    return line


def question_row(words: Words, one: Asked, here: Address, path: str, day: str = "") -> Component:
    """Return a question as a row of a list: the text, who and what, the marks, the promises.

    With a `day` it stands on the page of the department that was asked.
    """
    meta: list[Component | str] = [*([day, "｜"] if day else []), *who(words, one, here, own=bool(day))]
    words_of = [
        html.P(
            anchor(html.Span(data(words, one.text), className="question"), f"{path}#question-{one.number}")
        ),
        html.P(meta, className="secondary"),
    ]
    for promise in one.promises:
        line: list[Component | str] = [
            words("inquiry.promise"), data(words, promise.text), *promise_tags(words, promise)
        ]  # fmt: skip
        words_of.append(html.P(line, className="promise-row"))
    rated = marks_text(words, one.marks) if one.marks and one.marks.total else ""
    unmarked = words("inquiry.unanswered" if one.answer is None else "inquiry.unmarked")
    return html.Div(
        [html.Div(words_of, className="asked-words"), html.P(rated or unmarked, className="asked-rate")],
        className="asked-row",
    )


def _item(words: Words, one: Asked, here: Address, path: str) -> Component:
    number = html.Span(str(one.number), className="asked-number")
    return html.Li([number, question_row(words, one, here, path)])
