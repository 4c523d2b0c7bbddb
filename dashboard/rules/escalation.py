"""约谈、通报、问责: what follows when a project stays behind."""

from typing import Annotated, Literal

from pydantic import Field

from dashboard.rules.rule_sets import POINTS, Strict

Days = Annotated[int, Field(ge=1, le=366)]
Owner = Literal["leader", "clerk", "coordinator"]


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
