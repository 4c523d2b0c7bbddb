"""One inspection as it is read: what was found in its versions, the pictures, who went."""

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Words
from dashboard.rules.inspection_frames import Finding, Inspection
from dashboard.rules.inspections import CANCELLED, HELD, PUBLISHED
from dashboard.web.addresses import Address
from dashboard.web.parts.card import card, foot
from dashboard.web.parts.empty import empty
from dashboard.web.parts.links import anchor
from dashboard.web.parts.notice import notice
from dashboard.web.parts.report_files import file_list
from dashboard.web.parts.text import Content, data


def standing(words: Words, one: Inspection) -> list[Component]:
    """Return what is to be known first: that it waits to be published, or why it was cancelled."""
    if one.state == CANCELLED:
        return [
            notice(
                "grey",
                words("inspection.cancelled"),
                [words("inspection.reason"), data(words, one.reason or "")],
            )
        ]
    if one.state == HELD:
        return [notice("amber", words("inspection.waits"), words("inspection.waits.line"))]
    return []


def findings_card(words: Words, one: Inspection) -> Component:
    """Return the version that holds with its pictures; the versions before it are folded."""
    title = words("inspection.findings")
    if not one.findings:
        since = "inspection.findings.none.since" if one.state != CANCELLED else "inspection.findings.never"
        return card(title, empty(words("inspection.findings.none"), words(since, day=words.day(one.day))))
    last, *before = reversed(one.findings)
    body: list[Component] = [html.P(data(words, last.text), className="visit-found")]
    if last.reason:
        why: Content = [words("inspection.corrected", day=words.day(last.written)), data(words, last.reason)]
        body.append(html.P(why, className="secondary"))
    if before:
        body.append(_before(words, before))
    return card(
        title, body, words("inspection.findings.line", day=words.day(last.written)), foot=_foot(words, one)
    )


def _foot(words: Words, one: Inspection) -> Component | None:
    return foot(words, words("inspection.findings.source")) if one.state == PUBLISHED else None


def _before(words: Words, versions: list[Finding]) -> Component:
    items = []
    for one in versions:
        line: list[Component | str] = [
            words("inspection.version", n=str(one.version), day=words.day(one.written)),
            *([words("inspection.for"), data(words, one.reason)] if one.reason else []),
        ]
        items.append(html.Li([html.P(line), html.P(data(words, one.text), className="visit-found")]))
    return html.Details(
        [html.Summary(words.plural("inspection.versions", len(versions))), html.Ul(items, className="said")],
        className="visit-more",
    )


def files_card(words: Words, code: str, one: Inspection) -> Component | None:
    """Return the pictures and files; nothing where there are none."""
    if not one.files:
        return None
    body = html.Div(file_list(words, code, one.files), className="visit-files")
    return card(words.plural("inspection.files", len(one.files)), body, words("inspection.files.line"))


def going_card(words: Words, one: Inspection, here: Address) -> Component:
    """Return who goes, or went, each with the delegation."""
    key = "inspection.went" if one.findings else "inspection.go"
    items = [
        html.Li(
            [
                anchor(data(words, who.name), here.to("deputies", who.seat).path()),
                html.Span(data(words, who.delegation) if who.delegation else "", className="secondary"),
            ]
        )
        for who in one.going
    ]
    if not items:
        return card(words(key), html.P(words("inspection.nobody"), className="secondary"))
    return card(
        words(key), html.Ul(items, className="visit-going"), words.plural("inspection.going.n", len(items))
    )
