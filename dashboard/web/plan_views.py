"""The page of a plan drawn from its query, at its opening and again after every act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dash import html
from dash.development.base_component import Component

from dashboard.figures.progress_curve import progress_curve
from dashboard.figures.summary import summarise_curve
from dashboard.gate import Call
from dashboard.i18n import Words
from dashboard.rules.frames import Curve, PastPlan, Source
from dashboard.rules.plan_frames import PlanDesk, UnderWay
from dashboard.rules.plan_problems import Problem
from dashboard.rules.plans import (
    CANCEL,
    DRAFT,
    ENTERED,
    ORIGINAL,
    RETURNED,
    SCHEDULE,
    SUBMITTED,
    Content,
    filled,
    schedule_of,
)
from dashboard.rules.roles import Role
from dashboard.web import addresses
from dashboard.web.addresses import Address
from dashboard.web.context import PageState
from dashboard.web.parts.badge import toned
from dashboard.web.parts.card import card
from dashboard.web.parts.graph import graph
from dashboard.web.parts.notice import notice
from dashboard.web.parts.plan_controls import Wrong, hidden_input
from dashboard.web.parts.plan_decide import decide_part
from dashboard.web.parts.plan_form import plan_form, wrapped
from dashboard.web.parts.plan_versions import months_beside, side_by_side, sides
from dashboard.web.parts.plan_words import at_fields, bodies_text
from dashboard.web.parts.text import data
from dashboard.web.typed_plan import Typed, read_plan, typed_of

Months = Sequence[tuple[date, int]]
TONES = {
    DRAFT: "grey",
    SUBMITTED: "amber",
    RETURNED: "red",
    "in_force": "blue",
    "none": "grey",
    "cancelled": "grey",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is drawn: its words, its theme, its width, in which role it is read."""

    words: Words
    theme: str
    narrow: bool
    role: Role


def look_of(call: Call, words: Words, page: PageState) -> Look:
    """Return how an open page is drawn."""
    return Look(words, page.theme, page.narrow, call.role)


def project_of(page: PageState) -> tuple[Address, UUID]:
    """Return the address of a page about a plan, and its project."""
    return addresses.thing_on(page.path, "plan")


def standing(desk: PlanDesk) -> str:
    """Return how a plan stands: what is under way, else what is in force."""
    if desk.cancelled:
        return "cancelled"
    if desk.under_way is not None:
        return desk.under_way.state
    return "in_force" if desk.force is not None else "none"


def state_tag(words: Words, desk: PlanDesk) -> Component:
    """Return how a plan stands, as a tag."""
    state = standing(desk)
    return toned(words(f"plan.state.{state}"), TONES[state])


def body_view(
    look: Look, desk: PlanDesk, typed: Typed | None = None, found: Sequence[Problem] = (), asked: bool = False
) -> list[Component]:
    """Return what waits, the form or what is to be decided, and the versions side by side.

    `typed` is what somebody has typed and nobody has saved; `found` is what is wrong with it. `asked` lays the form
    of a change out that nobody has begun yet.
    """
    words, waits = look.words, desk.under_way
    parts = [*_told(words, desk), *_waiting(words, waits)]
    hidden = [
        hidden_input("plan", str(waits.plan_id) if waits else ""),
        hidden_input("revision", _revision(waits)),
    ]
    if waits is not None and waits.state == SUBMITTED:
        if waits.kind != CANCEL:
            parts.append(preview_part(look, desk, waits.content, "plan.preview.handed"))
        parts.append(_beside(look, desk))
        deciding = decide_part(words, desk, waits, look.role, typed or {})
        return [*parts, wrapped([*hidden, *deciding])] if deciding else parts
    if desk.fills and not desk.cancelled:
        parts.append(_form(look, desk, hidden, typed, found, asked=asked))
    if desk.versions:
        parts.append(_beside(look, desk))
    return parts


def _revision(waits: UnderWay | None) -> str:
    return str(waits.revision) if waits is not None else "0"


def begun(desk: PlanDesk) -> dict[str, str]:
    """Return what stands in the form before anybody types: the draft, else what is known."""
    waits = desk.under_way
    if waits is not None:
        return typed_of(desk, waits.content, waits.kind, waits.reason, waits.revision)
    kind = ORIGINAL if desk.force is None else SCHEDULE
    # A change sets out from the months as they are: they are entered, so that those over can stay as they were.
    content = desk.known if desk.force is None else desk.known.model_copy(update={"basis": ENTERED})
    return typed_of(desk, content, kind, "", 0)


def _form(
    look: Look,
    desk: PlanDesk,
    hidden: list[Component],
    typed: Typed | None,
    found: Sequence[Problem],
    *,
    asked: bool,
) -> Component:
    words = look.words
    values = begun(desk) if typed is None else dict(typed)
    content = content_typed(desk, values)
    wrong: Wrong = at_fields(found, content)
    preview = preview_part(look, desk, content)
    fields = plan_form(words, desk, values, wrong, preview, look.role is Role.CLERK)
    made = wrapped([*hidden, *fields], values.get("kind", ORIGINAL), values.get("basis", "linear"))
    if desk.force is None or desk.under_way is not None or typed is not None or asked:
        return made
    return html.Details([html.Summary(words("plan.change.ask")), made], className="plan-more plan-begin")


def content_typed(desk: PlanDesk, typed: Typed) -> Content:
    """Return as much of a plan as can be read from what is typed: what cannot is left out of the preview."""
    read = read_plan(typed, desk)
    values = {name: value for name, value in read.values.items() if name in Content.model_fields}
    try:
        content = Content.model_validate(values)
    except ValueError:
        return desk.known
    return filled(content, desk.start, desk.past)


def preview_part(look: Look, desk: PlanDesk, content: Content, line: str = "plan.preview.line") -> Component:
    """Return the curve of a plan as it is typed, over the one in force and what was reported."""
    words = look.words
    months = [(one.month, one.share) for one in content.months if one.share is not None]
    if content.due is None or content.due <= desk.start or not months:
        return card(words("plan.preview"), html.P(words("plan.preview.none"), className="secondary"))
    curve = _curve(desk, content, months)
    figure = progress_curve(curve, words, look.theme, look.narrow, lane=False)
    summary = summarise_curve(curve, words)
    chart = graph("plan-curve", figure, words, summary, figure["layout"]["height"])
    return card(words("plan.preview"), [chart, _shares(words, months)], words(line))


def _curve(desk: PlanDesk, content: Content, months: Months) -> Curve:
    plan = schedule_of(desk.start, content.due or desk.start, content.basis, months)
    last = desk.reported[-1][0] if desk.reported else desk.start
    past: tuple[PastPlan, ...] = ()
    if desk.force is not None:
        shares = [(day, share) for day, share, _ in desk.force.months]
        before = schedule_of(desk.start, desk.force.due, desk.force.content.basis, shares)
        past = (PastPlan(desk.force.number, before.days, before.shares, before.stepped),)
    return Curve(
        project_id=str(desk.project_id),
        name=desk.name,
        department=None,
        start=desk.start,
        planned_finish=plan.finish,
        as_of=last,
        planned_days=plan.days,
        planned=plan.shares,
        actual_days=(desk.start, *(day for day, _ in desk.reported)),
        actual=(0, *(share for _, share in desk.reported)),
        light="grey",
        gap=None,
        source=Source("reports", last),
        stepped=plan.stepped,
        past=past,
    )


def _shares(words: Words, months: Months) -> Component:
    """Return the share of every month, as the basis gives it."""
    items = [html.Li([html.Span(words.month(day)), html.Strong(words.share(share))]) for day, share in months]
    return html.Ul(items, className="plan-shares")


def _told(words: Words, desk: PlanDesk) -> list[Component]:
    """Return how the plan stands, in a notice where somebody has to know it."""
    waits = desk.under_way
    if desk.cancelled:
        return [notice("grey", words("plan.told.cancelled"), words("plan.told.cancelled.do"))]
    if waits is None and desk.force is None:
        return [notice("grey", words("plan.told.none"), words("plan.told.none.do"))]
    if waits is not None and waits.state == RETURNED:
        return [notice("red", words("plan.told.returned"), [data(words, waits.returned or "")])]
    return []


def _waiting(words: Words, waits: UnderWay | None) -> list[Component]:
    """Return for whom what was handed in waits, and what it needs."""
    if waits is None or waits.state != SUBMITTED:
        return []
    day = words.day(waits.submitted)
    if waits.kind == ORIGINAL:
        return [notice("amber", words("plan.waits.clerk", day=day), words("plan.waits.clerk.do"))]
    who = bodies_text(words, waits.bodies)
    kind = words(f"plan.kind.{waits.kind}")
    line = words("plan.waits.decision", day=day, kind=kind, body=who)
    return [notice("amber", line, words("plan.waits.decision.do"))]


def _beside(look: Look, desk: PlanDesk) -> Component:
    words = look.words
    waits = desk.under_way if desk.under_way is not None and desk.under_way.state == SUBMITTED else None
    columns = sides(words, desk.voted, desk.versions, waits, desk.departments)
    caption = words("plan.sides")
    body: list[Component] = [side_by_side(words, columns, caption), months_beside(words, columns, caption)]
    return card(caption, body, words("plan.sides.line"))
