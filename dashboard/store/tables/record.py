"""The record: the chain of acts, the outbox, the topics' versions, and a congress's own rule sets."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.store.tables.keys import Base, Closed, Facts, Keyed, Open, to


class Act(Closed, Base):
    """One link of a congress's chain: ids and digests only, no personal data."""

    __tablename__ = "acts"
    __table_args__ = (to("appointments", "appointment_id"), UniqueConstraint("congress_id", "digest"))

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    appointment_id: Mapped[UUID | None]
    at: Mapped[datetime]
    kind: Mapped[str]
    payload: Mapped[Facts]
    previous: Mapped[str]
    digest: Mapped[str]


class ActHead(Closed, Base):
    """The last link of a congress's chain: locked last in every transaction that acts."""

    __tablename__ = "act_heads"

    number: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str]


class OutboxNotice(Closed, Keyed, Base):
    """A notice to be sent after its transaction; payloads hold ids, never content of a ballot."""

    __tablename__ = "outbox"

    kind: Mapped[str]
    payload: Mapped[Facts]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    tries: Mapped[int]


class TopicVersion(Open, Base):
    """How often a topic (area, object) of a congress changed; raised in the changing transaction."""

    __tablename__ = "topic_versions"

    topic: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(BigInteger)


class OwnRuleSet(Open, Keyed, Base):
    """A congress's own rule set: a copied file, edited by the clerk, approved by a leader, then immutable."""

    __tablename__ = "rule_sets"
    __table_args__ = (
        to("appointments", "approved_by"),
        UniqueConstraint("congress_id", "key", "version"),
    )

    key: Mapped[str]
    version: Mapped[int]
    kind: Mapped[str]
    body: Mapped[Facts]
    approved_by: Mapped[UUID | None]
    approved_at: Mapped[datetime | None]


class RuleChoice(Open, Keyed, Base):
    """Which rule set of a kind a congress watches its projects by: chosen by the clerk, confirmed by a leader.

    `rule_set_id` is the congress's own set, None for one that comes with the product; `from_day` is the day of the
    confirmation. A later choice of the kind takes its place and leaves this one to be read.
    """

    __tablename__ = "rule_choices"
    __table_args__ = (
        to("rule_sets", "rule_set_id"),
        to("appointments", "chosen_by"),
        to("appointments", "confirmed_by"),
    )

    kind: Mapped[str]
    reference: Mapped[str]
    rule_set_id: Mapped[UUID | None]
    chosen_by: Mapped[UUID | None]
    chosen_at: Mapped[datetime]
    confirmed_by: Mapped[UUID | None]
    confirmed_at: Mapped[datetime | None]
    from_day: Mapped[date | None]
