"""The shapes of data/reference: areas, regions, hosts, and what other places published.

One shape for each CSV file: which columns it has, what each holds, which of them name a row. Shares are basis points,
money is fen, a month is its last day; a blank cell is None.
"""

from typing import Literal

from pydantic import Field

from dashboard.store.loading.rows import Code, Money, Month, Row, Share, Text, Whole, WholeOrText, Year

Level = Literal["province", "city", "county", "township"]


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
    share_of: Literal["task", "investment"] | None = None
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
    voters: Literal["deputies", "citizens"] | None = None


class Category(Row, file="reference/categories.csv", key="category"):
    """A category as the sources print it, and the kind that it is counted under when places are compared."""

    category: Text
    kind: Literal[
        "transport",
        "education",
        "housing",
        "water",
        "health",
        "elderly",
        "environment",
        "safety",
        "culture",
        "welfare",
        "rural",
        "services",
        "other",
    ]


class Region(Row, file="reference/regions.csv", key="region"):
    """A region as the published files print it, and the area meant; prints of one place share its plain name."""

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
