"""The shapes of the demonstration's cycles: stages, funnels, wishes, candidates, rounds and dates to come.

One shape for each CSV file: which columns it has, what each holds, which of them name a row. Shares are basis points,
money is fen, a month is its last day; a blank cell is None.
"""

from typing import Literal

from pydantic import Field

from dashboard.store.loading.rows import Code, Day, Money, Text, Whole
from dashboard.store.loading.shapes_people import Lifecycle, OfCycle, Tenant


class CycleStage(OfCycle, file="demo/cycles.csv", key="congress cycle stage"):
    """One of a cycle's four stages: its dates and how far it is."""

    stage: Literal["collect", "choose", "deliver", "judge"]
    opens: Day
    closes: Day
    state: Lifecycle


class CycleFunnel(OfCycle, file="demo/cycle_funnel.csv", key="congress cycle"):
    """What became of a cycle's wishes: collected, merged into so many, kept in reserve, put to the vote, chosen.

    A 0 after the first column means that nothing was counted yet.
    """

    collected: Whole
    merged: Whole
    reserve: Whole
    candidates: Whole
    chosen: Whole


class Order(OfCycle, file="demo/orders.csv", key="congress id"):
    """A citizen's wish; `candidate` is the number of the candidate that it became part of.

    `merged_into` is the wish that says the same and stands for it, which was not merged itself.
    """

    id: Code
    received: Day
    channel: Literal["web", "phone", "station", "letter", "visit"]
    category: Text
    area: Code
    text: Text
    state: Literal["received", "merged", "reserve", "candidate", "answered"]
    candidate: Whole | None = None
    merged_into: Code | None = None


class Candidate(OfCycle, file="demo/candidates.csv", key="congress cycle number"):
    """A project as it stands on the ballot; `orders` counts the wishes behind it, `plan` says what is done when."""

    number: Whole
    name: Text
    category: Text
    department: Code
    budget: Money = Field(alias="budget_wan_yuan")
    target: Text
    place: Text
    orders: Whole
    plan: Text | None = None


class Round(OfCycle, file="demo/rounds.csv", key="congress id"):
    """A ballot held on one list, as the presidium announced it.

    `box` is the sealed file under boxes/, `box_digest` the SHA-256 of its bytes; `after` is the round whose tie at
    the last place a run-off decides.
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
    after: Code | None = None


class CalendarDay(Tenant, file="demo/calendar.csv", key="congress day text"):
    """A date to come: what happens, for whom, and for which project if one."""

    day: Day
    kind: Literal["inspection", "report_due", "assessment", "collection", "meeting"]
    text: Text
    who: Text | None = None
    project: Code | None = None
