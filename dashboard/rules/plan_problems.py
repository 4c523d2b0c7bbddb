"""What stands in the way of a plan: each problem at the field that it is told at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from dashboard.rules.plans import (
    CANCEL,
    ENTERED,
    MILESTONES,
    ORIGINAL,
    WHOLE,
    Content,
    Milestone,
    changes,
    kind_needed,
)
from dashboard.rules.progress import month_end

MOST_MONTHS = 36
"""Our limit against a mistyped year: no plan that we read ran longer."""


CODES = (
    "reason_missing", "kind_unfit", "cancel_changes", "nothing_changed", "due_missing", "due_early", "due_far",
    "due_past", "target_missing", "target_voted", "budget_voted", "quantity_missing", "quantity_none",
    "unit_alone", "leader_missing", "department_missing", "partner_leads", "milestones_missing",
    "milestone_name", "milestone_due", "milestone_outside", "milestone_order", "milestone_share",
    "milestone_rise", "milestones_whole", "month_missing", "past_share", "share_falls", "share_whole",
    "past_money", "money_missing", "money_falls", "money_over",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field: a code whose words i18n holds, and the facts in it (days, shares, counts)."""

    at: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a plan is held against: its start, what was voted, the version in force, and the day it is handed in.

    `voted` is the target and the sum of the vote, to which the first plan holds; a sum that was not voted is None.
    """

    start: date
    today: date
    voted: tuple[str, int | None]
    before: Content | None = None

    def past(self) -> dict[date, int]:
        """Return the shares of the months already over, which no change touches."""
        if self.before is None:
            return {}
        return {
            one.month: one.share
            for one in self.before.months
            if one.month < self.today and one.share is not None
        }


def problems(content: Content, kind: str, reason: str, ground: Ground) -> tuple[Problem, ...]:
    """Return everything that keeps a plan from being handed in, in the order of its form."""
    found = [*_change(content, kind, reason, ground)]
    if kind == CANCEL:
        return tuple(found)
    found += [*_whole(content, kind, ground), *_milestones(content, ground)]
    if content.due is not None and _is_in_reach(content.due, ground.start):
        found += [*_shares(content, ground), *_money(content, ground)]
    return tuple(found)


def _change(content: Content, kind: str, reason: str, ground: Ground) -> Iterator[Problem]:
    """Hold a change to its kind: a lighter one may not bring a heavier change with it, nor a heavier one none."""
    if ground.before is None:
        return
    if not reason.strip():
        yield Problem("reason", "reason_missing")
    found = changes(ground.before, content)
    needed = kind_needed(found)
    if kind == CANCEL:
        if needed is not None:
            yield Problem("kind", "cancel_changes")
    elif needed is None:
        yield Problem("kind", "nothing_changed")
    elif needed != kind:
        yield Problem("kind", "kind_unfit", {"needed": needed})


def _due(content: Content, ground: Ground) -> Iterator[Problem]:
    if content.due is None:
        yield Problem("due", "due_missing")
    elif content.due <= ground.start:
        yield Problem("due", "due_early", {"start": ground.start})
    elif not _is_in_reach(content.due, ground.start):
        yield Problem("due", "due_far", {"most": MOST_MONTHS})
    elif ground.before is not None and content.due < ground.today and content.due != ground.before.due:
        yield Problem("due", "due_past")


def _voted(content: Content, ground: Ground) -> Iterator[Problem]:
    """Hold a first plan to what was voted: it adds the number to the target, and changes neither text nor sum."""
    target, budget = ground.voted
    if content.target.strip() != target.strip():
        yield Problem("target", "target_voted")
    if budget is not None and content.budget != budget:
        yield Problem("budget", "budget_voted", {"sum": budget})
    if content.quantity is None:
        yield Problem("quantity", "quantity_missing")


def _whole(content: Content, kind: str, ground: Ground) -> Iterator[Problem]:
    yield from _due(content, ground)
    if not content.target.strip():
        yield Problem("target", "target_missing")
    if kind == ORIGINAL:
        yield from _voted(content, ground)
    if (content.quantity is None) != (not content.unit.strip()):
        yield Problem("unit", "unit_alone")
    if content.quantity == 0:
        yield Problem("quantity", "quantity_none")
    if not content.leader.strip():
        yield Problem("leader", "leader_missing")
    if content.department is None:
        yield Problem("department", "department_missing")
    elif content.department in content.partners:
        yield Problem("partners", "partner_leads")


def _milestones(content: Content, ground: Ground) -> Iterator[Problem]:
    if content.basis == MILESTONES and not content.milestones:
        yield Problem("milestones", "milestones_missing")
    before: Milestone | None = None
    for place, one in enumerate(content.milestones):
        at = f"milestones.{place}"
        if not one.name.strip():
            yield Problem(f"{at}.name", "milestone_name")
        if one.due is None:
            yield Problem(f"{at}.due", "milestone_due")
        elif one.due < ground.start or (content.due is not None and one.due > content.due):
            yield Problem(f"{at}.due", "milestone_outside")
        elif before is not None and before.due is not None and one.due < before.due:
            yield Problem(f"{at}.due", "milestone_order")
        if not one.share:
            yield Problem(f"{at}.share", "milestone_share")
        elif before is not None and before.share is not None and one.share <= before.share:
            yield Problem(f"{at}.share", "milestone_rise")
        before = one
    if content.basis == MILESTONES and before is not None and before.share != WHOLE:
        yield Problem(f"milestones.{len(content.milestones) - 1}.share", "milestones_whole")


def _shares(content: Content, ground: Ground) -> Iterator[Problem]:
    past = ground.past()
    high, last = 0, len(content.months) - 1
    for place, one in enumerate(content.months):
        at = f"months.{place}.share"
        if one.share is None:
            if content.basis == ENTERED:
                yield Problem(at, "month_missing", {"month": one.month})
        elif one.month in past and one.share != past[one.month]:
            yield Problem(at, "past_share", {"month": one.month, "share": past[one.month]})
        elif one.share < high:
            yield Problem(at, "share_falls", {"month": one.month})
        elif place == last and one.share != WHOLE:
            yield Problem(at, "share_whole", {"month": one.month})
        high = max(high, one.share or 0)
    lost = [day for day in past if content.due is not None and day > month_end(content.due)]
    if lost:
        yield Problem("due", "due_past")


def _money(content: Content, ground: Ground) -> Iterator[Problem]:
    given = [one for one in content.months if one.money is not None]
    if not given:
        return
    before = {one.month: one.money for one in ground.before.months} if ground.before is not None else {}
    had_money = any(money is not None for money in before.values())
    high = 0
    for place, one in enumerate(content.months):
        at = f"months.{place}.money"
        is_over = had_money and one.month in before and one.month < ground.today
        if is_over and one.money != before[one.month]:
            yield Problem(at, "past_money", {"month": one.month, "sum": before[one.month]})
        elif one.money is None:
            if not (ground.before is not None and one.month < ground.today):
                yield Problem(at, "money_missing", {"month": one.month})
        elif one.money < high:
            yield Problem(at, "money_falls", {"month": one.month})
        elif content.budget is None or one.money > content.budget:
            yield Problem(at, "money_over", {"month": one.month})
        high = max(high, one.money or 0)


def _is_in_reach(due: date, start: date) -> bool:
    months = (due.year - start.year) * 12 + due.month - start.month + 1
    return start < due and months <= MOST_MONTHS
