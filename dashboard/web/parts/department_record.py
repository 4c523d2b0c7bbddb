"""One department over the years: what it carries out, what it was asked, what it promised."""

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.judge_frames import Carrying, Record
from dashboard.rules.lights import STEADY, tone, tones
from dashboard.rules.rates import rate
from dashboard.web.addresses import Address
from dashboard.web.parts.card import card
from dashboard.web.parts.empty import empty
from dashboard.web.parts.facts import Fact, facts_card
from dashboard.web.parts.inquiry_list import question_row
from dashboard.web.parts.light import counted, light
from dashboard.web.parts.links import anchor
from dashboard.web.parts.table import Cell, Column, scrolled, table
from dashboard.web.parts.text import Content, Sentence, data


def record_finding(words: Words, record: Record) -> Sentence:
    """Return how a department's projects of its newest year stand; without any, its plain name."""
    names = {"name": record.duty.name}
    led = [one for one in record.projects if one.leads]
    if not led:
        return Sentence("department.finding.plain", {}, names)
    newest = max(one.year for one in led)
    lights = [one.light for one in led if one.year == newest]
    red = tones(lights)["red"]
    facts = {"year": str(newest), "n": words.count(len(lights)), "red": words.count(red)}
    if red:
        return Sentence("department.finding.behind", facts, names)
    if all(one.is_done for one in led if one.year == newest):
        return Sentence("department.finding.done", facts, names)
    steady = all(tone(one) in STEADY for one in lights)
    return Sentence("department.finding.on_time" if steady else "department.finding.carries", facts, names)


def headed(words: Words, record: Record, here: Address) -> Content:
    """Return what a department was called before, what it became, and since when it is there."""
    line: list[Component | str] = [words("department.record")]
    if record.duty.former:
        line += [
            "｜",
            words("department.former"),
            data(words, words("summary.list").join(record.duty.former)),
        ]
    if record.since is not None:
        line += ["｜", words("department.since", day=words.day(record.since))]
    if record.successor is not None:
        key, name = record.successor
        link = anchor(data(words, name), here.to("departments", key).path())
        line += [
            "｜",
            words("department.until", day=words.day(record.until)),
            words("department.became"),
            link,
        ]
    return line


def record_facts(words: Words, record: Record) -> Component:
    """Return the facts over all years, with what became of promises as far as the reader may know it."""
    duty = record.duty
    promises = [promise for one in record.questions for promise in one.promises]
    judged = sum(promise.verdict is not None for promise in promises)
    share = rate(duty.on_time, duty.due)
    kept = words("department.kept", n=words.count(duty.kept), judged=words.count(judged)) if judged else None
    return facts_card(
        [
            Fact(words("department.fact.projects"), words.count(duty.projects)),
            Fact(
                words("department.fact.reports"),
                f"{duty.on_time}/{duty.due}" if duty.due else "—",
                words.share(share) if share is not None else None,
            ),
            Fact(words("department.fact.answered"), words.count(duty.answered)),
            Fact(words("department.fact.promised"), words.count(len(promises)), kept),
        ]
    )


def projects_card(words: Words, record: Record, here: Address) -> Component:
    """Return a department's projects, the newest year first."""
    rows = [_project(words, one, here) for one in record.projects]
    if not rows:
        body: Component = empty(words("department.no_projects"), words("department.no_projects.since"))
        return card(words("department.carried"), body)
    heads = ("project", "year", "part", "light", "share", "reports")
    columns = [
        Column(words(f"department.head.{head}"), number=head in {"share", "reports"}) for head in heads
    ]
    lights = counted(words, dict(record.duty.lights))
    body = scrolled(
        table(columns, rows, words("department.carried")), words("department.carried"), "department-list"
    )
    return card(words("department.carried"), body, words("department.carried.line"), end=lights)


def _project(words: Words, one: Carrying, here: Address) -> list[Cell]:
    there = Address(here.language, here.code, one.year, "projects", str(one.number))
    share = [words.share(one.actual)]
    return [
        html.Span(anchor(data(words, one.name), there.path())),
        str(one.year),
        words("department.leads" if one.leads else "department.shares"),
        light(words, one.light),
        html.Span(share),
        f"{one.on_time}/{one.due}" if one.due else "—",
    ]


def questions_card(words: Words, record: Record, here: Address) -> Component:
    """Return what a department was asked at inquiries, and what it promised there."""
    rows = []
    for one in record.questions:
        there = Address(here.language, here.code, one.year, "inquiries", one.inquiry_id)
        rows.append(html.Li(question_row(words, one, there, there.path(), words.day(one.inquiry_day))))
    if not rows:
        body: Component = empty(words("department.no_questions"), words("department.no_questions.since"))
        return card(words("department.questions"), body)
    return card(
        words("department.questions"), html.Ol(rows, className="asked"), words("department.questions.line")
    )
