"""流动红旗、黄牌: which department leads and which one is warned, period by period."""

from typing import Annotated, Literal

from pydantic import Field

from dashboard.rules.rule_sets import POINTS, Strict


class FlagRules(Strict):
    """How many departments hold the red flag, and what a yellow card is given for. Source: 巴中 2014, 2017."""

    period: Literal["month", "quarter"] = "quarter"
    red_flags: Annotated[int, Field(ge=0, le=20)] = 3
    red_flag_from: Annotated[int, Field(ge=-10_000, le=10_000), POINTS] = 0
    yellow_card_below: Annotated[int, Field(ge=-10_000, le=0), POINTS] = -1_000
