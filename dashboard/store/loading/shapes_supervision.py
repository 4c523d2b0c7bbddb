"""The shapes of the demonstration's supervision: inquiries, promises, inspections and assessments.

One shape for each CSV file: which columns it has, what each holds, which of them name a row. Shares are basis points,
money is fen, a month is its last day; a blank cell is None.
"""

from typing import Literal

from pydantic import Field

from dashboard.store.loading.rows import Code, Day, Month, Points, Share, Text, Whole, Year
from dashboard.store.loading.shapes_people import Lifecycle, OfCycle, Tenant


class Inquiry(OfCycle, file="demo/inquiries.csv", key="congress id"):
    """A session in which deputies ask and departments answer."""

    id: Code
    kind: Literal["special_inquiry", "on_site", "televised"]
    title: Text
    day: Day
    state: Lifecycle


class Question(Tenant, file="demo/questions.csv", key="congress inquiry number"):
    """A question, its answer, and how the deputies marked the answer."""

    inquiry: Code
    number: Whole
    project: Code
    delegation: Code
    department: Code
    question: Text
    answer: Text
    satisfied: Whole
    basically: Whole
    dissatisfied: Whole


class Promise(Tenant, file="demo/promises.csv", key="congress id"):
    """What a department promised in its answer, and by when.

    `verdict` is what the congress found afterwards; it is internal until `verdict_published`.
    """

    id: Code
    inquiry: Code
    question: Whole
    project: Code
    text: Text
    made: Day
    due: Day
    verdict: Literal["kept", "late", "broken"] | None = None
    verdict_published: Day | None = None


class PromiseMonth(Tenant, file="demo/promise_months.csv", key="congress promise month"):
    """The share that a promise names for a month's end."""

    promise: Code
    month: Month
    share: Share = Field(alias="promised_percent")


class Inspection(Tenant, file="demo/inspections.csv", key="congress id"):
    """A visit to a site, and what the deputies found once it has taken place; the public reads published ones."""

    id: Code
    project: Code
    day: Day
    delegation: Code
    title: Text
    state: Literal["planned", "held", "published"]
    finding: Text | None = None


class Assessment(OfCycle, file="demo/assessments.csv", key="congress cycle scope project"):
    """A satisfaction ballot at the year's end, on one project or on the year as a whole."""

    day: Day
    body: Text
    rule_set: Code
    scope: Literal["overall", "project"]
    project: Code | None = None
    satisfied: Whole
    basically: Whole
    dissatisfied: Whole
    total: Whole


class DepartmentAssessment(Tenant, file="demo/department_assessments.csv", key="congress year department"):
    """How the deputies graded one department's work in a year: points of a hundred, and the rank by them."""

    year: Year
    day: Day
    body: Text
    rule_set: Code
    department: Code
    satisfied: Whole
    basically: Whole
    dissatisfied: Whole
    total: Whole
    points: Points
    rank: Whole


class SupervisionMember(Tenant, file="demo/supervision_members.csv", key="congress project deputy"):
    """A deputy in the group that follows a project; one of a group heads it."""

    project: Code
    deputy: Code
    heads: bool


class SupervisionWeek(Tenant, file="demo/supervision_weeks.csv", key="congress id"):
    """Days in which deputies look at projects together; remarks made within them carry it."""

    id: Code
    year: Year
    title: Text
    first: Day
    last: Day


class Remark(Tenant, file="demo/remarks.csv", key="congress id"):
    """A deputy's remark on a project; the public reads it from `published` on."""

    id: Code
    project: Code
    deputy: Code
    made: Day
    due: Day
    text: Text
    published: Day | None = None


class RemarkAnswer(Tenant, file="demo/remark_answers.csv", key="congress remark version"):
    """What the department answered to a remark; a later version corrects the one before."""

    remark: Code
    version: Whole
    given: Day
    text: Text


class Task(Tenant, file="demo/tasks.csv", key="congress id"):
    """Something that somebody must do, known within the congress alone."""

    id: Code
    project: Code | None = None
    department: Code | None = None
    kind: Literal[
        "written",
        "priority",
        "concentrated",
        "online",
        "on_site",
        "questioning",
        "talk",
        "rectify",
        "explain",
    ]
    title: Text
    state: Literal["proposed", "open", "done"]
    due: Day | None = None
    created: Day
