"""One shape for each CSV file under data/: which columns it has, what each holds, which of them name a row.

Shares are basis points, money is fen, a month is its last day; a blank cell is None.
"""

from typing import Literal

from pydantic import Field

from dashboard.store.loading.rows import Code, Day, Money, Month, Row, Share, Text, Whole, WholeOrText, Year

Level = Literal["province", "city", "county", "township"]
Lifecycle = Literal["upcoming", "running", "ended", "announced"]


class Published(Row):
    """What every published fact carries: the region as printed, and where it was read."""

    region: Text
    source: Text = Field(alias="source_url")


class PublishedProject(Published, file="reference/projects.csv", key="region year stage name"):
    """A project that some congress voted on, or that some government merely listed."""

    year: Year
    stage: Literal["candidate", "elected", "listed"]
    name: Text = Field(alias="project_name")
    category: Text | None = None
    budget: Money | None = Field(None, alias="budget_wan_yuan")
    department: Text | None = None
    votes_for: Whole | None = None
    votes_total: Whole | None = None


class PublishedProgress(Published, file="reference/progress.csv", key="region year name as_of"):
    """A share or a sum that was reported for one project, or for all of a place's together."""

    year: Year | None = None
    name: Text = Field(alias="project_name")
    as_of: Month | None = None
    share: Share | None = Field(None, alias="percent_complete")
    invested: Money | None = Field(None, alias="investment_done_wan")
    note: Text | None = None


class PublishedMilestone(Published, file="reference/plan_milestones.csv", key="region year name due"):
    """A share that a published plan sets for a month's end."""

    year: Year
    name: Text = Field(alias="project_name")
    due: Month
    share: Share = Field(alias="planned_percent")
    note: Text | None = None


class PublishedSatisfaction(Published, file="reference/satisfaction.csv", key="region year name"):
    """A real satisfaction ballot on one project."""

    year: Year
    name: Text = Field(alias="project_name")
    satisfied: Whole
    basically: Whole
    dissatisfied: Whole
    total: Whole
    body: Text


class PublishedFunnel(Published, file="reference/funnel.csv", key="region year"):
    """How many suggestions became candidates and projects; an inexact number stays as text only."""

    year: Year
    level: Text
    clues: WholeOrText | None = Field(None, alias="clues_collected")
    clues_text: Text | None = Field(None, alias="clues_collected")
    shortlist_steps: Text | None = None
    candidates: Whole | None = None
    elected: Whole | None = None
    deputies_voting: Whole | None = None
    method: Text | None = None


class Region(Row, file="reference/regions.csv", key="region"):
    """A region as the published files print it, and the area meant."""

    region: Text
    code: Code | None = None
    level: Level
    plain_name: Text
    inferred: bool
    note: Text | None = None


class Area(Row, file="reference/areas.csv", key="code"):
    """An area of the tree province, city, county, township."""

    code: Code
    parent: Code | None = None
    level: Level
    name_zh: Text
    name_en: Text


class Press(Row, file="reference/press.csv", key="host"):
    """A host that addresses may link to: itself only, or everything under it."""

    host: Text
    rule: Literal["official", "press"]
    match: Literal["exact", "suffix"]
    name: Text


class Tenant(Row):
    """What every row of a congress carries: the congress's code."""

    congress: Code


class OfCycle(Tenant):
    """What every row of a yearly cycle carries."""

    cycle: Year


class Congress(Row, file="demo/congresses.csv", key="code"):
    """One congress; `as_of` stands for today."""

    code: Code
    area: Code
    name_zh: Text
    name_en: Text
    level: Level
    as_of: Day
    provenance: Literal["own", "simulated"]


class Term(Tenant, file="demo/terms.csv", key="congress number"):
    """A congress's term."""

    number: Whole
    name: Text
    begins: Day
    ends: Day


class Meeting(Tenant, file="demo/meetings.csv", key="congress id"):
    """A plenary meeting of a term."""

    id: Code
    term: Whole
    number: Whole
    name: Text
    opens: Day
    closes: Day


class Delegation(Tenant, file="demo/delegations.csv", key="congress id"):
    """How deputies sit at the meeting; `area` is the township that they come from."""

    id: Code
    name: Text
    area: Code | None = None


class Department(Tenant, file="demo/departments.csv", key="congress id"):
    """A government body that carries out projects."""

    id: Code
    name: Text
    short_name: Text


class Deputy(Tenant, file="demo/deputies.csv", key="congress id"):
    """A membership: its state holds since `state_since`; rows stand in the clerk's order."""

    id: Code
    delegation: Code
    name: Text
    begins: Day
    state: Literal["in_office", "suspended", "resigned", "by_elected"]
    state_since: Day


class CycleStage(OfCycle, file="demo/cycles.csv", key="congress cycle stage"):
    """One of a cycle's four stages: its dates and how far it is."""

    stage: Literal["collect", "choose", "deliver", "judge"]
    opens: Day
    closes: Day
    state: Lifecycle


class CycleFunnel(OfCycle, file="demo/cycle_funnel.csv", key="congress cycle"):
    """What became of a cycle's wishes: collected, merged into, kept in reserve, put to the vote, chosen."""

    collected: Whole
    merged: Whole
    reserve: Whole
    candidates: Whole
    chosen: Whole


class Order(OfCycle, file="demo/orders.csv", key="congress id"):
    """A sample of the citizens' wishes; `candidate` is the number of the candidate that it became part of."""

    id: Code
    received: Day
    channel: Literal["web", "phone", "station", "letter", "visit"]
    category: Text
    area: Code
    text: Text
    state: Literal["received", "merged", "reserve", "candidate", "answered"]
    candidate: Whole | None = None


class Candidate(OfCycle, file="demo/candidates.csv", key="congress cycle number"):
    """A project as it stands on the ballot; `orders` is how many wishes lie behind it."""

    number: Whole
    name: Text
    category: Text
    department: Code
    budget: Money = Field(alias="budget_wan_yuan")
    target: Text
    place: Text
    orders: Whole


class Round(OfCycle, file="demo/rounds.csv", key="congress id"):
    """A ballot held on one list, as the presidium announced it.

    `box` is the sealed file under boxes/, `box_digest` the SHA-256 of its bytes.
    """

    id: Code
    title: Text
    meeting: Code
    kind: Literal["adoption", "runoff", "assessment"]
    form: Literal["mark", "item", "rank"]
    places: Whole
    entitled: Whole
    present: Whole
    issued: Whole
    recovered: Whole
    valid: Whole
    invalid: Whole
    day: Day
    announcement: Text
    rule_set: Code
    box: Code
    box_digest: Code


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
    """What a department promised in its answer, and by when."""

    id: Code
    inquiry: Code
    question: Whole
    project: Code
    text: Text
    made: Day
    due: Day


class PromiseMonth(Tenant, file="demo/promise_months.csv", key="congress promise month"):
    """The share that a promise names for a month's end."""

    promise: Code
    month: Month
    share: Share = Field(alias="promised_percent")


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


class Inspection(Tenant, file="demo/inspections.csv", key="congress id"):
    """A visit to a site that has taken place, and what the deputies found."""

    id: Code
    project: Code
    day: Day
    delegation: Code
    finding: Text


class CalendarDay(Tenant, file="demo/calendar.csv", key="congress day text"):
    """A date to come: what happens, for whom, and for which project if one."""

    day: Day
    kind: Literal["inspection", "report_due", "assessment", "collection", "meeting"]
    text: Text
    who: Text | None = None
    project: Code | None = None
