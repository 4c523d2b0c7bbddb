"""Projects with their plans, monthly reports and money; nothing published is overwritten, only versioned."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.store.tables.keys import Base, Fen, Keyed, Open, Published, Share, to


class Project(Published, Keyed, Base):
    """One livelihood project (民生实事项目): the row that lives through all four stages."""

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
    """One version of a project's plan; a later one names the decision that allowed it."""

    __tablename__ = "plans"
    __table_args__ = (to("projects", "project_id"), UniqueConstraint("congress_id", "project_id", "version"))

    project_id: Mapped[UUID]
    version: Mapped[int]
    kind: Mapped[str]
    due_on: Mapped[date]
    budget: Mapped[Fen | None]
    document: Mapped[str | None]
    reason: Mapped[str | None]
    approved_at: Mapped[datetime | None]


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
    """One version of a department's monthly report (月报); cumulative share and money."""

    __tablename__ = "reports"
    __table_args__ = (
        to("projects", "project_id"),
        to("appointments", "submitted_by"),
        UniqueConstraint("congress_id", "project_id", "month", "version"),
        # What waits at the clerk's desk: a few of very many.
        Index(None, "congress_id", "state"),
    )

    project_id: Mapped[UUID]
    submitted_by: Mapped[UUID | None]
    month: Mapped[date]
    version: Mapped[int]
    state: Mapped[str]
    share: Mapped[Share]
    quantity: Mapped[str | None]
    paid: Mapped[Fen | None]
    started: Mapped[Share | None]
    finished: Mapped[Share | None]
    done_text: Mapped[str]
    next_text: Mapped[str | None]
    problem_text: Mapped[str | None]
    leader: Mapped[str | None]
    evidence: Mapped[int]
    received_on: Mapped[date]
    submitted_at: Mapped[datetime | None]
    reason: Mapped[str | None]


class ProjectState(Published, Base):
    """A project's standing after its last published report, kept by the publishing transaction."""

    __tablename__ = "project_states"
    __table_args__ = (to("projects", "project_id"), to("reports", "report_id"))

    project_id: Mapped[UUID] = mapped_column(primary_key=True)
    report_id: Mapped[UUID]
    month: Mapped[date]
    share: Mapped[Share]
    planned: Mapped[Share]
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
