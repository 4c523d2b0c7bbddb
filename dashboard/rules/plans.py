"""A project's plan: what it holds, its states, what a change of it changes, and how heavy a change that is.

Old and new stand side by side: a change is a new version, and the text that was voted is never overwritten.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from dashboard.rules.plan_changes import CHANGE_KINDS, ChangeRules
from dashboard.rules.progress import Plan as Schedule
from dashboard.rules.progress import linear_plan, month_ends, stepped_plan
from dashboard.rules.refused import Refused

WHOLE = 10_000

DRAFT, SUBMITTED, RETURNED, IN_FORCE = "draft", "submitted", "returned", "in_force"
STATES = (DRAFT, SUBMITTED, RETURNED, IN_FORCE)

MILESTONES, LINEAR, ENTERED = "milestones", "linear", "entered"
BASES = (MILESTONES, LINEAR, ENTERED)

ORIGINAL = "original"
SCHEDULE, AMOUNT, SCOPE, CANCEL = "schedule", "amount", "scope", "cancel"
# The lightest first: a heavier kind may bring lighter changes with it.
KINDS = (SCHEDULE, AMOUNT, SCOPE, CANCEL)

# What a change of each part of a plan is. Who carries a project out is the government's matter, as its schedule is.
KIND_OF: Mapping[str, str] = {
    "basis": SCHEDULE,
    "due": SCHEDULE,
    "leader": SCHEDULE,
    "department": SCHEDULE,
    "partners": SCHEDULE,
    "milestones": SCHEDULE,
    "shares": SCHEDULE,
    "money": SCHEDULE,
    "budget": AMOUNT,
    "target": SCOPE,
    "quantity": SCOPE,
}

_WAYS: Mapping[str, tuple[frozenset[str], str]] = {
    "edit": (frozenset({DRAFT, RETURNED}), DRAFT),
    "submit": (frozenset({DRAFT, RETURNED}), SUBMITTED),
    "withdraw": (frozenset({SUBMITTED}), DRAFT),
    "return": (frozenset({SUBMITTED}), RETURNED),
    "decide": (frozenset({SUBMITTED}), IN_FORCE),
}

LARGEST = 10**15

GOVERNMENT = "government"
# Whose word weighs more: a heavier body may decide what a lighter one could have decided alone.
WEIGHT: Mapping[str, int] = {GOVERNMENT: 0, "presidium": 1, "standing_committee": 1, "congress": 2}


class Milestone(BaseModel):
    """A step of a plan: due when, at which share of the whole, shown by which evidence."""

    model_config = ConfigDict(frozen=True)

    due: date | None = None
    share: int | None = Field(default=None, ge=0, le=WHOLE)
    name: str = Field(default="", max_length=80)
    evidence: str = Field(default="", max_length=80)


class Month(BaseModel):
    """What is planned for a month's end, both as running totals."""

    model_config = ConfigDict(frozen=True)

    month: date
    share: int | None = Field(default=None, ge=0, le=WHOLE)
    money: int | None = Field(default=None, ge=0, le=LARGEST)


class Content(BaseModel):
    """The whole of a plan as it is filled in; a draft may lack what `plan_problems` then names.

    `quantity` is in thousandths of `unit`. A month's share is the person's own only where the basis is entered.
    """

    model_config = ConfigDict(frozen=True)

    basis: str = Field(default=LINEAR, pattern="^(milestones|linear|entered)$")
    due: date | None = None
    budget: int | None = Field(default=None, ge=0, le=LARGEST)
    target: str = Field(default="", max_length=500)
    quantity: int | None = Field(default=None, ge=0, le=LARGEST)
    unit: str = Field(default="", max_length=20)
    leader: str = Field(default="", max_length=40)
    department: UUID | None = None
    partners: tuple[UUID, ...] = Field(default=(), max_length=20)
    milestones: tuple[Milestone, ...] = Field(default=(), max_length=24)
    months: tuple[Month, ...] = Field(default=(), max_length=36)


@dataclass(frozen=True, slots=True)
class Change:
    """One part of a plan that differs between two versions."""

    name: str
    before: Any
    after: Any

    @property
    def kind(self) -> str:
        """Return what kind of change this is."""
        return KIND_OF[self.name]


def moved(act: str, state: str) -> str:
    """Return the state to which an act leads; refuse it where the plan does not stand so."""
    begins, ends = _WAYS[act]
    if state not in begins:
        raise Refused("plan_stands_elsewhere")
    return ends


def may(act: str, state: str) -> bool:
    """Tell whether an act can be done on a plan that stands so."""
    return state in _WAYS[act][0]


def schedule_of(start: date, due: date, basis: str, months: Sequence[tuple[date, int]]) -> Schedule:
    """Return the schedule of a plan's months; one without months is the calendar's (序时进度).

    A linear one runs straight from month to month and ends on the day due, any other one steps at the months' ends.
    """
    if not months:
        return linear_plan(start, due)
    if basis != LINEAR:
        return stepped_plan(start, due, months)
    ends = sorted((min(day, due), share) for day, share in months if day > start)
    return Schedule(
        start, due, (start, *(day for day, _ in ends)), (0, *(share for _, share in ends)), stepped=False
    )


def milestone_shares(
    start: date, due: date, milestones: Iterable[Milestone], past: Mapping[date, int] | None = None
) -> dict[date, int]:
    """Return the share due at each month's end: that of the last milestone due by then, and never less than before.

    `past` are the months already over, whose shares stay as they were.
    """
    known = past or {}
    steps = [(one.due, one.share) for one in milestones if one.due is not None and one.share is not None]
    shares: dict[date, int] = {}
    reached = 0
    for end in month_ends(start, due):
        due_by_then = [share for day, share in steps if day <= end]
        reached = known[end] if end in known else max([reached, *due_by_then])
        shares[end] = reached
    return shares


def linear_shares(start: date, due: date, past: Mapping[date, int] | None = None) -> dict[date, int]:
    """Return equal parts of what is left from month to month, half up: m/12 of a calendar year that has just begun.

    `past` are the months already over, whose shares stay as they were.
    """
    known = past or {}
    ends = list(month_ends(start, due))
    shares = {end: known[end] for end in ends if end in known}
    begun = max(shares.values(), default=0)
    left = [end for end in ends if end not in shares]
    for place, end in enumerate(left, 1):
        shares[end] = begun + (2 * (WHOLE - begun) * place + len(left)) // (2 * len(left))
    return dict(sorted(shares.items()))


def filled(content: Content, start: date, past: Mapping[date, int] | None = None) -> Content:
    """Return a plan with a row for every month to its last day, and the shares that its basis gives them."""
    if content.due is None or content.due < start:
        return content
    typed = {month.month: month for month in content.months}
    if content.basis == MILESTONES:
        shares: Mapping[date, int | None] = milestone_shares(start, content.due, content.milestones, past)
    elif content.basis == LINEAR:
        shares = linear_shares(start, content.due, past)
    else:
        shares = {day: month.share for day, month in typed.items()}
    months = tuple(
        Month(month=end, share=shares.get(end), money=typed[end].money if end in typed else None)
        for end in month_ends(start, content.due)
    )
    return content.model_copy(update={"months": months})


def changes(before: Content, after: Content) -> tuple[Change, ...]:
    """Return every part in which two versions differ, in the order in which they are told."""
    return tuple(
        Change(name, old, new)
        for name, old, new in ((name, _part(before, name), _part(after, name)) for name in KIND_OF)
        if old != new
    )


def kind_needed(found: Iterable[Change]) -> str | None:
    """Return the heaviest kind among some changes, None where there is none."""
    kinds = {one.kind for one in found}
    return max(kinds, key=KINDS.index, default=None)


def kinds_in(kind: str, found: Iterable[Change]) -> frozenset[str]:
    """Return every kind that a version brings: its own, and the lighter ones that come with it."""
    return frozenset({kind, *(one.kind for one in found)})


def bodies(kinds: Iterable[str], rules: ChangeRules, level: str) -> tuple[str, ...]:
    """Return who may decide on changes of some kinds in one decision, in a congress of a level."""
    asked = [rules.deciders(kind, level) for kind in CHANGE_KINDS if kind in set(kinds)]
    known = dict.fromkeys(body for named in asked for body in named)
    return tuple(
        body
        for body in known
        if all(body in named or WEIGHT[body] > min(WEIGHT[one] for one in named) for named in asked)
    )


def _part(content: Content, name: str) -> Any:
    if name == "shares":
        return tuple((month.month, month.share) for month in content.months if month.share is not None)
    if name == "money":
        return tuple((month.month, month.money) for month in content.months if month.money is not None)
    if name == "quantity":
        return (content.quantity, content.unit)
    if name == "partners":
        return tuple(sorted(content.partners))
    return getattr(content, name)
