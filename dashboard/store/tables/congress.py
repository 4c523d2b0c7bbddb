"""Congresses, their terms, meetings and seats, and the departments that answer to them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.store.tables.keys import Base, Closed, Keyed, Open, to


class Congress(Base):
    """One people's congress: the tenant. `as_of` stands for today in a demonstration."""

    __tablename__ = "congresses"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("areas.code"), index=True)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("congresses.id"), index=True)
    level: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    provenance: Mapped[str]
    as_of: Mapped[date | None]
    # Asked for its newest: whether a congress was founded.
    created_at: Mapped[datetime] = mapped_column(index=True)


class Term(Open, Keyed, Base):
    """One term (届) of a congress."""

    __tablename__ = "terms"
    __table_args__ = (UniqueConstraint("congress_id", "number"),)

    number: Mapped[int]
    from_day: Mapped[date]
    to_day: Mapped[date | None]


class Meeting(Open, Keyed, Base):
    """One plenary meeting (会次) of a term."""

    __tablename__ = "meetings"
    __table_args__ = (to("terms", "term_id"), UniqueConstraint("congress_id", "term_id", "number"))

    term_id: Mapped[UUID]
    number: Mapped[int]
    name: Mapped[str]
    opens_on: Mapped[date]
    closes_on: Mapped[date]


class Delegation(Open, Keyed, Base):
    """How deputies sit at the meeting (代表团)."""

    __tablename__ = "delegations"
    __table_args__ = (to("terms", "term_id"), UniqueConstraint("congress_id", "term_id", "name"))

    term_id: Mapped[UUID]
    name: Mapped[str]
    position: Mapped[int]


class DeputyGroup(Open, Keyed, Base):
    """How deputies work between the meetings (代表小组)."""

    __tablename__ = "deputy_groups"
    __table_args__ = (to("terms", "term_id"), UniqueConstraint("congress_id", "term_id", "name"))

    term_id: Mapped[UUID]
    name: Mapped[str]
    position: Mapped[int]


class Membership(Open, Keyed, Base):
    """A person's seat; the name is public (代表法 2025, 58), the rest of the person is not kept here.

    `ended_on` is the first day on which the person is no deputy any more, as it was announced.
    """

    __tablename__ = "memberships"
    __table_args__ = (
        to("terms", "term_id"),
        to("delegations", "delegation_id"),
        to("deputy_groups", "group_id"),
    )

    term_id: Mapped[UUID]
    delegation_id: Mapped[UUID | None]
    group_id: Mapped[UUID | None]
    name: Mapped[str]
    position: Mapped[int]
    ended_on: Mapped[date | None]


class MembershipState(Closed, Keyed, Base):
    """A seat's state from a day to a day: in_office, suspended, resigned, by_elected."""

    __tablename__ = "membership_states"
    __table_args__ = (
        to("memberships", "membership_id"),
        UniqueConstraint("congress_id", "membership_id", "from_day"),
    )

    membership_id: Mapped[UUID]
    state: Mapped[str]
    from_day: Mapped[date]
    to_day: Mapped[date | None]
    reason: Mapped[str | None]


class MembershipContact(Closed, Base):
    """What confirms a deputy at the hall: the last four digits of the phone."""

    __tablename__ = "membership_contacts"
    __table_args__ = (to("memberships", "membership_id"),)

    membership_id: Mapped[UUID] = mapped_column(primary_key=True)
    phone_last_four: Mapped[str]


class Department(Open, Keyed, Base):
    """A body that carries projects out and reports on them (承办单位)."""

    __tablename__ = "departments"
    __table_args__ = (UniqueConstraint("congress_id", "name"),)

    name: Mapped[str]
    short_name: Mapped[str]
    position: Mapped[int]
    from_day: Mapped[date | None]
    to_day: Mapped[date | None]


class DepartmentSuccession(Open, Base):
    """Which department continues another's line after a merger, a renaming or an abolition."""

    __tablename__ = "department_successions"
    __table_args__ = (to("departments", "from_id"), to("departments", "to_id"))

    from_id: Mapped[UUID] = mapped_column(primary_key=True)
    to_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date]
    kind: Mapped[str]
    document: Mapped[str | None]
