"""How a project stands: its shares, its gap, its light, and for how many months it has been behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.rules.lights import light, nothing_due, stalled_months
from dashboard.rules.progress import (
    WHOLE,
    Plan,
    deviation,
    finished_early,
    grown_in,
    is_stalled,
    month_ends,
    months_behind,
    planned_share,
)
from dashboard.rules.supervision_rules import SupervisionRules


@dataclass(frozen=True, slots=True)
class Stand:
    """How a project stands at a month's end; `actual` and `gap` are None where no report holds.

    `months_behind` are those up to now in which the gap was below what counts as behind.
    """

    planned: int
    actual: int | None
    gap: int | None
    light: str
    months_behind: int
    stalled: bool


@dataclass(frozen=True, slots=True)
class KeptState:
    """What is kept of a project's last published report: its month, its share and the plan's at that month.

    `grown` is the month since which the share has not grown, `early` tells of a finished project whether its plan
    was not at its end.
    """

    month: date
    share: int
    planned: int
    grown: date
    early: bool | None


def stand(
    plan: Plan,
    reports: Sequence[tuple[date, int]],
    day: date,
    rules: SupervisionRules,
    *,
    accepted: bool = False,
) -> Stand:
    """Return how a project stands at a month's end, by its reports of months and their shares.

    A report of a later month is not looked at. A project that is done needs no further report: the one that finished
    it holds. Before its start nothing is due, so that it is not behind, with or without a report.
    """
    known = [(month, share) for month, share in reports if month <= day]
    last = known[-1] if known else None
    actual = last[1] if last is not None and (last[0] == day or last[1] >= WHOLE) else None
    planned = planned_share(plan, day)
    stalled = last is not None and is_stalled(
        grown_in(known), last[0], last[1], planned, stalled_months(rules.lights)
    )
    shown = light(
        actual, planned, rules.lights, stalled=stalled, accepted=accepted, early=finished_early(plan, known)
    )
    if day < plan.start and actual is None and not accepted:
        shown = nothing_due(rules.lights)
    gaps = [deviation(share, planned_share(plan, month)) for month, share in _by_month(plan, known, day)]
    behind = months_behind(gaps, rules.escalation.behind_below)
    return Stand(planned, actual, deviation(actual, planned), shown, behind, stalled)


def kept_light(
    kept: KeptState | None, last: date | None, rules: SupervisionRules, *, accepted: bool = False
) -> str:
    """Return the light of a project from what is kept of it, as of the last month that its cycle reported.

    Finished before, it stays finished; else a report of an earlier month does not stand for the last one.
    """
    if kept is None:
        return light(None, None, rules.lights, accepted=accepted)
    day = last or kept.month
    holds = kept.month == day or kept.share >= WHOLE
    stalled = is_stalled(kept.grown, kept.month, kept.share, kept.planned, stalled_months(rules.lights))
    return light(
        kept.share if holds else None,
        kept.planned,
        rules.lights,
        stalled=stalled,
        accepted=accepted,
        early=kept.early,
    )


def _by_month(plan: Plan, reports: Sequence[tuple[date, int]], day: date) -> list[tuple[date, int | None]]:
    """Return every month from the start to a day with its share; after the one that finished it none is due."""
    shares = dict(reports)
    if day < plan.start:
        return []
    days = [month for month in month_ends(plan.start, day) if month <= day]
    if reports and reports[-1][1] >= WHOLE:
        days = [month for month in days if month <= reports[-1][0]]
    return [(month, shares.get(month)) for month in days]
