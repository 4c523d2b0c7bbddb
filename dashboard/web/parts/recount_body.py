"""What an uploaded file gives when it is counted again: whose box it is, its result with every reason, its faults."""

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import MissingWord, Words
from dashboard.queries.boxes import Known
from dashboard.reports.uploaded_box import FileLine, FileRecount
from dashboard.rules.box_recounts import NAMED, BoxRecount, Faulty
from dashboard.web.addresses import Address
from dashboard.web.parts.badge import simulated
from dashboard.web.parts.card import card
from dashboard.web.parts.links import anchor
from dashboard.web.parts.notice import notice
from dashboard.web.parts.rounds_body import attendance_card, reasons_card, threshold_card
from dashboard.web.parts.rounds_rules import rules_card
from dashboard.web.parts.table import Column, scrolled, table
from dashboard.web.parts.text import Content, data


def box_recounted(words: Words, found: BoxRecount, known: Known | None) -> list[Component]:
    """Return a sealed box counted again: first whose it is, then what it gives and why."""
    result = found.result
    facts = {name: words.count(value) for name, value in found.outcome_facts.items()}
    outcome = card(
        words("recount.outcome"),
        [html.P(words(found.outcome, **facts)), *_agrees(words, found, known)],
        words("recount.purpose", purpose=words(f"recount.purpose.{result.line.purpose}")),
        end=[simulated(words)] if known is not None and known.simulated else None,
    )
    reasons = reasons_card(words, result, lambda _number: "")
    rules = rules_card(words, result)
    return [
        _whose(words, found.digest, known) if known is not None else _unknown(words, found.digest),
        outcome,
        attendance_card(words, result.tally),
        reasons,
        html.Div(
            [
                html.Div(threshold_card(words, result), className="span-6 stack"),
                html.Div(_faults_card(words, found.faults), className="span-6 stack"),
            ],
            className="columns",
        ),
        *([rules] if rules is not None else []),
    ]


def file_recounted(words: Words, found: FileRecount, known: Known | None) -> list[Component]:
    """Return a Pabulib file counted again by the rule that it states."""
    columns = [
        Column(words("recount.file.key")),
        Column(words("recount.file.name")),
        Column(words("recount.file.votes"), number=True),
        Column(words("recount.file.score"), number=True),
        Column(words("recount.file.selected")),
    ]
    rows: list[list[Component | str]] = [
        [
            one.key,
            one.name or "—",
            words.count(one.votes),
            one.score or "—",
            _selected(words, one.selected, one.differs),
        ]
        for one in found.lines
    ]
    title = words("recount.file", n=words.count(len(rows)))
    ties = [html.Li(words("recount.file.tie", names=words("summary.list").join(tie))) for tie in found.ties]
    faults = [
        html.Li(
            words(
                "recount.file.fault",
                what=_fault(words, one.code),
                n=words.count(one.many),
                lines=words("summary.list").join(map(str, one.lines[:10])),
            )
        )
        for one in found.faults
    ]
    body = [scrolled(table(columns, rows, title), title)]
    return [
        *_said(words, found, known),
        card(title, body, _rule(words, found.rule)),
        _listed(words("recount.file.ties"), ties, words("recount.file.no_tie")),
        _listed(words("recount.faults"), faults, words("recount.faults.none")),
    ]


def _rule(words: Words, rule: str) -> str:
    """Return the rule that a file states, by its name in Pabulib and in words where these are known."""
    try:
        what = words(f"recount.rule.{rule.replace('-', '_').replace('/add1', '_addone')}")
    except MissingWord:
        what = words("recount.rule.none")
    return words("recount.file.rule", rule=rule or "—", what=what)


def _listed(title: str, items: list[html.Li], none: str) -> Component:
    return card(title, html.Ul(items or [html.Li(none)], className="plain-list"))


def _whose(words: Words, digest: str, known: Known) -> Component:
    """Return whose box it is: the round whose announcement has the digest of the very bytes that were counted."""
    return notice(
        "green",
        words("recount.known"),
        [*_digest(words, "recount.digest", digest), html.Br(), _way(words, known)],
    )


def _unknown(words: Words, digest: str, label: str = "recount.digest") -> Component:
    """Return that no round here has the digest."""
    told = [*_digest(words, label, digest), html.Br(), words("recount.unknown.do")]
    return notice("amber", words("recount.unknown"), told)


def _said(words: Words, found: FileRecount, known: Known | None) -> list[Component]:
    """Return which box a Pabulib file says that it comes from, and whether its votes are those announced.

    Anyone can write a digest into a file: it proves nothing, and nothing of it is shown as proven.
    """
    if found.box is None:
        return [_unknown(words, found.digest)]
    if known is None:
        return [_unknown(words, found.box, "recount.digest.stated")]
    told = [*_digest(words, "recount.digest.stated", found.box), html.Br(), _way(words, known)]
    named = notice("amber", words("recount.known.named"), told)
    if not known.counts:
        return [named]
    announced = {str(number): (votes, state) for number, votes, state in known.counts}
    counted = {one.key: one for one in found.lines}
    others = [
        key
        for key in [*announced, *(key for key in counted if key not in announced)]
        if key not in announced or key not in counted or _is_other(counted[key], *announced[key])
    ]
    if others:
        differ = words("recount.differs", names=words("summary.list").join(others[:NAMED]))
        return [named, notice("red", differ, words("recount.known.other"))]
    return [named, html.P(words("recount.file.agrees", n=words.count(len(counted))), className="secondary")]


def _is_other(line: FileLine, votes: int, state: str) -> bool:
    """Tell whether a file gives an item other votes, or another end where its rule decides and no run-off does."""
    decided = line.selected is not None and state != "tied"
    return line.votes != votes or (decided and line.selected != (state == "chosen"))


def _digest(words: Words, label: str, digest: str) -> list[Component | str]:
    spaced = " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
    return [words(label), html.Code(spaced, className="recount-digest")]


def _way(words: Words, known: Known) -> Component:
    """Return the link to a round by its congress and announcement."""
    name = known.congress_zh if words.is_chinese else known.congress_en
    way = Address(words.language, known.code, known.year).to("rounds", known.round_id).path()
    link: Content = [name, "｜", data(words, known.announcement or known.title)]
    return anchor(link, way)


def _agrees(words: Words, found: BoxRecount, known: Known | None) -> list[Component]:
    """Say whether the count is that of the announcement, item by item."""
    if known is None or not known.counts:
        return []
    counted = {bar.number: (bar.votes, bar.state) for bar in found.result.tally.bars}
    others = [number for number, votes, state in known.counts if counted.get(number) != (votes, state)]
    if not others and len(counted) == len(known.counts):
        return [html.P(words("recount.agrees", n=words.count(len(counted))), className="recount-agrees")]
    names = words("summary.list").join(map(str, others))
    return [notice("red", words("recount.differs", names=names or "—"))]


def _faults_card(words: Words, faults: tuple[Faulty, ...]) -> Component:
    """Return the invalid ballots by reason, with their ids folded."""
    items = [
        html.Li(
            [
                html.P(words("recount.fault", what=_why(words, one), n=words.count(one.many))),
                html.Details(
                    [
                        html.Summary(words("recount.fault.ids")),
                        html.Ul(
                            [html.Li(html.Code(ballot)) for ballot in one.ballots], className="recount-ids"
                        ),
                    ]
                ),
            ]
        )
        for one in faults
    ]
    body = html.Ul(items, className="plain-list") if items else html.P(words("recount.faults.none"))
    return card(words("recount.faults"), body)


def _why(words: Words, one: Faulty) -> str:
    return words(one.code, **{name: words.count(value) for name, value in one.facts.items()})


def _fault(words: Words, code: str) -> str:
    """Return what is wrong in words; of what this version does not know, the code."""
    try:
        return words(f"recount.fault.{code}")
    except MissingWord:
        return code


def _selected(words: Words, selected: bool | None, differs: tuple[str, ...]) -> str:
    said = "—" if selected is None else words("recount.file.yes" if selected else "recount.file.no")
    return said + (words("recount.file.differs") if differs else "")
