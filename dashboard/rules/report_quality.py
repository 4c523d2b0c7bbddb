"""Report quality: what in a month's report needs a second look, before it is submitted, at checking, on the curve."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from dashboard.rules.reasons import Reason
from dashboard.rules.rule_sets import POINTS, Strict

WHOLE = 10_000
# The gravest first: where a month has room for one word, it is that of the first.
MARKS = (
    "missing", "fall", "over_budget", "no_evidence", "money_ahead",
    "jump", "repeated", "same_forecast", "round", "late",
)  # fmt: skip
Points = Annotated[int, Field(ge=0, le=WHOLE), POINTS]
Months = Annotated[int, Field(ge=2, le=12)]


class ReportLimits(Strict):
    """What is remarkable in a report, in basis points and months; every limit is ours."""

    jump: Points = 1_000
    copied_share: Annotated[int, Field(ge=5_000, le=WHOLE), POINTS] = 9_500
    evidence_from: Annotated[int, Field(ge=1, le=WHOLE), POINTS] = WHOLE
    money_ahead: Points = 2_000
    over_budget: Annotated[int, Field(ge=WHOLE, le=3 * WHOLE), POINTS] = WHOLE
    round_step: Annotated[int, Field(ge=100, le=5_000), POINTS] = 1_000
    round_months: Months = 3
    forecast_months: Months = 3


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What one month's report says and what it is held to; shares in basis points, sums in fen, all cumulative.

    `due` is the last day on which it is in time. `forecast_finish` is the finish that the department itself names.
    What is None was not said, or is not known, and is not judged.
    """

    month: date
    share: int | None
    paid: int | None = None
    planned: int | None = None
    planned_money: int | None = None
    budget: int | None = None
    text: str = ""
    evidence: int | None = None
    filed: date | None = None
    due: date | None = None
    forecast_finish: date | None = None


DEFAULT_LIMITS = ReportLimits()


def quality(history: Sequence[ReportFacts], limits: ReportLimits = DEFAULT_LIMITS) -> tuple[Reason, ...]:
    """Return what needs a second look in the last report of a history by month; its codes are `quality.<mark>`.

    missing: no share; fall: a lower share than the one before; jump: a rise above the limit a month; repeated:
    the text of the report before; no_evidence: finished without any; money_ahead: more of the money than of the
    work, by the limit; over_budget; round: round shares month after month; late: filed after the day due;
    same_forecast: behind the plan, and the finish that is named never moves. Months are compared with the last
    one reported, so a rise over a missing month is spread over both.
    """
    if not history:
        return ()
    last = history[-1]
    if last.share is None:
        return (Reason("quality.missing", {"month": last.month.month}),)
    reported = [one for one in history if one.share is not None]
    before = reported[-2] if len(reported) > 1 else None
    return (
        *_compared(last, last.share, before, limits),
        *_alone(last, last.share, limits),
        *_running(reported, last.share, limits),
    )


def quality_marks(
    reports: Sequence[ReportFacts], limits: ReportLimits = DEFAULT_LIMITS
) -> tuple[tuple[date, tuple[str, ...]], ...]:
    """Return the months whose report needs a second look, each with its marks."""
    found = (
        (report.month, tuple(mark_of(reason) for reason in quality(reports[: place + 1], limits)))
        for place, report in enumerate(reports)
    )
    return tuple((month, marks) for month, marks in found if marks)


def mark_of(reason: Reason) -> str:
    """Return the mark that a reason puts on its month."""
    return reason.code.partition(".")[2]


def _compared(
    last: ReportFacts, share: int, before: ReportFacts | None, limits: ReportLimits
) -> Iterator[Reason]:
    if before is None or before.share is None:
        return
    rise = share - before.share
    if rise < 0:
        yield Reason("quality.fall", {"before": before.share, "share": share, "points": -rise})
    if rise > limits.jump * max(1, _months(last.month) - _months(before.month)):
        yield Reason("quality.jump", {"before": before.share, "share": share, "points": rise})
    if _is_copied(last.text, before.text, limits.copied_share):
        yield Reason("quality.repeated", {"month": before.month.month})


def _alone(last: ReportFacts, share: int, limits: ReportLimits) -> Iterator[Reason]:
    if share >= limits.evidence_from and last.evidence == 0:
        yield Reason("quality.no_evidence", {"share": share})
    if last.paid is not None and last.budget:
        spent = last.paid * WHOLE // last.budget
        if spent - share > limits.money_ahead:
            yield Reason("quality.money_ahead", {"spent": spent, "share": share, "points": spent - share})
        if last.paid * WHOLE > last.budget * limits.over_budget:
            yield Reason(
                "quality.over_budget",
                {"paid": last.paid, "budget": last.budget, "over": last.paid - last.budget},
            )
    if last.filed is not None and last.due is not None and last.filed > last.due:
        yield Reason("quality.late", {"days": (last.filed - last.due).days})


def _running(reported: Sequence[ReportFacts], share: int, limits: ReportLimits) -> Iterator[Reason]:
    rounded = reported[-limits.round_months :]
    if len(rounded) == limits.round_months and all(_is_round(one.share, limits) for one in rounded):
        yield Reason("quality.round", {"months": len(rounded), "step": limits.round_step})
    told = reported[-limits.forecast_months :]
    days = {one.forecast_finish for one in told}
    planned = reported[-1].planned
    is_behind = planned is not None and share < min(planned, WHOLE)
    if len(told) == limits.forecast_months and len(days) == 1 and None not in days and is_behind:
        yield Reason("quality.same_forecast", {"months": len(told)})


def _is_round(share: int | None, limits: ReportLimits) -> bool:
    """Tell whether a share is round, nothing and all of the work left out: those are where a project may stay."""
    return share is not None and 0 < share < WHOLE and share % limits.round_step == 0


def _is_copied(text: str, before: str, limit: int) -> bool:
    """Tell whether a text is another's copy, spacing and marks aside; other figures make it another text."""
    new, old = _plain(text), _plain(before)
    if not new or not old or _figures(new) != _figures(old):
        return False
    if new == old:
        return True
    longest = max(len(new), len(old))
    start = next(
        (at for at, (a, b) in enumerate(zip(new, old, strict=False)) if a != b), min(len(new), len(old))
    )
    rest = zip(reversed(new[start:]), reversed(old[start:]), strict=False)
    end = next((at for at, (a, b) in enumerate(rest) if a != b), min(len(new), len(old)) - start)
    return (start + end) * WHOLE >= longest * limit


def _plain(text: str) -> str:
    """Keep the letters, the Han and the figures of a text."""
    return "".join(letter for letter in text if letter.isalnum())


def _figures(text: str) -> str:
    """Keep the figures of a text, those written as Han too."""
    return "".join(letter for letter in text if letter.isnumeric())


def _months(day: date) -> int:
    return day.year * 12 + day.month
