"""Supervision between the meetings: groups, inspections, remarks, tasks and their attachments."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.store.tables.keys import Base, Closed, Facts, Keyed, Open, Published, to


class SupervisionMember(Open, Base):
    """A deputy in the supervision group of a project (代表联系监督小组)."""

    __tablename__ = "supervision_members"
    __table_args__ = (to("projects", "project_id"), to("memberships", "membership_id"))

    project_id: Mapped[UUID] = mapped_column(primary_key=True)
    membership_id: Mapped[UUID] = mapped_column(primary_key=True)
    heads: Mapped[bool]


class Inspection(Published, Keyed, Base):
    """A visit of deputies to a project (视察): planned, held, published, or cancelled for a reason."""

    __tablename__ = "inspections"
    __table_args__ = (
        to("projects", "project_id"),
        to("delegations", "delegation_id"),
        to("appointments", "planned_by"),
        UniqueConstraint("congress_id", "request_id"),
    )

    project_id: Mapped[UUID]
    delegation_id: Mapped[UUID | None]
    request_id: Mapped[str | None]
    day: Mapped[date]
    title: Mapped[str]
    state: Mapped[str]
    planned_by: Mapped[UUID | None]
    planned_at: Mapped[datetime | None]
    reason: Mapped[str | None]


class InspectionMember(Published, Base):
    """A deputy who goes on an inspection; public together with what was found."""

    __tablename__ = "inspection_members"
    __table_args__ = (to("inspections", "inspection_id"), to("memberships", "membership_id"))

    inspection_id: Mapped[UUID] = mapped_column(primary_key=True)
    membership_id: Mapped[UUID] = mapped_column(primary_key=True)


class InspectionFinding(Published, Keyed, Base):
    """What was found on an inspection; once published, a later version with its reason corrects, never overwrites."""

    __tablename__ = "inspection_findings"
    __table_args__ = (
        to("inspections", "inspection_id"),
        to("appointments", "written_by"),
        UniqueConstraint("congress_id", "inspection_id", "version"),
    )

    inspection_id: Mapped[UUID]
    version: Mapped[int]
    text: Mapped[str]
    reason: Mapped[str | None]
    written_by: Mapped[UUID | None]
    written_on: Mapped[date]


class SupervisionWeek(Open, Keyed, Base):
    """Days in which deputies look at projects together (集中监督周); what they remark then carries it.

    `publishes`: a remark made in it is public once it is answered, without an act of the clerk.
    """

    __tablename__ = "supervision_weeks"
    __table_args__ = (
        to("cycles", "cycle_id"),
        to("appointments", "opened_by"),
        UniqueConstraint("congress_id", "request_id"),
    )

    cycle_id: Mapped[UUID]
    title: Mapped[str]
    from_day: Mapped[date]
    to_day: Mapped[date]
    publishes: Mapped[bool]
    request_id: Mapped[str]
    opened_by: Mapped[UUID | None]
    opened_at: Mapped[datetime]


class SupervisionWeekProject(Open, Base):
    """A project that a supervision week is about; a week without any is about all of its cycle."""

    __tablename__ = "supervision_week_projects"
    __table_args__ = (to("supervision_weeks", "week_id"), to("projects", "project_id"))

    week_id: Mapped[UUID] = mapped_column(primary_key=True)
    project_id: Mapped[UUID] = mapped_column(primary_key=True)


class Remark(Published, Keyed, Base):
    """A deputy's remark on a project, which the department answers by a day."""

    __tablename__ = "remarks"
    __table_args__ = (
        to("projects", "project_id"),
        to("memberships", "membership_id"),
        to("supervision_weeks", "week_id"),
        UniqueConstraint("congress_id", "request_id"),
    )

    project_id: Mapped[UUID]
    membership_id: Mapped[UUID]
    week_id: Mapped[UUID | None]
    request_id: Mapped[str]
    text: Mapped[str]
    made_on: Mapped[date]
    due_on: Mapped[date]
    created_at: Mapped[datetime]


class RemarkAnswer(Published, Keyed, Base):
    """A department's answer to a remark; a later version corrects, never overwrites, and says its `reason`.

    `satisfied` is the verdict of the deputy who asked, None while there is none; where it is no, `redo_by` is the day
    by which the department answers again.
    """

    __tablename__ = "remark_answers"
    __table_args__ = (
        to("remarks", "remark_id"),
        to("appointments", "given_by"),
        UniqueConstraint("congress_id", "remark_id", "version"),
        UniqueConstraint("congress_id", "request_id"),
    )

    remark_id: Mapped[UUID]
    version: Mapped[int]
    text: Mapped[str]
    reason: Mapped[str | None]
    request_id: Mapped[str | None]
    given_on: Mapped[date]
    given_at: Mapped[datetime]
    given_by: Mapped[UUID | None]
    satisfied: Mapped[bool | None]
    judged_on: Mapped[date | None]
    judged_text: Mapped[str | None]
    redo_by: Mapped[date | None]


class Task(Closed, Keyed, Base):
    """Something due (督办, 整改, 约谈): proposed by the rules or a person, confirmed or dismissed by a person.

    `state` is proposed, open, done or dismissed; `source` is rules or person. Of one that the rules proposed, `rule`
    names the rule set, `since` the month since which its cause holds, `reason` the code and facts of why, `owner` the
    role that sees to it. `note` says what it came to, or why it was dismissed. Of one that a person opened, `led_by`
    names who leads it (领衔督办), `text` says what is asked for, `remark_id` the remark that it follows.
    """

    __tablename__ = "tasks"
    __table_args__ = (
        to("projects", "project_id"),
        to("departments", "department_id"),
        to("appointments", "confirmed_by"),
        to("remarks", "remark_id"),
        # The rules propose a task for one cause once.
        UniqueConstraint("congress_id", "project_id", "kind", "since"),
        # A press that is repeated opens it once.
        UniqueConstraint("congress_id", "request_id"),
    )

    project_id: Mapped[UUID | None]
    department_id: Mapped[UUID | None]
    kind: Mapped[str]
    title: Mapped[str]
    state: Mapped[str]
    due_on: Mapped[date | None]
    source: Mapped[str]
    rule: Mapped[str | None]
    since: Mapped[date | None]
    reason: Mapped[Facts | None]
    owner: Mapped[str | None]
    created_at: Mapped[datetime]
    confirmed_by: Mapped[UUID | None]
    confirmed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    note: Mapped[str | None]
    remark_id: Mapped[UUID | None]
    request_id: Mapped[str | None]
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    led_by: Mapped[str | None]
    text: Mapped[str | None]


class TaskReport(Closed, Keyed, Base):
    """What a department reports on a task; the last one is what the clerk closes it by."""

    __tablename__ = "task_reports"
    __table_args__ = (
        to("tasks", "task_id"),
        to("appointments", "given_by"),
        UniqueConstraint("congress_id", "task_id", "version"),
        UniqueConstraint("congress_id", "request_id"),
    )

    task_id: Mapped[UUID]
    version: Mapped[int]
    text: Mapped[str]
    request_id: Mapped[str]
    given_on: Mapped[date]
    given_at: Mapped[datetime]
    given_by: Mapped[UUID | None]


class Attachment(Published, Keyed, Base):
    """A file beside a row: a picture written anew, or a PDF that was looked through; stored by its digest.

    `subject` is report_draft, report or inspection; `preview` is the digest of a picture made small, None of a PDF.
    """

    __tablename__ = "attachments"
    __table_args__ = (
        to("appointments", "added_by"),
        UniqueConstraint("congress_id", "subject_id", "digest"),
    )

    subject: Mapped[str]
    subject_id: Mapped[UUID]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    digest: Mapped[str]
    preview: Mapped[str | None]
    added_by: Mapped[UUID | None]
    created_at: Mapped[datetime]
