"""The page of a round's life laid out: the numbers of now, what waits, and the steps in one column."""

from collections.abc import Callable, Mapping

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.conduct_frames import Conduct
from dashboard.rules.round_steps import DONE, RUNNING, standing
from dashboard.rules.rounds import ANNULLED, COUNTED, DRAFT, PRACTICE, REPORTED
from dashboard.web.parts.badge import tag
from dashboard.web.parts.card import card
from dashboard.web.parts.conduct_words import act_line, done, finding, step_name
from dashboard.web.parts.facts import Fact, facts_card
from dashboard.web.parts.heading import heading
from dashboard.web.parts.notice import notice
from dashboard.web.parts.rounds_words import PURPOSES
from dashboard.web.parts.text import Content, data, printed

# What is missing stands in sight of what is being filled in, the count of what is signed and announced.
ALONGSIDE = {DRAFT: "adopt", COUNTED: "count", REPORTED: "count"}
TAGS = {DONE: "ended", RUNNING: "running"}
Drawn = Callable[[], list[Component]]


def now_part(words: Words, one: Conduct, end: list[Component]) -> list[Component]:
    """Return the heading and the numbers that change while people come and vote."""
    purpose = one.purpose if one.purpose in PURPOSES else "adoption"
    line: list[Component | str] = [words(f"round.purpose.{purpose}")]
    if one.meeting:
        line += ["｜", data(words, one.meeting)]
    line += ["｜", words("conduct.version", n=str(one.version))]
    row = [
        Fact(words("fact.entitled"), words.count(one.entitled)),
        Fact(words("fact.present"), words.count(one.present), _needed(words, one)),
        Fact(words("conduct.fact.voted"), words.count(one.voted)),
        _closing(words, one),
    ]
    return [heading(printed(words, finding(words, one)), line, end), facts_card(row)]


def _closing(words: Words, one: Conduct) -> Fact:
    if one.closed_at is not None:
        return Fact(words("conduct.fact.closed"), words.clock(one.closed_at))
    return Fact(words("conduct.fact.closes"), words.clock(one.closes_at) if one.closes_at else "—")


def _needed(words: Words, one: Conduct) -> str:
    return words("conduct.fact.needed", needed=words.count(one.needed))


def steps_part(words: Words, one: Conduct, draws: Mapping[str, Drawn]) -> Component:
    """Return the steps: the running one open, the others folded under what was done when and by which role."""
    if one.state == ANNULLED:
        lines = [html.Li(act_line(words, act)) for act in one.steps]
        told = notice("red", words("conduct.annulled"), data(words, one.reason or ""))
        return card(words("conduct.steps"), [told, html.Ol(lines, className="conduct-done")])
    # A practice decides nothing: nobody asks how many are there.
    has_quorum = one.purpose == PRACTICE or one.present >= one.needed
    found = standing(one.state, one.purpose, one.problems, has_quorum=has_quorum)
    items = [_step(words, one, n, step, how, draws) for n, (step, how) in enumerate(found, 1)]
    return html.Ol(items, className="conduct-steps")


def _step(
    words: Words, one: Conduct, number: int, step: str, how: str, draws: Mapping[str, Drawn]
) -> Component:
    name: list[Component | str] = [
        html.Span(str(number), className="step-number"),
        html.Span(step_name(words, step, one.purpose), className="step-name"),
        tag(words, TAGS.get(how, "upcoming")),
    ]
    lines = [html.Li(act_line(words, act)) for act in done(one, step)]
    body: list[Component] = [html.Ol(lines, className="conduct-done")] if lines else []
    body += draws[step]() if step in draws else []
    is_open = how == RUNNING or (step == ALONGSIDE.get(one.state))
    summary = html.Summary([html.H2(name, className="step-head"), *_last(words, one, step, is_open)])
    if not body:
        body = [html.P(words(f"conduct.step.{step}.line"), className="secondary")]
    fold = html.Details([summary, html.Div(body, className="step-body")], open=is_open)
    return html.Li(fold, className=f"card conduct-step {how}", id=f"step-{step}")


def _last(words: Words, one: Conduct, step: str, is_open: bool) -> list[Component]:
    """Return the last thing that was done, for a step that is folded."""
    found = done(one, step)
    line = act_line(words, found[-1]) if found else ""
    if step == "arrive" and one.closed_at is not None:
        line = words("conduct.arrived", present=words.count(one.present), entitled=words.count(one.entitled))
    if step == "vote" and one.closed_at is not None:
        line = words("conduct.took_part", voted=words.count(one.voted), present=words.count(one.present))
    return [] if is_open or not line else [html.Span(line, className="step-last secondary")]


def listed(items: list[tuple[str, str]], light: str) -> Component:
    """Return problems or warnings, each with what to do about it."""
    lines = [html.Li([html.Strong(line), html.Span(advice, className="secondary")]) for line, advice in items]
    return html.Ul(lines, className=f"conduct-reasons reasons-{light}")


def titled(title: Content, *content: Component) -> Component:
    """Return a part of a step under its own name."""
    return html.Section([html.H3(title), *content], className="step-part")
