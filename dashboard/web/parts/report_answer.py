"""What a report's form is answered: saved at which time, what somebody else wrote meanwhile, what is wrong where."""

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.commands.report_drafts import SavedDraft, Theirs
from dashboard.i18n import Words
from dashboard.rules.report_form import Wrong
from dashboard.web.parts.forms import errors
from dashboard.web.parts.links import Link, linked
from dashboard.web.parts.notice import notice
from dashboard.web.parts.report_words import full_month
from dashboard.web.parts.text import Sentence, carried, data, printed


def saved_line(words: Words, saved: SavedDraft | None, told: str) -> Component:
    """Return when the draft was saved, with what the script needs to know of it."""
    text = words("report.save.refused")
    if saved is not None:
        text = words("report.save.saved", clock=words.clock(saved.saved_at))
    return html.Span(text, **carried(answer=told))


def clashes(words: Words, saved: SavedDraft) -> list[Component]:
    """Return what another wrote meanwhile, field by field: to be chosen where both wrote, else taken over."""
    found: list[Component] = []
    if saved.clashing:
        items = [_clash(words, one) for one in saved.clashing]
        line = words.plural("report.clash", len(items))
        found.append(notice("amber", line, [words("report.clash.do"), html.Ul(items, className="clashes")]))
    if saved.taken:
        items = [html.Li(_theirs(words, one)) for one in saved.taken]
        line = words.plural("report.taken", len(items))
        found.append(notice("grey", line, html.Ul(items, className="clashes")))
    return found


def warned(words: Words, warnings: Sequence[tuple[str, str]]) -> list[Component]:
    """Return what needs a second look; it stops nothing."""
    if not warnings:
        return []
    items = [html.Li([html.Strong(line), html.Span(advice)]) for line, advice in warnings]
    line = words.plural("report.warned", len(items))
    return [notice("amber", line, [words("report.warned.do"), html.Ul(items, className="warnings")])]


def mistakes(words: Words, wrong: Sequence[Wrong]) -> Component:
    """Return the summary of what is wrong, each line leading to its field."""
    told = []
    for one in wrong:
        label = words(f"report.name.{one.place}")
        told.append((f"report-{one.place}", words("report.wrong", field=label, what=_said(words, one))))
    return errors(words.plural("report.wrongs", len(told)), told)


def sent(words: Words, month: date, path: str) -> Component:
    """Return what stands in place of the form once it is submitted."""
    line = words("report.sent", month=full_month(words, month))
    ways = [
        linked(
            Link(words("report.sent.desk"), path.rpartition("/report/")[0] + "/desk"), "button button-primary"
        ),
        linked(Link(words("report.sent.see"), f"{path}?month={month:%Y-%m}", fresh=True), "button"),
    ]
    return html.Div(
        [notice("green", line, words("report.sent.do")), html.Div(ways, className="acts monthly-ways")],
        id="report-sent",
    )


def _clash(words: Words, one: Theirs) -> Component:
    return html.Li(
        [
            *_theirs(words, one),
            html.Div(
                [
                    html.Button(
                        words("report.clash.take"), type="button", className="button",
                        **carried(take=one.field, value=one.value),
                    ),
                    html.Button(
                        words("report.clash.keep"), type="button", className="button",
                        **carried(keep=one.field, value=one.value),
                    ),
                ],
                className="acts",
            ),
        ]
    )  # fmt: skip


def _theirs(words: Words, one: Theirs) -> list[Component | str]:
    label = words(f"report.name.{one.field}")
    who = one.by or words("report.clash.somebody")
    when = words.clock(one.at) if one.at is not None else ""
    return [
        html.Strong(label),
        html.Span(printed(words, Sentence("report.clash.wrote", {"clock": when}, {"who": who}))),
        html.Q(data(words, one.value)) if one.value else html.Em(words("report.clash.emptied")),
    ]


def _said(words: Words, one: Wrong) -> str:
    return words(f"refused.{one.code}", **one.facts)
