"""The yearly cycle with its four dated stages, and what its funnel counted."""

from datetime import date
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.store.tables.keys import Base, Keyed, Open, Published, to


class Cycle(Open, Keyed, Base):
    """One run of the four stages, named by its year of carrying out; closing it stores a digest."""

    __tablename__ = "cycles"
    __table_args__ = (
        to("terms", "term_id"),
        to("cycles", "template_id"),
        UniqueConstraint("congress_id", "year"),
    )

    term_id: Mapped[UUID]
    template_id: Mapped[UUID | None]
    year: Mapped[int]
    state: Mapped[str]
    digest: Mapped[str | None]


class CycleStage(Open, Base):
    """One stage of a cycle (collect, choose, deliver, judge) from a day to a day."""

    __tablename__ = "cycle_stages"
    __table_args__ = (to("cycles", "cycle_id"),)

    cycle_id: Mapped[UUID] = mapped_column(primary_key=True)
    stage: Mapped[str] = mapped_column(primary_key=True)
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    state: Mapped[str]


class CycleFunnel(Published, Base):
    """How many wishes were collected, merged, held in reserve and made candidates."""

    __tablename__ = "cycle_funnels"
    __table_args__ = (to("cycles", "cycle_id"),)

    cycle_id: Mapped[UUID] = mapped_column(primary_key=True)
    collected: Mapped[int]
    merged: Mapped[int]
    reserve: Mapped[int]
    candidates: Mapped[int]


class CalendarEntry(Published, Keyed, Base):
    """A date to come in a cycle, and whom it concerns."""

    __tablename__ = "calendar_entries"
    __table_args__ = (to("cycles", "cycle_id"), to("projects", "project_id"))

    cycle_id: Mapped[UUID]
    project_id: Mapped[UUID | None]
    kind: Mapped[str]
    day: Mapped[date]
    title: Mapped[str]
    concerns: Mapped[str | None]
