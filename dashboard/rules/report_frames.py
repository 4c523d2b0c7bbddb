"""What the form of a monthly report, the list of what is due and the clerk's checking are laid out from.

Shares are basis points, money is fen, amounts are thousandths of the plan's unit, a month is its last day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dashboard.rules.reasons import Reason


@dataclass(frozen=True, slots=True)
class Attached:
    """A file beside a report; `is_picture` has a preview."""

    id: str
    name: str
    size: int
    is_picture: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What one version of a month's report says."""

    month: date
    share: int
    quantity: int | None
    paid: int | None
    started: int | None
    finished: int | None
    done: str
    next: str | None
    problem: str | None
    leader: str | None
    expected: date | None
    plan: str | None
    plan_share: int | None


@dataclass(frozen=True, slots=True)
class Target:
    """What a project is held to at a month's end, and what its plan asks of the year."""

    planned: int
    planned_next: int
    planned_money: int | None
    budget: int | None
    target: str
    quantity: int | None
    unit: str | None
    due: date


@dataclass(frozen=True, slots=True)
class DueMonth:
    """A project's report of one month: due by a day, and how it stands.

    `state` is missing, draft, submitted, returned, objected (an objection was upheld and no correction came since) or
    published. `late` are the days since the day due, of a report that is not there or came in after it. `soon` tells
    that the day due is near enough to be reminded of.
    """

    project_id: str
    number: int
    name: str
    department: str | None
    month: date
    due: date
    state: str
    late: int = 0
    soon: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ReportForm:
    """The form of one project and month: what is typed so far, and what stands beside it.

    `state` is as a DueMonth's; `corrects` tells that the month is published and this is a correction. `seen` are the
    revisions of the fields. `warnings` are of what was submitted last, while it waits.
    """

    project_id: str
    number: int
    name: str
    department: str | None
    month: date
    due: date
    late: int
    state: str
    version: int
    corrects: bool
    returned_reason: str | None
    fields: Mapping[str, str]
    seen: Mapping[str, int]
    saved_at: datetime | None
    saved_by: str | None
    attached: tuple[Attached, ...]
    target: Target
    before: Said | None
    months: tuple[DueMonth, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A submitted report as the clerk checks it: beside the one published before it, with what is odd about it."""

    report_id: str
    project_id: str
    number: int
    project: str
    department: str | None
    version: int
    said: Said
    before: Said | None
    target: Target
    received: date
    late: int
    reason: str | None
    explanation: str | None
    warnings: tuple[Reason, ...]
    attached: tuple[Attached, ...]


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection to a published report, and what became of it; `by` names who raised it, to those who may know."""

    id: str
    project: str
    number: int
    month: date
    share: int
    by: str | None
    raised: date
    text: str
    outcome: str | None
    answer: str | None
    answered: date | None


@dataclass(frozen=True, slots=True)
class Objectionable:
    """A published report that is still open to objections."""

    report_id: str
    month: date
    until: date


@dataclass(frozen=True, slots=True)
class Checking:
    """What waits for the clerk: reports, objections, and which months nobody has reported."""

    waiting: tuple[Checked, ...]
    objections: tuple[Objection, ...]
    missing: tuple[DueMonth, ...]
