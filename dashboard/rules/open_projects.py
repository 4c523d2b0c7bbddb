"""Projects as OC4IDS tells them: what goes into a project, before it is written as JSON. Published rows only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dashboard.rules.progress import WHOLE

MET, NOT_MET, SCHEDULED = "met", "notMet", "scheduled"


@dataclass(frozen=True, slots=True)
class OpenMonth:
    """The planned share and money at a day of one version of a plan, cumulative; version 0 is the calendar."""

    version: int
    day: date
    share: int
    money: int | None


@dataclass(frozen=True, slots=True)
class OpenReport:
    """What the latest published version of a month's report says."""

    month: date
    share: int
    paid: int | None
    done: str


@dataclass(frozen=True, slots=True)
class OpenMilestone:
    """A step of the plan in force; its share is cumulative."""

    id: str
    name: str
    due_on: date
    share: int
    evidence: str | None


@dataclass(frozen=True, slots=True)
class OpenProject:
    """One project with every plan that was in force and every month that is published.

    `budget` is that of the plan in force, `voted_budget` the sum that was voted.
    """

    number: int
    name: str
    category: str
    target: str
    place: str | None
    department_id: str | None
    department: str | None
    partners: tuple[tuple[str, str], ...]
    starts_on: date
    due_on: date
    state: str
    budget: int | None
    voted_budget: int | None
    planned: tuple[OpenMonth, ...]
    milestones: tuple[OpenMilestone, ...]
    reports: tuple[OpenReport, ...]
    updated: datetime | None


@dataclass(frozen=True, slots=True)
class OpenProjects:
    """The projects of one cycle of one congress; `id` is the cycle's."""

    id: str
    code: str
    congress: str
    year: int
    simulated: bool
    as_of: date
    projects: tuple[OpenProject, ...]


def finishing(reports: Sequence[OpenReport]) -> OpenReport | None:
    """Return the report from which on a project is done and stays done; None where it is not, or not any more."""
    found: OpenReport | None = None
    for one in reports:
        if one.share < WHOLE:
            found = None
        elif found is None:
            found = one
    return found


def stage(one: OpenProject, as_of: date) -> str:
    """Return the status of a project in the words of OC4IDS (projectStatus)."""
    if one.state == "cancelled":
        return "cancelled"
    if one.state == "accepted" or finishing(one.reports) is not None:
        return "completion"
    return "preparation" if as_of < one.starts_on else "implementation"


def reached(milestone: OpenMilestone, reports: Sequence[OpenReport], as_of: date) -> tuple[str, date | None]:
    """Return a milestone's status and the end of the month in which the reported share reached it.

    Reports name a share, not milestones: one is met when the reported share has come to what it demands. One whose
    month has not been reported yet is still scheduled, for its progress has not been looked at.
    """
    for one in reports:
        if one.share >= milestone.share:
            return MET, one.month
    last = reports[-1].month if reports else None
    looked_at = last is not None and milestone.due_on <= min(last, as_of)
    return (NOT_MET if looked_at else SCHEDULED), None
