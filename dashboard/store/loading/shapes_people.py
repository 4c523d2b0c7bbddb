"""The shapes of the demonstration's congresses: terms, meetings, delegations, departments and seats.

One shape for each CSV file: which columns it has, what each holds, which of them name a row. Shares are basis points,
money is fen, a month is its last day; a blank cell is None.
"""

from typing import Literal

from dashboard.store.loading.rows import Code, Day, Row, Text, Whole, Year

Level = Literal["province", "city", "county", "township"]
Lifecycle = Literal["upcoming", "running", "ended", "announced"]


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
    """A body that answers to the congress; blank days: it was there before the term and still is."""

    id: Code
    name: Text
    short_name: Text
    from_day: Day | None = None
    to_day: Day | None = None


class DepartmentSuccession(
    Tenant, file="demo/department_successions.csv", key="congress predecessor successor"
):
    """Which department carries on another's line, from which day, and by which document."""

    predecessor: Code
    successor: Code
    day: Day
    kind: Literal["merged", "renamed"]
    document: Text | None = None


class Deputy(Tenant, file="demo/deputies.csv", key="congress id"):
    """A membership: its state holds since `state_since`; rows stand in the clerk's order."""

    id: Code
    delegation: Code
    name: Text
    begins: Day
    state: Literal["in_office", "suspended", "resigned", "by_elected"]
    state_since: Day
