"""What was asked of a project and promised for it, what deputies saw and said, and who follows it."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.inspection_frames import Listed
from dashboard.rules.judge_frames import Asked, PromiseMade
from dashboard.rules.project_frames import Ahead, ProjectPage, Said, Visit
from dashboard.web.addresses import Address
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.empty import empty
from dashboard.web.parts.inquiry_words import promise_tags
from dashboard.web.parts.links import Link, anchor
from dashboard.web.parts.text import Content, data


def asked_card(words: Words, page: ProjectPage, here: Address) -> Component:
    """Return the questions with their answers and promises, the newest first."""
    title = words("project.asked.title")
    if not page.asked:
        return card(title, empty(words("project.asked.none"), words("project.asked.none.since")))
    body = html.Div([_question(words, one, here) for one in page.asked], className="talk")
    return card(title, body, foot=foot(words, words("project.asked.source")))


def _question(words: Words, one: Asked, here: Address) -> Component:
    day = words.day_of_year(one.inquiry_day) if one.inquiry_day else ""
    when: list[Component | str] = [anchor(day, here.to("inquiries", one.inquiry_id).path())]
    if one.delegation:
        when += ["｜", data(words, one.delegation)]
    said: list[Component] = [
        html.P(when, className="secondary"),
        html.P(data(words, one.text), className="question"),
    ]
    if one.answer:
        said += [
            html.P(data(words, one.official or one.department), className="secondary talk-answer"),
            html.P(data(words, one.answer)),
        ]
    else:
        said.append(html.P(words("inquiry.unanswered"), className="secondary"))
    said += [_promise(words, promise) for promise in one.promises]
    if one.marks is not None and one.marks.total:
        marks = [
            words("project.mark", word=words(f"grades.{name}"), n=words.count(getattr(one.marks, name)))
            for name in ("satisfied", "basically", "dissatisfied")
        ]
        said.append(
            html.P([words("project.marks"), words("summary.list").join(marks)], className="secondary")
        )
    return html.Div(said)


def _promise(words: Words, promise: PromiseMade) -> Component:
    """Return a promise with its day; how it stands is for members until an act publishes it."""
    line: list[Component] = [
        html.P([words("inquiry.promise"), data(words, promise.text)], className="notice-line"),
        html.P(
            [
                words("project.promise.due", day=words.day(promise.due)),
                " ",
                *promise_tags(words, promise),
            ]
        ),
    ]
    return html.Div(html.Div(line), className="notice notice-promised")


def visits_card(
    words: Words, page: ProjectPage, here: Address, planned: Sequence[Listed] = (), ways: Sequence[Link] = ()
) -> Component:
    """Return the inspections with what was found, and those to come: `planned` are read by those who are told."""
    title = words("project.visits.title")
    days = {one.day for one in planned}
    ahead = [one for one in page.ahead if one.kind == "inspection" and one.day not in days]
    if not page.visits and not ahead and not planned:
        none = empty(words("project.visits.none"), words("project.visits.none.since"))
        return card(title, none, foot=foot(words, acts=ways))
    coming = [(one.day, _to_come(words, one)) for one in ahead]
    coming += [(one.day, _planned(words, one, here)) for one in planned]
    items = [item for _, item in sorted(coming, key=lambda one: one[0], reverse=True)]
    items += [_visit(words, one, here) for one in page.visits]
    return card(
        title, html.Ul(items, className="said"), foot=foot(words, words("project.visits.source"), ways)
    )


def _to_come(words: Words, one: Ahead) -> Component:
    line: list[Component | str] = [words.day(one.day), "｜", words("project.to_come")]
    if one.who:
        line += ["｜", data(words, one.who)]
    return html.Li([html.P(line), html.P(data(words, one.title))])


def _planned(words: Words, one: Listed, here: Address) -> Component:
    line: list[Component | str] = [words.day(one.day), "｜", words(f"inspection.state.{one.state}")]
    if one.delegation:
        line += ["｜", data(words, one.delegation)]
    title = anchor(data(words, one.title), here.to("inspections", one.id).path())
    return html.Li([html.P(line), html.P(title)])


def _visit(words: Words, one: Visit, here: Address) -> Component:
    day = anchor(words.day(one.day), here.to("inspections", one.id).path())
    line: list[Component | str] = [day]
    if one.delegation:
        line += ["｜", data(words, one.delegation)]
    found = data(words, one.findings) if one.findings else words("project.visits.unsaid")
    return html.Li([html.P(line), html.P(found)])


def said_card(words: Words, page: ProjectPage, here: Address) -> Component:
    """Return the public remarks with the departments' answers."""
    title = words("project.said.title")
    if not page.said:
        return card(title, empty(words("project.said.none"), words("project.said.none.since")))
    items = [_said(words, one, here) for one in page.said]
    every = anchor(words("desk.remarks.all"), f"{here.to('remarks').path()}?project={page.row.number}")
    source = foot(words, words("project.said.source"))
    return card(title, html.Ul(items, className="said"), end=every, foot=source)


def _said(words: Words, one: Said, here: Address) -> Component:
    who = anchor(data(words, one.deputy), here.to("deputies", one.seat).path())
    if one.answer and one.answered:
        answer: Content = [
            words("project.said.answer", day=words.day_of_year(one.answered)),
            data(words, one.answer),
        ]
    else:
        answer = words("project.said.unanswered", day=words.day_of_year(one.due))
    return html.Li(
        [
            html.P([words.day(one.day), "｜", who]),
            html.P(data(words, one.text)),
            html.P(answer, className="secondary"),
        ]
    )


def people_card(words: Words, page: ProjectPage, here: Address, form: Component | None = None) -> Component:
    """Return the departments that share the project and the deputies who follow it; `form` sets who they are."""
    shown: list[Component] = [html.Div(people_rows(words, page, here), id="people-rows")]
    return card(words("project.people.title"), [*shown, form] if form is not None else shown)


def people_rows(words: Words, page: ProjectPage, here: Address) -> Component:
    """Return the departments and the supervision group by their names."""
    rows: list[Component] = []
    if page.row.department and page.row.department_id:
        lead = Link(page.row.department, here.to("departments", page.row.department_id).path())
        rows.append(
            _people(words, words("project.people.lead"), [anchor(data(words, lead.label), lead.href or "")])
        )
    if page.partners:
        rows.append(
            _people(words, words("project.people.partners"), [data(words, one) for one in page.partners])
        )
    if page.group:
        names: list[Component | str] = [
            html.Span(
                [
                    anchor(data(words, one.name), here.to("deputies", one.seat).path()),
                    html.Small(words("project.people.heads")) if one.heads else "",
                ]
            )
            for one in page.group
        ]
        rows.append(_people(words, words("project.people.group"), names))
    if not rows:
        return empty(words("project.people.none"), words("project.people.none.since"))
    return html.Dl(rows, className="people")


def _people(words: Words, label: str, names: list[Component | str]) -> Component:
    told: list[Component | str] = []
    for name in names:
        told += [words("summary.list"), name] if told else [name]
    return html.Div([html.Dt(label), html.Dd(told)])
