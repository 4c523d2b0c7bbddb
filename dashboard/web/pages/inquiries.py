"""问政: the inquiries of a cycle, and one of them with its questions, answers, marks and promises."""

from uuid import UUID

from dash import html
from dash.development.base_component import Component

from dashboard.figures.progress_curve import progress_curve
from dashboard.figures.summary import summarise_curve
from dashboard.gate import Call
from dashboard.queries.cycles import shown_year
from dashboard.queries.inquiry import inquiries, inquiry
from dashboard.queries.progress import curve
from dashboard.rules.judge_frames import Asked, Session, Sessions
from dashboard.web.addresses import Address
from dashboard.web.pages.page import Page, View
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.facts import Fact, facts_card
from dashboard.web.parts.graph import graph
from dashboard.web.parts.heading import crumbs, heading
from dashboard.web.parts.inquiry_list import session_card, when
from dashboard.web.parts.inquiry_question import question_card
from dashboard.web.parts.inquiry_words import list_finding, session_finding, state_tag
from dashboard.web.parts.links import Link
from dashboard.web.parts.text import data, printed, spoken

TOPICS = ("inquiry", "progress", "cycle")


def layout(call: Call, view: View) -> tuple[Component, str]:
    """Return the inquiries of the cycle that the address shows, the newest first."""
    words, year = view.words, shown_year(call)
    known = inquiries(call, year)
    finding = list_finding(words, known)
    here = _here(call, view, year)
    cards = [session_card(words, row, here) for row in known.rows]
    line = [data(words, _place(call)), words("inquiry.line", year=str(year))]
    content = html.Div(
        [
            heading(printed(words, finding), line, _marks(call, view)),
            html.Div([*cards, *_coming(view, known)], className="stack"),
        ]
    )
    return content, spoken(words, finding)


def item_layout(call: Call, view: View) -> tuple[Component, str]:
    """Return one inquiry with every question."""
    words, year = view.words, shown_year(call)
    shown = inquiry(call, year, view.item_id)
    finding = session_finding(words, shown)
    here = _here(call, view, year)
    way = (
        Link(words("place.inquiries"), here.path()),
        Link(words("shell.cycle", year=str(year)), here.path()),
    )
    cards = [_question(call, view, one, here) for one in shown.questions]
    if not cards:
        nothing = empty(words("inquiry.no_questions"), words("inquiry.no_questions.since"))
        cards = [card(words("inquiry.questions"), nothing)]
    content = html.Div(
        [
            crumbs(words, way),
            heading(
                printed(words, finding),
                [data(words, shown.title), "｜", *when(words, shown)],
                [state_tag(words, shown.state), *_marks(call, view)],
            ),
            _facts(view, shown),
            html.Div(cards, className="stack questions"),
        ]
    )
    return content, spoken(words, finding)


def _question(call: Call, view: View, one: Asked, here: Address) -> Component:
    """Return a question's card; what was promised of a project is shown on its curve."""
    if one.project_id is None or not any(promise.months for promise in one.promises):
        return question_card(view.words, one, here, None, "")
    frame = curve(call, UUID(one.project_id))
    # Beside the words a curve has the room that it has on a phone.
    figure = progress_curve(frame, view.words, view.theme, narrow=True)
    summary = summarise_curve(frame, view.words)
    chart = graph(f"inquiry-curve-{one.number}", figure, view.words, summary, figure["layout"]["height"])
    return question_card(view.words, one, here, chart, summary)


def _facts(view: View, shown: Session) -> Component:
    words, questions = view.words, shown.questions
    promises = [promise for one in questions for promise in one.promises]
    asked = [one for one in questions if one.answer is not None]
    return facts_card(
        [
            Fact(words("inquiry.fact.asked"), words.count(len(questions))),
            Fact(words("inquiry.fact.answered"), words.count(len(asked))),
            Fact(
                words("inquiry.fact.departments"), words.count(len({one.department_id for one in questions}))
            ),
            Fact(words("inquiry.fact.promised"), words.count(len(promises))),
        ]
    )


def _coming(view: View, known: Sessions) -> list[Component]:
    """Return the days that the calendar still brings; without any inquiry yet, what will stand here."""
    words = view.words
    if not known.planned:
        if known.rows:
            return []
        return [card(words("inquiry.title"), empty(words("inquiry.none"), words("inquiry.none.since")))]
    days = [
        html.Li(
            [html.Time(words.day(day), dateTime=day.isoformat()), html.Span(data(words, title)), html.Span()]
        )
        for day, title in known.planned
    ]
    body = html.Ul(days, className="dates")
    return [card(words("inquiry.planned"), body, words("inquiry.planned.line"))]


def _here(call: Call, view: View, year: int) -> Address:
    return Address(view.address.language, call.place.code if call.place else None, year, "inquiries")


def _marks(call: Call, view: View) -> list[Component]:
    return [simulated(view.words)] if call.place is not None and call.place.simulated else []


def _place(call: Call) -> str:
    return call.place.name if call.place is not None else ""


PAGE = Page("inquiries", layout, TOPICS, item=item_layout)
