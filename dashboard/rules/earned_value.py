"""Earned value of one project at a month's end: what was planned, what was earned, what it cost, and the indexes.

Source: ISO 21508:2018 (PV, EV, AC, BAC, SV, CV, SPI, CPI, EAC); the time index after W. Lipke, "Schedule is
Different" (2003). Sums are fen, shares basis points, indexes exact fractions; what a missing number would
decide is None.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from dashboard.rules.progress import WHOLE, Plan, earned_schedule, planned_share, schedule_index


@dataclass(frozen=True, slots=True)
class EarnedValue:
    """A project's earned value at a day.

    `planned_value` (PV) and `earned_value` (EV) are the budget's parts of the planned and the reported share,
    `actual_cost` (AC) what was paid. `schedule_index` (SPI) is EV / PV, `cost_index` (CPI) is EV / AC,
    `time_index` (SPI(t)) earned over elapsed time; `expected_cost` (EAC) is the budget over CPI. A share over the
    whole earns more than the budget: it is not cut.
    """

    day: date
    budget: int | None
    planned_value: int | None
    earned_value: int | None
    actual_cost: int | None
    schedule_index: Fraction | None
    cost_index: Fraction | None
    earned_days: Fraction | None
    time_index: Fraction | None
    expected_cost: int | None

    @property
    def schedule_variance(self) -> int | None:
        """Return SV = EV - PV: below 0 is behind."""
        return _difference(self.earned_value, self.planned_value)

    @property
    def cost_variance(self) -> int | None:
        """Return CV = EV - AC: below 0 costs more than it earns."""
        return _difference(self.earned_value, self.actual_cost)


def earned_value(
    plan: Plan, day: date, share: int | None, paid: int | None, budget: int | None
) -> EarnedValue:
    """Return a project's earned value at the end of a day, from the share and the sum paid that were reported for it.

    Without a report nothing is earned or known to be; before the plan has any share there is no SPI, before anything
    was paid no CPI. SPI needs no budget: EV / PV is the reported over the planned share.
    """
    planned = planned_share(plan, day)
    known = budget if budget else None
    earned = _part(known, share)
    cost_index = Fraction(earned, paid) if earned is not None and paid else None
    return EarnedValue(
        day=day,
        budget=known,
        planned_value=_part(known, planned),
        earned_value=earned,
        actual_cost=paid,
        schedule_index=Fraction(share, planned) if share is not None and planned else None,
        cost_index=cost_index,
        earned_days=None if share is None else earned_schedule(plan, share),
        time_index=None if share is None else schedule_index(plan, share, day),
        expected_cost=_rounded(known / cost_index) if known is not None and cost_index else None,
    )


def hundredths(index: Fraction | None) -> int | None:
    """Return an index in hundredths, half up, as it is printed."""
    return None if index is None else _rounded(100 * index)


def _part(budget: int | None, share: int | None) -> int | None:
    """Return a share of a sum, half up to a fen."""
    return None if budget is None or share is None else _rounded(Fraction(budget * share, WHOLE))


def _rounded(value: Fraction) -> int:
    """Round half up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def _difference(left: int | None, right: int | None) -> int | None:
    return None if left is None or right is None else left - right
