"""Year's end (人大验单): satisfaction ballots, acceptance, and what the public answered."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.store.tables.keys import Base, Closed, Keyed, Published, to


class Assessment(Published, Keyed, Base):
    """One satisfaction assessment by one body in one year: of a cycle's projects, or of the departments.

    That of the departments belongs to a year, not to a cycle of projects.
    """

    __tablename__ = "assessments"
    __table_args__ = (to("cycles", "cycle_id"), to("rounds", "round_id"))

    cycle_id: Mapped[UUID | None]
    year: Mapped[int]
    round_id: Mapped[UUID | None]
    subject: Mapped[str]
    body: Mapped[str]
    rule_set: Mapped[str]
    day: Mapped[date]


class AssessmentResult(Published, Keyed, Base):
    """What one project or department got; every rate prints its numerator and denominator."""

    __tablename__ = "assessment_results"
    __table_args__ = (
        to("assessments", "assessment_id"),
        to("projects", "project_id"),
        to("departments", "department_id"),
        UniqueConstraint("congress_id", "assessment_id", "name"),
    )

    assessment_id: Mapped[UUID]
    project_id: Mapped[UUID | None]
    department_id: Mapped[UUID | None]
    name: Mapped[str]
    satisfied: Mapped[int]
    basically: Mapped[int]
    dissatisfied: Mapped[int]
    total: Mapped[int]
    points: Mapped[int | None]
    rank: Mapped[int | None]


class Acceptance(Published, Keyed, Base):
    """One dimension of a project's acceptance, and what followed."""

    __tablename__ = "acceptances"
    __table_args__ = (
        to("projects", "project_id"),
        UniqueConstraint("congress_id", "project_id", "dimension", "version"),
    )

    project_id: Mapped[UUID]
    dimension: Mapped[str]
    version: Mapped[int]
    result: Mapped[str]
    text: Mapped[str | None]
    rectify_by: Mapped[date | None]


class PublicAnswer(Closed, Base):
    """One answer of the public at a site; `device` is a keyed hash, so that one device counts once."""

    __tablename__ = "public_answers"
    __table_args__ = (to("projects", "project_id"),)

    project_id: Mapped[UUID] = mapped_column(primary_key=True)
    device: Mapped[str] = mapped_column(primary_key=True)
    grade: Mapped[str]
    text: Mapped[str | None]
    at: Mapped[datetime]
