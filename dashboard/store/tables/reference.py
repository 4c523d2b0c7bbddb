"""Published facts of other places: read-only, without congress, each row with its source."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.store.tables.keys import Base, Fen, Share


class Fact:
    """What every published row carries: its place in the file, its region, the year if printed, its source."""

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    region: Mapped[str] = mapped_column(ForeignKey("reference_regions.name"), index=True)
    year: Mapped[int | None]
    source: Mapped[str]


class ReferenceRegion(Base):
    """A region as the files name it, and the area code it maps to where that is known."""

    __tablename__ = "reference_regions"

    name: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
    level: Mapped[str]
    plain_name: Mapped[str]
    inferred: Mapped[bool]
    note: Mapped[str | None]


class ReferenceProject(Fact, Base):
    """A published project: candidate, elected, or listed (published, not shown to have been voted).

    `kind` is what its category is counted under when places are compared.
    """

    __tablename__ = "reference_projects"

    stage: Mapped[str]
    name: Mapped[str]
    category: Mapped[str | None]
    category_guessed: Mapped[bool]
    kind: Mapped[str | None]
    budget: Mapped[Fen | None]
    department: Mapped[str | None]
    votes_for: Mapped[int | None]
    votes_total: Mapped[int | None]


class ReferenceProgress(Fact, Base):
    """A published progress figure at a month's end; `share_of` is task or investment, never on one axis."""

    __tablename__ = "reference_progress"

    name: Mapped[str]
    month: Mapped[date | None]
    share: Mapped[Share | None]
    share_of: Mapped[str | None]
    invested: Mapped[Fen | None]
    note: Mapped[str | None]
    project_id: Mapped[int | None] = mapped_column(ForeignKey("reference_projects.id"))


class ReferenceMilestone(Fact, Base):
    """A published planned node."""

    __tablename__ = "reference_milestones"

    name: Mapped[str]
    month: Mapped[date]
    share: Mapped[Share]
    note: Mapped[str | None]


class ReferenceSatisfaction(Fact, Base):
    """A published satisfaction ballot, kept as printed."""

    __tablename__ = "reference_satisfaction"

    name: Mapped[str]
    satisfied: Mapped[int]
    basically: Mapped[int]
    dissatisfied: Mapped[int]
    total: Mapped[int]
    body: Mapped[str | None]


class ReferenceFunnel(Fact, Base):
    """A published funnel from suggestions to chosen projects; inexact numbers keep their text.

    `voters` are deputies or citizens, None where the source tells of no vote.
    """

    __tablename__ = "reference_funnel"

    level: Mapped[str | None]
    collected: Mapped[int | None]
    collected_text: Mapped[str | None]
    steps: Mapped[str | None]
    candidates: Mapped[int | None]
    elected: Mapped[int | None]
    deputies_voting: Mapped[int | None]
    method: Mapped[str | None]
    voters: Mapped[str | None]


class ReferencePress(Base):
    """A host whose addresses may be linked: official or the named press (`rule`), exact or suffix (`match`)."""

    __tablename__ = "reference_press"

    host: Mapped[str] = mapped_column(primary_key=True)
    rule: Mapped[str]
    match: Mapped[str]
    name: Mapped[str]


class LoadedFile(Base):
    """Which version of a committed data file is in the database, so that loading again does nothing."""

    __tablename__ = "reference_loaded_files"

    path: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    loaded_at: Mapped[datetime]
