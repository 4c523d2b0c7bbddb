"""What the form of a report sends: what is typed, kept as a draft, and the whole of it, submitted."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
from dash import Input, Output, no_update, set_props
from dash.development.base_component import Component
from pydantic import BaseModel, Field, ValidationError

from dashboard.commands.progress import NewReport, submit_report
from dashboard.commands.report_drafts import DraftChange, SavedDraft, save_draft
from dashboard.figures.quality_words import quality_advice, quality_text
from dashboard.gate import Call
from dashboard.i18n import Words, words
from dashboard.queries.report_form import report_form, was_sent
from dashboard.rules.refused import Refused
from dashboard.rules.report_form import Wrong, read_form
from dashboard.web import addresses
from dashboard.web.context import PageState
from dashboard.web.parts.report_answer import clashes, mistakes, saved_line, sent, warned
from dashboard.web.parts.report_form import every_error
from dashboard.web.refusals import refusal_notice, status_of
from dashboard.web.wiring import writes

Answer = tuple[Component, Any, Any, Any]


class Typed(BaseModel):
    """What assets/report/form.mjs sends: the fields as they stand, what they began from, and whether to submit.

    `n` counts the page's saves, so that the script knows which one was answered. `request` names one press.
    """

    n: Annotated[int, Field(ge=1)]
    mode: Literal["save", "send"]
    month: date
    editor: str
    typed: dict[str, str]
    base: dict[str, str]
    seen: dict[str, int]
    request: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


@writes(
    Output("report-saved", "children"),
    Output("report-told", "children"),
    Output("report-warnings", "children"),
    Output("report-body", "children"),
    Input("report-typed", "data"),
)
def take(call: Call, typed: Typed, page: PageState) -> Answer:
    """Keep what is typed, and submit it where it is asked to; what stands in the way is told beside its field."""
    language = words(call.language)
    project = _project(page)
    if typed.mode == "send" and was_sent(call, project, typed.request):
        # The answer to this press was lost: the report is with the clerk, and its draft has ended.
        told = orjson.dumps({"n": typed.n, "sent": True}).decode()
        return saved_line(language, None, told), [], [], sent(language, typed.month, page.path)
    try:
        saved = _saved(call, project, typed)
    except Refused as refused:
        return _refused(refused, language, typed)
    line = saved_line(language, saved, _told(typed, saved))
    together = clashes(language, saved)
    look = warned(
        language, [(quality_text(language, one), quality_advice(language, one)) for one in saved.warnings]
    )
    if typed.mode == "save" or saved.clashing:
        return line, together, look, no_update
    return _submitted(call, page, project, typed, saved, line, look)


def _saved(call: Call, project: UUID, typed: Typed) -> SavedDraft:
    try:
        change = DraftChange(
            project_id=project, month=typed.month, editor=typed.editor, typed=typed.typed, base=typed.base,
            seen=typed.seen,
        )  # fmt: skip
    except ValidationError as error:
        raise Refused("malformed") from error
    return save_draft(call, change)


def _submitted(
    call: Call, page: PageState, project: UUID, typed: Typed, saved: SavedDraft, line: Component, look: Any
) -> Answer:
    """Read the whole draft and submit it, or tell by field what stands in the way."""
    language = words(call.language)
    form = report_form(call, project, typed.month)
    read = read_form(
        saved.values,
        unit=form.target.unit,
        has_target=form.target.quantity is not None,
        corrects=form.corrects,
    )
    _mark(language, read.wrong)
    if read.wrong:
        return line, mistakes(language, read.wrong, form.target.unit), look, no_update
    try:
        new = NewReport(
            project_id=project,
            month=typed.month,
            revision=saved.revision,
            request_id=typed.request,
            **read.values,
        )
        submit_report(call, new)
    except Refused as refused:
        if refused.code == "report_explanation_needed":
            missing = (Wrong("explanation", refused.code, refused.facts),)
            _mark(language, missing)
            return line, mistakes(language, missing, form.target.unit), look, no_update
        return _refused(refused, language, typed)
    told = orjson.dumps({"n": typed.n, "sent": True}).decode()
    return saved_line(language, saved, told), [], [], sent(language, typed.month, page.path)


def _mark(language: Words, wrong: Sequence[Wrong]) -> None:
    """Say beside each field what is wrong with it, and nothing beside the others."""
    told: dict[str, list[str]] = {}
    for one in wrong:
        text = language(f"refused.{one.code}", **one.facts) + language(f"refused.{one.code}.do", **one.facts)
        told.setdefault(one.place, []).append(text)
    for place in every_error():
        set_props(place, {"children": told.get(place[len("report-") : -len("-error")], [])})


def _told(typed: Typed, saved: SavedDraft) -> str:
    """Return what the script is told of a save: the fields as the draft holds them now."""
    told = {
        "n": typed.n,
        "values": saved.values,
        "seen": saved.revisions,
        "clashing": [one.field for one in saved.clashing],
    }
    return orjson.dumps(told).decode()


def _refused(refused: Refused, language: Words, typed: Typed) -> Answer:
    """Tell a refusal in the form's own place; what was typed stays, and the script stops asking again."""
    if status_of(refused) is not None:
        raise refused
    told = orjson.dumps({"n": typed.n, "refused": refused.code}).decode()
    return saved_line(language, None, told), refusal_notice(refused, language), no_update, no_update


def _project(page: PageState) -> UUID:
    address = addresses.read(page.path)
    try:
        return UUID((address.item if address is not None and address.page == "report" else None) or "")
    except ValueError as error:
        raise Refused("malformed") from error
