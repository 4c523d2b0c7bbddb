"""The steps of the voting page: mark, review, wait for the answer, keep the receipt, or read why not."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.ballot_papers import BallotPaper, PaperLine
from dashboard.web.addresses import Address
from dashboard.web.parts.forms import field, text_input
from dashboard.web.parts.light import shape
from dashboard.web.parts.links import Link, linked
from dashboard.web.parts.text import aria, carried, data
from dashboard.web.parts.vote_chrome import acts, press, step, told
from dashboard.web.parts.vote_rows import rows
from dashboard.web.parts.vote_words import bar_title, before_casting, joined, rule_line

# More than this cannot be told apart on a phone.
MOST_PIPS = 24


def select(
    words: Words,
    paper: BallotPaper,
    lines: tuple[PaperLine, ...],
    here: Address | None,
    foot: Sequence[Link],
    *,
    code: str,
    shown: bool,
) -> Component:
    """Return the step on which the list is marked; without `here` no detail leads to another page."""
    head = html.Div(
        [
            html.Div(
                [
                    html.H2(data(words, paper.title)),
                    html.P(rule_line(words, paper), className="vote-rule"),
                ]
            ),
            press(words("vote.large"), "vote-large", **aria(pressed="false")),
        ],
        className="vote-head",
    )
    content = [
        head,
        *_warnings(words, paper),
        _changing(words),
        _tell("amber", "vote-state"),
        rows(words, paper.rules.form, lines, here, code),
        _keys(words, paper),
        html.Nav([linked(one) for one in foot], className="vote-foot", **aria(label=words("vote.foot"))),
    ]
    return step("select", bar_title(words, paper.purpose), content, _counting(words, paper), shown=shown)


def _changing(words: Words) -> Component:
    """Return what stands above the list while a vote is being changed, and the way out of it."""
    lines = [html.P(words("vote.changing"), className="notice-line"), html.P(words("vote.changing.do"))]
    out = press(words("vote.unchange"), "vote-unchange")
    return html.Div([shape("blue"), html.Div([*lines, out])], className="notice notice-blue vote-changing")


def _warnings(words: Words, paper: BallotPaper) -> list[Component]:
    found = []
    if paper.is_practice:
        found.append(told("amber", words("vote.practice.line"), words("vote.practice.do")))
    if not paper.rules.secret:
        found.append(told("amber", words("vote.recorded.line"), words("vote.recorded.do")))
    return found


def _counting(words: Words, paper: BallotPaper) -> list[Component]:
    """Return the dock of the list: how many, what stops the voter, and the way to the review."""
    pips = len(paper.lines) if paper.rules.form == "item" else paper.rules.most
    limited = paper.rules.form == "item" and paper.rules.limited
    return [
        html.P(
            [html.Span(className="shape shape-red", **aria(hidden="true")), html.Span()],
            className="vote-stop",
            hidden=True,
            role="status",
        ),
        html.P(
            [html.Span(className="vote-chosen"), html.Span(className="vote-left")],
            className="vote-counts",
        ),
        *([html.P(className="vote-fors")] if limited else []),
        *([html.Div([html.I() for _ in range(pips)], className="vote-pips", **aria(hidden="true"))]
          if pips <= MOST_PIPS else []),
        acts(press(words("vote.review"), "vote-review", primary=True)),
    ]  # fmt: skip


def _keys(words: Words, paper: BallotPaper) -> Component:
    return html.P(words(f"vote.keys.{paper.rules.form}"), className="vote-keys")


def review(words: Words, paper: BallotPaper) -> Component:
    """Return the step on which the whole paper is read once more; the rule on changing stands above the buttons."""
    content = [
        _tell("amber", "vote-state"),
        *([told("amber", words("vote.practice.line"))] if paper.is_practice else []),
        html.Div(className="vote-groups"),
        html.Div([shape("amber"), html.P()], className="vote-lack", hidden=True),
        html.Div(
            html.P(joined(words, before_casting(words, paper.rules))),
            className="notice notice-blue vote-before",
        ),
    ]
    dock = [
        acts(press(words("vote.back"), "vote-return"), press(words("vote.cast"), "vote-cast", primary=True))
    ]
    return step("review", words("vote.review"), content, dock)


def waiting(words: Words, paper: BallotPaper) -> Component:
    """Return the step of a press without answer: what is known, and that pressing again is harmless."""
    facts = [
        html.Div([html.Dt(words(f"vote.waiting.{name}")), html.Dd(className=f"vote-known-{name}")])
        for name in ("paper", "last", "answer")
    ]
    other = [words("vote.waiting.terminal"), *([words("vote.waiting.sheet")] if paper.on_paper else [])]
    content = [
        _tell("blue", "vote-state"),
        told("amber", words("vote.waiting.title"), html.Span(className="vote-known"), "vote-unsure"),
        html.Dl(facts, className="vote-facts"),
        html.P(joined(words, other), className="vote-note"),
    ]
    dock = [acts(press(words("vote.again"), "vote-again", primary=True))]
    return step("waiting", words("vote.waiting"), content, dock)


def receipt(words: Words, paper: BallotPaper, congress: str, *, terminal: bool) -> Component:
    """Return the step of a ballot that lies in the box: its receipt, the choices folded, what can be done with it."""
    has_code = paper.rules.receipt != "none"
    code = [
        html.Div(className="vote-qr", role="img", **aria(label=words("vote.qr"))),
        html.P(className="vote-code", **carried(label=words("vote.code"))),
        html.P(words("vote.code.use" if paper.rules.change else "vote.code.look"), className="vote-note"),
    ]
    head = [
        html.P(
            [html.Span(className="shape shape-blue", **aria(hidden="true")), html.Strong()],
            className="vote-done",
        ),
        html.P([congress, "｜", data(words, paper.title)], className="vote-note"),
    ]
    choices = html.Div(
        [
            html.Button(
                [html.Span(className="vote-choices-face"), html.Span(className="vote-choices-turn")],
                className="vote-choices-head",
                type="button",
                **aria(expanded="false"),
            ),
            html.Div(className="vote-choices-list", hidden=True),
        ],
        className="vote-choices",
    )
    copy = html.P(
        [press(words("vote.copy"), "vote-copy"), press(words("vote.copy.link"), "vote-copy-link")],
        className="vote-copies",
    )
    content = [
        _tell("blue", "vote-state"),
        _tell("amber", "vote-doubt"),
        html.Div([*head, *(code if has_code else [])], className="vote-receipt"),
        *([copy] if has_code and not terminal else []),
        choices,
        html.Div(html.P(_after(words, paper)), className="notice notice-blue vote-after"),
    ]
    return step("receipt", words("vote.receipt"), content, _keeping(words, paper, terminal=terminal))


def _after(words: Words, paper: BallotPaper) -> str:
    if paper.is_practice:
        return words("vote.after.practice")
    if paper.rules.receipt == "none":
        return words("vote.after.none")
    return words("vote.after.change" if paper.rules.change else "vote.after.final")


def _keeping(words: Words, paper: BallotPaper, *, terminal: bool) -> list[Component]:
    if terminal:
        leaving = html.P(className="vote-leaving", role="timer")
        return [leaving, acts(press(words("vote.finish"), "vote-finish", primary=True))]
    buttons = [press(words("vote.change"), "vote-change")] if paper.rules.change else []
    if paper.rules.receipt != "none":
        buttons.append(press(words("vote.save"), "vote-save", primary=True))
    return [acts(*buttons)] if buttons else []


def stopped(words: Words, links: dict[str, str], *, terminal: bool) -> Component:
    """Return the step of a refusal: what is so, what to do, and the one way onward; a terminal can be left."""
    ways: list[Component] = [
        html.A(words(f"vote.way.{name}"), href=href, className=f"button vote-way-{name}", hidden=True)
        for name, href in links.items()
    ]
    notice = html.Div(
        [shape("red"), html.Div([html.P(className="notice-line vote-why"), html.P(className="vote-what")])],
        className="notice notice-red",
    )
    back = press(words("vote.back"), "vote-return")
    leave = [press(words("hall.leave.next"), "vote-out")] if terminal else []
    dock = [acts(*leave, *ways, back, press(words("vote.retry"), "vote-retry", primary=True))]
    return step("stopped", words("vote.stopped"), [notice], dock)


def voted(words: Words, paper: BallotPaper, look_up: str | None) -> Component:
    """Return the step of somebody who has voted and whose receipt this tab does not hold.

    A terminal looks up nothing (`look_up` is None) and can be left.
    """
    entry = html.Div(
        [
            field(
                "vote-typed",
                words("vote.code"),
                text_input("vote-typed", autoComplete="off", spellCheck="false"),
                words("vote.typed.help"),
            ),
            html.P(className="vote-typed-fault", role="alert", hidden=True),
        ],
        className="vote-form",
    )
    can = paper.rules.change and paper.rules.receipt != "none"
    content = [
        _tell("blue", "vote-state"),
        _tell("amber", "vote-doubt"),
        told("blue", words("vote.voted.line"), words("vote.voted.do")),
        *([entry] if can else [html.P(words("vote.voted.final"), className="vote-note")]),
    ]
    if look_up is not None:
        content.append(html.P(html.A(words("vote.way.receipt"), href=look_up), className="vote-note"))
    buttons = [press(words("hall.leave.next"), "vote-out")] if look_up is None else []
    if can:
        buttons.append(press(words("vote.change.by"), "vote-change-by", primary=True))
    return step("voted", bar_title(words, paper.purpose), content, [acts(*buttons)] if buttons else [])


def door(
    title: str,
    light: str,
    line: str,
    advice: str,
    ways: Sequence[Component] = (),
    about: Component | str | None = None,
) -> Component:
    """Return the one step of a page that cannot be marked now, and why."""
    head = [html.H2(about, className="vote-part")] if about is not None else []
    dock = [acts(*ways)] if ways else []
    return step("door", title, [*head, told(light, line, advice)], dock, shown=True)


def _tell(light: str, style: str) -> Component:
    """Return a notice that stands empty until there is something to tell: the round's state, or what is not known."""
    return html.Div([shape(light), html.P()], className=f"notice notice-{light} {style}", hidden=True)
