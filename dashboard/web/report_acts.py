"""What the form of a report sends: what is typed, kept as a draft, and the whole of it, submitted."""

from collections.abc import Sequence
from dataclasses import dataclass
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
from dashboard.queries.attachments import draft_files
from dashboard.queries.report_form import report_form, was_sent
from dashboard.rules.refused import Refused
from dashboard.rules.report_form import Wrong, read_form
from dashboard.web import addresses
from dashboard.web.context import PageState
from dashboard.web.parts.report_answer import clashes, mistakes, saved_line, sent, warned
from dashboard.web.parts.report_files import draft_files_list
from dashboard.web.parts.report_form import every_error
from dashboard.web.refusals import refusal_notice, status_of
from dashboard.web.wiring import writes


@dataclass
class Answer:
    """What the form is answered: the line of the save, what is told above, the warnings, the files, the whole form.

    What is not named stays as it is.
    """

    line: Component
    told: Any = no_update
    warnings: Any = no_update
    files: Any = no_update
    body: Any = no_update

    def outputs(self) -> tuple[Any, ...]:
        """Return the answer in the order of the callback's outputs."""
        return (self.line, self.told, self.warnings, self.files, self.body)


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
    Output("report-files", "children"),
    Output("report-body", "children"),
    Input("report-typed", "data"),
)
def take(call: Call, typed: Typed, page: PageState) -> tuple[Any, ...]:
    """Keep what is typed, and submit it where it is asked to; what stands in the way is told beside its field."""
    language, project = words(call.language), _project(page)
    if typed.mode == "send" and was_sent(call, project, typed.request):
        # The answer to this press was lost: the report is with the clerk, and its draft has ended.
        return _sent(language, typed, None, page).outputs()
    try:
        saved = _saved(call, project, typed)
        answer = _kept(call, project, typed, saved)
        if typed.mode == "send" and not saved.clashing:
            answer = _submitted(call, page, typed, saved, answer)
    except Refused as refused:
        # Told in the form's own place: what was typed stays, and the script stops asking again.
        if status_of(refused) is not None:
            raise
        line = saved_line(language, None, _json(n=typed.n, refused=refused.code))
        return Answer(line, refusal_notice(refused, language)).outputs()
    return answer.outputs()


def _saved(call: Call, project: UUID, typed: Typed) -> SavedDraft:
    try:
        change = DraftChange(
            project_id=project, month=typed.month, editor=typed.editor, typed=typed.typed, base=typed.base,
            seen=typed.seen,
        )  # fmt: skip
    except ValidationError as error:
        raise Refused("malformed") from error
    return save_draft(call, change)


def _kept(call: Call, project: UUID, typed: Typed, saved: SavedDraft) -> Answer:
    """Return what is told of a save: what others wrote, what needs a second look, and the files of a new draft."""
    language = words(call.language)
    clashing = [one.field for one in saved.clashing]
    told = _json(n=typed.n, values=saved.values, seen=saved.revisions, clashing=clashing)
    look = [(quality_text(language, one), quality_advice(language, one)) for one in saved.warnings]
    files: Any = no_update
    if not any(typed.seen.values()):
        # The draft has just begun, with files of its own that can be taken off.
        code = call.place.code if call.place is not None else ""
        files = draft_files_list(language, code, draft_files(call, project, typed.month), kept=True)
    return Answer(saved_line(language, saved, told), clashes(language, saved), warned(language, look), files)


def _submitted(call: Call, page: PageState, typed: Typed, saved: SavedDraft, answer: Answer) -> Answer:
    """Read the whole draft and submit it, or tell by field what stands in the way."""
    language, project = words(call.language), _project(page)
    form = report_form(call, project, typed.month)
    target = form.target
    has_target = target.quantity is not None
    read = read_form(saved.values, unit=target.unit, has_target=has_target, corrects=form.corrects)
    wrong = read.wrong
    if not wrong:
        known: dict[str, Any] = {"project_id": project, "month": typed.month, "revision": saved.revision}
        try:
            submit_report(call, NewReport(request_id=typed.request, **known, **read.values))
        except Refused as refused:
            if refused.code != "report_explanation_needed":
                raise
            wrong = (Wrong("explanation", refused.code, refused.facts),)
        else:
            return _sent(language, typed, saved, page)
    _mark(language, wrong)
    answer.told = mistakes(language, wrong)
    return answer


def _sent(language: Words, typed: Typed, saved: SavedDraft | None, page: PageState) -> Answer:
    line = saved_line(language, saved, _json(n=typed.n, sent=True))
    return Answer(line, [], [], body=sent(language, typed.month, page.path))


def _mark(language: Words, wrong: Sequence[Wrong]) -> None:
    """Say beside each field what is wrong with it, and nothing beside the others."""
    told: dict[str, list[str]] = {}
    for one in wrong:
        text = language(f"refused.{one.code}", **one.facts) + language(f"refused.{one.code}.do", **one.facts)
        told.setdefault(one.place, []).append(text)
    for place in every_error():
        set_props(place, {"children": told.get(place[len("report-") : -len("-error")], [])})


def _json(**told: object) -> str:
    """Return what the script reads beside the line of a save."""
    return orjson.dumps(told).decode()


def _project(page: PageState) -> UUID:
    address = addresses.read(page.path)
    try:
        return UUID((address.item if address is not None and address.page == "report" else None) or "")
    except ValueError as error:
        raise Refused("malformed") from error
