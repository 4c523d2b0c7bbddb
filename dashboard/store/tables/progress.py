"""Projects with their plans, monthly reports and money; nothing published is overwritten, only versioned."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.store.tables.keys import (
    Base,
    Closed,
    Facts,
    Fen,
    Keyed,
    Open,
    Published,
    Share,
    Thousandths,
    to,
)


class Project(Published, Keyed, Base):
    """One livelihood project (民生实事项目): the row that lives through all four stages.

    Name, target, sum and last day are as they were voted; what was changed of them stands in the plan in force.
    """

    __tablename__ = "projects"
    __table_args__ = (
        to("cycles", "cycle_id"),
        to("candidates", "candidate_id"),
        to("departments", "department_id"),
        UniqueConstraint("congress_id", "cycle_id", "number"),
        # A candidate is chosen once; a project that was none is in nobody's way.
        UniqueConstraint("congress_id", "candidate_id"),
    )

    cycle_id: Mapped[UUID]
    candidate_id: Mapped[UUID | None]
    department_id: Mapped[UUID | None]
    number: Mapped[int]
    name: Mapped[str]
    short_name: Mapped[str]
    category: Mapped[str]
    place: Mapped[str | None]
    target: Mapped[str]
    leader: Mapped[str | None]
    budget: Mapped[Fen | None]
    starts_on: Mapped[date]
    due_on: Mapped[date]
    state: Mapped[str]


class ProjectPartner(Open, Base):
    """A department that shares a project (会同单位)."""

    __tablename__ = "project_partners"
    __table_args__ = (to("projects", "project_id"), to("departments", "department_id"))

    project_id: Mapped[UUID] = mapped_column(primary_key=True)
    department_id: Mapped[UUID] = mapped_column(primary_key=True)


class Plan(Published, Keyed, Base):
    """One version of a project's plan: a draft, handed in, returned, or in force; a later one names its decision.

    `draft` holds the whole of it until it is in force; its months, milestones and partners are rows from then on.
    `quantity` is the yearly target in thousandths of `unit`; `decided_by` is the body whose decision it was.
    """

    __tablename__ = "plans"
    __table_args__ = (
        to("projects", "project_id"),
        to("departments", "department_id"),
        to("appointments", "edited_by"),
        UniqueConstraint("congress_id", "project_id", "version"),
        # What waits at somebody's desk: a few of very many.
        Index(None, "congress_id", "state"),
    )

    project_id: Mapped[UUID]
    version: Mapped[int]
    kind: Mapped[str]
    state: Mapped[str]
    revision: Mapped[int]
    basis: Mapped[str]
    due_on: Mapped[date]
    budget: Mapped[Fen | None]
    target: Mapped[str | None]
    quantity: Mapped[Thousandths | None]
    unit: Mapped[str | None]
    leader: Mapped[str | None]
    department_id: Mapped[UUID | None]
    draft: Mapped[Facts | None]
    reason: Mapped[str | None]
    edited_by: Mapped[UUID | None]
    edited_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    returned: Mapped[str | None]
    decided_by: Mapped[str | None]
    decided_on: Mapped[date | None]
    document: Mapped[str | None]
    decision: Mapped[str | None]
    approved_at: Mapped[datetime | None]


class PlanPartner(Published, Base):
    """A department that shares a project by one version of its plan."""

    __tablename__ = "plan_partners"
    __table_args__ = (to("plans", "plan_id"), to("departments", "department_id"))

    plan_id: Mapped[UUID] = mapped_column(primary_key=True)
    department_id: Mapped[UUID] = mapped_column(primary_key=True)


class PlanMonth(Published, Base):
    """The planned share and money at a month's end, cumulative."""

    __tablename__ = "plan_months"
    __table_args__ = (to("plans", "plan_id"),)

    plan_id: Mapped[UUID] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    share: Mapped[Share]
    money: Mapped[Fen | None]


class Milestone(Published, Keyed, Base):
    """A step of a plan: what is due when, worth which share, shown by which evidence."""

    __tablename__ = "milestones"
    __table_args__ = (to("plans", "plan_id"),)

    plan_id: Mapped[UUID]
    due_on: Mapped[date]
    share: Mapped[Share]
    name: Mapped[str]
    evidence: Mapped[str | None]


class Report(Published, Keyed, Base):
    """One version of a department's monthly report (月报); cumulative share, money and amount.

    `state` is submitted, returned, replaced (by a version submitted later) or published. `quantity` is in thousandths
    of the plan's unit; `expected_on` is the finish that the department itself names; `plan_text` and `plan_share`
    are what it means to reach next month. `explanation` answers the warnings that it was submitted with, `reason`
    says why a published month is corrected, `returned_reason` why the clerk gave it back. Until `objections_until`
    it is open to objections. A press that is repeated carries the same `request_id`.
    """

    __tablename__ = "reports"
    __table_args__ = (
        to("projects", "project_id"),
        to("appointments", "submitted_by"),
        UniqueConstraint("congress_id", "project_id", "month", "version"),
        UniqueConstraint("congress_id", "request_id"),
        # What waits at the clerk's desk: a few of very many.
        Index(None, "congress_id", "state"),
    )

    project_id: Mapped[UUID]
    submitted_by: Mapped[UUID | None]
    month: Mapped[date]
    version: Mapped[int]
    state: Mapped[str]
    share: Mapped[Share]
    quantity: Mapped[Thousandths | None]
    paid: Mapped[Fen | None]
    started: Mapped[Share | None]
    finished: Mapped[Share | None]
    done_text: Mapped[str]
    next_text: Mapped[str | None]
    problem_text: Mapped[str | None]
    leader: Mapped[str | None]
    expected_on: Mapped[date | None]
    plan_text: Mapped[str | None]
    plan_share: Mapped[Share | None]
    evidence: Mapped[int]
    received_on: Mapped[date]
    submitted_at: Mapped[datetime | None]
    request_id: Mapped[str | None]
    reason: Mapped[str | None]
    explanation: Mapped[str | None]
    returned_reason: Mapped[str | None]
    returned_at: Mapped[datetime | None]
    objections_until: Mapped[date | None]


class ReportDraft(Closed, Keyed, Base):
    """A month's report while it is written: each field as it was typed, by whom, in which revision.

    `body` is field -> value, revision, editor (one page in one browser), by (appointment), at. It ends when the
    report is submitted.
    """

    __tablename__ = "report_drafts"
    __table_args__ = (
        to("projects", "project_id"),
        to("appointments", "edited_by"),
        UniqueConstraint("congress_id", "project_id", "month"),
    )

    project_id: Mapped[UUID]
    month: Mapped[date]
    body: Mapped[Facts]
    revision: Mapped[int]
    edited_by: Mapped[UUID | None]
    edited_at: Mapped[datetime]


class ReportObjection(Closed, Keyed, Base):
    """An objection (异议) to a published report, which the clerk answers with an outcome and a reason.

    `outcome` is upheld, partly or rejected, None until it is answered.
    """

    __tablename__ = "report_objections"
    __table_args__ = (
        to("reports", "report_id"),
        to("appointments", "raised_by"),
        to("appointments", "answered_by"),
        UniqueConstraint("congress_id", "request_id"),
    )

    report_id: Mapped[UUID]
    raised_by: Mapped[UUID | None]
    raised_on: Mapped[date]
    raised_at: Mapped[datetime]
    request_id: Mapped[str]
    text: Mapped[str]
    outcome: Mapped[str | None]
    answer: Mapped[str | None]
    answered_by: Mapped[UUID | None]
    answered_on: Mapped[date | None]


class ProjectState(Published, Base):
    """A project's standing after its last published report, kept by the publishing transaction.

    `grown` is the month since which the share has not grown; `early` tells of a finished project whether it was
    finished before its plan was.
    """

    __tablename__ = "project_states"
    __table_args__ = (to("projects", "project_id"), to("reports", "report_id"))

    project_id: Mapped[UUID] = mapped_column(primary_key=True)
    report_id: Mapped[UUID]
    month: Mapped[date]
    share: Mapped[Share]
    planned: Mapped[Share]
    grown: Mapped[date]
    early: Mapped[bool | None]
    paid: Mapped[Fen | None]


class CongressMonth(Published, Base):
    """A cycle's sums at a month's end, kept by the publishing transaction; roll-ups add these."""

    __tablename__ = "congress_months"
    __table_args__ = (to("cycles", "cycle_id"),)

    cycle_id: Mapped[UUID] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    reported: Mapped[int]
    share_sum: Mapped[int]
    planned_sum: Mapped[int]
    paid_sum: Mapped[Fen]
