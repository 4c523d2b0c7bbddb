"""What makes a round's end binding: who consented to an act, the sealed box, its documents, sheets of paper."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.store.tables.keys import Base, Closed, Keyed, Published, to


class RoundConsent(Closed, Keyed, Base):
    """An act that two must do together (open, close, suspend, resume, annul): one proposed it, the other decides.

    So is a teller replaced: `leaves` and `comes` are the seats.
    """

    __tablename__ = "round_consents"
    __table_args__ = (
        to("rounds", "round_id"),
        to("appointments", "proposed_by"),
        to("appointments", "decided_by"),
        to("memberships", "leaves"),
        to("memberships", "comes"),
    )

    round_id: Mapped[UUID]
    kind: Mapped[str]
    reason: Mapped[str | None]
    state: Mapped[str]
    proposed_by: Mapped[UUID]
    proposed_at: Mapped[datetime]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    leaves: Mapped[UUID | None]
    comes: Mapped[UUID | None]


class SealedBox(Published, Base):
    """The box of a round as one canonical JSON; published only where the rule set opens it to the public."""

    __tablename__ = "sealed_boxes"
    __table_args__ = (to("rounds", "round_id"),)

    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    algorithm: Mapped[str]
    digest: Mapped[str]
    body: Mapped[str] = mapped_column(Text)


class UnclearedRound(Closed, Base):
    """A round that ended while the database still remembers in which order its votes came; gone once cleared."""

    __tablename__ = "uncleared_rounds"
    __table_args__ = (to("rounds", "round_id"),)

    round_id: Mapped[UUID] = mapped_column(primary_key=True)


class RoundDocument(Published, Keyed, Base):
    """A paper of a round: announcement (公告), minutes, or a scan of the signed count report."""

    __tablename__ = "round_documents"
    __table_args__ = (to("rounds", "round_id"),)

    round_id: Mapped[UUID]
    kind: Mapped[str]
    number: Mapped[str | None]
    name: Mapped[str]
    content_type: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str]
    made_at: Mapped[datetime]


class PaperEntry(Closed, Base):
    """One teller's entry of a round's sheets, 1 or 2: whose seat's it is, and how many sheets that teller counted.

    A seat and not an appointment: who holds two accounts is still one teller. Whoever replaces that teller goes on
    with the entry (`taken_over_by`). Deleted with the sheets.
    """

    __tablename__ = "paper_entries"
    __table_args__ = (
        to("rounds", "round_id"),
        to("memberships", "membership_id"),
        to("memberships", "taken_over_by"),
        UniqueConstraint("congress_id", "round_id", "membership_id"),
        UniqueConstraint("congress_id", "round_id", "taken_over_by"),
    )

    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    entry: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[UUID]
    sheets: Mapped[int]
    taken_over_by: Mapped[UUID | None]


class PaperSheet(Closed, Base):
    """One sheet of paper, numbered after mixing, as it stands in entry 1 and 2, and in 3 where it was settled.

    `membership_id` is the seat of who typed it: a teller who was replaced stays the one who read it.
    Deleted when the box is sealed: the one sheet of one deputy would point at its voter.
    """

    __tablename__ = "paper_sheets"
    __table_args__ = (
        to("rounds", "round_id"),
        to("memberships", "membership_id"),
        {"sqlite_with_rowid": False},
    )

    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    entry: Mapped[int] = mapped_column(primary_key=True)
    marks: Mapped[str]
    membership_id: Mapped[UUID]
