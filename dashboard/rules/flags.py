"""流动红旗、黄牌: which department leads and which one is warned, period by period."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from dashboard.rules.progress import month_end
from dashboard.rules.rule_sets import POINTS, Strict

QUARTER = 3


class FlagRules(Strict):
    """How many departments hold the red flag, and what a yellow card is given for. Source: 巴中 2014, 2017."""

    period: Literal["month", "quarter"] = "quarter"
    red_flags: Annotated[int, Field(ge=0, le=20)] = 3
    red_flag_from: Annotated[int, Field(ge=-10_000, le=10_000), POINTS] = 0
    yellow_card_below: Annotated[int, Field(ge=-10_000, le=0), POINTS] = -1_000


RED_FLAG, YELLOW_CARD = "red_flag", "yellow_card"


def period_end(last: date, rules: FlagRules) -> date | None:
    """Return the end of the last period that is over by a month's end; None before the first of a year is."""
    if rules.period == "month":
        return last
    month = last.month // QUARTER * QUARTER
    return month_end(last.replace(month=month, day=1)) if month else None


def flags(gaps: Mapping[str, int], rules: FlagRules) -> Mapping[str, str]:
    """Return who holds a red flag and who is given a yellow card, by the mean deviation of the own projects.

    The first places hold the flag, those with the last one's deviation too: nobody is left out by the alphabet.
    Who is to be given a card holds no flag.
    """
    fit = sorted((gap for gap in gaps.values() if gap >= rules.red_flag_from), reverse=True)
    places = fit[: rules.red_flags]
    found = {name: RED_FLAG for name, gap in gaps.items() if places and gap >= places[-1]}
    return found | {name: YELLOW_CARD for name, gap in gaps.items() if gap < rules.yellow_card_below}
