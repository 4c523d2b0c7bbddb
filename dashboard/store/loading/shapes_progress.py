"""The shapes of the demonstration's projects: plans and monthly reports.

One shape for each CSV file: which columns it has, what each holds, which of them name a row. Shares are basis points,
money is fen, a month is its last day; a blank cell is None.
"""

from typing import Literal

from pydantic import Field

from dashboard.store.loading.rows import Code, Day, Money, Month, Quantity, Share, Text, Whole
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
    quantity: Quantity
    unit: Text
    place: Text
    state: Literal["running", "finished", "accepted", "cancelled"]


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


class Correction(Report, file="demo/corrections.csv", key="congress project month version"):
    """A later version of a monthly report, and why it was needed."""

    version: Whole
    reason: Text


class PlanChange(Tenant, file="demo/plan_changes.csv", key="congress project version"):
    """A later version of a project's plan: in force once approved and published; a blank target is the one before."""

    project: Code
    version: Whole
    kind: Literal["schedule", "amount", "scope", "cancel"]
    due: Day
    budget: Money = Field(alias="budget_wan_yuan")
    target: Text | None = None
    quantity: Quantity | None = None
    unit: Text | None = None
    decided_by: Literal["government", "standing_committee", "presidium", "congress"] | None = None
    document: Text | None = None
    reason: Text
    submitted: Day
    approved: Day | None = None
    published: Day | None = None


class PlanChangeMonth(PlanMonth, file="demo/plan_change_months.csv", key="congress project version month"):
    """What a later version of a plan sets for a month's end."""

    version: Whole


class Milestone(Tenant, file="demo/milestones.csv", key="congress project version name"):
    """A step of a project's plan, of the first one where no version is named: due when, at which share, shown how."""

    project: Code
    version: Whole | None = None
    due: Day
    share: Share = Field(alias="percent")
    name: Text
    evidence: Text | None = None


class ProjectPartner(Tenant, file="demo/project_partners.csv", key="congress project department"):
    """A department that shares a project with the one that leads it."""

    project: Code
    department: Code
