"""What the pages of a plan are laid out from: its versions as they stand side by side, and what waits for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from dashboard.rules.plan_problems import Problem
from dashboard.rules.plans import Content


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One version of a plan; of one that is the calendar's `by_calendar` tells that its months are m/12.

    `lead` and `partners` are the names of who carries the project out by it; `approved` is None until it is in force.
    """

    number: int
    kind: str
    content: Content
    by_calendar: bool
    lead: str | None
    partners: tuple[str, ...]
    reason: str | None
    decided_by: str | None
    decided_on: date | None
    document: str | None
    decision: str | None
    approved: date | None

    @property
    def due(self) -> date:
        """Return the last day of the plan."""
        return self.content.due or date.max

    @property
    def budget(self) -> int | None:
        """Return the year's sum in fen."""
        return self.content.budget

    @property
    def months(self) -> tuple[tuple[date, int, int | None], ...]:
        """Return the months that the plan names itself, each with its share and money."""
        if self.by_calendar:
            return ()
        return tuple((one.month, one.share or 0, one.money) for one in self.content.months)


@dataclass(frozen=True, slots=True)
class Voted:
    """What was put to the vote and chosen: no version of a plan overwrites it."""

    name: str
    target: str
    budget: int | None


@dataclass(frozen=True, slots=True)
class UnderWay:
    """The version that is not in force yet: a draft, handed in, or returned.

    `revision` is what its reader saw; `bodies` are those who may decide on it, by the rules in force.
    """

    plan_id: UUID
    number: int
    kind: str
    state: str
    revision: int
    content: Content
    reason: str
    returned: str | None
    edited_by: str | None
    edited_at: datetime | None
    submitted: date | None
    problems: tuple[Problem, ...]
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanDesk:
    """A project's plan as those see it who fill it in, approve it and decide on its changes.

    `known` is what is in force, else what was voted: a plan that is begun starts from it. `departments` are names.
    `past` are the planned shares of the months already over, `reported` what was published of them; `fills` tells
    whether the reader may fill it in.
    """

    project_id: UUID
    number: int
    name: str
    year: int
    start: date
    today: date
    cancelled: bool
    voted: Voted
    known: Content
    under_way: UnderWay | None
    departments: Mapping[UUID, str]
    past: Mapping[date, int]
    versions: tuple[PlanVersion, ...]
    fills: bool
    reported: tuple[tuple[date, int], ...]

    @property
    def force(self) -> PlanVersion | None:
        """Return the version in force."""
        return self.versions[-1] if self.versions else None


@dataclass(frozen=True, slots=True)
class Waits:
    """A plan that waits for the person signed in: `act` is what is to be done, the first of fill, mend, decide."""

    project_id: UUID
    number: int
    name: str
    act: str
    kind: str
    since: date | None
