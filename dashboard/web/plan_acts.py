"""What is pressed and typed on the page of a plan: saved, handed in, approved, decided; a row more; the preview."""

from typing import Annotated, Literal
from uuid import UUID

from dash import Input, Output
from dash.development.base_component import Component
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dashboard.commands.plans import (
    Decision,
    NewPlan,
    Saved,
    approve_plan,
    draft_plan,
    record_approval,
    record_decision,
    return_plan,
    submit_plan,
    withdraw_plan,
)
from dashboard.gate import Call
from dashboard.i18n import Words, words
from dashboard.queries.plans import plan_desk
from dashboard.rules.plan_frames import PlanDesk
from dashboard.rules.plan_problems import Problem
from dashboard.rules.refused import Refused
from dashboard.rules.typed_days import read_day
from dashboard.rules.typed_numbers import write_money
from dashboard.web.context import PageState
from dashboard.web.parts.notice import notice
from dashboard.web.parts.plan_conflict import conflict_part
from dashboard.web.parts.plan_rows import milestones_part, months_part
from dashboard.web.plan_views import body_view, content_typed, look_of, preview_part, project_of, state_tag
from dashboard.web.typed_plan import Read, read_plan, read_revision, typed_of
from dashboard.web.wiring import reads, writes

Name = Annotated[str, Field(max_length=40, pattern=r"^[a-z0-9_.-]+$")]
Texts = Annotated[dict[Name, Annotated[str, Field(max_length=2000)]], Field(max_length=400)]


class Pressed(BaseModel):
    """What assets/plan.js sends: what was pressed, everything that stands in the form, and a number of its own."""

    model_config = ConfigDict(extra="forbid", strict=True)

    verb: Literal["save", "keep", "take", "submit", "withdraw", "approve", "approval", "decision", "return"]
    typed: Texts
    at: int


class Asked(BaseModel):
    """What is to be laid out anew from what stands in the form."""

    model_config = ConfigDict(extra="forbid", strict=True)

    verb: Literal["row", "shape", "spread"]
    typed: Texts
    at: int


Drawn = tuple[list[Component], list[Component], Component, list[Component]]
DRAWN = (
    Output("notice", "children", allow_duplicate=True),
    Output("plan-told", "children"),
    Output("plan-state", "children"),
    Output("plan-body", "children"),
)


@writes(*DRAWN, Input("plan-pressed", "data"))
def press(call: Call, pressed: Pressed, page: PageState) -> Drawn:
    """Do what was pressed with the plan of the page, and draw it again."""
    _, project = project_of(page)
    language, typed = words(call.language), pressed.typed
    if pressed.verb in {"save", "keep", "submit"}:
        return _fill(call, pressed, page, project)
    if pressed.verb != "take":
        _decide(call, pressed.verb, typed)
    told = [] if pressed.verb == "take" else [_done(language, pressed.verb)]
    return _drawn(call, page, plan_desk(call, project), told)


@reads(
    Output("plan-steps", "children"),
    Output("plan-months", "children"),
    Input("plan-asked", "data"),
    keeps=False,
)
def lay_out(call: Call, asked: Asked, page: PageState) -> tuple[list[Component], list[Component]]:
    """Lay the rows of the form out anew: one milestone more, the months to another last day, money by the plan."""
    desk, language = plan_desk(call, project_of(page)[1]), words(call.language)
    typed = read_plan(asked.typed, desk).typed
    if asked.verb == "spread":
        typed |= _spread(desk, typed)
    steps = milestones_part(language, typed, {}, more=2 if asked.verb == "row" else 1)
    return steps, months_part(language, desk, typed, {})


@reads(Output("plan-preview", "children"), Input("plan-typed", "data"), keeps=False)
def preview(call: Call, typed: Texts, page: PageState) -> Component:
    """Draw the curve of what is being typed."""
    desk, look = plan_desk(call, project_of(page)[1]), look_of(call, words(call.language), page)
    return preview_part(look, desk, content_typed(desk, typed))


def _fill(call: Call, pressed: Pressed, page: PageState, project: UUID) -> Drawn:
    """Save what was typed, and hand it in where that was pressed; nothing that was typed is lost."""
    desk, language = plan_desk(call, project), words(call.language)
    read = read_plan(pressed.typed, desk)
    if read.problems:
        return _drawn(call, page, desk, [_unsaved(language, read)], read, read.problems)
    revision = read.values["revision"]
    if pressed.verb == "keep" and desk.under_way is not None:
        # Shown what the other had saved, the person chose to go on from it.
        revision = read_revision(pressed.typed, "shown")
    try:
        saved = draft_plan(call, NewPlan.model_validate(read.values | {"revision": revision}))
    except Refused as refused:
        if refused.code != "plan_changed_meanwhile":
            raise
        return _conflict(call, page, project, read)
    return _saved(call, pressed.verb, page, project, saved)


def _saved(call: Call, verb: str, page: PageState, project: UUID, saved: Saved) -> Drawn:
    language = words(call.language)
    if verb == "submit":
        try:
            submit_plan(call, saved.plan_id, saved.revision)
        except Refused as refused:
            if refused.code != "plan_incomplete":
                raise
            desk = plan_desk(call, project)
            found = desk.under_way.problems if desk.under_way is not None else ()
            told = notice(
                "amber", language("plan.told.saved"), language("refused.plan_incomplete", n=len(found))
            )
            return _drawn(call, page, desk, [told], None, found)
        return _drawn(call, page, plan_desk(call, project), [_done(language, verb)])
    desk = plan_desk(call, project)
    left = len(desk.under_way.problems) if desk.under_way is not None else 0
    advice = language.plural("plan.told.left", left) if left else language("plan.told.whole")
    return _drawn(call, page, desk, [notice("green", language("plan.told.saved"), advice)])


def _conflict(call: Call, page: PageState, project: UUID, read: Read) -> Drawn:
    """Show what somebody else saved beside what was typed: nothing is overwritten, and nothing is lost."""
    desk, language = plan_desk(call, project), words(call.language)
    waits = desk.under_way
    if waits is None:
        raise Refused("plan_changed_meanwhile")
    theirs = typed_of(desk, waits.content, waits.kind, waits.reason, waits.revision)
    told = conflict_part(language, desk, theirs, read.typed)
    return _drawn(call, page, desk, [told], read, ())


def _decide(call: Call, verb: str, typed: dict[str, str]) -> None:
    plan, revision = _plan_of(typed)
    if verb == "withdraw":
        withdraw_plan(call, plan, revision)
    elif verb == "approve":
        approve_plan(call, plan, revision)
    elif verb == "return":
        return_plan(call, plan, revision, typed.get("returned", ""))
    else:
        new = _decision(plan, revision, typed)
        if verb == "approval":
            record_approval(call, new)
        else:
            record_decision(call, new)


def _plan_of(typed: dict[str, str]) -> tuple[UUID, int]:
    try:
        return UUID(typed.get("plan", "")), read_revision(typed)
    except ValueError as error:
        raise Refused("malformed") from error


def _decision(plan: UUID, revision: int, typed: dict[str, str]) -> Decision:
    given = {
        "plan_id": plan,
        "revision": revision,
        "body": typed.get("body", ""),
        "document": typed.get("document", ""),
        "day": read_day(typed.get("day", "")),
        "reason": typed.get("decided_reason", ""),
    }
    try:
        return Decision.model_validate(given)
    except ValidationError as error:
        raise Refused("body_needed") from error


def _spread(desk: PlanDesk, typed: dict[str, str]) -> dict[str, str]:
    """Return the money of every month by its planned share; what was planned for a month over stays."""
    content = content_typed(desk, typed)
    budget = content.budget
    if budget is None:
        return {}
    before = {one.month: one.money for one in desk.force.content.months} if desk.force is not None else {}
    spread = {}
    for one in content.months:
        if one.share is None or (one.month in desk.past and before.get(one.month) is not None):
            continue
        # Whole thousands of yuan: nobody plans by the fen.
        sum_of = budget * one.share // 10_000 // 100_000 * 100_000 if one.share < 10_000 else budget
        spread[f"months.{one.month:%Y-%m}.money"] = write_money(sum_of)
    return spread


def _done(language: Words, verb: str) -> Component:
    return notice("green", language(f"plan.told.{verb}"), language(f"plan.told.{verb}.do"))


def _unsaved(language: Words, read: Read) -> Component:
    return notice(
        "red", language.plural("plan.told.unread", len(read.problems)), language("plan.told.unread.do")
    )


def _drawn(
    call: Call,
    page: PageState,
    desk: PlanDesk,
    told: list[Component],
    read: Read | None = None,
    found: tuple[Problem, ...] = (),
) -> Drawn:
    look = look_of(call, words(call.language), page)
    typed = read.typed if read is not None else None
    body = body_view(look, desk, typed, found, asked=True)
    return [], told, state_tag(look.words, desk), body
