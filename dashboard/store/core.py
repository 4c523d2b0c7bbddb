"""Statements below the mapped classes, for the store's own rows: no row filter stands between."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from dashboard.store.tables.keys import Base


def table_of(mapped: type[Base]) -> Table:
    """Return the Core table of a mapped class."""
    return Base.metadata.tables[mapped.__tablename__]


def upsert(session: Session, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Return the session's database's INSERT that can say what to do on a conflict."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(table) if is_postgresql else sqlite.insert(table)
