"""约谈、通报、问责: what follows when a project stays behind, as tasks that a person confirms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from dashboard.rules.progress import WHOLE, Plan, deviation, month_end, month_ends, planned_share
from dashboard.rules.reasons import Reason
from dashboard.rules.rule_sets import POINTS, Strict

Days = Annotated[int, Field(ge=1, le=366)]
Owner = Literal["leader", "clerk", "coordinator"]
TALK, NOTICE, ACCOUNTABILITY = "talk", "notice", "accountability"
KINDS = (TALK, NOTICE, ACCOUNTABILITY)


class EscalationRules(Strict):
    """When a talk, a notice and the way to accountability are proposed, who sees to them, and in how many days.

    Source: 南京 2016: two months running behind, 约谈; behind in the third quarter, 通报批评; the year
    missed, 监察问责.
    """

    behind_below: Annotated[int, Field(ge=-10_000, le=0), POINTS] = -1_000
    talk_after_months: Annotated[int, Field(ge=1, le=12)] = 2
    notice_at_month: Annotated[int, Field(ge=1, le=12)] = 9
    accountability: Literal["year_missed", "never"] = "year_missed"
    talk_owner: Owner = "leader"
    notice_owner: Owner = "clerk"
    accountability_owner: Owner = "leader"
    talk_days: Days = 10
    notice_days: Days = 10
    accountability_days: Days = 30

    def owner(self, kind: str) -> str:
        """Return the role that sees to a task of a kind."""
        owner: str = getattr(self, f"{kind}_owner")
        return owner

    def due(self, kind: str, today: date) -> date:
        """Return the day by which a task of a kind that is proposed today is to be done."""
        days: int = getattr(self, f"{kind}_days")
        return today + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Escalation:
    """One task that the rules propose: its kind, the month since which its cause holds, and why.

    `since` tells one cause from the next: a task for a run of months is proposed once, however long the run goes on.
    """

    kind: str
    since: date
    reason: Reason


def escalations(
    plan: Plan, reports: Sequence[tuple[date, int]], last: date, rules: EscalationRules
) -> tuple[Escalation, ...]:
    """Return what the reports of a project up to a month propose, by the months for which it has been behind.

    A month without a report is none behind and ends no run: silence is no way out of it and no proof against anyone.
    A project that is done asks for nothing; whether the year is missed is known once the cycle has reported the month
    in which the plan ends.
    """
    known = [(month, share) for month, share in reports if month <= last]
    if known and known[-1][1] >= WHOLE:
        return ()
    return (
        *_talk(plan, known, last, rules),
        *_notice(plan, known, last, rules),
        *_accountability(plan, known, last, rules),
    )


def _talk(
    plan: Plan, known: Sequence[tuple[date, int]], last: date, rules: EscalationRules
) -> Iterator[Escalation]:
    run = _run(plan, known, last, rules.behind_below)
    if len(run) >= rules.talk_after_months:
        yield Escalation(
            TALK, run[-1], Reason("escalation.talk", {"months": len(run), **_facts(plan, run[0], known)})
        )


def _notice(
    plan: Plan, known: Sequence[tuple[date, int]], last: date, rules: EscalationRules
) -> Iterator[Escalation]:
    quarter = month_end(date(plan.start.year, rules.notice_at_month, 1))
    if plan.start <= quarter <= last:
        run = _run(plan, [one for one in known if one[0] <= quarter], quarter, rules.behind_below)
        if run:
            yield Escalation(NOTICE, quarter, Reason("escalation.notice", _facts(plan, run[0], known)))


def _accountability(
    plan: Plan, known: Sequence[tuple[date, int]], last: date, rules: EscalationRules
) -> Iterator[Escalation]:
    end = month_end(plan.finish)
    if rules.accountability == "never" or last < end:
        return
    if known:
        yield Escalation(
            ACCOUNTABILITY, end, Reason("escalation.accountability", _facts(plan, known[-1][0], known))
        )
    else:
        yield Escalation(ACCOUNTABILITY, end, Reason("escalation.accountability_silent", {}))


def _run(plan: Plan, known: Sequence[tuple[date, int]], last: date, limit: int) -> list[date]:
    """Return the months behind up to the last one reported, the last first."""
    shares, run = dict(known), []
    if last < plan.start:
        return []
    for month in reversed([end for end in month_ends(plan.start, last) if end <= last]):
        gap = deviation(shares.get(month), planned_share(plan, month))
        if gap is None:
            continue
        if gap >= limit:
            break
        run.append(month)
    return run


def _facts(plan: Plan, month: date, known: Sequence[tuple[date, int]]) -> dict[str, int]:
    """Return how a project stood at the end of a month, for the sentence that says why."""
    share, planned = dict(known)[month], planned_share(plan, month)
    return {"month": month.month, "share": share, "planned": planned, "points": planned - share}
