"""The shapes of the demonstration's projects: plans and monthly reports.

One shape for each CSV file: which columns it has, what each holds, which of them name a row. Shares are basis points,
money is fen, a month is its last day; a blank cell is None.
"""

from typing import Literal

from pydantic import Field

from dashboard.store.loading.rows import Code, Day, Money, Month, Share, Text, Whole
from dashboard.store.loading.shapes_people import OfCycle, Tenant


class Project(OfCycle, file="demo/projects.csv", key="congress id"):
    """A chosen project; without plan rows its plan is the calendar's (m/12)."""

    id: Code
    number: Whole
    candidate: Whole | None = None
    name: Text
    short_name: Text
    category: Text
    department: Code
    leader: Text | None = None
    budget: Money = Field(alias="budget_wan_yuan")
    begins: Day
    planned_finish: Day
    target: Text
    place: Text
    state: Literal["running", "finished", "accepted"]


class PlanMonth(Tenant, file="demo/plans.csv", key="congress project month"):
    """What the plan sets for a month's end, both as running totals."""

    project: Code
    month: Month
    share: Share = Field(alias="planned_percent")
    money: Money = Field(alias="planned_wan_yuan")


class Report(Tenant, file="demo/reports.csv", key="congress project month"):
    """A department's monthly report, both numbers as running totals; a month without a row was not reported."""

    project: Code
    month: Month
    received: Day
    share: Share = Field(alias="percent")
    paid: Money = Field(alias="paid_wan_yuan")
    text: Text
    next_steps: Text
    problems: Text | None = None
    photos: Whole
    state: Literal["draft", "submitted", "returned", "published"]
