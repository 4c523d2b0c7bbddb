"""Orders (群众点单) and the candidates they become."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.store.tables.keys import Base, Fen, Keyed, Published, to


class Order(Published, Keyed, Base):
    """A citizen's or deputy's wish; a merged one names the order it went into."""

    __tablename__ = "orders"
    __table_args__ = (to("cycles", "cycle_id"), to("orders", "merged_into_id"))

    cycle_id: Mapped[UUID]
    merged_into_id: Mapped[UUID | None]
    number: Mapped[int]
    text: Mapped[str]
    category: Mapped[str]
    area_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
    channel: Mapped[str]
    received_on: Mapped[date]
    state: Mapped[str]


class Candidate(Published, Keyed, Base):
    """A screened project put to the vote (候选项目); `plan` says what is to be done by when.

    Its row is public once the choice has opened, its plan and documents only with a round that was announced.
    """

    __tablename__ = "candidates"
    __table_args__ = (
        to("cycles", "cycle_id"),
        to("departments", "department_id"),
        UniqueConstraint("congress_id", "cycle_id", "number"),
    )

    cycle_id: Mapped[UUID]
    department_id: Mapped[UUID | None]
    number: Mapped[int]
    name: Mapped[str]
    category: Mapped[str]
    place: Mapped[str | None]
    target: Mapped[str]
    plan: Mapped[str | None]
    budget: Mapped[Fen | None]
    order_count: Mapped[int]
    state: Mapped[str]


class CandidateDocument(Published, Keyed, Base):
    """A paper on a candidate that the clerk attached before the freeze: a picture, decoded and written anew."""

    __tablename__ = "candidate_documents"
    __table_args__ = (to("candidates", "candidate_id"),)

    candidate_id: Mapped[UUID]
    name: Mapped[str]
    content_type: Mapped[str]
    size: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str]
    attached_at: Mapped[datetime]


class CandidateOrder(Published, Base):
    """Which orders a candidate answers: the link that merging must not lose."""

    __tablename__ = "candidate_orders"
    __table_args__ = (to("candidates", "candidate_id"), to("orders", "order_id"))

    candidate_id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(primary_key=True)
