"""How every table is keyed: the congress first, then the row; and who may read it."""

import os
import time
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """A moment in UTC: timestamptz on PostgreSQL, naive UTC on SQLite, always aware in Python."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment and store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the hook's signature
        """Return the moment with its time zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Moment = Annotated[datetime, mapped_column(Instant)]
Share = Annotated[int, mapped_column(Integer)]
Fen = Annotated[int, mapped_column(BigInteger)]
# Nothing has one form, NULL: JSON's null would read as the same and be another byte in the file.
Facts = Annotated[
    dict[str, Any],
    mapped_column(JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")),
]
Thousandths = Annotated[int, mapped_column(BigInteger)]


class Base(DeclarativeBase):
    """The one metadata; global tables derive from it directly."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Instant}


class Tenant:
    """A row of one congress, keyed (congress_id, id). Use one of Open, Published, Closed."""

    congress_id: Mapped[UUID] = mapped_column(ForeignKey("congresses.id"), primary_key=True, sort_order=-2)


class Open(Tenant):
    """Readable by anyone who may look at its congress."""


class Published(Tenant):
    """Readable by the public and by other congresses once published."""

    published_at: Mapped[datetime | None] = mapped_column(Instant)


class Closed(Tenant):
    """Readable only within its own congress, by permission."""


class Keyed:
    """Adds the row's own part of the key."""

    id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-1)


def to(table: str, column: str) -> ForeignKeyConstraint:
    """Return the key to a row of the same congress: (congress_id, column) -> table (congress_id, id)."""
    return ForeignKeyConstraint(["congress_id", column], [f"{table}.congress_id", f"{table}.id"])


def index_references(tables: Iterable[Table], unless: Collection[str]) -> None:
    """Give every key to a row of the same congress an index, where no other begins with its columns.

    A page about one project, department or seat then reads what belongs to it, however much its congress has.
    """
    for table in tables:
        for key in table.foreign_key_constraints if table.name not in unless else ():
            wanted = list(key.column_keys)
            if len(wanted) > 1 and not any(columns[: len(wanted)] == wanted for columns in _indexed(table)):
                Index(None, *(table.c[name] for name in wanted))


def _indexed(table: Table) -> Iterator[list[str]]:
    """Yield the columns of everything by which a table's rows are found."""
    unique = (one.columns for one in table.constraints if isinstance(one, UniqueConstraint))
    for columns in (table.primary_key.columns, *unique, *(index.columns for index in table.indexes)):
        yield [column.name for column in columns]


def new_id() -> UUID:
    """Return a fresh UUIDv7 (RFC 9562): 48 bits of milliseconds, then random bits. Never used for ballots."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)
